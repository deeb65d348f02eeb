"""accord: what was promised, and is it kept?

Agreed words as formulas of metric first-order temporal logic, a monitor that gives verdicts over reports, and what a
verdict rests on. Usable alone: formulas, signatures and logs are MonPoly's.
"""

from comity.accord.engine import Monitor, Verdict
from comity.accord.formula import Formula
from comity.accord.log import TimePoint, parse_log
from comity.accord.monitorable import NotMonitorable, check, normal_form
from comity.accord.syntax import Signature, parse_formula, parse_signature

__all__ = [
    "Formula",
    "Monitor",
    "NotMonitorable",
    "Signature",
    "TimePoint",
    "Verdict",
    "check",
    "normal_form",
    "parse_formula",
    "parse_log",
    "parse_signature",
]
