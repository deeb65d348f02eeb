"""What the surface of a reading costs beside the parse: python -m bench.surface [--texts N]

Reads texts of PolNeAR dev (any folder of shared data will do) in one process on one core and prints, for each step, its
share of the parser's time and words per second.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from comity.reading import events, names, pronouns, quantities, segments, times
from comity.reading.parse import parse

SHARED = Path(__file__).parents[1].parent / "shared"
T = TypeVar("T")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=20)
    given = parser.parse_args()
    path = SHARED / "data" / "polnear" / "dev.jsonl.gz"
    if not path.exists():
        print("no texts beside the checkout: nothing measured")
        return 0
    with gzip.open(path, "rt", encoding="utf8") as lines:
        texts = [(json.loads(line)["text"], date.fromisoformat(json.loads(line)["published"])) for line in lines]
    spent: Counter[str] = Counter()

    def timed(step: str, call: Callable[[], T]) -> T:
        before = time.process_time()
        result = call()
        spent[step] += time.process_time() - before
        return result

    def read(text: str, published: date) -> None:
        stretches = timed("segments", lambda: segments.segment(text))
        doc = timed("parse", lambda: parse(text, stretches))
        entities, mentions = timed("names", lambda: names.find_entities(doc, None, stretches))
        mentions = timed("pronouns", lambda: pronouns.resolve(doc, entities, mentions))
        found = timed("times", lambda: times.find_times(text, published, doc, stretches))
        timed("quantities", lambda: quantities.find_quantities(doc, found))
        timed("events", lambda: events.find_events(doc, found, mentions, entities, published))

    read(*texts[0])  # models and word lists are loaded before the clock runs
    spent.clear()
    chosen = texts[: given.texts]
    for text, published in chosen:
        read(text, published)
    words = sum(len(text.split()) for text, _ in chosen)
    for step, seconds in spent.most_common():
        share = 100 * seconds / spent["parse"]
        print(f"{step:10s} {seconds:7.2f} s  {share:5.1f} % of parsing  {words / seconds:9.0f} words/s")
    surface = sum(seconds for step, seconds in spent.items() if step != "parse")
    print(f"surface    {surface:7.2f} s  {100 * surface / spent['parse']:5.1f} % of parsing  ({words} words)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
