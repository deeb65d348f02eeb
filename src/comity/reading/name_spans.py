"""Where names stand: runs of capitalised words, parted from the titles, peoples and states beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.reading.dates_in_words import MONTHS, WEEKDAYS
from comity.reading.gazetteer import first_names
from comity.reading.name_forms import PEOPLE_ENDINGS, Forms, Known, community_name, slug
from comity.reading.name_hyphens import general, given_goes_on
from comity.reading.name_titles import MATTERS, long_title
from comity.reading.name_view import HUMAN, View
from comity.reading.roles import (
    BODIES,
    FACILITIES,
    GOVERNMENTS,
    GROUPS,
    HONORIFICS,
    OUTLETS,
    PLACES,
    PLURAL_ROLES,
    ROLES,
    TEXTS,
)
from comity.reading.truecase import common
from comity.words import fold_name
from comity.words.offices import ORGANS, holds_office, holds_post, of_state

_LINKS = frozenset(
    {"of", "de", "del", "della", "da", "dos", "du", "von", "van", "der", "bin", "ibn", "al", "el", "la", "di"}
)
_ARTICLES = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "at", "an", "az", "ed", "es"})
"""Arabic articles before a name, by the letter that follows."""
_PARTICLES = (_LINKS - {"of"}) | {"ter", "den", "ten", "zu", "dal", "do", "das", "e", "y", "bint", "abu", "ben", "ould"}
_PARTICLES_AT_MOST = 3
_BODY_AT_MOST = 4
_CONTINENTS = frozenset(
    {"Europe", "the West", "Africa", "Asia", "Latin America", "Central America", "Middle East", "Central Asia"}
    | {"Balkans", "Gulf", "Arab states"}
)
"""What has diplomats, but no government: "a Western diplomat"."""
_RANKS = frozenset({"senior", "top", "deputy", "leading", "veteran"})
"""Words of rank that open a sentence before a body's name: "Senior Harrakat official Omar Said"."""
_OF_A_PEOPLE = (*PEOPLE_ENDINGS, "an")
"""How adjectives of peoples end: they name no body."""
_ROLE_MODIFIERS = """
    senior top former ex acting deputy vice special presidential prime foreign defense defence finance interior justice
    chief first second third national security economic political military press permanent assistant associate principal
    main lead head honorary high joint general secretary under state trade energy environment climate leading veteran
    longtime long-time incoming outgoing interim newly elected opposition government rebel guerrilla army navy air
    police intelligence parliamentary congressional republican democratic conservative labour labor liberal campaign
    white house shadow
"""
MODIFIERS = frozenset(_ROLE_MODIFIERS.split())
_DAYS = {w for w in (*MONTHS, *WEEKDAYS) if len(w) > 4 or w in ("june", "july")} - {"march"}
_CALENDAR = frozenset(_DAYS | {"christmas", "easter", "ramadan", "thanksgiving"})
_MAYBE_DATE = frozenset({*MONTHS, *WEEKDAYS}) - _CALENDAR
_DATE_LEADS = frozenset(
    {"in", "by", "since", "until", "last", "next", "this", "early", "late", "mid", "of", "on", "from"}
) | {"to", "and", "between", "-", ","}
_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "around", "inside", "across", "throughout", "toward", "towards", "into", "off"}
)
_MOTION = frozenset(
    {
        "visit",
        "leave",
        "reach",
        "travel",
        "fly",
        "go",
        "come",
        "arrive",
        "return",
        "head",
        "enter",
        "attack",
        "bomb",
        "hold",
    }
)


_STANDS = frozenset(
    {"demand", "position", "government", "view", "side", "stance", "policy", "interest", "refusal", "insistence"}
)


@dataclass(frozen=True, slots=True)
class Span:
    """A name found: tokens ``[start, end)``, of which ``[core, end)`` is the name itself.

    `known` is set where the form is a known one; `type` is "" where the words alone do not tell it.
    `party` and `role` are what the words before the name say.
    """

    start: int
    core: int
    end: int
    type: str
    known: Known | None = None
    party: str | None = None
    role: str = ""
    nested: bool = False


def known_hits(v: View, forms: Forms) -> dict[int, tuple[int, Known]]:
    """Known forms by the token they begin at: the token after their end, and what they name."""
    hits: dict[int, tuple[int, Known]] = {}
    i = 0
    while i < len(v.tokens):
        if not v.capital[i]:
            i += 1
            continue
        found = forms.at(v.text, v.starts[i])
        if found is None:
            i += 1
            continue
        end, known = found
        j = i + 1
        while j < len(v.tokens) and v.starts[j] < end:
            j += 1
        if (
            v.initial[i]
            and j == i + 1
            and known.kind in ("outlet", "city", "platform", "region")
            and _sentence_word(v, i)
        ):
            i += 1
            continue
        hits[i] = (j, known)
        i = j
    return _communities(v, hits)


