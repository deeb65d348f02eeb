"""Verdicts on clauses over reports that are late, uncertain or corrected: true, false or not known, never a guess.

`judge` gives the findings of a clause as known on a date; `Case` is one clause, one binding, one day, and can say what
would change its verdict. Every incident stands for all days and counts that its report allows.
"""

from comity.accord.verdicts.case import Case, Decision
from comity.accord.verdicts.findings import Judgement, deadlines, judge

__all__ = ["Case", "Decision", "Judgement", "deadlines", "judge"]
