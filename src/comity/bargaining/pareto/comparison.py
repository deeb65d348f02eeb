"""A package on the table beside the frontier: how far from it, and which trades would better it for all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import comb

import numpy as np

from comity.bargaining.meets import Index, of_condition, of_red_line, of_rule
from comity.bargaining.method import Method, method
from comity.bargaining.pareto.layers import Deadline
from comity.bargaining.pareto.plan import Values
from comity.bargaining.pareto.principles import utilities_of
from comity.bargaining.pareto.problem import Problem
from comity.bargaining.pareto.surfaces import FrontierPoint, Surface, named
from comity.words import NegotiationModel, Package

_MOST_TRIED = 400_000
_SHOWN = 20


@dataclass(frozen=True)
class Swap:
    """On `issue`, option `before` gives way to `after`; `gains` are each party's, in its own units."""

    issue: str
    before: str
    after: str
    gains: tuple[float, ...]


@dataclass(frozen=True)
class Trade:
    """Changes to a package that leave nobody worse off and somebody better. `gains` are the sums, one a party."""

    swaps: tuple[Swap, ...]
    gains: tuple[float, ...]
    package: Package


@dataclass(frozen=True)
class Comparison:
    """A package beside the frontier.

    `nearest` is the frontier point that betters it most evenly (leximin over gains as shares of each party's own range,
    best less worst over all packages allowed), None if nothing betters it; `shares` are those gains. `trades` are
    the smallest sets of changes that better it for somebody and worsen it for nobody, of at most `tried` changes.
    `crosses` are the ids of the red lines and conditions that it does not satisfy, and of the rules.
    """

    package: Package
    parties: tuple[str, ...]
    utilities: tuple[float, ...]
    below: tuple[str, ...]
    crosses: tuple[str, ...]
    on_frontier: bool
    shares: tuple[float, ...]
    nearest: FrontierPoint | None
    trades: tuple[Trade, ...]
    tried: int
    method: Method


def compare(
    model: NegotiationModel, found: Surface, package: Package, *, time_limit: float | None = None
) -> Comparison:
    """`package` beside the frontier `found` of `model`.

    Trades of one, two, three … changes are tried in turn until some are found; `tried` says up to how many changes
    the search was complete (the work grows with their number).
    """
    problem = found.problem
    options = tuple(
        [option.id for option in issue.options].index(chosen)
        for issue, chosen in zip(model.issues, package.options, strict=True)
    )
    value = problem.values(options)
    better = found.reaches(list(value)).all(axis=1)
    above = np.flatnonzero(better)
    equal = len(above) == 1 and found.value(int(above[0])) == value
    best, shares = _furthest(found, value, above) if len(above) and not equal else (None, [])
    trades, tried = _trades(model, problem, options, value, Deadline(time_limit))
    holds = found.acceptable(value)
    nearest = None
    if best is not None:
        chosen = tuple(found.packages([best]).tolist()[0])
        nearest = FrontierPoint(utilities_of(found, found.value(best)), named(model, chosen), 0, ())
    return Comparison(
        package,
        problem.parties,
        utilities_of(found, value),
        tuple(p for p, ok in zip(problem.parties, holds, strict=True) if not ok),
        crossed(model, options),
        bool(equal and problem.allows(options)),
        tuple(float(share) for share in shares),
        nearest,
        tuple(trades),
        tried,
        method("distance from the frontier", exact=found.method.exact, bound=found.method.bound),
    )


def crossed(model: NegotiationModel, options: tuple[int, ...]) -> tuple[str, ...]:
    """Ids of the red lines, conditions and rules that a package does not satisfy, in the model's order."""
    index = Index(model)
    held = [(line.id, of_red_line(index, line)) for line in model.red_lines]
    held += [(condition.id, of_condition(index, condition)) for condition in model.conditions]
    held += [(rule.id, of_rule(index, rule)) for rule in model.rules]
    return tuple(name for name, meets in held if any(m.happens(options) for m in meets))


def _furthest(
    found: Surface, value: Values, above: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> tuple[int, list[Fraction]]:
    """The frontier point that betters `value` most evenly, with each party's gain as a share of its range."""
    problem = found.problem
    tops = [max(found.value(int(i))[p] for i in _best_rows(found, p)) for p in range(len(problem.parties))]
    ranges = [top - low for top, low in zip(tops, found.worst, strict=True)]
    live = [p for p, width in enumerate(ranges) if width > 0] or list(range(len(ranges)))
    gains = found.above([Fraction(v) for v in value])[above]
    least = (gains[:, live] / np.array([float(ranges[p] or 1) for p in live])).min(axis=1)
    close = [int(i) for i in above[np.flatnonzero(least >= least.max() - 1e-9)]]

    def shares(i: int) -> list[Fraction]:
        point = found.value(i)
        return [Fraction(point[p] - value[p], ranges[p] or 1) for p in range(len(ranges))]

    best = max(close, key=lambda i: (sorted(shares(i)), -i))
    return best, shares(best)


def _best_rows(found: Surface, party: int) -> list[int]:
    column = found.utilities[:, party]
    return [int(i) for i in np.flatnonzero(column >= column.max() - 1e-9 * max(1.0, abs(float(column.max()))))]


def _trades(
    model: NegotiationModel, problem: Problem, options: tuple[int, ...], value: Values, deadline: Deadline
) -> tuple[list[Trade], int]:
    tried = 0
    for count in range(1, len(options) + 1):
        widest = max(size - 1 for size in problem.sizes) if problem.sizes else 0
        if comb(len(options), count) * widest**count > _MOST_TRIED:
            break
        found: list[Trade] = []
        for issues in combinations(range(len(options)), count):
            if deadline.passed():
                return found[:_SHOWN], tried
            others = [[o for o in range(problem.sizes[i]) if o != options[i]] for i in issues]
            for picks in product(*others):
                changed = list(options)
                for issue, pick in zip(issues, picks, strict=True):
                    changed[issue] = pick
                package = tuple(changed)
                new = problem.values(package)
                if new != value and all(a >= b for a, b in zip(new, value, strict=True)) and problem.allows(package):
                    found.append(_trade(model, problem, options, package, issues))
        tried = count
        if found:
            found.sort(key=lambda trade: tuple(-gain for gain in sorted(trade.gains)))
            return found[:_SHOWN], tried
    return [], tried


def _trade(
    model: NegotiationModel,
    problem: Problem,
    before: tuple[int, ...],
    after: tuple[int, ...],
    issues: tuple[int, ...],
) -> Trade:
    swaps = []
    for i in issues:
        gains = tuple(
            float(problem.utility(p, a - b))
            for p, (a, b) in enumerate(zip(problem.worths[i][after[i]], problem.worths[i][before[i]], strict=True))
        )
        known = model.issues[i].options
        swaps.append(Swap(model.issues[i].id, known[before[i]].id, known[after[i]].id, gains))
    old, new = problem.values(before), problem.values(after)
    total = tuple(float(problem.utility(p, a - b)) for p, (a, b) in enumerate(zip(new, old, strict=True)))
    return Trade(tuple(swaps), total, named(model, after))
