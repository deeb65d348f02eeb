"""What a formula says of a world in which not everything is known: may and must on every day, by binding.

Kleene's strong connectives with two bounds for each subformula, made aware of spans: an event whose whole span lies in
the window of ONCE, EVENTUALLY, SINCE or UNTIL is certain in it. Always sound: what must hold, holds in every completion
of the log. It is not complete where one event feeds several parts of a formula; `case` then looks at cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from comity.accord.formula import (
    Aggregate,
    Atom,
    Binary,
    Compare,
    Const,
    Formula,
    Let,
    Matches,
    Not,
    Prefix,
    Quantified,
    Temporal,
    Var,
    term_variables,
)
from comity.accord.monitorable import is_assignment
from comity.accord.verdicts.table import (
    Fact,
    Table,
    both,
    either,
    future,
    linked,
    met,
    moved,
    opposite,
    past,
    span,
    without,
)
from comity.accord.verdicts.values import ANY, Held, Row, Some, compared, concrete, evaluate_term, folded, matched, meet
from comity.accord.verdicts.world import World
from comity.words import InputError


class Evaluation:
    """Tables of subformulas in a world, each made once. Formulas are in normal form (`monitorable.normal_form`)."""

    def __init__(self, world: World, defined: dict[str, Table] | None = None) -> None:
        self.world, self.length = world, world.trace.length
        self.full = span(0, self.length - 1)
        self.defined = defined or {}
        self.known: dict[Formula, Table] = {}

    def closed(self, formula: Formula) -> Fact:
        """May and must of a formula without free variables."""
        rows = self.table(formula).rows.values()
        found = Fact(0, 0)
        for fact in rows:
            found = either(found, fact)
        return found

    def table(self, formula: Formula) -> Table:
        if formula not in self.known:
            self.known[formula] = self._made(formula)
        return self.known[formula]

    def _made(self, formula: Formula) -> Table:
        match formula:
            case Atom():
                return self._atom(formula)
            case Compare() | Matches():
                return self._test(formula)
            case Not(part):
                if part.free:
                    raise InputError(f"not monitorable: NOT stands alone before the free variables of {part}")
                return Table.of((), [((), opposite(self.closed(part), self.length))])
            case Binary("AND", left, right):
                return self._and(left, right)
            case Binary(_, left, right):
                a, b = self.table(left), self.table(right)
                return Table.of(a.columns, [*a.rows.items(), *_projected(b, a.columns)])
            case Quantified(_, _, part):
                return Table.of(formula.free, _projected(self.table(part), formula.free))
            case Prefix(op, interval, part):
                inner = self.table(part)
                if op in ("PREVIOUS", "NEXT"):
                    by = 1 if op == "PREVIOUS" else -1
                    return Table.of(
                        inner.columns, ((r, moved(f, by, interval, self.length)) for r, f in inner.rows.items())
                    )
                when = past if op == "ONCE" else future
                return Table.of(inner.columns, ((r, when(f, interval, self.length)) for r, f in inner.rows.items()))
            case Temporal():
                return self._temporal(formula)
            case Aggregate():
                return self._aggregate(formula)
            case Let(name, params, definition, body):
                inner = self.table(definition)
                table = Table.of(tuple(map(str, range(len(params)))), _projected(inner, params))
                return Evaluation(self.world, {**self.defined, name: table}).table(body)
        raise AssertionError(f"no meaning for {formula}")

    def _atom(self, atom: Atom) -> Table:
        table = self.defined[atom.name] if atom.name in self.defined else self.world.table(atom.name)
        first: dict[str, int] = {}
        for i, arg in enumerate(atom.args):
            if isinstance(arg, Var):
                first.setdefault(arg.name, i)
        plain = len(first) == len(atom.args)
        columns = tuple(first)

        def fitted() -> Iterator[tuple[Row, Fact]]:
            for row, fact in table.rows.items():
                if plain:
                    yield row, fact
                    continue
                bound, certain = dict[str, Held](), True
                for value, arg in zip(row, atom.args, strict=True):
                    name = arg.name if isinstance(arg, Var) else ""
                    other = bound.get(name, value) if name else evaluate_term(arg, (), ())
                    found = meet(other, value)
                    if found is None:
                        break
                    certain = certain and (found[1] or (bool(name) and name not in bound))
                    if name:
                        bound[name] = found[0]
                else:
                    yield tuple(bound[name] for name in columns), fact if certain else Fact(fact.may, 0)

        return Table.of(columns, fitted())

    def _test(self, formula: Compare | Matches) -> Table:
        if formula.free:  # a variable and a constant
            assert isinstance(formula, Compare)
            variable, term = (
                (formula.left, formula.right) if isinstance(formula.left, Var) else (formula.right, formula.left)
            )
            if not isinstance(variable, Var) or formula.op != "=" or term_variables(term):
                raise InputError(f"not monitorable: {formula} stands only beside a formula that binds it")
            return Table.of((variable.name,), [((evaluate_term(term, (), ()),), Fact(self.full, self.full))])
        true = compared(formula, (), ()) if isinstance(formula, Compare) else matched(formula, (), ())
        return Table.of((), [((), Fact(self.full, self.full))] if true else [])

    def _and(self, left: Formula, right: Formula) -> Table:
        table = self.table(left)
        positive = right.part if isinstance(right, Not) else right
        if isinstance(positive, Compare) and positive is right and is_assignment(right, set(table.columns)):
            return self._assigned(table, positive)
        if isinstance(positive, Compare | Matches) and set(positive.free) <= set(table.columns):
            return self._filtered(table, positive, wanted=positive is right)
        if isinstance(right, Not):
            return self._except(table, self.table(right.part))
        return self._join(table, self.table(right))

    def _assigned(self, table: Table, formula: Compare) -> Table:
        variable, term = formula.left, formula.right
        if not isinstance(variable, Var) or variable.name in table.columns:
            variable, term = formula.right, formula.left
        assert isinstance(variable, Var)
        added = ((*row, evaluate_term(term, table.columns, row)) for row in table.rows)
        return Table.of((*table.columns, variable.name), zip(added, table.rows.values(), strict=True))

    def _filtered(self, table: Table, formula: Compare | Matches, wanted: bool) -> Table:
        def kept() -> Iterator[tuple[Row, Fact]]:
            for row, fact in table.rows.items():
                found = (compared if isinstance(formula, Compare) else matched)(formula, table.columns, row)  # type: ignore[arg-type]
                if found is None:
                    yield _narrowed(formula, table.columns, row) if wanted else row, Fact(fact.may, 0)
                elif found == wanted:
                    yield row, fact

        return Table.of(table.columns, kept())

    def _join(self, a: Table, b: Table) -> Table:
        shared = tuple(name for name in a.columns if name in b.columns)
        more = tuple(name for name in b.columns if name not in a.columns)
        mine, theirs = [a.columns.index(n) for n in shared], [b.columns.index(n) for n in shared]
        rest = [b.columns.index(n) for n in more]
        known, vague = b.split(shared)
        everything = list(b.rows.items())

        def joined() -> Iterator[tuple[Row, Fact]]:
            for row, fact in a.rows.items():
                key = tuple(row[i] for i in mine)
                near = [*known.get(key, ()), *vague] if concrete(key) else everything
                for other, second in near:
                    found = met(key, tuple(other[i] for i in theirs))
                    if found is None or not fact.may & second.may:
                        continue
                    values = list(row)
                    for place, value in zip(mine, found[0], strict=True):
                        values[place] = value
                    one = both(fact, second)
                    yield (*values, *(other[i] for i in rest)), one if found[1] else Fact(one.may, 0)

        return Table.of((*a.columns, *more), joined())

    def _except(self, a: Table, b: Table) -> Table:
        look = _Lookup(b, a.columns)
        return Table.of(a.columns, ((row, without(fact, *look(row)[:2])) for row, fact in a.rows.items()))

    def _temporal(self, formula: Temporal) -> Table:
        right = self.table(formula.right)
        negated = isinstance(formula.left, Not)
        left = formula.left.part if isinstance(formula.left, Not) else formula.left
        look = _Lookup(self.table(left), right.columns)

        def found() -> Iterator[tuple[Row, Fact]]:
            for row, fact in right.rows.items():
                between = look(row)
                if negated:
                    between = opposite(between, self.length)
                yield row, linked(between, fact, formula.interval, self.length, back=formula.op == "SINCE")

        return Table.of(right.columns, found())

    def _aggregate(self, formula: Aggregate) -> Table:
        part = self.table(formula.part)
        places = [part.columns.index(name) for name in formula.groups]
        over = part.columns.index(formula.over)
        groups: dict[Row, list[tuple[Row, Fact]]] = defaultdict(list)
        vague: list[tuple[Row, Fact]] = []
        for row, fact in part.rows.items():
            key = tuple(row[i] for i in places)
            if concrete(key):
                groups[key].append((row, fact))
            else:
                vague.append((row, fact))
        if not formula.groups:
            groups.setdefault((), [])
        result = formula.result
        if not isinstance(result, Var):
            raise InputError(f"the result of an aggregation is a variable in {formula}")

        def found() -> Iterator[tuple[Row, Fact]]:
            for key, rows in groups.items():
                near = [(row, Fact(f.may, 0)) for row, f in vague if met(key, tuple(row[i] for i in places))]
                for start, end, certain, possible in _sweep([*rows, *near], self.length):
                    if formula.groups and not certain and not possible:
                        continue
                    for day in _days(start, end, certain, possible):
                        tag = (str(formula), key, day)
                        value = folded(
                            formula.op, [(r, r[over]) for r in certain], [(r, r[over]) for r in possible], tag
                        )
                        days = span(start, end) if day is None else 1 << day
                        must = days if certain or not formula.groups else 0
                        if value is not None:
                            yield (value, *key), Fact(days, must)
            for row, fact in vague:
                yield (ANY, *(row[i] for i in places)), Fact(fact.may, 0)

        return Table.of((result.name, *formula.groups), found())


class _Lookup:
    """May and must that a table gives to a row over other, wider columns."""

    def __init__(self, table: Table, columns: tuple[str, ...]) -> None:
        self.places = [columns.index(name) for name in table.columns]
        self.known, self.vague = table.split(table.columns)
        self.everything = list(table.rows.items())

    def __call__(self, row: Row) -> Fact:
        key = tuple(row[i] for i in self.places)
        found = Fact(0, 0)
        near: Iterable[tuple[Row, Fact]]
        near = [*self.known.get(key, ()), *self.vague] if concrete(key) else self.everything
        for other, fact in near:
            same = met(key, other)
            if same is not None:
                found = either(found, fact if same[1] else Fact(fact.may, 0))
        return found


def _narrowed(formula: Compare | Matches, columns: tuple[str, ...], row: Row) -> Row:
    """A row in which a value that has to equal a constant is that constant."""
    if isinstance(formula, Compare) and formula.op == "=":
        for one, other in ((formula.left, formula.right), (formula.right, formula.left)):
            if isinstance(one, Var) and isinstance(other, Const):
                place = columns.index(one.name)
                return (*row[:place], other.value, *row[place + 1 :])
    return row


def _projected(table: Table, columns: tuple[str, ...]) -> Iterator[tuple[Row, Fact]]:
    places = [table.columns.index(name) for name in columns]
    return ((tuple(row[i] for i in places), fact) for row, fact in table.rows.items())


def _days(start: int, end: int, certain: list[Row], possible: list[Row]) -> Iterable[int | None]:
    """None where one value serves the whole stretch; else each day, as what is not known may differ from day to day."""
    vague = possible or any(isinstance(value, Some) for row in certain for value in row)
    return range(start, end + 1) if vague else (None,)


def _sweep(rows: list[tuple[Row, Fact]], length: int) -> Iterator[tuple[int, int, list[Row], list[Row]]]:
    """Stretches of days on which the same rows are certain and the same are possible."""
    changes: dict[int, list[tuple[Row, int, bool]]] = defaultdict(list)
    changes[0], changes[length] = [], []
    for row, fact in rows:
        for days, kind in ((fact.must, 0), (fact.may & ~fact.must, 1)):
            edges = days ^ (days << 1)
            day = 0
            inside = False
            while edges >> day:
                low = (edges >> day) & -(edges >> day)
                day += low.bit_length() - 1
                inside = not inside
                changes[day].append((row, kind, inside))
                day += 1
    active: tuple[dict[Row, int], dict[Row, int]] = ({}, {})
    at = sorted(changes)
    for start, after in pairwise(at):
        for row, kind, inside in changes[start]:
            held = active[kind]
            held[row] = held.get(row, 0) + (1 if inside else -1)
            if not held[row]:
                del held[row]
        if start < length:
            certain = list(active[0])
            yield start, min(after, length) - 1, certain, [row for row in active[1] if row not in active[0]]
