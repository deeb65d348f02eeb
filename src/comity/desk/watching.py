"""An accord watched over incidents as known on a date: clauses, periods, verdicts with their evidence, deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import zip_longest

from comity.accord.incidents import Fault, Log, day_in, end_of, fitted
from comity.accord.verdicts import Judgement, deadlines, judge
from comity.accord.verdicts.world import COVERAGE
from comity.words import Accord, Clause, Compliance, Finding, Incident, InputError, Modality, Standing

ORDER = (
    Compliance.BREACHED,
    Compliance.DISPUTED,
    Compliance.PENDING,
    Compliance.NOT_VERIFIABLE,
    Compliance.COMPLIED,
)
"""Verdicts in the order in which a cell shows them: the one that needs a person first."""
MOST_ROWS = 8
MOST_EVIDENCE = 600


@dataclass(frozen=True)
class Period:
    """A column: the days from `start` to `end`, and its label."""

    start: date
    end: date
    label: str


@dataclass(frozen=True)
class Run:
    """The same verdict for one binding on days without a break, within one period; `finding` is that of the first."""

    start: date
    end: date
    finding: Finding
    judgement: Judgement = field(repr=False, compare=False)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Line:
    """One clause for one binding: the runs of each period."""

    binding: tuple[tuple[str, str], ...]
    cells: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True)
class Watched:
    """One clause: its lines, or in `remark` why it has none."""

    clause: Clause
    lines: tuple[Line, ...]
    remark: str = ""
    hidden: int = 0


@dataclass(frozen=True)
class Watch:
    """What was known of an accord on a date."""

    accord: Accord
    as_of: datetime
    until: date
    periods: tuple[Period, ...]
    clauses: tuple[Watched, ...]
    incidents: tuple[Incident, ...]
    faults: tuple[Fault, ...]
    violations: tuple[tuple[date, str, int, int], ...]
    """(day, zone, incidents certainly on it, incidents possibly on it) behind breaches and disputes."""
    ahead: tuple[tuple[date, Finding], ...]
    notes: tuple[str, ...]

    def count(self, verdict: Compliance) -> int:
        """How many clauses have a line with this verdict."""
        return sum(
            any(r.finding.verdict is verdict for li in w.lines for c in li.cells for r in c) for w in self.clauses
        )


def watch(
    accord: Accord,
    incidents: Iterable[Incident],
    *,
    as_of: date | None = None,
    covered_until: date | None = None,
    only: Sequence[str] = (),
    since: date | None = None,
    faults: Sequence[Fault] = (),
) -> Watch:
    """Watches `accord` over incidents. `as_of`: the end of this day in the accord's time zone (else the last report's).

    `covered_until` is a person's word that the log holds every report of every kind up to that day; without it, or a
    report of coverage in the log, absence proves nothing. Raises InputError for a clause that the accord has not.
    """
    known_ids = {c.id for c in accord.clauses}
    if unknown := [c for c in only if c not in known_ids]:
        raise InputError(f"no clause is called {unknown[0]!r}", hint=f"use {', '.join(sorted(known_ids))}")
    kept, misfits = fitted(accord, incidents)
    log = Log(tuple(kept))
    last = log.last_known
    if as_of is None:
        as_of = covered_until or (day_in(last, accord.timezone) if last else accord.starts)
    if as_of is None:
        raise InputError("nothing to watch: no incident and no date", hint="give --as-of DATE")
    moment = end_of(as_of, accord.timezone)
    in_force = list(log.as_known(moment))
    notes = list[str]()
    if covered_until is not None:
        in_force.append(assured(accord, covered_until, moment, kept))
    first = accord.starts or min((i.earliest for i in in_force if i.kind != COVERAGE), default=as_of)
    if not any(i.kind == COVERAGE for i in in_force):
        notes.append(
            "Nothing says how far the log is complete, so that no absence of reports counts as proof; "
            "say so with --covered-until DATE or reports of kind “coverage”."
        )
    last_day = min(as_of, accord.ends) if accord.ends else as_of
    start = max(first, since) if since else first
    periods = _periods(start, max(last_day, start))
    watched, every = list[Watched](), list[Judgement]()
    for clause in accord.clauses:
        if clause.modality is Modality.DEFINITION or (only and clause.id not in only):
            continue
        judged = list(judge(accord, clause, in_force, as_of, as_of=moment, days=(start, last_day)))
        every += judged
        watched.append(_watched(clause, judged, periods))
    late = len(log.incidents) - sum(i.known_since <= moment for i in log.incidents)
    if late:
        notes.append(f"{late} reports came after this date and are not counted.")
    return Watch(
        accord, moment, as_of, periods, tuple(watched), tuple(in_force), (*faults, *misfits),
        tuple(_violations(every, {i.id: i for i in in_force})), tuple((d, j.finding) for d, j in _ahead(every)),
        tuple(notes),
    )  # fmt: skip


def assured(accord: Accord, until: date, moment: datetime, incidents: Sequence[Incident]) -> Incident:
    """A person's word that every kind was watched up to a day, as a report of coverage."""
    first = min([accord.starts or until, *(i.earliest for i in incidents), until])
    return Incident(
        "covered-until", COVERAGE, first, until, moment, "the person who asks", quote=f"complete until {until}"
    )