def _communities(v: View, hits: dict[int, tuple[int, Known]]) -> dict[int, tuple[int, Known]]:
    """`hits` with two peoples in a row as one community: an Icelandic Norwegian official speaks for neither state."""
    out = dict(hits)
    for i, (j, first) in hits.items():
        if i not in out or j not in out or first.kind != "people" or out[j][1].kind != "people":
            continue
        end, _ = out.pop(j)
        name = community_name(" ".join(v.words[i:end]))
        out[i] = (end, Known(slug(name), name, "group", name, "people"))
    return out


def _sentence_word(v: View, i: int) -> bool:
    """True if a single known word opens a sentence as an ordinary word ("Time is short", "Nice to see")."""
    return v.tokens[i].tag_ not in ("NNP", "NNPS")


def name_spans(v: View, forms: Forms) -> list[Span]:
    """All names of the text that stand in running text, and known ones anywhere, in order."""
    hits = known_hits(v, forms)
    titles = _long_titles(v, hits)
    out: list[Span] = []
    i = 0
    while i < len(v.tokens):
        if i in titles:
            out.append(titles[i])
            i = titles[i].end
        elif i in hits and not _goes_on(v, hits, i):
            end, known = hits[i]
            out.extend(_known_span(v, i, end, known, hits))
            i = end
        elif v.loose[i] and (v.name_like(i) or i in hits) and not _calendar(v, i):
            end = _run_end(v, i)
            out.extend(_part(v, i, end, hits, forms))
            i = max(end, i + 1)
        elif i in hits:
            end, known = hits[i]
            out.extend(_known_span(v, i, end, known, hits))
            i = end
        else:
            i += 1
    return out


def _long_titles(v: View, hits: dict[int, tuple[int, Known]]) -> dict[int, Span]:
    """People with titles that go on behind the office, by the token at which the title begins."""
    out = {}
    for r in range(len(v.tokens)):
        core = long_title(v, r, hits)
        if not core:
            continue
        start, party, role = titles_left(v, r + 1, hits)
        if party is None and v.lower[r + 1] == "of" and r + 2 in hits:
            party = stands_for(hits[r + 2][1], holds_office(v.lower[start : r + 1], before(v, start)))
        of_what = v.text[v.starts[r] : v.end(core - 1)].lower()
        role = f"{role} {of_what.partition(' ')[2]}" if role else of_what
        out[start] = Span(start, core, _run_end(v, core), "person", None, party, " ".join(role.split()))
    return out


def _calendar(v: View, i: int) -> bool:
    word = v.lower[i]
    if word in _CALENDAR or (word == "new" and v.lower[i + 1 : i + 2] == ["year"]):
        return True
    if word == "year":
        return i > 0 and v.lower[i - 1] == "new"
    if word.rstrip(".") not in _MAYBE_DATE:
        return False
    follows = v.words[i + 1][:1] if i + 1 < len(v.words) else ""
    before = v.lower[i - 1] if i else ""
    if follows.isdigit() or before[:1].isdigit():
        return True
    return before in _DATE_LEADS if (len(word) == 3 and word == "may") or word == "march" else follows == "."


def _goes_on(v: View, hits: dict[int, tuple[int, Known]], i: int) -> bool:
    """True if the known form at `i` only opens a longer run of capitalised words."""
    end = hits[i][0]
    return v.loose[i] and end < len(v.tokens) and _continues(v, end, i)


def _continues(v: View, j: int, start: int) -> bool:
    word = v.words[j]
    if v.tokens[j - 1].whitespace_ == "" and word not in ("-", "&") and not v.capital[j]:
        return False
    if v.capital[j] and word[0].isalpha() and not _calendar(v, j) and not v.initial[j]:
        within = j + 1 < len(v.words) and v.capital[j + 1] and not v.initial[j + 1]  # Saw of "Padoh Saw Taw Nee"
        if v.tokens[j].tag_ in ("VBZ", "VBD") and within:
            return True
        return v.tokens[j].tag_ not in ("PRP", "PRP$", "DT", "MD", "VBZ", "VBD") or word.isupper()
    return False


