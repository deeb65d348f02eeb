"""What can be said of a deal while preferences are known only in part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.method import Method, method
from comity.bargaining.pareto.principles import PRINCIPLES, picked
from comity.bargaining.pareto.surfaces import named, solve, surface
from comity.bargaining.uncertain.draws import Drawer, Unknown, unknowns
from comity.bargaining.uncertain.shares import Frequency, frequency, share_of
from comity.words import InputError, NegotiationModel, OptionOrder, Package, Preference, Weight, Worth

_SHOWN = 20


@dataclass(frozen=True)
class PackageFrequency:
    """How often a package came out, as a share of the draws with an agreement, with its standard error."""

    package: Package
    share: float
    error: float


@dataclass(frozen=True)
class Asking:
    """How much the answer depends on one unknown: the mean distance (0 to 1) between how often options come out where
    it was drawn below its median and where above. `noise` is the same distance for a split drawn at random: an unknown
    that is not clearly above it has not been shown to matter."""

    unknown: Unknown
    effect: float
    noise: float


@dataclass(frozen=True)
class Doubt:
    """`agreement` is the share of draws in which some package is acceptable to all. `possible` says whether there is
    such a package for some preferences that fit what is known, `necessary` whether one package is acceptable for all
    of them; None where a ranking leaves that open. `options` are by issue; `orders` are the parties by their share of
    what each could gain at most, best first."""

    agreement: Frequency
    possible: bool | None
    necessary: bool | None
    packages: tuple[PackageFrequency, ...]
    options: tuple[tuple[str, tuple[Frequency, ...]], ...]
    orders: tuple[Frequency, ...]
    asking: tuple[Asking, ...]
    method: Method


def doubt(
    model: NegotiationModel,
    *,
    principle: str = "nash",
    draws: int = 1000,
    seed: int = 0,
    points: int = 100,
    red_lines: bool = True,
) -> Doubt:
    """How often each package, option and order of parties comes out over preferences that fit what is known.

    Parameters
    ----------
    principle
        Which of `PRINCIPLES` picks.
    draws, seed
        How many preferences are drawn, and from which seed: the same seed gives the same result.
    points
        Steps from a party's least to its most package to which drawn worths are rounded.

    Raises
    ------
    InputError
        An unknown principle, no preferences, or no package is allowed.

    Notes
    -----
    Stochastic multicriteria acceptability analysis (Lahdelma and Salminen 2001). Each draw is solved exactly. Where
    points tie, one is taken that the order of issues and options decides.
    """
    if principle not in PRINCIPLES:
        raise InputError(f"no principle {principle!r}", hint=f"principles are {', '.join(PRINCIPLES)}")
    if draws < 1 or points < 1:
        raise InputError("draws and points have to be at least 1")
    drawer = Drawer(model, points=points, red_lines=red_lines)
    random = Random(seed)
    packages: list[tuple[int, ...]] = []
    orders: list[tuple[int, ...]] = []
    drawn: list[tuple[float, ...]] = []
    for _ in range(draws):
        one = drawer.draw(random)
        found = picked(solve(one.problem, red_lines=red_lines), principle)
        if found is not None:
            packages.append(found.package)
            orders.append(found.order)
            drawn.append(one.drawn)
    names = [party.name for party in model.parties if model.preference(party.id) is not None]
    possible, necessary = _bounds(model, red_lines)
    return Doubt(
        frequency("agreement", len(packages), draws),
        possible,
        necessary,
        tuple(
            PackageFrequency(named(model, options), *share_of(count, len(packages)))
            for options, count in _most(Counter(packages))
        ),
        _options(model, packages),
        tuple(
            frequency(" > ".join(names[p] for p in order), count, len(orders))
            for order, count in _most(Counter(orders))
        ),
        _asking(model, packages, drawn, Random(seed)),
        method(
            "stochastic acceptability",
            exact=False,
            bound="shares carry standard errors of sampling",
            draws=draws,
            points=points,
            principle=principle,
            red_lines=red_lines,
            seed=seed,
        ),
    )


def _most(counts: Counter[tuple[int, ...]]) -> list[tuple[tuple[int, ...], int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]


def _options(model: NegotiationModel, packages: list[tuple[int, ...]]) -> tuple[tuple[str, tuple[Frequency, ...]], ...]:
    found = []
    for i, issue in enumerate(model.issues):
        counts = Counter(package[i] for package in packages)
        rows = (frequency(option.id, counts[j], len(packages)) for j, option in enumerate(issue.options))
        found.append((issue.id, tuple(rows)))
    return tuple(found)


def _asking(
    model: NegotiationModel, packages: list[tuple[int, ...]], drawn: list[tuple[float, ...]], random: Random
) -> tuple[Asking, ...]:
    asked = unknowns(model)
    if len(packages) < 4 or not asked:
        return ()
    picks = np.array(packages)
    values = np.array(drawn)
    half = [k < len(packages) // 2 for k in range(len(packages))]
    random.shuffle(half)
    sizes = [len(issue.options) for issue in model.issues]
    noise = _distance(picks, np.array(half), sizes)
    rows = [
        Asking(unknown, _distance(picks, values[:, k] > np.median(values[:, k]), sizes), noise)
        for k, unknown in enumerate(asked)
    ]
    return tuple(sorted(rows, key=lambda row: -row.effect))


def _distance(picks: NDArray[np.int64], high: NDArray[np.bool_], sizes: list[int]) -> float:
    """Mean over issues of the total variation distance between the options picked on either side of a split."""
    if high.all() or not high.any():
        return 0.0
    total = 0.0
    for i, size in enumerate(sizes):
        above = np.bincount(picks[high, i], minlength=size) / high.sum()
        below = np.bincount(picks[~high, i], minlength=size) / (~high).sum()
        total += float(np.abs(above - below).sum()) / 2
    return total / len(sizes)


def _bounds(model: NegotiationModel, red_lines: bool) -> tuple[bool | None, bool | None]:
    """Whether some package is acceptable to all for the best, and for the worst, that preferences may be.

    Parties' preferences vary apart from each other and issues within a party do too, so the most and the least that a
    package may be worth are sums over issues, and are reached.
    """
    if any(preference.rankings for preference in model.preferences):
        return None, None
    return tuple(  # type: ignore[return-value]
        _acceptable(replace(model, preferences=tuple(_end(p, best=best) for p in model.preferences)), red_lines)
        for best in (True, False)
    )


def _acceptable(model: NegotiationModel, red_lines: bool) -> bool:
    try:
        found = surface(model, red_lines=red_lines)
    except InputError:
        return False
    return bool(found.reaches([floor.low for floor in found.problem.floors]).all(axis=1).any())


def _end(preference: Preference, *, best: bool) -> Preference:
    """The preference at the best (or worst) end of everything not known: weight times worth, option by option."""
    weights = {weight.issue: weight for weight in preference.weights}
    worths = []
    for worth in preference.worths:
        weight = weights.get(worth.issue, Weight(worth.issue, 1.0, 1.0))
        value = worth.high if best else worth.low
        factor = weight.high if (value >= 0) == best else weight.low
        worths.append(Worth(worth.issue, worth.option, value, value) if factor == 1.0 else _times(worth, value, factor))
    rankings: tuple[OptionOrder, ...] = ()
    return replace(preference, worths=tuple(worths), weights=(), rankings=rankings)


def _times(worth: Worth, value: float, factor: float) -> Worth:
    product = value * factor
    return Worth(worth.issue, worth.option, product, product)
