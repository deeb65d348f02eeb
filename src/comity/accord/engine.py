"""The monitor: one operator object per subformula, each a function of the stream of time-points.

`step` takes a time-point and returns the tables that became decided, in order of time-point. A table is a set of rows
over the operator's columns; what a past operator returns may be a live view, so whoever keeps a table copies it
(`keep`). Tables of temporal operators are keyed by binding and hold the time and the index of a witness.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from comity.accord.formula import (
    Aggregate,
    Atom,
    Binary,
    Compare,
    Const,
    Formula,
    Interval,
    Let,
    Matches,
    Not,
    Prefix,
    Quantified,
    Temporal,
    Term,
    Var,
    term_variables,
)
from comity.accord.log import Database, Row, TimePoint
from comity.accord.monitorable import check, normal_form
from comity.accord.syntax import Signature
from comity.accord.terms import compile_comparison, compile_term
from comity.words import InputError

Table = Collection[Row]
_NONE: Row = ()
_YES: frozenset[Row] = frozenset([_NONE])
_NO: frozenset[Row] = frozenset()


def projector(columns: tuple[str, ...], wanted: tuple[str, ...]) -> Callable[[Row], Row]:
    """A function from rows over `columns` to rows over `wanted`."""
    places = [columns.index(name) for name in wanted]
    if places == list(range(len(columns))):
        return lambda row: row
    if not places:
        return lambda row: _NONE
    if len(places) == 1:
        (place,) = places
        return lambda row: (row[place],)
    return itemgetter(*places)


class Operator:
    """Base of operators. `prompt` operators decide each time-point when it comes."""

    columns: tuple[str, ...]
    prompt = True

    def step(self, tp: int, time: float, events: Database) -> list[Table]:
        raise NotImplementedError


def keep(table: Table) -> Table:
    return table if isinstance(table, frozenset) else frozenset(table)


class AtomOperator(Operator):
    def __init__(self, atom: Atom) -> None:
        self.name, self.columns = atom.name, atom.free
        constants = [(i, compile_term(a, ())(())) for i, a in enumerate(atom.args) if not isinstance(a, Var)]
        first: dict[str, int] = {}
        repeated = list[tuple[int, int]]()
        for i, arg in enumerate(atom.args):
            if isinstance(arg, Var):
                if arg.name in first:
                    repeated.append((i, first[arg.name]))
                else:
                    first[arg.name] = i
        places = tuple(first.values())
        self.plain = not constants and not repeated
        self.constants, self.repeated = constants, repeated
        self.take = projector(tuple(map(str, range(len(atom.args)))), tuple(map(str, places)))

    def step(self, tp: int, time: float, events: Database) -> list[Table]:
        rows = events.get(self.name)
        if not rows:
            return [_NO]
        if self.plain:
            return [rows]
        return [{self.take(row) for row in rows if self._fits(row)}]

    def _fits(self, row: Row) -> bool:
        return all(row[i] == v for i, v in self.constants) and all(row[i] == row[j] for i, j in self.repeated)


class Constant(Operator):
    """The same table at every time-point."""

    def __init__(self, columns: tuple[str, ...], table: frozenset[Row]) -> None:
        self.columns, self.table = columns, table

    def step(self, tp: int, time: float, events: Database) -> list[Table]:
        return [self.table]


class Mapped(Operator):
    """A function of each table of one operator."""

    def __init__(self, child: Operator, columns: tuple[str, ...], function: Callable[[Table], Table]) -> None:
        self.child, self.columns, self.function, self.prompt = child, columns, function, child.prompt

    def step(self, tp: int, time: float, events: Database) -> list[Table]:
        return [self.function(table) for table in self.child.step(tp, time, events)]


class Paired(Operator):
    """A function of the tables that two operators give for the same time-point."""

    def __init__(
        self, left: Operator, right: Operator, columns: tuple[str, ...], function: Callable[[Table, Table], Table]
    ) -> None:
        self.left, self.right, self.columns, self.function = left, right, columns, function
        self.prompt = left.prompt and right.prompt
        self.waiting: tuple[deque[Table], deque[Table]] = (deque(), deque())

    def step(self, tp: int, time: float, events: Database) -> list[Table]:
        left, right = self.left.step(tp, time, events), self.right.step(tp, time, events)
        if self.prompt:
            return [self.function(left[0], right[0])]
        lefts, rights = self.waiting
        lefts.extend(map(keep, left))
        rights.extend(map(keep, right))
        done = list[Table]()
        while lefts and rights:
            done.append(self.function(lefts.popleft(), rights.popleft()))
        return done


class Previous(Operator):
    """The child's table of the time-point before, if the time between lies in the interval."""

    def __init__(self, child: Operator, interval: Interval) -> None:
        self.child, self.columns, self.interval, self.prompt = child, child.columns, interval, child.prompt
        self.times: deque[float] = deque()
        self.tables: deque[Table] = deque()

    def step(self, tp: int, time: float, events: Database) -> list[Table]:
        done: list[Table] = [] if tp else [_NO]
        self.times.append(time)
        new = self.child.step(tp, time, events)
        # A table of an earlier time-point serves this one before the child's new tables come in.
        self.tables.extend(map(keep, new))
        while self.tables and len(self.times) > 1:
            then = self.times.popleft()
            table = self.tables.popleft()
            done.append(table if self.times[0] - then in self.interval else _NO)
        return done


