"""Confidence: curves rise, and a fit makes it say what it means."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.reading.model.calibration import Curve, bins, expected_calibration_error, fit


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=300))
def test_a_fitted_curve_never_falls_and_stays_a_chance(pairs: list[tuple[float, bool]]) -> None:
    curve = fit(*zip(*pairs, strict=True), least=10)
    values = [curve(x) for x in np.linspace(0, 1, 21)]
    assert values == sorted(values)
    assert all(0 <= v <= 1 for v in values)


def test_a_fit_mends_what_is_too_sure() -> None:
    rng = np.random.default_rng(3)
    chance = rng.random(4000)
    right = rng.random(4000) < chance
    raw = chance**0.25  # far too sure
    curve = fit(raw[:2000], right[:2000])
    mended = [curve(x) for x in raw[2000:]]
    assert expected_calibration_error(raw[2000:], right[2000:]) > 0.25
    assert expected_calibration_error(mended, right[2000:]) < 0.05


def test_bins_count_everything_once() -> None:
    found = bins([0.0, 0.05, 0.95, 1.0], [False, True, True, True])
    assert [n for _, _, n in found] == [2, 2]
    assert [share for _, share, _ in found] == [0.5, 1.0]


def test_a_straight_curve_changes_nothing() -> None:
    assert [Curve()(x) for x in (0.0, 0.25, 1.0)] == [0.0, 0.25, 1.0]
