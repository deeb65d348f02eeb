"""Fit how likely each part of a statement is right, on statements that people judged by hand, and say how true it is.

usage: python -m training.chances [--write] [--plot FILE]

Takes docs/judged.md (statements drawn at random from the data folder's wire reports and bulletins, each part judged
right or wrong), reads the same documents anew and keeps the statements that still stand; takes the reports of
``tests/reading_unseen`` with their golds as well. A logistic regression a part (penalty 1 on each weight but the
constant) is fitted on them. What is printed was found by leaving out a fifth of the documents in turn: the expected
calibration error (Naeini et al. 2015, five bins with as many statements each), and how much more is wrong in the
quarter that is least likely right than in all. The example and the seed reports, on which the rules were made, are no
part of that and only printed beside it: more is right there than the chances tell. The chance of a time is fitted on
the time expressions of the data folder's TimeBank and WikiWars that the rules were made on, and what is printed of it
was found on the third that was kept apart.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comity.reading import READER
from comity.reading.chances import FILE, PARTS, TIME, likely
from training.cases import Case, golds, judged, timed
from training.reliability import plot

FOLDS = 5
PENALTY = 1.0
MADE_ON = frozenset({"example", "seeds"})
"""Records that the rules were made on: nothing is fitted on them."""


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Weights of what was noted, rounded to a hundredth: logistic regression by Newton's method."""
    names = sorted({each for case in cases for each in case.noted})
    seen: NDArray[np.float64] = np.array([[1.0, *(float(name in c.noted) for name in names)] for c in cases])
    right = np.array([float(c.right) for c in cases])
    weights, penalty = np.zeros(len(names) + 1), np.diag([1e-6, *[PENALTY] * len(names)])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (right - chance) - penalty @ weights
        bend = (seen * (chance * (1 - chance))[:, None]).T @ seen + penalty
        weights = weights + np.linalg.solve(bend, slope)
    return dict(zip(["", *names], np.round(weights, 2).tolist(), strict=True))


def left_out(cases: Sequence[Case]) -> list[tuple[float, bool, Case]]:
    """The chance of each case by weights that have not seen its document."""
    out = []
    for fold in range(FOLDS):
        inside = [c for c in cases if _fold(c.document) == fold]
        weights = fit([c for c in cases if _fold(c.document) != fold])
        out += [(likely(weights, c.noted), c.right, c) for c in inside]
    return out


def _fold(document: str) -> int:
    return int(sha256(document.encode()).hexdigest()[:8], 16) % FOLDS


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """The mean distance of chance and share right over five bins with as many cases each.

    >>> calibration_error([(0.5, True), (0.5, False)] * 5)
    0.0
    """
    ranked = sorted(pairs)
    cut = [ranked[len(ranked) * k // FOLDS : len(ranked) * (k + 1) // FOLDS] for k in range(FOLDS)]
    gaps = [abs(sum(p - r for p, r in each)) for each in cut if each]
    return round(sum(gaps) / len(ranked), 3)


def summed(pairs: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """How many there are, how many per cent are wrong, of all and of the quarter told to be least likely right."""
    doubtful = sorted(pairs)[: len(pairs) // 4]
    wrong, of_quarter = (100 * sum(not r for _, r in each) / len(each) for each in (pairs, doubtful))
    return {
        "statements": len(pairs),
        "wrong": round(wrong),
        "of the doubtful quarter": round(of_quarter),
        "calibration error": calibration_error(pairs),
    }


def whole(out: Mapping[str, Sequence[tuple[float, bool, Case]]]) -> list[tuple[float, bool]]:
    """Of the judged statements: the product of the chances of their parts, and whether all of them are right."""
    by_statement: dict[tuple[str, int], list[tuple[float, bool]]] = defaultdict(list)
    for part in ("words", "speaker", "holder", "act"):
        for chance, right, case in out[part]:
            if case.record == "judged":
                by_statement[case.document, case.at].append((chance, right))
    return [(float(np.prod([p for p, _ in each])), all(r for _, r in each)) for each in by_statement.values()]


def by_record(out: Sequence[tuple[float, bool, Case]]) -> Iterator[str]:
    """What is told and what is right, in per cent, of each kind of text."""
    for record in dict.fromkeys(c.record for *_, c in out):
        pairs = [(p, r) for p, r, c in out if c.record == record]
        told, right = (100 * sum(each) / len(pairs) for each in zip(*pairs, strict=True))
        yield f"{record}: {len(pairs)}, {told:.0f} % told, {right:.0f} % right"


def area(pairs: Sequence[tuple[float, bool]]) -> float:
    """How often a right one is told to be likelier than a wrong one, ties half: the area under the curve.

    >>> area([(0.9, True), (0.5, False), (0.5, True)])
    0.75
    """
    right, wrong = ([p for p, r in pairs if r is which] for which in (True, False))
    return round(float(np.mean([(a > b) + (a == b) / 2 for a in right for b in wrong])), 2)


def main() -> None:
    """Fit, print and write."""
    ask = argparse.ArgumentParser(prog="python -m training.chances", description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--write", action="store_true", help="put the weights beside the reader")
    ask.add_argument("--plot", type=Path)
    given = ask.parse_args()
    cases = [*judged(), *golds()]
    weights, shown, found = {}, {}, {}
    figures: dict[str, dict[str, float]] = {}
    for part in PARTS:
        own = [c for c in cases if c.part == part and c.record not in MADE_ON]
        out = found[part] = left_out(own)
        weights[part], shown[part] = fit(own), [(p, r) for p, r, _ in out]
        figures[part] = summed(shown[part])
        print(f"{part:8} {json.dumps(figures[part])}, area {area(shown[part])}")
        made_on = [
            (likely(weights[part], c.noted), c.right, c) for c in cases if c.part == part and c.record in MADE_ON
        ]
        print(f"{'':8} {'; '.join(by_record([*out, *made_on]))}")
    times = list(timed())
    weights[TIME] = fit([c for c in times if "apart" not in c.record])
    for record in ("timebank, apart", "wikiwars, apart"):
        pairs = [(likely(weights[TIME], c.noted), c.right) for c in times if c.record == record]
        print(f"{TIME:8} {record}: {json.dumps(summed(pairs))}")
    shown[TIME] = [(likely(weights[TIME], c.noted), c.right) for c in times if "apart" in c.record]
    figures[TIME] = summed(shown[TIME])
    print(f"{TIME:8} {json.dumps(figures[TIME])}, area {area(shown[TIME])}")
    dates = [(likely(weights[TIME], c.noted), c.right) for c in cases if c.part == TIME]
    told, right = (100 * sum(each) / len(dates) for each in zip(*dates, strict=True))
    print(f"{TIME:8} when it was said, {len(dates)} statements of the golds: {told:.0f} % told, {right:.0f} % right")
    both = whole(found)
    told, right = (100 * sum(each) / len(both) for each in zip(*both, strict=True))
    print(f"all of a judged statement: {told:.0f} % told, {right:.0f} % right,", end=" ")
    print(f"calibration error {calibration_error(both)}, area {area(both)}")
    if given.plot:
        plot(shown, given.plot)
    if given.write:
        about = {"reader": READER, "figures": figures, "weights": weights}
        FILE.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
