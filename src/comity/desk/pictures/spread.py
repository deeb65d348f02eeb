"""The timeline of a large case: the same picture as of a small one, counted in columns instead of from statements.

Every statement counts; words are looked up for what is shown of them only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast, overload

import numpy as np
from numpy.typing import NDArray

from comity.desk.columns import ACTS, NONE, REVIEWS, Columns, Flags, Ints
from comity.desk.parts import phrases
from comity.desk.pictures import happenings, timeline
from comity.desk.pictures.days import UNITS, start_of
from comity.desk.pictures.marks import OTHERS, sides_of
from comity.desk.pictures.timeline import MOST_MARKS
from comity.desk.pictures.values import Picture, Table
from comity.desk.pictures.values import Row as Cells
from comity.ledger.daybook.days import UNDATED
from comity.words import InputError, Ledger, LedgerEvent, from_json, to_json

MOST_ROWS = 20_000
"""Rows of a table that are written into one file; more are to be asked for by days or issue."""

MOST_EVENTS = 400
"""Events that are drawn; the table has all."""

Words = Callable[[Sequence[tuple[str, int, int]]], list[str]]
"""The words at places of texts: document, start, end."""


class Events:
    """Events in the order of time, each as text: it becomes a value when it is looked at, as there may be very many."""

    def __init__(self, kept: Sequence[Sequence[str]]) -> None:
        self.first = [each[0] for each in kept]
        """The first day of each, ISO 8601; empty where there is none."""
        self.last = [each[1] for each in kept]
        self._told = [each[2] for each in kept]

    @classmethod
    def of(cls, events: Sequence[LedgerEvent]) -> Events:
        """Events that are at hand."""
        return cls(plain(events))

    def __len__(self) -> int:
        return len(self._told)

    def __getitem__(self, at: int) -> LedgerEvent:
        return cast(LedgerEvent, from_json(LedgerEvent, json.loads(self._told[at])))

    def between(self, since: date | None, until: date | None) -> list[int]:
        """Places of those that lie between two days, in part at least; those without a date are."""
        begin, end = since.isoformat() if since else "", until.isoformat() if until else "~"
        return [
            n
            for n, (first, last) in enumerate(zip(self.first, self.last, strict=True))
            if not last or (last >= begin and first <= end)
        ]

    def nearest(self, some: Sequence[int], day: date | None, most: int) -> list[int]:
        """Of some places those with a date, at most so many: the nearest to a day."""
        dated = [n for n in some if self.last[n]]
        if len(dated) <= most:
            return dated
        at = (day or date.fromisoformat(max(self.last[n] for n in dated))).toordinal()
        dated.sort(key=lambda n: abs(date.fromisoformat(self.last[n]).toordinal() - at))
        return sorted(dated[:most])


def plain(events: Sequence[LedgerEvent]) -> list[list[str]]:
    """Events as they are kept, in the order of time: first day, last day, and all of it as JSON."""
    found = []
    for told in sorted(events, key=timeline.in_time):
        days = [day.isoformat() for day in (told.event.earliest, told.event.latest) if day]
        found.append([days[0] if days else "", days[-1] if days else "", json.dumps(to_json(told), ensure_ascii=False)])
    return found


@dataclass(frozen=True)
class Seen:
    """The statements of a date and a choice: `rows` oldest first, with the party and the issue of each as its place in
    the agenda (NONE: none there)."""

    rows: Ints
    party: NDArray[np.int16]
    issue: NDArray[np.int16]
    when: Ints


@dataclass(frozen=True)
class Spread:
    """What a timeline is made of. `standing` is a ledger with the positions of the date; `events` are those known;
    `again` are rows that tell an utterance told before; `outlet` names the source of a document."""

    columns: Columns
    standing: Ledger
    events: Events
    again: Ints
    newest: date | None
    words: Words
    outlet: Callable[[str], str]

    def seen(
        self,
        issues: Collection[str] = (),
        parties: Collection[str] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> Seen:
        """The statements asked for: those without a day are among them whatever the days."""
        made, agenda = self.columns, self.standing.agenda
        keep: Flags = made.counting(self.standing.as_of)
        keep[self.again] = False
        party = made.party(agenda)
        place = {i.id: n for n, i in enumerate(agenda.issues)}
        of = np.array([place.get(name, NONE) for name in made.lists["issues"]] + [NONE], np.int16)
        issue = of[made["issue"]]
        if issues:
            wanted = np.array([name in issues for name in made.lists["issues"]] + [False])
            keep &= wanted[made["issue"]]
        if parties:
            asked = np.array([p.id in parties for p in agenda.parties] + [OTHERS in parties])
            keep &= asked[party]
        when = made.when
        if since:
            keep &= when >= since.toordinal()
        if until:
            keep &= (when <= until.toordinal()) | (when >= UNDATED)
        rows = made.in_time[keep[made.in_time]]
        return Seen(rows, party[rows], issue[rows], when[rows])


def timeline_of(
    spread: Spread,
    *,
    issues: Collection[str] = (),
    parties: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
    most: int = MOST_MARKS,
) -> Picture:
    """The picture that `comity.desk.pictures.timeline.timeline` makes of the same statements and events."""
    seen = spread.seen(issues, parties, since, until)
    known = seen.issue != NONE
    dated = known & (seen.when < UNDATED)
    unit, marks = _marks(spread, seen, np.flatnonzero(dated), most)
    events = spread.events.between(since, until)
    as_of = spread.standing.as_of or spread.newest
    drawn = spread.events.nearest(events, as_of, MOST_EVENTS)
    vague = sum(not spread.events.last[n] for n in events)
    happened = [spread.events[n] for n in drawn]
    notes = timeline.notes_of(unit, int((~known).sum()), int((known & ~dated).sum()), vague)
    if len(drawn) + vague < len(events):
        notes += (f"Of {len(events):,} events the {len(drawn)} nearest to the date are drawn; the table has all.",)
    days = [date.fromordinal(int(d)) for d in (seen.when[dated].min(), seen.when[dated].max())] if dated.any() else []
    sides = sides_of(spread.standing)
    standing = spread.standing
    return Picture(
        name="timeline",
        title=standing.agenda.title or "Timeline",
        description=timeline.described(int(dated.sum()), days, len(events)),
        spec=timeline.spec_of(standing.agenda.title, timeline.rows_of(marks, happened), marks, happened, sides, as_of),
        table=Table(happenings.COLUMNS, Listed(spread, seen, events)),
        notes=notes,
    )


def _marks(spread: Spread, seen: Seen, at: NDArray[np.int64], most: int) -> tuple[str, list[dict[str, Any]]]:
    """The smallest unit that leaves at most so many marks, and the marks."""
    agenda, sides = spread.standing.agenda, sides_of(spread.standing)
    days, day = _numbered(seen.when[at].astype(np.int64))
    issue, party = seen.issue[at].astype(np.int64), seen.party[at].astype(np.int64) + 1
    width = len(agenda.parties) + 1
    for unit in UNITS:
        start = start_of(unit)
        starts = [start(date.fromordinal(d)) for d in days.tolist()]
        firsts = {first: n for n, first in enumerate(dict.fromkeys(starts))}
        step = np.array([firsts[first] for first in starts], np.int64)
        key = (issue * width + party) * max(1, len(firsts)) + (step[day] if len(days) else day)
        if np.count_nonzero(np.bincount(key)) <= most:
            break
    rank = {side: n for n, side in enumerate(sides)}
    side = np.array([rank[OTHERS], *(rank.get(p.id, rank[OTHERS]) for p in agenda.parties)], np.int64)
    key = (issue * len(sides) + side[party]) * max(1, len(firsts)) + (step[day] if len(days) else day)
    keys, group = _numbered(key)
    newest = np.zeros(len(keys), np.int64)
    newest[group] = np.arange(len(group))  # of a group the last one stays
    acts = spread.columns["act"][seen.rows[at]].astype(np.int64)
    counts = np.bincount(group * len(ACTS) + acts, minlength=len(keys) * len(ACTS)).reshape(-1, len(ACTS))
    names, labels, first_days = [i.name for i in agenda.issues], list(sides.values()), list(firsts)
    ids = list(sides)
    rows = seen.rows[at][newest]
    words = spread.words(_places(spread.columns, rows))
    made = []
    for n, (each, row) in enumerate(zip(keys.tolist(), rows.tolist(), strict=True)):
        rest, step_ = divmod(each, max(1, len(firsts)))
        which, who = divmod(rest, len(sides))
        begins = first_days[step_]
        done = {ACTS[a]: c for a, c in enumerate(counts[n].tolist()) if c}
        made.append(
            {
                "row": f"{agenda.issues[which].id}|{ids[who]}",
                "issue": names[which],
                "party": labels[who],
                "date": begins.isoformat(),
                "statements": sum(done.values()),
                "tip": timeline.tip(done, words[n], begins, unit, labels[who], names[which]),
                "statement": spread.columns.id_of(row),
                "document": spread.columns.document_of(row),
            }
        )
    return unit, made


def _numbered(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different values in order, and which of them each is: values that lie close together, so that they need not
    be sorted."""
    if not len(values):
        return values, values
    lowest = int(values.min())
    different = np.flatnonzero(np.bincount(values - lowest))
    place = np.zeros(int(different[-1]) + 1, np.int64)
    place[different] = np.arange(len(different))
    return different + lowest, place[values - lowest]


