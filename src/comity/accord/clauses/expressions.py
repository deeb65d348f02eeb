"""Conditions as formulas that bind their variables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from comity.accord.clauses.connectives import BEGINS, among, both, conj, disj, exists, neg, once
from comity.accord.clauses.grammar import MOST_DAYS
from comity.accord.clauses.names import variables_in
from comity.accord.clauses.substitution import substitute
from comity.accord.clauses.tree import (
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
    Variable,
)
from comity.accord.formula import (
    Aggregate,
    Compare,
    Const,
    Formula,
    Interval,
    Not,
    Temporal,
    Term,
    Var,
)
from comity.words import InputError

if TYPE_CHECKING:
    from comity.accord.clauses.formulas import Meanings


class Expressions:
    """Formulas for the conditions of one clause; `read` collects the event kinds that they look at."""

    def __init__(self, all_: Meanings, clause: ClauseTree) -> None:
        self.all, self.clause, self.tree = all_, clause, all_.tree
        self.scope: dict[str, Variable] = {v.name: v for v in clause.variables}
        self.read = list[str]()
        self.fresh = 0

    def fail(self, what: str, name: str, hint: str | None = None) -> InputError:
        return InputError(what, file=self.tree.file, line=self.clause.line_of(name), field=name, hint=hint)

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
        if days > MOST_DAYS:
            raise self.fail("a date more than a hundred years after the accord begins", field)
        return days
