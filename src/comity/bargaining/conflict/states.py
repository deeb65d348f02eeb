"""The states of a conflict: packages that the rules allow, how every decision maker ranks them, and who moves what."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.conflict.formula import truth
from comity.bargaining.meets import Index, Meet, rules
from comity.bargaining.pareto.problem import Problem, compile_problem
from comity.words import InputError, NegotiationModel, Preference

MOST_STATES = 2**24
Ranks = NDArray[np.int64]


@dataclass(frozen=True)
class Space:
    """All packages as numbers: state ``c`` picks option ``c // strides[i] % sizes[i]`` on issue ``i``.

    `feasible` marks those that the rules allow.
    """

    sizes: tuple[int, ...]
    strides: tuple[int, ...]
    feasible: NDArray[np.bool_]

    @property
    def count(self) -> int:
        return len(self.feasible)

    def options(self, state: int) -> tuple[int, ...]:
        return tuple(state // stride % size for stride, size in zip(self.strides, self.sizes, strict=True))

    def state(self, options: tuple[int, ...]) -> int:
        return sum(option * stride for option, stride in zip(options, self.strides, strict=True))

    def picks(self, issue: int) -> NDArray[np.int64]:
        """Option index on one issue, shaped so that it broadcasts over `shape`."""
        shape = [1] * len(self.sizes)
        shape[issue] = self.sizes[issue]
        return np.arange(self.sizes[issue]).reshape(shape)

    def happens(self, happening: Meet) -> NDArray[np.bool_]:
        """Where a meet happens, shaped so that axis i is issue i."""
        found = np.ones((1,) * len(self.sizes), dtype=bool)
        for issue, mask in happening.literals:
            table = np.array([mask >> option & 1 for option in range(self.sizes[issue])], dtype=bool)
            found = found & table[self.picks(issue)]
        return np.broadcast_to(found, self.sizes)


@dataclass(frozen=True)
class Mover:
    """A decision maker: the issues it controls, which of its moves are allowed, and how it ranks the states.

    `moves` is None if every move between its own choices is allowed; else a matrix over them, in the order of
    `Space` restricted to its issues. `ranks`: larger is better, equal is indifferent; -1 where infeasible.
    """

    party: str
    issues: tuple[int, ...]
    moves: NDArray[np.bool_] | None
    ranks: Ranks

    @property
    def transitive(self) -> bool:
        """True if two moves in a row never lead where one move does not."""
        if self.moves is None:
            return True
        two = self.moves.astype(np.float32) @ self.moves.astype(np.float32) > 0
        np.fill_diagonal(two, False)
        return not bool((two & ~self.moves).any())


def make_space(model: NegotiationModel) -> Space:
    """The states of `model`.

    Raises
    ------
    InputError
        More than `MOST_STATES` packages, or none that the rules allow.
    """
    sizes = Index(model).sizes
    count = prod(sizes)
    if count > MOST_STATES:
        raise InputError(
            f"{count} states are too many to analyse one by one", hint=f"{MOST_STATES} at most; settle some issues"
        )
    strides = tuple(prod(sizes[i + 1 :]) for i in range(len(sizes)))
    space = Space(sizes, strides, np.ones(count, dtype=bool))
    feasible = np.ones(sizes, dtype=bool)
    for banned in rules(model):
        feasible &= ~space.happens(banned)
    if not feasible.any():
        raise InputError("the rules alone leave no state", field="rule", hint="two of them exclude each other")
    return Space(sizes, strides, feasible.reshape(-1))


def make_movers(model: NegotiationModel, space: Space) -> list[Mover]:
    """Every party that controls an issue, in the model's order.

    Raises
    ------
    InputError
        Nobody controls anything, or a decision maker's ranking of the states is not stated.
    """
    if not model.controls:
        raise InputError("no party controls an issue", field="control", hint='[[control]] party = "a", issue = "b"')
    index = Index(model)
    movers = []
    for party in model.parties:
        controls = [control for control in model.controls if control.party == party.id]
        if not controls:
            continue
        own = tuple(sorted(index.issues[control.issue] for control in controls))
        barred: dict[int, set[tuple[int, int]]] = {}
        for control in controls:
            i = index.issues[control.issue]
            # a move without a way back bars the way back
            barred[i] = {(index.options[i][after], index.options[i][before]) for before, after in control.irreversible}
        ranks = rank_states(model, party.id, space)
        movers.append(Mover(party.id, own, _moves(space, own, barred), ranks))
    return movers


def _moves(space: Space, own: tuple[int, ...], barred: dict[int, set[tuple[int, int]]]) -> NDArray[np.bool_] | None:
    if not any(barred.values()):
        return None
    count = prod(space.sizes[i] for i in own)
    if count > 4096:
        raise InputError(f"{count} choices of one party with irreversible moves", hint="4096 at most")
    allowed = np.ones((1, 1), dtype=bool)
    for i in own:
        table = np.ones((space.sizes[i], space.sizes[i]), dtype=bool)
        for before, after in barred.get(i, ()):
            table[before, after] = False
        allowed = np.kron(allowed, table)
    np.fill_diagonal(allowed, False)
    return allowed


def rank_states(model: NegotiationModel, party: str, space: Space) -> Ranks:
    """How `party` ranks every state: by utilities, prioritised option statements or tiers of packages; exact."""
    preference = model.preference(party)
    if preference is None:
        raise InputError(
            f"{party!r} controls an issue but its preferences are not stated", field="preference", hint="add them"
        )
    if preference.priorities:
        ranks = _by_priorities(model, preference, space)
    elif preference.tiers:
        ranks = _by_tiers(model, preference, space)
    else:
        worths = any(worth.low != worth.high for worth in preference.worths)
        partly = preference.rankings or worths or any(weight.low != weight.high for weight in preference.weights)
        if partly:
            raise InputError(
                f"preference of {party!r} is known only in part", field="preference", hint="ask with --draws 1000"
            )
        alone = NegotiationModel("", model.issues, model.parties, preferences=(preference,))
        ranks = _by_worths(compile_problem(alone), space)
    shifted: Ranks = ranks - ranks[space.feasible].min()
    shifted[~space.feasible] = -1
    return shifted


def _by_worths(problem: Problem, space: Space) -> Ranks:
    tops = sum(max(abs(row[0]) for row in rows) for rows in problem.worths)
    tops += sum(abs(worth[0]) for _, worth in problem.joint)
    if tops >= 2**62:
        raise InputError("utilities have too many digits to rank states by", hint="round them to fewer decimals")
    total = np.zeros((1,) * len(space.sizes), dtype=np.int64)
    for issue, rows in enumerate(problem.worths):
        table = np.array([row[0] for row in rows], dtype=np.int64)
        total = total + table[space.picks(issue)]
    for happening, worth in problem.joint:
        total = total + space.happens(happening) * np.int64(worth[0])
    return np.ascontiguousarray(np.broadcast_to(total, space.sizes)).reshape(-1)


def _by_priorities(model: NegotiationModel, preference: Preference, space: Space) -> Ranks:
    """A state's score holds one binary digit a statement, the first statement the highest (Fang, Hipel, Kilgour, Peng
    2003): a state that satisfies it beats every state that does not."""
    if len(preference.priorities) > 60:
        raise InputError(f"{len(preference.priorities)} option statements of {preference.party!r}", hint="60 at most")
    total = np.zeros(space.sizes, dtype=np.int64)

    def holds(issue: int, option: int) -> NDArray[np.bool_]:
        return np.asarray(space.picks(issue) == option)

    for text in preference.priorities:
        total <<= 1
        total += truth(model, text, holds)
    return total.reshape(-1)


def _by_tiers(model: NegotiationModel, preference: Preference, space: Space) -> Ranks:
    index = Index(model)
    ranks = np.full(space.count, -1, dtype=np.int64)
    for tier, packages in enumerate(reversed(preference.tiers)):
        for package in packages:
            state = space.state(tuple(index.options[i][option] for i, option in enumerate(package)))
            if ranks[state] >= 0:
                raise InputError(f"tiers of {preference.party!r} hold {package} twice", field="preference.tiers")
            ranks[state] = tier
    lacking = np.flatnonzero(space.feasible & (ranks < 0))
    if len(lacking):
        options = space.options(int(lacking[0]))
        named = [issue.options[o].id for issue, o in zip(model.issues, options, strict=True)]
        raise InputError(
            f"tiers of {preference.party!r} lack the state {named}", field="preference.tiers", hint="rank every state"
        )
    return ranks
