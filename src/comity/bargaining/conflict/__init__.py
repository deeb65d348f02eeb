"""Which packages would hold once the parties can act: states, moves, rankings, stability, paths."""

from comity.bargaining.conflict.analysis import CONCEPTS, Move, Stability, StateStability, by_concept, stability
from comity.bargaining.conflict.states import Mover, Space, make_movers, make_space

__all__ = [
    "CONCEPTS",
    "Move",
    "Mover",
    "Space",
    "Stability",
    "StateStability",
    "by_concept",
    "make_movers",
    "make_space",
    "stability",
]
