"""The brief as Markdown: GitHub's flavour, labels as footnotes that hold the quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from comity.desk.parts.values import Brief, Line, Words
from comity.desk.report.clean import isolated, kept
from comity.desk.report.outline import Block, Heading, Items, Matrix, Para, Passages, Sides, Slots, outline

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&^])")
_STARTS = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def render(brief: Brief, blocks: Sequence[Block] | None = None) -> str:
    """The brief as Markdown text. `blocks` are shown in place of the brief's own."""
    shown = outline(brief) if blocks is None else blocks
    return "\n\n".join(part for block in shown for part in _block(block)) + "\n"


def _block(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [f"{'#' * block.level} {escape(block.text)}"]
    if isinstance(block, Para):
        if block.kind == "analyst":
            return [_analyst(block)]
        if block.kind == "note":
            return [f"*{_line(block.line)}*"]
        return [_line(block.line)]
    if isinstance(block, Items):
        return ["\n".join(f"- {_line(one)}" for one in block.lines)]
    if isinstance(block, Matrix):
        return [_matrix(block)]
    if isinstance(block, Sides):
        one, other = ("\n".join(f"> - {_line(item)}" for item in side) for side in (block.one, block.other))
        return [f"### {escape(block.title)}", f"{one}\n>\n> *against*\n>\n{other}"]
    if isinstance(block, Slots):
        slots = [f"  - {name}: {escape(value)}" for name, value in block.slots]
        slots += [f"  - *not stated*: {', '.join(block.unstated)}"] if block.unstated else []
        return ["\n".join([f"- {_line(block.line)}", *slots])]
    return _passages(block)


def _passages(block: Passages) -> list[str]:
    return [
        "\n".join(
            f"[^{label}]: **{label}** “{escape(quote)}” – {escape(credit)}" for label, quote, credit in block.rows
        )
    ]


def _analyst(block: Para) -> str:
    """The analyst's own Markdown is theirs: only HTML in it is disarmed."""
    by = f" ({escape(block.by)})" if block.by else ""
    own = block.line.text.replace("&", "&amp;").replace("<", "&lt;")
    return "\n".join(f"> {row}".rstrip() for row in (f"**The analyst’s own words{by}**", "", *own.splitlines()))


def _matrix(block: Matrix) -> str:
    rows = [
        (
            f"**{escape(row.issue)}**",
            *("<br>".join(_line(one) for one in cell) or "–" for cell in row.cells),
            "<br>".join(_line(one) for one in row.state),
        )
        for row in block.rows
    ]
    head = [escape(name) for name in block.head]
    table = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in table)


def _line(one: Line) -> str:
    words = "".join(map(_word, one.words))
    notes = "".join(f"[^{label}]" for label in one.cites)
    return f"{_STARTS.sub(_inert_start, words)}{notes}"


def _word(w: Words) -> str:
    if w.quoted:
        return f"“{escape(w.text)}”"
    if w.name:
        return f"**{escape(w.text).strip()}**{' ' if w.text.endswith(' ') else ''}"
    blank = kept(w.text)
    return f"{' ' if blank[:1] == ' ' else ''}{escape(w.text)}{' ' if blank[1:].endswith(' ') else ''}"


def _inert_start(match: re.Match[str]) -> str:
    return f"{match[1]}\\{match[2]}" if not match[2][0].isdigit() else f"{match[1]}{match[2]}\u2060"


def escape(text: str) -> str:
    """`text` so that Markdown shows it as it is.

    >>> escape("*<b>*")
    '\\\\*\\\\<b\\\\>\\\\*'
    """
    return re.sub(r"(?i)\b(https?|ftp|www)(:|\.)", "\\1\\2\u2060", _SPECIAL.sub(r"\\\1", isolated(text)))
