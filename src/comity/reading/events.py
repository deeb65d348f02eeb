"""Meetings, calls, visits, votes, deadlines, talks and what was said when: who, where, and whether they took place.

An event is found by the word that tells of it (`event_triggers`); who, where and when are what hangs on that word in
the parse (`event_parts`). What is denied or only imagined is none. Several tellings of one event in a text are one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from comity.reading import event_triggers as trigger
from comity.reading.event_parts import (
    Scene,
    actors,
    dates,
    noun_participants,
    overlap,
    place,
    scene,
    time_of,
    verb_participants,
)
from comity.reading.segments import post_of, segment
from comity.words import Entity, Event, EventStatus, Mention, TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NEEDS_TWO = frozenset({"meeting", "call", "talks", "contact"})
_OPEN = frozenset({EventStatus.PLANNED, EventStatus.AGREED})
_SPOKEN = frozenset({"remarks", "press_briefing", "post", "publication"})


def find_events(
    doc: Doc,
    times: tuple[TimeMention, ...],
    mentions: tuple[Mention, ...],
    entities: tuple[Entity, ...],
    published: date | None,
) -> tuple[Event, ...]:
    """The events of `doc`, in order of the text, each told once.

    Participants and place are names of `entities`. `basis` says how the dates were worked out; a meeting that was held
    and is not dated was held on or before publication.
    """
    at = scene(doc, times, mentions, entities, published)
    found: list[Event] = []
    spoken: dict[str, list[Token]] = {}
    paragraph: list[Event] = []
    for token in doc:
        if token.is_space:
            if "\n\n" in token.text:
                paragraph = []
            continue
        event = _event_at(at, token, spoken)
        if event is None:
            continue
        if event.type == "talks" and not event.participants and event.status in _OPEN | {EventStatus.ONGOING}:
            earlier = [e for e in reversed(paragraph) if len(e.participants) > 1]
            before = next((e for e in earlier if e.type in ("talks", "contact")), earlier[0] if earlier else None)
            if before is not None:
                event = replace(
                    event, participants=before.participants, basis=f"{event.basis}; with whom: from the context"
                )
        if event.type in _NEEDS_TWO and not event.participants and event.expression is None:
            continue
        found.append(event)
        paragraph.append(event)
    found.extend(_undated_remarks(at, spoken, found))
    found.extend(_posted(at))
    return tuple(sorted(_merged(found), key=lambda e: (e.spans[0], e.type)))


def _event_at(at: Scene, token: Token, spoken: dict[str, list[Token]]) -> Event | None:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        if lemma in trigger.SPEECH:
            said = _said(at, token, spoken)
            if said is not None:
                return said
        type_ = trigger.VERBS.get(lemma)
        if type_ is not None:
            return _verb_event(at, token, type_)
        return None
    if token.pos_ == "NOUN":
        if lemma in trigger.REMARK_NOUNS:
            return _occasion(at, token, trigger.REMARK_NOUNS[lemma])
        type_ = trigger.NOUNS.get(lemma)
        if type_ is not None:
            return _noun_event(at, token, type_)
    return None


def _make(at: Scene, token: Token, type_: str, status: EventStatus, who: list[str], where: str | None) -> Event:
    time = time_of(at, token)
    earliest, latest, basis = dates(at, time, status)
    return Event(
        type=type_,
        status=status,
        spans=((token.idx, token.idx + len(token)),),
        participants=tuple(dict.fromkeys(who)),
        place=where,
        earliest=earliest,
        latest=latest,
        expression=(time.start, time.end) if time is not None else None,
        basis=basis,
    )


def _verb_event(at: Scene, verb: Token, type_: str) -> Event | None:
    if type_ == "deadline":
        return _deadline(at, verb)
    status = trigger.verb_status(verb)
    if status is None:
        return None
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    who = verb_participants(at, verb, type_)
    if type_ == "call":
        if any(c.dep_ in ("prep", "prt", "oprd", "ccomp", "xcomp") for c in verb.children) or not objects:
            return None
        if len(set(who)) < 2 or at.entity_at(objects[0]) is None or verb.lemma_ == "call":
            return None
    if type_ == "meeting" and len(set(who)) < 2 and objects and at.entity_at(objects[0]) is None:
        return None  # "meet a demand"
    if type_ == "review" and (not objects or not who or status is not EventStatus.HELD):
        return None
    if type_ == "withdrawal":
        military = any(
            o.lemma_.lower() in ("force", "troop", "soldier", "army", "weapon", "unit", "tank") for o in objects
        )
        if not military or not who or status not in (EventStatus.HELD, EventStatus.PLANNED, EventStatus.ONGOING):
            return None
    if type_ == "vote":
        event = _make(at, verb, type_, status, who, None)
        return event if event.expression is not None else None
    where = place(at, verb)
    if type_ == "visit" and not objects:
        return _make(at, verb, type_, status, who, where) if who and where and where not in who else None
    if type_ == "visit":
        target = next((e for o in objects if (e := at.entity_at(o)) is not None), None)
        if target is None:
            return None
        where = target.name if target.type in ("place", "state") else where
        who = [w for w in who if w != where]
        if not who:
            return None
    return _make(at, verb, type_, status, who, where)


def _deadline(at: Scene, verb: Token) -> Event | None:
    """What expires, lapses or runs out on a day: to come if that day is."""
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    if verb.lemma_ == "run" and not any(c.lower_ == "out" for c in verb.children):
        return None
    time = time_of(at, verb)
    if not subjects or time is None or time.latest is None or trigger.negated(verb):
        return None
    ahead = at.published is None or time.latest >= at.published
    who = [n for s in subjects for c in s.children if c.dep_ == "poss" for n in actors(at, c)]
    return _make(at, verb, "deadline", EventStatus.PLANNED if ahead else EventStatus.HELD, who, None)


def _noun_event(at: Scene, noun: Token, type_: str) -> Event | None:
    status = trigger.noun_status(noun)
    who = noun_participants(at, noun)
    if type_ == "contact":
        verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "in" else None
        if verb is None:
            return None
        status = trigger.verb_status(verb) or (
            EventStatus.ONGOING if verb.lemma_ in ("be", "remain", "stay", "keep") else None
        )
        if status is None or trigger.negated(verb):
            return None
        who = verb_participants(at, verb, "review") + noun_participants(at, noun)
        for child in noun.head.children:
            if child.dep_ == "prep" and child.lower_ == "with":
                who.extend(n for o in child.children if o.dep_ == "pobj" for n in actors(at, o))
    if type_ == "deadline":
        event = _make(at, noun, type_, status or EventStatus.PLANNED, who, None)
        return event if event.expression is not None else None
    if status is None and type_ == "talks" and len(set(who)) > 1:
        verb = trigger.governing_verb(noun)
        if verb is not None and trigger.negated(verb):
            return None
        status = EventStatus.HELD if verb is not None and verb.tag_ == "VBD" else EventStatus.ONGOING
    if status is None:
        return None
    if type_ in ("vote", "withdrawal", "review", "visit"):
        event = _make(at, noun, type_, status, who, place(at, noun))
        return event if event.expression is not None else None
    if type_ == "call" and not who:
        return None
    return _make(at, noun, type_, status, who, place(at, noun))


def _said(at: Scene, verb: Token, spoken: dict[str, list[Token]]) -> Event | None:
    """What somebody said on a dated occasion, to reporters or in a post; undated sayings are kept for later."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "agent")), None)
    if subject is not None and subject.dep_ == "agent":
        subject = next(iter(subject.children), None)
    if subject is None or trigger.negated(verb) or trigger.verb_status(verb) is not EventStatus.HELD:
        return None
    entity = at.entity_at(subject)
    if entity is None or entity.type != "person":
        return None
    platform = _platform(at, verb)
    if platform is not None and verb.lemma_.lower() in trigger.POSTING:
        return replace(_make(at, verb, "post", EventStatus.HELD, [entity.name], None), place=platform)
    audience = any(c.dep_ == "dobj" and c.lemma_.lower() in trigger.AUDIENCE for c in verb.children)
    time = time_of(at, verb)
    spokes = any(w.startswith("spokes") for w in entity.role.split())
    if audience or time is not None:
        return _make(
            at, verb, "press_briefing" if audience and spokes else "remarks", EventStatus.HELD, [entity.name], None
        )
    spoken.setdefault(entity.id, []).append(verb)
    return None


