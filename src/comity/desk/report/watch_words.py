"""Marks and words of verdicts, the same in every format. No mark relies on colour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.desk.watching import ORDER, Run
from comity.words import Accord, Compliance

MARKS = {
    Compliance.COMPLIED: "✓",
    Compliance.BREACHED: "✕",
    Compliance.DISPUTED: "±",
    Compliance.PENDING: "…",
    Compliance.NOT_VERIFIABLE: "?",
}
WORDS = {
    Compliance.COMPLIED: "complied",
    Compliance.BREACHED: "reported breach",
    Compliance.DISPUTED: "disputed",
    Compliance.PENDING: "pending",
    Compliance.NOT_VERIFIABLE: "not verifiable",
}


def worst(cell: Sequence[Run]) -> Compliance | None:
    """The verdict that a cell shows: the one that needs a person first."""
    return min((run.finding.verdict for run in cell), key=ORDER.index, default=None)


def bound(binding: Sequence[tuple[str, str]], accord: Accord) -> str:
    """A binding in words, with names as the accord shows them."""
    names = dict(accord.names) | {z.id: z.name for z in accord.zones}
    return ", ".join(names.get(value, value) for _, value in binding)


def days_of(start: date, end: date) -> str:
    """A day, or the first and the last of several.

    >>> days_of(date(2031, 3, 1), date(2031, 3, 4))
    '2031-03-01 to 2031-03-04'
    """
    return f"{start:%Y-%m-%d}" if start == end else f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"
