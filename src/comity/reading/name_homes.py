"""Offices and bodies of a state that a report names without the state: "the army", "Foreign Minister Ada Holt".

A reporter leaves the state out where the reader knows it: because the report is from there, because only one state's
government is spoken of, or because that state has just spoken. Where these do not agree nobody's party is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading.gazetteer import gazetteer
from comity.reading.name_masters import offices
from comity.reading.name_spans import MODIFIERS
from comity.reading.name_titles import MATTERS
from comity.reading.roles import ROLES
from comity.reading.syntax import text_of
from comity.words import Entity, Mention
from comity.words.offices import APART, ORGANS, holds_office, of_state

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ARMS = frozenset({"army", "military"})
_JUNTA = frozenset({"junta"})
_HOUSE_WORDS = "government administration ministers cabinet parliament army military authorities ministry junta"
_HOUSE = frozenset(_HOUSE_WORDS.split())
_FIGHTING = frozenset({"rebels", "guerrillas", "militants", "insurgents", "separatists", "militia", "fighters"})
_HEADS = frozenset({"minister", "premier", "president", "undersecretary", "vice-president"})
_GUARDS = frozenset({"junta", "army", "military", "navy", "police", "defence", "defense", "air"})
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_PLAIN = frozenset({"of", "for", "and", "the", "in", "'s", "-", "ministry", "department", "staff", "works", "public"})
_WHOSE = frozenset({"of", "for", "to"})
_DATELINE = re.compile(
    r"^\W*([^\W\d_][^\n\d(–—-]{2,30}?)(?:, [A-Z][a-z]+\.? \d+)? ?(?:\([A-Za-z ]{2,12}\) ?)?[–—-]{1,2} ?(?=\S)", re.M
)
_HEAD_AT_MOST = 700
_OFTEN = 2
"""How often a state whose capital is in the dateline is named else, if that is no mere venue."""


def at_home(
    doc: Doc, entities: tuple[Entity, ...], mentions: tuple[Mention, ...], people: bool = True
) -> tuple[Entity, ...]:
    """`entities` where those without a party who hold an office of a state have that state, if the text tells which.

    Parameters
    ----------
    people
        False for bodies only, before it is known who holds whose office.
    """
    titles = _titles(doc, entities, mentions) if people else {}
    homeless = [e for e in entities if not e.party and (_body(e) or (e.id in titles and official(titles[e.id])))]
    fighting = [e for e in entities if e.type == "group" and not e.party and e.name.lower() in _FIGHTING]
    if not homeless and not fighting:
        return entities
    states = {e.party or e.name for e in entities if e.type == "state"}
    states |= {e.party for e in entities if e.party in gazetteer().forms and gazetteer().forms[e.party].kind == "state"}
    known = {e.id: e for e in entities}
    home = _home(doc, known, mentions, states)
    found: dict[str, str] = {}
    text = text_of(doc)
    for entity in fighting:  # "the rebels" where one side's rebels have been named
        same = [e.party for e in entities if e.party and _words(e.name)[-1:] == [entity.name.lower()]]
        called = [e.party or e.name for e in entities if e.type in ("group", "body") and _called(text, e, entity.name)]
        if party := _only([*same, *called]):
            found[entity.id] = party
    for entity in homeless:
        title = titles.get(entity.id, [])
        told = {*entity.name.lower().split(), *title}
        arms = (_ARMS if _ARMS & told else frozenset()) | (_JUNTA & told)
        party = _only(e.party for e in entities if arms and e.party in states and arms & {*_words(e.name)})
        if party is None and not arms:
            party = _near(doc, entity, title, mentions, known, states, home)
        if party is not None:
            found[entity.id] = party
    return tuple(replace(e, party=found[e.id]) if e.id in found else e for e in entities)


def _words(name: str) -> list[str]:
    return re.findall(r"[\w-]+", name.lower().replace("'s", "").replace("’s", ""))


def _only(names: Iterable[str | None]) -> str | None:
    """The one name, if there is no other."""
    found = {name for name in names if name}
    return found.pop() if len(found) == 1 else None


def _called(text: str, entity: Entity, kind: str) -> bool:
    """True if the name stands before the noun or behind it: "FLN rebels", "the rebel group FLN"."""
    one = kind.lower().removesuffix("s")
    if entity.name.lower() == kind.lower() or one not in text:
        return False
    behind = (f"{one} ", f"{one}s ", f"{one}s of the ", f"{one} group ", f"{one} movement ", f"{one} force ")
    return any(
        f"{name} {one}" in text or any(f"{before}{name}" in text for before in behind)
        for name in (entity.name, *entity.aliases)
    )


def _body(entity: Entity) -> bool:
    """True of "the government", "the army", "the Foreign Ministry": a body of whatever state is meant."""
    words = _words(entity.name.removeprefix("the "))
    if entity.type not in ("group", "body") or not words:
        return False
    if len(words) == 1:
        return words[0] in _HOUSE
    organ = words[-1] in ("ministry", "department") or words[0] == "ministry"
    return organ and of_state(words) and all(w in MATTERS | _PLAIN | ORGANS for w in words)


def _titles(doc: Doc, entities: tuple[Entity, ...], mentions: tuple[Mention, ...]) -> dict[str, list[str]]:
    """Words in small letters for what people without a party are, before their names or beside them."""
    found = {e.id: _words(e.role) for e in entities if e.type == "person" and not e.party}
    for m in mentions:
        if m.entity not in found or m.kind != "name":
            continue
        span = doc.char_span(m.start, m.end, alignment_mode="expand")
        for office in offices(span.root) if span is not None else ():
            words = [t.lower_ for t in (*office.lefts, office) if t.is_alpha and t.dep_ not in ("det", "poss")]
            owned = any(t.dep_ == "poss" for t in office.lefts) or any(t.lower_ in _WHOSE for t in office.rights)
            if not owned and not found[m.entity]:
                found[m.entity] = words
    for e in entities:
        if e.id in found and not found[e.id] and {"administration", "government"} & {*_words(e.name)}:
            found[e.id] = [*_words(e.name), "ministry"]
    return found


def official(words: list[str]) -> bool:
    """True if a title is an office of a state and names nothing else.

    >>> [official(title.split()) for title in ("foreign minister", "treasury secretary", "army chief", "president")]
    [True, True, True, True]
    >>> [official(title.split()) for title in ("general secretary", "company president", "shadow finance minister")]
    [False, False, False]
    """
    if not words or not holds_office(words) or not APART.isdisjoint(words):
        return False
    if not all(w in MATTERS | ROLES | MODIFIERS | _PLAIN | _GUARDS for w in words):
        return False
    if words == ["attorney", "general"] or not _HEADS.isdisjoint(words):
        return True
    if "commissioner" in words or "secretary" in words:
        return "general" not in words and not (MATTERS - {"general"}).isdisjoint(words)
    if "chief" in words or "commander" in words:
        return not _GUARDS.isdisjoint(words) or words == ["chief", "of", "staff"]
    return not _SPEAKERS.isdisjoint(words) and not {"government", "ministry", "army", "military", "junta"}.isdisjoint(
        words
    )


def _home(doc: Doc, known: dict[str, Entity], mentions: tuple[Mention, ...], states: set[str]) -> str | None:
    """The state that the report is from or about: its dateline's, if that state acts, or the only one with organs."""
    entities = known.values()
    acting = {e.party for e in entities if e.party in states and e.type in ("person", "group")}
    place = next((m for m in _DATELINE.finditer(text_of(doc), 0, _HEAD_AT_MOST)), None)
    if place is not None:
        capital = gazetteer().forms.get(place[1].strip().title()) or gazetteer().forms.get(place[1].strip())
        if capital is not None and capital.kind == "capital":
            state = capital.stands_for
            own = [m for m in mentions if m.entity in known and known[m.entity].name == state]
            told = sum(1 for m in own if text_of(doc)[m.start : m.end].casefold() != place[1].strip().casefold())
            if state in acting or told >= _OFTEN:
                return state
    ruled = _only(
        e.party
        for e in entities
        if e.party in states and any("government" in _words(name) for name in (e.name, *e.aliases))
    )
    named = Counter(known[m.entity].name for m in mentions if m.entity in known and known[m.entity].type == "state")
    alone = _only(acting)
    return ruled or (alone if alone is not None and named[alone] >= max(named.values(), default=0) else None)


