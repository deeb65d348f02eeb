"""Which points no other point beats: larger is better in every column, comparisons of integers only."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numpy as np
from numpy.typing import NDArray

try:
    import moocore
except ImportError:  # the extra `deal` is not installed: slower, same answer
    moocore = None

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_EXACT_IN_DOUBLE = 2**53
_BLOCK = 256
_MANY = 20_000
_SLICES = 64
_MOST_CELLS = 4_000_000


def nondominated(points: Ints) -> Mask:
    """True where no other row is at least as large everywhere and larger somewhere.

    Parameters
    ----------
    points
        Integers, shape (n, parties). Equal rows are all kept or all dropped.

    >>> nondominated(np.array([[1, 2], [2, 1], [1, 1], [1, 2]])).tolist()
    [True, True, False, True]
    """
    count, parties = points.shape
    if count <= 1:
        return np.ones(count, dtype=bool)
    if parties == 1:
        return np.asarray(points[:, 0] == points[:, 0].max())
    if parties == 2:
        return _staircase(points)
    if count <= _BLOCK:
        return _pairwise(points)
    if parties == 4 and count >= _MANY:
        slices = _sliced(points)
        if slices is not None:
            return slices
    if moocore is not None:
        return _by_moocore(points)
    return _sweep(points) if parties == 3 else _archive(points)


def _staircase(points: Ints) -> Mask:
    """Two parties: walk from the largest first value down; a point stays if its second is a new height."""
    order = np.lexsort((-points[:, 1], -points[:, 0]))
    first, second = points[order, 0], points[order, 1]
    highest = np.maximum.accumulate(second)
    before = np.empty_like(highest)
    before[0], before[1:] = second[0] - 1, highest[:-1]
    starts = np.concatenate(([True], first[1:] != first[:-1]))
    head = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    keep = np.zeros(len(order), dtype=bool)
    keep[order] = (second == second[head]) & (second > before[head])
    return keep


def _sliced(points: Ints) -> Mask | None:
    """Four parties: slice by slice of the first value, from the top down. None if the values range too widely.

    What earlier slices hold beats a point exactly if, for some values of two parties no less than its own, the best
    that they hold for the third is no less either; a grid keeps that best. What is left is compared within its slice.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    sides = [int(b) - int(a) + 1 for a, b in zip(low, high, strict=True)]
    one, two, third, first = sorted(range(4), key=lambda p: (sides[p], p))
    if sides[one] * sides[two] > _MOST_CELLS or sides[third] >= 2**31 - 2:
        return None
    kind = np.int16 if sides[third] < 2**15 - 2 else np.int32
    best = np.full((sides[one], sides[two]), -1, dtype=kind)
    x, y, z = (points[:, p] - low[p] for p in (one, two, third))
    order = np.argsort(-points[:, first], kind="stable")
    tops = points[order, first]
    starts = np.flatnonzero(np.concatenate(([True], tops[1:] != tops[:-1])))
    slices = min(_SLICES, len(points) // (_MANY // 4))
    cuts = np.unique(
        starts[
            np.searchsorted(starts, np.linspace(0, len(points), slices + 1)[:-1], side="left").clip(max=len(starts) - 1)
        ]
    )
    keep = np.zeros(len(points), dtype=bool)
    for start, end in zip(cuts, [*cuts[1:], len(points)], strict=True):
        rows = order[start:end]
        rows = rows[best[x[rows], y[rows]] < z[rows]]
        rows = rows[_compared(points[rows])]
        keep[rows] = True
        if end < len(points) and len(rows):
            rows = rows[np.argsort(z[rows], kind="stable")]  # in a cell the largest third value is written last
            wide, deep = int(x[rows].max()) + 1, int(y[rows].max()) + 1
            here = np.full((wide, deep), -1, dtype=kind)
            here[x[rows], y[rows]] = z[rows]
            here = np.maximum.accumulate(here[::-1], axis=0)[::-1]
            here = np.maximum.accumulate(here[:, ::-1], axis=1)[:, ::-1]
            np.maximum(best[:wide, :deep], here, out=best[:wide, :deep])
    return keep


def _compared(points: Ints) -> Mask:
    """As `nondominated`, without slices."""
    if len(points) <= _BLOCK:
        return _pairwise(points)
    return _by_moocore(points) if moocore is not None else _archive(points)


def _pairwise(points: Ints) -> Mask:
    no_worse = (points[:, None, :] >= points[None, :, :]).all(axis=2)
    return np.asarray(~(no_worse & ~no_worse.T).any(axis=0))


def _by_moocore(points: Ints) -> Mask:
    if int(points.max()) >= _EXACT_IN_DOUBLE or int(points.min()) <= -_EXACT_IN_DOUBLE:
        points = np.stack([np.unique(column, return_inverse=True)[1] for column in points.T], axis=1)
    found: Any = moocore.is_nondominated(points.astype(np.float64), maximise=True, keep_weakly=True)
    return np.asarray(found, dtype=bool)


def _sweep(points: Ints) -> Mask:
    """Three parties: from the largest first value down, keeping the staircase of the other two sorted."""
    order = np.lexsort((-points[:, 2], -points[:, 1], -points[:, 0]))
    keep = np.zeros(len(points), dtype=bool)
    seconds: list[int] = []  # rising, with thirds falling
    thirds: list[int] = []
    last: tuple[int, int, int] | None = None
    for row, (a, b, c) in zip(order.tolist(), points[order].tolist(), strict=True):
        if (a, b, c) == last:
            keep[row] = True
            continue
        at = bisect_left(seconds, b)
        if at < len(seconds) and thirds[at] >= c:
            continue
        keep[row], last = True, (a, b, c)
        low = at
        while low > 0 and thirds[low - 1] <= c:
            low -= 1
        high = at + 1 if at < len(seconds) and seconds[at] == b else at
        seconds[low:high], thirds[low:high] = [b], [c]
    return keep


def _archive(points: Ints) -> Mask:
    """Any number of parties: in falling lexicographic order nothing is dominated by what comes later."""
    order = np.lexsort(tuple(-column for column in points.T[::-1]))
    keep = np.zeros(len(points), dtype=bool)
    kept = points[:0]
    for start in range(0, len(points), _BLOCK):
        block = order[start : start + _BLOCK]
        rows = points[block]
        beaten = np.zeros(len(block), dtype=bool)
        for low in range(0, len(kept), 4096):
            part = kept[low : low + 4096]
            left = np.flatnonzero(~beaten)
            no_worse = (part[:, None, :] >= rows[left][None]).all(axis=2)
            larger = (part[:, None, :] > rows[left][None]).any(axis=2)
            beaten[left] = (no_worse & larger).any(axis=0)
        left = np.flatnonzero(~beaten)
        left = left[_pairwise(rows[left])]
        keep[block[left]] = True
        kept = np.concatenate([kept, rows[left]])
    return keep
