"""check: does a verdict follow from the slice of the log that its certificate names?

A separate small program (this folder: under 400 lines), for those who do not trust the one that made the verdict. It
imports nothing of it: it reads the formulas itself, takes the slice from the log itself, and decides by the textbook's
meaning. It certifies the derivation. Whether the reports are true, it cannot know.
"""

from comity.check.certificate import Result, check

__all__ = ["Result", "check"]
