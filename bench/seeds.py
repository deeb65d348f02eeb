"""The two press reports of December 2025 against their gold: python -m bench.seeds [-v]

Counts as ../shared/score/seeds.py does, without the tensions (these need the ledger). ``-v`` lists what was missed,
wrong and false.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from bench.measures import score
from comity.ledger import load_agenda
from comity.reading import READER, read
from comity.words import Document

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "data" / "seeds"
QUICK = ()


def main(arguments: list[str]) -> int:
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
    result = score(gold, {d.id: d.text for d in documents}, [read(d, agenda) for d in documents])
    print(f"{READER}, the two seed reports")
    print("\n".join(f"  {line}" for line in result.lines()))
    if "-v" in arguments:
        for title, rows in (("missed", result.missed), ("wrong", result.wrong), ("false", result.false)):
            print(f"{title}:", *rows, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
