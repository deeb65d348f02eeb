"""What is wrong is told in one line; the rest is still read; nothing is half-written; the exit code says which."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from comity.case import Case
from comity.desk import flow, pool
from comity.desk.cli import DONE, DONE_IN_PART, INPUT_AT_FAULT, INTERRUPTED
from comity.reading import READER, door

Run = Callable[..., Any]


def spoilt(folder: Path) -> dict[str, Path]:
    """One file of each kind that cannot be read."""
    made = {name: folder / name for name in ("empty.txt", "binary.txt", "cut.pdf", "blank.html", "broken.docx")}
    made["empty.txt"].write_bytes(b"")
    made["binary.txt"].write_bytes(bytes(range(256)) * 40)
    made["cut.pdf"].write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    made["blank.html"].write_text("<html><body><script>alert(1)</script></body></html>")
    made["broken.docx"].write_bytes(b"PK\x03\x04 no archive")
    made["absent.txt"] = folder / "absent.txt"
    made["escape.zip"] = folder / "escape.zip"
    with zipfile.ZipFile(made["escape.zip"], "w") as archive:
        archive.writestr("../../outside.txt", "Out.")
    return made


def test_each_bad_file_alone_ends_with_two_and_one_line(folder: Path, comity: Run) -> None:
    for name, path in spoilt(folder).items():
        ran = comity("brief", path, "-o", "b.html", "-q")
        assert ran.code == INPUT_AT_FAULT, name
        lines = ran.err.splitlines()
        assert lines[0].startswith("comity: "), name
        assert name in ran.err
        assert len(lines) <= 2, ran.err
        assert "Traceback" not in ran.err
        assert not (folder / "b.html").exists()
    assert not (folder.parent / "outside.txt").exists()


def test_the_rest_of_the_batch_is_read_and_the_code_says_so(folder: Path, comity: Run) -> None:
    bad = spoilt(folder)
    ran = comity("brief", "reports", *bad.values(), "--agenda", "talks.toml", "-o", "b.md", "-q")
    assert ran.code == DONE_IN_PART
    assert len(ran.err.splitlines()) == len(bad)
    text = (folder / "b.md").read_text(encoding="utf-8")
    assert f"{len(bad)} could not be read and are not in this brief" in text
    assert "single turbine" in text


def test_the_same_into_a_case(case: Path, folder: Path, comity: Run) -> None:
    bad = spoilt(folder)
    ran = comity("add", case, *bad.values(), "-q")
    assert ran.code == INPUT_AT_FAULT
    assert comity("show", case, "--format", "jsonl", "-q").out.count("\n") == 2
    (folder / "good.txt").write_text("Tam Ruddock said on Friday that Tamland rejects any delay.")
    assert comity("add", case, "good.txt", *bad.values(), "-q").code == DONE_IN_PART
    assert comity("show", case, "--format", "jsonl", "-q").out.count("\n") == 3


@pytest.mark.parametrize(
    "command", [("show",), ("search", "x"), ("export", "documents"), ("review",), ("add", "reports")]
)
def test_a_file_that_is_no_case(command: tuple[str, ...], folder: Path, comity: Run) -> None:
    name, *rest = command
    foreign = folder / "foreign.comity"
    sqlite3.connect(foreign).execute("CREATE TABLE t (x)").connection.close()
    corrupt = folder / "corrupt.comity"
    corrupt.write_bytes(b"SQLite format 3\x00" + os.urandom(4000))
    text = folder / "text.comity"
    text.write_text("no database")
    for path in (foreign, corrupt, text, folder / "absent.comity"):
        ran = comity(name, path, *rest)
        assert ran.code == INPUT_AT_FAULT, (path, ran.err)
        assert len(ran.err.splitlines()) == 1
        assert ran.err.startswith(f"comity: {path}")


def test_a_case_of_a_newer_version(case: Path, comity: Run) -> None:
    with sqlite3.connect(case) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    ran = comity("brief", case)
    assert ran.code == INPUT_AT_FAULT
    assert "newer Comity" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_new_case_never_replaces_a_file(folder: Path, comity: Run) -> None:
    (folder / "taken.comity").write_text("mine")
    assert comity("new", "taken.comity").code == INPUT_AT_FAULT
    assert (folder / "taken.comity").read_text() == "mine"


def test_mistakes_in_an_agenda_are_told_with_their_line(folder: Path, comity: Run) -> None:
    (folder / "wrong.toml").write_text('[[party]]\nid = "a"\nname = "A"\nrole = ["party"]\n')
    ran = comity("agenda", "check", "wrong.toml")
    assert ran.code == INPUT_AT_FAULT
    assert "wrong.toml, line 4" in ran.err
    assert comity("brief", "reports", "--agenda", "absent.toml").code == INPUT_AT_FAULT


def test_usage_mistakes_end_with_two(folder: Path, comity: Run) -> None:
    for args in (("brief",), ("brief", "reports", "--as-of", "soon"), ("fly",), ("brief", "reports", "-o", "b.odt")):
        assert comity(*args).code == INPUT_AT_FAULT
    assert comity("brief", "reports", "--format", "pdf").code == INPUT_AT_FAULT
    assert comity("brief", "talks.toml", "reports", "x.comity").code == INPUT_AT_FAULT


def test_ctrl_c_in_the_middle_leaves_nothing_half_written(
    folder: Path, comity: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(flow, "read_all", interrupted)
    ran = comity("brief", "reports", "--agenda", "talks.toml", "-o", "b.html", "-q")
    assert ran.code == INTERRUPTED
    assert ran.err.strip() == "comity: interrupted; nothing is half-written"
    assert sorted(p.name for p in folder.iterdir()) == ["reports", "talks.toml"]


def test_an_interrupted_add_goes_on_where_it_stopped(
    folder: Path, comity: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("calm", "cut"):
        assert comity("new", f"{name}.comity", "--agenda", "talks.toml", "-q").code == 0
    real, read = pool._read_one, 0

    def once(*args: Any) -> Any:
        nonlocal read
        read += 1
        if read > 1:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(pool, "_read_one", once)
    monkeypatch.setattr(flow, "BATCH", 1)
    assert comity("add", "cut.comity", "reports", "-q").code == INTERRUPTED
    monkeypatch.setattr(pool, "_read_one", real)
    ran = comity("add", "cut.comity", "reports")
    assert ran.code == DONE
    assert "0 new, 2 known, 0 not usable; 1 read; 2 documents" in ran.err
    assert comity("add", "calm.comity", "reports", "-q").code == DONE
    for what in ("readings", "ledger", "documents"):
        assert comity("export", "cut.comity", what, "-q").out == comity("export", "calm.comity", what, "-q").out


def test_a_full_disk_is_one_line(folder: Path, comity: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    ran = comity("brief", "reports", "--agenda", "talks.toml", "-o", "b.html", "-q")
    assert ran.code == INPUT_AT_FAULT
    assert ran.err == "comity: b.html: cannot be written: No space left on device; free some space\n"
    assert not list(folder.glob("*b.html*"))


def test_a_reader_that_fails_costs_one_document(folder: Path, comity: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = door.read

    def fails(document: Any, agenda: Any = None, reader: str = "rules") -> Any:
        if "harbour" in document.id:
            raise ZeroDivisionError("a fault of ours")
        return real(document, agenda, reader)

    monkeypatch.setattr(door, "read", fails)
    ran = comity("brief", "reports", "--agenda", "talks.toml", "-o", "b.md", "-q")
    assert ran.code == DONE_IN_PART
    assert "the reader failed: ZeroDivisionError: a fault of ours" in ran.err
    assert "single turbine" in (folder / "b.md").read_text(encoding="utf-8")


def test_a_date_ahead_and_no_date_are_said(folder: Path, comity: Run) -> None:
    (folder / "undated.txt").write_text("Tam Ruddock said that Tamland rejects any delay.", encoding="utf-8")
    (folder / "ahead.txt").write_text("Tam Ruddock said that Tamland rejects any haste.", encoding="utf-8")
    ran = comity("brief", "undated.txt", "--agenda", "talks.toml", "-o", "u.md")
    assert "no date of publication was found" in ran.err
    assert "No date of publication was found for A" in (folder / "u.md").read_text(encoding="utf-8")
    ran = comity("brief", "ahead.txt", "--published", "2999-01-01", "--agenda", "talks.toml", "-o", "a.md")
    assert "published 2999-01-01 lies in the future" in ran.err
    assert ran.code == DONE


def test_a_closed_pipe_is_no_error(folder: Path) -> None:
    script = "from comity.desk.cli import main; main(['brief', '--help'])"
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait() == DONE
    assert told == b""


@pytest.mark.slow
def test_ctrl_c_while_several_processes_read(folder: Path, comity: Run) -> None:
    many = folder / "many"
    many.mkdir()
    line = "Tam Ruddock said on Friday that Tamland would not pay {} crowns for the eastern sluice. "
    for i in range(60):
        (many / f"r{i:02}.txt").write_text(line.format(i) * 90, encoding="utf-8")
    assert comity("new", "big.comity", "--agenda", "talks.toml", "-q").code == DONE
    script = (
        # a job begun in the background of a shell is deaf to interrupts, and so are its children
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from comity.desk import pool; from comity.desk.cli import main\n"
        "pool.WORTH_A_POOL = 1; main(['add', 'big.comity', 'many', '-q'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stderr=subprocess.PIPE, cwd=folder, text=True, start_new_session=True
    )
    for _ in range(3000):
        with Case.open(folder / "big.comity", write=False) as opened:
            if opened.count() == 60 and len(opened.unread(READER, opened.agenda_hash)) < 60:
                break
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=120)
    assert process.returncode == INTERRUPTED
    assert told.strip() == "comity: interrupted; nothing is half-written"
    with Case.open(folder / "big.comity") as opened:
        assert 0 < len(opened.unread(READER, opened.agenda_hash)) < 60
        assert opened.check() == ()
