"""The findings of an accord's clauses as known at one time: a verdict for each binding on each day it applies to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from comity.accord.verdicts.case import Case, Decision, Known
from comity.accord.verdicts.evaluate import Evaluation
from comity.accord.verdicts.ground import grounded, kinds_of, parsed, reach
from comity.accord.verdicts.nearest import would_change
from comity.accord.verdicts.table import Days, span
from comity.accord.verdicts.values import concrete
from comity.accord.verdicts.world import Trace, World, covered
from comity.words import Accord, Clause, Compliance, Finding, Incident, InputError, Logic, Review, Standing

QUICK = 60
"""Evaluations that one finding of many may take; a single one gets `case.ALLOWANCE`."""


@dataclass(frozen=True)
class Judgement:
    """A verdict on a clause for a binding on a day; the finding with its evidence is made when it is asked for."""

    clause: Clause
    binding: tuple[tuple[str, str], ...]
    day: date
    known: Known
    decision: Decision
    as_of: datetime | None = None

    @cached_property
    def case(self) -> Case:
        assert self.clause.logic is not None
        return Case(self.clause.logic, dict(self.binding), self.day, self.known)

    @cached_property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the incidents that it rests on."""
        return tuple(self.case.evidence(self.decision))

    @cached_property
    def finding(self) -> Finding:
        return _finding(self.clause, self.case, self.decision, self.as_of, self.evidence)


def known_of(accord: Accord, incidents: Sequence[Incident], until: date) -> Known:
    """What is known, from incidents in force. Days count from the accord's first, else from the first incident."""
    first = accord.starts or min((i.earliest for i in incidents), default=until)
    return Known({e.name: e for e in accord.events}, incidents, first, until, accord.starts is not None)


def judge(
    accord: Accord,
    clause: Clause,
    incidents: Sequence[Incident],
    until: date,
    *,
    as_of: datetime | None = None,
    days: tuple[date, date] | None = None,
    allowance: int = QUICK,
) -> Iterator[Judgement]:
    """Findings of a clause over incidents in force (`Log.as_known`), by binding and day.

    `until` is the day of the as-of date in the accord's time zone: of later days nothing can be known. `days` bounds
    the days judged (by default from the accord's first to `until`). A clause that is not agreed, or has no formulas,
    gives none.
    """
    if clause.logic is None or clause.standing is not Standing.AGREED:
        return
    known = known_of(accord, incidents, until)
    low, high = days or (known.first, until)
    for binding, called in sorted(_called(clause.logic, known, high).items()):
        names = dict(zip(clause.logic.parameters, binding, strict=True))
        decided = _decided(clause.logic, names, known, high)
        for index in _indices(called):
            day = date.fromordinal(known.first.toordinal() + index)
            if not low <= day <= high:
                continue
            must, may = decided
            if must >> index & 1:
                decision = Decision(Compliance.BREACHED, 1)
            elif not may >> index & 1:
                decision = Decision(Compliance.COMPLIED, 1)
            else:
                decision = Case(clause.logic, names, day, known).decide(allowance)
            yield Judgement(clause, tuple(names.items()), day, known, decision, as_of)


def _world(logic: Logic, known: Known, high: date, *, open_: bool) -> tuple[World, int]:
    formulas = [parsed(logic.applies), parsed(logic.holds)]
    ahead = sum(int(reach(f)[1]) for f in formulas)
    length = max(high.toordinal() - known.first.toordinal() + ahead + 1, 1)
    trace = Trace(known.first, length, known.until.toordinal() - known.first.toordinal())
    kinds = {kind for f in formulas for kind in kinds_of(f)}
    unknown = sorted(kinds - set(known.kinds) - {"begins"})
    if unknown:
        raise InputError(f"no event is called {unknown[0]!r} in the accord", hint="declare it")
    whole = span(0, length - 1)
    days = {kind: whole & ~covered(known.incidents, kind, trace) for kind in kinds} if open_ else {}
    near = [i for i in known.incidents if i.kind in kinds]
    return World(trace, known.kinds, near, days, known.begins), length


def _called(logic: Logic, known: Known, high: date) -> dict[tuple[str, ...], Days]:
    """Bindings for which the clause may apply by what is reported, with the days."""
    world, _ = _world(logic, known, high, open_=False)
    table = Evaluation(world).table(parsed(logic.applies))
    places = [table.columns.index(name) for name in logic.parameters]
    if len(places) != len(table.columns):
        raise InputError(f"the parameters {logic.parameters} are not the free variables of {logic.applies}")
    found: dict[tuple[str, ...], Days] = {}
    for row, fact in table.rows.items():
        if concrete(row):
            key = tuple(str(row[i]) for i in places)
            found[key] = found.get(key, 0) | fact.may
    return found


