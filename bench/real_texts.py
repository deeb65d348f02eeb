"""The whole reading on two large real records: failures, words a second on one core, peak memory; a sample to judge.

usage: python -m bench.real_texts [--enb 200] [--sample 60] [--seed 2026] [--each] [--records NAMES] [--out FILE]

Reads the 142 wire reports of the Salvador talks (MUC-3, CC0) and the first reports of the Earth Negotiations Bulletin
from the data folder beside the checkout, without an agenda. The sample is drawn over all statements of both, half from
each, and written as JSON lines for a person to judge; the judgements are in docs/judged.md. With `--each`
only as many documents as the sample needs are read, of at most 60,000 characters, and one statement is drawn of each.
`--records salvador enb colombia polnear` takes as many from the 19 wire reports of the Colombian talks (MUC-3, CC0) and
the American news of PolNeAR dev as well.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from comity.reading import READER, read
from comity.words import Document, Statement

LONGEST = 60_000
"""Characters of the longest document of which one statement is drawn."""
RECORDS = ("salvador", "enb")
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "negotiations"


def _day(text: str | None) -> date | None:
    """The day, where the record gives a whole one (some give the month only)."""
    return date.fromisoformat(text) if text and len(text) == 10 and text[:4].isdigit() else None


def salvador() -> Iterator[Document]:
    for line in (DATA / "salvador_1989_cc0.jsonl").read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        yield Document(id=row["id"], text=row["text"], published=_day(row["date"]))


def bulletins(most: int) -> Iterator[Document]:
    with gzip.open(DATA / "enb_climate_reports.jsonl.gz", "rt", encoding="utf8") as lines:
        for number, line in enumerate(lines):
            if number == most:
                return
            row = json.loads(line)
            day = row["document"].get("date")
            yield Document(id=row["id"], text=row["text"], published=_day(day))


def colombia() -> Iterator[Document]:
    for line in (DATA / "colombia_m19_1989_cc0.jsonl").read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        yield Document(id=row["id"], text=row["text"], published=_day(row["date"]))


def polnear_dev() -> Iterator[Document]:
    with gzip.open(DATA.parent / "polnear" / "dev.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Document(id=row["document"], text=row["text"], published=_day(str(row.get("published"))[:10]))


def shown(document: Document, statement: Statement) -> dict[str, object]:
    """What a person needs to judge a statement: its words in their surroundings, and every field."""
    start, end = statement.passage.span
    return {
        "document": document.id,
        "start": start,
        "end": end,
        "before": document.text[max(0, start - 250) : start],
        "quote": statement.passage.quote,
        "after": document.text[end : end + 150],
        "published": str(document.published),
        "speaker": statement.speaker,
        "holder": statement.holder,
        "mode": statement.mode.value,
        "act": statement.act.value,
        "certainty": statement.certainty.value,
        "said": [str(statement.said.earliest), str(statement.said.latest)],
        "chain": list(statement.chain),
    }


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--enb", type=int, default=200)
    ask.add_argument("--sample", type=int, default=60)
    ask.add_argument("--seed", type=int, default=2026)
    ask.add_argument("--each", action="store_true", help="one statement a document")
    ask.add_argument("--records", nargs="+", choices=("salvador", "enb", "colombia", "polnear"), default=RECORDS)
    ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    if not DATA.exists():
        print("needs the shared data folder beside the checkout")
        return 2
    drawn: list[dict[str, object]] = []
    failures = 0
    texts = {"salvador": salvador, "enb": lambda: bulletins(given.enb), "colombia": colombia, "polnear": polnear_dev}
    share = given.sample // len(given.records)
    for name in given.records:
        documents = list(texts[name]())
        words, found, started = 0, list[tuple[Document, Statement]](), time.process_time()
        draw = random.Random(given.seed)
        if given.each:
            documents = draw.sample([d for d in documents if len(d.text) <= LONGEST], share)
        for document in documents:
            try:
                reading = read(document)
            except Exception as error:  # a bench counts what a person would see as a crash
                failures += 1
                print(f"{name} {document.id}: {error!r}")
                continue
            words += len(document.text.split())
            made = [(document, statement) for statement in reading.statements]
            found += draw.sample(made, 1) if given.each and made else made
        seconds = time.process_time() - started
        print(
            f"{name}: {len(documents)} documents, {words} words, {len(found)} statements, {words / seconds:.0f} words/s"
        )
        pick = random.Random(given.seed).sample(range(len(found)), min(share, len(found)))
        drawn += [shown(*found[i]) for i in sorted(pick)]
    print(
        f"{READER}: {failures} failures; peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    if given.out:
        given.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in drawn), encoding="utf8")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
