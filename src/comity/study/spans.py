"""How far two coders marked the same stretches of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.words import Span


@dataclass(frozen=True)
class SpanAgreement:
    """F1 of two coders' spans, 0 to 1; symmetric.

    `overlap` counts characters that both marked; `matched` counts spans of one that share more than half (of their
    union) with a span of the other; `exact` spans that are the same. None where neither marked anything.
    """

    overlap: float | None
    matched: float | None
    exact: float | None
    one: int
    other: int


def span_agreement(one: Iterable[tuple[str, Span]], other: Iterable[tuple[str, Span]]) -> SpanAgreement:
    """Agreement of two coders' spans, each with the document it is in.

    >>> span_agreement([("a", (0, 10))], [("a", (0, 5))]).overlap.__round__(3)
    0.667
    """
    mine, theirs = sorted(set(one)), sorted(set(other))
    by_document: dict[str, tuple[list[Span], list[Span]]] = {}
    for place, side in ((0, mine), (1, theirs)):
        for document, span in side:
            by_document.setdefault(document, ([], []))[place].append(span)
    shared = length = matched = 0
    for left, right in by_document.values():
        joined = [_joined(left), _joined(right)]
        length += sum(b - a for side in joined for a, b in side)
        shared += _common(joined[0], joined[1])
        matched += len(matches(left, right))
    marked = len(mine) + len(theirs)
    return SpanAgreement(
        overlap=2 * shared / length if length else None,
        matched=2 * matched / marked if marked else None,
        exact=2 * len(set(mine) & set(theirs)) / marked if marked else None,
        one=len(mine),
        other=len(theirs),
    )


def share(a: Span, b: Span) -> float:
    """Characters in both over characters in either, 0 to 1."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, both) / (a[1] - a[0] + b[1] - b[0] - max(0, both)) if both > 0 else 0.0


def matches(one: Sequence[Span], other: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Pairs that share more than half of their union.

    Of spans that do not overlap on their own side, each has at most one partner; where they do, the closest pair goes
    first, and no span is used twice.
    """
    found = []
    later = sorted(other)
    for a in sorted(one):
        for b in later:
            if b[0] >= a[1]:
                break
            if share(a, b) > 0.5:
                found.append((-share(a, b), a, b))
    used: set[tuple[int, Span]] = set()
    pairs = []
    for _, a, b in sorted(found):
        if (0, a) not in used and (1, b) not in used:
            used |= {(0, a), (1, b)}
            pairs.append((a, b))
    return sorted(pairs)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The stretches covered, without overlaps."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _common(one: Sequence[Span], other: Sequence[Span]) -> int:
    total = i = j = 0
    while i < len(one) and j < len(other):
        total += max(0, min(one[i][1], other[j][1]) - max(one[i][0], other[j][0]))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return total
