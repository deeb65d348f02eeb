"""How well reports are read that the reader was not made for: twelve fictional negotiations, read by hand.

usage: python -m bench.unseen [-v] [--only NAME] [--reader NAME] [--without-agenda] [--sealed DIR]

Each folder of ``tests/reading_unseen`` holds ``agenda.toml``, ``reports`` and ``gold``; the gold was written before
the reader was run on them. The definitions are those of `bench.measures` and, for tensions, of `bench.example_score`.
``open_*`` may be looked at by whoever works on the reader, ``sealed_*`` may not: ``-v`` lists what was missed and
wrong in the open ones only. ``--sealed DIR`` adds the negotiations in a folder elsewhere. Without the agenda, issues
are the machine's own and do not count.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.example_score import pairs, tensions_found
from bench.gold_source import reports, table
from bench.gold_statements import statement
from bench.make_gold import check, source_of, spellings
from bench.measures import Score, score
from comity.desk import flow
from comity.ledger import load_agenda
from comity.reading import DEFAULT, READERS
from comity.words import Reading

UNSEEN = Path(__file__).parents[1] / "tests" / "reading_unseen"
FIELDS = ("found", "issue", "act", "holder", "time", "precision", "tensions", "named", "leaks")
"""Columns of the table; `time` counts found statements of any tier whose report tells the days when they were said,
`named` is how many of the ledger's tensions are in the gold."""


def negotiations(sealed: Path | None = None) -> list[Path]:
    """The folders of the negotiations, open ones first."""
    folders = [p for root in (UNSEEN, sealed) if root for p in sorted(root.glob("*_?")) if (p / "agenda.toml").exists()]
    return sorted(folders, key=lambda p: p.name)


def gold_of(folder: Path) -> dict[str, Any]:
    """Statements with offsets, entities and tensions by hand; `GoldError` where they contradict each other."""
    common = table(folder / "gold" / "all.toml")
    party = {entity["id"]: entity.get("party") for entity in common["entity"]}
    statements = [
        statement(name, {"proposition": "", **entry}, document, party)
        for document in reports(folder / "reports")
        for name, entry in source_of(folder, document).items()
    ]
    known = {one["id"] for one in statements}
    for one in statements:
        check(one["id"], {*one["chain"], one["source"], one["holder"]} - {None, "author"}, set(party))
        check(one["id"], {one["issue"], *one["also_issues"]}, set(common["taxonomy"]["issues"]))
        check(one["id"], {one["same_utterance_as"], one["refers_to"]} - {None}, known)
    for one in common.get("tension", []):
        check(one["id"], {*one["statements"], *one["against"]}, known)
    entities = [
        {"name": e["name"], "type": e.get("type"), "party": e.get("party"), "id": e["id"]}
        | {"aliases": spellings(e["aliases"])}
        for e in common["entity"]
    ]
    return {"statements": statements, "entities": entities, "tensions": common.get("tension", [])}


def measured(folder: Path, reader: str = DEFAULT, with_agenda: bool = True) -> tuple[Counter[str], Score, list[str]]:
    """Counts of a negotiation, its score, and lines on tensions that were missed or are not in the gold."""
    gold = gold_of(folder)
    texts = {document.id: document.text for document in reports(folder / "reports")}
    agenda = load_agenda(folder / "agenda.toml") if with_agenda else None
    material = flow.from_paths([str(folder / "reports")], agenda, reader=reader)
    made = flow.ledger_of(material)
    result = score(gold, texts, material.readings)
    found = pairs(gold, texts, material.readings)
    hits, false = tensions_found(gold, found, made.tensions)
    dated, on_time = said(gold, found, material.readings)
    counts = Counter({name: getattr(result, name) for name in ("core", "found", "issue", "act", "holder")})
    counts.update(predicted=result.predicted, matched=result.matched, leaks=len(result.leaks), inexact=result.inexact)
    counts.update(
        dated=dated, time=on_time, tensions=len(hits), gold_tensions=len(gold["tensions"]), named=len(made.tensions)
    )
    lines = [
        *("tensions missed:", *(f"{one['id']} {one['text']}" for one in gold["tensions"] if one["id"] not in hits)),
        *("", "tensions not in the gold:", *(f"{t.kind.value} {t.statements} {t.against}" for t in false)),
    ]
    return counts, result, lines


def said(gold: Mapping[str, Any], found: Mapping[str, str], readings: Sequence[Reading]) -> tuple[int, int]:
    """How many found statements are told with their days, and for how many both ends are right."""
    read = {s.id: s.said for reading in readings for s in reading.statements}
    told = [one for one in gold["statements"] if one["id"] in found and one["time_said"]["expression"]]
    days = [(read[found[one["id"]]], one["time_said"]) for one in told]
    return len(days), sum((str(s.earliest), str(s.latest)) == (str(t["earliest"]), str(t["latest"])) for s, t in days)


def row(name: str, counts: Mapping[str, int]) -> str:
    """A line of the table: counts, with the share in per cent where it is one."""

    def share(part: str, whole: str) -> str:
        return f"{counts[part]}/{counts[whole]} {100 * counts[part] / max(1, counts[whole]):3.0f} %"

    cells = (
        *(share("found", "core"), share("issue", "found"), share("act", "found"), share("holder", "found")),
        share("time", "dated"),
        *(share("matched", "predicted"), share("tensions", "gold_tensions"), share("tensions", "named")),
        str(counts["leaks"]),
    )
    return f"{name:10}" + "".join(f"{cell:>15}" for cell in cells)


def main(arguments: Sequence[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m bench.unseen", description=__doc__.partition("\n")[0])
    options.add_argument("-v", "--verbose", action="store_true", help="list what was missed, wrong and false (open)")
    options.add_argument("--sealed", type=Path, metavar="DIR", help="a folder with more negotiations")
    options.add_argument("--only", metavar="NAME", help="one negotiation, as open_a")
    options.add_argument("--reader", choices=sorted(READERS), default=DEFAULT)
    options.add_argument("--without-agenda", action="store_true", help="let the agenda be proposed")
    given = options.parse_args(arguments)
    print(f"{'':10}" + "".join(f"{name:>15}" for name in FIELDS))
    sums: dict[str, Counter[str]] = {}
    details = []
    for folder in negotiations(given.sealed):
        if given.only and folder.name != given.only:
            continue
        counts, result, lines = measured(folder, given.reader, not given.without_agenda)
        print(row(folder.name, counts), flush=True)
        kind = folder.name.partition("_")[0]
        for key in (kind, "all"):
            sums.setdefault(key, Counter()).update(counts)
        if given.verbose and kind == "open":
            details += ["", f"== {folder.name}", "missed:", *result.missed, "", "wrong:", *result.wrong]
            details += ["", "false:", *result.false, "", f"leaks: {' '.join(result.leaks)}", "", *lines]
    for key, counts in sums.items():
        print(row(key, counts))
    print(*details, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
