"""Which stated positions leave no package, which smallest concessions open one, and in what order it is carried out."""

from comity.bargaining.blockers.blockers import Blocker, Blockers, blockers
from comity.bargaining.blockers.openings import Opening, Openings, PartyBlock, openings
from comity.bargaining.blockers.roadmap import Stage, roadmap
from comity.bargaining.blockers.stands import Stand, Unheard, said

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
