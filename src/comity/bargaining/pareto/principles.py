"""Which point of the frontier a principle picks: Nash, Kalai–Smorodinsky, egalitarian, utilitarian, leximin.

A party's gain is its utility less its alternative to a deal. Only packages that every party accepts beside its
alternative are compared. All comparisons are exact: doubles only sort out what is far from the best.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod

import numpy as np
from numpy.typing import NDArray

from comity.bargaining.method import Method, method
from comity.bargaining.model.options import exact
from comity.bargaining.pareto.plan import Values
from comity.bargaining.pareto.surfaces import FrontierPoint, Surface, named
from comity.words import InputError, NegotiationModel

PRINCIPLES = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian", "leximin")
_NEAR = 1e-9
_NEAR_LOG = 1e-7
_SHOWN = 20


@dataclass(frozen=True)
class Solution:
    """What a principle picks. `points` are all that tie (at most twenty listed), `ties` how many there are.

    `measure` says in words what was made as large as possible and how large it got; `notes` what a reader has to know.
    """

    principle: str
    points: tuple[FrontierPoint, ...]
    ties: int
    measure: str
    notes: tuple[str, ...]
    method: Method


class Gains:
    """Gains of the acceptable points of a frontier.

    Attributes
    ----------
    which
        Indices of the acceptable points.
    start
        Utility from which each party's gain counts: its alternative, or its worst package where none is stated.
    floats
        Gains in double precision, shape (acceptable points, parties).
    """

    def __init__(self, found: Surface) -> None:
        self.found = found
        problem = found.problem
        self.which = np.flatnonzero(found.reaches([floor.low for floor in problem.floors]).all(axis=1))
        # where gains count from, on the scale of values
        self._starts = [
            Fraction(found.worst[p]) if floor.alternative is None else floor.alternative * problem.scale[p]
            for p, floor in enumerate(problem.floors)
        ]
        units = np.array([float(scale) for scale in problem.scale])
        self.floats = found.above(self._starts)[self.which] / units

    def exact(self, row: int) -> list[Fraction]:
        """Exact gains of an acceptable point, in utilities."""
        value = self.found.value(int(self.which[row]))
        scale = self.found.problem.scale
        return [(v - start) / unit for v, start, unit in zip(value, self._starts, scale, strict=True)]

    def positive(self) -> NDArray[np.bool_]:
        """Which gains are above zero, exactly; shape (acceptable points, parties)."""
        return self.found.reaches([start.numerator // start.denominator + 1 for start in self._starts])[self.which]

    def largest(self) -> list[Fraction]:
        """The most that each party can gain in an acceptable package, in utilities."""
        whole = self.found.integers
        rows = self.found.values if whole is None else whole
        scale = self.found.problem.scale
        best = [
            max(int(rows[i][p]) for i in self.which) if whole is None else int(whole[self.which, p].max())
            for p in range(len(scale))
        ]
        return [(v - start) / unit for v, start, unit in zip(best, self._starts, scale, strict=True)]


def solutions(
    model: NegotiationModel,
    found: Surface,
    *,
    principles: tuple[str, ...] = PRINCIPLES,
    weights: Mapping[str, float] | None = None,
) -> tuple[Solution, ...]:
    """What each principle picks on the frontier `found` of `model`.

    Parameters
    ----------
    principles
        Some of `PRINCIPLES`.
    weights
        Bargaining weights of the parties for Nash's product (default: 1 each).

    Raises
    ------
    InputError
        No package is acceptable to all beside their alternatives, or an unknown principle or party is named.

    Notes
    -----
    Nash 1950 (weighted: Harsanyi and Selten 1972), over the largest number of parties that can gain at once;
    Kalai and Smorodinsky 1975 as the largest least share of what each could gain at most; egalitarian (Kalai 1977) and
    leximin in the parties' own units of utility; utilitarian as the largest sum.
    """
    unknown = [name for name in principles if name not in PRINCIPLES]
    if unknown:
        raise InputError(f"no principle {unknown[0]!r}", hint=f"principles are {', '.join(PRINCIPLES)}")
    powers = _powers(found.problem.parties, weights)
    gains = Gains(found)
    if not len(gains.which):
        raise InputError(
            "no package is acceptable to every party beside its alternative",
            hint="ask `comity deal openings --floors` what would open one",
        )
    largest = gains.largest()
    rows = {name: _best_rows(gains, name, powers, largest) for name in principles}
    shown = sorted({row for best in rows.values() for row in best[:_SHOWN]})
    equals = found.equals_of([int(gains.which[row]) for row in shown], 1)
    points = {}
    for row, (count, packages) in zip(shown, equals, strict=True):
        utilities = utilities_of(found, found.value(int(gains.which[row])))
        points[row] = FrontierPoint(utilities, named(model, packages[0]), count, ())
    return tuple(_solution(found, gains, name, powers, largest, best, points) for name, best in rows.items())


def _powers(parties: tuple[str, ...], weights: Mapping[str, float] | None) -> list[Fraction]:
    for party, weight in (weights or {}).items():
        if party not in parties:
            raise InputError(f"no preferences of party {party!r} to weigh", hint=f"parties are {', '.join(parties)}")
        if not 0 < weight < float("inf"):
            raise InputError(f"weight {weight} of {party!r} is not above zero")
    return [exact((weights or {}).get(party, 1)) for party in parties]


Key = Callable[[list[Fraction]], tuple[object, ...]]


def _best_rows(gains: Gains, principle: str, powers: list[Fraction], largest: list[Fraction]) -> list[int]:
    close, key = _measure(principle, gains, powers, largest)
    keys = {int(row): key(gains.exact(int(row))) for row in close}
    best = max(keys.values())
    return [row for row, value in keys.items() if value == best]


def _solution(
    found: Surface,
    gains: Gains,
    principle: str,
    powers: list[Fraction],
    largest: list[Fraction],
    rows: list[int],
    points: dict[int, FrontierPoint],
) -> Solution:
    told = {p: str(float(w)) for p, w in zip(found.problem.parties, powers, strict=True)} if principle == "nash" else {}
    return Solution(
        principle,
        tuple(points[row] for row in rows[:_SHOWN]),
        len(rows),
        _words(principle, gains.exact(rows[0]), powers, largest),
        _notes(found, gains, principle, largest, rows[0]),
        method(principle, exact=found.method.exact, bound=found.method.bound, weights=told or "none"),
    )


def _measure(
    principle: str, gains: Gains, powers: list[Fraction], largest: list[Fraction]
) -> tuple[NDArray[np.int64], Key]:
    """Rows whose measure may be the best judging by doubles, and the exact measure."""
    floats = gains.floats
    if principle == "nash":
        positive = gains.positive()
        gaining = positive.sum(axis=1)
        enough = np.flatnonzero(gaining == gaining.max())
        logs = np.log(np.where(positive[enough], np.maximum(floats[enough], 1e-300), 1.0))
        score = logs @ np.array([float(power) for power in powers])
        whole = _integers(powers)
        return enough[score >= score.max() - _NEAR_LOG * float(sum(powers))], lambda g: (
            sum(1 for gain in g if gain > 0),
            prod(gain**power for gain, power in zip(g, whole, strict=True) if gain > 0),
        )
    if principle == "kalai-smorodinsky":
        can = [p for p, top in enumerate(largest) if top > 0]
        if not can:
            return np.arange(len(floats)), lambda g: (0,)
        shares = floats[:, can] / np.array([float(largest[p]) for p in can])
        return _top(shares.min(axis=1)), lambda g: (min(g[p] / largest[p] for p in can),)
    if principle == "utilitarian":
        return _top(floats.sum(axis=1)), lambda g: (sum(g),)
    close = _top(floats.min(axis=1))
    if principle == "egalitarian":
        return close, lambda g: (min(g),)
    return close, lambda g: tuple(sorted(g))


def _top(score: NDArray[np.float64] | NDArray[np.int64]) -> NDArray[np.int64]:
    slack = _NEAR * max(1e-300, float(np.abs(score).max(initial=0)))
    return np.flatnonzero(score >= score.max() - slack)


def _integers(powers: list[Fraction]) -> list[int]:
    """Powers in the same proportion as whole numbers, so that powers of fractions stay exact."""
    common = np.lcm.reduce([power.denominator for power in powers]) if len(powers) else 1
    whole = [int(power * int(common)) for power in powers]
    shared = int(np.gcd.reduce(whole)) or 1
    return [power // shared for power in whole]


def _words(principle: str, gains: list[Fraction], powers: list[Fraction], largest: list[Fraction]) -> str:
    if principle == "nash":
        positive = [float(gain) ** float(power) for gain, power in zip(gains, powers, strict=True) if gain > 0]
        return f"product of gains {prod(positive):.6g}" if positive else "no gains"
    if principle == "kalai-smorodinsky":
        shares = [float(gain / top) for gain, top in zip(gains, largest, strict=True) if top > 0]
        return f"least share of the possible gain {min(shares):.6g}" if shares else "no gains"
    if principle == "utilitarian":
        return f"sum of gains {float(sum(gains)):.6g}"
    return f"least gain {float(min(gains)):.6g}"


def _notes(found: Surface, gains: Gains, principle: str, largest: list[Fraction], row: int) -> tuple[str, ...]:
    notes = []
    parties = found.problem.parties
    for p, floor in enumerate(found.problem.floors):
        if floor.alternative is None:
            notes.append(f"no alternative to a deal is stated for {parties[p]}: its gain counts from its worst package")
    stuck = [parties[p] for p, top in enumerate(largest) if top <= 0]
    if stuck and principle in ("nash", "kalai-smorodinsky"):
        notes.append(f"no acceptable package gives {', '.join(stuck)} a gain")
    elif principle == "nash" and min(gains.exact(row)) <= 0:
        notes.append("no package gives every party a gain: the product is over the most parties that can gain at once")
    if principle in ("egalitarian", "utilitarian", "leximin") and len(parties) > 1:
        notes.append("compares the parties' own units of utility")
    return tuple(notes)


@dataclass(frozen=True)
class Picked:
    """One package that a principle picks, and the parties by their share of what each could gain, best first."""

    package: tuple[int, ...]
    order: tuple[int, ...]


def picked(found: Surface, principle: str) -> Picked | None:
    """What a principle picks, the first of what ties; None if no package is acceptable to all."""
    gains = Gains(found)
    if not len(gains.which):
        return None
    largest = gains.largest()
    close, key = _measure(principle, gains, [Fraction(1)] * len(largest), largest)
    best = (
        int(close[0]) if len(close) == 1 else max((int(row) for row in close), key=lambda r: (key(gains.exact(r)), -r))
    )
    shares = [gain / top if top > 0 else Fraction(0) for gain, top in zip(gains.exact(best), largest, strict=True)]
    order = tuple(sorted(range(len(shares)), key=lambda p: (-shares[p], p)))
    return Picked(tuple(found.packages([int(gains.which[best])]).tolist()[0]), order)


def utilities_of(found: Surface, value: Values) -> tuple[float, ...]:
    """A value in the parties' units."""
    return tuple(float(found.problem.utility(p, v)) for p, v in enumerate(value))
