"""Dates ahead and lately: events in words, with the day of the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from comity.desk.parts.labels import event_labels
from comity.desk.parts.matrix import cites
from comity.desk.parts.phrases import EVENT_STATUSES, listing, period
from comity.desk.parts.values import Dated
from comity.words import Event, EventStatus, Ledger, LedgerEvent

RECENT = timedelta(days=14)
"""How far back the brief tells of what took place."""

_AHEAD = {EventStatus.PLANNED, EventStatus.AGREED, EventStatus.ONGOING, EventStatus.POSTPONED}


def dated(
    ledger: Ledger, as_of: date | None, labels: Mapping[str, str], letters: Mapping[str, str]
) -> tuple[tuple[Dated, ...], tuple[Dated, ...]]:
    """Events ahead of the brief's date, soonest first and undated ones last; and those of the two weeks before it,
    latest first. What was cancelled stays with its dates, and says so."""
    own = event_labels(ledger.events, letters)
    ahead: list[tuple[date, int, Dated]] = []
    recent: list[tuple[date, int, Dated]] = []
    for i, told in enumerate(ledger.events):
        event = told.event
        if not any(d in letters for d in told.documents) or (event.type == "remarks" and event.status not in _AHEAD):
            continue  # that somebody spoke is what the statements are
        entry = _dated(told, cites(told.statements, labels) or ((own[i],) if i in own else ()), letters)
        bound = event.latest or event.earliest
        is_ahead = bound is not None and as_of is not None and bound > as_of
        if is_ahead or (bound is None and event.status in _AHEAD) or (_on_the_day(told, as_of)):
            if event.status is not EventStatus.HELD:
                ahead.append((_rank(event, as_of), i, entry))
        elif bound is not None and (as_of is None or bound >= as_of - RECENT):
            past = {EVENT_STATUSES[status]: f"was {EVENT_STATUSES[status]}" for status in _AHEAD}
            recent.append((bound, i, replace(entry, status=past.get(entry.status, entry.status))))
    ahead.sort(key=lambda item: item[:2])
    recent.sort(key=lambda item: (-item[0].toordinal(), item[1]))
    return _once(ahead), _once(recent)


def _rank(event: Event, as_of: date | None) -> date:
    """Where an event stands among those ahead: by its first day, by its bound; what is merely open-ended comes last."""
    if event.earliest and (event.latest or as_of is None or event.earliest > as_of):
        return event.earliest
    return event.latest or date.max


def _on_the_day(told: LedgerEvent, as_of: date | None) -> bool:
    """Planned for the very day of the brief: whether it took place is not known yet."""
    event = told.event
    return as_of is not None and event.status in _AHEAD and as_of in (event.latest, event.earliest)


def _dated(told: LedgerEvent, labels: tuple[str, ...], letters: Mapping[str, str]) -> Dated:
    event = told.event
    kind = event.type.replace("_", " ")
    what = kind if kind != "other" else "event"
    if event.participants:
        what = f"{what}: {listing(event.participants)}"
    if event.place:
        what = f"{what}, {event.place}"
    return Dated(
        when=period(event.earliest, event.latest),
        earliest=event.earliest,
        latest=event.latest,
        what=what,
        status=EVENT_STATUSES[event.status],
        type=event.type,
        place=event.place,
        participants=event.participants,
        cites=labels,
        note=_with_letters(told.disputed, letters),
    )


def _with_letters(note: str, letters: Mapping[str, str]) -> str:
    """A note with documents called as the brief calls them.

    >>> _with_letters("maybe the same as: talks, 5 March (harbour-1a2b3c4d)", {"harbour-1a2b3c4d": "B"})
    'maybe the same as: talks, 5 March (in B)'
    """
    opened = [n for n, sign in enumerate(note) if sign == "("]  # notes are short, documents may be very many
    named = {note[n + 1 : end] for n in opened for end in range(n + 1, len(note)) if note[end] == ")"}
    for document in sorted(name for name in named if name in letters):
        note = note.replace(f"({document})", f"(in {letters[document]})")
    return note


def _once(entries: Sequence[tuple[date, int, Dated]]) -> tuple[Dated, ...]:
    return tuple(dict.fromkeys(entry for _, _, entry in entries))
