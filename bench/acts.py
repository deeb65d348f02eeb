"""What is done with the words: acts as read beside acts as a person labelled them, on texts not ours to print.

usage: python -m bench.acts [--part aside|developed] [--reader NAME] [--limit N] [-v]

``training/acts.tsv`` has statements drawn at random from the wire reports of the Salvador and Colombia talks, from the
Earth Negotiations Bulletin and from the news of PolNeAR's training part, one or two a document, with the act that one
person gave them by docs/reading.md without seeing the reader's. Two acts where either is right. A third of the
documents, by a hash of their names, is kept aside: of those only totals are printed. ``-v`` lists what is wrong in the
others. A statement is found as the one that shares most characters with it, at least half of both together.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.reading import DEFAULT, READERS, read
from comity.words import Document, Statement

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "training" / "acts.tsv"
DATA = ROOT.parent / "shared" / "data"
QUICK = ("--limit", "12")


@dataclass(frozen=True)
class Label:
    """A statement's place in its document, and the acts that are right for it, the best first."""

    document: str
    start: int
    end: int
    acts: tuple[str, ...]

    @property
    def aside(self) -> bool:
        """True for the third of the documents that nobody develops on."""
        return int(hashlib.sha256(self.document.encode()).hexdigest(), 16) % 3 == 0


def labels() -> list[Label]:
    rows = (line.split("\t") for line in LABELS.read_text(encoding="utf8").splitlines() if line[:1] not in ("#", ""))
    return [Label(document, int(start), int(end), tuple(acts.split("/"))) for document, start, end, acts in rows]


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def documents(wanted: set[str]) -> Iterator[tuple[str, Document]]:
    """The wanted documents with the record that they are of."""
    talks = DATA / "negotiations"
    for name in ("salvador_1989_cc0", "colombia_m19_1989_cc0"):
        for line in (talks / f"{name}.jsonl").read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            if row["id"] in wanted:
                yield "wires", Document(id=row["id"], text=row["text"], published=_day(row["date"]))
    with gzip.open(talks / "enb_climate_reports.jsonl.gz", "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            if row["id"] in wanted:
                day = _day((row["document"] or {}).get("date"))
                yield "bulletins", Document(id=row["id"], text=row["text"], published=day)
    with gzip.open(DATA / "polnear" / "train.jsonl.gz", "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            if row["document"] in wanted:
                wanted = wanted - {row["document"]}
                yield "news", Document(id=row["document"], text=row["text"], published=_day(row.get("published")))


def found(start: int, end: int, statements: Sequence[Statement]) -> Statement | None:
    """The statement that has more than half of ``[start, end)`` and of itself in common with it, or None."""

    def shared(s: Statement) -> float:
        first, last = s.passage.span
        return max(0, min(last, end) - max(first, start)) / (max(last, end) - min(first, start))

    best = max(statements, key=shared, default=None)
    return best if best is not None and shared(best) > 0.5 else None


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--part", choices=("aside", "developed"), default="aside")
    ask.add_argument("--reader", choices=sorted(READERS), default=DEFAULT)
    ask.add_argument("--limit", type=int, help="read only so many documents")
    ask.add_argument("-v", action="store_true", help="list what is wrong (developed part only)")
    given = ask.parse_args()
    if not DATA.exists():
        print("needs the shared data folder beside the checkout")
        return 2
    chosen: dict[str, list[Label]] = defaultdict(list)
    for label in labels():
        if label.aside == (given.part == "aside"):
            chosen[label.document].append(label)
    names = set(sorted(chosen)[: given.limit])
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    confused: Counter[tuple[str, str]] = Counter()
    for record, document in documents(names):
        statements = read(document, reader=given.reader).statements
        for label in chosen[document.id]:
            made = found(label.start, label.end, statements)
            for count in (counts[record], counts["all"]):
                count["labels"] += 1
                count["read"] += made is not None
                count["right"] += made is not None and made.act.value in label.acts
                count["best"] += made is not None and made.act.value == label.acts[0]
            if made is not None and made.act.value not in label.acts:
                confused[label.acts[0], made.act.value] += 1
                if given.v and given.part == "developed":
                    print(f"{'/'.join(label.acts)} read as {made.act.value}: {made.passage.quote[:150]!r}")
    print(f"{READERS[given.reader]}, {given.part}: act right (or the best of two) of the statements that are read")
    for record, count in counts.items():
        rate = 100 * count["right"] / max(1, count["read"])
        best = 100 * count["best"] / max(1, count["read"])
        print(f"{record:10} {count['right']:4}/{count['read']:<4} {rate:5.1f} %  ({best:.1f} %)  of {count['labels']}")
    print("most confused:", ", ".join(f"{a} as {b} {n}" for (a, b), n in confused.most_common(6)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
