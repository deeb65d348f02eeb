"""Exact utilities: every decimal of the model scaled to integers, so that no comparison is ever rounded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm, prod

from comity.bargaining.meets import Index, Meet, forbidden, meet, rules
from comity.bargaining.model.options import exact
from comity.words import InputError, NegotiationModel, Preference, ReservationRule, Weight, Worth


@dataclass(frozen=True)
class Floor:
    """A party's alternative to a deal, on its integer scale. Acceptable: ``value >= low`` (None: never stated)."""

    alternative: Fraction | None
    rule: ReservationRule
    low: int | None


@dataclass(frozen=True)
class Problem:
    """Parties with exact additive utilities over packages.

    ``utility = value / scale`` for each party, where ``value`` is the sum of ``worths[issue][option][party]`` and of
    ``joint`` worths whose meet happens. `banned` meets may not happen. Packages are option indices, one an issue.
    """

    parties: tuple[str, ...]
    sizes: tuple[int, ...]
    worths: tuple[tuple[tuple[int, ...], ...], ...]
    joint: tuple[tuple[Meet, tuple[int, ...]], ...]
    banned: tuple[Meet, ...]
    scale: tuple[Fraction, ...]
    floors: tuple[Floor, ...]

    @property
    def outcomes(self) -> int:
        """Packages before anything is banned."""
        return prod(self.sizes)

    def values(self, package: tuple[int, ...]) -> tuple[int, ...]:
        """Integer values of a package, one a party."""
        rows = [self.worths[issue][option] for issue, option in enumerate(package)]
        rows += [worth for happening, worth in self.joint if happening.happens(package)]
        return tuple(sum(column) for column in zip(*rows, strict=True))

    def allows(self, package: tuple[int, ...]) -> bool:
        return not any(banned.happens(package) for banned in self.banned)

    def utility(self, party: int, value: int) -> Fraction:
        return Fraction(int(value)) / self.scale[party]


def utilities(model: NegotiationModel, preference: Preference) -> tuple[list[list[Fraction]], list[Fraction]]:
    """Worth of every option (by issue, then option) and of every joint worth, weights multiplied in.

    Raises
    ------
    InputError
        The preference is ordinal or holds an interval: its utilities are not known exactly.
    """
    if preference.rankings or preference.priorities or preference.tiers:
        what = "rankings" if preference.rankings else "priorities" if preference.priorities else "tiers"
        hint = "ask `comity deal doubt` (rankings) or `comity deal stability` (priorities, tiers)"
        raise InputError(f"preference of {preference.party!r} has {what}, no utilities", hint=hint)
    weights = {weight.issue: weight for weight in preference.weights}
    table = {(worth.issue, worth.option): worth for worth in preference.worths}
    given: list[Weight | Worth] = [*weights.values(), *table.values()]
    for item in given:
        if item.low != item.high:
            what = f"preference of {preference.party!r} on {item.issue!r} is an interval, {item.low:g} to {item.high:g}"
            raise InputError(what, hint="ask `comity deal doubt`, or give one number")
    rows = []
    for issue in model.issues:
        weight = exact(weights[issue.id].low) if issue.id in weights else Fraction(1)
        known = [table.get((issue.id, option.id)) for option in issue.options]
        rows.append([Fraction(0) if worth is None else weight * exact(worth.low) for worth in known])
    return rows, [exact(joint.worth) for joint in preference.joint]


def compile_problem(model: NegotiationModel, *, red_lines: bool = True) -> Problem:
    """The exact problem of the parties whose preferences are utilities.

    Parameters
    ----------
    red_lines
        Also ban what a red line or a condition forbids; rules always hold.
    """
    index = Index(model)
    found = [(p.id, model.preference(p.id)) for p in model.parties]
    held = [(party, preference) for party, preference in found if preference is not None]
    if not held:
        raise InputError("no party has preferences", field="preference", hint="`comity deal blockers` needs none")
    columns, joints, scales, floors = [], [], [], []
    for _, preference in held:
        rows, extra = utilities(model, preference)
        numbers = [worth for row in rows for worth in row] + extra
        down = lcm(*(worth.denominator for worth in numbers))
        up = gcd(*(int(worth * down) for worth in numbers)) or 1
        scale = Fraction(down, up)
        scales.append(scale)
        columns.append([[int(worth * scale) for worth in row] for row in rows])
        joints.append([int(worth * scale) for worth in extra])
        floors.append(_floor(preference, scale))
    worths = tuple(
        tuple(tuple(column[i][j] for column in columns) for j in range(size)) for i, size in enumerate(index.sizes)
    )
    together: list[tuple[Meet, tuple[int, ...]]] = []
    for which, (_, preference) in enumerate(held):
        for joint, worth in zip(preference.joint, joints[which], strict=True):
            happening = meet(index.literal(choice) for choice in joint.choices)
            if happening is not None and worth:
                together.append((happening, tuple(worth if k == which else 0 for k in range(len(held)))))
    banned = forbidden(model) if red_lines else rules(model)
    return Problem(
        tuple(party for party, _ in held),
        index.sizes,
        worths,
        _merged(together),
        tuple(dict.fromkeys(banned)),
        tuple(scales),
        tuple(floors),
    )


def _floor(preference: Preference, scale: Fraction) -> Floor:
    rule = preference.reservation_rule
    if preference.reservation is None:
        return Floor(None, rule, None)
    alternative = exact(preference.reservation)
    scaled = alternative * scale
    low = -(-scaled.numerator // scaled.denominator)  # the ceiling
    if rule is ReservationRule.MORE_THAN and low == scaled:
        low += 1
    return Floor(alternative, rule, low)


def _merged(joint: list[tuple[Meet, tuple[int, ...]]]) -> tuple[tuple[Meet, tuple[int, ...]], ...]:
    merged: dict[Meet, tuple[int, ...]] = {}
    for happening, worth in joint:
        known = merged.get(happening)
        merged[happening] = worth if known is None else tuple(a + b for a, b in zip(known, worth, strict=True))
    return tuple(merged.items())
