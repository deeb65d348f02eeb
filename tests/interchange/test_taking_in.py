"""Whatever comes in: whole cases, databases and codings, beside reports; what fails, and why."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from comity.case import Case
from comity.desk.interchange import folder, parcels
from comity.desk.interchange.taking_in import take_in
from comity.words import CaseError, Decision, DecisionKind, Document, Handling


@pytest.fixture(autouse=True)
def unread(monkeypatch):
    """No parser is needed to see what came in."""
    monkeypatch.setattr("comity.desk.adding.read_unread", lambda *_, **__: ())


@pytest.fixture
def edited(case) -> Path:
    """The case with an edit that was undone, and one that stands."""
    with Case.open(case) as opened:
        of = opened.documents()[0].id
        done = opened.decide(Decision("", "bo", datetime.now(UTC), DecisionKind.DOCUMENT, of, "source", "The Harbour"))
        opened.undo(done.id, "cy", "no")
        opened.decide(Decision("", "ada", datetime.now(UTC), DecisionKind.PARAGRAPH, "brief", "moves", "Ask first."))
    return case


@pytest.fixture
def box(tmp_path) -> Path:
    (tmp_path / "box").mkdir()
    return tmp_path / "box"


def dump(path: Path) -> list[str]:
    with Case.open(path) as opened:
        return list(opened.dump())


def written(path: Path, target: Path) -> Path:
    folder.write(dump(path), target, Handling.PROTECTED)
    return target


def zipped(source: Path, target: Path, inside: str = "") -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(p for p in source.rglob("*") if p.is_file()):
            archive.write(each, f"{inside}{each.relative_to(source)}")


@pytest.mark.parametrize("form", ["folder", "zip", "zip of the folder", "loose files", "copy"])
def test_a_case_fills_an_empty_one_just_as_it_was(edited, box, tmp_path, form):
    if form == "copy":
        with Case.open(edited) as opened:
            opened.mail(box / "copy.comity", handling=Handling.PROTECTED)
    else:
        whole = written(edited, box / "whole")
        if form.startswith("zip"):
            zipped(whole, box / "whole.zip", "whole/" if "folder" in form else "")
            shutil.rmtree(whole)
        elif form == "loose files":
            for each in [p for p in whole.rglob("*") if p.is_file()]:
                each.rename(box / each.name)  # what a browser's file chooser leaves of a folder
            shutil.rmtree(whole)
    names = sorted(p.name for p in box.iterdir())
    with Case.create(tmp_path / "fresh.comity") as fresh:
        done = take_in(fresh, box, names)
    assert dump(tmp_path / "fresh.comity") == dump(edited)
    assert [what for _, what in done.told] == ["the case holds all of it: 2 documents, 3 decisions"]
    assert done.added.failures == ()


def test_into_another_case_it_is_merged_and_nothing_comes_twice(edited, box, tmp_path):
    written(edited, box / "whole")
    other = tmp_path / "other.comity"
    with Case.create(other, 'title = "Others"\n', coder="bo") as opened:
        opened.add([Document("three-3", "The quarry is open.", date(2031, 3, 9))])
        done = take_in(opened, box, ["whole"])
        assert len(done.added.new) == 2
        assert "2 documents new, 0 known; 3 decisions new, 0 known" in done.told[0][1]
        assert opened.agenda() == 'title = "Others"\n'
        assert [f.error.what for f in done.added.failures] == [
            "this case keeps its own agenda; the other one was left out"
        ]
        kinds = [d.kind for d in opened.decisions()]
        assert kinds == [DecisionKind.DOCUMENT, DecisionKind.RETRACT, DecisionKind.PARAGRAPH]
        assert {d.source for d in opened.documents()} == {"Harbour Post", "Lowland Wire", None}
        before = list(opened.dump())
        again = take_in(opened, box, ["whole"])
        assert "0 documents new, 2 known; 0 decisions new, 3 known" in again.told[0][1]
        assert list(opened.dump()) == before


def test_the_command_merges_too(edited, comity, tmp_path):
    written(edited, tmp_path / "whole")
    assert comity("new", "other.comity").code == 0
    assert "the case holds all of it" in comity("convert", "whole", "other.comity").err
    assert dump(tmp_path / "other.comity") == dump(edited)
    assert "0 documents new, 2 known" in comity("convert", "whole", "other.comity").err


def test_what_was_changed_is_refused_whole_and_the_rest_comes_in(edited, box, tmp_path):
    whole = written(edited, box / "whole")
    text = next((whole / "texts").iterdir())
    text.write_text(text.read_text().replace("toll", "dues"))
    (box / "note.txt").write_text("Orsenne offers the flow, an official said on 4 March 2031.")
    (box / "broken.dna").write_text("no database")
    for start in (None, "Three."):
        path = tmp_path / f"{bool(start)}.comity"
        with Case.create(path) as opened:
            if start:
                opened.add([Document("three-3", start)])
            done = take_in(opened, box, ["whole", "note.txt", "broken.dna"])
            assert opened.count() == 1 + bool(start)
            assert opened.decisions() == ()
        told = [(f.name, f.error.what) for f in done.added.failures]
        assert told[0][0].startswith("whole")
        assert "changed since" in told[0][1] or "not a line of a dump" in told[0][1]
        assert told[1] == ("broken.dna", "not a DNA database")
    with Case.open(edited) as opened, pytest.raises(CaseError, match="holds something already"):
        opened.fill(())


def test_codings_and_a_database_come_in(edited, comity, box, tmp_path):
    ids = [json.loads(x)["id"] for x in comity("export", edited, "statements", "-q").out.splitlines()]
    assert comity("blind", edited, "--coder", "bo", "--accept", ids[0]).code == 0
    for name in ("codings.csv", "codings.jsonld", "codings.parquet", "talks.dna"):
        assert comity("convert", edited, box / name).code == 0
    with Case.create(tmp_path / "new.comity") as opened:
        (box / "codings.csv").rename(box / "0.csv")  # before the documents that it is of
        done = take_in(opened, box, ["0.csv", "talks.dna", "codings.jsonld", "codings.parquet"])
        coded = [d for d in opened.decisions() if d.kind is DecisionKind.CODE]
        assert [d.coder for d in coded] == ["bo"]
        assert opened.agenda() is not None
        assert opened.count() == 2
    told = dict(done.told)
    assert told["talks.dna"].startswith("2 documents, 1 codings new, 0 known")
    assert done.added.failures == ()


def test_issues_of_a_database_are_those_of_the_agenda_that_are_called_the_same(edited, comity, box, tmp_path):
    assert comity("code", edited, "two", "Nobody else spoke of the quarry", "--speaker", "Varga",
                  "--issue", "tolls", "--coder", "bo").code == 0  # fmt: skip
    assert comity("code", edited, "two", "Tashq accepts", "--speaker", "Varga", "--issue", "flow",
                  "--coder", "bo").code == 0  # fmt: skip
    assert comity("convert", edited, box / "talks.dna").code == 0
    agenda = 'title = "T"\n[[issue]]\nid = "dues"\nname = "TOLLS"\nkeywords = ["toll*"]\n'
    with Case.create(tmp_path / "new.comity", agenda) as opened:
        done = take_in(opened, box, ["talks.dna"])
        assert opened.agenda() == agenda
        assert any('"issue":"dues"' in d.value for d in opened.decisions())
    assert done.told[0][1].endswith("; not on this agenda: Flow")


def test_archives_that_mean_harm_stay_where_they_are(edited, box, tmp_path, monkeypatch):
    whole = written(edited, tmp_path / "whole")
    with zipfile.ZipFile(box / "odd.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(whole / "case.json", "case.json")
        archive.writestr("../out.txt", "x")
        archive.writestr("texts/../../out.txt", "x")
        archive.writestr("texts/..", "x")
        archive.writestr("documents.jsonl", "0" * (8 * 2**20))
    found = parcels.sorted_out(box, ["odd.zip"])
    assert [f.error.what for f in found.failures] == ["documents.jsonl unpacks to too much"]
    assert not (tmp_path / "out.txt").exists()
    assert not (box / "out.txt").exists()
    (box / "cut.zip").write_bytes((box / "odd.zip").read_bytes()[:200])
    (box / "case.json").write_text('{"title": "a report that is called so"}')
    found = parcels.sorted_out(box, ["cut.zip", "case.json"])
    assert [p.name for p in found.reports] == ["cut.zip", "case.json"]  # `add` says what is wrong with them