def _run_end(v: View, i: int) -> int:
    """The end of the run of capitalised words that begins at `i`."""
    j, n = i + 1, len(v.tokens)
    while j < n:
        gap = v.text[v.end(j - 1) : v.starts[j]]
        if len(gap) > _WIDEST or gap.count("\n") > 1 or ("\n" in gap and not _wrapped(v, i, v.end(j - 1))):
            break
        if _continues(v, j, i) or (v.words[j] == "." and v.lower[j - 1] in HONORIFICS):
            j += 1
        elif link := _bridges(v, j) or given_goes_on(v, j):
            j += link
        elif v.words[j] == "-" and gap == "" and _bridges(v, j + 2) and v.words[j + 2] == "-":
            j += 4  # Port-au-Prince
        elif v.words[j][0].isdigit() and v.lower[j - 1] in (
            "article",
            "resolution",
            "annex",
            "chapter",
            "protocol",
            "channel",
        ):
            j += 1
        elif v.words[j] in ("'s", "'") and gap == "" and _members(v, i, j):
            j += 1  # Northern People's Council
        elif v.lower[j] in ("of", "for", "on") and (_body_word(v, i, j) or _of_body(v, i, j)):
            k = j + 1
            if k < n and v.lower[k] == "the":
                k += 1
            if k < n and v.capital[k] and v.words[k][0].isalpha() and not _calendar(v, k):
                j = k + 1
            else:
                break
        else:
            break
    return j


_WIDEST = 4
"""White space, in characters, that a name can have between its words."""
_LONG_LINE = 50
"""Characters from which on a line that a name stands on may have been broken only because it was full."""


def _wrapped(v: View, i: int, at: int) -> bool:
    """True if the line that ends at offset `at` is full and does not consist of the name at token `i`."""
    begun = v.text.rfind("\n", 0, at) + 1
    return at - begun >= _LONG_LINE and v.loose[i] and v.starts[i] > begun


def _bridges(v: View, j: int) -> int:
    """How many tokens from `j` on go on a name: particles or a hyphen, and the capitalised word behind; 0 if none.

    "von der Leyen", "de la Cruz", "al-Haddad", "Lund-Berg".
    """
    k, n = j, len(v.tokens)
    while k < n and k - j < _PARTICLES_AT_MOST and v.lower[k] in _PARTICLES and v.end(k - 1) < v.starts[k]:
        k += 1
    if k < n and v.words[k] == "-" and (k == j or v.lower[k - 1] in _ARTICLES):
        if v.end(k - 1) < v.starts[k] or v.tokens[k].whitespace_:
            return 0
        k += 1
    if k == j or k >= n or not v.capital[k] or not v.words[k][0].isalpha():
        return 0
    return k + 1 - j


def _body_word(v: View, i: int, j: int) -> bool:
    """True if "of" may link a name here: Ministry of Defence, Republic of X, University of Y."""
    word = v.lower[j - 1]
    return word in BODIES or word in (
        "republic",
        "kingdom",
        "bank",
        "gulf",
        "sea",
        "strait",
        "bay",
        "isle",
        "house",
        "league",
    )


_MEMBERS = frozenset(
    {"people", "peoples", "workers", "women", "farmers", "teachers", "writers", "drivers", "miners", "citizens"}
    | {"soldiers", "mothers", "students", "producers", "employers", "doctors", "nurses", "fishermen", "families"}
    | {"pensioners", "veterans", "victims", "refugees", "youth", "peasants", "growers", "pilots", "actors"}
)
"""Those whom bodies are named after: People's Council, Growers of Belvara."""
_UNIONS = frozenset({"chamber", "confederation", "guild", "brotherhood", "sons", "friends", "doctors", "chiefs"}) | {
    "liberation", "defence", "defense", "voice", "mothers",
}  # fmt: skip


def _members(v: View, i: int, j: int) -> bool:
    """True if the apostrophe at token `j` stands within a body's name."""
    return v.lower[j - 1] in _MEMBERS and not v.initial[j - 1] and j + 1 < len(v.words) and v.capital[j + 1]


def _of_body(v: View, i: int, j: int) -> bool:
    """True if "of" goes on the name of a body that is called after its members: "the Fruit Growers of Belvara"."""
    if v.lower[j] == "of" and any(v.lower[k] in ("of", "for") for k in range(i + 1, j)):
        return True  # "the Front for the Freedom of Vostria"
    return v.lower[j] != "on" and not v.initial[j - 1] and v.lower[j - 1] in _MEMBERS | _UNIONS


def _body_of(v: View, k: int) -> int:
    """Where a body's name begins that ends in "of" and the place at token `k`; `k` if there is none."""
    if k < 2 or v.lower[k - 1] != "of" or not (v.lower[k - 2] in BODIES | _UNIONS | _MEMBERS and v.capital[k - 2]):
        return k
    first = k - 2
    while first and v.capital[first - 1] and v.words[first - 1].isalpha() and v.lower[first - 1] != "the":
        first -= 1
    return first


