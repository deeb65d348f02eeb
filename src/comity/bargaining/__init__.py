"""bargaining: what deal is possible, what blocks it, and what would open it?

Works on a model file alone, or on a model drafted from a ledger. Everything is a pure function of a
`NegotiationModel`; results carry method, parameters and whether they are exact. Positions nobody has heard
are unknown, never flexible.
"""

from comity.bargaining.blocks import Blockers, Openings, blockers, openings, roadmap
from comity.bargaining.conflict import Stability, stability
from comity.bargaining.draft import draft_model
from comity.bargaining.model import load_model, model_data, model_json, model_toml, parse_model
from comity.bargaining.pareto import Comparison, Frontier, Solution, compare, frontier, solutions, surface

__all__ = [
    "Blockers",
    "Comparison",
    "Frontier",
    "Openings",
    "Solution",
    "Stability",
    "blockers",
    "compare",
    "draft_model",
    "frontier",
    "load_model",
    "model_data",
    "model_json",
    "model_toml",
    "openings",
    "parse_model",
    "roadmap",
    "solutions",
    "stability",
    "surface",
]
