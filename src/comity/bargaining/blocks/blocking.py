"""Which smallest sets of stated positions leave no package."""

from __future__ import annotations

from dataclasses import dataclass

from comity.bargaining.blocks.floors import FloorOracle, floors_of
from comity.bargaining.blocks.minimal import Minimal, components, minimal_sets
from comity.bargaining.blocks.satisfy import satisfy
from comity.bargaining.blocks.stand import Stand, Unheard, stands_of, unheard
from comity.bargaining.meets import Index, Meet, rules
from comity.bargaining.method import Method, method
from comity.bargaining.pareto.layers import Deadline
from comity.bargaining.pareto.surfaces import named
from comity.words import InputError, NegotiationModel, Package

MOST_BLOCKERS = 500


@dataclass(frozen=True)
class Blocker:
    """A smallest set of stated positions that together leave no package: without any one of them there is one.

    `on_reporter` is True if one of them rests on a reporter's account: the blocker is then only as good as that.
    """

    stands: tuple[Stand, ...]
    issues: tuple[str, ...]
    on_reporter: bool


@dataclass(frozen=True)
class Blockers:
    """Whether any package satisfies every stated position; if not, what stands in the way.

    `package` is one that does, `unheard` who is silent on an issue it settles: it is possible only. `complete` says
    whether all blockers are listed.
    """

    possible: bool
    package: Package | None
    unheard: tuple[Unheard, ...]
    blockers: tuple[Blocker, ...]
    complete: bool
    floors: bool
    reporter: bool
    method: Method


Group = tuple[Stand, tuple[Meet, ...]]


def blockers(
    model: NegotiationModel,
    *,
    floors: bool = False,
    reporter: bool = True,
    most: int = MOST_BLOCKERS,
    time_limit: float | None = None,
) -> Blockers:
    """All smallest sets of stated positions of `model` that leave no package.

    Parameters
    ----------
    floors
        Parties also keep to their alternatives to a deal (needs utilities and the extra ``deal``).
    reporter
        Also count what rests on a reporter's account.
    most, time_limit
        Blockers after which, and seconds of processor time after which, the search stops.

    Raises
    ------
    InputError
        The rules alone leave no package.

    Notes
    -----
    Minimal unsatisfiable subsets (Liffiton et al. 2016), one connected group of issues at a time.
    """
    held = stands_of(model, reporter=reporter)
    always = rules(model)
    sizes = Index(model).sizes
    if satisfy(sizes, always) is None:
        raise InputError("the rules alone leave no package", field="rule", hint="two of them exclude each other")
    deadline = Deadline(time_limit)
    if floors:
        stands, found = _with_floors(model, held, most, deadline)
        package = None
        if not found.impossible and found.complete:
            package = FloorOracle(model, held).package(frozenset(range(len(stands))), Deadline(None))
    else:
        stands = [stand for stand, _ in held]
        found = _by_component(sizes, held, always, most, deadline)
        package = satisfy(sizes, (*always, *(m for _, meets in held for m in meets)))
    return Blockers(
        package is not None,
        None if package is None else named(model, package),
        () if package is None else unheard(model, {issue.id for issue in model.issues}),
        tuple(_blocker(model, [stands[i] for i in sorted(chosen)]) for chosen in found.impossible),
        found.complete,
        floors,
        reporter,
        method("minimal unsatisfiable subsets (MARCO)", exact=found.complete, floors=floors, reporter=reporter),
    )


def _blocker(model: NegotiationModel, stands: list[Stand]) -> Blocker:
    named_issues = {issue for stand in stands for issue in stand.issues}
    ordered = tuple(issue.id for issue in model.issues if issue.id in named_issues)
    return Blocker(tuple(stands), ordered, any(stand.on_reporter for stand in stands))


def _by_component(
    sizes: tuple[int, ...], held: list[Group], always: tuple[Meet, ...], most: int, deadline: Deadline
) -> Minimal:
    impossible: list[frozenset[int]] = []
    complete = True
    for members in components(sizes, [meets for _, meets in held], always):
        found = component_sets(sizes, held, always, members, most=most, deadline=deadline)
        impossible += [frozenset(members[i] for i in chosen) for chosen in found.impossible]
        complete = complete and found.complete
    impossible.sort(key=lambda chosen: (sorted(chosen), len(chosen)))
    return Minimal(tuple(impossible[:most]), (), complete and len(impossible) <= most)


def component_sets(
    sizes: tuple[int, ...],
    held: list[Group],
    always: tuple[Meet, ...],
    members: list[int],
    *,
    most: int,
    deadline: Deadline,
) -> Minimal:
    """Minimal sets among the constraints `members`, numbered as they stand there."""
    groups = [held[i][1] for i in members]
    if satisfy(sizes, (*always, *(m for meets in groups for m in meets))) is not None:
        return Minimal((), (frozenset(),), True)
    return minimal_sets(
        len(members),
        lambda chosen: satisfy(sizes, (*always, *(m for i in sorted(chosen) for m in groups[i]))) is not None,
        most=most,
        deadline=deadline,
    )


def _with_floors(
    model: NegotiationModel, held: list[Group], most: int, deadline: Deadline
) -> tuple[list[Stand], Minimal]:
    oracle = FloorOracle(model, held)
    stands = [stand for stand, _ in held] + [stand for stand, _, _ in floors_of(model, oracle.problem)]
    found = minimal_sets(
        len(stands), lambda chosen: oracle.package(chosen, deadline) is not None, most=most, deadline=deadline
    )
    return stands, found
