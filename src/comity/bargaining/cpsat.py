"""CP-SAT models of packages. The only module that touches OR-tools, and only when something is asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from comity.bargaining.meets import Meet
from comity.words import MissingExtraError

LARGEST = 2**60
"""Bound on sums of coefficients; CP-SAT computes with 64-bit integers."""


def load() -> Any:
    """OR-tools' CP-SAT module.

    Raises
    ------
    MissingExtraError
        The extra ``deal`` is not installed.
    """
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        raise MissingExtraError("this needs OR-tools; install comity[deal]") from None
    return cp_model


class Packages:
    """A CP-SAT model with one Boolean an option, exactly one of them true an issue.

    Attributes
    ----------
    model
        The CP-SAT model, for whatever else has to hold.
    picks
        Booleans by issue and option.
    """

    def __init__(self, sizes: Iterable[int]) -> None:
        self.cp = load()
        self.model = self.cp.CpModel()
        self.picks = [[self.model.new_bool_var(f"{i}:{j}") for j in range(size)] for i, size in enumerate(sizes)]
        for row in self.picks:
            self.model.add_exactly_one(row)

    def outside(self, meet: Meet) -> list[Any]:
        """Booleans of which one is true exactly where the meet does not happen."""
        return [
            pick
            for issue, mask in meet.literals
            for option, pick in enumerate(self.picks[issue])
            if not mask >> option & 1
        ]

    def ban(self, meet: Meet, unless: Any = None) -> None:
        """Forbid the meet, unless the Boolean `unless` is true."""
        self.model.add_bool_or([*self.outside(meet), *([] if unless is None else [unless])])

    def happening(self, meet: Meet) -> Any:
        """A Boolean that is true exactly where the meet happens."""
        happens = self.model.new_bool_var("meet")
        outside = self.outside(meet)
        self.model.add_bool_or([*outside, happens])
        for issue, mask in meet.literals:
            inside = [pick for option, pick in enumerate(self.picks[issue]) if mask >> option & 1]
            self.model.add_bool_or([*inside, happens.negated()])
        return happens

    def value(
        self, worths: tuple[tuple[tuple[int, ...], ...], ...], joint: Iterable[tuple[Any, int]], party: int
    ) -> Any:
        """The party's value as a linear expression; `joint` are Booleans with what they add."""
        terms = [(pick, worths[i][j][party]) for i, row in enumerate(self.picks) for j, pick in enumerate(row)]
        terms += list(joint)
        terms = [(pick, worth) for pick, worth in terms if worth]
        return self.cp.LinearExpr.weighted_sum([pick for pick, _ in terms], [worth for _, worth in terms])

    def package(self, solver: Any) -> tuple[int, ...]:
        return tuple(next(j for j, pick in enumerate(row) if solver.boolean_value(pick)) for row in self.picks)

    def solver(self, time_limit: float | None = None) -> Any:
        """A solver with one worker and a fixed seed: the same answer every time."""
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        if time_limit is not None:
            solver.parameters.max_time_in_seconds = max(0.001, time_limit)
        return solver
