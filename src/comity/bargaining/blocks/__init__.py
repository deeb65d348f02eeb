"""Which stated positions leave no package, which smallest concessions open one, and in what order it is carried out."""

from comity.bargaining.blocks.blocking import Blocker, Blockers, blockers
from comity.bargaining.blocks.opening import Opening, Openings, PartyBlock, openings
from comity.bargaining.blocks.order import Stage, roadmap
from comity.bargaining.blocks.stand import Stand, Unheard, said

__all__ = [
    "Blocker",
    "Blockers",
    "Opening",
    "Openings",
    "PartyBlock",
    "Stage",
    "Stand",
    "Unheard",
    "blockers",
    "openings",
    "roadmap",
    "said",
]
