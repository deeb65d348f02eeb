"""Why a formula has its value on a day: a tree whose leaves are incidents, or days on which none was reported.

A node is plain JSON: `formula` (with values in place of variables), `on` (a day) or `between` (first and last day of a
span on one of which it holds for certain), `value` (true, false, or null where it is not known), `by` (ids of the
incidents that the node reads directly) and `so` (the nodes it follows from).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.accord.clauses.writing import written
from comity.accord.formula import (
    Aggregate,
    Atom,
    Binary,
    Compare,
    Formula,
    Matches,
    Not,
    Prefix,
    Quantified,
    Temporal,
    Var,
)
from comity.accord.verdicts.evaluate import Evaluation
from comity.accord.verdicts.ground import bound
from comity.accord.verdicts.table import Fact, day_bounds, span
from comity.accord.verdicts.values import Row, concrete, meet
from comity.accord.verdicts.world import World, fact_of, row_of

Node = dict[str, Any]
MOST = 60
"""Nodes that one part of a tree lists at most; the value of the parent does not rest on the rest."""


class Explanation:
    """Trees over one world. Formulas are closed and in normal form."""

    def __init__(self, world: World) -> None:
        self.world, self.trace = world, world.trace
        self.evaluation = Evaluation(world)

    def why(self, formula: Formula, day: int) -> Node:
        """The tree of `formula` on the day with this index."""
        fact = self.evaluation.closed(formula)
        value = True if fact.must >> day & 1 else None if fact.may >> day & 1 else False
        node: Node = {"formula": written(formula), "on": self.trace.day(day).isoformat(), "value": value}
        match formula:
            case Atom():
                node["by"] = self._by(formula, day, day)
            case Not(part):
                node["so"] = [self.why(part, day)]
            case Binary(op, left, right):
                sides = [self.why(left, day), self.why(right, day)]
                decisive = [s for s in sides if s["value"] is (op == "OR")]
                if value is (op == "OR"):
                    sides = decisive[:1] or sides
                elif value is None:
                    sides = [s for s in sides if s["value"] is None] or sides
                node["so"] = sides
            case Quantified():
                node |= self._some(formula, day, value)
            case Prefix() | Temporal():
                node |= self._sometime(formula, day, value)
            case Aggregate():
                node["by"] = self._counted(formula, day)
        return {key: part for key, part in node.items() if part not in ([], None) or key == "value"}

    def _some(self, formula: Quantified, day: int, value: bool | None) -> Node:
        """A row for which the part holds, or those for which it may."""
        aggregates = list(_aggregates(formula.part))
        if aggregates:  # what was counted is the evidence, and a number has no witness of its own
            return {"by": sorted({i for one in aggregates for i in self._counted(one, day)})}
        table = self.evaluation.table(formula.part)
        names = [n for n in table.columns if n in formula.names]
        places = [table.columns.index(n) for n in names]
        rows = sorted(
            ((row, fact) for row, fact in table.rows.items() if fact.may >> day & 1),
            key=lambda item: (not item[1].must >> day & 1, not concrete(item[0]), str(item[0])),
        )
        if value is False or not rows:
            return {"by": self._read(formula, day, day)}
        picked = rows[:1] if value is True else rows[:MOST]
        so, by = list[Node](), list[str]()
        for row, _ in picked:
            if concrete(row):
                so.append(self.why(bound(formula.part, {n: row[i] for n, i in zip(names, places, strict=True)}), day))  # type: ignore[misc]
            else:
                by += self._ids(row)
        if not so and not by:
            by = self._read(formula, day, day)
        return {"so": so, "by": sorted(set(by))}

    def _sometime(self, formula: Prefix | Temporal, day: int, value: bool | None) -> Node:
        """The day (or the span) on which it happened, or the days on which it did not."""
        part = formula.part if isinstance(formula, Prefix) else formula.right
        back = formula.op in ("ONCE", "PREVIOUS", "SINCE")
        low, high = day_bounds(formula.interval, self.trace.length)
        if formula.op in ("PREVIOUS", "NEXT"):
            low = high = 1
        start, end = (day - high, day - low) if back else (day + low, day + high)
        start, end = max(start, 0), min(end, self.trace.length - 1)
        window = span(start, end)
        fact = self.evaluation.closed(part)
        between = (
            {"window": [self.trace.day(start).isoformat(), self.trace.day(end).isoformat()]} if end >= start else {}
        )
        if value is True:
            days = _set(fact.must & window)
            days = days[::-1] if back else days
            if isinstance(formula, Temporal):  # the witness that the left side reaches
                days = [j for j in days if self._held(formula.left, j, day, back)] or days
            if days:
                return {"so": [self.why(part, days[0])], **between}
            for first, last in sorted(fact.wide):
                if start <= first and last <= end:
                    shown = [self.trace.day(first).isoformat(), self.trace.day(last).isoformat()]
                    leaf = {
                        "formula": written(part),
                        "between": shown,
                        "value": True,
                        "by": self._read(part, first, last, within=True),
                    }
                    return {"so": [leaf], **between}
        possible = _set(fact.may & window)
        if possible and (value is None or isinstance(formula, Temporal)):
            return {"so": [self.why(part, j) for j in possible[:MOST]], **between}
        return {"by": self._read(part, start, end), **between}

    def _held(self, left: Formula, j: int, day: int, back: bool) -> bool:
        must = self.evaluation.closed(left).must
        days = span(j + 1, day) if back else span(day, j - 1)
        return must & days == days

    def _counted(self, formula: Aggregate, day: int) -> list[str]:
        table = self.evaluation.table(formula.part)
        found = {i for row, fact in table.rows.items() if fact.may >> day & 1 for i in self._ids(row)}
        return sorted(found) or self._read(formula.part, 0, self.trace.length - 1)

    def _ids(self, row: Row) -> list[str]:
        """Incidents that a row names, by an id or by a value that only they do not tell."""
        known = {i.id for i in self.world.incidents}
        found = list[str]()
        for value in row:
            tag = getattr(value, "tag", None)
            name = tag[0] if isinstance(tag, tuple) and tag else value
            if isinstance(name, str) and name in known:
                found.append(name)
        return found

    def _by(self, atom: Atom, start: int, end: int, *, within: bool = False) -> list[str]:
        """Incidents that may make an atom true on a day of the span (`within`: whose own span lies in it)."""
        kind = self.world.kinds.get(atom.name)
        if kind is None:
            return []
        start, end = max(start, 0), min(end, self.trace.length - 1)
        found = list[str]()
        for i in self.world.incidents:
            if i.kind != atom.name or not fact_of(i, self.trace).may & span(start, end):
                continue
            if within and not (self.trace.index(i.earliest) >= start and self.trace.index(i.latest) <= end):
                continue
            row = row_of(i, kind.arguments)
            fits = all(isinstance(a, Var) or meet(v, _constant(a)) for a, v in zip(atom.args, row, strict=True))
            if fits:
                found.append(i.id)
        return sorted(found)

    def _read(self, formula: Formula, start: int, end: int, *, within: bool = False) -> list[str]:
        """Incidents that the atoms of a formula may read in a span."""
        if isinstance(formula, Atom):
            return self._by(formula, start, end, within=within)
        if isinstance(formula, Compare | Matches):
            return []
        if isinstance(formula, Prefix | Temporal):
            high = day_bounds(formula.interval, self.trace.length)[1]
            back = formula.op in ("ONCE", "PREVIOUS", "SINCE")
            start, end = (start - high, end) if back else (start, end + high)
        return sorted({i for part in formula.parts for i in self._read(part, start, end, within=within)})


def _aggregates(formula: Formula) -> Iterator[Aggregate]:
    """Aggregations beside whatever else a conjunction says."""
    if isinstance(formula, Aggregate):
        yield formula
    elif isinstance(formula, Binary | Quantified):
        for part in formula.parts:
            yield from _aggregates(part)


def _constant(term: Any) -> Any:
    from comity.accord.verdicts.values import evaluate_term

    return evaluate_term(term, (), ())


def _set(days: int) -> list[int]:
    return [i for i in range(days.bit_length()) if days >> i & 1]


def incidents_of(node: Node) -> list[str]:
    """Ids of all incidents in a tree."""
    found = set(node.get("by", ()))
    for child in node.get("so", ()):
        found |= set(incidents_of(child))
    return sorted(found)


def fact_value(fact: Fact, day: int) -> bool | None:
    return True if fact.must >> day & 1 else None if fact.may >> day & 1 else False
