"""Labels, the sealed file, and what a mailed copy may say."""

from __future__ import annotations

import pytest

from comity.case import Case
from comity.case.handling import public_agenda
from comity.words import CaseError, DecisionKind, Handling, InputError

AGENDA = """title = "Talks"  # asked for by Quillon

[[party]]
id = "alder"
name = "Aldermark"
interests = "the quarry"
batna = "Zubrowka waits"

[[party]]
id = "sorrel"
name = "Sorrel"

[[issue]]
id = "zone"
name = "Buffer zone"
keywords = ["buffer zone"]

[[issue.option]]
id = "stays"
name = "It stays"

[[source]]
source = "Harbour Wire"
grade = "Vexillum"
"""
SECRET = (b"Quillon", b"quarry", b"Zubrowka", b"Vexillum", b"Marchpane", b"marchpane", b"Oxenholm")


@pytest.fixture
def guarded(tmp_path, make_document, make_decision, make_reading, clock):
    """A case with protected and public documents and decisions, in a mixed order."""
    with Case.create(tmp_path / "talks.comity", AGENDA, coder="ada", clock=clock) as case:
        private = make_document("memo", "Marchpane told us: the buffer zone goes.", handling=Handling.PROTECTED)
        public = make_document("report")
        later = make_document("later", "The buffer zone stays, all said.", supersedes=private.id)
        case.add([private, public, later])
        case.put_readings([(make_reading(public), case.agenda_hash)])
        case.decide(make_decision(DecisionKind.DOCUMENT, private.id, "source", "Oxenholm"))
        case.decide(make_decision(DecisionKind.DOCUMENT, public.id, "title", "A title"))
        case.decide(
            make_decision(DecisionKind.DOCUMENT, public.id, "url", "x:y", note="Oxenholm", handling=Handling.INTERNAL)
        )
        case.undo(case.decisions()[1].id, "bo")
        yield case


def everything(path):
    return b"".join(p.read_bytes() for p in path.parent.glob("*") if p.is_file() and p.suffix != ".sealed")


def test_what_a_person_put_into_the_agenda_is_not_mailed(guarded, tmp_path):
    guarded.mail(tmp_path / "copy" if (tmp_path / "copy").mkdir() else tmp_path / "copy" / "public.comity")
    content = (tmp_path / "copy" / "public.comity").read_bytes()
    assert [word for word in SECRET if word in content] == []
    with Case.open(tmp_path / "copy" / "public.comity") as copy:
        assert copy.check() == ()
        assert "It stays" in copy.agenda()
        # the reading still counts: interests are nothing that a reader knows
        assert len(copy.readings("reader-1", copy.agenda_hash)) == 1
    asked = guarded.mail(tmp_path / "copy" / "internal.comity", handling=Handling.INTERNAL)
    assert b"Zubrowka" in asked.path.read_bytes()


def test_a_plain_agenda_stays_as_it_is():
    plain = 'title = "x"\n\n[[party]]\nname="N"\nid= "n"\n'
    assert public_agenda(plain) == plain
    assert public_agenda(AGENDA) == public_agenda(public_agenda(AGENDA))


def test_sealing_hides_and_unsealing_brings_all_back(guarded):
    before, times = list(guarded.dump(projections=True)), [d.at for d in guarded.decisions()]
    documents, decisions = guarded.documents(), guarded.decisions()
    assert any(word in everything(guarded.path) for word in SECRET)
    made = guarded.seal("correct horse battery")
    assert (made.documents, made.agenda) == (1, True)
    assert guarded.sealed == made.path
    assert [word for word in SECRET if word in everything(guarded.path)] == []
    assert [word for word in SECRET if word in made.path.read_bytes()] == []
    assert guarded.check() == ()
    assert len(guarded.documents()) == 2
    assert not guarded.search("marchpane").hits
    back = guarded.unseal("correct horse battery")
    assert (back.documents, back.decisions) == (made.documents, made.decisions)
    assert guarded.sealed is None
    assert list(guarded.dump(projections=True)) == before
    assert (guarded.documents(), guarded.decisions()) == (documents, decisions)
    assert [d.at for d in guarded.decisions()] == times
    assert guarded.check() == ()


def test_work_goes_on_while_part_is_sealed(guarded, make_document, make_decision):
    private = make_document("memo", "Marchpane told us: the buffer zone goes.", handling=Handling.PROTECTED)
    standing = len(guarded.decisions())
    guarded.seal("correct horse battery")
    new = make_document("while", "New words on the buffer zone.")
    guarded.add([new, private])  # what is sealed comes in again
    guarded.decide(make_decision(DecisionKind.DOCUMENT, new.id, "title", "New"))
    guarded.unseal("correct horse battery")
    assert len(guarded.documents()) == 4
    assert len(guarded.decisions()) == standing + 1
    assert guarded.decisions()[-1].value == "New"
    assert guarded.check() == ()
    assert guarded.search("marchpane").hits[0].document == private.id


def test_a_wrong_passphrase_and_a_changed_file_are_refused(guarded):
    made = guarded.seal("correct horse battery")
    with pytest.raises(CaseError, match="wrong"):
        guarded.unseal("correct horse batterY")
    data = bytearray(made.path.read_bytes())
    data[20] ^= 1
    made.path.write_bytes(data)
    with pytest.raises(CaseError, match="changed"):
        guarded.unseal("correct horse battery")
    made.path.write_bytes(b"something")
    with pytest.raises(CaseError, match="not a sealed file"):
        guarded.unseal("correct horse battery")
    with pytest.raises(CaseError, match="already"):
        guarded.seal("correct horse battery")


def test_nothing_to_seal_and_short_passphrases(tmp_path, make_document, clock):
    with Case.create(tmp_path / "talks.comity", clock=clock) as case:
        case.add([make_document()])
        with pytest.raises(CaseError, match="nothing to seal"):
            case.seal("correct horse battery")
        with pytest.raises(InputError, match="shorter"):
            case.seal("short")
        with pytest.raises(CaseError, match="no sealed file"):
            case.unseal("correct horse battery")
        assert case.sealed is None


def test_a_crash_between_writing_and_taking_out_loses_nothing(guarded, monkeypatch):
    before = list(guarded.dump())

    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("comity.case.handling.take_out", fails)
    with pytest.raises((CaseError, OSError)):
        guarded.seal("correct horse battery")
    assert list(guarded.dump()) == before
    assert guarded.sealed is not None
    guarded.unseal("correct horse battery")
    assert list(guarded.dump()) == before


def test_unsealing_twice_is_unsealing_once(guarded):
    before = list(guarded.dump())
    sealed = guarded.seal("correct horse battery").path
    data = sealed.read_bytes()
    guarded.unseal("correct horse battery")
    sealed.write_bytes(data)  # as after a crash between bringing back and removing the file
    guarded.unseal("correct horse battery")
    assert list(guarded.dump()) == before
    assert guarded.check() == ()