def _platform(at: Scene, verb: Token) -> str | None:
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("on", "via", "to", "in"):
            for obj in child.children:
                entity = at.entity_at(obj)
                if entity is not None and entity.type == "platform":
                    return entity.name
    return None


def _occasion(at: Scene, noun: Token, type_: str) -> Event | None:
    """A news conference, briefing, interview or speech: of whoever speaks at it."""
    if noun.lemma_ == "conference" and not any(c.lower_ in ("news", "press") for c in noun.children):
        return None
    verb = trigger.governing_verb(noun)
    who = noun_participants(at, noun)
    if verb is not None:
        who = verb_participants(at, verb, "review") + who
    people = [w for w in who if any(e.name == w and e.type == "person" for e in at.entities.values())]
    if not people or verb is None or trigger.negated(verb):
        return None
    status = trigger.verb_status(verb)
    return _make(at, noun, type_, status, people[:1], place(at, noun)) if status is not None else None


def _undated_remarks(at: Scene, spoken: dict[str, list[Token]], found: list[Event]) -> list[Event]:
    """One event for all that a person is told to have said at no stated time, if there are two such sayings or more."""
    out = []
    for entity_id, verbs in spoken.items():
        name = at.entities[entity_id].name
        if len(verbs) < 2 or any(e.type in _SPOKEN and name in e.participants for e in found):
            continue
        event = _make(at, verbs[0], "remarks", EventStatus.HELD, [name], None)
        out.append(replace(event, spans=tuple((v.idx, v.idx + len(v)) for v in verbs)))
    return out


