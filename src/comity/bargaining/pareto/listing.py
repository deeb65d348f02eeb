"""The frontier point by point with CP-SAT: a second way to the same answer, and the way for tightly tied issues."""

from __future__ import annotations

from comity.bargaining.cpsat import LARGEST, Packages
from comity.bargaining.pareto.layers import Deadline
from comity.bargaining.pareto.problem import Problem
from comity.words import InputError


def enumerate_frontier(
    problem: Problem, *, time_limit: float | None = None, most: int | None = None
) -> tuple[dict[tuple[int, ...], tuple[int, ...]], bool]:
    """Values on the frontier, each with one package, and whether they are all.

    Each round maximises the sum of values outside of what the points found so far are at least as good as; such a
    package lies on the frontier. The last round proves that nothing is left.

    Raises
    ------
    InputError
        Values need more than 60 bits.
    MissingExtraError
        OR-tools is not installed.
    """
    tops = [sum(max(abs(row[p]) for row in rows) for rows in problem.worths) for p in range(len(problem.parties))]
    tops = [top + sum(abs(worth[p]) for _, worth in problem.joint) for p, top in enumerate(tops)]
    if sum(tops) >= LARGEST:
        raise InputError("utilities have too many digits for the solver", hint="round them, or leave out some rules")
    packages = Packages(problem.sizes)
    for banned in problem.banned:
        packages.ban(banned)
    joint = [(packages.happening(meet), worth) for meet, worth in problem.joint]
    values = []
    for p, top in enumerate(tops):
        value = packages.model.new_int_var(-top, top, f"value {p}")
        packages.model.add(value == packages.value(problem.worths, [(b, worth[p]) for b, worth in joint], p))
        values.append(value)
    packages.model.maximize(sum(values))
    deadline = Deadline(time_limit)
    found: dict[tuple[int, ...], tuple[int, ...]] = {}
    while most is None or len(found) < most:
        left = None if time_limit is None else deadline.left()
        if left is not None and left <= 0:
            return found, False
        solver = packages.solver(left)
        status = solver.solve(packages.model)
        if status == packages.cp.INFEASIBLE:
            return found, True
        if status != packages.cp.OPTIMAL:
            return found, False
        package = packages.package(solver)
        point = problem.values(package)
        found[point] = package
        better = []
        for p, value in enumerate(values):
            beats = packages.model.new_bool_var("beats")
            packages.model.add(value >= point[p] + 1).only_enforce_if(beats)
            better.append(beats)
        packages.model.add_bool_or(better)
    return found, False
