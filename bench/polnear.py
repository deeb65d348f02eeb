"""Attributions against PolNeAR: python -m bench.polnear [--part dev|train] [--limit N]

Reads the articles with `comity.reading.read` (no agenda) and counts as ../shared/score/attributions.py does. For
comparison (README of the shared data): spaCy small with the rules of the Gender Gap Tracker 48.9 / 41.0, textacy
27.8 / 26.0, two humans against each other 79.4 / 75.0.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bench.measures import Counted, attributions
from comity.reading import READER, read
from comity.words import Document, Mode, Reading

POLNEAR = Path(__file__).parents[1].parent / "shared" / "data" / "polnear"
QUICK = ("--limit", "20")


def spans_of(reading: Reading) -> list[dict[str, Any]]:
    """Each attribution of a reading once, as source, cue and content."""
    return [
        {"source": s.source, "cue": s.cue, "content": s.content}
        for s in reading.statements
        if s.mode is not Mode.AUTHOR and s.content
    ]


def published(record: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(record.get("published"))[:10])
    except ValueError:
        return None


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", choices=("dev", "train"), default="dev")
    options.add_argument("--limit", type=int, default=0, help="so many articles only")
    chosen = options.parse_args(arguments)
    path = POLNEAR / f"{chosen.part}.jsonl.gz"
    if not path.exists():
        print("bench.polnear: ../shared/data/polnear is not here")
        return 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    records = records[: chosen.limit or None]
    total: dict[str, Counted] = {}
    read_once: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        name = record["document"]
        if name not in read_once:
            reading = read(Document(id=name, text=record["text"], published=published(record)))
            read_once[name] = spans_of(reading)
        for key, counted in attributions(record["attributions"], read_once[name], record["text"]).items():
            total[key] = total.get(key, Counted(0, 0, 0)) + counted
    print(f"{READER}, PolNeAR {chosen.part}, {len(records)} annotated articles")
    for key, counted in total.items():
        print(f"  {key:22s} {counted}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