def _known_span(v: View, start: int, end: int, known: Known, hits: dict[int, tuple[int, Known]]) -> list[Span]:
    if known.kind == "people":
        return _people(v, start, end, known)
    if known.type == "person":
        left, party, role = titles_left(v, start, hits)
        return [Span(left, start, end, "person", known, known.party or party, role)]
    if known.kind in ("capital", "seat") and (_in_place(v, start, end) or _role_follows(v, end)):
        if _role_follows(v, end):
            return []  # part of a title: "Élysée spokesman"
        return [Span(start, start, end, "place", None)]
    if known.name.startswith("the ") and (start == 0 or v.lower[start - 1] != "the"):
        return []
    surface = v.text[v.starts[start] : v.end(end - 1)]
    alias = known.kind == "party" and end == start + 1 and surface.lower() != known.name.lower() and v.loose[start]
    if alias and not surface.isupper() and "." not in surface and _in_place(v, start, end):
        return [Span(start, start, end, "place", None)]  # the capital, where an agenda has it for the party
    if known.kind == "bloc" and _mere_place(v, start, end):
        return [Span(_with_the(v, start), start, end, "place", None)]
    if _role_follows(v, end) and known.type in ("state", "body", "group") and not _possessive(v, end):
        return []  # part of a title or description: "US envoys", "NATO official"
    if _joined_left(v, start) and known.type == "state":
        return [Span(start, start, end, known.type, known, nested=True)]
    return [Span(_with_the(v, start), start, end, known.type, known)]


def _joined_left(v: View, start: int) -> bool:
    return start > 0 and v.words[start - 1] == "-"


def _possessive(v: View, end: int) -> bool:
    return end < len(v.tokens) and v.lower[end] in ("'s", "'")


def _role_follows(v: View, end: int) -> bool:
    """True if a noun for a person, group or body follows, modifiers between: the form is an adjective there."""
    j = end
    while j < len(v.tokens) and j < end + 4:
        word = v.lower[j]
        if word in ROLES or word in GROUPS:
            return not (v.tokens[j].tag_.startswith("V"))
        if word not in MODIFIERS and v.tokens[j].tag_ not in ("JJ", "NN", "NNP"):
            return False
        if v.tokens[j].whitespace_ == "" and j + 1 < len(v.tokens) and v.words[j + 1] not in ("-",):
            return False
        if v.tokens[j].tag_ in ("NN", "NNP") and word not in MODIFIERS and not v.capital[j]:
            return False
        j += 1
    return False


def _with_the(v: View, start: int) -> int:
    return (
        start - 1
        if start and v.lower[start - 1] == "the" and "\n" not in v.text[v.starts[start - 1] : v.starts[start]]
        else start
    )


def _people(v: View, start: int, end: int, known: Known) -> list[Span]:
    """Peoples: "the Norwegians" and "the Norwegian side" stand for the state; "Norwegian workers" do not."""
    token = v.tokens[end - 1]
    after = v.lower[end] if end < len(v.tokens) else ""
    if after in GOVERNMENTS and v.tokens[end].dep_ != "compound":
        return [Span(_with_the(v, start), start, end + 1, known.type, known)]
    if known.type == "group" or _some_of(v, start, end):
        return []
    if token.tag_ in ("NNPS", "NNS") or (v.words[end - 1].endswith("s") and token.tag_ == "NNP"):
        return (
            [Span(_with_the(v, start), start, end, known.type, known)]
            if after not in ROLES and after not in GROUPS
            else []
        )
    if (
        v.lower[start - 1 : start] == ["the"]
        and token.dep_ in ("nsubj", "dobj", "pobj", "nsubjpass", "conj")
        and (token.head != v.tokens[end] if end < len(v.tokens) else True)
    ):
        return [Span(start - 1, start, end, known.type, known)]
    return []


_SOME = frozenset({"many", "some", "most", "few", "several", "ordinary", "young", "of", "ethnic", "displaced"})
_WHO = frozenset({"who", "displaced", "living", "from", "abroad", "fleeing", "like", "aged"})


def _some_of(v: View, start: int, end: int) -> bool:
    """True if not the whole people is meant, which stands for its state: "Belvarans who fled", "many Belvarans"."""
    if end < len(v.words) and v.lower[end] in _WHO:
        return True
    if end < len(v.words) and v.tokens[end].tag_ == "VBN" and v.tokens[end].dep_ == "acl":
        return True
    lead = v.lower[start - 1] if start else ""
    counted = start > 0 and v.tokens[start - 1].tag_ == "CD" and lead != "two"
    return counted or (lead in _SOME and (lead != "of" or v.lower[start - 2].endswith("s")))


