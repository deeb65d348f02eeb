"""Random small accords and logs, and their verdicts by going through every completion with the textbook semantics.

Nothing here uses the evaluator, the cases or the checker: a completion fixes the day, the count and the unknown names
of every incident, an extension adds reports on days for which reports can still come, and `comity.accord.textbook`
says of each whether the clause is breached. All of them together make the verdict.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

from comity.accord.clauses.writing import written
from comity.accord.engine import Monitor
from comity.accord.formula import Aggregate, Atom, Binary, Compare, Const, Formula, Not, Quantified, Var
from comity.accord.log import TimePoint
from comity.accord.monitorable import normal_form
from comity.accord.syntax import Signature, parse_formula
from comity.accord.textbook import domain, holds
from comity.words import Accord, Clause, Compliance, EventKind, Incident, Logic, Modality, Standing

FIRST = date(2031, 3, 1)
KINDS = (
    EventKind("notify", ("party",)),
    EventKind("act", ("party",)),
    EventKind("stop", ()),
    EventKind("hit", ("zone", "id")),
    EventKind("fire", ("zone", "count", "id")),
)
PARTIES, ZONES = ("a", "b"), ("N", "S")
Told = tuple[str, date, tuple[str | int, ...]]
"""A row of a fully known world: kind, day, values."""
TYPES = {"count": "int"}
SIGNATURE = Signature(
    {k.name: tuple(TYPES.get(a, "string") for a in k.arguments) for k in (*KINDS, EventKind("begins"))}
)
COUNTS = re.compile(r"<-|fire")
MOST_EXTENSIONS = 8
"""Rows of reports still to come that may make a clause truer or falser; samples with more are left out (2 to this power
traces a completion, and twice as many with the others)."""


def day(index: int) -> date:
    return FIRST + timedelta(days=index)


def moment(index: int) -> datetime:
    return datetime(2031, 3, 1, 12, tzinfo=UTC) + timedelta(days=index)


@dataclass(frozen=True)
class Sample:
    """A clause, a binding and a day over incidents in force; days after `until` are not over."""

    accord: Accord
    clause: Clause
    binding: tuple[tuple[str, str], ...]
    day: date
    incidents: tuple[Incident, ...]
    until: date


def logics(draw: random.Random) -> Logic:
    """One of the shapes that clauses take, with windows drawn anew."""
    k, w = draw.randint(0, 3), draw.randint(0, 3)
    low, n = draw.randint(0, 1), draw.randint(2, 4)
    p, q = draw.sample(PARTIES, 2)
    counted = f"EXISTS c. ((c <- CNT i (ONCE[0,{w}] (EXISTS z. hit(z,i)))) AND c >= {n - 1})"
    in_zone = f"EXISTS c. ((c <- CNT i; z (ONCE[0,{w}] hit(z,i))) AND c >= 2)"
    summed = f"EXISTS s. ((s <- SUM n; z (ONCE[0,{w}] fire(z,n,i))) AND s > {n + 1})"
    worst = f"EXISTS m. ((m <- MAX n; z (ONCE[0,{w}] fire(z,n,i))) AND m <= {n})"
    shapes = [
        Logic("notify(p)", f"EVENTUALLY[{low},{low + k}] act(p)", ("p",), ("notify", "act")),
        Logic("begins()", f'EVENTUALLY[{low},{low + k}] act("{p}")', (), ("act",)),
        Logic("begins()", f"NOT EVENTUALLY[0,{k}] (EXISTS z,i. hit(z,i))", (), ("hit",)),
        Logic("begins()", f'ALWAYS[0,{k + 1}] (stop() OR NOT (EXISTS i. hit("N",i)))', (), ("hit", "stop")),
        Logic("act(p)", f"ONCE[{low},{low + k}] notify(p)", ("p",), ("act", "notify")),
        Logic("act(p)", "ONCE[0,*] notify(p)", ("p",), ("act", "notify")),
        Logic("act(p)", f"(NOT stop()) SINCE[0,{k + 1}] notify(p)", ("p",), ("act", "notify", "stop")),
        Logic("notify(p)", f"(NOT stop()) UNTIL[0,{k + 1}] act(p)", ("p",), ("act", "notify", "stop")),
        Logic("EXISTS n,i. fire(z,n,i)", f"NOT (EXISTS n,i. (fire(z,n,i) AND n >= {n}))", ("z",), ("fire",)),
        Logic("begins()", f"NOT EVENTUALLY[0,{k}] ({counted})", (), ("hit",)),
        Logic("EXISTS i. hit(z,i)", f"NOT ({in_zone})", ("z",), ("hit",)),
        Logic("EXISTS n,i. fire(z,n,i)", f"NOT ({summed})", ("z",), ("fire",)),
        Logic("EXISTS n,i. fire(z,n,i)", worst, ("z",), ("fire",)),
        Logic("stop()", "PREVIOUS (EXISTS p. act(p)) OR NEXT (EXISTS p. act(p))", (), ("stop", "act")),
        Logic(
            f'act("{p}")', f'act("{q}") OR EVENTUALLY[0,{k}] (notify("{q}") AND ONCE[0,{w}] act("{q}"))', (),
            ("act", "notify"),
        ),
        Logic("notify(p) AND NOT ONCE[0,5] stop()", f"EVENTUALLY[0,{k}] act(p)", ("p",), ("act", "notify", "stop")),
    ]  # fmt: skip
    logic = draw.choice(shapes)
    return replace(logic, applies=as_written(logic.applies), holds=as_written(logic.holds))


def as_written(text: str) -> str:
    """A formula as the clause language writes it: in normal form, with brackets."""
    return written(normal_form(parse_formula(text)))


def incident(draw: random.Random, number: int, kinds: Sequence[str], days: int, vague: float = 0.4) -> Incident:
    kind = draw.choice(list(kinds))
    start = draw.randint(-1, days)
    length = draw.randint(1, 2) if draw.random() < vague else 0
    low = draw.randint(0, 3) if kind == "fire" else draw.choice([1, 1, 1, 1, 0])
    high = low + (draw.randint(0, 2) if kind == "fire" and draw.random() < vague else 0)
    arguments = list[tuple[str, str]]()
    for name in next(k for k in KINDS if k.name == kind).arguments:
        if name in ("party", "zone") and draw.random() > vague / 4:
            arguments.append((name, draw.choice(PARTIES if name == "party" else ZONES)))
    known = moment(max(start + length, 0) + draw.randint(0, 3))
    return Incident(
        f"r{number}", kind, day(start), day(start + length), known, "Observers", tuple(arguments), low, max(high, 1),
        quote=f"report {number}",
    )  # fmt: skip


def coverage(number: int, kind: str, start: int, end: int) -> Incident:
    return Incident(
        f"w{number}", "coverage", day(start), day(end), moment(end), "Observers", (("of", kind),), quote="watched"
    )


def sample(draw: random.Random, number: int = 0) -> Sample:
    """A clause, a binding and a day, with reports that may leave much open."""
    logic = logics(draw)
    clause = Clause(f"c{number}", "A clause", Modality.OBLIGATION, Standing.AGREED, (), logic=logic)
    accord = Accord("An accord", "UTC", PARTIES, KINDS, (clause,), starts=FIRST)
    until = draw.randint(4, 9)
    incidents = [
        incident(draw, i, [*logic.scope, *logic.scope, "stop"], min(until, 7)) for i in range(draw.randint(1, 5))
    ]
    incidents = [replace(i, known_since=min(i.known_since, moment(until))) for i in incidents]
    watched = draw.random()
    for i, kind in enumerate(logic.scope if watched > 0.06 else ()):
        end = until if draw.random() < 0.75 else until - draw.randint(1, 3)
        incidents.append(coverage(i, kind, 0, max(end, 0)))
    binding = tuple((name, draw.choice(PARTIES if name == "p" else ZONES)) for name in logic.parameters)
    when = 0 if "begins" in logic.applies else draw.randint(0, until)
    return Sample(accord, clause, binding, day(when), tuple(incidents), day(until))


# --- going through everything ----------------------------------------------------------------------------------------


def completions(incidents: Sequence[Incident]) -> Iterator[list[Told]]:
    """Every way in which the incidents can have been: rows (kind, day, values)."""
    choices = list[list[Told | None]]()
    arguments = {k.name: k.arguments for k in KINDS}
    for number, i in enumerate(x for x in incidents if x.kind in arguments):
        told, options = dict(i.arguments), list[Told | None]()
        counts = sorted({min(c, 1) if i.kind != "fire" else c for c in range(i.low, i.high + 1)})
        days = [i.earliest + timedelta(days=n) for n in range((i.latest - i.earliest).days + 1)]
        for when, count in product(days, counts):
            if count == 0:
                options.append(None)
                continue
            slots = list[tuple[str | int, ...]]()
            for name in arguments[i.kind]:
                if name == "id":
                    slots.append((i.id,))
                elif name == "count":
                    slots.append((count,))
                else:
                    some = (*(PARTIES if name == "party" else ZONES), f"else{number}")
                    slots.append((told[name],) if name in told else some)
            options += [(i.kind, when, values) for values in product(*slots)]
        choices.append(list(dict.fromkeys(options)))
    for world in product(*choices):
        yield [row for row in world if row is not None]


def extensions(s: Sample, kinds: Sequence[str], end: date) -> list[Told]:
    """Rows that reports still to come may hold on days up to `end`."""
    found = list[Told]()
    for kind in kinds:
        seen = {
            i.earliest + timedelta(days=n)
            for i in s.incidents
            if i.kind == "coverage" and dict(i.arguments).get("of", "") in ("", kind)
            for n in range((i.latest - i.earliest).days + 1)
        }
        when = FIRST
        while when <= end:
            if when > s.until or when not in seen:
                found += [(kind, when, values) for values in _rows(kind, when)]
            when += timedelta(days=1)
    return found


def _rows(kind: str, when: date) -> list[tuple[str | int, ...]]:
    fresh = f"new{when}"
    match kind:
        case "notify" | "act":
            return [(p,) for p in PARTIES]
        case "stop":
            return [()]
        case "hit":
            return [(z, fresh + z + n) for z in ZONES for n in "12"]  # two: enough for the counts asked for
        case _:
            return [(z, 9, fresh + z) for z in ZONES]


def directions(formula: Formula, row: Told, binding: dict[str, str], way: int = 1) -> set[int]:
    """Whether a further row can make a formula truer (1) or falser (-1); both where it stands on either side of NOT."""
    match formula:
        case Atom(name, args):
            told = [binding.get(a.name) if isinstance(a, Var) else getattr(a, "value", None) for a in args]
            fits = name == row[0] and all(t in (None, v) for t, v in zip(told, row[2], strict=True))
            return {way} if fits else set()
        case Not(part):
            return directions(part, row, binding, -way)
        case Quantified("EXISTS", names, part):
            return directions(part, row, {n: v for n, v in binding.items() if n not in names}, way)
        case Binary("AND", Aggregate() as counted, Compare("<=" | "<", Const(), Var(name))) if (
            counted.op in ("CNT", "SUM") and Var(name) == counted.result
        ):  # at least so many: more rows are more
            return directions(counted.part, row, binding, way)
        case Aggregate(_, _, _, _, part):
            return directions(part, row, binding, way) | directions(part, row, binding, -way)
    return {d for part in formula.parts for d in directions(part, row, binding, way)}


def verdict(s: Sample, ahead: int) -> Compliance | None:
    """By every completion and extension; None if there are too many. `ahead`: how many days the formula looks on.

    Rows still to come that can only make the breach truer are all there or all not, and so are those that can only make
    it falser: between these two lies everything that they can do. All others are tried one by one.
    """
    logic = s.clause.logic
    assert logic is not None
    breach = normal_form(Binary("AND", parse_formula(logic.applies), Not(parse_formula(logic.holds))))
    end = s.day + timedelta(days=ahead)
    binding = dict(s.binding)
    more = [(row, directions(breach, row, binding)) for row in extensions(s, [*logic.scope], end)]
    either = [row for row, ways in more if ways == {1, -1}]
    truer, falser = ([row for row, ways in more if ways == {way}] for way in (1, -1))
    if len(either) > MOST_EXTENSIONS:
        return None
    length = (end - FIRST).days + 1
    seen = set[bool]()
    cache: dict[frozenset[Told], bool] = {}
    for world in completions(s.incidents):
        values = set[bool]()
        for picked in product((False, True), repeat=len(either)):
            some = {row for row, yes in zip(either, picked, strict=True) if yes}
            for further in (truer, falser) if truer or falser else ((),):
                rows = frozenset(r for r in {*world, *some, *further} if FIRST <= r[1] <= end and r[0] in logic.scope)
                if rows not in cache:
                    cache[rows] = _true(breach, rows, length, (s.day - FIRST).days, binding)
                values.add(cache[rows])
            if len(values) == 2:
                return Compliance.PENDING
        seen |= values
    return Compliance.DISPUTED if len(seen) == 2 else Compliance.BREACHED if True in seen else Compliance.COMPLIED


def _true(
    formula: Formula,
    rows: frozenset[Told],
    length: int,
    at: int,
    binding: dict[str, str],
) -> bool:
    """Whether the clause is breached in one fully known world.

    By the textbook where all values are text; where numbers are counted by the monitor, as the textbook lets variables
    range over the values of the trace, which holds no sums (the monitor is tested against it and against MonPoly).
    """
    trace = [TimePoint(i, (FIRST + timedelta(days=i)).toordinal(), {}) for i in range(length)]
    trace[0].events["begins"] = {()}
    for kind, when, values in rows:
        trace[(when - FIRST).days].events.setdefault(kind, set()).add(values)
    if not COUNTS.search(str(formula)):
        return holds(formula, trace, at, {**binding}, domain(trace, formula))
    monitor = Monitor(formula, SIGNATURE)
    wanted = tuple(binding[name] for name in monitor.columns)
    return any(v.index == at and wanted in v.rows for v in monitor.run(trace, close=True))
