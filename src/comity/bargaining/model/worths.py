"""Preferences of a model file: worths, weights, value functions, rankings, joint worths, priorities, tiers."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from comity.bargaining.model.options import exact
from comity.bargaining.model.table import Table, as_interval, as_number
from comity.words import (
    Choice,
    Issue,
    Joint,
    OptionOrder,
    Preference,
    ReservationRule,
    Weight,
    Worth,
)


def read_choice(table: Table) -> Choice:
    """``{issue = "…", options = ["…"]}``; ``option = "…"`` for a single one."""
    issue = table.text("issue")
    if "option" in table:
        options: tuple[str, ...] = (table.text("option"),)
    else:
        options = table.texts("options", required=True)
    table.done()
    return Choice(issue, options)


def read_preference(table: Table, issues: tuple[Issue, ...]) -> Preference:
    """One ``[[preference]]``. Value functions are evaluated at every option of their issue."""
    party = table.text("party")
    scale = table.raw("scale")
    bounds = None if scale is None else as_interval(scale, table.file, table.field("scale"))
    preference = Preference(
        party=party,
        worths=(*_worths(table), *_functions(table, issues)),
        weights=_weights(table),
        joint=tuple(_joint(item) for item in table.tables("joint")),
        rankings=_rankings(table),
        priorities=table.texts("priorities"),
        tiers=_tiers(table),
        reservation=table.number("reservation"),
        reservation_rule=table.one_of("reservation_rule", ReservationRule, ReservationRule.AT_LEAST),
        scale=bounds,
        statements=table.texts("statements"),
    )
    table.done()
    return preference


def _worths(table: Table) -> tuple[Worth, ...]:
    outer = table.table("worths")
    found: list[Worth] = []
    for issue in outer.keys() if outer else ():
        inner = outer.table(issue) if outer else None
        if inner:
            for option in inner.keys():  # noqa: SIM118 (a Table is no mapping)
                found.append(Worth(issue, option, *as_interval(inner.raw(option), inner.file, inner.field(option))))
    return tuple(found)


def _weights(table: Table) -> tuple[Weight, ...]:
    inner = table.table("weights")
    found: list[Weight] = []
    for issue in inner.keys() if inner else ():
        if inner:
            low, high = as_interval(inner.raw(issue), inner.file, inner.field(issue))
            if low < 0:
                inner.error("a weight below zero", issue)
            found.append(Weight(issue, low, high))
    return tuple(found)


def _joint(table: Table) -> Joint:
    choices = tuple(read_choice(item) for item in table.tables("choices"))
    worth = table.number("worth")
    if worth is None:
        table.error("field 'worth' is missing")
    if len(choices) < 2:
        table.error("a joint worth needs at least two choices", "choices")
    table.done()
    return Joint(choices, worth)


def _rankings(table: Table) -> tuple[OptionOrder, ...]:
    inner = table.table("rankings")
    found: list[OptionOrder] = []
    for issue in inner.keys() if inner else ():
        if inner:
            found += [OptionOrder(issue, _chain(inner, issue, chain)) for chain in inner.items(issue)]
    return tuple(found)


def _chain(table: Table, issue: str, chain: Any) -> tuple[tuple[str, ...], ...]:
    """``"best > next = equal > worst"``, or nested lists where an option's id holds one of the two signs."""
    if isinstance(chain, str):
        tiers = tuple(tuple(name.strip() for name in tier.split("=")) for tier in chain.split(">"))
    elif isinstance(chain, list) and all(isinstance(tier, list) for tier in chain):
        tiers = tuple(tuple(tier) for tier in chain)
    else:
        tiers = ()
    if not tiers or any(not isinstance(name, str) or not name for tier in tiers for name in tier):
        table.error(f"not a ranking: {chain!r}", issue, 'write "best > next = equal > worst"')
    return tiers


def _tiers(table: Table) -> tuple[tuple[tuple[str, ...], ...], ...]:
    found = []
    for i, tier in enumerate(table.items("tiers")):
        packages = tier if isinstance(tier, list) else None
        if not packages or not all(isinstance(p, list) and all(isinstance(o, str) for o in p) for p in packages):
            table.error("expected a list of packages, each a list of option ids", f"tiers[{i}]")
        found.append(tuple(tuple(package) for package in packages))
    return tuple(found)


def _functions(table: Table, issues: tuple[Issue, ...]) -> tuple[Worth, ...]:
    outer = table.table("functions")
    found: list[Worth] = []
    known = {issue.id: issue for issue in issues}
    for name in outer.keys() if outer else ():
        inner = outer.table(name) if outer else None
        if inner is None:
            continue
        if name not in known:
            inner.error(f"no issue {name!r}", hint=f"issues are {', '.join(known)}")
        points = _points(inner)
        for option in known[name].options:
            if option.value is None:
                inner.error(f"option {option.id!r} of {name!r} has no value", hint="a value function needs numbers")
            worth = float(interpolate(points, exact(option.value)))
            found.append(Worth(name, option.id, worth, worth))
    return tuple(found)


def _points(table: Table) -> list[tuple[Fraction, Fraction]]:
    """``{best = 0, worst = 30}`` (1 at best, 0 at worst, straight between) or ``{at = [[0, 0], [10, 0.4]]}``."""
    if "at" in table:
        points = []
        for i, pair in enumerate(table.items("at")):
            if not isinstance(pair, list) or len(pair) != 2:
                table.error("expected [value, worth]", f"at[{i}]")
            x, y = (exact(as_number(item, table.file, table.field(f"at[{i}]"))) for item in pair)
            points.append((x, y))
        if len(points) < 2 or any(a[0] >= b[0] for a, b in pairwise(points)):
            table.error("needs two points or more, values rising", "at")
    else:
        best, worst = table.number("best"), table.number("worst")
        if best is None or worst is None or best == worst:
            table.error("give best and worst (two different values), or at = [[value, worth], …]")
        points = sorted([(exact(best), Fraction(1)), (exact(worst), Fraction(0))])
    table.done()
    return points


def interpolate(points: list[tuple[Fraction, Fraction]], x: Fraction) -> Fraction:
    """The piecewise linear function through `points` (rising in x) at `x`; flat outside."""
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]
