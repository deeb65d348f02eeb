"""Agreement of coders: published worked examples, what must always hold, and spans."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.study import Scale, alpha, span_agreement
from comity.words import InputError

N = None
FOUR_OBSERVERS = [  # Krippendorff 2011, section C: four observers, twelve units, missing values
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


@pytest.mark.parametrize(
    ("scale", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_four_observers(scale: str, published: float) -> None:
    found = alpha(FOUR_OBSERVERS, Scale(scale))
    assert found.value == pytest.approx(published, abs=0.0005)
    assert (found.units, found.values, found.coders) == (11, 40, 4)  # the twelfth unit has one value only


def test_two_observers_binary_and_nominal() -> None:
    jon, han = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]  # Krippendorff 2011, section A
    assert alpha([jon, han]).value == pytest.approx(0.095, abs=0.0005)
    ben, gerry = list("aabbdcccedda"), list("babbbccceddd")  # section B
    assert alpha([ben, gerry]).value == pytest.approx(0.692, abs=0.0005)


def test_what_cannot_be_said_is_none() -> None:
    assert alpha([]).value is None
    assert alpha([[1, N], [N, 2]]).value is None
    assert alpha([["a", "a"], ["a", "a"]], replicates=20).low is None


def test_bootstrap_is_seeded_and_holds_the_value() -> None:
    one, two = (alpha(FOUR_OBSERVERS, Scale.ORDINAL, replicates=200, seed=4) for _ in range(2))
    assert one == two
    assert one.low is not None
    assert one.value is not None
    assert one.high is not None
    assert one.low < one.value <= one.high <= 1
    assert alpha(FOUR_OBSERVERS, Scale.ORDINAL, replicates=200, seed=5).low != one.low


def test_bootstrap_narrows_with_units() -> None:
    few = alpha(FOUR_OBSERVERS, replicates=200)
    many = alpha([row * 16 for row in FOUR_OBSERVERS], replicates=200)
    assert few.low is not None
    assert many.low is not None
    assert few.high is not None
    assert many.high is not None
    assert many.high - many.low < (few.high - few.low) / 2


def test_given_order_counts() -> None:
    rows = [["low", "mid", "high", "mid"], ["low", "high", "high", "mid"]]
    order = ["low", "mid", "high"]
    found = alpha(rows, Scale.ORDINAL, order=order)
    numbers = alpha([[order.index(v) for v in row] for row in rows], Scale.ORDINAL)
    assert found.value == numbers.value
    assert found.value != alpha(rows, Scale.ORDINAL).value  # by alphabet


@pytest.mark.parametrize(
    ("rows", "scale", "order"),
    [
        ([[1, 2], [1]], Scale.NOMINAL, None),
        ([["a"], ["b"]], Scale.INTERVAL, None),
        ([[-1], [1]], Scale.RATIO, None),
        ([["a"], ["b"]], Scale.ORDINAL, ["a"]),
        ([["a"], [1]], Scale.ORDINAL, None),
    ],
)
def test_what_does_not_fit_is_told(rows: list[list[object]], scale: Scale, order: list[object] | None) -> None:
    with pytest.raises(InputError):
        alpha(rows, scale, order=order)


values = st.sampled_from(["a", "b", "c", None])


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.lists(values, min_size=n, max_size=n), min_size=2, max_size=4)))
def test_order_of_coders_and_units_is_nothing(rows: list[list[str | None]]) -> None:
    found = alpha(rows)
    other = alpha([list(reversed(row)) for row in reversed(rows)])
    assert (found.value is None) == (other.value is None)
    if found.value is not None:
        assert found.value == pytest.approx(other.value)
        assert found.value <= 1
    renamed = alpha([[v and {"a": "z", "b": "y", "c": "x"}[v] for v in row] for row in rows])
    assert renamed.value == pytest.approx(found.value) if found.value is not None else renamed.value is None


def test_spans() -> None:
    one = [("a", (0, 10)), ("a", (20, 30)), ("b", (5, 9))]
    other = [("a", (0, 5)), ("a", (20, 30))]
    found = span_agreement(one, other)
    assert found.exact == pytest.approx(2 * 1 / 5)
    assert found.matched == pytest.approx(2 * 1 / 5)  # half of the union is not more than half
    assert found.overlap == pytest.approx(2 * 15 / (24 + 15))
    assert span_agreement([], []).overlap is None
    assert span_agreement(one, []).overlap == 0


spans = st.lists(st.tuples(st.sampled_from("ab"), st.tuples(st.integers(0, 30), st.integers(1, 20))), max_size=6).map(
    lambda rows: [(d, (start, start + size)) for d, (start, size) in rows]
)


@settings(max_examples=80, deadline=None)
@given(spans, spans)
def test_spans_are_symmetric(one: list[tuple[str, tuple[int, int]]], other: list[tuple[str, tuple[int, int]]]) -> None:
    found, back = span_agreement(one, other), span_agreement(other, one)
    assert found.overlap == pytest.approx(back.overlap) if found.overlap is not None else back.overlap is None
    assert found.matched == back.matched
    assert span_agreement(one, one).exact == (1.0 if one else None)
    characters = [{(d, i) for d, (a, b) in side for i in range(a, b)} for side in (one, other)]
    if characters[0] or characters[1]:
        naive = 2 * len(characters[0] & characters[1]) / (len(characters[0]) + len(characters[1]))
        assert found.overlap == pytest.approx(naive)
