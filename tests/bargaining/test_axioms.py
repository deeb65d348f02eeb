"""The axioms of the solutions, each where it holds, over drawn sets of packages.

One issue whose options are the packages: any finite set of utility points can be drawn that way.
"""

from __future__ import annotations

import os
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.bargaining.pareto import PRINCIPLES, solutions, surface
from comity.words import Issue, NegotiationModel, Option, Party, Preference, Worth

Point = tuple[int, ...]


def model_of(points: list[Point], alternatives: tuple[int, ...]) -> NegotiationModel:
    options = tuple(Option(f"o{k}", f"o{k}") for k in range(len(points)))
    parties = tuple(Party(f"p{p}", f"P{p}") for p in range(len(alternatives)))
    preferences = tuple(
        Preference(
            party.id,
            tuple(
                Worth("i", option.id, float(point[p]), float(point[p]))
                for option, point in zip(options, points, strict=True)
            ),
            reservation=float(alternatives[p]),
        )
        for p, party in enumerate(parties)
    )
    return NegotiationModel("drawn", (Issue("i", "I", options=options),), parties, preferences=preferences)


def picks(points: list[Point], alternatives: tuple[int, ...], principle: str) -> set[Point]:
    """The utility points that a principle picks, all that tie."""
    model = model_of(points, alternatives)
    (solution,) = solutions(model, surface(model), principles=(principle,))
    assert solution.ties == len(solution.points)
    return {tuple(int(u) for u in point.utilities) for point in solution.points}


def gains(point: Point, alternatives: tuple[int, ...]) -> list[int]:
    return [u - a for u, a in zip(point, alternatives, strict=True)]


@st.composite
def problems(draw: st.DrawFn, parties: int | None = None) -> tuple[list[Point], tuple[int, ...]]:
    """A few points, some of them above the alternatives for all, by a strict gain."""
    count = parties or draw(st.integers(2, 4))
    values = st.tuples(*[st.integers(0, 12)] * count)
    points = draw(st.lists(values, min_size=2, max_size=9, unique=True))
    alternatives = tuple(draw(st.lists(st.integers(0, 4), min_size=count, max_size=count)))
    assume(any(min(gains(point, alternatives)) > 0 for point in points))
    return points, alternatives


few = settings(max_examples=400 if os.environ.get("COMITY_FULL") else 25, deadline=None)


@given(problems())
@few
def test_pareto(problem: tuple[list[Point], tuple[int, ...]]) -> None:
    points, alternatives = problem
    for principle in PRINCIPLES:
        for pick in picks(points, alternatives, principle):
            assert pick in points
            assert min(gains(pick, alternatives)) >= 0  # individual rationality
            assert not any(p != pick and all(a >= b for a, b in zip(p, pick, strict=True)) for p in points)


@given(problems(), st.data())
@few
def test_names_do_not_matter(problem: tuple[list[Point], tuple[int, ...]], data: st.DataObject) -> None:
    """Anonymity: parties that change places change places in what is picked."""
    points, alternatives = problem
    order = data.draw(st.permutations(range(len(alternatives))))
    turned = [tuple(point[p] for p in order) for point in points]
    for principle in PRINCIPLES:
        there = {tuple(pick[p] for p in order) for pick in picks(points, alternatives, principle)}
        assert picks(turned, tuple(alternatives[p] for p in order), principle) == there


@given(problems(parties=2))
@few
def test_symmetry(problem: tuple[list[Point], tuple[int, ...]]) -> None:
    points, (low, _) = problem
    both = list(dict.fromkeys([*points, *((b, a) for a, b in points)]))
    assume(any(min(a - low, b - low) > 0 for a, b in both))
    for principle in PRINCIPLES:
        found = picks(both, (low, low), principle)
        assert found == {(b, a) for a, b in found}


