"""Which packages no other package beats for all, what principles pick among them, and how a draft compares."""

from comity.bargaining.frontier.compare import Comparison, Swap, Trade, compare
from comity.bargaining.frontier.problem import Problem, compile_problem
from comity.bargaining.frontier.solutions import PRINCIPLES, Solution, solutions
from comity.bargaining.frontier.surface import Frontier, FrontierPoint, Surface, frontier, listed, solve, surface

__all__ = [
    "PRINCIPLES",
    "Comparison",
    "Frontier",
    "FrontierPoint",
    "Problem",
    "Solution",
    "Surface",
    "Swap",
    "Trade",
    "compare",
    "compile_problem",
    "frontier",
    "listed",
    "solutions",
    "solve",
    "surface",
]
