"""What a clause means: two formulas of metric first-order temporal logic over calendar days (`Logic`).

`applies` says on which days and for whom the clause binds, `holds` what then has to be true. Every formula is guarded,
so that ``applies AND NOT holds`` has finite tables and a bounded future.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from comity.accord.clauses.names import RESERVED, happenings, parts, variables_in
from comity.accord.clauses.tree import (
    AccordTree,
    Act,
    AndExpr,
    Arg,
    Breach,
    ClauseTree,
    Counted,
    Expr,
    Happens,
    InForce,
    NoneSince,
    NotExpr,
    OnDate,
    OrExpr,
    Same,
    Timing,
    Variable,
)
from comity.accord.clauses.writing import written
from comity.accord.formula import (
    TRUE,
    Aggregate,
    Atom,
    Binary,
    Compare,
    Const,
    Formula,
    Interval,
    Not,
    Prefix,
    Quantified,
    Temporal,
    Term,
    Var,
)
from comity.words import EventKind, InputError, Logic, Modality

BEGINS = Atom("begins", ())


def conj(left: Formula, right: Formula) -> Formula:
    """Both; what `left` already says is not said twice."""
    if left == TRUE:
        return right
    if isinstance(right, Binary) and right.op == "AND":
        return conj(conj(left, right.left), right.right)
    return left if right == TRUE or right in conjuncts(left) else Binary("AND", left, right)


def both(parts_: Iterable[Formula]) -> Formula:
    """All of them; true if there are none."""
    found: Formula = TRUE
    for part in parts_:
        found = conj(found, part)
    return found


def neg(part: Formula) -> Formula:
    return part.part if isinstance(part, Not) else Not(part)


def conjuncts(formula: Formula) -> list[Formula]:
    """The parts of a conjunction that was built from the left."""
    found = list[Formula]()
    while isinstance(formula, Binary) and formula.op == "AND":
        found.append(formula.right)
        formula = formula.left
    return [formula, *reversed(found)]


def disj(parts_: Sequence[Formula]) -> Formula:
    return reduce(lambda a, b: Binary("OR", a, b), parts_)


def exists(names: Iterable[str], part: Formula) -> Formula:
    bound = tuple(n for n in dict.fromkeys(names) if n in part.free)
    return Quantified("EXISTS", bound, part) if bound else part


def among(name: str, ids: Sequence[str]) -> Formula:
    """``name`` is one of `ids`."""
    return disj([Compare("=", Var(name), Const(i)) for i in ids])


def once(part: Formula, low: int = 0, high: int | None = None) -> Formula:
    return Prefix("ONCE", Interval(low, high), part)


def eventually(part: Formula, low: int, high: int) -> Formula:
    return part if (low, high) == (0, 0) else Prefix("EVENTUALLY", Interval(low, high), part)


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


class Meanings:
    """Meanings of the clauses of one accord; a clause may refer to the breach of another."""

    def __init__(self, tree: AccordTree) -> None:
        self.tree = tree
        self.clauses = {clause.id: clause for clause in tree.clauses}
        self.definitions = {d.name: d for d in tree.definitions}
        self.domains = {
            "party": tuple(name for name, _ in tree.parties),
            "body": tuple(name for name, _ in tree.bodies),
            "zone": tuple(z.id for z in tree.zones),
        }
        self.arguments = _arguments(tree)
        self._done: dict[str, Meaning] = {}
        self._under_way: list[str] = []

    def events(self) -> tuple[EventKind, ...]:
        return tuple(EventKind(e.name, self.arguments[e.name], e.reads) for e in self.tree.events)

    def of(self, clause_id: str) -> Meaning:
        """The meaning of a clause that has one. Raises InputError."""
        if clause_id in self._under_way:
            clause = self.clauses[clause_id]
            raise InputError(
                f"clause {clause_id} is defined by its own breach", file=self.tree.file, line=clause.line_of("when"),
                field="when",
                hint="break the circle " + " → ".join([*self._under_way, clause_id]),
            )  # fmt: skip
        if clause_id not in self._done:
            self._under_way.append(clause_id)
            self._done[clause_id] = _Clause(self, self.clauses[clause_id]).meaning()
            self._under_way.pop()
        return self._done[clause_id]

    def in_force(self) -> Formula:
        """The event that is true on the first day in force."""
        if self.tree.begins_on is None:
            return BEGINS
        wildcards = list[str]()
        atom = self.atom(self.tree.begins_on, {}, wildcards)
        return exists(wildcards, atom)

    def atom(self, happens: Happens, keep: Mapping[str, str], wildcards: list[str]) -> Formula:
        """The atom of an event. What does not matter becomes a fresh variable, listed in `wildcards`.

        `keep` names variables for arguments that the incident fills in itself ("id", "source", "count").
        """
        terms = list[Term]()
        declared = iter(happens.args)
        for name in self.arguments[happens.event]:
            arg = Arg("any", "any") if name in RESERVED else next(declared)
            if name in keep:
                terms.append(Var(keep[name]))
            elif arg.kind == "any":
                wildcards.append(f"x{len(wildcards) + 1}_{name}")
                terms.append(Var(wildcards[-1]))
            elif arg.kind == "text" or arg.value in self.known_ids:
                terms.append(Const(arg.value))
            else:
                terms.append(Var(arg.value))
        return Atom(happens.event, tuple(terms))

    @property
    def known_ids(self) -> tuple[str, ...]:
        return tuple(i for ids in self.domains.values() for i in ids)

    def delay(self, clause_id: str) -> int:
        """Days from a day on which a clause applies until its breach is certain."""
        window = self.of(clause_id).window
        return window[1] if window else 0


def _arguments(tree: AccordTree) -> dict[str, tuple[str, ...]]:
    """Arguments of every event kind, those that incidents fill in last and only where some clause counts."""
    ids, sources = set[str](), set[str]()
    exprs = [e for c in tree.clauses for e in _expressions(c)] + [d.means for d in tree.definitions]
    for expr in exprs:
        for part in parts(expr):
            if isinstance(part, Counted):
                ids.add(part.happening.event)
                if part.sources > 1:
                    sources.add(part.happening.event)
    return {
        e.name: (
            *(name for name, _ in e.arguments),
            *(("source",) if e.name in sources else ()),
            *(("id",) if e.name in ids else ()),
        )
        for e in tree.events
    }


def _expressions(clause: ClauseTree) -> list[Expr]:
    found = [*clause.conditions, *clause.unless, *clause.exceptions, *clause.only, *clause.terminated]
    found += [e for e in (clause.when, clause.in_step) if e is not None]
    return found + list(clause.suspended or ())


class _Clause:
    """Builds the formulas of one clause."""

    def __init__(self, all_: Meanings, clause: ClauseTree) -> None:
        self.all, self.clause, self.tree = all_, clause, all_.tree
        self.scope: dict[str, Variable] = {v.name: v for v in clause.variables}
        self.read = list[str]()
        self.fresh = 0

    def fail(self, what: str, name: str, hint: str | None = None) -> InputError:
        return InputError(what, file=self.tree.file, line=self.clause.line_of(name), field=name, hint=hint)

    # --- expressions ---

    def plain(self, expr: Expr, field: str) -> Formula:
        """A formula for an expression that stands by itself."""
        match expr:
            case Happens("", ()):
                raise AssertionError
            case Happens(when="ever"):
                return once(self.event(expr, field))
            case Happens(when="within", days=days):
                return once(self.event(expr, field), 0, days)
            case Happens(when="ago", days=days):
                return once(self.event(expr, field), days)
            case Happens():
                return self.event(expr, field)
            case InForce():
                return self.begins()
            case OnDate(day):
                offset = self.offset(day.toordinal(), field)
                return once(BEGINS, offset, offset)
            case Counted():
                return self.counted(expr, field)
            case Breach(clause_id):
                return self.breach(clause_id, field)
            case NoneSince(avoided, start):
                left, right = self.event(avoided, field), self.event(start, field)
                if not set(left.free) <= set(right.free):
                    raise self.fail(
                        f"{avoided} names what {start} does not", field, "name the same in both, or write any"
                    )
                return Temporal("SINCE", Interval(), Not(left), right)
        return self.under(None, expr, field)

    def under(self, base: Formula | None, expr: Expr, field: str) -> Formula:
        """`base` and `expr`; without `base`, `expr` must bind its variables itself."""
        match expr:
            case AndExpr(parts_):
                ordered = sorted(parts_, key=lambda p: isinstance(p, NotExpr | Same | OrExpr))
                for part in ordered:
                    base = self.under(base, part, field)
                assert base is not None
                return base
            case OrExpr(parts_):
                branches = [self.under(base, part, field) for part in parts_]
                return disj(self.evened(branches, field))
            case Same(name, value, negated):
                term: Term = (
                    Var(value.value) if value.kind == "name" and value.value in self.scope else Const(value.value)
                )
                equal = Compare("=", Var(name), term)
                if base is None:
                    base = self.domain(name, field)
                if name not in base.free and self.scope[name].finite:
                    base = conj(base, self.domain(name, field))
                return conj(base, Not(equal) if negated else equal)
            case NotExpr(part):
                if base is None:
                    base = self.domains(variables_in(part, self.scope), field)
                missing = [v for v in variables_in(part, self.scope) if v not in base.free]
                if missing:
                    base = conj(base, self.domains(missing, field))
                compound = isinstance(part, AndExpr | OrExpr | Same | NotExpr)
                return conj(base, Not(self.under(base, part, field) if compound else self.plain(part, field)))
        found = self.plain(expr, field)
        return found if base is None else conj(base, found)

    def evened(self, branches: Sequence[Formula], field: str) -> list[Formula]:
        """Alternatives with the same free variables: who is missing in one ranges over all that it may be."""
        wanted = list(dict.fromkeys(v for b in branches for v in b.free))
        done = list[Formula]()
        for branch in branches:
            missing = [v for v in wanted if v not in branch.free]
            done.append(conj(branch, self.domains(missing, field)) if missing else branch)
        return done

    def domain(self, name: str, field: str) -> Formula:
        variable = self.scope[name]
        if not variable.finite:
            raise self.fail(
                f"nothing says which {variable.sort} is meant", field,
                f"name {name} in the event that starts the clause (when: …)",
            )  # fmt: skip
        return among(name, variable.among)

    def domains(self, names: Iterable[str], field: str) -> Formula:
        return both([self.domain(name, field) for name in names])

    def event(self, happens: Happens, field: str, keep: Mapping[str, str] | None = None) -> Formula:
        """The event of a day: an atom, or what a definition says."""
        if happens.event in self.all.definitions:
            return self.defined(happens, field)
        self.note(happens.event)
        wildcards = list[str]()
        atom = self.all.atom(happens, keep or {}, wildcards)
        return exists(wildcards, atom)

    def note(self, event: str) -> None:
        if event not in self.read:
            self.read.append(event)

    def defined(self, happens: Happens, field: str) -> Formula:
        definition = self.all.definitions[happens.event]
        values: dict[str, Arg] = {}
        local = list[str]()
        outer = dict(self.scope)
        for (param, sort), arg in zip(definition.params, happens.args, strict=True):
            if arg.kind == "any":
                self.fresh += 1
                name = f"x{self.fresh}_some_{param}"
                domain = self.all.domains.get(sort, ())
                self.scope[name] = Variable(name, sort, domain)
                local.append(name)
                values[param] = Arg(name)
            else:
                values[param] = arg
        formula = self.under(None, substitute(definition.means, values), field)
        self.scope = outer
        return exists(local, formula)

    def begins(self) -> Formula:
        if self.tree.begins_on is not None:
            self.note(self.tree.begins_on.event)
        return self.all.in_force()

    def counted(self, expr: Counted, field: str) -> Formula:
        """So many in so many days; the tables of both counts are grouped by the variables of the event."""
        happening = expr.happening
        if happening.event in self.all.definitions:
            raise self.fail(f"{happening.event} is a definition", field, "thresholds count events that are reported")
        groups = tuple(variables_in(happening, self.scope))
        summed = "count" in self.all.arguments[happening.event]
        keep = {"id": "x_id", "count": "x_count"} if summed else {"id": "x_id"}
        rows = once(self.event(happening, field, keep), 0, expr.days - 1)
        number = Aggregate(Var("x_c"), "SUM" if summed else "CNT", "x_count" if summed else "x_id", groups, rows)
        found: Formula = conj(number, Compare("<=", Const(expr.least), Var("x_c")))
        if expr.sources > 1:
            told = once(self.event(happening, field, {"source": "x_source"}), 0, expr.days - 1)
            sources = Aggregate(Var("x_m"), "CNT", "x_source", groups, told)
            found = conj(conj(found, sources), Compare("<=", Const(expr.sources), Var("x_m")))
        return exists(("x_c", "x_m"), found)

    def breach(self, clause_id: str, field: str) -> Formula:
        if clause_id not in self.all.clauses:
            raise self.fail(f"unknown clause {clause_id!r}", field)
        other = self.all.clauses[clause_id]
        if other.why_not:
            raise self.fail(f"clause {clause_id} cannot be monitored, so no breach of it is ever found", field)
        meaning = self.all.of(clause_id)
        for event in meaning.scope:
            self.note(event)
        extra = [p for p in meaning.params if p not in self.scope]
        return exists(extra, conj(meaning.applies, neg(meaning.holds)))

    def offset(self, ordinal: int, field: str) -> int:
        """Days from the first day in force to a date."""
        if self.tree.starts is None:
            raise self.fail(
                "a date, but nobody knows when the accord begins", field, "write in the header: in force from: DATE"
            )
        days = ordinal - self.tree.starts.toordinal()
        if days < 0:
            raise self.fail(f"a date before the accord is in force ({self.tree.starts.isoformat()})", field)
        return days

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

    # --- the whole ---

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
                base = self.under(base, _ever(clause.when), "when")
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
                base = self.under(base, _ever(clause.when), "when")
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


def _ever(expr: Expr) -> Expr:
    """What started a state: the event has happened."""
    return replace(expr, when="ever") if isinstance(expr, Happens) and expr.when == "that day" else expr


def substitute(expr: Expr, values: Mapping[str, Arg]) -> Expr:
    """`expr` with its parameters replaced."""

    def arg(a: Arg) -> Arg:
        return values.get(a.value, a) if a.kind == "name" else a

    def one(happens: Happens) -> Happens:
        return replace(happens, args=tuple(map(arg, happens.args)))

    go: Callable[[Expr], Expr] = lambda e: substitute(e, values)  # noqa: E731
    match expr:
        case Happens():
            return one(expr)
        case NoneSince(avoided, start):
            return NoneSince(one(avoided), one(start))
        case Counted():
            return replace(expr, happening=one(expr.happening))
        case Same(name, value, negated):
            return Same(values[name].value if name in values else name, arg(value), negated)
        case NotExpr(part):
            return NotExpr(go(part))
        case AndExpr(parts_):
            return AndExpr(tuple(map(go, parts_)))
        case OrExpr(parts_):
            return OrExpr(tuple(map(go, parts_)))
    return expr