def _periods(start: date, end: date) -> tuple[Period, ...]:
    """Days up to three weeks, then weeks up to half a year, months up to two years, quarters up to six, then years."""
    length = (end - start).days + 1
    found, at = list[Period](), start
    while at <= end:
        if length <= 21:
            last, label = at, f"{at.day} {at:%b}"
        elif length <= 190:
            last = min(at + timedelta(days=6), end)
            label = f"{at.day} {at:%b}"
        else:
            months = 1 if length <= 750 else 3 if length <= 2200 else 12
            last_month = (at.month - 1) // months * months + months
            last = min(date(at.year + last_month // 12, last_month % 12 + 1, 1) - timedelta(days=1), end)
            label = f"{at:%Y}" if months == 12 else f"{at:%b %Y}"
        found.append(Period(at, last, label))
        at = last + timedelta(days=1)
    return tuple(found)


def _watched(clause: Clause, judged: Sequence[Judgement], periods: Sequence[Period]) -> Watched:
    if clause.standing is not Standing.AGREED:
        by = f" ({', '.join(clause.proposer)})" if clause.proposer else ""
        return Watched(clause, (), f"{clause.standing.value}{by}: no verdict")
    if clause.logic is None:
        return Watched(clause, (), f"not monitored: {clause.why_not}")
    if not judged:
        return Watched(clause, (), "no report calls for it yet")
    by_binding: dict[tuple[tuple[str, str], ...], list[Judgement]] = defaultdict(list)
    for one in judged:
        by_binding[one.binding].append(one)
    worst = sorted(by_binding, key=lambda b: (min(ORDER.index(j.decision.verdict) for j in by_binding[b]), b))
    lines = tuple(Line(b, tuple(tuple(_runs(by_binding[b], p)) for p in periods)) for b in sorted(worst[:MOST_ROWS]))
    return Watched(clause, lines, "", max(len(worst) - MOST_ROWS, 0))


def _runs(judged: Sequence[Judgement], period: Period) -> list[Run]:
    found = list[Run]()
    group = list[Judgement]()
    inside = [j for j in judged if period.start <= j.day <= period.end]
    for one, after in zip_longest(inside, inside[1:]):
        group.append(one)
        if after is None or after.decision.verdict is not one.decision.verdict or (after.day - one.day).days != 1:
            found.append(Run(group[0].day, one.day, group[0].finding, group[0]))
            group = []
    return found


def _violations(judged: Iterable[Judgement], held: dict[str, Incident]) -> list[tuple[date, str, int, int]]:
    sure: dict[tuple[date, str], set[str]] = defaultdict(set)
    maybe: dict[tuple[date, str], set[str]] = defaultdict(set)
    telling = [j for j in judged if j.decision.verdict in (Compliance.BREACHED, Compliance.DISPUTED)]
    for one in telling[:MOST_EVIDENCE]:
        breached = one.decision.verdict is Compliance.BREACHED
        for name in one.evidence:
            i = held.get(name)
            if i is None or not i.earliest <= one.day <= i.latest:
                continue
            day, end = i.earliest, i.latest
            zone = dict(i.arguments).get("zone", "")
            certain = breached and day == end and i.low >= 1
            while day <= end:
                (sure if certain else maybe)[day, zone].add(i.id)
                day += timedelta(days=1)
    keys = sorted(set(sure) | set(maybe))
    return [(day, zone, len(sure[day, zone]), len(maybe[day, zone] - sure[day, zone])) for day, zone in keys]


def _ahead(judged: Iterable[Judgement], most: int = 60) -> list[tuple[date, Judgement]]:
    """Deadlines that are not over: for each clause and binding the first, of clauses that look ahead."""
    seen = set[tuple[str, tuple[tuple[str, str], ...]]]()
    found = list[tuple[date, Judgement]]()
    pending = [j for j in judged if j.decision.verdict is Compliance.PENDING and _looks_ahead(j.clause)]
    for day, one in deadlines(pending):
        if day >= one.known.until and (one.clause.id, one.binding) not in seen:
            seen.add((one.clause.id, one.binding))
            found.append((day, one))
    return found[:most]


def _looks_ahead(clause: Clause) -> bool:
    return clause.logic is not None and ("EVENTUALLY" in clause.logic.holds or "UNTIL" in clause.logic.holds)
