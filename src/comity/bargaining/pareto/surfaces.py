"""The Pareto frontier: all packages that no other package beats for all parties."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.method import Method, method
from comity.bargaining.pareto.grid import GridLayers, suits
from comity.bargaining.pareto.layers import Deadline, Layers, packages_at, trace
from comity.bargaining.pareto.listing import enumerate_frontier
from comity.bargaining.pareto.plan import Plan, TooWide, Values, make_plan
from comity.bargaining.pareto.points import MOST_POINTS, PointLayers, TooMany
from comity.bargaining.pareto.problem import Problem, compile_problem
from comity.words import InputError, NegotiationModel, Package

_FEW_OUTCOMES = 20_000
_ADAPTED = 4_000


@dataclass(frozen=True)
class FrontierPoint:
    """A point of the frontier with one of its packages.

    `utilities` are in the parties' own units; `equal` packages have exactly these utilities (0: not counted);
    `below` are the parties for whom it is not acceptable beside their alternative to a deal.
    """

    utilities: tuple[float, ...]
    package: Package
    equal: int
    below: tuple[str, ...]


@dataclass(frozen=True)
class Frontier:
    """The frontier as a result. `size` points in all; `points` the first of them, from the first party's best down.

    `lost` is zero for every party if exact; else no package beats what is listed by more than this for all parties at
    once: for every package some point listed gives every party at least its utility less `lost`.
    """

    parties: tuple[str, ...]
    size: int
    points: tuple[FrontierPoint, ...]
    lost: tuple[float, ...]
    outcomes: int
    method: Method


class Surface:
    """The frontier as it is computed with: exact integer values, and packages on demand.

    Attributes
    ----------
    values
        Exact values, one tuple a point, in falling lexicographic order of the parties.
    lost
        Guarantee in utilities, one a party; zeros if exact.
    """

    def __init__(self, problem: Problem, plan: Plan, layers: Layers, lost: tuple[float, ...], how: Method) -> None:
        self.problem, self.plan, self.layers, self.lost, self.method = problem, plan, layers, lost, how
        self._rows = layers.last()[::-1]

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def values(self) -> list[Values]:
        base = self.plan.base
        return [tuple(a + b for a, b in zip(row, base, strict=True)) for row in self.layers.decode(self._rows)]

    def value(self, which: int) -> Values:
        """Exact value of one point."""
        row = self.layers.decode(self._rows[which : which + 1])[0]
        return tuple(a + b for a, b in zip(row, self.plan.base, strict=True))

    @cached_property
    def integers(self) -> NDArray[np.int64] | None:
        """Exact values, shape (n, parties); None where they do not fit into 64 bits."""
        if self._rows.shape[1] > len(self.problem.parties) or max(map(abs, self.plan.base)) >= 2**61:
            return None
        return self._rows + np.array(self.plan.base, dtype=np.int64)

    def above(self, starts: list[Fraction]) -> NDArray[np.float64]:
        """Values less `starts` (in values, one a party), shape (n, parties), each within one rounding of exact."""
        whole = [start.numerator // start.denominator for start in starts]
        if self.integers is None or max(map(abs, whole)) >= 2**61:
            rows = [[float(v - start) for v, start in zip(value, starts, strict=True)] for value in self.values]
            return np.array(rows, dtype=np.float64).reshape(len(self), len(starts))
        rest = np.array([float(start - floor) for start, floor in zip(starts, whole, strict=True)])
        above: NDArray[np.float64] = (self.integers - np.array(whole, dtype=np.int64)).astype(np.float64) - rest
        return above

    def reaches(self, lows: list[int | None]) -> NDArray[np.bool_]:
        """Which values are at least `lows` (None: no bound), party by party, shape (n, parties); exact."""
        bounds = [(-(2**63) if low is None else low) for low in lows]
        if self.integers is None or max(map(abs, bounds)) > 2**63:
            rows = [[v >= bound for v, bound in zip(value, bounds, strict=True)] for value in self.values]
            return np.array(rows, dtype=bool).reshape(len(self), len(lows))
        return np.asarray(self.integers >= np.array([min(b, 2**63 - 1) for b in bounds], dtype=np.int64))

    @cached_property
    def utilities(self) -> NDArray[np.float64]:
        """Utilities rounded to double precision, shape (n, parties). For pictures and first guesses."""
        units = np.array([float(scale) for scale in self.problem.scale])
        scaled: NDArray[np.float64] = self.above([Fraction(0)] * len(units)) / units
        return scaled

    def packages(self, which: NDArray[np.int64] | list[int] | None = None) -> NDArray[np.int32]:
        """One package for each of these points (default: all), as option indices, shape (n, issues)."""
        return trace(self.layers, self._rows if which is None else self._rows[np.asarray(which, dtype=np.int64)])

    def equals(self, which: int, limit: int = 20) -> tuple[int, list[tuple[int, ...]]]:
        """How many packages have exactly the value of this point, and the first `limit` of them."""
        return self.equals_of([which], limit)[0]

    def equals_of(self, which: list[int], limit: int = 20) -> list[tuple[int, list[tuple[int, ...]]]]:
        """As `equals`, for several points in one pass."""
        return packages_at(self.layers, self.layers.decode(self._rows[np.array(which, dtype=np.int64)]), limit)

    @property
    def worst(self) -> Values:
        """The least value of each party over all packages that are allowed."""
        return self.plan.base

    def acceptable(self, value: Values) -> tuple[bool, ...]:
        """For each party, whether its alternative to a deal leaves this value acceptable."""
        return tuple(floor.low is None or v >= floor.low for v, floor in zip(value, self.problem.floors, strict=True))


class ListedSurface(Surface):
    """A frontier that was found point by point. Without the proof that nothing is left, points may be missing."""

    def __init__(self, problem: Problem, found: dict[Values, tuple[int, ...]], *, complete: bool) -> None:
        self.problem = problem
        self._found = dict(sorted(found.items(), reverse=True))
        self.lost = (0.0 if complete else float("inf"),) * len(problem.parties)
        bound = "" if complete else "every point listed is exact, others may be missing"
        self.method = method("CP-SAT, point by point", exact=complete, bound=bound)

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def values(self) -> list[Values]:
        return list(self._found)

    def value(self, which: int) -> Values:
        return self.values[which]

    @cached_property
    def integers(self) -> NDArray[np.int64] | None:
        return np.array(self.values, dtype=np.int64).reshape(len(self), len(self.problem.parties))

    @property
    def worst(self) -> Values:
        joint = [worth for _, worth in self.problem.joint]
        return tuple(
            sum(min(row[p] for row in rows) for rows in self.problem.worths) + sum(min(0, w[p]) for w in joint)
            for p in range(len(self.problem.parties))
        )

    def packages(self, which: NDArray[np.int64] | list[int] | None = None) -> NDArray[np.int32]:
        listed = list(self._found.values())
        rows = listed if which is None else [listed[int(i)] for i in which]
        return np.array(rows, dtype=np.int32).reshape(len(rows), len(self.problem.sizes))

    def equals_of(self, which: list[int], limit: int = 20) -> list[tuple[int, list[tuple[int, ...]]]]:
        """Not counted here: one package is known, and the count reads 0."""
        return [(0, [tuple(row)][:limit]) for row in self.packages(which).tolist()]


def surface(
    model: NegotiationModel,
    *,
    red_lines: bool = True,
    epsilon: float | None = None,
    time_limit: float | None = None,
) -> Surface:
    """The frontier of `model`, exact unless it outgrows memory or time.

    Parameters
    ----------
    red_lines
        Leave out packages that cross a red line or an unmet condition; rules always hold.
    epsilon
        Allow every party to be off by at most this share of its range (0 to 1), for a much smaller result.
    time_limit
        Seconds of processor time; when they run out, the best frontier found so far with its guarantee.

    Raises
    ------
    InputError
        No party has utilities, or no package is allowed.

    Notes
    -----
    Issue-wise dynamic programming with dominance pruning (Bellman 1957; for several objectives Villarreal and Karwan
    1981), over integers, with elimination over the issue graph where options depend on each other; where they tie too
    many issues together for that, one CP-SAT solution a point.
    """
    return solve(
        compile_problem(model, red_lines=red_lines), epsilon=epsilon, time_limit=time_limit, red_lines=red_lines
    )


def solve(
    problem: Problem, *, epsilon: float | None = None, time_limit: float | None = None, red_lines: bool = True
) -> Surface:
    """As `surface`, of a problem."""
    if epsilon is not None and not 0 < epsilon < 1:
        raise InputError(f"epsilon {epsilon:g} is not between 0 and 1", hint="give a share of each party's range")
    nothing = "no package satisfies every constraint"
    hint = "ask `comity deal blockers` what stands in the way" if red_lines else "two rules exclude each other"
    try:
        plan = make_plan(problem)
    except TooWide:
        found, complete = enumerate_frontier(problem, time_limit=time_limit)
        if not found:
            raise InputError(nothing if complete else "no package found in time", hint=hint) from None
        return ListedSurface(problem, found, complete=complete)
    if not plan.feasible:
        raise InputError(nothing, hint=hint)
    units = np.array([float(scale) for scale in problem.scale])
    if epsilon is not None:
        thin = tuple(epsilon * top / len(plan.stages) for top in plan.stages[-1].tops[0])
        return _bounded(problem, plan, PointLayers(plan, thin=thin), units, epsilon=epsilon, red_lines=red_lines)
    few = problem.outcomes <= _FEW_OUTCOMES
    if not few and suits(plan):
        return _exact(problem, plan, GridLayers(plan), "grid", red_lines)
    deadline = Deadline(None if time_limit is None else time_limit / 2)
    try:
        layers = PointLayers(plan, most=MOST_POINTS, deadline=deadline)
        return _exact(problem, plan, layers, "points", red_lines)
    except TooMany:
        layers = PointLayers(plan, adapt=_ADAPTED)
        return _bounded(problem, plan, layers, units, time_limit=time_limit, red_lines=red_lines)


def _exact(problem: Problem, plan: Plan, layers: Layers, form: str, red_lines: bool) -> Surface:
    how = method("issue-wise dynamic programming", form=form, red_lines=red_lines)
    return Surface(problem, plan, layers, (0.0,) * len(problem.parties), how)


def _bounded(problem: Problem, plan: Plan, layers: PointLayers, units: NDArray[np.float64], **told: object) -> Surface:
    lost = tuple(float(value) for value in layers.lost / units * (1 + 1e-9))
    bound = "; ".join(f"{party} at most {value:.6g}" for party, value in zip(problem.parties, lost, strict=True))
    how = method("issue-wise dynamic programming in boxes", exact=False, bound=bound, **told)
    return Surface(problem, plan, layers, lost, how)


def frontier(
    model: NegotiationModel,
    *,
    red_lines: bool = True,
    epsilon: float | None = None,
    time_limit: float | None = None,
    limit: int = 1000,
) -> Frontier:
    """The frontier with at most `limit` points listed. Parameters and errors as for `surface`."""
    found = surface(model, red_lines=red_lines, epsilon=epsilon, time_limit=time_limit)
    return listed(model, found, limit)


def listed(model: NegotiationModel, found: Surface, limit: int = 1000, *, counted: bool = True) -> Frontier:
    """The first `limit` points of a surface as a result with packages; `counted`: also how many are equal to each."""
    shown = list(range(min(limit, len(found))))
    packages = found.packages(shown)
    counted = counted and limit <= 1000 and not any(found.lost)
    equals = [count for count, _ in found.equals_of(shown, 0)] if counted else [0] * len(shown)
    points = []
    for i, options, equal in zip(shown, packages.tolist(), equals, strict=True):
        value = found.value(i)
        ok = found.acceptable(value)
        below = tuple(party for party, holds in zip(found.problem.parties, ok, strict=True) if not holds)
        utilities = tuple(float(found.problem.utility(p, v)) for p, v in enumerate(value))
        points.append(FrontierPoint(utilities, named(model, tuple(options)), equal, below))
    return Frontier(found.problem.parties, len(found), tuple(points), found.lost, found.problem.outcomes, found.method)


def named(model: NegotiationModel, options: tuple[int, ...], name: str = "") -> Package:
    """A package of option indices as a package of option ids."""
    ids = [issue.options[option].id for issue, option in zip(model.issues, options, strict=True)]
    return Package(tuple(ids), name)
