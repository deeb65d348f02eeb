"""The brief as PDF, set by Typst: the text goes in as data, never as markup; fonts are embedded."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from comity.desk.parts.values import Brief, Line
from comity.desk.report.clean import isolated, kept
from comity.desk.report.outline import (
    Block,
    Heading,
    Items,
    Matrix,
    Para,
    Passages,
    Sides,
    Slots,
    outline,
    running_head,
)
from comity.words import InputError, MissingExtraError, Role, dumps


def render(brief: Brief, blocks: Sequence[Block] | None = None) -> bytes:
    """The bytes of the file, the same for the same brief. `blocks` are shown in place of the brief's own.

    Raises MissingExtraError without the package ``typst``.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError(
            "PDF needs the package typst: pip install 'comity[pdf]', or choose another format"
        ) from None
    data = {
        "title": isolated(brief.title),
        "head": [isolated(part) for part in running_head(brief)],
        "wide": len(brief.columns) > 4,
        "date": [brief.as_of.year, brief.as_of.month, brief.as_of.day] if brief.as_of else None,
        "blocks": [_block(block, brief) for block in (outline(brief) if blocks is None else blocks)],
    }
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        page = Path(folder) / "brief.typ"
        page.write_text(files("comity.desk.report").joinpath("assets", "brief.typ").read_text("utf-8"), "utf-8")
        (Path(folder) / "brief.json").write_text(dumps(data), "utf-8")
        try:
            made = typst.compile(str(page), root=folder, format="pdf")
        except RuntimeError as error:  # Typst's own errors
            raise InputError(f"the PDF could not be set: {str(error)[:160]}", hint="choose another format") from None
    assert isinstance(made, bytes)
    return made


def _block(block: Block, brief: Brief) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": isolated(block.text), "level": block.level}
    if isinstance(block, Para):
        kind = block.kind or "para"
        if kind == "analyst":
            paragraphs = [isolated(part) for part in block.line.text.split("\n") if part.strip()]
            return {"kind": kind, "by": isolated(block.by), "paragraphs": paragraphs}
        return {"kind": kind, "line": _line(block.line)}
    if isinstance(block, Items):
        return {"kind": "items", "lines": [_line(one) for one in block.lines]}
    if isinstance(block, Matrix):
        return {
            "kind": "matrix",
            "guests": _guests(block, brief),
            "head": [isolated(name) for name in block.head],
            "rows": [
                [isolated(row.issue), *([_line(one) for one in cell] for cell in (*row.cells, row.state))]
                for row in block.rows
            ],
        }
    if isinstance(block, Sides):
        return {
            "kind": "sides",
            "title": isolated(block.title),
            "one": [_line(one) for one in block.one],
            "other": [_line(one) for one in block.other],
        }
    if isinstance(block, Slots):
        return {
            "kind": "slots",
            "line": _line(block.line),
            "slots": [[n, isolated(v)] for n, v in block.slots],
            "unstated": ", ".join(block.unstated),
        }
    return _passages(block)


def _guests(block: Matrix, brief: Brief) -> list[bool]:
    """Which columns between the first and the last may be narrow: of the parties, those that only look on."""
    between = block.head[1:-1]
    if between != tuple(column.name for column in brief.columns):
        return [False] * len(between)
    return [Role.PARTY not in column.roles for column in brief.columns]


def _passages(block: Passages) -> dict[str, Any]:
    rows = [[label, isolated(quote), isolated(credit)] for label, quote, credit in block.rows]
    return {"kind": "passages", "rows": rows}


def _line(one: Line) -> dict[str, Any]:
    words = [
        {"text": f"“{isolated(w.text)}”" if w.quoted else kept(w.text), "kind": "name" if w.name else ""}
        for w in one.words
    ]
    return {"words": words, "cites": list(one.cites)}
