"""accord: what was promised, and is it kept?

Agreed words as formulas of metric first-order temporal logic, a monitor that gives verdicts over reports, and what a
verdict rests on. `Monitor` takes reports as they come, `History` a whole log at once. Usable alone: formulas,
signatures and logs are MonPoly's.
"""

from comity.accord.batch import Answers, History
from comity.accord.engine import Monitor, Verdict, Witness, leaves
from comity.accord.formula import Formula
from comity.accord.log import TimePoint, parse_log, read_log
from comity.accord.memory import unbounded
from comity.accord.monitorable import NotMonitorable, check, normal_form
from comity.accord.syntax import Signature, parse_formula, parse_signature

__all__ = [
    "Answers",
    "Formula",
    "History",
    "Monitor",
    "NotMonitorable",
    "Signature",
    "TimePoint",
    "Verdict",
    "Witness",
    "check",
    "leaves",
    "normal_form",
    "parse_formula",
    "parse_log",
    "parse_signature",
    "read_log",
    "unbounded",
]
