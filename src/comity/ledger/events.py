"""Events told by several documents, put together where they are one and kept apart where that is only likely."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter

from comity.ledger.evidence import Take
from comity.ledger.names import Names
from comity.ledger.rulebook import rule
from comity.words import Event, EventStatus, Ledger, LedgerEvent, Reading, Span, fold_name

CLOSE_DAYS = timedelta(days=3)
"""Two tellings of one event date it at most this far apart."""
MAYBE_DAYS = timedelta(days=14)
"""Undated tellings may be of one event if published at most this far apart."""
_NEAR = CLOSE_DAYS.days
_COMPARED = 50
"""An event is compared with this many of the same type and sides, those begun last."""
_GATHERINGS = ("meeting", "talks", "visit")
_AHEAD = (EventStatus.PLANNED, EventStatus.AGREED, EventStatus.POSTPONED)


@dataclass(frozen=True)
class EventTold:
    """One event as one document tells it. `people` are the persons named with their side, as ``side:person``."""

    event: Event
    document: str
    published: date | None
    sides: frozenset[str]
    people: frozenset[str]

    @cached_property
    def order(self) -> tuple[date, str, tuple[Span, ...], str, tuple[str, ...]]:
        """In what order tellings are put together."""
        e = self.event
        return (self.published or date.max, self.document, e.spans, e.type, e.participants)


def told(
    readings: Iterable[Reading], takes: Iterable[Take], names: Names, dates: Mapping[str, date | None]
) -> tuple[LedgerEvent, ...]:
    """Events of all readings, one for each event, ordered by date (undated last), type and document."""
    return merged((t for r in readings for t in events_told(r.document, r.events, names, dates.get(r.document))), takes)


def events_told(document: str, events: Iterable[Event], names: Names, published: date | None) -> list[EventTold]:
    """Events as a document tells them."""
    return [EventTold(event, document, published, *_who(event, names)) for event in events]


def merged(given: Iterable[EventTold], takes: Iterable[Take]) -> tuple[LedgerEvent, ...]:
    """Tellings put together where they are of one event, with the statements that stand in their passages."""
    rows: dict[tuple[str, frozenset[str]], _Row] = defaultdict(_Row)
    for telling in sorted(given, key=attrgetter("order")):
        rows[_type(telling.event), telling.sides].add(telling)
    passages: dict[str, list[Take]] = defaultdict(list)
    for take in takes:
        passages[take.document].append(take)
    found = [_merged(cluster, twin, passages) for row in rows.values() for cluster, twin in row.with_twins()]
    return tuple(sorted(found, key=_order))


class _Row:
    """Events of one type and the same sides, each as its tellings, in the order in which they were first told."""

    def __init__(self) -> None:
        self.clusters: list[list[EventTold]] = []
        self._begun: dict[int | None, list[int]] = defaultdict(list)

    def add(self, telling: EventTold) -> None:
        """Puts a telling to the event that it tells, or begins another one."""
        first = max(0, len(self.clusters) - _COMPARED)
        home = next((n for n in self._near(telling.event, first) if same_event(self.clusters[n][0], telling)), None)
        if home is None:
            self._begun[_day(telling.event)].append(len(self.clusters))
            self.clusters.append([telling])
        else:
            self.clusters[home].append(telling)

    def _near(self, event: Event, first: int) -> Iterable[int]:
        """Numbers, the newest first, of the events from `first` on that may be this one: dated ones are so only if they
        begin within `CLOSE_DAYS` of each other."""
        day = _day(event)
        if day is None:
            return range(len(self.clusters) - 1, first - 1, -1)
        days = (None, *range(day - _NEAR, day + _NEAR + 1))
        begun = (self._begun[d] for d in days if d in self._begun)
        return sorted((n for row in begun for n in row[bisect_left(row, first) :]), reverse=True)

    def with_twins(self) -> Iterator[tuple[list[EventTold], list[EventTold] | None]]:
        """Each event with the first of those begun last that may be the same, if one is told about the same time."""
        last = [c for c in self.clusters[-_COMPARED:] if c[0].published]
        days = [c[0].published.toordinal() for c in last if c[0].published]
        for cluster in self.clusters:
            first = cluster[0]
            if first.published is None:
                yield cluster, None
                continue
            day = first.published.toordinal()
            near = last[bisect_left(days, day - MAYBE_DAYS.days) : bisect_right(days, day + MAYBE_DAYS.days)]
            yield cluster, next((c for c in near if c is not cluster and maybe_same(c[0], first)), None)


def _day(event: Event) -> int | None:
    """The day on which a dated event begins at the earliest; None if a bound is unknown."""
    return event.earliest.toordinal() if event.earliest and event.latest else None


def dates_ahead(ledger: Ledger, after: date | None = None) -> tuple[LedgerEvent, ...]:
    """Planned events of a ledger that end on or after `after` (default: its `as_of`), nearest first."""
    start = after or ledger.as_of
    return tuple(
        e
        for e in ledger.events
        if e.event.status in _AHEAD and e.event.latest and (start is None or e.event.latest >= start)
    )


@rule("event.same", "counting")
def same_event(one: EventTold, other: EventTold) -> bool:
    """Two tellings are one event if of one type (meetings, talks and visits count as one type) with the same sides,
    no two different persons for a side, no two different places, and dates that overlap and are known to three days.
    In one document equal bounds are enough; an undated one needs the same place, a person in common and reports at
    most three days apart."""
    return _dates_fit(one, other) and _people_fit(one, other) and _places_fit(one.event, other.event)


def _dates_fit(one: EventTold, other: EventTold) -> bool:
    a, b = one.event, other.event
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
def maybe_same(one: EventTold, other: EventTold) -> bool:
    """Two tellings may be one event if type and sides agree but place, persons or date are not known well enough, or
    both foresee it on days close to each other. They stay two, and each says so."""
    a, b = one.event, other.event
    if len(one.sides) < 2 or not one.published or not other.published:
        return False
    if abs(one.published - other.published) > MAYBE_DAYS or not _statuses_fit(a, b):
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


def _people_fit(one: EventTold, other: EventTold) -> bool:
    """True unless both name persons of one side and share none of them."""
    sides = {p.partition(":")[0] for p in one.people} & {p.partition(":")[0] for p in other.people}
    shared = {p.partition(":")[0] for p in one.people & other.people}
    return sides <= shared


def _one_occasion(one: EventTold, other: EventTold) -> bool:
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


def _merged(cluster: list[EventTold], twin: list[EventTold] | None, passages: Mapping[str, list[Take]]) -> LedgerEvent:
    """One ledger event; its spans are places in the first document, the status is the newest one told."""
    first, newest = cluster[0], cluster[-1]
    if len(cluster) == 1 and first.document not in passages:
        return LedgerEvent(_plain(first.event), (first.document,), (), "; ".join(_notes(cluster, twin)))
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


def _plain(event: Event) -> Event:
    """An event with each span and participant once, spans in order: nearly always itself."""
    spans = tuple(sorted(set(event.spans)))
    participants = tuple(dict.fromkeys(event.participants))
    if (spans, participants) == (event.spans, event.participants) and event.place != "":
        return event
    return replace(event, spans=spans, participants=participants, place=event.place or None)


def _one_each(cluster: list[EventTold]) -> list[EventTold]:
    return list({t.document: t for t in cluster}.values())


def _notes(cluster: list[EventTold], twin: list[EventTold] | None) -> list[str]:
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