def _near(
    doc: Doc,
    entity: Entity,
    title: list[str],
    mentions: tuple[Mention, ...],
    known: dict[str, Entity],
    states: set[str],
    home: str | None,
) -> str | None:
    """The state that has spoken last in the paragraph where the entity is first named, unless the home is another."""
    text = text_of(doc)
    first = min((m.start for m in mentions if m.entity == entity.id), default=None)
    if first is None:
        return None
    if entity.type == "person" and _is_told(doc, entity, mentions):
        return None
    begun = text.rfind("\n\n", 0, first) + 1
    spoken: str | None = None
    for m in mentions:
        if not begun <= m.start < first or m.entity not in known or known[m.entity].party not in states:
            continue
        span = doc.char_span(m.start, m.end, alignment_mode="expand")
        if span is not None and _leads(span.root):
            spoken = known[m.entity].party
    if spoken is None or home is None:
        if "secretary" in title:
            return home  # what others call ministers
        return spoken or home
    return spoken if spoken == home else None


def _is_told(doc: Doc, entity: Entity, mentions: tuple[Mention, ...]) -> bool:
    """True if it is somebody else who first speaks to or of the person: "he had told President Rehn" may be abroad."""
    first = min((m for m in mentions if m.entity == entity.id), key=lambda m: m.start)
    span = doc.char_span(first.start, first.end, alignment_mode="expand")
    if span is None:
        return False
    head = span.root
    return head.dep_ in ("dobj", "dative") or (head.dep_ == "pobj" and head.head.lower_ in ("to", "with"))


def _leads(head: Token) -> bool:
    """True of the subject of a main clause, or whose body or officer it is."""
    while head.dep_ in ("poss", "compound", "amod", "nmod"):
        head = head.head
    return head.dep_ in ("nsubj", "nsubjpass") and head.head.dep_ in ("ROOT", "conj", "ccomp") and head.i < head.head.i
