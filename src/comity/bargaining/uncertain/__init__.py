"""What can be said while preferences are known only in part."""

from comity.bargaining.uncertain.acceptability import Asking, Doubt, PackageFrequency, doubt
from comity.bargaining.uncertain.draws import Unknown, unknowns
from comity.bargaining.uncertain.frequencies import Holding, HoldingState, holding
from comity.bargaining.uncertain.shares import Frequency

__all__ = [
    "Asking",
    "Doubt",
    "Frequency",
    "Holding",
    "HoldingState",
    "PackageFrequency",
    "Unknown",
    "doubt",
    "holding",
    "unknowns",
]