class Next(Operator):
    prompt = False

    def __init__(self, child: Operator, interval: Interval) -> None:
        self.child, self.columns, self.interval = child, child.columns, interval
        self.times: deque[float] = deque()
        self.seen = 0

    def step(self, tp: int, time: float, events: Database) -> list[Table]:
        self.times.append(time)
        done = list[Table]()
        for table in self.child.step(tp, time, events):
            if self.seen:
                then = self.times.popleft()
                done.append(keep(table) if self.times[0] - then in self.interval else _NO)
            self.seen += 1
        return done


@dataclass
class Guard:
    """What must hold between: nothing (`kind` "true"), the left operand ("held") or its negation ("absent")."""

    kind: str
    key: Callable[[Row], Row]
    """From a binding of the right operand to a row of the left one."""


class Since(Operator):
    """``left SINCE[interval] right``; with no left operand, ``ONCE``.

    `ready` maps a binding to the time and index of its newest witness old enough to count; `young` holds witnesses
    that are not old enough yet, with the time-point they came at.
    """

    def __init__(self, left: Operator | None, right: Operator, guard: Guard, interval: Interval) -> None:
        self.left, self.right, self.guard, self.interval = left, right, guard, interval
        self.columns = right.columns
        self.prompt = right.prompt and (left is None or left.prompt)
        self.ready: dict[Row, tuple[float, int]] = {}
        self.young: deque[tuple[float, int, Row]] = deque()
        self.old: deque[tuple[float, int, Row]] = deque()
        self.bindings: defaultdict[Row, set[Row]] = defaultdict(set)
        self.broken: dict[Row, int] = {}
        self.run: dict[Row, int] = {}
        self.waiting: tuple[deque[Table], deque[Table], deque[tuple[int, float]]] = (deque(), deque(), deque())

    def step(self, tp: int, time: float, events: Database) -> list[Table]:
        right = self.right.step(tp, time, events)
        left = self.left.step(tp, time, events) if self.left else [_YES]
        if self.prompt:
            return [self.advance(tp, time, left[0], right[0])]
        lefts, rights, times = self.waiting
        times.append((tp, time))
        if self.left:
            lefts.extend(map(keep, left))
        rights.extend(map(keep, right))
        done = list[Table]()
        while rights and (lefts or not self.left):
            then, at = times.popleft()
            guard = lefts.popleft() if self.left else _YES
            done.append(keep(self.advance(then, at, guard, rights.popleft())))
        return done

    def advance(self, tp: int, time: float, left: Table, right: Table) -> Table:
        interval, young, old = self.interval, self.young, self.old
        if self.guard.kind == "absent":
            self._forbid(tp, left)
        elif self.guard.kind == "held":
            self._require(tp, left)
        if interval.bounded:
            while old and interval.above(time - old[0][0]):
                then, at, row = old.popleft()
                if self.ready.get(row) == (then, at):
                    del self.ready[row]
        if interval.low or interval.open_low:
            young.extend((time, tp, row) for row in right)
            while young and not interval.below(time - young[0][0]):
                then, at, row = young.popleft()
                if self._unbroken(row, at) and not interval.above(time - then):
                    self._admit(row, then, at)
        else:
            for row in right:
                self._admit(row, time, tp)
        return self.ready.keys()

    def _admit(self, row: Row, time: float, tp: int) -> None:
        self.ready[row] = (time, tp)
        if self.interval.bounded:
            self.old.append((time, tp, row))
        if self.guard.kind == "absent":
            self.bindings[self.guard.key(row)].add(row)

    def _forbid(self, tp: int, left: Table) -> None:
        """Drop what the left operand's negation forbids; remember when, for witnesses still young."""
        remember = self.interval.low or self.interval.open_low
        for key in left:
            for row in self.bindings.pop(key, ()):
                self.ready.pop(row, None)
            if remember:
                self.broken[key] = tp
        if len(self.broken) > 64 and len(self.broken) > 4 * len(self.young):
            first = self.young[0][1] if self.young else tp
            self.broken = {key: at for key, at in self.broken.items() if at > first}
        if len(self.bindings) > 64 and len(self.bindings) > 4 * len(self.ready):
            self.bindings.clear()
            for row in self.ready:
                self.bindings[self.guard.key(row)].add(row)

    def _require(self, tp: int, left: Table) -> None:
        """Drop what the left operand no longer holds for; `run` keeps since which time-point it holds."""
        key = self.guard.key
        self.run = {row: self.run.get(row, tp) for row in left}
        for row in [row for row in self.ready if key(row) not in self.run]:
            del self.ready[row]

    def _unbroken(self, row: Row, at: int) -> bool:
        if self.guard.kind == "absent":
            return self.broken.get(self.guard.key(row), -1) <= at
        if self.guard.kind == "held":
            return self.run.get(self.guard.key(row), math.inf) <= at + 1
        return True


