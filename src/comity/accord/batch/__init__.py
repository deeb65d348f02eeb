"""The batch path: a whole log at once, by columns. Same answers as the monitor, without witnesses.

A table is a set of *runs*: a binding and a stretch of time-points for which it holds. Operators are joins, unions and
complements of stretches, each a few sorts over arrays; so the cost grows with the events, not with time-points times
bindings.
"""

from comity.accord.batch.history import Answers, History

__all__ = ["Answers", "History"]
