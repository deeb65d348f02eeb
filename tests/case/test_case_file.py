"""Making, opening and refusing: each fault is one line that names the file and says what to do."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.case import Case, file
from comity.case.presented import Sighting
from comity.words import CaseError, ComityError, DecisionKind, InputError


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(ComityError) as told:
        action()
    line = str(told.value)
    assert "\n" not in line
    return line


def test_a_new_case_can_be_opened_again_and_says_what_it_is(path, make_document):
    with Case.create(path, 'title = "Straits"\n', coder="ada") as case:
        case.add([make_document()])
    with Case.open(path) as case:
        assert case.count() == 1
        assert case.agenda() == 'title = "Straits"\n'
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA application_id").fetchone()[0] == file.APPLICATION_ID
    assert raw.execute("PRAGMA user_version").fetchone()[0] == file.version()
    assert raw.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert all(
        strict
        for name, strict in raw.execute("SELECT name, strict FROM pragma_table_list WHERE schema='main'")
        if name in ("document", "sighting", "reading", "decision", "agenda", "catalogue", "projection", "sound")
    )
    raw.close()


def test_nothing_lies_beside_a_closed_case(path, make_document):
    with Case.create(path) as case:
        case.add([make_document()])
    assert os.listdir(path.parent) == [path.name]


def test_every_connection_checks_references_and_syncs_fully(case):
    for pragma, value in (("foreign_keys", 1), ("synchronous", 2), ("recursive_triggers", 1)):
        assert case._connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_create_replaces_nothing(path):
    Case.create(path).close()
    before = path.read_bytes()
    assert "already exists" in refusal(lambda: Case.create(path))
    assert path.read_bytes() == before


def test_create_takes_the_place_of_an_empty_file_which_an_interrupt_may_leave(path):
    path.touch()
    Case.create(path).close()
    Case.open(path).close()


def test_create_in_a_folder_that_is_not_there(tmp_path):
    assert "no folder" in refusal(lambda: Case.create(tmp_path / "none" / "talks.comity"))
    assert "is a folder" in refusal(lambda: Case.create(tmp_path))


def test_create_with_an_agenda_that_is_no_toml_leaves_nothing(path):
    assert "not TOML" in refusal(lambda: Case.create(path, "= broken", coder="ada"))
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "no such file"),
        (b"", "is empty"),
        (b"Talks resumed on Sunday.\n", "is not a case file"),
        (b"SQLite format 3\x00", "is not a case file"),
        (b"SQLite format 3\x00" + bytes(200), "is not a case file"),
        (b"PK\x03\x04" + bytes(200), "is not a case file"),
    ],
)
def test_what_is_no_case_file(path, content, says):
    if content is not None:
        path.write_bytes(content)
    line = refusal(lambda: Case.open(path))
    assert says in line
    assert str(path) in line
    if content is not None:
        assert path.read_bytes() == content


def test_a_folder(tmp_path):
    assert "is a folder" in refusal(lambda: Case.open(tmp_path))


def test_a_foreign_database_is_left_as_it_is(path):
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE codes (name TEXT)")
    raw.close()
    before = path.read_bytes()
    assert "not a case file" in refusal(lambda: Case.open(path))
    assert path.read_bytes() == before


def test_a_case_of_a_newer_version(path):
    Case.create(path).close()
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {file.version() + 1}")
    raw.close()
    line = refusal(lambda: Case.open(path))
    assert "newer Comity" in line
    assert "update" in line


def make_version_1(path: Path, document) -> None:
    """A case file as the first schema had it: no projections."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.executescript(file.migrations()[0][1])
    raw.execute(f"PRAGMA application_id = {file.APPLICATION_ID}")
    raw.execute("PRAGMA user_version = 1")
    d = document
    raw.execute(
        "INSERT INTO document VALUES (1, ?, ?, ?, ?, ?, ?, 'report', '2031', ?)",
        (d.identity, d.digest, str(d.published), d.source, d.title, d.url, d.text),
    )
    raw.execute(
        "INSERT INTO sighting VALUES (1, ?, ?, ?, NULL, 'public', NULL, '[]', '2031')",
        (Sighting.of(d).digest, d.id, d.name),
    )
    raw.close()


def test_an_older_case_is_brought_up_to_date(path, make_document):
    made = make_document()
    make_version_1(path, made)
    assert "older Comity" in refusal(lambda: Case.open(path, write=False))
    with Case.open(path) as case:
        assert case.document("report").text == made.text
        assert case.search("buffer").total == 1
        assert case.check() == ()
    with Case.open(path, write=False) as case:
        assert case.count() == 1


def test_a_migration_that_fails_changes_nothing(path, make_document, monkeypatch):
    make_version_1(path, make_document())
    before = path.read_bytes()
    known = file.migrations()
    monkeypatch.setattr(file, "migrations", lambda: (*known, (len(known) + 1, "CREATE TABLE document (again TEXT);")))
    assert "already exists" in refusal(lambda: Case.open(path))
    assert path.read_bytes() == before