def _in_place(v: View, start: int, end: int) -> bool:
    """True if a capital or seat is meant as a place: after a locative preposition or a verb of motion."""
    i = start - 1
    if i >= 0 and v.lower[i] == "the":
        i -= 1
    if i < 0:
        return False
    word = v.lower[i]
    if word in _LOCATIVE or word == "central" or not v.loose[start]:
        return True
    token = v.tokens[start]
    if word in ("to", "from", "for", "via", "through", "of"):
        head = v.tokens[i].head
        return head.lemma_.lower() in _MOTION or (
            word == "of" and head.lower_ in ("city", "south", "north", "east", "west")
        )
    return token.dep_ == "dobj" and token.head.lemma_.lower() in _MOTION


def _mere_place(v: View, start: int, end: int) -> bool:
    """True if a continent is a place here: "in Africa", "Africa's oldest"."""
    if start and v.lower[start - 1] in _LOCATIVE:
        return True
    if start > 1 and v.lower[start - 1] == "the" and v.lower[start - 2] in _LOCATIVE:
        return True
    return _possessive(v, end) and end + 1 < len(v.tokens) and v.tokens[end + 1].tag_ in ("JJS", "RBS")


def before(v: View, i: int) -> str:
    """The word before token `i`, in small letters: "former Norwegian", "ex-Norwegian"."""
    back = 2 if i > 1 and v.words[i - 1] == "-" else 1
    return v.lower[i - back] if i >= back else ""


def body_before(v: View, i: int, hits: dict[int, tuple[int, Known]]) -> str | None:
    """The name, of no list, that stands right before an office: Harrakat of "Harrakat official Omar Said"."""
    k = i
    while k and i - k < _BODY_AT_MOST and _names_body(v, k - 1, hits):
        k -= 1
    while k < i and (not v.capital[k] or (v.initial[k] and v.lower[k] in _RANKS)):
        k += 1
    if k == i or v.lower[k].endswith(_OF_A_PEOPLE):
        return None
    word = v.words[k]
    if v.lower[k] in ("former", "ex", "late"):
        return None
    if i - k == 1 and v.lower[k] in BODIES | GROUPS:
        return None  # "Parliament Speaker", "Union president": of whatever parliament or union
    if v.initial[k] and common(word.lower()) and not (word.isupper() or v.tokens[k].tag_ in ("NNP", "NNPS")):
        return None  # a word that opens the sentence
    return " ".join(v.name(k, i)).removesuffix("'s")


def _names_body(v: View, k: int, hits: dict[int, tuple[int, Known]]) -> bool:
    """True if token `k` may be part of a body's name."""
    if v.words[k] in ("'", "'s", "-", "&"):
        return k > 0 and v.capital[k - 1]
    known = any(start in hits and hits[start][0] > k for start in range(k - _BODY_AT_MOST, k + 1))
    proper = v.capital[k] and v.words[k][0].isalpha() and v.tokens[k].tag_ in ("NNP", "NNPS", "NN", "JJ")
    return proper and v.loose[k] and not known and not _calendar(v, k) and not _is_role(v, k)


def stands_for(known: Known, office: bool) -> str | None:
    """The party of whoever has a word for `known` before the title; of a state only with an office (`standing`)."""
    if (known.type == "state" and not office) or known.name in _CONTINENTS:
        return None
    return known.party or known.name


def titles_left(v: View, core: int, hits: dict[int, tuple[int, Known]]) -> tuple[int, str | None, str]:
    """Where the titles before a name begin, the party they name and the role: "Élysée spokesman", "Norwegian envoy"."""
    i = core
    while i and _title_word(v, i - 1, core):
        i -= 3 if general(v, i - 1) else 1
    if i == core or not any(_is_role(v, k) for k in range(i, core)):
        return core, None, ""
    party: str | None = None
    role_start = i
    title = v.lower[i:core]
    # peoples, states and bodies before the title: "Norwegian foreign minister", "NATO chief"
    for _ in range(3):
        for k in range(max(0, i - 4), i):
            if k in hits and hits[k][0] == i and hits[k][1].type in ("state", "body", "group"):
                first = _body_of(v, k)
                if first < k:  # "Growers of Belvara spokeswoman": not Belvara's
                    party, i = party or v.text[v.starts[first] : v.end(i - 1)], first
                    break
                party = party or stands_for(hits[k][1], holds_office(title, before(v, k)))
                i = k
                break
        else:
            break
    for k in range(i, core):
        if k in hits and party is None and hits[k][1].type in ("state", "body", "group"):
            party = stands_for(hits[k][1], holds_office(title, before(v, i)))
    if party is None and i >= 2 and v.lower[i - 1] == "'s":
        for k in range(max(0, i - 6), i - 1):
            if k in hits and hits[k][0] == i - 1:
                party = stands_for(hits[k][1], holds_office(title, before(v, k)))
    if title == ["first", "minister"]:
        party = None  # of a part of the state that the adjective may be of
    if party is None and holds_post(title, before(v, i)):
        party = body_before(v, i, hits)
    while role_start in hits and hits[role_start][0] < core:
        role_start = hits[role_start][0]
    role = v.text[v.starts[role_start] : v.end(core - 1)].lower()
    if v.lower[core - 1] in PLURAL_ROLES:  # "envoys A and B": a word for both is no title of the first
        return core, party, role
    return i, party, role


