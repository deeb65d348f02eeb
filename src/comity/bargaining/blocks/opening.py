"""Which smallest concessions open a deal: sets of stated positions to give up so that the rest leaves a package."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from comity.bargaining.blocks.blocking import Group, component_sets
from comity.bargaining.blocks.cheapest import Cheapest, cheapest
from comity.bargaining.blocks.levels import Found
from comity.bargaining.blocks.minimal import components
from comity.bargaining.blocks.satisfy import satisfy
from comity.bargaining.blocks.stand import Stand, Unheard, stands_of, unheard
from comity.bargaining.meets import Index, Meet, rules
from comity.bargaining.method import Method, method
from comity.bargaining.pareto.layers import Deadline, OutOfTime
from comity.bargaining.pareto.surfaces import named
from comity.words import Firmness, InputError, LegalFlag, NegotiationModel, Package

MOST_SETS = 2000


@dataclass(frozen=True)
class Opening:
    """Positions that would have to be given up, all of them, and a package that is then possible.

    `unheard` parties are silent on an issue that the given positions are about: the opening is possible only.
    `flags` are the legal points that a person set on the options it leads to.
    """

    gives: tuple[Stand, ...]
    package: Package
    unheard: tuple[Unheard, ...]
    flags: tuple[LegalFlag, ...]

    @property
    def number(self) -> int:
        return len(self.gives)

    def by(self, party: str) -> tuple[Stand, ...]:
        return tuple(stand for stand in self.gives if stand.party == party)

    @property
    def on_reporter(self) -> bool:
        """True if a position given up rests on a reporter's account."""
        return any(stand.on_reporter for stand in self.gives)


@dataclass(frozen=True)
class PartyBlock:
    """One party's part, in the same form for every party.

    `gives` are its positions that occur in an opening listed, firmest last; `alone` is the smallest set of its own
    positions that would open a deal without anybody else moving, if there is one. `searched` is False if the time ran
    out before that was known.
    """

    party: str
    gives: tuple[Stand, ...]
    alone: Opening | None
    searched: bool = True


@dataclass(frozen=True)
class Openings:
    """Openings in rising number of positions given up; within a number the order means nothing.

    No opening gives up fewer positions than `least`. `complete` says whether every opening is listed. `proved` says
    whether no opening that is not listed gives up fewer than the last one listed.
    """

    openings: tuple[Opening, ...]
    blocks: tuple[PartyBlock, ...]
    least: int
    proved: bool
    complete: bool
    floors: bool
    reporter: bool
    method: Method


def openings(
    model: NegotiationModel,
    *,
    floors: bool = False,
    reporter: bool = True,
    count: int = 10,
    alone: bool = True,
    time_limit: float | None = None,
) -> Openings:
    """The `count` openings of `model` with the fewest positions given up (all, if there are fewer).

    Where more tie for the last places, every so many of them are listed, so that neither the first party's nor the
    last party's concessions come first.

    Parameters
    ----------
    floors
        Every party also keeps to its alternative to a deal (needs utilities and the extra ``deal``).
    reporter
        Also count positions that rest on a reporter's account.
    alone
        Also work out what each party alone could do.
    time_limit
        Seconds of processor time, after which the best found so far comes back with `least` as its bound.

    Raises
    ------
    InputError
        No concession opens a deal: the rules, or the floors with them, leave no package.

    Notes
    -----
    Without floors, all minimal correction sets of each connected group of issues, combined in order of their number.
    With floors, partial MaxSAT by CP-SAT. Every position counts as one, whoever holds it and however firmly, so that a
    party that already showed flexibility is not the cheap one.
    """
    held = stands_of(model, reporter=reporter)
    always = rules(model)
    sizes = Index(model).sizes
    if satisfy(sizes, always) is None:
        raise InputError("the rules alone leave no package", field="rule", hint="two of them exclude each other")
    deadline = Deadline(time_limit)
    found = None if floors else _combined(sizes, held, always, count, deadline)
    if found is None:
        try:
            found = cheapest(model, held, floors=floors, count=count, deadline=deadline)
        except OutOfTime:
            raise InputError("no opening found in time", hint="allow more with --time-limit") from None
    sets = _evenly(found.sets, count)
    complete = found.complete and len(sets) == len(found.sets)
    listed = tuple(_opening(model, held, chosen, package) for chosen, package in sets)
    blocks: tuple[PartyBlock, ...] = ()
    if alone:
        blocks = tuple(_block(model, held, always, listed, party.id, floors, deadline) for party in model.parties)
    name = "partial MaxSAT" if floors else "minimal correction sets"
    bound = "" if found.proved else f"no opening gives up fewer than {found.least}"
    how = method(name, exact=found.proved, bound=bound, floors=floors, reporter=reporter, count=count)
    return Openings(listed, blocks, found.least, found.proved, complete, floors, reporter, how)


