"""Which states would hold, how often, while preferences are known only in part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from comity.bargaining.conflict.analysis import CONCEPTS, by_concept
from comity.bargaining.conflict.states import Mover, Ranks, Space, make_movers, make_space, rank_states
from comity.bargaining.meets import Index
from comity.bargaining.method import Method, method
from comity.bargaining.pareto.surfaces import named
from comity.bargaining.uncertain.draws import Bounds
from comity.bargaining.uncertain.shares import Frequency, frequency
from comity.words import InputError, NegotiationModel, OptionOrder, Package, Preference, Worth

MOST_STATES = 2**16
_SHOWN = 50


@dataclass(frozen=True)
class HoldingState:
    """How often a state came out as an equilibrium, by concept; `any` by any of them."""

    state: Package
    any: Frequency
    by_concept: tuple[Frequency, ...]


@dataclass(frozen=True)
class Holding:
    """States by how often they are an equilibrium, most often first, at most fifty.

    `some` says for each concept in which share of draws there is an equilibrium at all.
    """

    decision_makers: tuple[str, ...]
    feasible: int
    some: tuple[Frequency, ...]
    states: tuple[HoldingState, ...]
    method: Method


def holding(
    model: NegotiationModel, *, concepts: tuple[str, ...] = CONCEPTS[:-1], draws: int = 1000, seed: int = 0
) -> Holding:
    """How often each state of `model` is an equilibrium over preferences that fit what is known.

    Parameters
    ----------
    concepts
        Some of "nash", "gmr", "smr", "seq" and "sim".
    draws, seed
        How many preferences are drawn, and from which seed: the same seed gives the same result.

    Raises
    ------
    InputError
        As for `stability`; more than 65,536 states; an unknown concept.

    Notes
    -----
    Preferences by priorities or tiers are known and stay; worths, weights and rankings of options are drawn as in
    `doubt`, and each draw ranks the states exactly. Stability under several preferences that may hold: Li, Hipel,
    Kilgour, Fang 2004; as frequencies over draws in the manner of Lahdelma and Salminen 2001.
    """
    for concept in concepts:
        if concept not in CONCEPTS:
            raise InputError(f"no stability concept {concept!r}", hint=f"concepts are {', '.join(CONCEPTS)}")
    if draws < 1:
        raise InputError("draws has to be at least 1", field="--draws")
    space = make_space(model)
    if space.count > MOST_STATES:
        raise InputError(f"{space.count} states are too many to draw preferences for", hint=f"{MOST_STATES} at most")
    movers, drawn = _movers(model, space)
    random = Random(seed)
    votes = {concept: np.zeros(space.count, dtype=np.int64) for concept in concepts}
    some: Counter[str] = Counter()
    either = np.zeros(space.count, dtype=np.int64)
    for _ in range(draws):
        now = [mover if bounds is None else _ranked(mover, bounds, space, random) for mover, bounds in drawn]
        found = by_concept(space, now, concepts)
        any_concept = np.zeros(space.count, dtype=bool)
        for concept in concepts:
            joint = np.logical_and.reduce(found[concept])
            votes[concept] += joint
            some[concept] += bool(joint.any())
            any_concept |= joint
        either += any_concept
    total = np.sum([votes[concept] for concept in concepts], axis=0)
    chosen = sorted(np.flatnonzero(either).tolist(), key=lambda s: (-int(either[s]), -int(total[s]), s))[:_SHOWN]
    return Holding(
        tuple(mover.party for mover in movers),
        int(space.feasible.sum()),
        tuple(frequency(concept, some[concept], draws) for concept in concepts),
        tuple(
            HoldingState(
                named(model, space.options(state)),
                frequency("any", int(either[state]), draws),
                tuple(frequency(concept, int(votes[concept][state]), draws) for concept in concepts),
            )
            for state in chosen
        ),
        method(
            "graph model over drawn preferences",
            exact=False,
            bound="shares carry standard errors of sampling",
            concepts=" ".join(concepts),
            draws=draws,
            seed=seed,
        ),
    )


def _movers(model: NegotiationModel, space: Space) -> tuple[list[Mover], list[tuple[Mover, Bounds | None]]]:
    """The decision makers, each with what is known of its preference if that is not everything."""
    index = Index(model)
    blank = replace(model, preferences=tuple(_flat(model, p) for p in model.preferences))
    movers = make_movers(blank, space)
    drawn: list[tuple[Mover, Bounds | None]] = []
    for i, mover in enumerate(movers):
        preference = model.preference(mover.party)
        assert preference is not None
        if preference.priorities or preference.tiers:
            movers[i] = replace(mover, ranks=rank_states(model, mover.party, space))
            drawn.append((movers[i], None))
        else:
            drawn.append((mover, Bounds(model, index, preference)))
    return movers, drawn


def _flat(model: NegotiationModel, preference: Preference) -> Preference:
    """A stand-in whose ranking is known, so that moves can be laid out; its ranks are drawn anew each time."""
    if preference.priorities or preference.tiers:
        return preference
    issue = model.issues[0]
    worths = tuple(Worth(issue.id, option.id, 0.0, 0.0) for option in issue.options)
    rankings: tuple[OptionOrder, ...] = ()
    return replace(preference, worths=worths, weights=(), rankings=rankings, joint=())


def _ranked(mover: Mover, bounds: Bounds, space: Space, random: Random) -> Mover:
    table, _ = bounds.draw(random)
    total = np.zeros((1,) * len(space.sizes))
    for issue, row in enumerate(table):
        total = total + np.array(row)[space.picks(issue)]
    for happening, worth in zip(bounds.meets, bounds.joint, strict=True):
        if happening is not None:
            total = total + space.happens(happening) * worth
    values = np.broadcast_to(total, space.sizes).reshape(-1)
    # equal sums may differ in their last digits by the order of addition: what is that near counts as equal
    near = np.round(values / (np.abs(values).max() or 1.0), 12)
    ranks: Ranks = np.unique(near, return_inverse=True)[1].astype(np.int64)
    ranks[~space.feasible] = -1
    return replace(mover, ranks=ranks)
