"""One clause, one binding, one day: is it true, false or open in what is known?

First Kleene's bounds; where those leave it open, cases: an uncertain incident is cut in two (its days, its count, who)
until every case is decided or the allowance is spent. So the answer is the one that all completions of the log give,
or it is shown by two completions that give different answers, or it is said not to be settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from comity.accord.formula import Apply, Atom, Compare, Const, Formula, Term
from comity.accord.verdicts.evaluate import Evaluation
from comity.accord.verdicts.explain import Explanation, Node, fact_value, incidents_of
from comity.accord.verdicts.ground import grounded, kinds_of, reach
from comity.accord.verdicts.table import span
from comity.accord.verdicts.world import FILLED, Trace, World, covered
from comity.words import Compliance, EventKind, Incident, Logic

ALLOWANCE = 400
"""Evaluations that deciding one case may take."""

Choice = Incident
"""An incident with its days, its count and its arguments fixed."""


@dataclass(frozen=True)
class Known:
    """What was known at one time: incidents in force, the accord's first day and the last day that can be told of."""

    kinds: Mapping[str, EventKind]
    incidents: Sequence[Incident]
    first: date
    until: date
    begins: bool = True


@dataclass(frozen=True)
class Decision:
    """What the case comes to, and how it was found.

    `worlds` show it: for a dispute one completion in which the clause is kept and one in which it is breached; for a
    pending one the completion in which it hangs on reports that are not in. `settled` is False where the allowance
    ran out. `open_kinds` are the kinds for whose days in reach reports can still come.
    """

    verdict: Compliance
    cases: int
    settled: bool = True
    worlds: tuple[tuple[bool | None, tuple[Choice, ...]], ...] = ()
    open_kinds: tuple[str, ...] = ()


