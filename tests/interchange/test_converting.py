"""comity convert: a case as open files and back, codings out and in, a DNA database; what has no way is told."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from comity.case import Case
from comity.words import DecisionKind, Handling

SECRET = (b"the quarry of", b"Zubrowka", b"Marchpane")


def dump(path):
    with Case.open(path) as case:
        return list(case.dump())


@pytest.fixture
def decided(case, comity):
    """The case with decisions of two people, one of them protected."""
    ids = [json.loads(x)["id"] for x in comity("export", case, "statements", "-q").out.splitlines()]
    assert comity("review", case, "--accept", ids[0], "--note", "Marchpane", "--label", "protected", "-q").code == 0
    assert comity("review", case, "--correct", ids[1], "act=offer", "--coder", "bo", "-q").code == 0
    assert comity("code", case, "two", "Nobody else spoke", "--speaker", "Tashq", "--act", "assert", "-q").code == 0
    return case


def test_a_case_as_a_folder_and_back(decided, comity, tmp_path):
    assert comity("convert", decided, "folder", "--handling", "protected", "-q").code == 0
    assert (tmp_path / "folder" / "agenda" / "001.toml").read_text().startswith('title = "Sill"')
    assert len(list((tmp_path / "folder" / "texts").iterdir())) == 2
    ran = comity("convert", "folder", "copy.comity")
    assert (ran.code, ran.err) == (0, "copy.comity: 2 documents, 3 decisions\n")
    assert dump("copy.comity") == dump(decided)
    assert comity("convert", "copy.comity", "again", "--handling", "protected", "-q").code == 0
    one, again = tmp_path / "folder", tmp_path / "again"
    names = sorted(p.relative_to(one) for p in one.rglob("*") if p.is_file())
    assert [(again / n).read_bytes() for n in names] == [(one / n).read_bytes() for n in names]


def test_a_folder_is_public_unless_asked(decided, comity, tmp_path):
    assert comity("convert", decided, "folder", "-q").code == 0
    content = b"".join(p.read_bytes() for p in (tmp_path / "folder").rglob("*") if p.is_file())
    assert [word for word in SECRET if word in content] == []
    head = json.loads((tmp_path / "folder" / "case.json").read_text())
    assert (head["handling"], head["holds"]["document"], head["holds"]["decision"]) == ("public", 2, 2)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda f: (f / "decisions.jsonl").write_text(""), "was changed"),
        (lambda f: next((f / "texts").iterdir()).write_text("x"), "changed since it was dumped"),
        (lambda f: (f / "readings.jsonl").unlink(), "cannot be read"),
        (lambda f: (f / "case.json").write_text("{}"), "says nothing of a case"),
        (lambda f: (f / "expunged.jsonl").write_text("{"), "not JSON"),
        (
            lambda f: (f / "documents.jsonl").write_text(
                (f / "documents.jsonl").read_text().replace("texts/", "../x/")
            ),
            "outside",
        ),
    ],
)
def test_a_folder_that_was_changed_makes_no_case(decided, comity, tmp_path, change, told):
    assert comity("convert", decided, "folder", "-q").code == 0
    change(tmp_path / "folder")
    ran = comity("convert", "folder", "copy.comity")
    assert ran.code == 2
    assert told in ran.err
    assert not (tmp_path / "copy.comity").exists()


@pytest.mark.parametrize("suffix", ["jsonld", "csv", "parquet"])
def test_codings_out_and_into_another_copy(decided, case, comity, tmp_path, suffix):
    before = dump(decided)
    ran = comity("convert", decided, f"codings.{suffix}")
    assert "3 codings of people, 5 of readers" not in ran.err  # one is protected
    assert "2 codings of people, 5 of readers" in ran.err
    assert b"Marchpane" not in (tmp_path / f"codings.{suffix}").read_bytes()
    ran = comity("convert", decided, f"all.{suffix}", "--handling", "protected")
    assert "3 codings of people, 5 of readers" in ran.err
    assert dump(decided) == before
    # a copy without the decisions
    with Case.load_dump(tmp_path / "bare.comity", [x for x in before if not x.startswith('{"decision"')]):
        pass
    ran = comity("convert", f"all.{suffix}", "bare.comity")
    assert "3 codings added; 5 of readers left out" in ran.err
    assert "0 codings added, 3 were there" in comity("convert", f"all.{suffix}", "bare.comity").err
    with Case.open("bare.comity") as bare:
        made = bare.decisions()
    assert {(d.coder, d.kind) for d in made} == {("ada", DecisionKind.CODE), ("bo", DecisionKind.CODE)}
    assert max((d.handling for d in made), key=lambda h: h.rank) is Handling.PROTECTED
    acts = {json.loads(d.value)["act"] for d in made if d.coder == "bo"}
    assert acts == {"offer"}


def test_annotations_without_a_statement_are_told(case, comity, tmp_path):
    assert comity("convert", case, "codings.jsonld", "--units", "utf-16", "-q").code == 0
    page = json.loads((tmp_path / "codings.jsonld").read_text(encoding="utf-8"))
    del page["items"][0]["comity:statement"]
    (tmp_path / "codings.jsonld").write_text(json.dumps(page), encoding="utf-8")
    ran = comity("convert", "codings.jsonld", case)
    assert (ran.code, "1 annotations name no speaker" in ran.err, "4 of readers" in ran.err) == (0, True, True)


def test_a_case_as_a_database_and_back(decided, comity, tmp_path):
    assert comity("convert", decided, "sill.dna", "-q").code == 0
    with closing(sqlite3.connect(tmp_path / "sill.dna")) as raw:
        coders = {name for (name,) in raw.execute("SELECT Name FROM CODERS")}
        assert {"Admin", "ada", "bo"} <= coders
        assert raw.execute("SELECT count(*) FROM STATEMENTS").fetchone() == (7,)
    ran = comity("convert", "sill.dna", "back.comity")
    assert (ran.code, "2 documents, 2 codings" in ran.err) == (0, True)
    ran = comity("convert", "sill.dna", "copy.dna")
    assert ran.code == 0
    ran = comity("network", "copy.dna", "--format", "csv", "-q")
    assert ran.out.splitlines()[0] == ",Flow,Tolls"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("none.comity", "x"), "no such file"),
        (("sill.comity", "copy.comity"), "mail"),
        (("sill.comity", "x.docx"), "no way from a case to .docx"),
        (("text.txt", "x.comity"), "is no case"),
        (("codings.csv", "new.comity"), "give a case that holds"),
        (("none.dna", "x.comity"), "cannot be read"),
        (("sill.comity", "full"), "is there already"),
        (("empty.csv", "sill.comity"), "no table of codings"),
    ],
)
def test_what_has_no_way_is_told(case, comity, tmp_path, arguments, told):
    (tmp_path / "text.txt").write_text("x")
    (tmp_path / "codings.csv").write_text("x")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    before = dump(case)
    ran = comity("convert", *arguments)
    assert ran.code == 2
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
    assert dump(case) == before
