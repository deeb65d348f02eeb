"""Expunging: gone from text, index, history and every byte of the file; that something went stays on record."""

from __future__ import annotations

import sqlite3

import pytest

from comity.case import Case, Found, effective, secret
from comity.words import CaseError, DecisionKind, Handling, InputError

AGENDA = 'title = "Talks of {}"\n[[party]]\nid = "a"\nname = "Aldermark"\n'


@pytest.fixture
def filled(tmp_path, make_document, make_decision, make_reading, clock):
    with Case.create(tmp_path / "talks.comity", AGENDA.format("Quillon"), coder="ada", clock=clock) as case:
        case.set_agenda(AGENDA.format("us"), "ada")
        leak = make_document("quillon-leak", "Ermintrude Quillon said: “The buffer zone stays” for now.", title="Leak")
        report = make_document("report")
        case.add([leak, report, make_document("later", "All of it was denied.", supersedes=leak.id)])
        case.put_projection("fold", "x", "y", b"Ermintrude Quillon")
        case.decide(make_decision(DecisionKind.DOCUMENT, leak.id, "source", "Ermintrude Post"))
        case.decide(make_decision(DecisionKind.DOCUMENT, report.id, "title", "T", note="says quillon"))
        case.undo(case.decisions()[-1].id, "bo", "not Quillon's business")
        case.decide(make_decision(DecisionKind.DOCUMENT, report.id, "title", "Kept"))
        shown = [d for d in case.documents() if "buffer zone" in d.text]
        case.put_readings([(make_reading(d), case.agenda_hash) for d in shown])
        yield case


def bytes_of(case):
    return b"".join(p.read_bytes() for p in case.path.parent.iterdir() if p.is_file()).lower()


def test_a_source_leaves_no_byte(filled):
    filled.keep_receipt(
        id="0" * 64, sha256="1" * 64, what="brief", name="for-quillon.html", handling=Handling.PUBLIC, as_of=None,
        held={secret(filled.documents()[0].id): "x"},
    )  # fmt: skip
    for word in (b"quillon", b"ermintrude"):
        assert word in bytes_of(filled)
    found = filled.naming("QUILLON")
    assert len(found.documents) == 1
    assert len(found.decisions) == 3
    assert (found.agendas, found.exports) == ((1,), ("for-quillon.html",))
    gone = filled.expunge(found, "ada")
    assert (gone.documents, gone.decisions, gone.agendas) == (1, 3, 1)
    filled.close()
    for word in (b"quillon", b"ermintrude", "quillon".encode("utf-16-le")):
        assert word not in bytes_of(filled)
    assert not filled.path.with_name("talks.comity-journal").exists()
    with Case.open(filled.path) as case:
        assert case.check() == ()
        assert [d.value for d in effective(case.decisions())] == ["Kept"]
        assert not case.search("ermintrude").hits
        assert case.search("denied").hits
        assert all(d.supersedes is None for d in case.documents())
        assert len(case.readings("reader-1", case.agenda_hash)) == 1
    raw = sqlite3.connect(filled.path)
    assert raw.execute("SELECT kind, count(*) FROM expunged GROUP BY kind ORDER BY kind").fetchall() == [
        ("agenda", 1),
        ("decision", 3),
        ("document", 1),
    ]
    raw.close()


def test_what_was_undone_stays_undone(filled):
    retraction = next(d for d in filled.decisions() if d.kind is DecisionKind.RETRACT)
    filled.expunge(Found(decisions=(retraction.id,)), "ada")
    assert [d.value for d in effective(filled.decisions())] == ["Ermintrude Post", "Kept"]
    assert filled.check() == ()


def test_a_dump_says_that_something_went(filled, tmp_path):
    filled.expunge(Found(documents=(filled.naming("ermintrude").documents[0],)), "ada")
    lines = list(filled.dump())
    assert sum('"expunged"' in line for line in lines) == 2  # the document and the decision on it
    with Case.load_dump(tmp_path / "other.comity", lines) as other:
        assert list(other.dump()) == lines


@pytest.mark.parametrize(
    "what",
    [Found(documents=("no-such",)), Found(decisions=("no",)), Found(agendas=(7,)), Found(agendas=(2,))],
)
def test_what_is_not_there_removes_nothing(filled, what):
    before = list(filled.dump())
    with pytest.raises(InputError):
        filled.expunge(what, "ada")
    with pytest.raises(InputError):
        filled.expunge(Found(), "")
    with pytest.raises(InputError):
        filled.naming("  ")
    assert list(filled.dump()) == before


def test_not_while_part_is_sealed(filled, make_document):
    filled.add([make_document("private", "Nobody may see.", handling=Handling.PROTECTED)])
    filled.seal("correct horse battery")
    with pytest.raises(CaseError, match="unseal"):
        filled.expunge(Found(documents=(filled.documents()[0].id,)), "ada")


def test_receipts_are_kept_once_and_are_no_part_of_the_case(filled, tmp_path):
    before = (filled.digest(), list(filled.dump(projections=True)))
    given = {
        "id": "a" * 64, "sha256": "b" * 64, "what": "ledger json", "name": "ledger.json", "handling": Handling.INTERNAL,
        "as_of": None, "held": {secret("a|zone"): "12"},
    }  # fmt: skip
    assert filled.keep_receipt(**given)
    assert not filled.keep_receipt(**given)
    (kept,) = filled.receipts()
    assert (kept.name, kept.handling, dict(kept.held)) == ("ledger.json", Handling.INTERNAL, {secret("a|zone"): "12"})
    assert (filled.digest(), list(filled.dump(projections=True))) == before
    filled.mail(tmp_path / "public.comity")
    with Case.open(tmp_path / "public.comity") as copy:
        assert copy.receipts() == ()
    filled.seal("correct horse battery")
    assert filled.receipts() == ()
    filled.unseal("correct horse battery")
    assert filled.receipts() == (kept,)
