"""The smallest sets of stated positions to give up, with utility floors, by CP-SAT and exchange of options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.blocks.floors import Group, floors_of
from comity.bargaining.blocks.levels import Found, Levels, Task, by_levels
from comity.bargaining.cpsat import Packages
from comity.bargaining.meets import Index, Meet, rules
from comity.bargaining.pareto.layers import Deadline, OutOfTime
from comity.bargaining.pareto.problem import Problem, compile_problem
from comity.words import InputError, NegotiationModel

_MOST_MOVES = 400
_AFTERTHOUGHT = 3.0  # seconds for any opening at all, where the time allowed gave none
_NOTHING = "the rules and the parties' alternatives leave no package"
_RELAXATION = 2  # linear relaxation in full: floors are knapsacks, and their relaxation is tight


@dataclass(frozen=True)
class Cheapest:
    """Sets of positions with a package each, in rising number; see `Openings` for the other fields."""

    sets: Found
    least: int
    proved: bool
    complete: bool


def cheapest(
    model: NegotiationModel,
    held: list[Group],
    *,
    hard: tuple[Meet, ...] = (),
    floors: bool,
    count: int,
    deadline: Deadline,
) -> Cheapest:
    """The sets of `held` with the fewest members that open a deal; `hard` meets are banned whatever is given up.

    Where every position is on one issue, `by_levels` walks the levels; for the rest CP-SAT proves how few positions
    suffice. Once that is proved, every package that crosses as few is as good, so others are looked for by exchanging
    options before the solver is asked again.

    Raises
    ------
    InputError
        Nothing opens a deal.
    OutOfTime
        The deadline passed, and no package at all was found a little later either.
    """
    search = _Search(model, held, hard, floors)
    start = search.levels(count, deadline)
    found, least = start.sets, start.least
    if start.complete:
        return _result(found, least, proved=True, complete=True)
    if len(found) >= count:
        return _result(found, least, proved=True, complete=False)
    search.build(least)
    for gives, _ in found:
        search.exclude(gives, level=start.closed + 1)
    while len(found) < count:
        status, package, bound = search.solve(deadline)
        if status == "infeasible":
            return _result(found, least, proved=True, complete=True)
        if not found:
            least = max(least, bound)
        if package is None or status != "optimal":
            package = package if package is not None or found else search.anything()
            if package is not None:
                found.append((search.crossed(package), package))
            if not found:
                raise OutOfTime
            return _result(found, least, proved=False, complete=False)
        crossed = search.crossed(package)
        level = [(crossed, package)]
        level += search.exchanges(crossed, package, [f for f, _ in found], count - len(found) - 1, deadline)
        for gives, _ in level:
            search.exclude(gives, level=len(gives))
        found += level
    return _result(found, least, proved=True, complete=False)


def _result(found: Found, least: int, *, proved: bool, complete: bool) -> Cheapest:
    if not found:
        raise InputError("no concession opens a deal", hint=_NOTHING)
    return Cheapest(sorted(found, key=lambda pair: (len(pair[0]), sorted(pair[0]))), least, proved, complete)


class _Search:
    def __init__(self, model: NegotiationModel, held: list[Group], hard: tuple[Meet, ...], floors: bool) -> None:
        self.held = held
        self.hard = (*rules(model), *hard)
        self.problem: Problem | None = compile_problem(model, red_lines=False) if floors else None
        self.lows = [(p, low) for _, p, low in floors_of(model, self.problem)] if self.problem else []
        self.sizes = Index(model).sizes
        # positions on one issue alone that an option crosses, by issue and option
        self._alone: list[list[set[int]]] = [[set() for _ in range(size)] for size in self.sizes]
        self._apart = not self.hard and not (self.problem and self.problem.joint)
        for g, (_, meets) in enumerate(held):
            if len(meets) == 1 and len(meets[0].literals) == 1:
                issue, mask = meets[0].literals[0]
                for option in range(self.sizes[issue]):
                    if mask >> option & 1:
                        self._alone[issue][option].add(g)
            else:
                self._apart = False

    def levels(self, count: int, deadline: Deadline) -> Levels:
        """What can be found level by level: everything where issues are settled apart, else nothing."""
        nothing = Levels([], 0, -1, False)
        if not self._apart or self.problem is None:
            return nothing
        worths = tuple(tuple(tuple(worth[p] for p, _ in self.lows) for worth in row) for row in self.problem.worths)
        crossed = tuple(tuple(frozenset(out) for out in row) for row in self._alone)
        task = Task(worths, crossed, tuple(low for _, low in self.lows))

        def exchange(gives: frozenset[int], package: tuple[int, ...], known: list[frozenset[int]], want: int) -> Found:
            return self.exchanges(gives, package, known, want, deadline)

        return by_levels(task, count, exchange, deadline) or nothing

    def build(self, least: int) -> None:
        """The CP-SAT model: give up as few positions as possible, and at least `least`."""
        self.packages = Packages(self.sizes)
        cp = self.packages.model
        for banned in self.hard:
            self.packages.ban(banned)
        self.given = [self._given(meets) for _, meets in self.held]
        if self.problem is not None:
            joint = [(self.packages.happening(meet), worth) for meet, worth in self.problem.joint]
            for p, low in self.lows:
                cp.add(self.packages.value(self.problem.worths, [(b, worth[p]) for b, worth in joint], p) >= low)
        self.total = sum(self.given)
        cp.add(self.total >= least)
        cp.minimize(self.total)

    def _given(self, meets: tuple[Meet, ...]) -> Any:
        """A Boolean that is true where the position is crossed. For one issue it is the sum of the picks refused,
        which keeps the linear relaxation tight."""
        cp = self.packages.model
        gives = cp.new_bool_var("gives")
        if len(meets) == 1 and len(meets[0].literals) == 1:
            issue, mask = meets[0].literals[0]
            cp.add(gives == sum(pick for option, pick in enumerate(self.packages.picks[issue]) if mask >> option & 1))
        else:
            for banned in meets:
                self.packages.ban(banned, unless=gives)
        return gives

    def solve(self, deadline: Deadline) -> tuple[str, tuple[int, ...] | None, int]:
        """Status, a package that crosses the fewest positions not excluded, and a lower bound on their number."""
        left = deadline.left()
        solver = self.packages.solver(None if left == float("inf") else left)
        solver.parameters.linearization_level = _RELAXATION
        status = solver.solve(self.packages.model)
        cp = self.packages.cp
        if status == cp.INFEASIBLE:
            return "infeasible", None, 0
        if status not in (cp.OPTIMAL, cp.FEASIBLE):
            return "unknown", None, 0
        bound = int(np.ceil(solver.best_objective_bound - 1e-6))
        return ("optimal" if status == cp.OPTIMAL else "feasible"), self.packages.package(solver), bound

    def anything(self) -> tuple[int, ...] | None:
        """Some package that keeps the floors, whatever it crosses; None if none is found in a few seconds."""
        self.packages.model.clear_objective()
        solver = self.packages.solver(_AFTERTHOUGHT)
        status = solver.solve(self.packages.model)
        cp = self.packages.cp
        if status == cp.INFEASIBLE:
            raise InputError("no concession opens a deal", hint=_NOTHING)
        return self.packages.package(solver) if status in (cp.OPTIMAL, cp.FEASIBLE) else None

    def crossed(self, package: tuple[int, ...]) -> frozenset[int]:
        return frozenset(i for i, (_, meets) in enumerate(self.held) if any(m.happens(package) for m in meets))

    def exclude(self, gives: frozenset[int], level: int) -> None:
        """Leave out every set that contains `gives`; nothing smaller than `level` is left."""
        self.packages.model.add_bool_or([self.given[i].negated() for i in sorted(gives)])
        self.packages.model.add(self.total >= level)

    def allowed(self, package: tuple[int, ...]) -> bool:
        if any(banned.happens(package) for banned in self.hard):
            return False
        if self.problem is None:
            return True
        value = self.problem.values(package)
        return all(value[p] >= low for p, low in self.lows)

    def exchanges(
        self,
        crossed: frozenset[int],
        package: tuple[int, ...],
        known: list[frozenset[int]],
        want: int,
        deadline: Deadline,
    ) -> Found:
        """Up to `want` packages that cross as many positions as `package`, but others, reached by changing one or two
        issues at a time. Which are found depends on nothing but the model."""
        found: dict[frozenset[int], tuple[int, ...]] = {crossed: package}
        waiting = [package]
        while waiting and len(found) <= want and not deadline.passed():
            start = waiting.pop(0)
            for changed in self._moves(start, len(crossed)):
                gives = self.crossed(changed)
                fresh = len(gives) == len(crossed) and gives not in found
                if fresh and self.allowed(changed) and not any(earlier <= gives for earlier in known):
                    found[gives] = changed
                    waiting.append(changed)
                    if len(found) > want:
                        break
        del found[crossed]
        return list(found.items())

    def _moves(self, package: tuple[int, ...], number: int) -> list[tuple[int, ...]]:
        """Packages one or two issues away that keep the floors and cross no more positions, judging by what is settled
        issue by issue; at most some hundreds, nearest in number first."""
        rows = [(i, o) for i, size in enumerate(self.sizes) for o in range(size) if o != package[i]]
        cost = np.array([len(self._alone[i][o]) - len(self._alone[i][package[i]]) for i, o in rows])
        gains, slack = self._gains(package, rows)
        issue = np.array([i for i, _ in rows])
        singles = np.flatnonzero((gains + slack >= 0).all(axis=1) & (cost <= 0))
        first, second = np.triu_indices(len(rows), 1)
        ok = (issue[first] != issue[second]) & (cost[first] != 0) & (cost[first] + cost[second] == 0)
        first, second = first[ok], second[ok]
        ok = (gains[first] + gains[second] + slack >= 0).all(axis=1)
        moves = [(int(a),) for a in singles] + [
            (int(a), int(b)) for a, b in zip(first[ok][:_MOST_MOVES], second[ok][:_MOST_MOVES], strict=True)
        ]
        made = []
        for move in moves:
            changed = list(package)
            for at in move:
                changed[rows[at][0]] = rows[at][1]
            made.append(tuple(changed))
        return made

    def _gains(
        self, package: tuple[int, ...], rows: list[tuple[int, int]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """What each change adds for each party with a floor, and how far the package is above each floor."""
        if self.problem is None or not self.lows:
            return np.zeros((len(rows), 1), dtype=np.int64), np.zeros(1, dtype=np.int64)
        worths, value = self.problem.worths, self.problem.values(package)
        gains = [[worths[i][o][p] - worths[i][package[i]][p] for p, _ in self.lows] for i, o in rows]
        return np.array(gains, dtype=np.int64), np.array([value[p] - low for p, low in self.lows], dtype=np.int64)
