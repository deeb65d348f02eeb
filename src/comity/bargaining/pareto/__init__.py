"""Which packages no other package beats for all, what principles pick among them, and how a draft compares."""

from comity.bargaining.pareto.comparison import Comparison, Swap, Trade, compare
from comity.bargaining.pareto.principles import PRINCIPLES, Solution, solutions
from comity.bargaining.pareto.problem import Problem, compile_problem
from comity.bargaining.pareto.surfaces import Frontier, FrontierPoint, Surface, frontier, listed, solve, surface

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
