"""How fast the daybook of a large case folds, answers any date, and takes in a decision.

usage: python -m bench.daybook_speed [--documents N] [--statements S] [--dates D] [--windows W] [--keep FILE]

Makes a case of N made-up reports with S statements (see bench.desk), folds it, and prints the time of the fold; then
median and worst of the matrix on random dates that nobody has asked for, of the difference of two of them, of a page of
a cell's statements, and of a decision until the matrix is right again; the whole ledger of a date, the first time in a
process and on other dates, and its tensions alone; and the memory of a process that only asks, before and after whole
ledgers. Beside each time stands the processor time of it, which another busy program changes less.

A whole fold of 500,000 statements takes a quarter of an hour or more. With --windows only that many windows of eight
days are folded, the newest first, and dates are asked from those. With --keep the case stays; a fold that was broken
off goes on the next time.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from bench.desk import make
from comity.case import Case, Kept
from comity.ledger import Daybook, parse_agenda
from comity.reading import READER
from comity.words import Decision, DecisionKind, DuplicateGroup, target_of

QUICK = ("--documents", "20", "--statements", "500", "--dates", "3")
_ASK = "import sys, pathlib, bench.daybook_speed as b; b.ask(pathlib.Path(sys.argv[1]), int(sys.argv[2]))"


def book_of(path: Path) -> Daybook:
    """The daybook of a case."""
    with Case.open(path, write=False) as case:
        agenda = parse_agenda(case.agenda() or "", file=str(path))
    return Daybook(agenda, Kept(path, READER))


def reprints(path: Path) -> list[DuplicateGroup]:
    """The made-up reports that reprint the one before: every fifth."""
    names = sorted(document.id for document in Kept(path, READER).documents())
    return [DuplicateGroup(names[n - 1], (names[n - 1], names[n]), 1.0) for n in range(5, len(names), 5)]


class _Enough(Exception):
    """As many windows as wanted are folded."""


def fold(path: Path, most: int | None = None) -> None:
    """Folds a case, or the newest windows of days that are not folded yet, and prints what that took."""
    book = book_of(path)
    clocks = [(time.perf_counter(), time.process_time())]
    windows = 0

    def progress(done: int, all_: int) -> None:
        nonlocal windows
        now = (time.perf_counter(), time.process_time())
        if done * 2 > all_:  # days, after all documents
            windows = all_ // 2
            clocks.append(now)
            if most is not None and len(clocks) > most:
                raise _Enough
        else:
            clocks[0] = now

    began, worked = clocks[0]
    with suppress(_Enough):
        book.fold(progress, groups=reprints(path))
    (first, at_first), (last, at_last) = clocks[0], clocks[-1]
    if first > began:  # else they are there from an earlier fold
        _told("fold: documents into the register", [(first - began) * 1000], [(at_first - worked) * 1000])
    waited, spent = ([(b[n] - a[n]) * 1000 for a, b in pairwise(clocks)] or [0.0] for n in (0, 1))
    _told(f"fold: a window of days ({len(clocks) - 1} of {windows} folded now)", waited, spent)
    _told("fold: all that was folded now", [(last - began) * 1000], [(at_last - worked) * 1000])


def ask(path: Path, dates: int) -> None:
    """Asks as a server does, in a process of its own, and prints what it waited for and its memory."""
    began, worked = time.perf_counter(), time.process_time()
    book = book_of(path)
    _told("open", [(time.perf_counter() - began) * 1000], [(time.process_time() - worked) * 1000])
    first = book.folded_from
    with Case.open(path, write=False) as case:
        days = sorted({d.published for d in case.documents() if d.published and (not first or d.published >= first)})
    book.matrix(days[-1])
    chance = random.Random(3)
    agenda = book.agenda
    _timed("matrix as of a date that nobody asked for", dates, lambda: book.matrix(chance.choice(days)))
    _timed("difference of two dates", dates, lambda: book.difference(*sorted(chance.choices(days, k=2))))
    _timed(
        "fifty statements of a cell",
        max(1, dates // 5),
        lambda: book.evidence(chance.choice(agenda.parties).id, chance.choice(agenda.issues).id, chance.choice(days)),
    )
    _peak("memory at the peak so far")
    _timed("whole ledger of a date, the first time", 1, lambda: book.ledger(days[-1]))
    _timed("whole ledger of another date", max(1, dates // 10), lambda: book.ledger(chance.choice(days)))
    _timed("tensions of another date", max(1, dates // 10), lambda: book.tensions(chance.choice(days)))
    _peak("memory at the peak with whole ledgers")


def edit(path: Path, times: int) -> None:
    """Decides on newest statements and prints how long it is until the matrix is right again."""
    book, chance = book_of(path), random.Random(4)

    def decide() -> None:
        found = book.matrix()
        position = chance.choice(found.positions)
        statement = book.statements(position.statements[:1])[position.statements[0]]
        target = target_of(statement.passage, statement.speaker)
        with Case.open(path) as case:
            case.decide(Decision("", "bench", datetime.now(UTC), DecisionKind.REJECT, target))

    waited, worked = [], []
    for _ in range(times):
        decide()
        began, before = time.perf_counter(), time.process_time()
        assert book.refresh()
        book.matrix()
        waited.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - before) * 1000)
    _told("a decision, until the matrix is right again", waited, worked)


def _peak(name: str) -> None:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    print(f"{name:48}{int(peak.split()[1]) / 1024:9.0f} MB", flush=True)


def _timed(name: str, times: int, action: Callable[[], object]) -> None:
    waited, worked = [], []
    for _ in range(times):
        began, before = time.perf_counter(), time.process_time()
        action()
        waited.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - before) * 1000)
    _told(name, waited, worked)


def _told(name: str, waited: list[float], worked: list[float]) -> None:
    """Median and worst of what was waited, and of the processor's work."""
    w, p = sorted(waited), sorted(worked)
    middle = len(w) // 2
    print(f"{name:48}{w[middle]:9.0f} ms{w[-1]:9.0f} ms{p[middle]:9.0f} ms{p[-1]:9.0f} ms", flush=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.daybook_speed")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--statements", type=int, default=500_000)
    parser.add_argument("--dates", type=int, default=50)
    parser.add_argument("--windows", type=int)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "large.comity"
        if not path.exists():
            make(path, given.documents, given.statements)
        before = path.stat().st_size / 1e6
        print(f"{given.documents:,} documents, {given.statements:,} statements")
        print(f"{'':48}{'median':>12}{'worst':>12}{'processor':>12}{'worst':>12}")
        fold(path, given.windows)
        subprocess.run([sys.executable, "-c", _ASK, str(path), str(given.dates)], check=True)
        edit(path, max(2, given.dates // 10))
        print(f"case file: {before:.0f} MB before the fold, {path.stat().st_size / 1e6:.0f} MB after")
    return 0


if __name__ == "__main__":
    sys.exit(main())
