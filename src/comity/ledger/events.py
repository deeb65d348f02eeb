"""Events told by several documents, put together where they are one and kept apart where that is only likely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.ledger.evidence import Take
from comity.ledger.names import Names
from comity.ledger.rulebook import rule
from comity.words import Event, EventStatus, Ledger, LedgerEvent, Reading, fold_name

CLOSE_DAYS = timedelta(days=3)
"""Two tellings of one event date it at most this far apart."""
MAYBE_DAYS = timedelta(days=14)
"""Undated tellings may be of one event if published at most this far apart."""
_GATHERINGS = ("meeting", "talks", "visit")
_AHEAD = (EventStatus.PLANNED, EventStatus.AGREED, EventStatus.POSTPONED)


@dataclass(frozen=True)
class _Telling:
    event: Event
    document: str
    published: date | None
    sides: frozenset[str]
    people: frozenset[str]


def told(
    readings: Iterable[Reading], takes: Iterable[Take], names: Names, dates: Mapping[str, date | None]
) -> tuple[LedgerEvent, ...]:
    """Events of all readings, one for each event, ordered by date (undated last), type and document."""
    tellings = sorted(
        (
            _Telling(event, reading.document, dates.get(reading.document), *_who(event, names))
            for reading in readings
            for event in reading.events
        ),
        key=lambda t: (t.published or date.max, t.document, t.event.spans, t.event.type, t.event.participants),
    )
    clusters: dict[tuple[str, frozenset[str]], list[list[_Telling]]] = defaultdict(list)
    for telling in tellings:
        row = clusters[_type(telling.event), telling.sides]
        home = next((c for c in reversed(row[-50:]) if same_event(c[0], telling)), None)
        row.append([telling]) if home is None else home.append(telling)
    passages: dict[str, list[Take]] = defaultdict(list)
    for take in takes:
        passages[take.document].append(take)
    found = []
    for row in clusters.values():
        for cluster in row:
            twin = next((c for c in row[-50:] if c is not cluster and maybe_same(c[0], cluster[0])), None)
            found.append(_merged(cluster, twin, passages))
    return tuple(sorted(found, key=_order))


def dates_ahead(ledger: Ledger, after: date | None = None) -> tuple[LedgerEvent, ...]:
    """Planned events of a ledger that end on or after `after` (default: its `as_of`), nearest first."""
    start = after or ledger.as_of
    return tuple(
        e
        for e in ledger.events
        if e.event.status in _AHEAD and e.event.latest and (start is None or e.event.latest >= start)
    )


@rule("event.same", "counting")
def same_event(one: _Telling, other: _Telling) -> bool:
    """Two tellings are one event if of one type (meetings, talks and visits count as one type) with the same sides,
    no two different persons for a side, no two different places, and dates that overlap and are known to three days.
    In one document equal bounds are enough; an undated one needs the same place, a person in common and reports at
    most three days apart."""
    a, b = one.event, other.event
    if not _people_fit(one, other) or not _places_fit(a, b):
        return False
    if one.document == other.document and (a.earliest, a.latest) == (b.earliest, b.latest):
        return True
    if not one.sides:
        return False
    if a.earliest is None or b.earliest is None or a.latest is None or b.latest is None:
        return _one_occasion(one, other)
    if a.earliest > b.latest or b.earliest > a.latest:
        return False
    return max(a.latest, b.latest) - min(a.earliest, b.earliest) <= CLOSE_DAYS


@rule("event.maybe_same", "counting")
def maybe_same(one: _Telling, other: _Telling) -> bool:
    """Two tellings may be one event if type and sides agree but place, persons or date are not known well enough, or
    both foresee it on days close to each other. They stay two, and each says so."""
    a, b = one.event, other.event
    if len(one.sides) < 2 or not one.published or not other.published or not _statuses_fit(a, b):
        return False
    if abs(one.published - other.published) > MAYBE_DAYS:
        return False
    if a.earliest and b.earliest and a.latest and b.latest:
        return max(a.earliest, b.earliest) - min(a.latest, b.latest) <= CLOSE_DAYS and _people_fit(one, other)
    begin, end = max(a.earliest or date.min, b.earliest or date.min), min(a.latest or date.max, b.latest or date.max)
    return begin <= end


def _who(event: Event, names: Names) -> tuple[frozenset[str], frozenset[str]]:
    """Sides (party ids, else folded names) and the named persons with their side as ``side:person``."""
    sides, people = set(), set()
    for name in event.participants:
        party = names.party(name)
        side = party or fold_name(names.canonical(name))
        sides.add(side)
        actor = names.actor(name)
        if party and actor:
            people.add(f"{side}:{actor.id}")
    return frozenset(sides), frozenset(people)


def _people_fit(one: _Telling, other: _Telling) -> bool:
    """True unless both name persons of one side and share none of them."""
    sides = {p.partition(":")[0] for p in one.people} & {p.partition(":")[0] for p in other.people}
    shared = {p.partition(":")[0] for p in one.people & other.people}
    return sides <= shared


def _one_occasion(one: _Telling, other: _Telling) -> bool:
    a, b = one.event, other.event
    if not a.place or not b.place or not one.people & other.people or not one.published or not other.published:
        return False
    begin, end = max(a.earliest or date.min, b.earliest or date.min), min(a.latest or date.max, b.latest or date.max)
    return begin <= end and abs(one.published - other.published) <= CLOSE_DAYS and _statuses_fit(a, b)


def _places_fit(a: Event, b: Event) -> bool:
    return a.place is None or b.place is None or fold_name(a.place) == fold_name(b.place)


def _statuses_fit(a: Event, b: Event) -> bool:
    """True if both are over, both under way or both ahead."""
    return _phase(a) == _phase(b)


def _phase(event: Event) -> str:
    over = {EventStatus.HELD: "over", EventStatus.ONGOING: "under way"}
    return over.get(event.status, "ahead")


def _type(event: Event) -> str:
    return "meeting" if event.type in _GATHERINGS else event.type


def _merged(cluster: list[_Telling], twin: list[_Telling] | None, passages: Mapping[str, list[Take]]) -> LedgerEvent:
    """One ledger event; its spans are places in the first document, the status is the newest one told."""
    first, newest = cluster[0], cluster[-1]
    documents = tuple(dict.fromkeys(t.document for t in cluster))
    spans = tuple(sorted({span for t in cluster if t.document == first.document for span in t.event.spans}))
    starts = [t.event.earliest for t in cluster if t.event.earliest]
    ends = [t.event.latest for t in cluster if t.event.latest]
    earliest, latest = max(starts, default=None), min(ends, default=None)
    if earliest and latest and earliest > latest:  # tellings that each overlap the first but not one another
        earliest, latest = first.event.earliest, first.event.latest
    event = replace(
        first.event,
        spans=spans,
        status=newest.event.status,
        participants=tuple(dict.fromkeys(name for t in cluster for name in t.event.participants)),
        place=next((t.event.place for t in cluster if t.event.place), None),
        earliest=earliest,
        latest=latest,
    )
    statements = tuple(
        take.id
        for t in _one_each(cluster)
        for take in passages.get(t.document, ())
        if any(
            start < take.statement.passage.end and take.statement.passage.start < end
            for u in cluster
            if u.document == t.document
            for start, end in u.event.spans
        )
    )
    return LedgerEvent(event, documents, statements, "; ".join(_notes(cluster, twin)))


def _one_each(cluster: list[_Telling]) -> list[_Telling]:
    return list({t.document: t for t in cluster}.values())


def _notes(cluster: list[_Telling], twin: list[_Telling] | None) -> list[str]:
    """What the tellings do not agree on, and which other event may be the same."""
    notes = []
    odd = (EventStatus.CANCELLED, EventStatus.POSTPONED)
    if len({t.event.status for t in cluster}) > 1 and any(t.event.status in odd for t in cluster):
        notes.append("status: " + ", ".join(f"{t.event.status.value} ({t.document})" for t in cluster))
    dates = {(t.event.earliest, t.event.latest) for t in cluster}
    if len(dates) > 1:
        notes.append("date: " + ", ".join(f"{_days(t.event)} ({t.document})" for t in cluster))
    if twin:
        other = twin[0]
        place = f" in {other.event.place}" if other.event.place else ""
        notes.append(f"maybe the same as: {other.event.type}{place}, {_days(other.event)} ({other.document})")
    return notes


def _days(event: Event) -> str:
    if event.earliest == event.latest:
        return str(event.earliest) if event.earliest else "undated"
    return f"{event.earliest or '…'} to {event.latest or '…'}"


def _order(e: LedgerEvent) -> tuple[date, date, str, tuple[str, ...], tuple[tuple[int, int], ...]]:
    return (
        e.event.earliest or e.event.latest or date.max,
        e.event.latest or date.max,
        e.event.type,
        e.documents,
        e.event.spans,
    )
