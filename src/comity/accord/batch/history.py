"""A whole log by columns, and the formulas it satisfies where.

>>> from comity.accord import parse_formula, parse_signature
>>> signature = parse_signature("crossed(string) notified(string)")
>>> history = History.read(b'@0 notified("north") @86400 crossed("north") crossed("south")', signature)
>>> answers = history.satisfied(parse_formula("crossed(zone) AND NOT ONCE[0,7d] notified(zone)"), close=True)
>>> list(answers.rows())
[(1, 86400, ('south',))]
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from comity.accord.batch.evaluate import Evaluation, decided
from comity.accord.batch.runs import Algebra, Column, Runs, Values, expanded, rows
from comity.accord.batch.temporal import Times
from comity.accord.engine import Verdict, closing_times
from comity.accord.formula import Formula
from comity.accord.log import TimePoint, read_log
from comity.accord.operators.base import Row
from comity.accord.rewriting import prepared
from comity.accord.scan import Scanned, scan
from comity.accord.syntax import Signature
from comity.words import InputError


@dataclass(frozen=True)
class Answers:
    """What satisfies a formula: bindings over `columns`, and for which time-points of the first `decided` ones."""

    columns: tuple[str, ...]
    times: list[float]
    decided: int
    runs: Runs
    values: Values

    def rows(self) -> Iterator[tuple[int, float, Row]]:
        """(time-point, time, binding), by time-point; bindings of one time-point in order."""
        runs = self.runs
        found = rows(runs, self.columns, self.values)
        which, at = expanded(runs.start, np.minimum(runs.end + 1, self.decided))
        order = np.argsort(at, kind="stable")
        points, places = at[order].tolist(), which[order].tolist()
        k = 0
        while k < len(points):
            point, end = points[k], k + 1
            while end < len(points) and points[end] == point:
                end += 1
            here = [found[place] for place in places[k:end]]
            if len(here) > 1:
                here.sort(key=lambda row: [(isinstance(value, str), value) for value in row])
            for row in here:
                yield point, self.times[point], row
            k = end

    def verdicts(self) -> Iterator[Verdict]:
        """A verdict for each decided time-point, as the monitor gives them (without witnesses)."""
        satisfied = self.rows()
        point, _, row = next(satisfied, (self.decided, 0.0, ()))
        for index in range(self.decided):
            here = set[Row]()
            while point == index:
                here.add(row)
                point, _, row = next(satisfied, (self.decided, 0.0, ()))
            yield Verdict(index, self.times[index], frozenset(here))


class History:
    """A log held by columns; any number of formulas can be asked of it."""

    def __init__(self, signature: Signature, times: Times, events: dict[str, Runs], values: Values) -> None:
        self.signature, self.times, self.events, self.values = signature, times, events, values

    @classmethod
    def read(cls, data: bytes, signature: Signature, file: str | None = None, *, strict: bool = True) -> History:
        """From MonPoly's log format. Raises InputError naming the line, as `read_log` does; `strict` as there."""
        scanned = scan(data, signature)
        if scanned is not None:
            return cls._of_columns(scanned, signature)
        return cls.of(read_log(io.BytesIO(data), signature, file, strict=strict), signature)

    @classmethod
    def _of_columns(cls, scanned: Scanned, signature: Signature) -> History:
        values = Values(list(scanned.strings), {text: place for place, text in enumerate(scanned.strings)})
        events = dict[str, Runs]()
        for name, relation in scanned.relations.items():
            columns = dict[str, Column]()
            for k, (data, text) in enumerate(zip(relation.columns, relation.texts, strict=True)):
                if data.dtype == np.float64:
                    found, places = np.unique(data, return_inverse=True)
                    known = np.fromiter(map(values.place, found.tolist()), np.int64, len(found))
                    columns[str(k)] = Column(known[places], True)
                else:
                    columns[str(k)] = Column(data.astype(np.int64, copy=False), text)
            events[name] = Runs(columns, relation.points, relation.points)
        return cls(signature, scanned.times, events, values)

    @classmethod
    def of(cls, points: Iterable[TimePoint], signature: Signature) -> History:
        """From time-points, in order; their indices count from 0."""
        times = list[float]()
        found: dict[str, tuple[list[int], list[Row]]] = {}
        for index, point in enumerate(points):
            times.append(point.time)
            for name, happened in point.events.items():
                at, rows_ = found.setdefault(name, ([], []))
                at += [index] * len(happened)
                rows_ += happened
        values, events = Values(), dict[str, Runs]()
        for name, (at, rows_) in found.items():
            width = len(rows_[0]) if rows_ else len(signature.predicates.get(name, ()))
            columns = {str(k): values.column([row[k] for row in rows_]) for k in range(width)}
            places = np.array(at, np.int64)
            events[name] = Runs(columns, places, places)
        return cls(signature, _times(times), events, values)

    def satisfied(self, formula: Formula, *, close: bool = False) -> Answers:
        """Where `formula` is satisfied; with `close` the log is taken to be over, as in `Monitor.run`.

        Raises NotMonitorable for a formula outside the fragment, InputError for a division by zero.
        """
        normal = prepared(formula, self.signature)
        known: list[float] = self.times.tolist()
        times = [*known, *closing_times(normal, known[-1])] if close and known else known
        column = self.times if len(times) == len(known) else _times(times)
        algebra = Algebra(len(times), self.values)
        runs = Evaluation(algebra, column, self.events).runs(normal, dict(self.signature.predicates))
        count = min(decided(normal, times, len(times)), len(known))
        return Answers(formula.free, times[: len(known)], count, algebra.canonical(runs), self.values)


def _times(times: list[float]) -> Times:
    if all(isinstance(time, int) and abs(time) < 1 << 61 for time in times):
        return np.array(times, np.int64)
    if any(isinstance(time, int) and abs(time) >= 1 << 53 for time in times):
        raise InputError("times too large to be told apart beside decimal ones", hint="use whole seconds")
    return np.array(times, np.float64)
