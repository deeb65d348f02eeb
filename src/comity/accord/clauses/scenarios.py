"""Small histories that fulfil and breach a clause, each tried with the engine before it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from comity.accord.clauses.duties import Meaning
from comity.accord.clauses.facts import Environment, Fact, Facts, environments
from comity.accord.clauses.formulas import Meanings
from comity.accord.clauses.names import parts
from comity.accord.clauses.tree import Act, Breach, ClauseTree, Counted, Happens, InForce, OnDate, Timing
from comity.accord.engine import Monitor
from comity.accord.formula import Binary, Formula, Not, Value
from comity.accord.log import Database, TimePoint
from comity.accord.syntax import Signature

DAY_ZERO = date(2000, 1, 1)
"""The first day of scenarios of an accord whose first day nobody knows."""


class Outcome(StrEnum):
    """What a scenario shows."""

    FULFILS = "fulfils"
    BREACHES = "breaches"
    FREE = "does not bind"  # the clause does not apply to it


@dataclass(frozen=True)
class Scenario:
    """A history of a few days, whom it speaks of (`binding`), and what the engine says of it."""

    clause: str
    name: str
    outcome: Outcome
    binding: tuple[tuple[str, str], ...]
    first: date
    last: int
    """The last day looked at, counted from `first`."""
    facts: tuple[Fact, ...]
    trigger: int
    """The day on which the clause applies, counted from `first`."""

    def day(self, fact: Fact) -> date:
        return self.first + timedelta(days=fact.day)

    def shown_day(self, day: int) -> str:
        """A date; where nobody knows when the accord begins, "day 3" after the day on which it does."""
        if self.first == DAY_ZERO:
            return f"day {day}"
        return (self.first + timedelta(days=day)).isoformat()


@dataclass(frozen=True)
class _Draft:
    name: str
    outcome: Outcome
    facts: tuple[Fact, ...]
    trigger: int
    last: int | None = None


def signature_for(meanings: Meanings) -> Signature:
    kinds = {
        name: tuple("int" if a == "count" else "string" for a in args) for name, args in meanings.arguments.items()
    }
    return Signature({**kinds, "begins": ()})


class Scenarios:
    """Writes and tries the scenarios of one accord."""

    def __init__(self, meanings: Meanings) -> None:
        self.all, self.tree, self.facts = meanings, meanings.tree, Facts(meanings)
        self.first = self.tree.starts or DAY_ZERO
        self.signature = signature_for(meanings)

    def of(self, clause_id: str) -> tuple[Scenario, ...]:
        """Scenarios of a clause, one of a name, each confirmed by the engine. Empty for what cannot be monitored."""
        clause = self.all.clauses[clause_id]
        if clause.why_not:
            return ()
        meaning = self.all.of(clause_id)
        found: dict[str, Scenario] = {}
        for env in environments(clause.variables) if clause.variables else iter([{}]):
            who = self._whose(clause, env)
            for draft in self._drafts(clause, meaning, env):
                named = replace(draft, name=f"{draft.name}: {who}") if who else draft
                if named.name not in found and (made := self._tried(clause, meaning, env, named)):
                    found[named.name] = made
        order = list(Outcome)
        return tuple(sorted(found.values(), key=lambda s: order.index(s.outcome)))

    def _whose(self, clause: ClauseTree, env: Environment) -> str:
        """Of a mutual duty, whose turn it is: it is shown for each side."""
        mutual = next((v.other_than for v in clause.variables if v.other_than), "") if clause.in_step else ""
        names = dict((*self.tree.parties, *self.tree.bodies))
        return names.get(env.get(mutual, ""), "")

    # --- writing ---

    def _trigger_day(self, clause: ClauseTree) -> int:
        """A day on which the clause can be made to apply, with room before it for what must have happened."""
        first = (clause.first_day - self.first).days if clause.first_day else 0
        expr = clause.in_step or clause.when
        if expr is None or isinstance(expr, InForce):
            if clause.must and not (clause.must[0].timing and clause.must[0].timing.every is not None):
                return first
            if not clause.must and (clause.must_not and clause.must_not[0].timing):
                return first
        if isinstance(expr, OnDate):
            return (expr.day - self.first).days
        exprs = [
            e for e in (expr, *clause.conditions, *clause.only, *clause.exceptions, *clause.unless) if e is not None
        ]
        exprs += list(clause.suspended or ())
        back = [p.days for e in exprs for p in parts(e) if isinstance(p, Happens | Counted)]
        if any(isinstance(p, Breach) for e in exprs for p in parts(e)):
            name = next(p.clause for e in exprs for p in parts(e) if isinstance(p, Breach))
            other = self.all.clauses[name]
            if other.when is None and other.in_step is None and other.must:
                return self._trigger_day(other)
        return first + max([4, *(b + 2 for b in back)])

    def _bounds(self, act: Act, trigger: int, shift: int) -> tuple[int, int]:
        """First and last day of a step whose clock started on day `trigger`."""
        timing = act.timing or Timing(high=0)
        if timing.every is not None:
            return trigger, trigger + timing.every - 1
        if timing.last is not None:
            last = (timing.last - self.first).days
            return max(trigger, (timing.first - self.first).days if timing.first else trigger), last
        assert timing.high is not None
        counted = timing.edge == "counted" if timing.edge else self.tree.last_counted
        high = timing.high - (1 if timing.relative and counted is False else 0)
        return trigger + timing.low + shift, trigger + high + shift

    def _done(
        self, acts: Sequence[Act], trigger: int, env: Environment, shift: int, *, late: int = 0, drop: int = 0
    ) -> tuple[Fact, ...]:
        """Every step on its last day (`late` days after it), the last `drop` steps left out."""
        found, clock = list[Fact](), trigger
        for i, act in enumerate(acts):
            if i >= len(acts) - drop:
                break
            _, last = self._bounds(act, clock if act.chained else trigger, 0 if act.chained else shift)
            final = i == len(acts) - 1
            clock = last + (late if final else 0)
            found += self.facts.act(act, clock, env)
        return tuple(found)

    def _drafts(self, clause: ClauseTree, meaning: Meaning, env: Environment) -> Iterator[_Draft]:
        day = self._trigger_day(clause)
        start = tuple(self.facts.start(clause, day, env))
        if clause.must:
            yield from self._obliged(clause, meaning, env, day, start)
        elif clause.must_not:
            yield from self._forbidden(clause, env, day, start)
        else:
            yield from self._empowered(clause, meaning, env, day)

    def _obliged(
        self, clause: ClauseTree, meaning: Meaning, env: Environment, day: int, start: tuple[Fact, ...]
    ) -> Iterator[_Draft]:
        shift = sum(self.all.delay(p.clause) for p in parts(clause.when or InForce()) if isinstance(p, Breach))
        every = clause.must[0].timing.every if clause.must[0].timing else None
        assert meaning.window
        if every is not None:
            days = range(day % every, day + 3 * every, every)
            acts = [f for k in days for f in self.facts.act(clause.must[0], k, env)]
            yield _Draft("done in every stretch", Outcome.FULFILS, (*start, *acts), day, days[-1] + every - 1)
            gap = [f for f in acts if not day < f.day < day + 2 * every]
            yield _Draft("one stretch without it", Outcome.BREACHES, (*start, *gap), day, days[-1] + every - 1)
            return
        done = self._done(clause.must, day, env, shift)
        early = [f for act in clause.must[:1] for f in self.facts.act(act, self._bounds(act, day, shift)[0], env)]
        if len(clause.must) == 1:
            yield _Draft("done on the first day that counts", Outcome.FULFILS, (*start, *early), day)
        if clause.in_step is not None and day > 0:
            before = [f for act in clause.must for f in self.facts.act(act, day - 1, env)]
            yield _Draft("done the day before", Outcome.FULFILS, (*start, *before), day)
        yield _Draft("done on the last day that counts", Outcome.FULFILS, (*start, *done), day)
        yield _Draft("nothing is done", Outcome.BREACHES, start, day)
        late = self._done(clause.must, day, env, shift, late=1)
        yield _Draft("done a day too late", Outcome.BREACHES, (*start, *late), day)
        if len(clause.must) > 1:
            first = self._done(clause.must, day, env, shift, drop=1)
            yield _Draft("begun but not completed", Outcome.BREACHES, (*start, *first), day)
        for i, expr in enumerate(clause.unless):
            freed = self.facts.of(expr, day + min(1, meaning.window[1]), env)
            yield _Draft(_numbered("released in time", i), Outcome.FULFILS, (*start, *freed), day)
        for i, expr in enumerate(clause.exceptions):
            yield _Draft(
                _numbered("under an exception", i), Outcome.FREE, (*start, *self.facts.of(expr, day, env)), day
            )
        if clause.suspended:
            held = self.facts.of(clause.suspended[0], max(day - 1, 0), env)
            over = self.facts.of(clause.suspended[1], day + 2, env)
            again = [Fact(f.day + 2, f.kind, f.arguments, f.count, f.source) for f in done]
            yield _Draft("while suspended", Outcome.FREE, (*start, *held), day)
            yield _Draft("done in time after a suspension", Outcome.FULFILS, (*start, *held, *over, *again), day + 2)
            yield _Draft("not done after a suspension", Outcome.BREACHES, (*start, *held, *over), day)
        for expr in clause.terminated:
            yield _Draft("after its end", Outcome.FREE, (*start, *self.facts.of(expr, max(day - 1, 0), env)), day)

    def _forbidden(self, clause: ClauseTree, env: Environment, day: int, start: tuple[Fact, ...]) -> Iterator[_Draft]:
        (act,) = clause.must_not
        first, last = self._bounds(act, day, 0) if act.timing else (day, day)
        yield _Draft("nothing happens", Outcome.FULFILS, start, day)
        for i in range(len(act.choices)):
            done = self.facts.act(act, first, env, i)
            yield _Draft(_numbered("it happens", i), Outcome.BREACHES, (*start, *done), day)
        if act.timing:
            yield _Draft("it happens on the last day", Outcome.BREACHES, (*start, *self.facts.act(act, last, env)), day)
            late = self.facts.act(act, last + 1, env)
            yield _Draft("it happens after the time", Outcome.FULFILS, (*start, *late), day)
        for i, expr in enumerate((*clause.exceptions, *clause.unless)):
            excused = [*self.facts.of(expr, first, env), *self.facts.act(act, first, env)]
            yield _Draft(_numbered("it happens under an exception", i), Outcome.FULFILS, (*start, *excused), day)
        if clause.when is not None:
            yield _Draft("it happens before the clause binds", Outcome.FREE, tuple(self.facts.act(act, day, env)), day)
        if clause.suspended:
            held = self.facts.of(clause.suspended[0], max(day - 1, 0), env)
            done = self.facts.act(act, first, env)
            yield _Draft("it happens while suspended", Outcome.FREE, (*start, *held, *done), day)
        for expr in clause.terminated:
            ended = [*self.facts.of(expr, max(day - 1, 0), env), *self.facts.act(act, first, env)]
            yield _Draft("it happens after the end", Outcome.FREE, (*start, *ended), day)

    def _empowered(self, clause: ClauseTree, meaning: Meaning, env: Environment, day: int) -> Iterator[_Draft]:
        (act,) = clause.may
        shift = sum(self.all.delay(p.clause) for p in parts(clause.when or InForce()) if isinstance(p, Breach))
        last = self._bounds(act, day, shift)[1] if act.timing else day + shift
        needed = [f for e in (clause.when,) if e is not None for f in self.facts.of(e, day, env)]
        needed += [f for e in clause.conditions for f in self.facts.of(e, last, env)]
        only = [f for e in clause.only for f in self.facts.of(e, last, env)]
        done = self.facts.act(act, last, env)
        yield _Draft("used where the power exists", Outcome.FULFILS, (*needed, *only, *done), last)
        yield _Draft("used without it", Outcome.BREACHES, tuple(done), last)
        if needed and only:
            yield _Draft("used before its condition is met", Outcome.BREACHES, (*needed, *done), last)
        if act.timing and clause.when is not None:
            late = self.facts.act(act, last + 1, env)
            yield _Draft("used a day too late", Outcome.BREACHES, (*needed, *only, *late), last + 1)
        for i, expr in enumerate(clause.exceptions):
            excused = self.facts.of(expr, last, env)
            yield _Draft(_numbered("used under an exception", i), Outcome.FULFILS, (*excused, *done), last)

    # --- trying ---

    def log(self, facts: Sequence[Fact], last: int) -> list[TimePoint]:
        """A log with one time-point for every day from the first to `last`."""
        points = [Database() for _ in range(last + 1)]
        if self.tree.begins_on is None:
            points[0].setdefault("begins", set()).add(())
        for number, fact in enumerate(sorted(facts), start=1):
            if 0 <= fact.day <= last:
                points[fact.day].setdefault(fact.kind, set()).add(self._row(fact, str(number)))
        start = self.first.toordinal()
        return [TimePoint(i, start + i, events) for i, events in enumerate(points)]

    def _row(self, fact: Fact, number: str) -> tuple[Value, ...]:
        given = dict(fact.arguments)
        own: dict[str, Value] = {"count": fact.count, "source": fact.source, "id": number}
        return tuple(own[a] if a in own and a not in given else given[a] for a in self.all.arguments[fact.kind])

    def _tried(self, clause: ClauseTree, meaning: Meaning, env: Environment, draft: _Draft) -> Scenario | None:
        """The scenario, if the engine says of it what the draft says; None if not."""
        if any(fact.day < 0 for fact in draft.facts) or (not draft.facts and draft.outcome is Outcome.FREE):
            return None
        window = meaning.window[1] if meaning.window else 0
        last = max([draft.trigger + window, *(f.day for f in draft.facts)]) + window + 1
        last = draft.last if draft.last is not None else last
        begin = self.facts.happens(self.tree.begins_on, 0, {}) if self.tree.begins_on else []
        facts = tuple(sorted({*begin, *draft.facts}))
        points = self.log(facts, last)
        wanted = {name: env[name] for name in meaning.params}
        applied = self._days(meaning.applies, points, wanted)
        violated = self._days(Binary("AND", meaning.applies, Not(meaning.holds)), points, wanted)
        decided = last - window
        if draft.outcome is Outcome.BREACHES:
            agrees = any(day <= decided for day in violated)
        elif draft.outcome is Outcome.FULFILS:
            agrees = draft.trigger in applied and not any(day <= decided for day in violated)
        else:
            agrees = draft.trigger not in applied and not any(day <= decided for day in violated)
        if not agrees:
            return None
        binding = tuple((name, env[name]) for name in meaning.params)
        return Scenario(
            clause.id,
            draft.name,
            draft.outcome,
            binding,
            self.first,
            last,
            facts,
            draft.trigger,
        )

    def _days(self, formula: Formula, points: list[TimePoint], wanted: Environment) -> set[int]:
        monitor = Monitor(formula, self.signature)
        row = tuple(wanted[name] for name in monitor.columns)
        return {verdict.index for verdict in monitor.run(points, close=True) if row in verdict.rows}


def _numbered(name: str, i: int) -> str:
    return name if i == 0 else f"{name} ({i + 1})"