@given(problems(), st.data())
@few
def test_scale_does_not_matter(problem: tuple[list[Point], tuple[int, ...]], data: st.DataObject) -> None:
    """Nash and Kalai-Smorodinsky: each party's unit and zero are its own. The others: one unit for all."""
    points, alternatives = problem
    count = len(alternatives)
    factors = data.draw(st.lists(st.integers(1, 5), min_size=count, max_size=count))
    shifts = data.draw(st.lists(st.integers(-6, 6), min_size=count, max_size=count))
    for principle in PRINCIPLES:
        if principle not in ("nash", "kalai-smorodinsky"):
            factors = [factors[0]] * count

        def moved(point: Point, factors: list[int] = factors) -> Point:
            return tuple(u * f + s for u, f, s in zip(point, factors, shifts, strict=True))

        there = {moved(pick) for pick in picks(points, alternatives, principle)}
        assert picks([moved(point) for point in points], moved(alternatives), principle) == there


@given(problems(), st.data())
@few
def test_what_is_not_picked_does_not_matter(problem: tuple[list[Point], tuple[int, ...]], data: st.DataObject) -> None:
    """Independence of irrelevant alternatives: all but Kalai-Smorodinsky, which looks at each party's best.

    Of tied picks some may be taken away as well where a principle weighs every party's gain. The egalitarian measure
    and a product with a zero in it do not: of two packages that they hold equal one may better the other, and only
    while the better one is there is the other left out.
    """
    points, alternatives = problem
    for principle in ("nash", "egalitarian", "utilitarian", "leximin"):
        picked = picks(points, alternatives, principle)
        weighs_all = principle in ("utilitarian", "leximin")
        kept = data.draw(st.sets(st.sampled_from(sorted(picked)), min_size=1)) if weighs_all else picked
        fewer = [point for point in points if point in kept or (point not in picked and data.draw(st.booleans()))]
        if len(fewer) < 2:
            fewer = [*fewer, tuple(a - 1 for a in alternatives)]  # one that nobody accepts: an issue needs two options
        assert picks(fewer, alternatives, principle) == kept


@given(problems(), st.tuples(*[st.integers(0, 14)] * 4))
@few
def test_more_packages_hurt_nobody_by_the_egalitarian_measure(
    problem: tuple[list[Point], tuple[int, ...]], more: tuple[int, ...]
) -> None:
    """Strong monotonicity, in what the principle measures: packages are few, so points may trade places."""
    points, alternatives = problem
    for principle in ("egalitarian", "leximin"):
        before = min(min(gains(pick, alternatives)) for pick in picks(points, alternatives, principle))
        wider = list(dict.fromkeys([*points, more[: len(alternatives)]]))
        after = min(min(gains(pick, alternatives)) for pick in picks(wider, alternatives, principle))
        assert after >= before


@given(problems(parties=2), st.integers(0, 14), st.integers(0, 14))
@few
def test_kalai_smorodinsky_is_individually_monotone(
    problem: tuple[list[Point], tuple[int, ...]], a: int, b: int
) -> None:
    """Two parties: where more becomes possible and no party's best changes, the least share does not fall. (Where the
    set is convex this is that nobody loses; with few packages it holds of what is measured.)"""
    points, alternatives = problem
    wider = list(dict.fromkeys([*points, (a, b)]))

    def tops(of: list[Point]) -> list[int]:
        acceptable = [gains(point, alternatives) for point in of if min(gains(point, alternatives)) >= 0]
        return [max(column) for column in zip(*acceptable, strict=True)]

    assume(tops(wider) == tops(points))

    def least(of: list[Point]) -> Fraction:
        (pick, *_) = picks(of, alternatives, "kalai-smorodinsky")
        return min(Fraction(g, top) for g, top in zip(gains(pick, alternatives), tops(of), strict=True) if top)

    assert least(wider) >= least(points)


@given(st.integers(2, 40), st.integers(0, 10), st.integers(0, 10))
@few
def test_a_divided_cake(size: int, a: int, b: int) -> None:
    """Two parties share `size`: on the straight line Nash, Kalai-Smorodinsky and the egalitarian halve the surplus."""
    assume(size - a - b >= 2 and (size - a - b) % 2 == 0)
    points = [(x, size - x) for x in range(size + 1)]
    half = (size - a - b) // 2
    for principle in ("nash", "kalai-smorodinsky", "egalitarian", "leximin"):
        assert picks(points, (a, b), principle) == {(a + half, b + half)}
