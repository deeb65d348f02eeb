"""Verdicts as MonPoly prints them."""

from __future__ import annotations

from comity.accord.engine import Verdict
from comity.accord.formula import Value, show_number


def shown(verdict: Verdict, *, closed: bool) -> str:
    """One line: ``@20 (time point 1): (1,"a") (2,"b")``; for a formula without free variables, ``true`` or ``false``.

    Rows are sorted.

    >>> shown(Verdict(1, 20, frozenset({(2, "b"), (1, "a")})), closed=False)
    '@20 (time point 1): (1,"a") (2,"b")'
    """
    head = f"@{show_number(verdict.time)} (time point {verdict.index}): "
    if closed:
        return head + ("true" if verdict.rows else "false")
    rows = sorted(verdict.rows, key=lambda row: [(isinstance(v, str), v) for v in row])
    return head + " ".join(f"({','.join(map(_value, row))})" for row in rows)


def _value(value: Value) -> str:
    return f'"{value}"' if isinstance(value, str) else show_number(value)
