"""Receipts and recall: an export that holds something since corrected is named, with why, and with no other."""

from __future__ import annotations

import json

import pytest

from comity.case import Case


@pytest.fixture
def exported(case, comity, tmp_path):
    """The case after exports in several forms; and the ids of its statements."""
    for arguments in (
        ("brief", case, "-o", "brief.html"),
        ("brief", case, "-o", "early.md", "--as-of", "2031-03-05"),
        ("export", case, "ledger", "--format", "json", "-o", "ledger.json"),
        ("dossier", "flow", case, "-o", "flow.md"),
        ("difference", case, "--since", "2031-03-05", "-o", "week.md"),
        ("convert", case, "folder"),
        ("convert", case, "codings.csv"),
        ("network", case, "--concepts", "issue", "-o", "n.gexf"),
    ):
        ran = comity(*arguments)
        assert ran.code == 0, ran.err
        assert "; export " in ran.err
    return [json.loads(x)["id"] for x in comity("export", case, "statements", "-q").out.splitlines()]


def recalled(comity, case, *more):
    ran = comity("recall", case, "--format", "jsonl", "-q", *more)
    assert ran.code == 0, ran.err
    return {row["name"]: row for row in map(json.loads, ran.out.splitlines())}


def test_nothing_to_recall(case, comity, exported):
    assert comity("recall", case, "-q").out == "no export holds anything since corrected\n"
    rows = recalled(comity, case, "--all")
    assert set(rows) == {
        "brief.html", "early.md", "ledger.json", "flow.md", "week.md", "folder", "codings.csv", "n.gexf",
    }  # fmt: skip
    assert {r["corrected"] for r in rows.values()} == {"no"}
    # a decision that changes nothing, and a document that came in later, call nothing back
    assert comity("review", case, "--accept", exported[0], "-q").code == 0
    assert recalled(comity, case) == {}


def test_a_correction_calls_back_what_holds_it(case, comity, exported):
    ran = comity("review", case, "--correct", exported[3], "act=offer", "--coder", "bo", "-q")  # of the second report
    assert ran.code == 0
    rows = recalled(comity, case)
    assert set(rows) == {
        "brief.html",
        "ledger.json",
        "flow.md",
        "week.md",
        "folder",
        "codings.csv",
        "n.gexf",
    }  # not the early one
    assert rows["brief.html"]["cells"] == ["tashq on flow"]
    assert "correct act=offer by bo" in rows["brief.html"]["why"][0]
    assert set(recalled(comity, case, "brief.html")) == {"brief.html"}
    assert comity("recall", case, "no-such").code == 2
    # undone, it is as it was
    done = json.loads(comity("review", case, "--history", "--format", "json", "-q").out)[-1]["id"]
    assert comity("review", case, "--undo", done, "-q").code == 0
    assert recalled(comity, case) == {}


def test_a_rejected_statement_and_a_corrected_outlet(case, comity, exported):
    assert comity("review", case, "--reject", exported[1], "-q").code == 0
    rows = recalled(comity, case)
    assert "early.md" in rows
    assert "flow.md" not in rows  # it is about another issue
    assert "reject by ada" in rows["early.md"]["why"][0]
    assert rows["early.md"]["cells"] == ["tashq on tolls"]


def test_what_was_expunged_is_counted_and_not_named(case, comity, exported):
    with Case.open(case) as opened:
        gone = opened.documents()[0].id
    said = comity("expunge", case, gone)
    assert "the export brief.html holds some of it" in said.err
    assert comity("expunge", case, gone, "--yes", "-q").code == 0
    rows = recalled(comity, case)
    assert rows["brief.html"]["why"] == ["3 passages are no longer in the case"]
    assert gone not in json.dumps(rows)
    assert gone.encode() not in case.read_bytes()


def test_the_same_export_again_leaves_one_receipt(case, comity, exported):
    with Case.open(case) as opened:
        before = len(opened.receipts())
    again = comity("export", case, "ledger", "--format", "json", "-o", "ledger.json")
    assert "; export " in again.err
    with Case.open(case) as opened:
        assert len(opened.receipts()) == before


def test_the_id_is_in_the_report(case, comity, exported, tmp_path):
    rows = recalled(comity, case, "--all")
    assert rows["brief.html"]["export"] in (tmp_path / "brief.html").read_text()
    assert rows["flow.md"]["export"] in (tmp_path / "flow.md").read_text()
    head = json.loads((tmp_path / "folder" / "case.json").read_text())
    assert head["id"].startswith(rows["folder"]["export"])
