"""The frontier, its solutions and comparisons against brute force over all packages, in exact fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod

import numpy as np
import pytest

from comity.bargaining.method import method
from comity.bargaining.model import parse_model
from comity.bargaining.pareto import dominance, points
from comity.bargaining.pareto.comparison import compare
from comity.bargaining.pareto.grid import GridLayers, suits
from comity.bargaining.pareto.listing import enumerate_frontier
from comity.bargaining.pareto.plan import make_plan
from comity.bargaining.pareto.points import PointLayers
from comity.bargaining.pareto.principles import solutions
from comity.bargaining.pareto.problem import compile_problem
from comity.bargaining.pareto.surfaces import Surface, frontier, solve, surface
from comity.words import InputError, NegotiationModel, Package, ReservationRule

Utilities = tuple[Fraction, ...]


def utility(model: NegotiationModel, party: str, package: tuple[str, ...]) -> Fraction:
    """The definition: weight times worth, summed, plus joint worths; decimals as written."""
    preference = model.preference(party)
    assert preference is not None
    picked = {issue.id: option for issue, option in zip(model.issues, package, strict=True)}
    weights = {w.issue: Fraction(str(w.low)) for w in preference.weights}
    total = sum(
        (
            weights.get(w.issue, Fraction(1)) * Fraction(str(w.low))
            for w in preference.worths
            if picked[w.issue] == w.option
        ),
        Fraction(0),
    )
    for joint in preference.joint:
        if all(picked[choice.issue] in choice.options for choice in joint.choices):
            total += Fraction(str(joint.worth))
    return total


def dominated(a: Utilities, others: list[Utilities]) -> bool:
    return any(b != a and all(y >= x for x, y in zip(a, b, strict=True)) for b in others)


class Brute:
    def __init__(self, model: NegotiationModel, packages_of, verdicts_of) -> None:
        self.model = model
        self.parties = [preference.party for preference in model.preferences]
        self.allowed: dict[Utilities, list[tuple[str, ...]]] = {}
        for package in packages_of(model):
            if all(verdicts_of(model, package).values()):
                self.allowed.setdefault(self.utilities(package), []).append(package)
        values = list(self.allowed)
        self.frontier = {value: self.allowed[value] for value in values if not dominated(value, values)}

    def utilities(self, package: tuple[str, ...]) -> Utilities:
        return tuple(utility(self.model, party, package) for party in self.parties)

    def acceptable(self, value: Utilities) -> bool:
        for u, preference in zip(value, self.model.preferences, strict=True):
            if preference.reservation is not None:
                low = Fraction(str(preference.reservation))
                if u < low or (u == low and preference.reservation_rule is ReservationRule.MORE_THAN):
                    return False
        return True

    def gains(self, value: Utilities) -> list[Fraction]:
        found = []
        for p, preference in enumerate(self.model.preferences):
            worst = min(other[p] for other in self.allowed)
            start = worst if preference.reservation is None else Fraction(str(preference.reservation))
            found.append(value[p] - start)
        return found

    def picks(self, principle: str) -> set[Utilities]:
        rows = {value: self.gains(value) for value in self.frontier if self.acceptable(value)}
        if not rows:
            return set()
        largest = [max(gains[p] for gains in rows.values()) for p in range(len(self.parties))]
        measures = {
            "nash": lambda g: (sum(x > 0 for x in g), prod(x for x in g if x > 0)),
            "kalai-smorodinsky": lambda g: min(
                (x / top for x, top in zip(g, largest, strict=True) if top > 0), default=0
            ),
            "egalitarian": min,
            "utilitarian": sum,
            "leximin": sorted,
        }
        scored = {value: measures[principle](gains) for value, gains in rows.items()}
        best = max(scored.values())
        return {value for value, score in scored.items() if score == best}


@pytest.fixture(scope="session")
def brute(packages_of, verdicts_of) -> Callable[[NegotiationModel], Brute]:
    return lambda model: Brute(model, packages_of, verdicts_of)


def exact_values(found: Surface) -> list[Utilities]:
    return [tuple(found.problem.utility(p, v) for p, v in enumerate(value)) for value in found.values]


def test_equals_brute_force(random_model, seeds, brute, record_property) -> None:
    infeasible = 0
    for seed in seeds:
        model = random_model(seed)
        expected = brute(model)
        if not expected.frontier:
            infeasible += 1
            with pytest.raises(InputError, match="no package satisfies every constraint"):
                surface(model)
            continue
        problem = compile_problem(model)
        plan = make_plan(problem)
        ways = [PointLayers(plan)]
        if suits(plan):
            ways.append(GridLayers(plan))
        for layers in ways:
            found = Surface(problem, plan, layers, (0.0,) * len(problem.parties), method("test"))
            values = exact_values(found)
            assert sorted(values) == sorted(expected.frontier), seed
            ids = [[option.id for option in issue.options] for issue in model.issues]
            for i, value in enumerate(values):
                count, listed = found.equals(i, 1000)
                packages = {tuple(ids[k][o] for k, o in enumerate(package)) for package in listed}
                assert packages == set(expected.frontier[value]), seed
                assert count == len(expected.frontier[value])
            for value, package in zip(values, found.packages().tolist(), strict=True):
                assert tuple(ids[k][o] for k, o in enumerate(package)) in expected.frontier[value], seed
    record_property("compared", len(seeds) - infeasible)
    assert infeasible < len(seeds) / 2  # the generator is no good if most models have no package


def test_solutions_equal_brute_force(random_model, seeds, brute, record_property) -> None:
    compared = 0
    for seed in seeds:
        model = random_model(seed)
        expected = brute(model)
        if not expected.frontier:
            continue
        found = surface(model)
        if not any(expected.acceptable(value) for value in expected.frontier):
            with pytest.raises(InputError, match="acceptable to every party"):
                solutions(model, found)
            continue
        compared += 1
        for solution in solutions(model, found):
            listed = {expected.utilities(point.package.options) for point in solution.points}
            assert listed == expected.picks(solution.principle), (seed, solution.principle)
            assert solution.ties == len(listed)
    assert compared > len(seeds) / 3
    record_property("compared", compared)


def test_cpsat_finds_the_same_frontier(random_model, brute) -> None:
    pytest.importorskip("ortools")
    for seed in range(12):
        model = random_model(seed)
        problem = compile_problem(model)
        found, complete = enumerate_frontier(problem)
        assert complete
        exact = {tuple(problem.utility(p, v) for p, v in enumerate(value)) for value in found}
        assert exact == set(brute(model).frontier)


def test_boxes_keep_their_guarantee(random_model, seeds_or, brute) -> None:
    for seed in seeds_or(60):
        model = random_model(seed)
        expected = brute(model)
        if not expected.frontier:
            continue
        found = surface(model, epsilon=0.2)
        assert set(exact_values(found)) <= set(expected.allowed)
        listed = np.array(exact_values(found), dtype=float)
        for value in expected.frontier:
            short = np.array([float(v) for v in value]) - np.array(found.lost) - 1e-9
            assert (listed >= short).all(axis=1).any(), seed


def test_wide_numbers_stay_exact(brute) -> None:
    """Utilities that differ only in the seventeenth digit."""
    text = """
    [[issue]]
    id = "a"
    options = ["x", "y"]
    [[issue]]
    id = "b"
    options = ["u", "v"]
    [[party]]
    id = "p"
    [[party]]
    id = "q"
    [[preference]]
    party = "p"
    weights = {a = 0.3333333333333333, b = 0.6666666666666667}
    worths = {a = {x = 0.1234567890123456, y = 0.1234567890123457}, b = {u = 0.7, v = 0.0000000000000001}}
    [[preference]]
    party = "q"
    weights = {a = 0.1111111111111111, b = 0.8888888888888887}
    worths = {a = {x = 1e-12, y = 0}, b = {u = 123456.7890123456, v = 123456.7890123457}}
    """
    model = parse_model(text)
    found = surface(model)
    assert found.integers is None
    assert sorted(exact_values(found)) == sorted(brute(model).frontier)
    assert len(found.packages()) == len(found)
    assert {s.principle for s in solutions(model, found)} >= {"nash", "leximin"}


def test_split_the_pie() -> None:
    """Two parties divide 100: every split is on the frontier; Nash with alternatives (10, 30) gives (40, 60)."""
    text = """
    [[issue]]
    id = "pie"
    range = {from = 0, to = 100, step = 1}
    [[party]]
    id = "a"
    [[party]]
    id = "b"
    [[preference]]
    party = "a"
    reservation = 10
    functions = {pie = {at = [[0, 0], [100, 100]]}}
    [[preference]]
    party = "b"
    reservation = 30
    functions = {pie = {at = [[0, 100], [100, 0]]}}
    """
    model = parse_model(text)
    found = surface(model)
    assert len(found) == 101
    by_name = {s.principle: s for s in solutions(model, found)}
    for name in ("nash", "kalai-smorodinsky", "egalitarian", "leximin"):
        assert [point.utilities for point in by_name[name].points] == [(40.0, 60.0)], name
    assert by_name["utilitarian"].ties == 61  # every acceptable split has the same sum
    weighted = solutions(model, found, principles=("nash",), weights={"a": 2})[0]
    assert weighted.points[0].utilities == (50.0, 50.0)  # two thirds of the 60 on top


def test_triangle() -> None:
    """Three parties share 12 in whole units: the frontier is the triangle of all C(14, 2) divisions."""
    options = [(x, y, 12 - x - y) for x in range(13) for y in range(13 - x)]
    names = ", ".join(f'"{x}-{y}-{z}"' for x, y, z in options)
    parties = ""
    for p in range(3):
        worths = ", ".join(f'"{o[0]}-{o[1]}-{o[2]}" = {o[p]}' for o in options)
        parties += f'[[party]]\nid = "p{p}"\n[[preference]]\nparty = "p{p}"\nworths = {{share = {{{worths}}}}}\n'
    model = parse_model(f'[[issue]]\nid = "share"\noptions = [{names}]\n{parties}')
    found = surface(model)
    assert len(found) == 91
    for solution in solutions(model, found, principles=("nash", "kalai-smorodinsky", "egalitarian", "leximin")):
        assert [point.utilities for point in solution.points] == [(4.0, 4.0, 4.0)]


def test_dominance_filters_agree(monkeypatch) -> None:
    monkeypatch.setattr(dominance, "_MANY", 80)  # so that few rows make several slices
    rng = np.random.default_rng(5)
    for _ in range(120):
        rows = rng.integers(-3, 9, (int(rng.integers(2, 500)), int(rng.integers(1, 6))))
        expected = dominance._pairwise(rows)
        assert (dominance.nondominated(rows) == expected).all()
        if rows.shape[1] == 3:
            assert (dominance._sweep(rows) == expected).all()
        if rows.shape[1] == 4:
            assert (dominance._sliced(rows) == expected).all()
        if rows.shape[1] >= 3:
            assert (dominance._archive(rows) == expected).all()


def large(model: NegotiationModel) -> bool:
    plan = make_plan(compile_problem(model))
    return plan.feasible and len(PointLayers(plan).last()) > 8


def test_outgrown_frontier_says_by_how_much(random_model, monkeypatch) -> None:
    monkeypatch.setattr("comity.bargaining.pareto.surfaces.MOST_POINTS", 5)
    monkeypatch.setattr("comity.bargaining.pareto.surfaces._ADAPTED", 3)
    model = next(m for m in map(random_model, range(99)) if large(m))
    with pytest.raises(points.TooMany):
        PointLayers(make_plan(compile_problem(model)), most=5)
    found = surface(model)
    assert not found.method.exact
    assert "at most" in found.method.bound
    assert len(found) <= 3


def test_time_limit_returns_what_was_found(random_model) -> None:
    found = surface(next(m for m in map(random_model, range(99)) if large(m)), time_limit=1e-9)
    assert len(found) >= 1
    assert not found.method.exact


def test_lists_points_with_packages(fishery: NegotiationModel) -> None:
    with pytest.raises(InputError, match="no package satisfies every constraint; ask `comity deal blockers`"):
        frontier(fishery)
    result = frontier(fishery, red_lines=False)
    assert result.size == len(result.points)
    assert result.outcomes == 24
    assert result.parties == ("north", "south")
    assert result.method.exact
    assert all(len(point.package.options) == 3 for point in result.points)
    assert any(point.below for point in result.points)


def test_compares_a_draft(fishery: NegotiationModel, brute) -> None:
    found = surface(fishery, red_lines=False)
    draft = compare(fishery, found, fishery.drafts[0])
    assert draft.crosses == ("S1",)
    assert len(draft.utilities) == 2
    worse = compare(fishery, found, Package(("40", "never", "south")))
    assert not worse.on_frontier
    assert worse.nearest is not None
    assert max(worse.shares) > 0
    assert min(worse.shares) >= 0
    trade = worse.trades[0]
    assert all(gain >= 0 for gain in trade.gains)
    assert any(gain > 0 for gain in trade.gains)
    assert [swap.issue for swap in trade.swaps] == ["review"]
    best = compare(fishery, found, frontier(fishery, red_lines=False).points[0].package)
    assert best.on_frontier
    assert best.nearest is None
    assert best.trades == ()


def test_comparison_agrees_with_brute_force(random_model, seeds_or, packages_of, brute) -> None:
    for seed in seeds_or(40):
        model = random_model(seed)
        expected = brute(model)
        if not expected.frontier:
            continue
        found = surface(model)
        package = list(packages_of(model))[seed % 4]
        value = expected.utilities(package)
        result = compare(model, found, Package(package))
        dominators = [
            v
            for v in expected.allowed
            if v != value and not dominated(v, [value]) and min(b - a for a, b in zip(value, v, strict=True)) >= 0
        ]
        assert bool(result.trades) == bool(dominators), seed
        fewest = min(
            (
                sum(a != b for a, b in zip(package, other, strict=True))
                for v in dominators
                for other in expected.allowed[v]
            ),
            default=None,
        )
        if fewest is not None:
            assert {len(trade.swaps) for trade in result.trades} == {fewest}, seed


def test_refuses_what_is_not_exact() -> None:
    head = '[[issue]]\nid="a"\noptions=["x","y"]\n[[party]]\nid="p"\n'
    with pytest.raises(InputError, match="is an interval, 1 to 2; ask `comity deal doubt`"):
        surface(parse_model(head + '[[preference]]\nparty="p"\nworths={a={x=[1,2],y=0}}'))
    with pytest.raises(InputError, match="has rankings, no utilities"):
        surface(parse_model(head + '[[preference]]\nparty="p"\nrankings={a=["x > y"]}'))
    with pytest.raises(InputError, match="no party has preferences"):
        surface(parse_model(head))
    with pytest.raises(InputError, match="epsilon 2 is not between 0 and 1"):
        surface(parse_model(head + '[[preference]]\nparty="p"\nworths={a={x=1,y=0}}'), epsilon=2)


def test_tightly_tied_issues_go_point_by_point(random_model, brute, monkeypatch) -> None:
    pytest.importorskip("ortools")
    monkeypatch.setattr("comity.bargaining.pareto.plan.MOST_CONTEXTS", 1)
    done = 0
    for seed in range(30):
        model = random_model(seed)
        expected = brute(model)
        problem = compile_problem(model)
        if not expected.frontier or len(problem.joint) < 2:
            continue
        found = solve(problem)
        assert sorted(exact_values(found)) == sorted(expected.frontier)
        assert len(solutions(model, found)) == 5 if any(map(expected.acceptable, expected.frontier)) else True
        done += 1
    assert done > 3
