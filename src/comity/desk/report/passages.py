"""A document's whole text as HTML with every cited passage marked, its text unchanged.

Passages may nest and cross. A passage that lies in another nests; one that crosses another is cut where the other
ends, and its further pieces carry the class ``x-<label>`` (see `crossing`).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from comity.desk.parts.values import Citation
from comity.desk.report.clean import clean

Piece = tuple[int, int, str, bool]
"""Start, minus end, label, and whether it is the first piece of its passage."""


def marked(text: str, citations: Sequence[Citation], note: Callable[[Citation], Markup]) -> tuple[Markup, list[str]]:
    """The text with marks, and the labels of the passages that were cut.

    `note` gives what follows a passage's first piece: markup that is shown when the passage is the page's target.
    Without the notes, the text of the result is `text` (control characters aside, and with one kind of
    line end).
    """
    by_label = {c.label: c for c in citations}
    queue: list[Piece] = [(c.start, -c.end, c.label, True) for c in citations if 0 <= c.start < c.end <= len(text)]
    heapq.heapify(queue)
    out: list[str] = []
    open_pieces: list[Piece] = []
    cut: dict[str, None] = {}
    at = 0

    def close_until(position: int) -> None:
        nonlocal at
        while open_pieces and -open_pieces[-1][1] <= position:
            _, minus_end, label, first = open_pieces.pop()
            out.append(_text(text, at, -minus_end))
            at = -minus_end
            out.append("</mark>")
            if first:
                out.append(str(note(by_label[label])))

    while queue:
        piece = heapq.heappop(queue)
        start, minus_end, label, first = piece
        close_until(start)
        if open_pieces and -open_pieces[-1][1] < -minus_end:
            border = -open_pieces[-1][1]
            cut[label] = None
            heapq.heappush(queue, (border, minus_end, label, False))
            piece = (start, -border, label, first)
        out.append(_text(text, at, start))
        at = start
        out.append(_opening(by_label[label], first))
        open_pieces.append(piece)
    close_until(len(text))
    out.append(_text(text, at, len(text)))
    return Markup("".join(out)), list(cut)


def _opening(c: Citation, first: bool) -> str:
    if not first:
        return f'<mark class="x-{c.label}">'
    kind = "event" if c.statement is None else "own" if c.mode is not None and c.mode.value == "author" else "said"
    return f'<mark id="{c.label}" class="{kind}" tabindex="-1" data-n="{c.label}">'


def _text(text: str, start: int, end: int) -> str:
    """The stretch as HTML. A page knows one kind of line end: CR LF and a lone CR become LF."""
    stretch = text[start:end].replace("\r\n", "\n")
    if stretch.endswith("\r") and text[end : end + 1] == "\n":
        stretch = stretch[:-1]
    return str(escape(clean(stretch.replace("\r", "\n"))))


def crossing(labels: Sequence[str]) -> str:
    """Style rules that highlight every piece of a passage that was cut, when it is the page's target."""
    return "\n".join(f".text:has(#{label}:target) .x-{label}{{background:var(--glow)}}" for label in labels)
