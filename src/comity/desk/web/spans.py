"""A text cut into segments at every end of a span, so that spans may nest and cross and each stays legible.

Each span gets a lane, the lowest that is free where it begins: a page draws one line under the text for each lane.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from comity.desk.report.clean import clean

LANES = 4
"""Lines that are drawn under a text; spans in deeper lanes share the last."""

_PIECE = re.compile(r"\r\n|(?:(?!\r\n).)+", re.DOTALL)


@dataclass(frozen=True)
class Mark:
    """A span of the text: ``[start, end)`` in code points, its number on the page, and classes of its own."""

    start: int
    end: int
    number: int
    classes: str = ""


@dataclass(frozen=True)
class Segment:
    """A stretch of text in which the same marks hold, each with its lane."""

    start: int
    end: int
    marks: tuple[tuple[Mark, int], ...]


def segments(start: int, end: int, marks: Sequence[Mark]) -> list[Segment]:
    """The stretch ``[start, end)`` of a text, cut at every end of a mark.

    >>> [(s.start, s.end, [(m.number, lane) for m, lane in s.marks])
    ...  for s in segments(0, 9, [Mark(1, 5, 1), Mark(3, 7, 2)])]
    [(0, 1, []), (1, 3, [(1, 0)]), (3, 5, [(1, 0), (2, 1)]), (5, 7, [(2, 1)]), (7, 9, [])]
    """
    inside = sorted((m for m in marks if m.start < end and m.end > start and m.start < m.end), key=_order)
    cuts = {start, end}
    for mark in inside:
        cuts.update((max(start, mark.start), min(end, mark.end)))
    lanes = _lanes(inside)
    found: list[Segment] = []
    open_: list[tuple[int, int, Mark]] = []
    upcoming = 0
    borders = sorted(cuts)
    for left, right in pairwise(borders):
        open_ = [each for each in open_ if each[0] > left]
        while upcoming < len(inside) and inside[upcoming].start <= left:
            mark = inside[upcoming]
            open_.append((mark.end, lanes[upcoming], mark))
            upcoming += 1
        found.append(Segment(left, right, tuple((mark, lane) for _, lane, mark in open_)))
    return found


def _order(mark: Mark) -> tuple[int, int, int]:
    return (mark.start, -mark.end, mark.number)


def _lanes(marks: Sequence[Mark]) -> list[int]:
    free: list[int] = []
    busy: list[tuple[int, int]] = []
    found, count = [], 0
    for mark in marks:
        while busy and busy[0][0] <= mark.start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        lane = heapq.heappop(free) if free else count
        count += lane == count
        heapq.heappush(busy, (mark.end, lane))
        found.append(lane)
    return found


def html(text: str, cut: Sequence[Segment]) -> Markup:
    """Segments of a text as HTML. ``data-at`` says at which code point a piece begins, ``data-m`` which marks hold.

    A page knows one kind of line end: CR LF is shown as LF, in a piece of its own so that the places stay right. Where
    a mark begins, its number stands before the text.
    """
    out: list[str] = []
    begun: set[int] = set()
    for segment in cut:
        fresh = [mark for mark, _ in segment.marks if mark.number not in begun]
        begun.update(mark.number for mark in fresh)
        for mark in fresh:
            out.append(
                f'<a class="n" id="s{mark.start}-{mark.end}" href="#m{mark.number}" data-n="{mark.number}"'
                f' aria-label="statement {mark.number}"></a>'
            )
        names = " ".join(f"l{min(lane, LANES - 1)}" for _, lane in segment.marks)
        more = " ".join(dict.fromkeys(mark.classes for mark, _ in segment.marks if mark.classes))
        which = " ".join(str(mark.number) for mark, _ in segment.marks)
        style = f' class="m {names} {more}" data-m="{which}"' if which else ""
        for at, stretch in _lines(text, segment.start, segment.end):
            out.append(f'<span data-at="{at}"{style}>{escape(clean(stretch))}</span>')
    return Markup("".join(out))


def _lines(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The stretch in pieces of which each shows as many code points as it has."""
    stretch = text[start:end]
    if "\r" not in stretch:
        return [(start, stretch)]
    pieces, at = [], start
    for part in _PIECE.findall(stretch):
        pieces.append((at, part.replace("\r\n", "\n").replace("\r", "\n")))
        at += len(part)
    return pieces
