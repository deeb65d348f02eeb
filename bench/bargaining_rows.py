"""The work behind each row of the bargaining bench. Writes its lines as JSON; `bench.bargaining` prints them."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from bench.bargaining_models import acts, floors, neighbours, opposed, scattered, vague
from comity.bargaining import openings, solutions, stability, surface
from comity.bargaining.uncertain import doubt
from comity.words import NegotiationModel

T = TypeVar("T")
Line = dict[str, Any]
PICKS = ("nash", "kalai-smorodinsky", "egalitarian")


@dataclass(frozen=True)
class Row:
    """One row of the table: its lines in order, and what was asked of them."""

    title: str
    asked: str
    model: str
    lines: Callable[[bool], Iterator[Line]]
    peers: str = ""
    slow: bool = False


class Seconds(float):
    """Processor time, with the wall time that passed."""

    wall: float


def timed(work: Callable[[], T]) -> tuple[Seconds, T]:
    start, wall = time.process_time(), time.perf_counter()
    found = work()
    seconds = Seconds(time.process_time() - start)
    seconds.wall = time.perf_counter() - wall
    return seconds, found


def line(label: str, seconds: float, met: bool, note: str, **more: object) -> Line:
    more["wall"] = getattr(seconds, "wall", seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory = peak / (2**20 if sys.platform == "darwin" else 2**10)
    return {"label": label, "seconds": seconds, "memory": memory, "met": met, "note": note, **more}


def memory() -> float:
    return float(line("", 0, True, "")["memory"])


def solved(model: NegotiationModel) -> tuple[Any, Any]:
    found = surface(model)
    return found, solutions(model, found, principles=PICKS)


def _warm() -> None:
    """Import and touch everything once, so that no row pays for it."""
    solved(opposed(0, 3, 3, 3, 50))


def million(quick: bool) -> Iterator[Line]:
    for kind in (scattered,) if quick else (scattered, opposed):
        model = kind(1, 3, 6, 10, 1000)
        seconds, (found, picked) = min((timed(lambda m=model: solved(m)) for _ in range(5)), key=lambda pair: pair[0])
        points: dict[str, list[tuple[float, ...]]] = {s.principle: [p.utilities for p in s.points] for s in picked}
        points["frontier"] = [tuple(map(float, row)) for row in found.utilities.tolist()]
        tables = [
            [[int(w.low) for w in preference.worths if w.issue == issue.id] for issue in model.issues]
            for preference in model.preferences
        ]
        yield line(kind.__name__, seconds, True, f"{len(found)} points, best of five", tables=tables, points=points)


def _frontiers(
    models: Callable[[int], NegotiationModel], most: float, space: float = 1e9
) -> Callable[[bool], Iterator[Line]]:
    def lines(quick: bool) -> Iterator[Line]:
        for seed in range(1, 3 if quick else 6):
            model = models(seed)
            seconds, (found, _) = timed(lambda m=model: solved(m))
            assert found.method.exact
            yield line(f"seed {seed}", seconds, seconds <= most and memory() <= space, f"{len(found)} points")

    return lines


def one_large(quick: bool) -> Iterator[Line]:
    for seed in (1,) if quick else (1, 2):
        model = opposed(seed, 4, 20, 5, 1000)
        seconds, (found, _) = timed(lambda m=model: solved(m))
        yield line(
            f"seed {seed}",
            seconds,
            seconds <= 15,
            f"{len(found)} points, {'exact' if found.method.exact else 'NOT exact'}",
        )


def thousand_draws(quick: bool) -> Iterator[Line]:
    for seed in (1,) if quick else (1, 2, 3):
        draws = 100 if quick else 1000
        seconds, found = timed(lambda s=seed, d=draws: doubt(vague(s), draws=d))
        share = f"{100 * found.agreement.share:.0f} % agree"
        yield line(f"seed {seed}, {draws} draws", seconds, seconds <= 5 * draws / 1000, share)


TIGHTNESS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)


def with_floors(quick: bool) -> Iterator[Line]:
    times = []
    for seed in (1,) if quick else (1, 2, 3):
        for tightness in TIGHTNESS[::3] if quick else TIGHTNESS:
            model = floors(seed, tightness)
            seconds, found = timed(lambda m=model: openings(m, floors=True, count=10))
            times.append(seconds)
            listed = f"{len(found.openings)} openings of {found.least} or more" + (", all there are" * found.complete)
            met = seconds <= 4 and found.proved and (len(found.openings) >= 10 or found.complete)
            yield line(
                f"seed {seed}, tightness {tightness:g}",
                seconds,
                met,
                listed + (", proved" if found.proved else ", NOT proved"),
            )
    middle = statistics.median(times)
    yield line("median", middle, middle <= 1, f"worst {max(times):.3f} s, {len(times)} models")


def conflicts(quick: bool) -> Iterator[Line]:
    for options, most in ((12, 0.05), (16, 0.5), *(() if quick else ((20, 10.0),))):
        model = acts(1, options)
        seconds, found = timed(lambda m=model: stability(m, concepts=("nash", "gmr", "smr", "seq"), limit=20))
        counts = ", ".join(f"{name.upper()} {count}" for name, count in found.counts)
        yield line(f"2^{options} states", seconds, seconds <= most and memory() <= 1024, counts)


ROWS = {
    "million": Row(
        "10^6 outcomes, 3 parties: frontier, Nash, Kalai-Smorodinsky, egalitarian",
        "300 times faster than negmas, same points",
        "scattered and opposed(seed=1, parties=3, count=6, options=10, points=1000)",
        million,
    ),
    "three": Row(
        "3 parties, 20 issues of 5 options, 1,000 points each: frontier and solutions",
        "0.5 s and 200 MB each",
        "opposed(seed, parties=3, count=20, options=5, points=1000)",
        _frontiers(lambda seed: opposed(seed, 3, 20, 5, 1000), 0.5, 200),
        "none can: 5^20 outcomes cannot be listed",
    ),
    "four": Row(
        "4 parties, the same",
        "15 s",
        "opposed(seed, parties=4, count=20, options=5, points=1000)",
        one_large,
        "none can",
        slow=True,
    ),
    "two": Row(
        "2 parties, 50 issues of 10 options, 10,000 points: frontier and solutions",
        "0.5 s",
        "opposed(seed, parties=2, count=50, options=10, points=10000)",
        _frontiers(lambda seed: opposed(seed, 2, 50, 10, 10_000), 0.5),
        "none can",
    ),
    "neighbours": Row(
        "3 parties, 20 issues of 5, options tied between neighbours, width 2: frontier and solutions",
        "1 s",
        "neighbours(seed, parties=3, count=20, options=5, points=1000, reach=2)",
        _frontiers(lambda seed: neighbours(seed, 3, 20, 5, 1000, 2), 1.0),
        "none can",
    ),
    "draws": Row(
        "1,000 draws of preferences at 5^20 outcomes, 3 parties, 100 points, each solved exactly",
        "5 s",
        "vague(seed, parties=3, count=20, options=5, points=100)",
        thousand_draws,
        "none can",
    ),
    "openings": Row(
        "openings with utility floors, 4 parties, 40 issues of 5, ten alternatives, proved; floors from loose to tight",
        "1 s median, 4 s worst",
        "floors(seed, tightness, parties=4, count=40, options=5)",
        with_floors,
        "none can",
    ),
    "stability": Row(
        "stability (Nash, GMR, SMR, SEQ), 3 decision makers, all moves reversible",
        "0.05 s, 0.5 s, 10 s; 1 GB",
        "acts(seed=1, options, parties=3)",
        conflicts,
        "none on PyPI",
    ),
}


def main(arguments: list[str]) -> int:
    _warm()
    print(json.dumps(list(ROWS[arguments[0]].lines("--quick" in arguments))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