def _is_role(v: View, k: int) -> bool:
    return v.lower[k] in ROLES or v.lower[k].rstrip(".") in HONORIFICS or v.lower[k] in PLURAL_ROLES


def _title_word(v: View, k: int, core: int) -> bool:
    if "\n" in v.text[v.end(k) : v.starts[k + 1]]:
        return False
    word = v.lower[k]
    if _is_role(v, k):
        return True
    if v.words[k] == "." and k and v.lower[k - 1] in HONORIFICS:
        return True
    if k + 1 >= core:  # next to the name only a title will do
        return False
    if word == "-" or (k + 1 < len(v.words) and v.words[k + 1] == "-"):
        return v.tokens[k].whitespace_ == ""
    if word in ("and", "of", "to", "the", "for"):
        return False
    return word in MODIFIERS | MATTERS or (v.tokens[k].tag_ in ("JJ", "NN") and not v.capital[k] and word.isalpha())


_NUMBERED = frozenset({"article", "annex", "chapter", "resolution", "protocol"})


def _part(v: View, i: int, end: int, hits: dict[int, tuple[int, Known]], forms: Forms) -> list[Span]:
    """The names in a run of capitalised words: titles, peoples and known forms parted from the rest."""
    if i in hits and hits[i][0] == end:
        return _known_span(v, i, end, hits[i][1], hits)
    if v.words[end - 1][0].isdigit() and end - i == 2 and v.lower[i] in _NUMBERED:
        owned = v.lower[i - 1] == "'s" if i else False
        owner = next((k for k in range(max(0, i - 6), i - 1) if k in hits and hits[k][0] == i - 1 and owned), i)
        return [Span(owner, owner, end, "other")]
    for r in range(i + 1, end - 1):
        if v.lower[r].rstrip(".") in HONORIFICS and v.lower[r - 1] not in ROLES:  # "the Courier Mr Lund said"
            core = r + 2 if v.words[r + 1] == "." else r + 1
            if core < end:
                return [*_part(v, i, r, hits, forms), Span(r, core, end, "person", None, None, v.lower[r])]
    titled = _titled_in_run(v, i, end)
    if titled:
        ours = holds_office(v.lower[i:titled], before(v, i))
        party = _party_in(v, i, titled, hits, ours) or _owner_name(v, i, titled)
        return [Span(i, titled, end, "person", None, party, v.text[v.starts[i] : v.end(titled - 1)].lower())]
    last = v.lower[_head(v, i, end)]
    facility = _lower_tail(v, end)
    # A run that ends in a noun for a body, text or place is one name, whatever it begins with.
    if (
        end - i > 1
        and not _is_role(v, end - 1)
        and (last in BODIES | _UNIONS or last in OUTLETS or last in PLACES or last in TEXTS)
    ):
        party = _party_in(v, i, end, hits, of_state(v.lower[i:end]))
        kind = (
            "outlet"
            if last in OUTLETS
            else "body"
            if last in BODIES | _UNIONS
            else "place"
            if last in PLACES
            else "other"
        )
        if last in ("republic", "state"):
            kind = "group"
        return [Span(_with_the(v, i), i, end, kind, None, party)]
    if facility > end:
        if i in hits and hits[i][0] == end and hits[i][1].type == "state":
            return _known_span(v, i, end, hits[i][1], hits)
        return [Span(_with_the(v, i), i, facility, "place")]
    k = i
    while k < end:
        if (
            k in hits
            and hits[k][0] <= end
            and hits[k][1].type != "person"
            and hits[k][1].kind in ("people", "state", "seat", "body", "bloc", "party", "capital")
        ):
            k = hits[k][0]
        elif _is_role(v, k) or (v.lower[k] in MODIFIERS and k + 1 < end) or v.words[k] == "." or general(v, k + 1):
            k += 1
        else:
            break
    if k == end:  # titles and peoples only: "the Norwegian President", "US Senate"
        return [s for j in range(i, end) if j in hits for s in _known_span(v, j, hits[j][0], hits[j][1], hits)]
    if _called_list(v, i, k, end, hits):
        return [Span(i - 1, i, end, "body")]
    out: list[Span] = []
    titled = any(_is_role(v, j) for j in range(i, k))
    if k in hits and hits[k][0] == end:
        out.extend(_known_span(v, k, end, hits[k][1], hits))
    else:
        out.extend(_unknown(v, k, end, hits, forms))
    if not titled:
        for j in range(i, k):
            if j in hits and hits[j][0] <= k:
                out = _known_span(v, j, hits[j][0], hits[j][1], hits) + out
    return out


