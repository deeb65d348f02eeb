"""How much a monitor has to remember: what grows with the log is told before it runs."""

from __future__ import annotations

from comity.accord.formula import Formula, Prefix, Temporal
from comity.accord.monitorable import normal_form


def unbounded(formula: Formula) -> list[str]:
    """What of a formula needs memory without a bound, one line each; none if a window bounds it all.

    An operator over the past without an upper bound keeps every binding it has ever seen. (An unbounded future is no
    such case: it is never decided, and refused.)

    >>> from comity.accord.syntax import parse_formula
    >>> unbounded(parse_formula("crossed(z) AND NOT ONCE notified(z)"))
    ['ONCE[0,*) notified(z) keeps every binding of z that the log ever brings; give ONCE an upper bound']
    >>> unbounded(parse_formula("crossed(z) AND NOT ONCE[0,7d] notified(z)"))
    []
    """
    return list(dict.fromkeys(_notes(normal_form(formula))))


def _notes(formula: Formula) -> list[str]:
    notes = [note for part in formula.parts for note in _notes(part)]
    if isinstance(formula, Prefix | Temporal) and formula.op in ("ONCE", "SINCE") and not formula.interval.bounded:
        names = formula.parts[-1].free
        if names:
            until = "" if formula.op == "ONCE" else " until its left side breaks it"
            kept = f"keeps every binding of {', '.join(names)} that the log ever brings{until}"
            notes.append(f"{formula} {kept}; give {formula.op} an upper bound")
    return notes
