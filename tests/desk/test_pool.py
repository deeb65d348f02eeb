"""Reading many documents: the same readings in the same order, however many processes read."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from comity.desk.pool import read_all
from comity.record import Failure
from comity.words import Agenda, Document, InputError, Reading


def documents(count: int) -> list[Document]:
    return [Document(f"d{i}", f"Tam Ruddock said on Friday that he would not pay {i} crowns.") for i in range(count)]


def fake(document: Document, agenda: Agenda | None = None) -> Reading:
    if document.id == "d1":
        raise InputError("a text of no use", file=document.id)
    if document.id == "d2":
        raise RuntimeError("a fault of ours\nwith two lines")
    return Reading(document.id, None, "fake", document.digest)


def test_order_and_failures() -> None:
    ticks: list[tuple[int, int]] = []
    made = list(read_all(documents(4), None, reader=fake, progress=lambda *tick: ticks.append(tick)))
    assert [type(each) for each in made] == [Reading, Failure, Failure, Reading]
    assert ticks == [(1, 4), (2, 4), (3, 4), (4, 4)]
    told = [str(each) for each in made if isinstance(each, Failure)]
    assert told[0] == "d1: a text of no use"
    assert told[1] == "d2: the reader failed: RuntimeError: a fault of ours with two lines"


@pytest.mark.slow
def test_two_processes_read_the_same_as_one() -> None:
    alone = list(read_all(documents(6), None, workers=1))
    both = list(read_all(documents(6), None, workers=2))
    assert both == alone
    assert all(isinstance(each, Reading) for each in both)


@pytest.mark.slow
def test_leaving_early_ends_the_processes() -> None:
    made: Any = read_all(documents(20), None, workers=2)
    assert isinstance(next(made), Reading)
    made.close()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc to see which processes are there")
def test_workers_leave_with_a_parent_that_is_killed() -> None:
    """A parent that gets SIGKILL can tell its workers nothing; they must not stay for good."""
    code = (
        "import os, signal, sys\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from multiprocessing import get_context\n"
        "from comity.desk.pool import _begin\n"
        "if __name__ == '__main__':\n"
        "    pool = ProcessPoolExecutor(1, get_context('spawn'), _begin)\n"
        "    print(pool.submit(os.getpid).result(), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "parent.py"
        script.write_text(code, encoding="utf8")
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120)
    worker = int(done.stdout)
    until = time.monotonic() + 20
    while time.monotonic() < until and Path(f"/proc/{worker}").exists():
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()
