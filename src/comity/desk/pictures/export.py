"""A picture as a file: SVG and PNG drawn without a browser, its specification as JSON, its table as CSV."""

from __future__ import annotations

import json
import re
from pathlib import Path

from comity.desk.listing import render
from comity.desk.pictures.values import Picture
from comity.words import InputError, dumps

FORMATS = ("svg", "png", "json", "csv")
MEDIA = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
VEGA_LITE = "6.4"
"""The version of Vega-Lite that draws, here and in the browser."""


def format_of(path: str | Path) -> str:
    """The format that a file's name tells. Raises InputError if it tells none.

    >>> format_of("out/timeline.SVG")
    'svg'
    """
    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        known = ", ".join(f".{f}" for f in FORMATS)
        raise InputError("its name tells no format", file=str(path), hint=f"end it in one of {known}, or give --format")
    return suffix


def written(picture: Picture, format_: str) -> str | bytes:
    """The picture as text (``svg``, ``json``, ``csv``) or bytes (``png``, 2 pixels a unit).

    The JSON holds the specification under ``spec`` beside title, description, notes and table.
    """
    if format_ == "csv":
        return render(picture.table.records(), picture.table.columns, "csv")
    if format_ == "json":
        return dumps(as_json(picture), indent=2) + "\n"
    if format_ == "svg":
        return svg(picture)
    return png(picture)


def as_json(picture: Picture) -> dict[str, object]:
    """All that a picture is, as plain JSON."""
    return {
        "name": picture.name,
        "title": picture.title,
        "description": picture.description,
        "notes": list(picture.notes),
        "table": {"columns": list(picture.table.columns), "rows": [list(row) for row in picture.table.rows]},
        "spec": picture.spec,
    }


def svg(picture: Picture) -> str:
    """The picture as SVG, without script and without anything to load; its description is in it for a reader."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(_spec(picture), vl_version=VEGA_LITE, allowed_base_urls=[])
    return f"{_renumbered(drawn).rstrip()}\n"


def _renumbered(drawn: str) -> str:
    """The SVG with its own ids counted from 0: Vega counts on from one picture to the next."""
    order: dict[str, str] = {}

    def new(match: re.Match[str]) -> str:
        return order.setdefault(match[0], f"{match[1]}{len(order)}")

    return re.sub(r"(?<=[\"#])(clip|gradient_|pattern_)\d+(?=[\")])", new, drawn)


def png(picture: Picture, scale: float = 2.0) -> bytes:
    """The picture as PNG."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(_spec(picture), vl_version=VEGA_LITE, scale=scale, allowed_base_urls=[])
    return drawn


def _spec(picture: Picture) -> str:
    return json.dumps({**picture.spec, "description": picture.description or picture.spec.get("description", "")})