@dataclass
class Case:
    """A clause's formulas for a binding on a day, over what is known."""

    logic: Logic
    binding: Mapping[str, str]
    day: date
    known: Known
    applies: Formula = field(init=False)
    breach: Formula = field(init=False)

    def __post_init__(self) -> None:
        self.applies, self.breach = grounded(self.logic, self.binding)
        back, ahead = reach(self.breach)
        first = self.known.first.toordinal()
        self.start = max(first, self.day.toordinal() - int(min(back, self.day.toordinal() - first)))
        self.end = self.day.toordinal() + int(ahead)
        self.trace = Trace(
            date.fromordinal(self.start), self.end - self.start + 1, self.known.until.toordinal() - self.start
        )
        self.index = self.day.toordinal() - self.start
        scope = kinds_of(self.breach)
        self.kinds = tuple(sorted(scope & set(self.known.kinds)))
        self.near = tuple(
            i
            for i in self.known.incidents
            if i.kind in scope and i.latest.toordinal() >= self.start and i.earliest.toordinal() <= self.end
        )
        whole = span(0, self.trace.length - 1)
        self.open = {kind: whole & ~covered(self.known.incidents, kind, self.trace) for kind in self.kinds}

    @property
    def last_day(self) -> date:
        """The last day that the verdict looks at."""
        return date.fromordinal(self.end)

    def value(self, incidents: Sequence[Incident] | None = None, formula: Formula | None = None) -> bool | None:
        """Whether the clause is breached (or `formula` holds) on the day; None where the bounds leave it open."""
        fact = Evaluation(self.world(incidents)).closed(self.breach if formula is None else formula)
        return fact_value(fact, self.index)

    def world(self, incidents: Sequence[Incident] | None = None) -> World:
        return World(
            self.trace,
            self.known.kinds,
            self.near if incidents is None else incidents,
            self.open,
            self.known.begins and self.start == self.known.first.toordinal(),
        )

    def called_for(self) -> bool | None:
        """Whether the clause applies on the day."""
        return self.value(formula=self.applies)

    def explanation(self, incidents: Sequence[Incident] | None = None) -> Node:
        """The tree of the breach formula on the day, over the incidents as told or as chosen in a completion."""
        return Explanation(self.world(incidents)).why(self.breach, self.index)

    def evidence(self, decision: Decision) -> list[str]:
        """Ids of the incidents that a decision rests on."""
        if decision.verdict in (Compliance.BREACHED, Compliance.COMPLIED) or not decision.worlds:
            return incidents_of(self.explanation())
        found = {i for _, world in decision.worlds for i in incidents_of(self.explanation(world))}
        uncertain = {i.id for i in self.uncertain(self.near)}
        return sorted(found & uncertain or found) if decision.verdict is Compliance.DISPUTED else sorted(found)

    def decide(self, allowance: int = ALLOWANCE) -> Decision:
        """The verdict, with what shows it."""
        first = self.value()
        if first is not None:
            return Decision(Compliance.BREACHED if first else Compliance.COMPLIED, 1)
        hanging = tuple(kind for kind in self.kinds if self.open[kind])
        found: dict[bool | None, tuple[Choice, ...]] = {}
        cases = 1
        for world in self._extremes():
            value = self.value(world)
            cases += 1
            found.setdefault(value, world)
            if value is None or (len(found) == 2 and not hanging):
                break
        complete = False
        if None not in found and not (len(found) == 2 and not hanging):
            for value, world in self._cases(self.near):
                cases += 1
                if value is None and self.uncertain(world):
                    continue
                found.setdefault(value, tuple(map(self._fixed, world)))
                if None in found or (len(found) == 2 and not hanging) or cases >= allowance:
                    break
            else:
                complete = True
        worlds = tuple((value, found[value]) for value in (True, False, None) if value in found)
        if None in found and hanging:
            return Decision(self._hanging(hanging), cases, True, ((None, found[None]),), hanging)
        if True in found and False in found:
            return Decision(Compliance.DISPUTED, cases, complete or not hanging, worlds, hanging)
        if complete:
            return Decision(Compliance.BREACHED if True in found else Compliance.COMPLIED, cases, True)
        return Decision(self._hanging(hanging) if hanging else Compliance.DISPUTED, cases, False, worlds, hanging)

    def _hanging(self, kinds: Iterable[str]) -> Compliance:
        """Pending, or not verifiable where time is up and nobody ever watched for what could tell."""
        if self.end > self.known.until.toordinal():
            return Compliance.PENDING
        whole = Trace(self.known.first, self.known.until.toordinal() - self.known.first.toordinal() + 1, 10**9)
        watched = [kind for kind in kinds if covered(self.known.incidents, kind, whole)]
        return Compliance.PENDING if watched else Compliance.NOT_VERIFIABLE

    # cases

    def uncertain(self, incidents: Iterable[Incident]) -> list[Incident]:
        """Those of which the day, the count or an argument is not known."""
        return [i for i in incidents if self._open_slot(i)]

    def _open_slot(self, i: Incident) -> str:
        """What of an incident is not known: "day", "count", the name of an argument, or nothing."""
        if i.high < 1:
            return ""
        if i.earliest != i.latest:
            return "day"
        if i.low != i.high:
            return "count"
        told = dict(i.arguments)
        return next(
            (name for name in self.known.kinds[i.kind].arguments if name not in FILLED and not told.get(name)), ""
        )

    def _cut(self, i: Incident) -> list[Incident]:
        slot = self._open_slot(i)
        if slot == "day":
            start, end = i.earliest.toordinal(), i.latest.toordinal()
            edges = [e for e in (self.start, self.end + 1) if start < e <= end]
            middle = edges[0] if edges else (start + end) // 2 + 1
            early, late = date.fromordinal(middle - 1), date.fromordinal(middle)
            if middle <= self.start or start > self.end:  # outside the days looked at, every day is like another
                early = i.earliest
            if middle > self.end:
                return [replace(i, latest=early), replace(i, earliest=late, latest=late)]
            return [replace(i, latest=early), replace(i, earliest=late)]
        if slot == "count":
            low = max(i.low, 0)
            if low < 1:
                return [replace(i, low=0, high=0), replace(i, low=1)]
            middle = (low + i.high) // 2
            return [replace(i, high=middle), replace(i, low=middle + 1)]
        return [_told(i, slot, value) for value in self._values(i, slot)]

    def _values(self, i: Incident, slot: str) -> list[str]:
        """Who or where it may have been: every name that the clause or a report has in this place, or another one."""
        named = [*self.binding.values(), *sorted(set(_texts(self.breach)))]
        told = sorted({(name != slot, value) for other in self.near for name, value in other.arguments})
        return [*dict.fromkeys([*named, *(value for _, value in told)]), f"another ({i.id})"]

    def _cases(self, incidents: Sequence[Incident]) -> Iterator[tuple[bool | None, tuple[Incident, ...]]]:
        """Every case looked at, with its value; those decided or with nothing left to cut cover every completion."""
        value = self.value(incidents)
        yield value, tuple(incidents)
        vague = [] if value is not None else self.uncertain(incidents)
        if not vague:
            return
        chosen = min(vague, key=lambda i: (self._open_slot(i) != "day", i.id))
        at = next(n for n, i in enumerate(incidents) if i is chosen)
        for part in self._cut(chosen):
            yield from self._cases([*incidents[:at], part, *incidents[at + 1 :]])

    def _fixed(self, i: Incident, *, late: bool = False, high: bool = False, outside: bool = False) -> Choice:
        """An incident with everything about it chosen."""
        start, end = i.earliest.toordinal(), i.latest.toordinal()
        inside = range(max(start, self.start), min(end, self.end) + 1)
        day = end if late else start
        if outside and (start < self.start or end > self.end):
            day = start if start < self.start else end
        elif inside and not outside:
            day = inside[-1] if late else inside[0]
        count = i.high if high else max(i.low, 0)
        fixed = replace(i, earliest=date.fromordinal(day), latest=date.fromordinal(day), low=count, high=count)
        while slot := self._open_slot(fixed):
            fixed = _told(fixed, slot, self._values(fixed, slot)[-1 if outside else 0])
        return fixed

    def _extremes(self) -> Iterator[tuple[Choice, ...]]:
        """Completions that often differ: as much as can be within the days looked at, as little, as early, as late."""
        for late, high, outside in (
            (False, True, False), (True, False, True), (True, True, False), (False, False, False), (True, False, False),
        ):  # fmt: skip
            yield tuple(self._fixed(i, late=late, high=high, outside=outside) for i in self.near)


def _told(i: Incident, slot: str, value: str) -> Incident:
    return replace(i, arguments=(*((n, v) for n, v in i.arguments if n != slot), (slot, value)))


def _texts(formula: Formula) -> Iterator[str]:
    """String constants of a formula."""

    def of(term: Term) -> Iterator[str]:
        if isinstance(term, Const) and isinstance(term.value, str):
            yield term.value
        elif isinstance(term, Apply):
            for arg in term.args:
                yield from of(arg)

    terms: tuple[Term, ...] = ()
    if isinstance(formula, Atom):
        terms = formula.args
    elif isinstance(formula, Compare):
        terms = (formula.left, formula.right)
    for term in terms:
        yield from of(term)
    for part in formula.parts:
        yield from _texts(part)