def _posted(at: Scene) -> list[Event]:
    """Embedded posts: a publication of an outlet, a post of anybody else."""
    text = at.text
    if "(@" not in text:
        return []
    outlets = {a for e in at.entities.values() if e.type == "outlet" for a in (e.name, *e.aliases)}
    out = []
    for post in post_of(text, segment(text)):
        if not post.name or post.name_span is None:
            continue
        name = next((e.name for e in at.entities.values() if post.name in (e.name, *e.aliases)), post.name)
        type_ = "publication" if post.name in outlets else "post"
        day = f'"{text[post.date_span[0] : post.date_span[1]]}", dated in the text' if post.date_span else "undated"
        latest = post.posted or at.published
        out.append(
            Event(type_, EventStatus.HELD, (post.name_span,), (name,), None, post.posted, latest, post.date_span, day)
        )
    return out


def _merged(events: list[Event]) -> list[Event]:
    """Tellings of one event joined: the same type, shared participants, days that can be the same."""
    out: list[Event] = []
    for event in events:
        for n, other in enumerate(out):
            if _same(other, event):
                out[n] = _join(other, event)
                break
        else:
            out.append(event)
    return out


def _same(a: Event, b: Event) -> bool:
    if a.type != b.type or not set(a.participants) & set(b.participants):
        return False
    if a.status is not b.status and not {a.status, b.status} <= _OPEN:
        return False
    if a.place and b.place and a.place != b.place:
        return False
    if a.type in _SPOKEN and (a.expression is None) != (b.expression is None):
        return False
    return overlap((a.earliest, a.latest), (b.earliest, b.latest))


def _join(a: Event, b: Event) -> Event:
    """`a` with what `b` adds; the narrower dates are kept with their basis."""
    narrow = a if _width(a) <= _width(b) else b
    return replace(
        a,
        spans=tuple(sorted({*a.spans, *b.spans})),
        participants=tuple(dict.fromkeys((*a.participants, *b.participants))),
        place=a.place or b.place,
        earliest=narrow.earliest,
        latest=narrow.latest,
        expression=narrow.expression or a.expression or b.expression,
        basis=narrow.basis,
    )


def _width(event: Event) -> int:
    if event.earliest is None or event.latest is None:
        return 10**6 if (event.earliest is None) == (event.latest is None) else 10**5
    return (event.latest - event.earliest).days
