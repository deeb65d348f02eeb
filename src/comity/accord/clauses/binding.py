"""When a clause binds, and when its acts are due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from comity.accord.clauses.connectives import among, both, conj, disj, eventually, once
from comity.accord.clauses.expressions import Expressions
from comity.accord.clauses.names import happenings
from comity.accord.clauses.tree import (
    Act,
    Counted,
    Happens,
    InForce,
    NoneSince,
    NotExpr,
    OrExpr,
    Timing,
)
from comity.accord.formula import (
    Compare,
    Formula,
    Interval,
    Not,
    Prefix,
    Temporal,
    Var,
)


class Binding(Expressions):
    """Triggers, limits and deadlines of one clause."""

    # --- when the clause binds ---

    def standing_guard(self, early: int = 0) -> Formula:
        """True on every day on which the clause is in force, but for its last `early` days."""
        first, last = self.clause.first_day, self.clause.last_day or self.tree.ends
        low = self.offset(first.toordinal(), "from") if first else 0
        high = self.offset(last.toordinal(), "until" if self.clause.last_day else "when") if last else None
        if high is not None and high < low:
            raise self.fail("ends before it begins", "until")
        if self.clause.last_day and self.tree.ends and self.clause.last_day > self.tree.ends:
            raise self.fail(f"a date after the accord has ended ({self.tree.ends.isoformat()})", "until")
        return once(self.begins(), low, None if high is None else max(low, high - early))

    def trigger(self) -> tuple[Formula, bool]:
        """The formula of the day that starts a duty, and whether it needs the guard of the days in force."""
        expr = self.clause.in_step or self.clause.when
        field = "in step with" if self.clause.in_step is not None else "when"
        if expr is None or isinstance(expr, InForce):
            first = self.clause.first_day
            low = self.offset(first.toordinal(), "from") if first else 0
            return (once(self.begins(), low, low) if low else self.begins()), False
        if isinstance(expr, Counted):
            found = self.counted(expr, field)
            return conj(found, Not(Prefix("PREVIOUS", Interval(), found))), True
        return self.under(None, expr, field), True

    def narrowed(self, base: Formula, names: Iterable[str], field: str = "for each", *, later: bool = False) -> Formula:
        """`base` with every one of the clause's variables bound and kept within what it ranges over.

        `later`: what only reports can name may still be bound by a condition.
        """
        for name in names:
            variable = self.scope[name]
            everyone = self.all.domains.get(variable.sort, ())
            if name not in base.free:
                if later and not variable.finite:
                    continue
                base = conj(base, self.domain(name, field))
            elif variable.finite and variable.among != everyone:
                base = conj(base, among(name, variable.among))
            if variable.other_than and variable.other_than in base.free:
                base = conj(base, Not(Compare("=", Var(name), Var(variable.other_than))))
        return base

    def limited(self, base: Formula, *, resumed: bool = False) -> Formula:
        """`base` under its conditions, without exceptions, suspended days and what ended."""
        for expr in self.clause.conditions:
            base = self.under(base, expr, "if")
        if self.clause.must:
            for expr in self.clause.exceptions:
                base = self.under(base, NotExpr(expr), "except")
        if self.clause.suspended and not resumed:
            base = conj(base, Not(self.suspension()))
        for expr in self.clause.terminated:
            ended = replace(expr, when="ever") if isinstance(expr, Happens) and expr.when == "that day" else expr
            base = self.under(base, NotExpr(ended), "terminated by")
        return base

    def suspension(self) -> Formula:
        assert self.clause.suspended
        begin, end = self.clause.suspended
        left, right = self.plain(end, "suspended while"), self.plain(begin, "suspended while")
        if not set(left.free) <= set(right.free):
            raise self.fail("the end names what the beginning does not", "suspended while")
        return Temporal("SINCE", Interval(), Not(left), right)

    # --- acts and their time ---

    def any_of(self, act: Act, field: str = "must") -> Formula:
        return disj(self.evened([self.event(choice, field) for choice in act.choices], field))

    def dated(self, done: Formula, timing: Timing | None) -> Formula:
        """`done`, on a day that the file names."""
        if timing is None or (timing.first is None and timing.last is None):
            return done
        low = self.offset(timing.first.toordinal(), "must") if timing.first else 0
        high = self.offset(timing.last.toordinal(), "must") if timing.last else None
        return conj(done, once(self.begins(), low, high))

    def bounds(self, timing: Timing | None, shift: int) -> tuple[int, int]:
        """First and last day of a step, counted from its trigger."""
        name = "must" if self.clause.must else "must not" if self.clause.must_not else "may"
        if timing is None:
            raise self.fail(
                "no deadline: a duty without one is never breached, its future is unbounded", name,
                "write within N days, by DATE, or assumed within N days",
            )  # fmt: skip
        if timing.last is not None:
            end = self.offset(timing.last.toordinal(), name)
            first = self.offset(timing.first.toordinal(), name) if timing.first else 0
            if end < first:
                raise self.fail("the last day comes before the first", name)
            return 0, end
        assert timing.high is not None
        high = timing.high
        if timing.relative:
            counted = timing.edge == "counted" if timing.edge else self.tree.last_counted
            if counted is None:
                raise self.fail(
                    "does the last day count?", name,
                    "write (last day counted) or (last day not counted), or last day: in the header",
                )  # fmt: skip
            high -= 0 if counted else 1
        if high < timing.low:
            raise self.fail("the last day comes before the first", name)
        return timing.low + shift, high + shift

    def window(self, acts: Sequence[Act], shift: int) -> tuple[int, int]:
        """First day of the first step and last day of the last, counted from the trigger."""
        lows, end, total = list[int](), 0, 0
        for i, act in enumerate(acts):
            low, high = self.bounds(act.timing, shift if i == 0 or not act.chained else 0)
            end = end + high if act.chained else high
            total = max(total, end)
            lows.append(low)
        return lows[0], total

    def steps(self, acts: Sequence[Act], shift: int) -> Formula:
        """All steps: what is chained counts from the step before."""
        groups = list[list[Act]]()
        for act in acts:
            if act.chained and groups:
                groups[-1].append(act)
            else:
                groups.append([act])
        return both(self.nested(group, shift) for group in groups)

    def nested(self, group: Sequence[Act], shift: int) -> Formula:
        first, rest = group[0], group[1:]
        low, high = self.bounds(first.timing, shift)
        done = self.dated(self.any_of(first), first.timing)
        if rest:
            done = conj(done, self.nested(rest, 0))
        return eventually(done, low, high)

    def chain(self, acts: Sequence[Act], high: int) -> Formula:
        return eventually(self.any_of(acts[0]), 0, high)

    def released(self, applies: Formula, holds: Formula, high: int) -> Formula:
        """`holds`, or what releases from the duty before its time is up."""
        if not self.clause.unless:
            return holds
        found = [holds]
        for expr, timing in zip(self.clause.unless, self.clause.unless_timing, strict=True):
            low, last = self.bounds(timing, 0) if timing else (0, high)
            for part in expr.parts if isinstance(expr, OrExpr) else (expr,):
                if any(h.when == "that day" for h in happenings(part)) and not isinstance(part, NotExpr):
                    found.append(eventually(self.under(None, part, "unless"), low, last))
                elif isinstance(part, Happens | Counted | NoneSince):
                    found.append(self.plain(part, "unless"))
                else:
                    found.append(self.under(applies, part, "unless"))
        return disj(self.guarded(applies, found))

    def guarded(self, applies: Formula, found: Sequence[Formula]) -> list[Formula]:
        """Alternatives with the same free variables: over all that may be meant, or each together with `applies`."""
        wanted = list(dict.fromkeys(v for f in found for v in f.free))
        if all(self.scope[v].finite for f in found for v in wanted if v not in f.free):
            return self.evened(found, "unless")
        return [f if set(f.free) == set(applies.free) else conj(applies, f) for f in found]