class Until(Operator):
    """``left UNTIL[interval] right``; with no left operand, ``EVENTUALLY``.

    A witness at time-point j serves all i from `low` to `high`: those within the interval since which the left operand
    held without a gap. It is entered once, at `low`, and leaves after `high`; so each costs a constant.
    """

    prompt = False

    def __init__(self, left: Operator | None, right: Operator, guard: Guard, interval: Interval) -> None:
        self.left, self.right, self.guard, self.interval = left, right, guard, interval
        self.columns = right.columns
        self.waiting: tuple[deque[Table], deque[Table], deque[tuple[int, float]]] = (deque(), deque(), deque())
        self.open: deque[tuple[int, float]] = deque()
        self.eligible = 0  # how many of `open` are old enough for a witness now
        self.starts: defaultdict[int, list[tuple[Row, int]]] = defaultdict(list)
        self.ends: defaultdict[int, list[Row]] = defaultdict(list)
        self.active: dict[Row, int] = {}
        self.broken: dict[Row, int] = {}
        self.run: dict[Row, int] = {}

    def step(self, tp: int, time: float, events: Database) -> list[Table]:
        lefts, rights, times = self.waiting
        times.append((tp, time))
        rights.extend(map(keep, self.right.step(tp, time, events)))
        if self.left:
            lefts.extend(map(keep, self.left.step(tp, time, events)))
        done = list[Table]()
        # The clock closes time-points even while the operands are still undecided for later ones.
        while rights and (lefts or not self.left):
            then, at = times.popleft()
            self._close(at, done)
            self._witness(then, at, lefts.popleft() if self.left else _YES, rights.popleft())
        if times:
            self._close(times[0][1], done)
        return done

    def _close(self, now: float, done: list[Table]) -> None:
        while self.open and self.interval.above(now - self.open[0][1]):
            i, _ = self.open.popleft()
            self.eligible = max(0, self.eligible - 1)
            for row, high in self.starts.pop(i, ()):
                if self.active.get(row, -1) < high:
                    self.active[row] = high
                    self.ends[high].append(row)
            done.append(frozenset(self.active))
            for row in self.ends.pop(i, ()):
                if self.active.get(row) == i:
                    del self.active[row]

    def _witness(self, tp: int, time: float, left: Table, right: Table) -> None:
        open_, interval = self.open, self.interval
        open_.append((tp, time))
        while self.eligible < len(open_) and not interval.below(time - open_[self.eligible][1]):
            self.eligible += 1
        if self.eligible:
            first, high = open_[0][0], open_[self.eligible - 1][0]
            for row in right:
                low = max(first, self._since(row, tp))
                if low <= high:
                    self.starts[low].append((row, high))
        if self.guard.kind == "absent":
            for key in left:
                self.broken[key] = tp
            if len(self.broken) > 64 and len(self.broken) > 4 * len(open_):
                self.broken = {key: at for key, at in self.broken.items() if at >= open_[0][0]}
        elif self.guard.kind == "held":
            self.run = {row: self.run.get(row, tp) for row in left}

    def _since(self, row: Row, tp: int) -> int:
        """First time-point from which the left operand holds up to the one before `tp`."""
        if self.guard.kind == "absent":
            return self.broken.get(self.guard.key(row), -1) + 1
        if self.guard.kind == "held":
            return self.run.get(self.guard.key(row), tp)
        return 0