def _called_list(v: View, i: int, k: int, end: int, hits: dict[int, tuple[int, Known]]) -> bool:
    """True of "the Belvaran List": a people and one common word, which together name a body."""
    of_people = i in hits and hits[i][0] == k and hits[i][1].kind == "people" and v.lower[i - 1] == "the"
    whole = end - k == 1 and common(v.lower[k])
    return of_people and whole and v.tokens[k].dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "poss", "conj")


def _head(v: View, i: int, end: int) -> int:
    """The noun that a run of capitalised words is headed by: Front of "Front for the Freedom of the Isles"."""
    link = next((j for j in range(i + 1, end) if v.lower[j] in ("of", "for") and v.lower[j - 1] in BODIES | _UNIONS), 0)
    return link - 1 if link else end - 1


def _titled_in_run(v: View, i: int, end: int) -> int:
    """Where the name begins in "Harbour Workers Party Chairman Aldo Merikanto": after the last title; 0 if none."""
    for r in range(end - 2, i, -1):
        if v.lower[r] in ROLES and len(v.name(r + 1, end)) <= 3 and not general(v, r + 2):
            if any(v.lower[k] in BODIES or v.lower[k] in PLACES or v.lower[k] in GROUPS for k in range(r + 1, end)):
                return 0
            return r + 1
    return 0


def _proper(v: View, i: int) -> bool:
    """True if the text uses a noun for a body as one body's name: "the Alliance"; not so the organs of a state."""
    word = v.words[i]
    if v.lower[i] in ORGANS:
        return False
    same = (k for k in range(1, len(v.words) - 1) if v.words[k] == word and v.lower[k - 1] == "the" and v.loose[k])
    return any(not v.capital[k + 1] and v.lower[k + 1] not in ROLES for k in same)


def _owner_name(v: View, i: int, titled: int) -> str | None:
    """What stands before the title in such a run, if it is a body's name and not only a noun for one."""
    r = titled - 1
    while r > i and (v.lower[r] in ROLES or v.lower[r] in MODIFIERS):
        r -= 3 if general(v, r) else 1
    if r == i and v.lower[i] in BODIES | GROUPS and not _proper(v, i):
        return None  # "Parliament Speaker Ada Holt": of whatever parliament
    named = v.lower[r] in BODIES or holds_post(v.lower[r + 1 : titled])
    return v.text[v.starts[i] : v.end(r)].removesuffix("'s") if named and not _stops(v, i, r) else None


def _stops(v: View, i: int, r: int) -> bool:
    """True if what stands before the title is no name: a matter of state, common words ("Majority Leader")."""
    body = v.lower[r] in BODIES
    plain = all(v.lower[k] in MATTERS | MODIFIERS or v.lower[k].endswith(_OF_A_PEOPLE) for k in range(i, r + 1))
    return plain or (not body and all(common(v.lower[k]) for k in range(i, r + 1)))


def _lower_tail(v: View, end: int) -> int:
    """The end of a facility's name that goes on in small letters: "Ostra nuclear power plant"; `end` if none."""
    j = end
    while j < len(v.tokens) and j < end + 4 and not v.capital[j] and v.words[j].isalpha():
        if v.lower[j] in FACILITIES or v.lower[j] in ("region", "province", "oblast", "district", "peninsula"):
            return j + 1
        if v.tokens[j].tag_ not in ("NN", "JJ") or v.tokens[j].dep_ not in ("compound", "amod", "nmod"):
            break
        j += 1
    return end


