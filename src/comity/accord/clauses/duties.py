"""Obligations, prohibitions and powers as two formulas each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from comity.accord.clauses.binding import Binding
from comity.accord.clauses.connectives import both, conj, disj, eventually, exists, once
from comity.accord.clauses.names import parts, variables_in
from comity.accord.clauses.tree import (
    Act,
    Breach,
    Counted,
    Expr,
    Happens,
    InForce,
    NoneSince,
    NotExpr,
)
from comity.accord.clauses.writing import written
from comity.accord.formula import (
    TRUE,
    Formula,
    Interval,
    Not,
    Prefix,
    Temporal,
)
from comity.words import Logic, Modality


@dataclass(frozen=True)
class Meaning:
    """The formulas of a clause as values, with what else follows from its deadlines."""

    applies: Formula
    holds: Formula
    params: tuple[str, ...]
    modality: Modality
    window: tuple[int, int] | None
    scope: tuple[str, ...]

    @property
    def logic(self) -> Logic:
        return Logic(written(self.applies), written(self.holds), self.params, self.scope)


class Duty(Binding):
    """The meaning of one clause."""

    def meaning(self) -> Meaning:
        if self.clause.must:
            applies, holds, window, modality = self.obligation()
        elif self.clause.must_not:
            applies, holds, window, modality = self.prohibition()
        else:
            applies, holds, window, modality = self.power()
        order = [v.name for v in self.clause.variables]
        params = tuple(sorted(applies.free, key=order.index))
        if not set(holds.free) <= set(params):
            extra = next(v for v in holds.free if v not in params)
            raise self.fail(
                f"nothing says which {extra} is meant", "for each", f"name {extra} in when: …, or write any"
            )
        return Meaning(applies, holds, params, modality, window, tuple(self.read))

    def obligation(self) -> tuple[Formula, Formula, tuple[int, int] | None, Modality]:
        clause = self.clause
        every = clause.must[0].timing.every if clause.must[0].timing else None
        order = [v.name for v in clause.variables]
        used = self.used(order, clause.must)
        if every:
            if len(clause.must) > 1:
                raise self.fail("every … and a further step", "must", "write two clauses")
            base = self.standing_guard(every - 1)
            if clause.when is not None:
                base = self.under(base, begun(clause.when), "when")
            applies = self.limited(self.narrowed(base, used))
            return (
                applies,
                self.released(applies, self.chain(clause.must, every - 1), every - 1),
                (0, every - 1),
                (Modality.OBLIGATION),
            )
        trigger, guarded = self.trigger()
        trigger = self.narrowed(trigger, used, later=True)
        base = conj(trigger, self.standing_guard()) if guarded else trigger
        applies = self.narrowed(self.limited(base), used)
        shift = sum(self.all.delay(p.clause) for p in parts(clause.when or InForce()) if isinstance(p, Breach))
        low, high = self.window(clause.must, shift)
        holds = self.steps(clause.must, shift)
        if clause.in_step is not None:
            before = [once(self.any_of(act), 0, high) for act in clause.must]
            holds = disj(self.evened([holds, both(before)], "must"))
        if clause.suspended:
            resumed = self.under(
                Temporal("SINCE", Interval(), Not(self.any_of(clause.must[0])), trigger), clause.suspended[1],
                "suspended while",
            )  # fmt: skip
            resumed = conj(resumed, Prefix("PREVIOUS", Interval(), self.suspension()))
            resumed = self.limited(conj(resumed, self.standing_guard()), resumed=True)
            applies = disj(self.evened([applies, resumed], "suspended while"))
            started = eventually(self.plain(clause.suspended[0], "suspended while"), 0, high)
            holds = disj(self.guarded(applies, [holds, started]))
        return applies, self.released(applies, holds, high), (low, high), Modality.OBLIGATION

    def used(self, order: Sequence[str], acts: Sequence[Act]) -> list[str]:
        """The variables that a clause speaks of, in the order of `for each`."""
        exprs: list[Expr] = [choice for act in acts for choice in act.choices]
        exprs += [e for e in (self.clause.when, self.clause.in_step) if e is not None]
        exprs += [*self.clause.conditions, *self.clause.unless, *self.clause.exceptions]
        named = {v for e in exprs for v in variables_in(e, self.scope)}
        named |= {self.scope[v].other_than for v in named if self.scope[v].other_than}
        return [name for name in order if name in named]

    def prohibition(self) -> tuple[Formula, Formula, tuple[int, int] | None, Modality]:
        """Within a time after a trigger, or on every day; exceptions are part of what must not happen."""
        clause = self.clause
        act = clause.must_not[0]
        order = [v.name for v in clause.variables]
        bound = {v for e in (clause.when, *clause.conditions) if e is not None for v in variables_in(e, self.scope)}
        params = [n for n in self.used(order, clause.must_not) if self.scope[n].finite or n in bound]
        done = self.any_of(act, "must not")
        if act.timing and act.timing.every:
            raise self.fail("a prohibition is not owed every so many days", "must not")
        if act.timing:
            trigger, guarded = self.trigger()
            trigger = self.narrowed(trigger, params, later=True)
            applies = self.limited(conj(trigger, self.standing_guard()) if guarded else trigger)
            applies = self.narrowed(applies, params)
            low, high = self.window((act,), 0)
        else:
            base = self.standing_guard()
            if clause.when is not None:
                base = self.under(base, begun(clause.when), "when")
            applies = self.narrowed(self.limited(self.narrowed(base, params, later=True)), params)
            low, high = 0, 0
        for expr in (*clause.exceptions, *clause.unless):
            field = "except" if expr in clause.exceptions else "unless"
            missing = [v for v in variables_in(expr, self.scope) if v not in done.free]
            if missing and not all(self.scope[v].finite or v in applies.free for v in missing):
                raise self.fail(f"{missing[0]} does not stand in the act", field)
            if missing:
                done = conj(applies if any(not self.scope[v].finite for v in missing) else TRUE, done)
                done = self.narrowed(done, [v for v in missing if v not in done.free])
            done = self.under(done, NotExpr(expr), field)
        done = exists([v for v in done.free if v not in params], done)
        return (
            applies,
            Not(eventually(self.dated(done, act.timing), low, high)),
            ((low, high) if act.timing else None),
            Modality.PROHIBITION,
        )

    def power(self) -> tuple[Formula, Formula, tuple[int, int] | None, Modality]:
        """Whoever does it has the power to: its trigger came within the time, its conditions hold."""
        clause = self.clause
        act = clause.may[0]
        order = [v.name for v in clause.variables]
        applies = self.any_of(act, "may")
        applies = conj(self.narrowed(applies, [n for n in order if n in applies.free]), self.standing_guard())
        applies = self.limited(applies)
        found = list[Formula]()
        window = None
        if clause.when is not None:
            shift = sum(self.all.delay(p.clause) for p in parts(clause.when) if isinstance(p, Breach))
            window = self.window(clause.may, 0) if act.timing else None
            low, high = (window[0] + shift, window[1] + shift) if window else (shift, None)
            found.append(self.empowered(applies, once(self.under(None, clause.when, "when"), low, high)))
        for expr in clause.only:
            missing = [v for v in variables_in(expr, self.scope) if v not in applies.free]
            if missing:
                raise self.fail(f"{missing[0]} does not stand in the act", "only if", "write any")
            single = isinstance(expr, Happens | Counted | NoneSince | Breach | InForce)
            found.append(self.plain(expr, "only if") if single else self.under(applies, expr, "only if"))
        holds = both(found)
        for expr in clause.exceptions:
            holds = disj(self.guarded(applies, [holds, self.under(applies, expr, "except")]))
        modality = Modality.CONDITION if clause.only and clause.when is None else Modality.POWER
        return applies, holds, window, modality

    def empowered(self, applies: Formula, event: Formula) -> Formula:
        """`event` came for some value of what the act does not name."""
        local = [v for v in event.free if v not in applies.free]
        if not local:
            return event
        return exists(local, self.narrowed(conj(applies, event), local))


def begun(expr: Expr) -> Expr:
    """What started a state: the event has happened."""
    return replace(expr, when="ever") if isinstance(expr, Happens) and expr.when == "that day" else expr
