"""The monitor: time-points in, verdicts out, each as soon as it is decided.

>>> from comity.accord import Monitor, parse_formula, parse_log, parse_signature
>>> signature = parse_signature("crossed(string) notified(string)")
>>> formula = parse_formula("crossed(zone) AND ONCE[0,7d] notified(zone)")
>>> log = '@0 notified("north") @86400 crossed("north") crossed("south")'
>>> for verdict in Monitor(formula, signature).run(parse_log(log, signature)):
...     print(verdict.index, set(verdict.rows), {row: leaves(w) for row, w in verdict.witnesses.items()})
0 set() {}
1 {('north',)} {('north',): (0, 1)}
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import NamedTuple

from comity.accord.formula import Formula, Prefix
from comity.accord.log import TimePoint
from comity.accord.operators import Row, Table, Witness, build, leaves, projector
from comity.accord.operators.base import identity
from comity.accord.rewriting import prepared
from comity.accord.syntax import Signature
from comity.words import InputError

__all__ = ["Monitor", "Verdict", "Witness", "leaves"]

_NO_ROWS: frozenset[Row] = frozenset()
_NO_WITNESSES: MappingProxyType[Row, Witness] = MappingProxyType({})


class Verdict(NamedTuple):
    """The rows over `Monitor.columns` that satisfy the formula at one time-point.

    `witnesses` says for each row which time-points prove it (`leaves`); batch verdicts have none.
    """

    index: int  # type: ignore[assignment]  # nobody looks for a field by its value
    time: float
    rows: frozenset[Row]
    witnesses: MappingProxyType[Row, Witness] | dict[Row, Witness] = _NO_WITNESSES

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Verdict) and self[:3] == other[:3]

    def __hash__(self) -> int:
        return hash(self[:3])


class Monitor:
    """Feeds time-points to the operators of a formula and says what became decided.

    Parameters
    ----------
    formula
        As parsed. `Monitor.formula` is its normal form, `Monitor.columns` the free variables in order of appearance.
    signature
        Predicates and their types.

    Raises NotMonitorable for a formula outside the fragment, InputError for an unknown predicate or a wrong arity.
    """

    def __init__(self, formula: Formula, signature: Signature) -> None:
        self.formula = prepared(formula, signature)
        self.columns = formula.free
        self.operator = build(self.formula, dict(signature.predicates))
        self._order = projector(self.operator.columns, self.columns)
        self._pending: deque[tuple[int, float]] = deque()

    def step(self, point: TimePoint) -> list[Verdict]:
        """Verdicts that became decided with this time-point."""
        index, time, events = point
        operator = self.operator
        try:
            if operator.prompt:
                return [self._verdict(index, time, operator.table(index, time, events))]
            self._pending.append((index, time))
            return [self._verdict(*self._pending.popleft(), table) for table in operator.step(index, time, events)]
        except ZeroDivisionError:
            raise InputError(f"division by zero at time-point {index} (@{time:g})") from None

    def _verdict(self, index: int, time: float, table: Table) -> Verdict:
        if not table:
            return Verdict(index, time, _NO_ROWS)
        order = self._order
        witnesses = dict(table) if order is identity else {order(row): w for row, w in table.items()}
        return Verdict(index, time, frozenset(witnesses), witnesses)

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
            for k, then in enumerate(closing_times(self.formula, time)):
                yield from (v for v in self.step(TimePoint(last + 1 + k, then, {})) if v.index <= last)


_FAR = 10.0**15
"""Seconds; later than any bound that a person writes."""


def closing_times(formula: Formula, time: float) -> list[float]:
    """Times of the empty time-points that decide all that came before `time`."""
    return [time + _FAR * (k + 1) for k in range(_count_next(formula) + 1)]


def _count_next(formula: Formula) -> int:
    here = isinstance(formula, Prefix) and formula.op == "NEXT"
    return here + sum(_count_next(part) for part in formula.parts)