def _decided(logic: Logic, binding: Mapping[str, str], known: Known, high: date) -> tuple[Days, Days]:
    """Days on which the clause must and may be breached, by Kleene's bounds."""
    world, _ = _world(logic, known, high, open_=True)
    fact = Evaluation(world).closed(grounded(logic, binding)[1])
    return fact.must, fact.may


def _indices(days: Days) -> Iterator[int]:
    while days:
        low = days & -days
        yield low.bit_length() - 1
        days ^= low


_SAYS = {
    Compliance.COMPLIED: "complied",
    Compliance.BREACHED: "reported breach",
    Compliance.DISPUTED: "disputed",
    Compliance.PENDING: "pending",
    Compliance.NOT_VERIFIABLE: "not verifiable",
}


def _finding(
    clause: Clause, case: Case, decision: Decision, as_of: datetime | None, evidence: tuple[str, ...]
) -> Finding:
    held = {i.id: i for i in case.near}
    rests = [held[i] for i in evidence if i in held]
    reviewed = bool(rests) and all(i.review in (Review.ACCEPTED, Review.CORRECTED, Review.WRITTEN) for i in rests)
    return Finding(
        clause.id,
        tuple(case.binding.items()),
        case.day,
        as_of,
        decision.verdict,
        _why(case, decision, rests),
        evidence,
        monitoring=monitoring(decision.verdict, reviewed),
        verification=_verification(rests),
        attribution=_attribution(rests) if decision.verdict in (Compliance.BREACHED, Compliance.DISPUTED) else "",
        would_change=would_change(case, decision),
        review=Review.ACCEPTED if reviewed else Review.UNREVIEWED,
    )


def monitoring(verdict: Compliance, reviewed: bool) -> str:
    """What the reports say, in words: an unreviewed breach is a reported breach."""
    return "breach" if verdict is Compliance.BREACHED and reviewed else _SAYS[verdict]


def _why(case: Case, decision: Decision, rests: Sequence[Incident]) -> str:
    told = _listed(rests)
    match decision.verdict:
        case Compliance.BREACHED:
            words = (
                f"breached whatever the uncertain reports mean: {told}"
                if told
                else "what was due was not reported, and the reports for these days are in"
            )
            if told and all(i.earliest == i.latest and i.low == i.high for i in rests):
                words = f"reported: {told}"
        case Compliance.COMPLIED:
            words = (
                f"reported: {told}"
                if told
                else "nothing against it was reported, and the reports for these days are in"
            )
        case Compliance.DISPUTED:
            words = f"the reports allow both: {told}" if told else "the reports allow both"
            if not decision.settled:
                words += f" (not settled within {decision.cases} cases)"
        case Compliance.PENDING:
            kinds = ", ".join(decision.open_kinds)
            if case.end > case.known.until.toordinal():
                words = f"time is not up: it looks at days up to {case.last_day:%Y-%m-%d}"
            else:
                words = f"the reports that could tell are not in: {kinds}"
        case _:
            words = f"nobody is known to watch for: {', '.join(decision.open_kinds)}"
    return words


def _listed(incidents: Sequence[Incident]) -> str:
    shown = [f"{i.id} ({i.kind}, {when(i)}, {i.source})" for i in incidents[:3]]
    more = f" and {len(incidents) - 3} more" if len(incidents) > 3 else ""
    return "; ".join(shown) + more


def when(incident: Incident) -> str:
    """The day or days of an incident, in words."""
    if incident.earliest == incident.latest:
        return f"{incident.earliest:%Y-%m-%d}"
    return f"between {incident.earliest:%Y-%m-%d} and {incident.latest:%Y-%m-%d}"


def _verification(rests: Sequence[Incident]) -> str:
    by = sorted({i.verified_by for i in rests if i.verified_by})
    return f"confirmed by {', '.join(by)}" if by else "not confirmed" if rests else ""


def _attribution(rests: Sequence[Incident]) -> str:
    named = sorted({i.attribution for i in rests if i.attribution})
    if named:
        return f"{', '.join(named)}, as a person confirmed"
    said = sorted({f"{i.attributed}, on the word of {i.source}" for i in rests if i.attributed})
    return f"nobody yet; said to be {'; '.join(said)}" if said else "nobody yet"


def deadlines(judgements: Iterable[Judgement]) -> list[tuple[date, Judgement]]:
    """Pending findings with the last day that each looks at, earliest first."""
    ahead = [(j.case.last_day, j) for j in judgements if j.decision.verdict is Compliance.PENDING]
    return sorted(ahead, key=lambda item: (item[0], item[1].clause.id, item[1].binding, item[1].day))
