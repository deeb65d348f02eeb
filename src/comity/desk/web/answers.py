"""The picture and the tables of an answer of the bargaining room as files."""

from __future__ import annotations

import csv
import io
import re

import lxml.html  # type: ignore[import-untyped]

from comity.bargaining.show import Page
from comity.words import InputError

FORMATS = ("svg", "png", "csv")
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_LOOKS = ".halo { stroke: #fff; stroke-width: 4px; paint-order: stroke; } .paper { fill: #fff; }"
"""What the page's style sheet does for a picture in it."""


def pictures(answer: Page) -> tuple[str, ...]:
    """The pictures of an answer, larger than what stands in a line of a table, as SVG files of their own."""
    found = []
    for part in answer.parts:
        for picture in _SVG.findall(str(part.body)):
            height = re.search(r'height="([\d.]+)"', picture)
            if height and float(height[1]) > 60:
                found.append(picture.replace(">", f"><style>{_LOOKS}</style>", 1))
    return tuple(found)


def tables(answer: Page) -> tuple[tuple[str, list[list[str]]], ...]:
    """The tables of an answer, each with the heading it stands under: rows of cells, the head first."""
    found = []
    for part in answer.parts:
        body = str(part.body)
        for table in lxml.html.fragments_fromstring(f"<div>{body}</div>")[0].iter("table"):
            rows = [
                [" ".join(cell.text_content().split()) for cell in row.iter("th", "td")] for row in table.iter("tr")
            ]
            found.append((part.heading, rows))
    return tuple(found)


def written(answer: Page, format_: str) -> str | bytes:
    """The first picture as ``svg`` or ``png``, or all tables as ``csv``. Raises InputError if there is none."""
    if format_ == "csv":
        return _csv(answer)
    shown = pictures(answer)
    if not shown:
        raise InputError("this answer has no picture", hint="take its table")
    if format_ == "svg":
        return f"{shown[0]}\n"
    import vl_convert

    drawn: bytes = vl_convert.svg_to_png(shown[0], scale=2.0)
    return drawn


def _csv(answer: Page) -> str:
    """Each row with the heading it stands under; a table's head is a row of its own."""
    found = tables(answer)
    if not found:
        raise InputError("this answer has no table", hint="read it on the page")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for heading, rows in found:
        for row in rows:
            writer.writerow([heading, *(f"'{cell}" if cell[:1] in "=+@" and cell else cell for cell in row)])
    return out.getvalue()
