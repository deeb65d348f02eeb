"""The two press reports of December 2025 against their gold: python -m bench.seeds [-v] [--reader NAME]

Counts as ../shared/score/seeds.py does, without the tensions (these need the ledger). ``-v`` lists what was missed,
wrong and false.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from bench.measures import score
from comity.ledger import load_agenda
from comity.reading import DEFAULT, READERS, read
from comity.words import Document

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "data" / "seeds"
QUICK = ()


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("-v", "--verbose", action="store_true", help="list what was missed, wrong and false")
    options.add_argument("--reader", choices=tuple(READERS), default=DEFAULT)
    chosen = options.parse_args(arguments)
    if not SEEDS.exists():
        print("bench.seeds: ../shared/data/seeds is not here")
        return 0
    gold = json.loads((SEEDS / "seed_gold.json").read_text(encoding="utf-8"))
    agenda = load_agenda(ROOT / "docs" / "seeds.toml")
    documents = [
        Document(
            id=entry["id"],
            text=(SEEDS / entry["file"]).read_text(encoding="utf-8"),
            published=date.fromisoformat(entry["date"]),
        )
        for entry in gold["documents"]
    ]
    result = score(gold, {d.id: d.text for d in documents}, [read(d, agenda, chosen.reader) for d in documents])
    print(f"{READERS[chosen.reader]}, the two seed reports")
    print("\n".join(f"  {line}" for line in result.lines()))
    if chosen.verbose:
        for title, rows in (("missed", result.missed), ("wrong", result.wrong), ("false", result.false)):
            print(f"{title}:", *rows, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