def _party_in(v: View, i: int, end: int, hits: dict[int, tuple[int, Known]], ours: bool) -> str | None:
    """The party that a name or title says; a state's only if it is `ours`, an organ or office of states."""
    inside = (hits[j][1] for j in range(i, end) if j in hits)
    known = next((k for k in inside if k.type in ("state", "group", "body")), None)
    if known is None and i > 1 and v.lower[i - 1] == "'s":
        known = next((hits[j][1] for j in range(max(0, i - 6), i - 1) if j in hits and hits[j][0] == i - 1), None)
    return known.party if known is not None and (ours or known.type != "state") else None


def _unknown(v: View, k: int, end: int, hits: dict[int, tuple[int, Known]], forms: Forms) -> list[Span]:
    """A name no list has: a person where a title, a first name or the grammar tells, else as its words tell."""
    left, party, role = titles_left(v, k, hits)
    length = len(v.name(k, end))
    if length > 1 and v.lower[k] in _AIRS:
        return [Span(k, k, end, "outlet", None)]
    first = fold_name(v.lower[k]) in first_names()
    if length <= 5 and (role or (first and length >= 2) or fold_name(v.lower[end - 1]) in forms.surnames):
        return [Span(left, k, end, "person", None, party, role)]
    words = v.words[k:end]
    if (
        "-" in words
        and end - k == 3
        and end < len(v.tokens)
        and (v.lower[end] in GROUPS or v.lower[end] in ("talks", "meeting", "plan"))
    ):
        return [Span(j, j, j + 1, "person", None, nested=True) for j in (k, k + 2)]
    if _paper(v, k):
        return [Span(k, k, end, "outlet", None)]
    if length == 1 and ((len(words[0]) < 3 and not words[0].isupper()) or not _NAME.fullmatch(words[0])):
        return []
    if (
        length == 1
        and v.tokens[k].dep_ in ("compound", "amod")
        and end < len(v.tokens)
        and not v.capital[end]
        and v.tokens[end].pos_ == "NOUN"
    ):
        return [Span(k, k, end, "modifier", None)]
    if length == 1 and words[0].isupper() and len(words[0]) > 1 and not (len(words[0]) > 3 and common(v.lower[k])):
        return [Span(_with_the(v, k), k, end, "body", None, _party_in(v, k, end, hits, False))]
    doubtful = words[0].isupper() or (length == 1 and (v.initial[k] or v.tokens[k].tag_ not in ("NNP", "NNPS")))
    if doubtful and all(common(v.lower[j]) for j in range(k, end)) and not (titled_head(v, k) or v.speaks(k)):
        return []  # a word written large, not a name
    if any(v.lower[j] in BODIES for j in range(k, end)):
        return [Span(_with_the(v, k), k, end, "body", None, _party_in(v, k, end, hits, of_state(v.lower[k:end])))]
    return [Span(_with_the(v, k), k, end, _guess(v, k, end), None)]


_PAPERS = frozenset(
    {"newspaper", "daily", "weekly", "tabloid", "broadcaster", "newswire", "magazine", "paper", "portal"}
)


_AIRS = frozenset({"radio", "channel", "kanal", "canal", "television", "tele", "tv"})
"""How names of broadcasters begin."""


def _paper(v: View, k: int) -> bool:
    """True of the name after "the daily", "the news agency", "the agency"."""
    before = v.lower[k - 1] if k else ""
    if before in _PAPERS:
        return not v.capital[k - 1] or v.initial[k - 1]
    return before == "agency" and k > 1 and v.lower[k - 2] in ("the", "news")


_NAME = re.compile(r"[^\W\d_][\w.'\-]*")


def titled_head(v: View, k: int) -> bool:
    """True if an article or possessive stands before: "the Convention", "its Charter"."""
    return k > 0 and v.lower[k - 1] in ("the", "'s", "its", "his", "her", "their", "this")


def _guess(v: View, k: int, end: int) -> str:
    """A type from the grammar around an unknown name, or ""."""
    before = v.lower[k - 1] if k else ""
    last = v.tokens[end - 1]
    if before == "[" and end < len(v.words) and v.words[end] == "]":
        return "person"  # the speaker's label in a transcript
    ordinary = all(common(v.lower[j]) for j in range(k, end))
    if before in _LOCATIVE or before in ("from",):
        return "place"
    if before == "of" and k > 1 and v.lower[k - 2] in PLACES:
        return "place"  # the island of Sarn
    if before == "the":
        return "other"
    if (
        last.dep_ in ("nsubj", "nsubjpass")
        and last.head.lemma_ in HUMAN
        and end - k <= 4
        and (not ordinary or v.speaks(k))
    ):
        return "person"
    if (
        end - k in (2, 3)
        and not ordinary
        and all(v.words[j].isalpha() and v.words[j][1:].islower() for j in range(k, end))
    ):
        return "person"
    return ""