@pytest.fixture
def filled(path, make_document, make_reading, make_decision, clock) -> Path:
    with Case.create(path, 'title = "Straits"', coder="ada", clock=clock) as case:
        made = [
            make_document(f"r{n}", f"Report {n}. “The buffer zone stays,” said Ilva Maren. " * 40) for n in range(40)
        ]
        case.add(made)
        case.put_readings([(make_reading(d), case.agenda_hash) for d in made])
        for d in made:
            case.decide(make_decision(DecisionKind.ACCEPT, f"{d.id}:11-32:Ilva Maren"))
    return path


def read_all(path: Path) -> None:
    with Case.open(path) as case:
        case.documents()
        case.readings("reader-1", case.agenda_hash)
        case.decisions()
        case.search("buffer zone")
        "".join(case.dump(projections=True))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short(filled, share):
    with filled.open("r+b") as raw:
        raw.truncate(int(filled.stat().st_size * share))
    assert "cut short" in refusal(lambda: Case.open(filled)) or "damaged" in refusal(lambda: Case.open(filled))


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bytes_are_told_in_one_line_and_never_taken_for_words(filled, seed, tmp_path):
    """Wherever a page is damaged: what can be read is what was written, or a line says that it is damaged."""
    with Case.open(filled) as case:
        whole = {d.id: d.text for d in case.documents()}
        dumped = "".join(case.dump())
    hurt = tmp_path / "hurt.comity"
    shutil.copy(filled, hurt)
    draw = random.Random(seed)
    raw = bytearray(hurt.read_bytes())
    for place in draw.sample(range(100, len(raw)), 12):
        raw[place] ^= 1 << draw.randrange(8)
    hurt.write_bytes(raw)
    said: list[str] = []
    try:
        read_all(hurt)
        with Case.open(hurt) as case:
            assert {d.id: d.text for d in case.documents()} == whole
    except CaseError as error:
        said.append(str(error))
    try:
        with Case.open(hurt) as case:
            said += case.check()
            assert said or "".join(case.dump()) == dumped
    except CaseError as error:
        said.append(str(error))
    assert not any("\n" in line for line in said)


def test_check_finds_a_changed_text_title_reading_and_decision(filled):
    with Case.open(filled) as case:
        assert case.check() == ()
        raw = case._connection
        for name in ("document_never_changes", "decision_never_changes"):
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE document SET text = replace(text, 'stays', 'moves') WHERE key = 1")
        raw.execute("UPDATE document SET source = 'Other Wire' WHERE key = 2")
        raw.execute("UPDATE reading SET body = x'00' WHERE document = 3")
        raw.execute("UPDATE decision SET coder = 'eve' WHERE key = 4")
        wrong = " | ".join(case.check())
    for each in ("text of document number 1", "document number 2", "reading of document number 3", "decision"):
        assert each in wrong


def as_nobody(action: Callable[[], object]) -> str:
    """What `action` says when done by somebody whom file permissions bind (the superuser is not bound)."""
    if os.getuid() != 0:
        return refusal(action)
    there, here = os.pipe()
    child = os.fork()
    if child == 0:
        said = "nothing went wrong"
        try:
            os.setuid(65534)
            action()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(here, said.encode())
        os._exit(0)
    os.close(here)
    with open(there, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def open_folder(tmp_path):
    """A folder that everybody may enter."""
    folder = tmp_path
    while folder != folder.parent and folder.stat().st_uid == os.getuid() and not folder.stat().st_mode & 0o001:
        if os.getuid() == 0:
            folder.chmod(folder.stat().st_mode | 0o055)
        folder = folder.parent
    return tmp_path


def test_a_read_only_place(path, open_folder, make_document):
    with Case.create(path) as case:
        case.add([make_document()])
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        line = as_nobody(lambda: Case.open(path))
        assert "read-only" in line
        assert "CaseError" in line or os.getuid() != 0
        assert "read-only" in as_nobody(lambda: Case.create(path.parent / "new.comity"))

        def look() -> None:
            with Case.open(path, write=False) as case:
                raise InputError(f"read {case.count()}, found {case.search('buffer').total}")

        assert "read 1, found 1" in as_nobody(look)
    finally:
        path.parent.chmod(0o755)


def test_a_file_that_may_not_be_read(path, open_folder):
    Case.create(path).close()
    path.chmod(0o000)
    assert "permission" in as_nobody(lambda: Case.open(path))


def test_a_case_opened_for_reading_refuses_to_write(path, make_document):
    Case.create(path).close()
    with Case.open(path, write=False) as case:
        assert "reading only" in refusal(lambda: case.add([make_document()]))


def test_names_with_signs_that_mean_something_in_addresses(tmp_path, make_document):
    odd = tmp_path / "a case? 100% #1 é.comity"
    with Case.create(odd) as case:
        case.add([make_document()])
    with Case.open(odd) as case:
        assert case.count() == 1
    assert [p.name for p in tmp_path.iterdir()] == [odd.name]


def test_a_case_turned_to_a_write_ahead_log_by_another_tool_is_turned_back(path, make_document):
    Case.create(path).close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    with Case.open(path) as case:
        case.add([make_document()])
        assert case._connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
