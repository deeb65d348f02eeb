"""What a log allows: for every kind of event the rows that may and must be there, on every day of a trace."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from comity.accord.verdicts.table import NONE, Days, Fact, Table, span
from comity.accord.verdicts.values import ANY, ANY_COUNT, Held, Row, Some
from comity.words import EventKind, Incident

COVERAGE = "coverage"
"""The kind of a report that says from when to when a kind of event (argument `of`; absent: every kind) was watched."""

FILLED = ("count", "source", "id")
"""Arguments that an incident fills in from itself."""


@dataclass(frozen=True)
class Trace:
    """The days that are looked at: day 0 is `first`. `known` is the last day that can have been reported on."""

    first: date
    length: int
    known: int

    def day(self, index: int) -> date:
        return date.fromordinal(self.first.toordinal() + index)

    def index(self, day: date) -> int:
        return day.toordinal() - self.first.toordinal()


@dataclass
class World:
    """Incidents as tables. `open_days` gives for each kind the days for which reports can still come in."""

    trace: Trace
    kinds: Mapping[str, EventKind]
    incidents: Sequence[Incident]
    open_days: Mapping[str, Days]
    begins: bool = True
    _tables: dict[str, Table] = field(default_factory=dict)

    def table(self, kind: str) -> Table:
        """The rows of a kind, by position. Raises KeyError for a kind that the accord does not know."""
        if kind not in self._tables:
            self._tables[kind] = self._made(kind)
        return self._tables[kind]

    def _made(self, kind: str) -> Table:
        if kind == "begins" and kind not in self.kinds:
            return Table.of((), [((), Fact(1, 1))] if self.begins else [])
        columns = self.kinds[kind].arguments
        rows = [(row_of(i, columns), fact_of(i, self.trace)) for i in self.incidents if i.kind == kind]
        unreported = self.open_days.get(kind, 0)
        if unreported:
            rows.append((tuple(ANY_COUNT if c == "count" else ANY for c in columns), Fact(unreported, 0)))
        return Table.of(tuple(map(str, range(len(columns)))), rows)


def row_of(incident: Incident, columns: Iterable[str]) -> Row:
    """The values of an incident under the names of its kind's arguments; what it does not tell is not known."""
    told = dict(incident.arguments)
    return tuple(_value(incident, name, told) for name in columns)


def _value(incident: Incident, name: str, told: Mapping[str, str]) -> Held:
    if name == "count":
        low = max(incident.low, 1)
        return low if low >= incident.high else Some((incident.id, "count"), low, incident.high)
    if name == "source":
        return incident.source
    if name == "id":
        return incident.id
    return told.get(name) or Some((incident.id, name), number=False)


def fact_of(incident: Incident, trace: Trace) -> Fact:
    """On which days of the trace the incident may and must have happened."""
    if incident.high < 1:
        return Fact(0, 0)
    start, end = trace.index(incident.earliest), trace.index(incident.latest)
    may = span(max(start, 0), min(end, trace.length - 1))
    if incident.low < 1 or start < 0 or end >= trace.length:
        return Fact(may, 0)
    return Fact(may, may) if start == end else Fact(may, 0, frozenset({(start, end)}) if may else NONE)


def covered(reports: Iterable[Incident], kind: str, trace: Trace) -> Days:
    """Days on which somebody watched for a kind, by the reports of coverage among `reports`."""
    days = 0
    for report in reports:
        if report.kind == COVERAGE and dict(report.arguments).get("of", "") in ("", kind):
            days |= span(max(trace.index(report.earliest), 0), min(trace.index(report.latest), trace.known))
    return days & span(0, trace.length - 1)


def digest(lines: Iterable[str]) -> str:
    """SHA-256 of lines of text, in hex."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
