"""Which packages would hold once the parties can act: the graph model for conflict resolution."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.conflict import matrices, together
from comity.bargaining.conflict.matrices import Graph
from comity.bargaining.conflict.paths import Path, reached, shortest_paths, steps_from
from comity.bargaining.conflict.states import Mover, Space, make_movers, make_space
from comity.bargaining.conflict.sweeps import stabilities
from comity.bargaining.method import Method, method
from comity.bargaining.pareto.surfaces import named
from comity.words import InputError, NegotiationModel, Package

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")
MOST_DRAWN = 40
_SHOWN = 200


@dataclass(frozen=True)
class Move:
    """`party` moves to `state`."""

    party: str
    state: Package


@dataclass(frozen=True)
class StateStability:
    """A state that is stable for every decision maker by some concept.

    `equilibrium` names those concepts; `stable_for` says for each concept which decision makers it is stable for, and
    `coalitions` which coalitions by which concept. `ranks` are the decision makers' places for it (1: best; equals
    share a place). `path` leads there from the status quo by improvements, None if there is none; `detour` then leads
    there by moves that are not all improvements, None if there is none either.
    """

    state: Package
    equilibrium: tuple[str, ...]
    stable_for: tuple[tuple[str, tuple[str, ...]], ...]
    coalitions: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    ranks: tuple[int, ...]
    path: tuple[Move, ...] | None
    detour: tuple[Move, ...] | None = None


@dataclass(frozen=True)
class Reached:
    """A state that improvements lead to from the status quo, after no fewer than `moves` of them.

    `by` are the parties that can make the last one; it `rests` if no party has an improvement from it.
    """

    state: Package
    moves: int
    by: tuple[str, ...]
    rests: bool


@dataclass(frozen=True)
class Improvement:
    """A move that `party` prefers to staying."""

    party: str
    before: Package
    after: Package


@dataclass(frozen=True)
class Stability:
    """States that are an equilibrium by some concept, by number of concepts, then in the order of states.

    `counts` says for each concept how many states are equilibria, `equilibria` how many states are one by any.
    `reached` are the states that improvements lead to from the status quo, the status quo first; `all_reached` is False
    if there are more. `improvements` are those between the states listed, as long as these are few enough to draw.
    """

    decision_makers: tuple[str, ...]
    feasible: int
    counts: tuple[tuple[str, int], ...]
    states: tuple[StateStability, ...]
    equilibria: int
    status_quo: Package | None
    reached: tuple[Reached, ...]
    all_reached: bool
    improvements: tuple[Improvement, ...]
    method: Method


Truth = NDArray[np.bool_]


def stability(
    model: NegotiationModel,
    *,
    concepts: tuple[str, ...] | None = None,
    coalitions: bool = False,
    limit: int = _SHOWN,
) -> Stability:
    """The equilibria of `model` among its decision makers: the parties that control issues.

    Parameters
    ----------
    concepts
        Some of `CONCEPTS`; None: all of them, without "sim" where there are too many states for it.
    coalitions
        Also which coalitions of two or more would hold each state listed.
    limit
        States listed in full.

    Raises
    ------
    InputError
        Nobody controls an issue, a ranking is not stated, or there are too many states for what is asked.

    Notes
    -----
    Fang, Hipel, Kilgour 1993; Xu, Hipel, Kilgour, Fang 2018. An opponent may move again in a sanction after another
    has moved, but nobody twice in a row.
    """
    space = make_space(model)
    movers = make_movers(model, space)
    feasible = int(space.feasible.sum())
    wanted = _wanted(concepts, feasible)
    found = by_concept(space, movers, wanted)
    joint = {concept: np.logical_and.reduce(found[concept]) for concept in wanted}
    votes = np.sum([joint[concept] for concept in wanted], axis=0)
    chosen = sorted(np.flatnonzero(votes).tolist(), key=lambda state: (-int(votes[state]), state))
    shown = chosen[:limit]
    held = _coalitions(space, movers, wanted, feasible) if coalitions else {}
    places = [_places(mover, space) for mover in movers]
    start = None
    paths, detours = {}, {}
    ahead: tuple[Reached, ...] = ()
    all_ahead = True
    if model.status_quo is not None:
        start = _state(model, space, model.status_quo)
        if not space.feasible[start]:
            raise InputError("the status quo is not a state that the rules allow", field="status_quo")
        paths = shortest_paths(space, movers, start, shown, improving=True)
        lacking = [state for state in shown if not paths[state].found]
        detours = shortest_paths(space, movers, start, lacking, improving=False) if lacking else {}
        ahead, all_ahead = _reached(model, space, movers, start, limit)
    names = tuple(mover.party for mover in movers)
    states = []
    for state in shown:
        states.append(
            StateStability(
                named(model, space.options(state)),
                tuple(concept for concept in wanted if joint[concept][state]),
                tuple((c, tuple(n for n, ok in zip(names, found[c], strict=True) if ok[state])) for c in wanted),
                tuple(
                    (c, tuple(tuple(names[j] for j in group) for group, ok in held[c] if ok[state]))
                    for c in wanted
                    if c in held
                ),
                tuple(int(place[state]) for place in places),
                _walked(model, space, names, paths.get(state)),
                _walked(model, space, names, detours.get(state)),
            )
        )
    return Stability(
        names,
        feasible,
        tuple((concept, int(joint[concept].sum())) for concept in wanted),
        tuple(states),
        len(chosen),
        model.status_quo,
        ahead,
        all_ahead,
        _improvements(model, space, movers, shown, start),
        method("graph model for conflict resolution", concepts=" ".join(wanted), coalitions=coalitions),
    )


def _walked(
    model: NegotiationModel, space: Space, names: tuple[str, ...], path: Path | None
) -> tuple[Move, ...] | None:
    if path is None or not path.found:
        return None
    return tuple(Move(names[j], named(model, space.options(state))) for j, state in path.steps)


def _reached(
    model: NegotiationModel, space: Space, movers: list[Mover], start: int, limit: int
) -> tuple[tuple[Reached, ...], bool]:
    found, complete = reached(space, movers, start)
    listed = []
    for state, moves, by in found[:limit]:
        rests = not any(steps_from(space, mover, state, improving=True) for mover in movers)
        listed.append(Reached(named(model, space.options(state)), moves, tuple(movers[j].party for j in by), rests))
    return tuple(listed), complete and len(found) <= limit


def _improvements(
    model: NegotiationModel, space: Space, movers: list[Mover], shown: list[int], start: int | None
) -> tuple[Improvement, ...]:
    drawn = {*shown}
    if start is not None:
        drawn |= {state for state, _, _ in reached(space, movers, start)[0]}
    if len(drawn) > MOST_DRAWN:
        return ()
    return tuple(
        Improvement(mover.party, named(model, space.options(before)), named(model, space.options(after)))
        for before in sorted(drawn)
        for mover in movers
        for after in steps_from(space, mover, before, improving=True)
        if after in drawn
    )


def by_concept(space: Space, movers: list[Mover], concepts: tuple[str, ...]) -> dict[str, list[Truth]]:
    """For every concept and mover the stable states, as masks over all states."""
    swept = tuple(concept for concept in concepts if concept != "sim")
    graph = None
    if all(mover.transitive for mover in movers):
        found = stabilities(space, movers, swept)
    else:
        graph = _graph(space, movers)
        found = {c: [_spread(space, matrices.stable(graph, (i,), c)) for i in range(len(movers))] for c in swept}
    if "sim" in concepts:
        graph = graph or _graph(space, movers)
        found["sim"] = [_spread(space, together.simultaneous(space, movers, graph, i)) for i in range(len(movers))]
    return found


def _wanted(concepts: tuple[str, ...] | None, feasible: int) -> tuple[str, ...]:
    if concepts is None:
        return CONCEPTS if feasible <= together.MOST_STATES else CONCEPTS[:-1]
    for concept in concepts:
        if concept not in CONCEPTS:
            raise InputError(f"no stability concept {concept!r}", hint=f"concepts are {', '.join(CONCEPTS)}")
    return tuple(concept for concept in CONCEPTS if concept in concepts)


def _graph(space: Space, movers: list[Mover]) -> Graph:
    feasible = int(space.feasible.sum())
    if feasible > matrices.MOST_STATES:
        raise InputError(
            f"{feasible} states are too many for coalitions, simultaneous stability or moves that are not transitive",
            hint=f"{matrices.MOST_STATES} at most",
        )
    return Graph(space, movers)


def _coalitions(
    space: Space, movers: list[Mover], concepts: tuple[str, ...], feasible: int
) -> dict[str, list[tuple[tuple[int, ...], Truth]]]:
    graph = _graph(space, movers)
    groups = [g for size in range(2, len(movers) + 1) for g in combinations(range(len(movers)), size)]
    return {
        concept: [(group, _spread(space, matrices.stable(graph, group, concept))) for group in groups]
        for concept in concepts
        if concept != "sim"
    }


def _spread(space: Space, over_feasible: Truth) -> Truth:
    found = np.zeros(space.count, dtype=bool)
    found[np.flatnonzero(space.feasible)] = over_feasible
    return found


def _places(mover: Mover, space: Space) -> NDArray[np.int64]:
    levels = np.unique(mover.ranks[space.feasible])
    return len(levels) - np.searchsorted(levels, mover.ranks)


def _state(model: NegotiationModel, space: Space, package: Package) -> int:
    options = [
        [option.id for option in issue.options].index(chosen)
        for issue, chosen in zip(model.issues, package.options, strict=True)
    ]
    return space.state(tuple(options))
