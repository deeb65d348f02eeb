"""Marks that tell parties apart without colour: shapes, dashes and one ink for all, in the agenda's order.

No party gets a colour of its own, so no picture takes a side and none fails in print or for a colour-blind reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from comity.desk.parts.matrix import columns
from comity.words import EventStatus, Ledger

INK, SOFT, FAINT, PAPER = "#1f2328", "#6b7280", "#e5e7eb", "#ffffff"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
OTHERS = "others"
"""The row of whatever is said for no party of the agenda."""

SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-right",
    "triangle-left",
    "M-1,-1L1,1M-1,1L1,-1M-1,0L1,0",  # a star of three strokes
    "M-1,-1H1V-0.4H-1ZM-1,0.4H1V1H-1Z",  # two bars
)
DASHES = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3), (12, 4), (4, 4), (1, 3), (10, 2, 2, 2, 2, 2))

STATUS_SHAPES: Mapping[EventStatus, str] = {
    EventStatus.HELD: "diamond",
    EventStatus.ONGOING: "square",
    EventStatus.PLANNED: "triangle-right",
    EventStatus.AGREED: "triangle-up",
    EventStatus.POSTPONED: "triangle-down",
    EventStatus.CANCELLED: "cross",
}


def shapes(names: Iterable[str]) -> dict[str, str]:
    """A shape for each name, in order. There are ten; after that they come again, and the row's label tells.

    >>> shapes(["Aldermark", "Brenland"])
    {'Aldermark': 'circle', 'Brenland': 'square'}
    """
    return {name: SHAPES[i % len(SHAPES)] for i, name in enumerate(names)}


def dashes(names: Iterable[str]) -> dict[str, list[int]]:
    """A dash pattern for each name, in order."""
    return {name: list(DASHES[i % len(DASHES)]) for i, name in enumerate(names)}


def party_names(ledger: Ledger) -> dict[str, str]:
    """Ids of the parties shown to their names, in the agenda's order."""
    return {column.id: column.name for column in columns(ledger)}


def sides_of(ledger: Ledger) -> dict[str, str]:
    """Those parties, and whatever no party says."""
    return {**party_names(ledger), OTHERS: OTHERS}


def config() -> dict[str, Any]:
    """What all pictures share in looks. The font is named, for widths are measured with it."""
    return {
        "background": PAPER,
        "font": FONT,
        "title": {"anchor": "start", "fontSize": 15, "color": INK, "subtitleColor": SOFT, "subtitleFontSize": 12},
        "axis": {"labelColor": INK, "titleColor": SOFT, "gridColor": FAINT, "domainColor": SOFT, "tickColor": SOFT},
        "axisY": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "start", "titleY": -8},
        "legend": {"labelColor": INK, "titleColor": SOFT, "symbolStrokeColor": INK, "orient": "bottom"},
        "view": {"stroke": None},
        "text": {"color": INK, "fontSize": 11},
    }
