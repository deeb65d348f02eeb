"""Utilities drawn from what is known of preferences: intervals and partial rankings, party by party."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from comity.bargaining.meets import Index, Meet, forbidden, meet, rules
from comity.bargaining.model.options import exact
from comity.bargaining.pareto.problem import Floor, Problem
from comity.words import InputError, NegotiationModel, OptionOrder, Preference, ReservationRule

Table = list[list[float]]
"""Worth of every option of every issue."""


@dataclass(frozen=True)
class Unknown:
    """Something about a preference that is not known exactly; `kind` is "weight", "worth" or "ranking"."""

    party: str
    issue: str
    option: str
    kind: str


@dataclass(frozen=True)
class Draw:
    """One exact problem, and what was drawn for every unknown, in their order."""

    problem: Problem
    drawn: tuple[float, ...]


def unknowns(model: NegotiationModel) -> tuple[Unknown, ...]:
    """What is not known exactly, in the order in which it is drawn."""
    found: list[Unknown] = []
    for preference in _held(model):
        for weight in preference.weights:
            if weight.low != weight.high:
                found.append(Unknown(preference.party, weight.issue, "", "weight"))
        for worth in preference.worths:
            if worth.low != worth.high:
                found.append(Unknown(preference.party, worth.issue, worth.option, "worth"))
        for issue in model.issues:
            if any(order.issue == issue.id for order in preference.rankings):
                found += [Unknown(preference.party, issue.id, option.id, "ranking") for option in issue.options]
    return tuple(found)


def _held(model: NegotiationModel) -> list[Preference]:
    found = [p for p in (model.preference(party.id) for party in model.parties) if p is not None]
    for preference in found:
        if preference.priorities or preference.tiers:
            raise InputError(
                f"preference of {preference.party!r} ranks whole states, no utilities",
                hint="ask `comity deal stability`",
            )
    if not found:
        raise InputError("no party has preferences", field="preference", hint="`comity deal blockers` needs none")
    return found


class Bounds:
    """What is known of one preference, laid out for drawing: bounds by issue and option, chains by issue."""

    def __init__(self, model: NegotiationModel, index: Index, preference: Preference) -> None:
        self.preference = preference
        self.weights = [(index.issues[w.issue], w.low, w.high - w.low) for w in preference.weights]
        self.worths = [
            (index.issues[w.issue], index.options[index.issues[w.issue]][w.option], w.low, w.high - w.low)
            for w in preference.worths
        ]
        self.chains: list[tuple[int, list[str], list[OptionOrder]]] = []
        for i, issue in enumerate(model.issues):
            chains = [order for order in preference.rankings if order.issue == issue.id]
            if chains:
                self.chains.append((i, [option.id for option in issue.options], chains))
        self.blank = [[0.0] * size for size in index.sizes]
        self.joint = [joint.worth for joint in preference.joint]
        self.meets = [meet(index.literal(choice) for choice in joint.choices) for joint in preference.joint]

    def draw(self, random: Random) -> tuple[Table, list[float]]:
        """Worth of every option, weights multiplied in, and what was drawn, in the order of `unknowns`."""
        seen: list[float] = []
        even = random.random
        factors = []
        for i, low, width in self.weights:
            weight = low
            if width:
                weight += width * even()
                seen.append(weight)
            factors.append((i, weight))
        table = [row.copy() for row in self.blank]
        for i, o, low, width in self.worths:
            if width:
                low += width * even()
                seen.append(low)
            table[i][o] = low
        for i, options, chains in self.chains:
            values = ranked(options, chains, random)
            table[i] = [values[option] for option in options]
            seen += values.values()
        for i, weight in factors:
            table[i] = [weight * x for x in table[i]]
        return table, seen


class Drawer:
    """Draws problems of one model.

    Every party's utilities are put on a scale of `points` from its least to its most package (by the drawn worths,
    whatever is banned) and each option's worth is rounded to it; what follows is exact on that scale.
    """

    def __init__(self, model: NegotiationModel, *, points: int, red_lines: bool) -> None:
        self.model, self.points = model, points
        self.index = Index(model)
        self.held = [Bounds(model, self.index, preference) for preference in _held(model)]
        self.parties = tuple(bounds.preference.party for bounds in self.held)
        self.banned = tuple(dict.fromkeys(forbidden(model) if red_lines else rules(model)))

    def draw(self, random: Random) -> Draw:
        columns, joints, scales, floors = [], [], [], []
        drawn: list[float] = []
        for bounds in self.held:
            table, seen = bounds.draw(random)
            drawn += seen
            lows = list(map(min, table))
            width = sum(map(max, table)) - sum(lows) + sum(map(abs, bounds.joint))
            unit = self.points / width if width > 0 else 1.0
            columns.append([[round((x - low) * unit) for x in row] for row, low in zip(table, lows, strict=True)])
            joints.append([round(worth * unit) for worth in bounds.joint])
            scales.append(exact(unit))
            floors.append(self._floor(bounds.preference, sum(lows), unit))
        worths = tuple(tuple(zip(*rows, strict=True)) for rows in zip(*columns, strict=True))
        together: list[tuple[Meet, tuple[int, ...]]] = []
        for which, bounds in enumerate(self.held):
            for happening, worth in zip(bounds.meets, joints[which], strict=True):
                if happening is not None and worth:
                    row = tuple(worth if k == which else 0 for k in range(len(self.held)))
                    together.append((happening, row))
        problem = Problem(
            self.parties, self.index.sizes, worths, tuple(together), self.banned, tuple(scales), tuple(floors)
        )
        return Draw(problem, tuple(drawn))

    def _floor(self, preference: Preference, low: float, unit: float) -> Floor:
        rule = preference.reservation_rule
        if preference.reservation is None:
            return Floor(None, rule, None)
        above = (preference.reservation - low) * unit
        whole = round(above)
        # the alternative is rounded to the same scale as the worths it is compared with
        least = whole + 1 if rule is ReservationRule.MORE_THAN else whole
        return Floor(Fraction(whole) / exact(unit), rule, least)


def ranked(options: list[str], chains: list[OptionOrder], random: Random) -> dict[str, float]:
    """Numbers between 0 and 1 that keep a partial ranking: drawn evenly, and put in an order drawn along the ranking.

    Equal options share a number. (Lahdelma, Miettinen, Salminen 2003 for ordinal criteria in SMAA; an order is drawn
    by picking, again and again, one of those that nothing left has to precede.)

    >>> ranked(["a", "b"], [OptionOrder("i", (("b",), ("a",)))], Random(1))["b"] > 0.5
    True
    """
    group = {option: option for option in options}
    for chain in chains:
        for tier in chain.tiers:
            for option in tier:
                old, new = group[option], group[tier[0]]
                group = {name: new if held == old else held for name, held in group.items()}
    above: dict[str, set[str]] = {group[option]: set() for option in options}
    for chain in chains:
        for better, worse in zip(chain.tiers, chain.tiers[1:], strict=False):
            for option in worse:
                above[group[option]].add(group[better[0]])
    numbers = sorted((random.random() for _ in above), reverse=True)
    found: dict[str, float] = {}
    for number in numbers:
        free = [name for name in sorted(above) if name not in found and above[name] <= found.keys()]
        found[random.choice(free)] = number
    return {option: found[group[option]] for option in options}
