"""Forms of names known before reading: those of the agenda first, then the gazetteers'."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from comity.reading.gazetteer import Place, gazetteer
from comity.reading.roles import ROLES
from comity.words import Agenda, fold, fold_name
from comity.words.offices import of_state

_TYPES = {
    "state": "state",
    "capital": "state",
    "seat": "state",
    "region": "place",
    "city": "place",
    "body": "body",
    "bloc": "group",
    "outlet": "outlet",
    "platform": "platform",
}
_AGENDA_TYPES = {"person": "person", "group": "group", "body": "body", "outlet": "outlet", "place": "place"}
_PARTICLE = 3
"""Letters of the longest word in small letters within a person's name: "van der Velde"."""
PEOPLE_ENDINGS = ("ian", "ean", "ish", "ese")
"""How most adjectives of peoples end that no list has; those in "an" alone may be names of lands as well."""
_WIDEST = 4
"""White space, in characters, that a name can have between its words."""
_LEAD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What a known form names. `kind` is a gazetteer kind, "people", "party" or "actor"; `type` an entity's type."""

    id: str
    name: str
    type: str
    party: str | None
    kind: str
    role: str = ""


@dataclass(frozen=True)
class Forms:
    """Known forms by the letters they begin with, longest first; surnames of known people, folded."""

    by_lead: dict[str, tuple[tuple[str, Known], ...]]
    surnames: dict[str, Known]

    def at(self, text: str, start: int) -> tuple[int, Known] | None:
        """The longest known form that begins at `start` of `text` and ends at a word's end."""
        lead = _LEAD.match(text, start)
        if lead is None:
            return None
        for form, known in self.by_lead.get(lead[0], ()):
            end = _end(text, form, start)
            if end and not (text[end : end + 1].isalnum() and form[-1].isalnum()):
                return end, known
        return None


def community_name(people: str) -> str:
    """What a people within another is called as a party, by the two adjectives for it.

    >>> community_name("Icelandic Norwegian"), community_name("Icelandic Norwegians")
    ('Icelandic Norwegians', 'Icelandic Norwegians')
    """
    return people if people.endswith("s") else f"{people}s"


def _end(text: str, form: str, start: int) -> int:
    """Where `form`, which begins at `start`, ends; 0 if it does not. Lines may break and spaces be doubled within it.

    >>> _end("in New  Zealand", "New Zealand", 3)
    15
    """
    if text.startswith(form, start):
        return start + len(form)
    first, space, rest = form.partition(" ")
    if not space or not text.startswith(first, start):
        return 0
    at = start + len(first)
    gap = at
    while gap < len(text) and text[gap].isspace():
        gap += 1
    if gap == at or gap - at > _WIDEST or text.count("\n", at, gap) > 1:
        return 0
    return _end(text, rest, gap)


def slug(name: str) -> str:
    """The id of an entity that no agenda knows: its name, lower-case, ASCII where it can be, "_" between words."""
    return re.sub(r"\W+", "_", fold(name)).strip("_") or "unnamed"


@functools.lru_cache(maxsize=8)
def known_forms(agenda: Agenda | None, source: str | None = None) -> Forms:
    """The forms known under `agenda`; `source` is the outlet of the document, known as such."""
    forms: dict[str, Known] = {}
    surnames: dict[str, Known] = {}
    for form, known in _agenda_forms(agenda):
        forms.setdefault(_bare(form), known)
        if known.type == "person" and form.split()[-1][0].isupper() and form.split()[-1].lower() not in ROLES:
            surnames.setdefault(fold_name(form.split()[-1]), known)
    states = _states_of_agenda(forms)
    gaz = gazetteer()
    for form, place in gaz.forms.items():
        forms.setdefault(_bare(form) if place.kind == "bloc" else form, _from_gazetteer(place, states))
    for noun, state in gaz.people.items():
        if noun in forms and forms[noun].kind == "party":
            forms[noun] = replace(forms[noun], kind="people")
        else:
            base = states.get(state) or Known(slug(state), state, "state" if state in gaz.forms else "group", state, "")
            forms[noun] = replace(base, kind="people")
    if source:
        forms.setdefault(source, Known(slug(source), source, "outlet", None, "outlet"))
    by_lead: dict[str, list[tuple[str, Known]]] = {}
    for form, known in forms.items():
        for variant in _variants(form) if len(form) > 3 and known.kind not in ("platform", "city") else {form}:
            lead = _LEAD.match(variant)
            if lead:
                by_lead.setdefault(lead[0], []).append((variant.replace("’", "'"), known))
    for candidates in by_lead.values():
        candidates.sort(key=lambda c: -len(c[0]))
    return Forms({lead: tuple(found) for lead, found in by_lead.items()}, surnames)


