"""What is said of partly known preferences."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from comity.bargaining.model import parse_model
from comity.bargaining.uncertain import doubt, unknowns
from comity.bargaining.uncertain.draws import Drawer, ranked
from comity.words import InputError, OptionOrder

HEAD = """
issue = [{id = "a", options = ["x", "y"]}, {id = "b", options = ["u", "v"]}]
party = [{id = "p", name = "P"}, {id = "q", name = "Q"}]
"""
KNOWN = (
    HEAD
    + """
preference = [
  {party = "p", worths = {a = {x = 3, y = 0}, b = {u = 0, v = 1}}},
  {party = "q", worths = {a = {x = 0, y = 1}, b = {u = 0, v = 3}}},
]
"""
)
PARTLY = (
    HEAD
    + """
preference = [
  {party = "p", reservation = 2, worths = {a = {x = [1, 3], y = 0}, b = {u = 0, v = 1}}},
  {party = "q", worths = {a = {x = 0, y = 1}, b = {u = 0, v = 3}}},
]
"""
)


def test_what_is_known_comes_out_every_time() -> None:
    result = doubt(parse_model(KNOWN), draws=20)
    assert [(p.package.options, p.share, p.error) for p in result.packages] == [(("x", "v"), 1.0, 0.0)]
    assert dict(result.options)["a"][0].share == 1.0
    assert (result.possible, result.necessary) == (True, True)
    assert result.asking == ()
    assert not result.method.exact


def test_share_and_error_are_those_of_the_closed_form() -> None:
    """P accepts (x, v) where its worth, drawn evenly from 2 to 4, is at least 3.2: four times in ten."""
    result = doubt(parse_model(PARTLY.replace("reservation = 2", "reservation = 3.2")), draws=2000, points=1000)
    assert result.agreement.share == pytest.approx(0.4, abs=0.045)
    assert result.agreement.error == pytest.approx((0.4 * 0.6 / 2000) ** 0.5, rel=0.1)
    assert (result.possible, result.necessary) == (True, False)
    closed = doubt(parse_model(PARTLY.replace("reservation = 2", "reservation = 5")), draws=50)
    assert (closed.possible, closed.necessary) == (False, False)
    assert closed.agreement.share == 0
    assert closed.packages == ()
    assert doubt(parse_model(PARTLY), draws=50).necessary is True


def test_same_seed_same_result() -> None:
    model = parse_model(PARTLY)
    assert doubt(model, draws=60, seed=3) == doubt(model, draws=60, seed=3)


def test_asks_for_what_matters() -> None:
    """Only P's worth of x decides whether x or y is picked; its worth of u never does."""
    text = (
        HEAD
        + """
    preference = [
      {party = "p", worths = {a = {x = [0, 10], y = 5}, b = {u = [0, 0.1], v = 1}}},
      {party = "q", worths = {a = {x = 1, y = 1}, b = {u = 0, v = 1}}},
    ]
    """
    )
    result = doubt(parse_model(text), draws=400, principle="utilitarian")
    first, second = result.asking
    assert (first.unknown.issue, first.unknown.option) == ("a", "x")
    assert first.effect > 5 * max(first.noise, 0.02)
    assert second.effect < 0.1
    assert len(unknowns(parse_model(text))) == 2


def test_draws_keep_a_partial_ranking() -> None:
    chains = [OptionOrder("i", (("a",), ("b", "c"), ("d",))), OptionOrder("i", (("e",), ("d",)))]
    seen = set()
    for seed in range(200):
        found = ranked(list("abcde"), chains, Random(seed))
        assert found["a"] > found["b"] == found["c"] > found["d"] < found["e"]
        assert all(0 <= value <= 1 for value in found.values())
        seen.add(tuple(sorted("abcde", key=lambda o: -found[o])))
    assert len(seen) == 3  # e stands first, second, or just above d
    model = parse_model(HEAD + 'preference = [{party = "p", rankings = {a = ["x > y"], b = ["v > u"]}}]')
    result = doubt(model, draws=30)
    assert result.packages[0].package.options == ("x", "v")
    assert (result.possible, result.necessary) == (None, None)


def test_each_draw_is_solved_exactly() -> None:
    """The Nash point of a draw is that of all packages tried one by one."""
    from comity.bargaining.pareto.principles import picked
    from comity.bargaining.pareto.surfaces import solve

    drawer = Drawer(parse_model(PARTLY.replace("reservation = 2, ", "")), points=50, red_lines=True)
    for seed in range(40):
        problem = drawer.draw(Random(seed)).problem
        values = {package: problem.values(package) for package in product(*map(range, problem.sizes))}
        worst = [min(value[p] for value in values.values()) for p in range(2)]
        best = max((value[0] - worst[0]) * (value[1] - worst[1]) for value in values.values())
        chosen = picked(solve(problem), "nash")
        assert chosen is not None
        value = values[chosen.package]
        assert (value[0] - worst[0]) * (value[1] - worst[1]) == best


def test_bad_questions() -> None:
    model = parse_model(KNOWN)
    with pytest.raises(InputError, match="no principle 'luck'"):
        doubt(model, principle="luck")
    with pytest.raises(InputError, match="at least 1"):
        doubt(model, draws=0)
    with pytest.raises(InputError, match="no party has preferences"):
        doubt(parse_model(HEAD))
    with pytest.raises(InputError, match="ranks whole states"):
        doubt(parse_model(HEAD + 'preference = [{party = "p", priorities = ["a=x"]}]'))