class LetOperator(Operator):
    """Feeds the decided tables of a definition to the body as one more predicate."""

    def __init__(self, name: str, definition: Operator, params: tuple[str, ...], body: Operator) -> None:
        self.name, self.definition, self.body = name, definition, body
        self.columns, self.prompt = body.columns, definition.prompt and body.prompt
        self.order = projector(definition.columns, params)
        self.waiting: deque[tuple[int, float, Database]] = deque()

    def step(self, tp: int, time: float, events: Database) -> list[Table]:
        self.waiting.append((tp, time, events))
        done = list[Table]()
        for table in self.definition.step(tp, time, events):
            then, at, known = self.waiting.popleft()
            defined = {self.order(row) for row in table}
            done.extend(map(keep, self.body.step(then, at, {**known, self.name: defined})))
        return done


# --- building ------------------------------------------------------------------------------------------------------


def join(left: Operator, right: Operator) -> Operator:
    """Natural join; a semi-join where one side binds nothing new, without touching the larger table."""
    shared = tuple(v for v in left.columns if v in right.columns)
    added = tuple(v for v in right.columns if v not in left.columns)
    left_key, right_key = projector(left.columns, shared), projector(right.columns, shared)
    if not added and right.columns == shared:
        return Paired(left, right, left.columns, lambda a, b: {row for row in a if left_key(row) in b} if b else _NO)
    if not added:
        place = projector(left.columns, right.columns)
        return Paired(left, right, left.columns, lambda a, b: {row for row in a if place(row) in b} if b else _NO)
    rest = projector(right.columns, added)

    def joined(a: Table, b: Table) -> Table:
        if not a or not b:
            return _NO
        index = defaultdict[Row, list[Row]](list)
        if len(a) < len(b):
            for row in a:
                index[left_key(row)].append(row)
            return {row + rest(other) for other in b for row in index.get(right_key(other), ())}
        for other in b:
            index[right_key(other)].append(rest(other))
        return {row + tail for row in a for tail in index.get(left_key(row), ())}

    return Paired(left, right, (*left.columns, *added), joined)


def antijoin(left: Operator, right: Operator) -> Operator:
    key = projector(left.columns, right.columns)
    return Paired(left, right, left.columns, lambda a, b: {row for row in a if key(row) not in b} if b else a)


def _filtered(child: Operator, test: Callable[[Row], bool]) -> Operator:
    return Mapped(child, child.columns, lambda table: {row for row in table if test(row)})


def _extended(child: Operator, comparison: Compare) -> Operator:
    """``child AND x = t`` for a new variable x."""
    variable, term = comparison.left, comparison.right
    if not isinstance(variable, Var) or variable.name in child.columns:
        variable, term = comparison.right, comparison.left
    assert isinstance(variable, Var)
    value = compile_term(term, child.columns)
    return Mapped(child, (*child.columns, variable.name), lambda table: {(*row, value(row)) for row in table})


def _matching(child: Operator, matches: Matches, negated: bool) -> Operator:
    pattern = re.compile(_regex(matches.pattern), re.DOTALL)
    text = compile_term(matches.term, child.columns)
    new = list[str]()
    for group in matches.groups:
        if isinstance(group, Var) and group.name not in child.columns and group.name not in new:
            new.append(group.name)
    columns = child.columns if negated else (*child.columns, *new)

    def bound(row: Row) -> Iterator[Row]:
        found = pattern.search(text(row))
        if not found:
            return
        values: dict[str, Any] = {}
        for term, value in zip(matches.groups, found.groups(), strict=False):
            if term is None:
                continue
            if isinstance(term, Var) and term.name in new:
                if values.setdefault(term.name, value) != value:
                    return
            elif compile_term(term, child.columns)(row) != value:
                return
        yield (*row, *(values[name] for name in new))

    def function(table: Table) -> Table:
        if negated:
            return {row for row in table if not any(True for _ in bound(row))}
        return {result for row in table for result in bound(row)}

    return Mapped(child, columns, function)


def _regex(pattern: str) -> str:
    """OCaml's `Str` syntax in Python's: brackets and the bar are literal unless escaped."""
    out, i = [], 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\" and i + 1 < len(pattern):
            out.append(pattern[i + 1] if pattern[i + 1] in "()|" else pattern[i : i + 2])
            i += 1
        else:
            out.append("\\" + c if c in "()|{}" else c)
        i += 1
    return "".join(out)


