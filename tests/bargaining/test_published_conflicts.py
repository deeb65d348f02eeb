"""Conflicts from the literature give the equilibria that the literature gives."""

from __future__ import annotations

from pathlib import Path

from comity.bargaining.conflict import Stability, stability
from comity.bargaining.model import load_model

CONFLICTS = Path(__file__).parents[2] / "docs" / "bargaining" / "conflicts"


def equilibria(result: Stability, concept: str) -> set[tuple[str, ...]]:
    return {state.state.options for state in result.states if concept in state.equilibrium}


def analysed(name: str, *, coalitions: bool = False) -> Stability:
    return stability(load_model(CONFLICTS / f"{name}.toml"), coalitions=coalitions)


def test_prisoners_dilemma() -> None:
    result = analysed("prisoners_dilemma")
    assert equilibria(result, "nash") == {("defect", "defect")}
    both = {("defect", "defect"), ("cooperate", "cooperate")}
    assert all(equilibria(result, concept) == both for concept in ("gmr", "smr", "seq"))


def test_chicken() -> None:
    result = analysed("chicken")
    one_swerves = {("swerve", "straight"), ("straight", "swerve")}
    assert equilibria(result, "nash") == equilibria(result, "seq") == one_swerves
    both_too = one_swerves | {("swerve", "swerve")}
    assert all(equilibria(result, concept) == both_too for concept in ("gmr", "smr", "sim"))


def test_cuban_missile_crisis() -> None:
    result = analysed("cuban_missile_crisis")
    four, six = ("no", "no", "yes", "no"), ("no", "yes", "yes", "no")
    assert equilibria(result, "seq") == {four, six}
    assert equilibria(result, "nash") == set()
    (settled,) = [state for state in result.states if state.state.options == six]
    assert settled.path is not None
    assert [move.state.options for move in settled.path] == [("no", "yes", "no", "no"), six]


def test_elmira() -> None:
    result = analysed("elmira", coalitions=True)
    five, eight = ("no", "delay", "yes"), ("yes", "accept", "yes")
    one, four = ("no", "delay", "no"), ("yes", "accept", "no")
    nine = {(modify, "abandon", insist) for modify in ("no", "yes") for insist in ("no", "yes")}
    assert equilibria(result, "nash") == equilibria(result, "seq") == {five, eight} | nine
    assert equilibria(result, "gmr") == equilibria(result, "smr") == {five, eight, one, four} | nine
    by_state = {state.state.options: dict(state.coalitions)["nash"] for state in result.states}
    assert ("ministry", "uniroyal") not in by_state[five]  # together they move to 8
    assert ("ministry", "uniroyal") in by_state[eight]
