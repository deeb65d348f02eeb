"""Raw probabilities of the network as chances of being right.

A curve through a few points, rising, straight between them: what isotonic regression (Zadrozny and Elkan 2002) leaves
after fitting, kept as numbers so that no fitting is needed to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Curve:
    """Points (raw, calibrated), raw rising and calibrated never falling.

    >>> Curve(((0.0, 0.1), (1.0, 0.9)))(0.5)
    0.5
    """

    points: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))

    @classmethod
    def of(cls, points: Sequence[Sequence[float]]) -> Curve:
        """A curve from its JSON form."""
        return cls(tuple((float(a), float(b)) for a, b in points))

    def __call__(self, raw: float) -> float:
        xs, ys = zip(*self.points, strict=True)
        return round(float(np.interp(raw, xs, ys)), 3)


def fit(raw: ArrayLike, right: ArrayLike, least: int = 40) -> Curve:
    """The rising curve nearest to whether each was right: pool adjacent violators over bins of at least `least`.

    Parameters
    ----------
    raw, right
        One raw probability and one outcome (0 or 1) each.
    least
        How many outcomes stand behind each point; fewer would be noise.

    >>> fit([0.1] * 4 + [0.9] * 4, [0, 0, 0, 1, 1, 1, 1, 0], least=4).points
    ((0.1, 0.25), (0.9, 0.75))
    """
    xs, ys = np.asarray(raw, dtype=float), np.asarray(right, dtype=float)
    order = np.argsort(xs, kind="stable")
    bins = np.array_split(order, max(1, len(order) // least))
    pools: list[tuple[float, float, int]] = []
    for chosen in bins:
        pools.append((float(xs[chosen].mean()), float(ys[chosen].mean()), len(chosen)))
        while len(pools) > 1 and pools[-1][1] <= pools[-2][1]:
            (xa, ya, na), (xb, yb, nb) = pools[-2:]
            pools[-2:] = [((xa * na + xb * nb) / (na + nb), (ya * na + yb * nb) / (na + nb), na + nb)]
    return Curve(tuple((round(x, 4), round(y, 4)) for x, y, _ in pools))


def bins(sure: ArrayLike, right: ArrayLike, count: int = 10) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and number, in `count` bins of equal width; empty bins are left out."""
    xs, ys = np.asarray(sure, dtype=float), np.asarray(right, dtype=float)
    place: NDArray[np.int64] = np.minimum((xs * count).astype(np.int64), count - 1)
    return [
        (float(xs[place == k].mean()), float(ys[place == k].mean()), int((place == k).sum()))
        for k in range(count)
        if (place == k).any()
    ]


def expected_calibration_error(sure: ArrayLike, right: ArrayLike, count: int = 10) -> float:
    """Mean distance of confidence and share right over bins, weighted by their number (Naeini et al. 2015).

    >>> expected_calibration_error([0.8] * 5, [1, 1, 1, 1, 0])
    0.0
    """
    found = bins(sure, right, count)
    whole = sum(n for _, _, n in found)
    return round(sum(abs(x - y) * n for x, y, n in found) / max(1, whole), 6)