_EMPTY: dict[str, dict[str, Any]] = {
    "int": {"CNT": 0, "SUM": 0, "AVG": 0.0, "MED": 0.0, "MIN": 0, "MAX": 0},
    "float": {"CNT": 0, "SUM": 0.0, "AVG": 0.0, "MED": 0.0, "MIN": math.inf, "MAX": -math.inf},
    "string": {"CNT": 0, "MIN": "", "MAX": ""},
}


def _median(values: list[Any]) -> Any:
    return float(statistics.median(values))


_AGGREGATES: dict[str, Callable[[list[Any]], Any]] = {
    "CNT": len,
    "SUM": sum,
    "AVG": lambda values: sum(values) / len(values),
    "MED": _median,
    "MIN": min,
    "MAX": max,
}


def _aggregated(child: Operator, formula: Aggregate, kind: str) -> Operator:
    value, group = itemgetter(child.columns.index(formula.over)), projector(child.columns, formula.groups)
    fold, empty = _AGGREGATES[formula.op], _EMPTY[kind].get(formula.op)
    result = formula.result
    columns = (*((result.name,) if isinstance(result, Var) else ()), *formula.groups)
    wanted = None if isinstance(result, Var) else compile_term(result, ())(())

    def function(table: Table) -> Table:
        if not table:
            if formula.groups:
                return _NO
            results: dict[Row, Any] = {_NONE: empty}
        else:
            grouped = defaultdict[Row, list[Any]](list)
            for row in table:
                grouped[group(row)].append(value(row))
            results = {key: fold(values) for key, values in grouped.items()}
        if wanted is not None:
            return {key for key, found in results.items() if found == wanted}
        return {(found, *key) for key, found in results.items()}

    return Mapped(child, columns, function)


Types = dict[str, tuple[str, ...]]


def term_type(term: Term, variables: dict[str, str]) -> str:
    """The type of a term, "int", "float" or "string", given those of its variables."""
    if isinstance(term, Const):
        return "string" if isinstance(term.value, str) else "int" if isinstance(term.value, int) else "float"
    if isinstance(term, Var):
        return variables.get(term.name, "int")
    ends = {"i": "int", "f": "float", "s": "string"}
    if len(term.function) == 3 and term.function[1] == "2":
        return ends.get(term.function[2], "int")
    return term_type(term.args[0], variables)


def variable_types(formula: Formula, types: Types) -> dict[str, str]:
    """Types of the free variables of a formula."""
    found: dict[str, str] = {}
    match formula:
        case Atom(name, args):
            for kind, arg in zip(types.get(name, ()), args, strict=False):
                if isinstance(arg, Var):
                    found[arg.name] = kind
        case Let(name, params, definition, body):
            inner = variable_types(definition, types)
            return variable_types(body, {**types, name: tuple(inner.get(p, "int") for p in params)})
        case Aggregate(result, op, over, groups, part):
            inner = variable_types(part, types)
            found = {g: inner.get(g, "int") for g in groups}
            if isinstance(result, Var):
                kinds = {"CNT": "int", "AVG": "float", "MED": "float"}
                found[result.name] = kinds.get(op, inner.get(over, "int"))
        case Compare("=", left, right):
            for variable, term in ((left, right), (right, left)):
                if isinstance(variable, Var) and not term_variables(term):
                    found[variable.name] = term_type(term, {})
        case _:
            for part in formula.parts:
                found = {**variable_types(part, types), **found}
            if isinstance(formula, Binary) and isinstance(formula.right, Compare) and formula.right.op == "=":
                for variable, term in (
                    (formula.right.left, formula.right.right), (formula.right.right, formula.right.left)
                ):  # fmt: skip
                    if isinstance(variable, Var) and variable.name not in found:
                        found[variable.name] = term_type(term, found)
    return found


