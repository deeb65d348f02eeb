"""Utility floors beside stated positions: which of them can hold at once, and at what least price, by CP-SAT."""

from __future__ import annotations

from typing import Any

from comity.bargaining.blocks.stand import Stand
from comity.bargaining.cpsat import LARGEST, Packages
from comity.bargaining.meets import Meet, rules
from comity.bargaining.pareto.layers import Deadline, OutOfTime
from comity.bargaining.pareto.problem import Problem, compile_problem
from comity.words import Firmness, InputError, NegotiationModel, Provenance, ReservationRule

Group = tuple[Stand, tuple[Meet, ...]]


def floors_of(model: NegotiationModel, problem: Problem) -> list[tuple[Stand, int, int]]:
    """The floor of every party that states an alternative to a deal: stand, index among `problem.parties`, least value.

    Raises
    ------
    InputError
        No party states an alternative, or the numbers are too large for the solver.
    """
    found = []
    for p, floor in enumerate(problem.floors):
        preference = model.preference(problem.parties[p])
        if floor.low is None or preference is None or preference.reservation is None:
            continue
        name = model.party(problem.parties[p]).name
        more = "at least" if floor.rule is ReservationRule.AT_LEAST else "more than"
        stand = Stand(
            f"floor of {problem.parties[p]}",
            problem.parties[p],
            "floor",
            f"{name} wants {more} {preference.reservation:g}, its alternative to a deal",
            tuple(issue.id for issue in model.issues),
            Firmness.FIRM,
            Provenance.OWN_WORDS if preference.statements else Provenance.PARAPHRASE,
            preference.statements,
        )
        found.append((stand, p, floor.low))
    if not found:
        raise InputError(
            "no party states an alternative to a deal", field="preference.reservation", hint="ask without floors"
        )
    tops = [sum(max(abs(row[p]) for row in rows) for rows in problem.worths) for p in range(len(problem.parties))]
    tops = [top + sum(abs(worth[p]) for _, worth in problem.joint) for p, top in enumerate(tops)]
    if max(max(tops), max(abs(low) for _, _, low in found)) >= LARGEST:
        raise InputError("utilities have too many digits for the solver", hint="round them to fewer decimals")
    return found


class FloorOracle:
    """Stated positions and floors as one CP-SAT model; each can be given up by a Boolean.

    Constraints are numbered as in `held`, then the floors as in `floors_of`.
    """

    def __init__(self, model: NegotiationModel, held: list[Group]) -> None:
        self.problem = compile_problem(model, red_lines=False)
        self.packages = Packages(self.problem.sizes)
        for banned in rules(model):
            self.packages.ban(banned)
        cp = self.packages.model
        self.given: list[Any] = []
        for _, meets in held:
            gives = cp.new_bool_var("gives")
            for banned in meets:
                self.packages.ban(banned, unless=gives)
            self.given.append(gives)
        joint = [(self.packages.happening(meet), worth) for meet, worth in self.problem.joint]
        for _, p, low in floors_of(model, self.problem):
            gives = cp.new_bool_var("gives")
            value = self.packages.value(self.problem.worths, [(b, worth[p]) for b, worth in joint], p)
            cp.add(value >= low).only_enforce_if(gives.negated())
            self.given.append(gives)

    def package(self, chosen: frozenset[int], deadline: Deadline) -> tuple[int, ...] | None:
        """A package in which all of `chosen` hold, or None.

        Raises
        ------
        OutOfTime
            The deadline passed before either was known.
        """
        left = deadline.left()
        if left <= 0:
            raise OutOfTime
        model = self.packages.model
        model.clear_assumptions()
        model.add_assumptions([self.given[i].negated() for i in sorted(chosen)])
        solver = self.packages.solver(None if left == float("inf") else left)
        status = solver.solve(model)
        model.clear_assumptions()
        if status == self.packages.cp.INFEASIBLE:
            return None
        if status not in (self.packages.cp.OPTIMAL, self.packages.cp.FEASIBLE):
            raise OutOfTime
        return self.packages.package(solver)
