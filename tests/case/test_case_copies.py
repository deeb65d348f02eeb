"""Copies to mail: whole and consistent, or without what is not public; never over a file, never by halves."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace

import pytest

from comity.case import Case, file
from comity.words import CaseError, DecisionKind, Handling


@pytest.fixture
def filled(case, make_document):
    case.add([make_document(f"d{n}", f"Talks, day {n}.") for n in range(20)])
    return case


def test_a_copy_is_a_case_like_the_other(filled, tmp_path):
    target = tmp_path / "out" / "copy.comity"
    target.parent.mkdir()
    mailed = filled.mail(target)
    assert (mailed.path, mailed.bytes, mailed.documents_left_out) == (target, target.stat().st_size, 0)
    with Case.open(target) as copy:
        assert list(copy.dump(projections=True)) == list(filled.dump(projections=True))
        assert copy.documents(known_at=filled._clock.now) == filled.documents(known_at=filled._clock.now)
        assert copy.check() == ()
        copy.add([replace(filled.documents()[0], text="New.")])
    assert os.listdir(target.parent) == [target.name]
    umask = os.umask(0)
    os.umask(umask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_copy_replaces_nothing_unless_asked(filled, tmp_path):
    target = tmp_path / "copy.comity"
    target.write_text("dear")
    with pytest.raises(CaseError, match="already exists"):
        filled.mail(target)
    assert target.read_text() == "dear"
    filled.mail(target, force=True)
    with Case.open(target) as copy:
        assert copy.count() == 20


@pytest.mark.parametrize("force", [False, True])
def test_places_to_which_no_copy_goes(filled, tmp_path, force):
    for target, says in (
        (filled.path, "the case itself"),
        (tmp_path, "is a folder"),
        (tmp_path / "none" / "copy.comity", "no folder"),
    ):
        with pytest.raises(CaseError, match=says):
            filled.mail(target, force=force)
    assert filled.check() == ()


def test_a_copy_that_fails_leaves_nothing(filled, tmp_path, monkeypatch):
    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("comity.case.copies._move", fail)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt):
        filled.mail(folder / "copy.comity")
    assert list(folder.iterdir()) == []


def test_a_copy_can_be_made_of_a_case_opened_for_reading_and_while_another_writes(filled, tmp_path, make_document):
    writer = sqlite3.connect(filled.path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO expunged VALUES ('document', 99, 'x', 'y')")
    with Case.open(filled.path, write=False) as reader:
        reader.mail(tmp_path / "copy.comity")
    writer.execute("ROLLBACK")
    writer.close()
    with Case.open(tmp_path / "copy.comity") as copy:
        assert list(copy.dump()) == list(filled.dump())


@pytest.fixture
def delicate(case, make_document, make_reading, make_decision):
    """Every place in a case where a protected word could lie: all of them hold XYZZY."""
    secret = make_document(
        "xyzzy", "The XYZZY source spoke. XYZZYs speak.", source="XYZZY Wire", title="XYZZY", url="xyzzy:1",
        handling=Handling.PROTECTED,
    )  # fmt: skip
    inner = make_document("inner", "Internal note about XYZZY.", handling=Handling.INTERNAL)
    open_ = replace(make_document("open", "An open report."), supersedes=secret.id)
    later = make_document("later", "Later labelled, XYZZY.")
    case.add([secret, inner, open_, later])
    case.put_readings([(make_reading(secret, quote="XYZZY source spoke"), ""), (make_reading(open_, quote="open"), "")])
    decide = case.decide
    decide(make_decision(DecisionKind.DOCUMENT, later.id, "handling", "protected"))
    decide(make_decision(DecisionKind.DOCUMENT, open_.id, "supersedes", secret.id))
    decide(make_decision(DecisionKind.ACCEPT, f"{secret.id}:4-9:XYZZY", passage=secret.passage(4, 9)))
    undone = decide(make_decision(DecisionKind.ACCEPT, f"{open_.id}:0-2:author", note="stays undone"))
    decide(make_decision(DecisionKind.RETRACT, undone.id, note="XYZZY", handling=Handling.PROTECTED))
    decide(make_decision(DecisionKind.PARAGRAPH, "", "x", "XYZZY", handling=Handling.PROTECTED))
    decide(make_decision(DecisionKind.ACCEPT, f"{open_.id}:3-7:author", note="stays"))
    case.put_projection("ledger", "", "", b"XYZZY")
    return case


@pytest.mark.parametrize(("level", "documents"), [(Handling.PUBLIC, ["open"]), (Handling.INTERNAL, ["inner", "open"])])
def test_what_is_not_admitted_is_nowhere_in_the_copy(delicate, tmp_path, level, documents):
    target = tmp_path / "copy.comity"
    mailed = delicate.mail(target, handling=level)
    assert mailed.documents_left_out == 4 - len(documents)
    with Case.open(target) as copy:
        assert sorted(d.id.split("-")[0] for d in copy.documents()) == documents
        assert [d.note for d in copy.decisions()] == ["stays"]
        assert list(copy.readings("reader-1", "")) == [d.id for d in copy.documents() if d.id.startswith("open")]
        assert copy.check() == ()
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            copy._connection.execute("DELETE FROM document")
    if level is Handling.PUBLIC:
        assert b"xyzzy" not in target.read_bytes().lower()
    # and the case itself still has all
    assert delicate.count() == 4
    assert len(delicate.decisions()) == 7


def test_public_only_unless_asked(delicate, tmp_path):
    delicate.mail(tmp_path / "a.comity")
    delicate.mail(tmp_path / "b.comity", handling=Handling.PROTECTED)
    with Case.open(tmp_path / "a.comity") as public, Case.open(tmp_path / "b.comity") as whole:
        assert (public.count(), whole.count()) == (1, 4)
        assert list(whole.dump(projections=True)) == list(delicate.dump(projections=True))


def test_a_copy_of_a_copy_keeps_what_tells_it_from_other_databases(filled, tmp_path):
    filled.mail(tmp_path / "a.comity")
    raw = sqlite3.connect(tmp_path / "a.comity")
    assert raw.execute("PRAGMA application_id").fetchone()[0] == file.APPLICATION_ID
    raw.close()
