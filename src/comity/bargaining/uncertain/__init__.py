"""What can be said while preferences are known only in part."""

from comity.bargaining.uncertain.acceptability import Asking, Doubt, Frequency, PackageFrequency, doubt
from comity.bargaining.uncertain.draws import Unknown, unknowns

__all__ = ["Asking", "Doubt", "Frequency", "PackageFrequency", "Unknown", "doubt", "unknowns"]
