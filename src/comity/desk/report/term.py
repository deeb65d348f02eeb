"""The brief on a terminal or as plain text, 80 columns wide. An issue a block, as a table of parties would not fit."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from comity.desk.parts.values import Brief, Line
from comity.desk.report.clean import isolated, kept
from comity.desk.report.outline import (
    Block,
    Heading,
    Items,
    Matrix,
    MatrixRow,
    Para,
    Passages,
    Sides,
    Slots,
    outline,
)

WIDTH = 80


def render(brief: Brief, width: int = WIDTH, blocks: Sequence[Block] | None = None) -> str:
    """The brief as plain text. `blocks` are shown in place of the brief's own."""
    parts = [_block(block, width) for block in (outline(brief) if blocks is None else blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, width: int) -> str:
    if isinstance(block, Heading):
        text = isolated(block.text)
        line = "=" if block.level == 1 else "-"
        return _wrapped(text, width) + (f"\n{line * min(width, len(text))}" if block.level < 3 else "")
    if isinstance(block, Para):
        if block.kind == "analyst":
            by = f" ({isolated(block.by)})" if block.by else ""
            words = [_wrapped(isolated(row), width, "  | ") for row in block.line.text.splitlines() if row.strip()]
            return "\n".join([f"  | THE ANALYST’S OWN WORDS{by}", *words])
        return _wrapped(_line(block.line), width)
    if isinstance(block, Items):
        return "\n".join(_wrapped(_line(one), width, "- ", "  ") for one in block.lines)
    if isinstance(block, Matrix):
        return "\n\n".join(_row(block, row, width) for row in block.rows)
    if isinstance(block, Sides):
        sides = [[_wrapped(_line(one), width, "    ") for one in side] for side in (block.one, block.other)]
        return "\n".join([_wrapped(isolated(block.title), width), *sides[0], "  against", *sides[1]])
    if isinstance(block, Slots):
        rows = [*block.slots, *([("not stated", ", ".join(block.unstated))] if block.unstated else [])]
        slots = [_wrapped(f"{name + ':':12} {isolated(value)}", width, "    ", " " * 17) for name, value in rows]
        return "\n".join([_wrapped(_line(block.line), width, "- ", "  "), *slots])
    return _passages(block, width)


def _passages(block: Passages, width: int) -> str:
    rows = (
        _wrapped(f"{label}  “{isolated(quote)}” – {isolated(credit)}", width, "", "     ")
        for label, quote, credit in block.rows
    )
    return "\n".join(rows)


def _row(block: Matrix, row: MatrixRow, width: int) -> str:
    state = "; ".join(_line(one) for one in row.state)
    shown = [_wrapped(f"{isolated(row.issue).upper()} – {state}", width, "", "  ")]
    for name, cell in zip(block.head[1:-1], row.cells, strict=True):
        if not cell:
            shown.append(_wrapped(f"{isolated(name)}: –", width, "  ", "    "))
        for one in cell:
            shown.append(_wrapped(f"{isolated(name)}: {_line(one)}", width, "  ", "    "))
    return "\n".join(shown)


def _line(one: Line) -> str:
    words = "".join(f"“{isolated(w.text)}”" if w.quoted else kept(w.text) for w in one.words)
    return f"{words} [{', '.join(one.cites)}]" if one.cites else words


def _wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> str:
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=True,
        break_on_hyphens=False,
    )