def _variants(form: str) -> set[str]:
    """A form as it stands, in capitals, and with its names in capitals: "ANTIGUA and BARBUDA"."""
    return {form, form.upper(), " ".join(word if word.islower() else word.upper() for word in form.split(" "))}


def _bare(form: str) -> str:
    return form[4:] if form[:4].lower() == "the " and len(form) > 4 else form


def _adjective(form: str, name: str) -> bool:
    """True if `form` is the adjective or people of a state called `name`: Kharsan of Kharsa, "the Kharsans"."""
    bare = _bare(form)
    stem = name[: max(4, len(name) - 2)]
    return bare != name and bare.startswith(stem) and " " not in bare and bare.rstrip("s").endswith(_PEOPLE_ENDINGS)


_PEOPLE_ENDINGS = ("an", "ian", "ean", "ish", "ese", "i", "ic", "er", "n")


def _role_in(alias: str) -> str:
    """The office in an alias that describes: "foreign minister" of "the Kharsan foreign minister"."""
    words = [w for w in alias.split() if w.islower() and w not in ("the", "of", "for")]
    return " ".join(words) if words and words[-1] in ROLES else ""


def _proper(name: str) -> bool:
    """True of a name that is no description: Ada Holt; not "Belvara's ministry", "senior officials".

    >>> [_proper(name) for name in ("Ada Holt", "Omar bin Said", "Belvara's ministry", "Vostrian officials")]
    [True, True, False, False]
    """
    words = name.split()
    linked = any(w.islower() and (len(w) > _PARTICLE or w in ("of", "for", "the", "and", "in")) for w in words)
    return words[-1][:1].isupper() and not linked and not any(w.endswith(("'s", "’s")) for w in words)


def _agenda_forms(agenda: Agenda | None) -> list[tuple[str, Known]]:
    if agenda is None:
        return []
    parties = {party.id: party.name for party in agenda.parties}
    found = []
    gaz = gazetteer().forms
    for party in agenda.parties:
        place = gaz.get(party.name)
        forms = (party.name, *party.aliases)
        people = {form for form in forms if _adjective(form, party.name)}
        type_ = _TYPES[place.kind] if place else "state" if people else "group"
        known = Known(party.id, party.name, type_, party.name, "party")
        found += [(form, replace(known, kind="people") if form in people else known) for form in forms]
    for actor in agenda.actors:
        vague = actor.name in gaz or not _proper(actor.name) or of_state(actor.name.lower().split())
        if agenda.proposed and not actor.party and vague:
            continue  # the text itself tells more of "the Belvaran ministry" than that somebody called so has spoken
        role = next((r for r in map(_role_in, actor.aliases) if r), "")
        known = Known(
            actor.id, actor.name, _AGENDA_TYPES.get(actor.kind, "other"), parties.get(actor.party or ""), "actor", role
        )
        found += [(form, known) for form in (actor.name, *actor.aliases)]
    return found


def _states_of_agenda(forms: dict[str, Known]) -> dict[str, Known]:
    """Gazetteer states and bodies that are parties of the agenda under any of their names."""
    gaz = gazetteer().forms
    states: dict[str, Known] = {}
    for form, known in forms.items():
        place = gaz.get(form)
        if known.kind == "party" and place is not None and place.kind in ("state", "body", "bloc"):
            states.setdefault(place.stands_for, known)
    return states


def _from_gazetteer(place: Place, states: dict[str, Known]) -> Known:
    standing = place.kind in ("state", "capital", "seat")
    name = place.stands_for if standing else place.name
    party = place.stands_for if place.kind in ("state", "capital", "seat", "body", "bloc") else None
    agreed = states.get(place.stands_for)
    if agreed is not None and (standing or place.name == place.stands_for):
        return replace(agreed, kind=place.kind)
    if agreed is not None and party is not None:
        party = agreed.name
    return Known(slug(name), name, _TYPES[place.kind], party, place.kind)
