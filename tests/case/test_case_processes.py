"""Several processes on one case, and processes that are killed: nothing is lost, doubled or half-written."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from comity.case import Case, effective
from comity.words import CaseError

# What runs in the other processes: documents "0".."n" of a made-up set, in small batches.
ADD = """
import sys, time
from datetime import date
from pathlib import Path
from comity.case import Case, documents
from comity.words import Document
documents.BATCH_DOCUMENTS = 8
path, first, last, start = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
while not start.exists():
    time.sleep(0.001)
with Case.open(path, wait=60) as case:
    added = case.add(
        Document(f"d{n}", f"Report {n}: talks on zone {n % 9}. " * 30, date(2031, 1, 1 + n % 28))
        for n in range(first, last)
    )
print(len(added.new), len(added.known))
"""

DECIDE = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from comity.case import Case
from comity.words import Decision, DecisionKind
path, coder, start = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
while not start.exists():
    time.sleep(0.001)
with Case.open(path, wait=60) as case:
    for n in range(100):
        made = case.decide(Decision("", coder, datetime.now(UTC), DecisionKind.SAME, "A", value=str(n)))
        print(made.id, flush=True)
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def whole(path: Path, documents: int) -> str:
    """The dump of a case to which documents 0..n were added without any disturbance."""
    Case.create(path).close()
    go = path.with_suffix(".go")
    go.touch()
    output, errors = start(ADD, path, 0, documents, go).communicate(timeout=120)
    assert output.split() == [str(documents), "0"], errors
    with Case.open(path) as case:
        return "".join(case.dump(projections=True))


def test_two_processes_that_add_the_same_at_once(tmp_path):
    wanted = whole(tmp_path / "calm.comity", 150)
    path, go = tmp_path / "busy.comity", tmp_path / "go"
    Case.create(path).close()
    adders = [start(ADD, path, 0, 150, go), start(ADD, path, 0, 150, go), start(ADD, path, 50, 150, go)]
    go.touch()
    counts = []
    for adder in adders:
        output, errors = adder.communicate(timeout=120)
        assert adder.returncode == 0, errors
        counts.append(tuple(map(int, output.split())))
    assert sum(new for new, _ in counts) == 150
    assert sum(known for _, known in counts) == 250
    with Case.open(path) as case:
        assert "".join(case.dump(projections=True)) == wanted
        assert case.check() == ()


def test_two_processes_that_make_one_case(path):
    make = "import sys; from comity.case import Case; Case.create(sys.argv[1], 'title = \"x\"', coder='ada').close()"
    makers = [start(make, path) for _ in range(4)]
    codes = [(maker.communicate(timeout=60)[1], maker.returncode)[1] for maker in makers]
    assert sorted(codes) == [0, 1, 1, 1]
    with Case.open(path) as case:
        assert len(case.agenda_versions()) == 1


def test_two_people_who_decide_at_once_lose_nothing(path, tmp_path):
    Case.create(path).close()
    go = tmp_path / "go"
    people = {name: start(DECIDE, path, name, go) for name in ("ada", "bo")}
    go.touch()
    told = {name: person.communicate(timeout=120)[0].split() for name, person in people.items()}
    with Case.open(path) as case:
        made = case.decisions()
    assert {name: [d.id for d in made if d.coder == name] for name in told} == told
    assert all(len(ids) == 100 for ids in told.values())
    assert effective(made) == made


def test_one_who_waits_too_long_is_told_who_and_what(path, make_document):
    Case.create(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        for action in (
            lambda: Case.open(path, wait=0.05),
            lambda: Case.create(path, wait=0.05),
        ):
            began = time.monotonic()
            with pytest.raises(CaseError) as told:
                action()
            assert time.monotonic() - began < 5
            assert str(path) in str(told.value)
            assert "\n" not in str(told.value)
        with pytest.raises(CaseError, match="in use by another process"):
            Case.open(path, wait=0.05)
        other.execute("ROLLBACK")
        with Case.open(path, wait=0.05) as case:
            other.execute("BEGIN IMMEDIATE")
            assert case.count() == 0  # reading goes on
            with pytest.raises(CaseError, match="in use by another process"):
                case.add([make_document()])
            other.execute("ROLLBACK")
            assert len(case.add([make_document()]).new) == 1
    finally:
        other.close()


def test_one_who_waits_long_enough_gets_its_turn(path, make_document):
    Case.create(path).close()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    turn = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    turn.start()
    with Case.open(path, wait=30) as case:
        assert len(case.add([make_document()]).new) == 1
    turn.join()
    other.close()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_killed_at_any_moment_it_can_be_opened_and_finished(tmp_path, seed, sign):
    """SIGKILL, which cannot be answered; SIGINT, which is Ctrl-C."""
    wanted = whole(tmp_path / "calm.comity", 120)
    path, go = tmp_path / "killed.comity", tmp_path / "go"
    Case.create(path).close()
    draw = random.Random(seed)
    for _ in range(3):
        go.unlink(missing_ok=True)
        adder = start(ADD, path, 0, 120, go)
        time.sleep(0.4)  # it waits for the go
        go.touch()
        time.sleep(draw.uniform(0.0, 0.4))
        os.kill(adder.pid, sign)
        adder.communicate(timeout=60)
        with Case.open(path) as case:
            assert case.check() == ()
            before = case.count()
            assert before % 8 == 0
            assert case.search("talks").total == before
    adder = start(ADD, path, 0, 120, go)
    output, errors = adder.communicate(timeout=60)
    assert output.split() == [str(120 - before), str(before)], errors
    with Case.open(path) as case:
        assert "".join(case.dump(projections=True)) == wanted


def test_no_decision_that_was_acknowledged_is_lost_to_a_kill(path, tmp_path):
    Case.create(path).close()
    go = tmp_path / "go"
    go.touch()
    told: list[str] = []
    for n in range(3):
        person = start(DECIDE, path, f"ada{n}", go)
        assert person.stdout
        for _ in range(5 + 20 * n):
            told.append(person.stdout.readline().strip())
        person.kill()
        told += person.stdout.read().split()  # communicate() would pass over what is buffered already
        person.communicate(timeout=60)
        with Case.open(path) as case:
            kept = [d.id for d in case.decisions()]
        lost = [id_ for id_ in told if id_ not in kept]
        assert lost == []
        assert len(kept) <= len(told) + n + 1  # at most the one in flight, each time


def test_what_a_killed_writer_left_half_way_is_undone(path, make_document):
    """A hot journal: who may write rolls it back; who only reads cannot, and is told so."""
    with Case.create(path) as case:
        case.add([make_document(f"d{n}", f"Text {n}. " * 400) for n in range(200)])
    half = f"""
import os, sqlite3, signal
c = sqlite3.connect({str(path)!r}, isolation_level=None)
c.execute("PRAGMA cache_size = 5")
c.execute("BEGIN IMMEDIATE")
c.execute("DROP TRIGGER document_never_changes")
c.execute("UPDATE document SET text = text || 'x'")
os.kill(os.getpid(), signal.SIGKILL)
"""
    start(half).communicate(timeout=60)
    assert path.with_name(f"{path.name}-journal").exists()
    with pytest.raises(CaseError, match="open it once for writing"):
        Case.open(path, write=False)
    with Case.open(path) as case:
        assert case.check() == ()
        assert case.count() == 200
    assert not path.with_name(f"{path.name}-journal").exists()
