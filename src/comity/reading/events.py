"""Meetings, calls, visits, votes, deadlines and talks: who, where, when, and whether they took place."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.words import Entity, Event, EventStatus, Mention, TimeMention

Doc = Any


def find_events(
    doc: Doc,
    times: tuple[TimeMention, ...],
    mentions: tuple[Mention, ...],
    entities: tuple[Entity, ...],
    published: date | None,
) -> tuple[Event, ...]:
    """The events of `doc`, in order of the text."""
    names = {e.id: e.name for e in entities}
    out = []
    for token in doc:
        if token.lemma_ == "meet" and token.pos_ == "VERB":
            sent = token.sent
            inside = [m for m in mentions if sent.start_char <= m.start < sent.end_char]
            who = tuple(dict.fromkeys(names[m.entity] for m in inside if m.entity in names))
            future = any(c.lower_ in ("will", "'ll") for c in token.children)
            when = next((t for t in times if sent.start_char <= t.start < sent.end_char), None)
            out.append(
                Event(
                    "meeting",
                    EventStatus.PLANNED if future else EventStatus.HELD,
                    ((token.idx, token.idx + len(token)),),
                    who,
                    earliest=when.earliest if when else None,
                    latest=when.latest if when else None,
                )
            )
    return tuple(out)