class Listed(Sequence[Cells]):
    """Statements and events by day as rows of the table; those looked at are made, all at once."""

    def __init__(self, spread: Spread, seen: Seen, events: Sequence[int]) -> None:
        self._spread, self._seen, self._events = spread, seen, events
        when = np.where(seen.when >= UNDATED, date.max.toordinal(), seen.when)
        last = date.max.isoformat()
        days = [date.fromisoformat(spread.events.last[n] or last).toordinal() for n in events]
        before = np.searchsorted(when, days, "left")  # of a day events come first
        rows = np.arange(len(seen.rows), dtype=np.int64)
        self._order = np.insert(rows, before, -1 - np.arange(len(days), dtype=np.int64)).astype(np.int32)

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, at: int) -> Cells: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Cells, ...]: ...
    def __getitem__(self, at: int | slice) -> Cells | tuple[Cells, ...]:
        if isinstance(at, slice):
            return tuple(self._made(self._order[at].tolist()))
        return self._made([int(self._order[at])])[0]

    def _made(self, some: Sequence[int]) -> list[Cells]:
        if len(some) > MOST_ROWS:
            raise InputError(
                f"a table of {len(some):,} rows",
                hint=f"choose days, issues or parties that leave {MOST_ROWS:,} at most",
            )
        spread, columns, seen = self._spread, self._spread.columns, self._seen
        rows = [int(seen.rows[n]) for n in some if n >= 0]
        words = dict(zip(rows, spread.words(_places(columns, rows)), strict=True))
        issues = {i.id: i.name for i in spread.standing.agenda.issues}
        sides = sides_of(spread.standing)
        return [
            self._row(int(seen.rows[n]), int(seen.party[n]), int(seen.when[n]), words, issues, sides)
            if n >= 0
            else self._event(self._spread.events[self._events[-1 - n]])
            for n in some
        ]

    def _event(self, told: LedgerEvent) -> Cells:
        return happenings.event_row(told, self._spread.outlet(told.documents[0]) if told.documents else "")

    def _row(
        self,
        row: int,
        party: int,
        when: int,
        words: Mapping[int, str],
        issues: Mapping[str, str],
        sides: Mapping[str, str],
    ) -> Cells:
        columns, agenda = self._spread.columns, self._spread.standing.agenda
        issue = columns.lists["issues"][int(columns["issue"][row])] if columns["issue"][row] != NONE else ""
        who = agenda.parties[party].id if party != NONE else ""
        said, early = int(columns["said"][row]), int(columns["early"][row])
        document = columns.document_of(row)
        day = _iso(when)
        return (
            day,
            _iso(early) if early else day,
            "statement",
            issues.get(issue, issue),
            sides.get(who, who),
            phrases.speaker_name(columns.lists["names"][int(columns["speaker"][row])]),
            phrases.ACTS[ACTS[int(columns["act"][row])]],
            " ".join(words[row].split()),
            "said" if said else "published" if when < UNDATED else "undated",
            self._spread.outlet(document),
            document,
            columns.id_of(row),
            phrases.REVIEWS[REVIEWS[int(columns["review"][row])]],
        )


def _iso(day: int) -> str:
    return "" if day >= UNDATED else date.fromordinal(day).isoformat()


def _places(columns: Columns, rows: Sequence[int] | Ints) -> list[tuple[str, int, int]]:
    at = np.asarray(rows, np.int64)
    starts, ends = columns["start"][at].tolist(), columns["end"][at].tolist()
    return [
        (columns.document_of(row), start, end)
        for row, start, end in zip(cast(list[int], at.tolist()), starts, ends, strict=True)
    ]
