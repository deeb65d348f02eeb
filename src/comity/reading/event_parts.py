"""Who takes part in an event, where and when: what hangs on the word that tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from comity.reading.event_triggers import governing_verb
from comity.words import Entity, EventStatus, Mention, TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACTORS = frozenset({"person", "group", "state", "body", "outlet"})
_WITH = frozenset({"with", "between", "of", "by", "among", "involving", "including", "from"})
_LEADERS = frozenset({"leader", "president", "minister", "premier", "envoy", "negotiator", "man", "woman"})
_PAIRED = _LEADERS | {"side", "party", "delegation", "country", "nation", "capital", "government", "state"}

_SHARING = frozenset({"conj", "xcomp", "relcl", "acl", "acomp", "attr", "oprd"})
"""Clauses whose subject is that of the clause above: "are due to meet"."""

_TAKING_PART_WORDS = """
    hold have attend host conduct join lead chair make pay be agree continue resume begin start enter open plan schedule
    cancel postpone arrange propose go come arrive meet send gather take
"""
_TAKING_PART = frozenset(_TAKING_PART_WORDS.split())
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Scene:
    """A parse with mentions and times by the tokens that head them."""

    doc: Doc
    text: str
    by_head: dict[int, tuple[Mention, ...]]
    entities: dict[str, Entity]
    times: tuple[tuple[int, TimeMention], ...]
    published: date | None

    def entity_at(self, token: Token) -> Entity | None:
        """The entity that the mention headed by `token` is of."""
        for mention in self.by_head.get(token.i, ()):
            if mention.entity in self.entities:
                return self.entities[mention.entity]
        return None


def scene(
    doc: Doc,
    times: tuple[TimeMention, ...],
    mentions: tuple[Mention, ...],
    entities: tuple[Entity, ...],
    published: date | None,
) -> Scene:
    by_head: dict[int, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None and len(span):
            by_head.setdefault(span.root.i, []).append(mention)
    heads = []
    for time in times:
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is not None and len(span):
            heads.append((span.root.i, time))
    return Scene(
        doc, doc.text, {i: tuple(m) for i, m in by_head.items()}, {e.id: e for e in entities}, tuple(heads), published
    )


def _with_conjuncts(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ in ("conj", "appos"):
            yield from _with_conjuncts(child)


def actors(at: Scene, token: Token) -> list[str]:
    """Names of those whom `token`, and what is joined to it by "and", stand for."""
    found = []
    for part in _with_conjuncts(token):
        if part.lemma_.lower() in _PAIRED and any(c.lower_ in ("two", "both") for c in part.children):
            found.extend(_pair(at, part))
            continue
        entity = at.entity_at(part)
        whose = _whose(at, part) if part.pos_ == "NOUN" and (entity is None or entity.party is None) else []
        if whose:
            found.extend(whose)
        elif entity is not None and entity.type in _ACTORS:
            found.append(entity.name)
    return found


def _pair(at: Scene, noun: Token) -> list[str]:
    """Whom "the two leaders", "both sides" are: the two people, or parties, last named before."""
    leaders = noun.lemma_.lower() in _LEADERS
    found: list[str] = []
    for i in sorted((i for i in at.by_head if i < noun.i), reverse=True):
        entity = at.entity_at(at.doc[i])
        if entity is None or noun.i - i > 150:
            continue
        name = (entity.name if entity.type == "person" and entity.role else None) if leaders else entity.party
        if name and name not in found:
            found.append(name)
        if len(found) == 2:
            return found[::-1]
    return []


def _whose(at: Scene, noun: Token) -> list[str]:
    """A and B of "negotiators from A and B" and of "envoys A and B"."""
    found = _named_after(at, noun)
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("from", "of"):
            for obj in child.children:
                if obj.dep_ == "pobj":
                    found.extend(actors(at, obj))
    return found


def _named_after(at: Scene, noun: Token) -> list[str]:
    """A and B of "envoys A and B", where the parse parts the noun from the names."""
    for i in range(noun.i + 1, min(noun.i + 5, len(at.doc))):
        if at.entity_at(at.doc[i]) is not None and at.doc[i].left_edge.i == noun.i + 1:
            return actors(at, at.doc[i])
    return []


def verb_participants(at: Scene, verb: Token, type_: str) -> list[str]:
    """Subject, object and "with" of a verb; nobody from a clause that only says what for."""
    found: list[str] = []
    node = verb
    for _ in range(4):
        subjects = [c for c in node.children if c.dep_ in ("nsubj", "nsubjpass", "agent")]
        for subject in subjects:
            for token in [subject] if subject.dep_ != "agent" else list(subject.children):
                found.extend(actors(at, token))
        if subjects or node.dep_ not in _SHARING or node.head == node:
            break
        if node.dep_ in ("relcl", "acl"):
            found.extend(actors(at, node.head))
            break
        node = node.head
    if type_ == "review":
        return found
    for child in verb.children:
        if child.dep_ == "dobj":
            found.extend(actors(at, child))
        elif child.dep_ == "prep" and child.lower_ in ("with", "between"):
            for obj in child.children:
                if obj.dep_ == "pobj":
                    found.extend(actors(at, obj))
    return found


def noun_participants(at: Scene, noun: Token) -> list[str]:
    """Those whose meeting it is: "A's talks with B", "talks between A and B", "A-B talks", "A held talks with B"."""
    found: list[str] = []
    modifiers: list[str] = []
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "nmod", "amod"):
            modifiers.extend(actors(at, child))
            for part in child.children:
                if part.dep_ in ("compound", "punct", "nmod") and part.pos_ == "PROPN":
                    modifiers.extend(actors(at, part))
            if child.dep_ == "poss":
                found, modifiers = found + modifiers, []
        elif child.dep_ in ("prep", "acl") and (
            child.lower_ in _WITH or child.lemma_.lower() in ("involve", "include")
        ):
            for obj in child.children:
                if obj.dep_ in ("pobj", "dobj"):
                    found.extend(actors(at, obj))
    if len(set(modifiers)) > 1 or found:  # a lone name before "summit" is where it is, not whose
        found = modifiers + found
    verb = governing_verb(noun)
    if verb is not None and noun.dep_ in ("dobj", "pobj", "attr") and _takes_part(noun, verb):
        found = verb_participants(at, verb, "review") + found
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in ("with", "between"):
                for obj in child.children:
                    if obj.dep_ == "pobj":
                        found.extend(actors(at, obj))
    if verb is not None and noun.dep_ == "nsubj" and verb.lemma_ in ("include", "involve", "bring"):
        for child in verb.children:
            if child.dep_ == "dobj":
                found.extend(actors(at, child))
    return found


def _takes_part(noun: Token, verb: Token) -> bool:
    if noun.dep_ == "pobj" and noun.head.lower_ not in ("in", "on", "at", "for", "to"):
        return False
    return verb.lemma_ in _TAKING_PART


def place(at: Scene, trigger: Token) -> str | None:
    """Where: the first place in, at or on which it is."""
    verb = trigger if trigger.pos_ == "VERB" else governing_verb(trigger)
    heads = [trigger, *([verb] if verb is not None else [])]
    heads += [c for h in heads for p in h.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj"]
    for head in heads:
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "at", "on", "to"):
                for obj in child.children:
                    entity = at.entity_at(obj)
                    if (
                        obj.dep_ == "pobj"
                        and entity is not None
                        and entity.type in ("place", "state")
                        and child.lower_ != "on"
                    ):
                        return entity.name
    return None


def time_of(at: Scene, trigger: Token) -> TimeMention | None:
    """The time expression that says when: one that hangs on the trigger or on its verb, the nearest first."""
    verb = trigger if trigger.pos_ in ("VERB", "AUX") else governing_verb(trigger)
    best: tuple[int, TimeMention] | None = None
    for i, time in at.times:
        token = at.doc[i]
        if token.sent != trigger.sent or time.type == "SET":
            continue
        if time.type == "DURATION" and time.earliest is None:
            continue
        above = _governor(token, trigger)
        if above != trigger and (verb is None or above != verb):
            continue
        if (
            above != trigger
            and trigger.pos_ == "NOUN"
            and trigger.dep_ not in ("dobj", "nsubj", "nsubjpass", "attr", "pobj")
        ):
            continue
        distance = abs(i - trigger.i)
        if best is None or distance < best[0]:
            best = (distance, time)
    return best[1] if best else None


def _governor(token: Token, trigger: Token) -> Token | None:
    """The trigger or the verb that `token` hangs on; None for a time that belongs to another noun."""
    if token.dep_ == "poss" and token.head != trigger:
        return None  # "Monday's collision"
    node = token
    for _ in range(8):
        if node == trigger:
            return trigger
        if node.pos_ in ("VERB", "AUX") and node != token:
            return trigger if node.dep_ == "acl" and node.head == trigger else node  # "a tour set for Monday"
        if node.head == node:
            return None
        node = node.head
    return None


def dates(at: Scene, time: TimeMention | None, status: EventStatus) -> tuple[date | None, date | None, str]:
    """First and last possible day, and in words how they were worked out."""
    published = at.published
    told = f", published {_WEEKDAYS[published.weekday()]} {published.isoformat()}" if published else ""
    if time is None or "REF" in time.value or (time.earliest is None and time.latest is None):
        word = f'"{at.text[time.start : time.end]}"' if time is not None else "undated"
        if status is EventStatus.HELD:
            return None, published, f"{word}: not after publication{told}"
        if status in (EventStatus.PLANNED, EventStatus.AGREED):
            return published, None, f"{word}: open-ended from publication{told}"
        return None, None, f"{word}{told}"
    earliest, latest = time.earliest, time.latest
    if (
        status is EventStatus.HELD
        and published is not None
        and latest is not None
        and latest > published >= (earliest or latest)
    ):
        latest = published
    if (
        status is EventStatus.PLANNED
        and published is not None
        and earliest is not None
        and earliest < published <= (latest or earliest)
    ):
        earliest = published
    days = f"{earliest or '…'} to {latest or '…'}" if earliest != latest else f"{earliest}"
    weekday = f" ({_WEEKDAYS[earliest.weekday()]})" if earliest is not None and earliest == latest else ""
    return earliest, latest, f'"{at.text[time.start : time.end]}" is {days}{weekday}{told}'


def overlap(a: tuple[date | None, date | None], b: tuple[date | None, date | None]) -> bool:
    """True if two spans of days can be the same day; None is open."""
    return not (
        (a[1] is not None and b[0] is not None and a[1] < b[0])
        or (b[1] is not None and a[0] is not None and b[1] < a[0])
    )
