"""How fast a large case opens, is searched and listed.

usage: python -m bench.case_speed [--documents N] [--statements S] [--times T] [--keep FILE]

Makes a case of N made-up reports with S statements in all, all read and some decided on, and prints the median and the
95th percentile of what people wait for, and the processor time of it (which another busy program changes less). With
--keep the case stays, and is used again the next time.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from bench.reports import reading, report
from comity.case import Case
from comity.words import Decision, DecisionKind, Handling

QUICK = ("--documents", "1000", "--statements", "25000")
READER = "made-up-1"
DECISIONS = 2_000

SEARCHES = {
    "a word in most documents": "said",
    "two words, common": "corridor monitoring",
    "a phrase": '"not up for discussion"',
    "a beginning": "negotiat*",
    "other spellings": "~kartis",
    "or, not": "(grain OR fishing) quota NOT prisoner",
    "a rare name": "qualinmor",
    "between two dates, public": "corridor",
}


def make(path: Path, documents: int, statements: int) -> None:
    """A case of that size."""
    each = max(1, statements // documents)
    numbers = iter(range(documents))
    with Case.create(path, 'title = "Made up"\n', coder="bench") as case:
        while batch := [report(1, n, each) for n in islice(numbers, 256)]:
            case.add(document for document, _ in batch)
            case.put_readings((reading(document, said, READER), case.agenda_hash) for document, said in batch)
        now = datetime.now(UTC)
        for document in case.documents()[:: max(1, documents // DECISIONS)]:
            case.decide(Decision("", "bench", now, DecisionKind.ACCEPT, f"{document.id}:0-5:author"))


def timed(name: str, action: Callable[[], object], times: int) -> None:
    waited, worked = [], []
    for _ in range(times):
        began, began_work = time.perf_counter(), time.process_time()
        action()
        waited.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - began_work) * 1000)
    worst = statistics.quantiles(waited, n=20)[-1]
    print(f"{name:40}{statistics.median(waited):10.1f} ms{worst:10.1f} ms{statistics.median(worked):10.1f} ms")


def measure(path: Path, times: int) -> None:
    def opened() -> None:
        with Case.open(path) as case:
            case.count()

    print(f"{'':40}{'median':>13}{'95 %':>13}{'processor':>13}")
    opening = "import sys; from comity.case import Case; Case.open(sys.argv[1]).count()"
    nothing = "import comity.case"
    timed("open, in a new process", lambda: subprocess.run([sys.executable, "-c", opening, str(path)], check=True), 5)
    timed("  of which Python and imports", lambda: subprocess.run([sys.executable, "-c", nothing], check=True), 5)
    timed("open", opened, times)
    with Case.open(path) as case:
        for name, query in SEARCHES.items():
            limits = {"since": date(2031, 6, 1), "until": date(2032, 6, 1), "handling": Handling.PUBLIC}
            given = limits if "dates" in name else {}
            case.search(query)
            timed(f"search: {name}", lambda query=query, given=given: case.search(query, **given), times)
        first = case.documents()[0].id
        timed("one document", lambda: case.document(first), times)
        timed("unread", lambda: case.unread(READER, case.agenda_hash), times)
        timed("decisions", case.decisions, times)
        timed("digest of all that it holds", case.digest, times)
        some = [document.id for document in case.documents()[:20]]
        timed("readings of 20 documents", lambda: case.readings(READER, case.agenda_hash, some), times)
        timed("all documents with their texts", case.documents, 3)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.case_speed")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--statements", type=int, default=500_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "large.comity"
        if not path.exists():
            began = time.perf_counter()
            make(path, given.documents, given.statements)
            print(f"{given.documents} documents, {given.statements} statements: made in", end=" ")
            print(f"{time.perf_counter() - began:.0f} s, {path.stat().st_size / 2**20:.0f} MiB")
        measure(path, given.times)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
