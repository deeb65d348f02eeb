"""States that no list has, shown by what only states have: a foreign minister, a ministry, an army, a government.

"Nordhal's fisheries minister", "the Karsk defence ministry", "the government of Estmark", "ministers from Nordhal and
Estmark" each show a state by one mention; from then on the name stands for it everywhere in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from comity.reading.gazetteer import first_names
from comity.reading.name_forms import PEOPLE_ENDINGS, Forms, Known, slug
from comity.reading.name_view import View
from comity.reading.roles import ROLES
from comity.reading.truecase import common
from comity.words import fold_name

_OWNED = frozenset(
    {"minister", "ministers", "ministry", "ministries", "government", "parliament", "army", "navy", "ambassador",
     "premier", "chancellor", "king", "queen", "cabinet", "troops", "constitution", "embassy", "coastguard", "military"}
)  # fmt: skip
"""After "X's", a modifier or three between."""
_BESIDE = frozenset({"minister", "ministry", "ambassador", "embassy", "parliament", "coastguard", "delegation"})
"""After "the X", with the field between: "the Karsk defence ministry". "The Rehn government" may be a person's."""
_FIELDS = frozenset(
    {"foreign", "defence", "defense", "finance", "interior", "justice", "prime", "trade", "energy", "economy", "water",
     "environment", "fisheries", "agriculture", "transport", "health", "education", "culture", "home", "security"}
)  # fmt: skip
_OF = frozenset({"government", "parliament", "kingdom", "army", "navy", "minister", "coastguard"})
"""Before "of X": "the government of Estmark"."""
_FROM = frozenset({"ministers", "ambassadors", "diplomats"})
_LAND = frozenset(
    {"islands", "island", "coast", "republic", "provinces", "federation", "emirate", "north", "south", "east", "west",
     "northern", "southern", "eastern", "western", "new", "upper", "lower", "greater", "saint"}
)  # fmt: skip
"""A name of several words is a country's if one of them is of these; else it may be a person's."""
_SEATS = {"Brussels": ("European Union", "Belgi")}
"""Capitals from which a union is governed as well: whose they are is told by what else the text names."""
_UNION = {"European Union": ("EU", "European Union", "European Commission")}
_MODIFIERS_AT_MOST = 3


def with_states(forms: Forms, v: View) -> Forms:
    """`forms` with the states that this text alone shows."""
    leads = dict(forms.by_lead)
    for start, end in dict.fromkeys(_shown(v)):
        name = v.text[v.starts[start] : v.end(end - 1)]
        if forms.at(v.text, v.starts[start]) is None and not _other(v, start, end):
            row = (name, Known(slug(name), name, "state", name, "state"))
            known = leads.get(v.words[start], ())
            if row not in known:
                leads[v.words[start]] = (row, *known)
    return replace(forms, by_lead=leads)


def with_seats(forms: Forms, v: View) -> Forms:
    """`forms` with a capital as the seat of a union, where the text names the union and not the capital's state."""
    leads = dict(forms.by_lead)
    for capital, (union, state) in _SEATS.items():
        seat = next((known for form, known in leads.get(capital, ()) if form == capital), None)
        body = next((known for form, known in leads.get(union.split()[0], ()) if form == union), None)
        named = body is not None and any(form in v.text for form in _UNION[union])
        if seat is not None and seat.kind == "capital" and body is not None and named and state not in v.text:
            rows = ((f, replace(body, kind=known.kind) if f == capital else known) for f, known in leads[capital])
            leads[capital] = tuple(rows)
    return replace(forms, by_lead=leads)


def _shown(v: View) -> Iterator[tuple[int, int]]:
    """Names that something of a state stands beside, as tokens ``[start, end)``."""
    for i, word in enumerate(v.lower):
        if word in ("'s", "'") and i and _headed(v, i + 1, _OWNED):
            yield from _before(v, i)
        elif word in ("of", "from") and i and v.lower[i - 1] in (_OF if word == "of" else _FROM):
            yield from _after(v, i + 1)
        elif word in _FIELDS and i and v.capital[i - 1] and not v.capital[i] and _headed(v, i, _BESIDE):
            start = next(_before(v, i), None)
            people = v.lower[i - 1].endswith(PEOPLE_ENDINGS)  # "the Vellish foreign ministry" is Velland's
            if not people and start is not None and start[0] and v.lower[start[0] - 1] == "the":
                yield start


def _headed(v: View, i: int, heads: frozenset[str]) -> bool:
    """True if one of `heads` stands at `i` or after a few words that tell which."""
    for j in range(i, min(len(v.words), i + 1 + _MODIFIERS_AT_MOST)):
        if v.lower[j] in heads:
            return True
        if v.capital[j] or v.tokens[j].tag_ not in ("JJ", "NN", "NNS", "NNP", "HYPH"):
            return False
    return False


def _before(v: View, i: int) -> Iterator[tuple[int, int]]:
    start = i
    while start and _part(v, start - 1):
        start -= 1
    if start < i:
        yield start, i


def _after(v: View, i: int) -> Iterator[tuple[int, int]]:
    """The name at `i`, after an article, and the one that "and" adds."""
    for _ in range(2):
        i += v.lower[i : i + 1] == ["the"]
        end = i
        while end < len(v.words) and _part(v, end):
            end += 1
        if end == i:
            return
        yield i, end
        if v.lower[end : end + 1] != ["and"]:
            return
        i = end + 1


def _part(v: View, i: int) -> bool:
    return v.loose[i] and v.capital[i] and v.words[i].isalpha() and v.tokens[i].tag_ in ("NNP", "NNPS", "NN", "JJ")


def _other(v: View, start: int, end: int) -> bool:
    """True of what is no state's name: an ordinary word, a person, several words that tell nothing of a land."""
    words = v.lower[start:end]
    if end - start > 1:
        return _LAND.isdisjoint(words) or end - start > 3
    if common(words[0]) or len(words[0]) < 3 or words[0] in first_names() or words[0] in ROLES:
        return True
    return any(v.lower[i] == words[0] and i and v.capital[i - 1] and _names(v, i - 1) for i in range(len(v.words)))


def _names(v: View, i: int) -> bool:
    """True of a first name, a title or another part of a name: what follows is a person or a longer name."""
    if v.lower[i] in ROLES or fold_name(v.words[i]) in first_names():
        return True
    return v.tokens[i].tag_ in ("NNP", "NNPS") and not common(v.lower[i]) and v.words[i].isalpha()
