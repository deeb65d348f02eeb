"""How far coders agree beyond chance: Krippendorff's α, with intervals.

Source of the method: K. Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), and *Content Analysis* (4th
ed., 2018), ch. 12. α = 1 - D_observed / D_expected: 1 is perfect agreement, 0 what chance would give, below 0
systematic disagreement. Any number of coders, any number of missing values.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from comity.words import InputError

Value = Hashable
"""What a coder gave a unit; ``None`` where the coder gave nothing."""

Floats = NDArray[np.float64]


class Scale(StrEnum):
    """How values of a field differ: any two are as far apart as any other, or by rank, distance or proportion."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True)
class Alpha:
    """An agreement and what it rests on.

    `value` is None where it is not defined: fewer than two values that can be paired, or (`expected` is 0) no variation
    at all, where agreement cannot be told from a constant. `units` counts units with at least two values, `values` the
    values in them, `coders` those who gave at least one of these. `low` and `high` bound the middle `level` of
    `replicates` bootstrap replicates (None without a bootstrap, or where most replicates are not defined).
    """

    value: float | None
    scale: Scale
    units: int
    values: int
    coders: int
    observed: float
    expected: float
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    replicates: int = 0
    method: str = "Krippendorff 2011"


def alpha(
    data: Sequence[Sequence[Value]],
    scale: Scale = Scale.NOMINAL,
    *,
    order: Sequence[Value] | None = None,
    replicates: int = 0,
    level: float = 0.95,
    seed: int = 1,
) -> Alpha:
    """Krippendorff's α of coders (rows) over units (columns); None is a missing value.

    Parameters
    ----------
    data
        One row a coder, all of one length.
    scale
        What a difference of two values is. INTERVAL and RATIO need numbers; RATIO none below 0.
    order
        For ORDINAL, all values from lowest to highest; by default they are sorted.
    replicates
        If above 0, an interval from that many bootstrap replicates: units are drawn with replacement and α is worked
        out anew, observed and expected disagreement both (the plain bootstrap of units, percentile interval; not
        Krippendorff's own, which redraws the observed disagreements alone and keeps the expected one fixed).
    seed
        Of the bootstrap: the same data and seed give the same interval.

    Raises InputError for rows of different length, or values that do not fit the scale.

    >>> alpha([[1, 2, 3, 3], [1, 2, 3, 2]]).value.__round__(3)
    0.667
    >>> alpha([["a", "a"], ["a", "a"]]).value is None
    True
    """
    counts, points, coders = _counts(data, scale, order)
    if not len(counts):
        return Alpha(None, scale, 0, 0, 0, 0.0, 0.0)
    value, observed, expected = _alpha(counts, np.ones(len(counts)), points, scale)
    low = high = None
    if replicates:
        low, high = _interval(counts, points, scale, replicates, level, seed)
    return Alpha(
        value,
        scale,
        len(counts),
        int(counts.sum()),
        coders,
        observed,
        expected,
        low,
        high,
        level,
        replicates,
        "Krippendorff 2011" + ("; bootstrap of units, percentile interval" if replicates else ""),
    )


def _counts(data: Sequence[Sequence[Value]], scale: Scale, order: Sequence[Value] | None) -> tuple[Floats, Floats, int]:
    """Units × values: how often a unit got a value, for units with at least two values; the values as numbers."""
    lengths = {len(row) for row in data}
    if len(lengths) > 1:
        raise InputError("coders' rows differ in length", hint="give every coder a value or None for every unit")
    units = [[value for value in column if value is not None] for column in zip(*data, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    given = {value for unit in units for value in unit}
    values = _ordered(given, scale, order)
    place = {value: number for number, value in enumerate(values)}
    counts = np.zeros((len(units), len(values)))
    for row, unit in zip(counts, units, strict=True):
        for value in unit:
            row[place[value]] += 1
    paired = [sum(value is not None for value in column) > 1 for column in zip(*data, strict=True)]
    coders = sum(any(v is not None and ok for v, ok in zip(row, paired, strict=True)) for row in data)
    measured = scale in (Scale.INTERVAL, Scale.RATIO)
    numbers: Floats = np.array(values if measured else range(len(values)), dtype=np.float64)
    return counts, numbers, coders


def _ordered(given: set[Value], scale: Scale, order: Sequence[Value] | None) -> list[Value]:
    if scale in (Scale.INTERVAL, Scale.RATIO):
        wrong = [v for v in given if isinstance(v, bool) or not isinstance(v, int | float)]
        if scale is Scale.RATIO:
            wrong += [v for v in given if isinstance(v, int | float) and v < 0]
        if wrong:
            raise InputError(f"{wrong[0]!r} is no value of a scale by {scale.value}", hint="use another scale")
        return sorted(given, key=lambda v: float(str(v)))
    if order is not None:
        unknown = given - set(order)
        if unknown:
            raise InputError(f"{sorted(map(repr, unknown))[0]} is not in the order given", field="order")
        return [value for value in order if value in given]
    if scale is Scale.ORDINAL:
        try:
            return sorted(given)  # type: ignore[type-var]
        except TypeError:
            raise InputError("these values have no order of their own", field="order", hint="give one") from None
    return sorted(given, key=repr)


def _distances(totals: Floats, points: Floats, scale: Scale) -> Floats:
    """Squared difference of every two values; `totals` says how often each was given (ordinal ranks rest on that)."""
    size = len(points)
    if scale is Scale.NOMINAL:
        return np.asarray(1.0 - np.eye(size))
    if scale is Scale.INTERVAL:
        return np.asarray((points[:, None] - points[None, :]) ** 2)
    if scale is Scale.RATIO:
        total = points[:, None] + points[None, :]
        return np.asarray(((points[:, None] - points[None, :]) / np.where(total == 0, 1.0, total)) ** 2)
    middle = np.cumsum(totals) - totals / 2  # the mean rank of each value
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)


def _alpha(counts: Floats, weights: Floats, points: Floats, scale: Scale) -> tuple[float | None, float, float]:
    """α of units that count `weights` times each; None where it is not defined."""
    totals = weights @ counts
    all_values = totals.sum()
    if all_values < 2:
        return None, 0.0, 0.0
    distances = _distances(totals, points, scale)
    given = counts.sum(axis=1)
    # pairs within units: n_uc n_uk d_ck / (m_u - 1); a value with itself is at distance 0
    if scale is Scale.NOMINAL:
        within = (given**2 - (counts**2).sum(axis=1)) / (given - 1)
    else:
        within = ((counts @ distances) * counts).sum(axis=1) / (given - 1)
    observed = float(weights @ within / all_values)
    expected = float(totals @ distances @ totals / (all_values * (all_values - 1)))
    return (None if expected == 0 else 1 - observed / expected), observed, expected


def _interval(
    counts: Floats, points: Floats, scale: Scale, replicates: int, level: float, seed: int
) -> tuple[float | None, float | None]:
    draw = np.random.Generator(np.random.PCG64(seed))
    size = len(counts)
    # many units have the same values: a draw is told by how often each pattern came
    patterns, pattern_of = np.unique(counts, axis=0, return_inverse=True)
    pattern_of = pattern_of.reshape(-1)
    found = []
    for _ in range(replicates):
        drawn = pattern_of[draw.integers(0, size, size)]
        weights = np.bincount(drawn, minlength=len(patterns)).astype(np.float64)
        value, _, _ = _alpha(patterns, weights, points, scale)
        if value is not None:
            found.append(value)
    if len(found) * 2 < replicates:
        return None, None
    tail = (1 - level) / 2
    low, high = np.quantile(np.array(found), [tail, 1 - tail])
    return float(low), float(high)
