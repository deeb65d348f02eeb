"""Agreement and networks: published examples, parity with Discourse Network Analyzer, and speed.

usage: python -m bench.study [--uses N]

Prints Krippendorff's worked examples beside what is published, the figures of the sample database (if
``../shared/data/dna/sample.dna`` is there), and the time for a network of N uses and for α of 100,000 units.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import date, timedelta
from pathlib import Path

from comity.desk.interchange import dna
from comity.study import Aggregation, Normalisation, Scale, Use, alpha, one_mode, two_mode, windows

QUICK = ("--uses", "50000")
SAMPLE = Path(__file__).parents[1].parent / "shared" / "data" / "dna" / "sample.dna"
N = None
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
PUBLISHED = {Scale.NOMINAL: 0.743, Scale.ORDINAL: 0.815, Scale.INTERVAL: 0.849, Scale.RATIO: 0.797}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--uses", type=int, default=500_000)
    given = parser.parse_args()
    for scale, published in PUBLISHED.items():
        found = alpha(FOUR, scale, replicates=1000)
        print(
            f"alpha {scale.value:9} {found.value:.3f}  published {published}  95 % [{found.low:.3f}, {found.high:.3f}]"
        )
    if SAMPLE.exists():
        uses = dna.read(SAMPLE).uses()
        plain = two_mode(uses)
        print(f"sample.dna two-mode {len(plain.rows)} × {len(plain.columns)}, sum {plain.total:g} (7 × 6, 40)")
        print(f"sample.dna one-mode ignore {one_mode(uses, Aggregation.IGNORE).total:g} (276)")
        average = one_mode(uses, Aggregation.CONGRUENCE, Normalisation.AVERAGE)
        print(f"sample.dna congruence, average {average.total:.4f} (25.8024)")
    else:
        print("sample.dna is not there")
    _speed(given.uses)


def _speed(count: int) -> None:
    draw = random.Random(1)
    first = date(2021, 1, 1)
    uses = [
        Use(f"a{draw.randrange(300)}", f"c{draw.randrange(200)}", float(draw.random() < 0.5),
            first + timedelta(draw.randrange(1500)))
        for _ in range(count)
    ]  # fmt: skip
    for name, run in (
        ("two-mode", lambda: two_mode(uses)),
        ("one-mode congruence, average", lambda: one_mode(uses, normalisation=Normalisation.AVERAGE)),
        ("one-mode subtract, plain Jaccard", lambda: one_mode(
            uses, Aggregation.SUBTRACT, Normalisation.PLAIN_JACCARD)),
        ("windows of 30 days, two-mode each", lambda: [two_mode(w.uses) for w in windows(uses, 30)]),
    ):  # fmt: skip
        start = time.process_time()
        run()
        print(f"{name:36} {count:,} uses, 300 actors, 200 concepts: {time.process_time() - start:.2f} s of CPU")
    rows = [[draw.randrange(8) if draw.random() < 0.9 else None for _ in range(100_000)] for _ in range(3)]
    start = time.process_time()
    alpha(rows, Scale.ORDINAL, replicates=200)
    print(f"{'alpha, ordinal, 200 replicates':36} 100,000 units, 3 coders: {time.process_time() - start:.2f} s of CPU")


if __name__ == "__main__":
    main()
