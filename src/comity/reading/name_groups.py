"""People and groups without a name: "a senior Norwegian official", "the mediators' delegation", "rebel leaders".

Also the text under negotiation ("the draft", "a 12-point plan"), which a report speaks of under many nouns.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.reading.name_forms import Known
from comity.reading.name_spans import MODIFIERS, before, stands_for
from comity.reading.name_view import View
from comity.reading.roles import BODIES, GROUPS, ROLES, TEXTS
from comity.words.offices import for_state, holds_office

_SOURCES = frozenset(
    {
        "official",
        "source",
        "diplomat",
        "aide",
        "adviser",
        "advisor",
        "lawmaker",
        "negotiator",
        "envoy",
        "representative",
    }
    | {"spokesman", "spokeswoman", "spokesperson", "analyst", "expert", "commander", "officer", "minister", "mediator"}
    | {
        "insider",
        "delegate",
        "leader",
        "soldier",
        "witness",
        "resident",
        "reporter",
        "journalist",
        "critic",
        "observer",
    }
)
_ENVOYS = frozenset(
    {"envoys", "negotiators", "representatives", "delegation", "delegates", "delegations", "team", "negotiating"}
)
_ACTING = frozenset(
    {
        "officials",
        "sources",
        "diplomats",
        "envoys",
        "negotiators",
        "mediators",
        "delegation",
        "delegations",
        "delegates",
    }
    | {"representatives", "leaders", "aides", "advisers", "advisors", "lawmakers", "rebels", "guerrillas", "militants"}
    | {
        "insurgents",
        "separatists",
        "government",
        "opposition",
        "army",
        "military",
        "troops",
        "forces",
        "administration",
    }
    | {"faction", "wing", "branch", "junta", "presidency"}
    | {"parliament", "authorities", "allies", "partners", "ministers", "commanders", "spokesmen", "mission", "workers"}
    | {"analysts", "experts", "observers", "soldiers", "fighters", "citizens", "voters", "team", "leadership", "regime"}
)
_OF_A_STATE = frozenset({"ministry", "navy"})
"""Bodies that are looked for only beside the name of whose they are."""
_FOR = frozenset({"for", "of", "from", "to", "with"})
_SERVES = frozenset({"aide", "adviser", "advisor"})
_WITHIN = frozenset({"in", "at", "inside", "within"})
_NEAR = frozenset({"close", "familiar", "briefed", "near", "privy"})
"""What tells how a source knows: "close to the talks"."""
_LONGEST = 7
_OWNED = frozenset({"his", "her", "its", "their", "our", "my", "your"})
_TEXT_HEADS = frozenset(TEXTS - {"proposal"})
_TEXT_MODIFIERS = frozenset(
    {"peace", "final", "potential", "draft", "interim", "comprehensive", "framework", "ceasefire", "truce", "possible"}
)


@dataclass(frozen=True, slots=True)
class Described:
    """A description: tokens ``[start, end)``, its head noun, what it says of party, and whether it is definite.

    `type` is "person" (one source without a name), "group" or "other" (the text under negotiation).
    """

    start: int
    end: int
    head: int
    type: str
    party: str | None
    definite: bool
    name: str
    owner: int = -1
    whose: int = -1
    """The token of those for whom it speaks: of "a spokesman for the rebels" that of the rebels; -1 if not told."""


def described(
    v: View, hits: dict[int, tuple[int, Known]], taken: bytearray, people: bytearray, owners: dict[int, str | None]
) -> list[Described]:
    """Descriptions in running text whose head noun stands in no name. `owners`: parties of names by their end token."""
    out: list[Described] = []
    for i, token in enumerate(v.tokens):
        word = v.lower[i]
        if taken[i] or (v.capital[i] and not v.initial[i] and v.words[i].isalpha() and word not in GROUPS):
            continue
        if word in _SOURCES and token.tag_ in ("NN", "NNP"):
            found = _phrase(v, i, hits, owners, "person", people)
        elif word in _ACTING and v.words[i - 1] != "-" and token.tag_ in ("NNS", "NN", "NNP", "NNPS"):
            found = _phrase(v, i, hits, owners, "group", people)
        elif word in _OF_A_STATE and token.tag_ in ("NN", "NNP"):
            found = _phrase(v, i, hits, owners, "group", people)
            found = found if found is not None and found.party is not None else None
        elif word in _TEXT_HEADS and token.tag_ == "NN":
            found = _text(v, i)
        else:
            continue
        if found is not None:
            out.append(found)
    return out


def _phrase(
    v: View, head: int, hits: dict[int, tuple[int, Known]], owners: dict[int, str | None], type_: str, people: bytearray
) -> Described | None:
    if head + 1 < len(v.tokens) and v.words[head + 1] == "-":
        return None
    if head + 1 < len(v.tokens) and v.tokens[head].dep_ == "compound" and v.tokens[head].head.i > v.tokens[head].i:
        nxt = v.lower[head + 1]
        if nxt not in GROUPS and nxt not in ROLES:
            return None
        return None
    if type_ == "person" and head > 2 and v.lower[head - 1] == "old" and v.words[head - 2] == "-":
        return None  # "the 62-year-old minister": somebody named before
    i, party, owner = head, None, -1
    while i and head - i < 8:
        k = i - 1
        if "\n" in v.text[v.end(k) : v.starts[k + 1]] or v.loose[k] != v.loose[head]:
            break
        hit = next(((s, hits[s]) for s in range(max(0, k - 4), k + 1) if s in hits and hits[s][0] == k + 1), None)
        if hit is not None and hit[1][1].type in ("state", "body", "group"):
            party = party or stands_for(hit[1][1], holds_office(v.lower[hit[1][0] : head + 1], before(v, hit[0])))
            i = hit[0]
        elif v.lower[k] in ("'s", "'") and k in owners:
            party = party or (owners[k] if holds_office(v.lower[k + 1 : head + 1]) else None)
            owner = k
            i = k
            while i and v.tokens[i - 1].tag_ in ("NNP", "NNPS") and v.capital[i - 1]:
                i -= 1
        elif (
            v.lower[k] in MODIFIERS
            or v.tokens[k].tag_ in ("JJ", "JJS", "JJR", "VBN", "NN", "NNP", "CD")
            or _hyphen(v, k)
        ):
            if (
                v.tokens[k].tag_ == "NN"
                and v.tokens[k].dep_ not in ("compound", "nmod", "amod")
                and v.lower[k] not in MODIFIERS
            ):
                break
            i = k
        else:
            break
    determiner = v.lower[i - 1] if i else ""
    mods = {v.lower[k] for k in range(i, head)}
    plural = type_ == "group"
    definite = determiner in ("the", "these", "those") or (type_ == "person" and determiner in _OWNED)
    whose, last = _whose(v, head) if type_ == "person" else (-1, head)
    if _apposed(v, i, last, people) or (type_ == "person" and _predicate(v, head)):
        return None
    if determiner in ("no", "any", "neither", "every") or not v.loose[head]:
        return None
    if type_ == "person":
        if determiner in ("a", "an", "one", "another"):
            i -= 1
        elif definite or owner >= 0:
            if determiner == "the":
                i -= 1
        elif party is None and not mods:
            return None
    else:
        if party is None and not definite and v.tokens[head].dep_ not in ("nsubj", "nsubjpass"):
            return None
        if determiner == "the":
            i -= 1
    definite = definite and whose < 0
    if whose >= 0 and party is None and holds_office(v.lower[i : head + 1]):
        inside = ((k, *hits[k]) for k in range(head + 2, last) if k in hits and hits[k][0] <= last)
        party = next((stands_for(known, for_state(v.lower[end : last + 1])) for k, end, known in inside), None)
    body = v.text[v.starts[i] : v.end(last)]
    name = body.split(" ", 1)[1] if body.lower().startswith(("a ", "an ", "the ")) and " " in body else body
    if v.tokens[i].tag_ == "CD" and " " in name:
        name = name.split(" ", 1)[1]
    return (
        Described(i, head + 1, head, type_, party, definite or (owner >= 0), " ".join(name.split()), owner, whose)
        if plural or type_
        else None
    )


def _whose(v: View, head: int) -> tuple[int, int]:
    """Of "a spokesman for the rebels" the token of the rebels, and the last of the phrase; -1 if no one is named.

    Only what stands right behind, up to the noun: "a source close to the talks", and no more of it.
    """
    token = v.tokens[head]
    after = next((c for c in token.rights if c.i == token.i + 1), None)
    if after is not None and after.lower_ in _NEAR:
        last = head + after.right_edge.i - token.i
        plain = last < len(v.tokens) and last - head <= _LONGEST and "," not in v.words[head:last]
        return -1, last if plain and v.tokens[last] == after.right_edge else head
    if after is None or after.dep_ != "prep":
        return -1, head
    noun = next((c for c in after.rights if c.dep_ == "pobj"), None)
    last = head + noun.i - token.i if noun is not None else -1
    if noun is None or last >= len(v.tokens) or v.tokens[last] != noun or last - head > _LONGEST:
        return -1, head
    body = noun.lower_ in GROUPS | BODIES
    named = body or any(t.text[:1].isupper() or t.lower_ in ROLES for t in noun.subtree)
    if after.lower_ == "to" and v.lower[head] not in _SERVES:
        return -1, last if named else head  # "the envoy to Belvara" does not speak for it
    if (after.lower_ in _FOR and named) or (after.lower_ in _WITHIN and body):
        return last, last
    return -1, head


def _apposed(v: View, start: int, head: int, people: bytearray) -> bool:
    """True if a name stands beside, only a comma between: "Aldo Merikanto, a senior official", "her aide, B"."""
    i = start - 1
    if i >= 0 and v.lower[i] in ("a", "an", "the", "his", "her", "their", "one", "its", "our"):
        i -= 1
    if i >= 1 and v.words[i] == "," and people[i - 1]:
        return True
    j = head + 1
    if j + 1 < len(v.words) and v.words[j] == "," and people[j + 1] and v.capital[j + 1]:
        return True
    return j < len(v.words) and bool(people[j]) and v.capital[j] and v.words[j].isalpha()


def _predicate(v: View, head: int) -> bool:
    """True if the noun says what somebody is: "she is a senior official", "described him as a leader"."""
    token = v.tokens[head]
    if token.dep_ == "conj" and token.head.lower_ in ROLES and token.head.dep_ in ("attr", "oprd", "appos", "conj"):
        return True
    return token.dep_ in ("attr", "oprd", "appos") or (
        token.dep_ == "pobj" and token.head.lower_ in ("as", "like", "than")
    )


def _hyphen(v: View, k: int) -> bool:
    return v.words[k] == "-" and k > 0 and v.end(k - 1) == v.starts[k] and v.end(k) == v.starts[k + 1]


def is_envoys(name: str) -> bool:
    """True if a group is of those who negotiate for a party."""
    return bool(set(name.lower().split()) & _ENVOYS)


def _text(v: View, head: int) -> Described | None:
    """The plan, draft, framework, deal or settlement that is negotiated."""
    if v.tokens[head].dep_ == "compound" and head + 1 < len(v.tokens):
        return None
    i = head
    while i and head - i < 6:
        k = i - 1
        if "\n" in v.text[v.end(k) : v.starts[k + 1]]:
            break
        if (
            v.tokens[k].tag_ in ("JJ", "NN", "CD", "VBN")
            and v.tokens[k].dep_
            in (
                "compound",
                "amod",
                "nummod",
                "nmod",
                "npadvmod",
            )
        ) or (v.words[k] == "-" and k):
            i = k
        else:
            break
    determiner = v.lower[i - 1] if i else ""
    mods = {v.lower[k] for k in range(i, head)}
    pointed = "point" in mods
    definite = determiner in ("the", "this", "that")
    if not (definite or pointed or mods & _TEXT_MODIFIERS):
        return None
    if determiner == "the" and not (mods & {"final"}):
        i -= 1
    name = v.text[v.starts[i] : v.end(head)]
    if name.lower().startswith("the "):
        name = name[4:]
    return Described(i, head + 1, head, "other", None, definite, " ".join(name.split()))
