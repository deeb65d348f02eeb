"""check: does a verdict follow from the slice of the log that its certificate names? A small program of its own."""

from comity.check.certificate import Result, check

__all__ = ["Result", "check"]
