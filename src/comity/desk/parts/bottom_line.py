"""The bottom line: a few sentences put together from states, offers and events, each with its labels.

Nothing is weighed or foretold here. A sentence is left out where the ledger holds nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.desk.parts.phrases import CHANGES, counted, listing, long_date
from comity.desk.parts.values import Column, Dated, Line, Row, Shift, Words, line
from comity.words import ChangeKind, State

_MOST = 5
"""Labels behind one sentence: the rest stand in the matrix."""


def bottom_line(
    rows: Sequence[Row], columns: Sequence[Column], ahead: Sequence[Dated], shifts: Sequence[Shift], since: str
) -> tuple[Line, ...]:
    """What the page says first."""
    substance = [row for row in rows if row.kind == "substance"]
    said = [
        *_agreed(rows),
        *_blocked(substance),
        *_offers(rows, columns),
        *_claimed(substance),
        *_nearness(rows),
        *_next(ahead),
        *_moved(shifts, since),
        *_silent(substance, columns),
    ]
    return tuple(said) or (line("The sources hold no statement on any issue of the agenda."),)


def _labels(rows: Iterable[Row]) -> tuple[str, ...]:
    """The first labels of each row in turn, so that every issue named is cited."""
    lists = [row.cites for row in rows]
    each = max(1, _MOST // max(1, len(lists)))
    return tuple(dict.fromkeys(label for labels in lists for label in labels[:each]))


def _about(before: str, rows: Sequence[Row], after: str = ".") -> Line:
    """A sentence that names issues, with labels for each."""
    words = [Words(before)]
    for i, row in enumerate(rows):
        if i:
            words.append(Words(" and " if i == len(rows) - 1 else ", "))
        words.append(Words(row.name, name=True))
    return Line((*words, Words(after)), _labels(rows))


def _agreed(rows: Sequence[Row]) -> list[Line]:
    agreed = [row for row in rows if row.state is State.AGREED]
    return [_about("Agreed, as reported: ", agreed)] if agreed else []


def _blocked(rows: Sequence[Row]) -> list[Line]:
    blocked = [row for row in rows if row.state is State.BLOCKED]
    stated = [row for row in blocked if not row.mark]
    read = [row for row in blocked if row.mark]
    said = []
    if stated:
        said.append(_about("Blocked between stated positions: ", stated))
    for mark in dict.fromkeys(row.mark for row in read):
        of_it = [row for row in read if row.mark == mark]
        said.append(_about(f"Blocked {_as_phrase(mark)}: ", of_it))
    return said


def _as_phrase(mark: str) -> str:
    return mark if mark.startswith("on ") else f"({mark})"


def _offers(rows: Sequence[Row], columns: Sequence[Column]) -> list[Line]:
    """One sentence for all offers that wait, each with who made it."""
    names = {column.id: column.name for column in columns}
    offered = [row for row in rows if row.state is State.OFFERED]
    if not offered:
        return []
    words = [Words("Offered, without an answer in these sources: ")]
    for i, row in enumerate(offered):
        by = [names[c.party] for c in row.cells for e in c.entries if not e.outlook and set(e.cites) & set(row.cites)]
        if i:
            words.append(Words(" and " if i == len(offered) - 1 else ", "))
        words.append(Words(row.name, name=True))
        if by:
            words.append(Words(f" (by {listing(dict.fromkeys(by))})"))
    return [Line((*words, Words(".")), _labels(offered))]


def _claimed(rows: Sequence[Row]) -> list[Line]:
    claimed = [row for row in rows if row.state is State.CLAIMED]
    return [_about("Told as settled by one side only: ", claimed)] if claimed else []


def _nearness(rows: Sequence[Row]) -> list[Line]:
    contested = [row for row in rows if row.state is State.CONTESTED]
    return [_about("Sources contradict each other on: ", contested)] if contested else []


def _next(ahead: Sequence[Dated]) -> list[Line]:
    """The next event whose day is known; else the next that has a bound."""
    on = [event for event in ahead if event.latest and event.status not in ("cancelled", "postponed")]
    for event in [*(e for e in on if e.earliest == e.latest), *on][:1]:
        when = long_date(event.earliest) if event.earliest and event.earliest == event.latest else event.when
        return [line(f"Next: {event.what} – {when} ({event.status}).", event.cites[:_MOST])]
    return []


def _moved(shifts: Sequence[Shift], since: str) -> list[Line]:
    if not since:
        return []
    counts = {kind: [s for s in shifts if s.kind is kind] for kind in ChangeKind if kind is not ChangeKind.REAFFIRMED}
    parts = [counted(len(found), f"{CHANGES[kind]} position") for kind, found in counts.items() if found]
    if not parts:
        return [line(f"Since {since} no position is reported to have changed.")]
    newest = tuple(dict.fromkeys(s.cites[0] for found in counts.values() for s in found if s.cites))
    return [line(f"Since {since}: {listing(parts)}.", newest[:_MOST])]


def _silent(rows: Sequence[Row], columns: Sequence[Column]) -> list[Line]:
    """Who is not heard: parties without a position of their own on half of the issues or more."""
    counts = {
        column.name: sum(any(not entry.outlook for entry in row.cells[i].entries) for row in rows)
        for i, column in enumerate(columns)
    }
    said = []
    seldom = [f"{name} (on {count})" for name, count in counts.items() if 0 < count * 2 <= len(rows)]
    if seldom:
        said.append(line(f"Seldom heard on the {len(rows)} issues of substance: {listing(seldom)}."))
    never = [name for name, count in counts.items() if not count]
    if rows and never:
        said.append(line(f"No position on any issue of substance is in these sources: {listing(never)}."))
    return said