def build(formula: Formula, types: Types) -> Operator:
    """The operator of a formula in normal form that passed `monitorable.check`."""
    match formula:
        case Atom():
            return AtomOperator(formula)
        case Compare():
            return _constant(formula)
        case Matches():
            return _matching(Constant((), _YES), formula, False)
        case Not(part):
            return Mapped(build(part, types), (), lambda table: _NO if table else _YES)
        case Binary("AND", left, right):
            return _conjunction(build(left, types), right, types)
        case Binary("OR", left, right):
            first, second = build(left, types), build(right, types)
            order = projector(second.columns, first.columns)
            return Paired(first, second, first.columns, lambda a, b: {*a, *map(order, b)} if b else a)
        case Quantified(_, names, part):
            child = build(part, types)
            columns = tuple(v for v in child.columns if v not in names)
            drop = projector(child.columns, columns)
            return Mapped(child, columns, lambda table: {drop(row) for row in table})
        case Prefix("PREVIOUS", interval, part):
            return Previous(build(part, types), interval)
        case Prefix("NEXT", interval, part):
            return Next(build(part, types), interval)
        case Prefix("ONCE", interval, part):
            return Since(None, build(part, types), Guard("true", lambda row: row), interval)
        case Prefix("EVENTUALLY", interval, part):
            return Until(None, build(part, types), Guard("true", lambda row: row), interval)
        case Temporal(op, interval, left, right):
            second = build(right, types)
            first = build(left.part if isinstance(left, Not) else left, types)
            guard = Guard("absent" if isinstance(left, Not) else "held", projector(second.columns, first.columns))
            return (Since if op == "SINCE" else Until)(first, second, guard, interval)
        case Aggregate(_, _, over, _, part):
            return _aggregated(build(part, types), formula, variable_types(part, types).get(over, "int"))
        case Let(name, params, definition, body):
            kinds = variable_types(definition, types)
            inner = {**types, name: tuple(kinds.get(p, "int") for p in params)}
            return LetOperator(name, build(definition, types), params, build(body, inner))
    raise AssertionError(f"no operator for {formula}")


def _constant(formula: Compare) -> Operator:
    if not formula.free:
        return Constant((), _YES if compile_comparison(formula, ())(()) else _NO)
    variable, term = formula.left, formula.right
    if not isinstance(variable, Var):
        variable, term = formula.right, formula.left
    assert isinstance(variable, Var)
    return Constant((variable.name,), frozenset([(compile_term(term, ())(()),)]))


def _conjunction(left: Operator, right: Formula, types: Types) -> Operator:
    bound = set(left.columns)
    inner = right.part if isinstance(right, Not) else right
    if isinstance(inner, Matches):
        return _matching(left, inner, isinstance(right, Not))
    if isinstance(inner, Compare) and set(inner.free) <= bound:
        test = compile_comparison(inner, left.columns)
        if isinstance(right, Not):
            return _filtered(left, lambda row: not test(row))
        return _filtered(left, test)
    if isinstance(right, Compare):
        return _extended(left, right)
    if isinstance(right, Not):
        return antijoin(left, build(right.part, types))
    return join(left, build(right, types))


@dataclass(frozen=True)
class Verdict:
    """The rows over `Monitor.columns` that satisfy the formula at one time-point."""

    index: int
    time: float
    rows: Table


class Monitor:
    """Feeds time-points to the operators of a formula and says what became decided.

    Raises NotMonitorable for a formula outside the fragment.
    """

    def __init__(self, formula: Formula, signature: Signature) -> None:
        self.formula = normal_form(formula)
        check(self.formula, signature)
        self.columns = formula.free
        self.operator = build(self.formula, dict(signature.predicates))
        self._order = projector(self.operator.columns, self.columns)
        self._pending: deque[TimePoint] = deque()

    def step(self, point: TimePoint) -> list[Verdict]:
        """Verdicts that became decided with this time-point."""
        self._pending.append(point)
        done = list[Verdict]()
        try:
            tables = self.operator.step(point.index, point.time, point.events)
        except ZeroDivisionError:
            raise InputError(f"division by zero at time-point {point.index} (@{point.time:g})") from None
        for table in tables:
            then = self._pending.popleft()
            done.append(Verdict(then.index, then.time, frozenset(map(self._order, table))))
        return done

    def run(self, points: Iterable[TimePoint], *, close: bool = False) -> Iterator[Verdict]:
        """All verdicts of a finite log, in order.

        With `close`, the log is taken to be over: empty time-points far in the future (one for each NEXT and one more)
        decide what is pending.
        """
        last, time = -1, 0.0
        for point in points:
            last, time = point.index, point.time
            yield from self.step(point)
        if close:
            for k in range(_count_next(self.formula) + 1):
                end = TimePoint(last + 1 + k, time + _FAR * (k + 1), {})
                yield from (verdict for verdict in self.step(end) if verdict.index <= last)


_FAR = 10.0**15
"""Seconds; later than any bound that a person writes."""


def _count_next(formula: Formula) -> int:
    here = isinstance(formula, Prefix) and formula.op == "NEXT"
    return here + sum(_count_next(part) for part in formula.parts)