def _evenly(sets: Found, count: int) -> Found:
    """The first `count` sets; of those that tie for the last places, every so many."""
    if len(sets) <= count:
        return sets
    last = len(sets[count - 1][0])
    before = [pair for pair in sets if len(pair[0]) < last]
    tied = [pair for pair in sets if len(pair[0]) == last]
    places = count - len(before)
    return before + [tied[i * len(tied) // places] for i in range(places)]


def _combined(
    sizes: tuple[int, ...], held: list[Group], always: tuple[Meet, ...], count: int, deadline: Deadline
) -> Cheapest | None:
    """Openings without floors: one minimal set to give up of every connected group; None if they are too many."""
    parts: list[list[frozenset[int]]] = []
    for members in components(sizes, [meets for _, meets in held], always):
        found = component_sets(sizes, held, always, members, most=MOST_SETS, deadline=deadline)
        if not found.complete:
            return None
        if found.give_up != (frozenset(),):
            parts.append([frozenset(members[i] for i in chosen) for chosen in found.give_up])
    start = (0,) * len(parts)
    queue = [(sum(len(part[0]) for part in parts), start)]
    seen = {start}
    chosen: list[frozenset[int]] = []
    while queue and (len(chosen) < count or queue[0][0] == len(chosen[-1])) and len(chosen) < 64 * count:
        _, at = heapq.heappop(queue)
        chosen.append(frozenset().union(*(part[i] for part, i in zip(parts, at, strict=True))))
        for k, i in enumerate(at):
            after = (*at[:k], i + 1, *at[k + 1 :])
            if i + 1 < len(parts[k]) and after not in seen:
                seen.add(after)
                total = sum(len(part[j]) for part, j in zip(parts, after, strict=True))
                heapq.heappush(queue, (total, after))
    listed = sorted(chosen, key=lambda c: (len(c), sorted(c)))
    sets = []
    for gives in listed:
        kept = [m for i, (_, meets) in enumerate(held) if i not in gives for m in meets]
        package = satisfy(sizes, (*always, *kept))
        assert package is not None
        sets.append((gives, package))
    return Cheapest(sets, len(listed[0]), True, not queue)


def _opening(model: NegotiationModel, held: list[Group], chosen: frozenset[int], package: tuple[int, ...]) -> Opening:
    gives = tuple(held[i][0] for i in sorted(chosen))
    about = {issue for stand in gives for issue in stand.issues}
    made = named(model, package)
    picked = {issue.id: option for issue, option in zip(model.issues, made.options, strict=True)}
    flags = tuple(
        flag
        for flag in model.flags
        if any(choice.issue in about and picked[choice.issue] in choice.options for choice in flag.touches)
    )
    return Opening(gives, made, unheard(model, about), flags)


def _block(
    model: NegotiationModel,
    held: list[Group],
    always: tuple[Meet, ...],
    listed: tuple[Opening, ...],
    party: str,
    floors: bool,
    deadline: Deadline,
) -> PartyBlock:
    order = list(Firmness)
    gives = {stand.id: stand for opening in listed for stand in opening.by(party)}
    firmest_last = sorted(gives.values(), key=lambda stand: -order.index(stand.firmness))
    others = tuple(m for stand, meets in held if stand.party != party for m in meets)
    own = [group for group in held if group[0].party == party]
    sizes = Index(model).sizes
    best = None
    searched = not deadline.passed()
    if searched and satisfy(sizes, (*always, *others)) is not None:
        found = None if floors else _combined(sizes, own, (*always, *others), 1, deadline)
        if found is None:
            try:
                found = cheapest(model, own, hard=others, floors=floors, count=1, deadline=deadline)
            except InputError:
                found = None
            except OutOfTime:
                found, searched = None, False
        if found is not None and found.sets:
            best = _opening(model, own, *found.sets[0])
    return PartyBlock(party, tuple(firmest_last), best, searched or best is not None)
