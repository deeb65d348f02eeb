"""Coding blind, agreement, adjudication, networks and voices from the command line."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from comity.case import Case
from comity.reading import READER
from comity.words import DecisionKind


@pytest.fixture
def ids(case, comity):
    return [json.loads(x)["id"] for x in comity("export", case, "statements", "-q").out.splitlines()]


def rows(ran):
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_coder_does_not_see_the_others(case, comity, ids):
    assert comity("blind", case, "--coder", "ada", "--correct", ids[1], "act=offer", "-q").code == 0
    assert comity("blind", case, "--coder", "ada", "--reject", ids[2], "--note", "Marchpane", "-q").code == 0
    seen = rows(comity("blind", case, "--coder", "bo", "--format", "jsonl", "-q"))
    assert [r["id"] for r in seen] == ids
    assert seen[1]["act"] == "demand"
    assert "Marchpane" not in comity("blind", case, "--coder", "bo", "-q").out
    left = rows(comity("blind", case, "--coder", "ada", "--format", "jsonl", "-q"))
    assert [r["id"] for r in left] == [ids[0], *ids[3:]]
    mine = rows(comity("blind", case, "--coder", "ada", "--mine", "--format", "jsonl", "-q"))
    assert [(r["id"], r["act"]) for r in mine] == [(ids[1], "offer"), (ids[2], "(no statement)")]
    # what another has rejected can be coded all the same
    assert comity("blind", case, "--coder", "bo", "--accept", ids[2], "-q").code == 0
    text = comity("blind", case, "one", "--unaided", "--coder", "bo", "-q").out
    assert text.lstrip().startswith("0  Ilse Varga")


def test_agreement_of_people_and_the_machine(case, comity, ids):
    assert comity("agree", case, "-q").code == 2  # nobody has coded
    for coder in ("ada", "bo"):
        for id_ in ids[1:]:
            assert comity("blind", case, "--coder", coder, "--accept", id_, "-q").code == 0
    assert comity("blind", case, "--coder", "ada", "--accept", ids[0], "-q").code == 0
    assert comity("blind", case, "--coder", "bo", "--correct", ids[0], "act=demand", "-q").code == 0
    made = json.loads(comity("agree", case, "--bootstrap", "50", "--format", "json", "-q").out)
    assert [(c["coder"], c["kind"]) for c in made["coders"]][:2] == [("ada", "person"), ("bo", "person")]
    assert made["coders"][2]["kind"] == "reader"
    by = {(f["field"], f["scale"]): f for f in made["fields"]}
    act = by["act", "nominal"]
    assert act["units"] == 5
    assert 0 < act["alpha"] < 1
    assert act["low"] <= act["alpha"] <= act["high"]
    assert by["speaker", "nominal"]["alpha"] == 1
    assert by["statement", "nominal"]["alpha"] is None  # all say yes: no variation to agree on
    assert by["statement", "nominal"]["equal"] == 1
    assert len(made["pairs"]) == 3
    assert made["pairs"][0]["exact"] == 1
    two = json.loads(
        comity("agree", case, "--coders", "ada,bo", "--field", "act", "--bootstrap", "0", "--format", "json", "-q").out
    )
    # six offers, accepts, … of ten values: 1 - (2/10) / (1 - sum n(n-1)/90)
    counts = [3, 3, 2, 2]  # reject 3, demand 3, offer 2, accept 2
    expected = 1 - sum(n * (n - 1) for n in counts) / 90
    assert two["fields"][0]["alpha"] == pytest.approx(1 - 0.2 / expected, abs=0.001)
    assert two["fields"][0]["low"] is None
    assert "act" in comity("agree", case, "-q").out
    ran = comity("agree", case, "--coders", "cy", "-q")
    assert (ran.code, "no coder is called 'cy'" in ran.err) == (2, True)
    assert "no field is called" in comity("agree", case, "--field", "colour", "-q").err


def test_an_earlier_reader_is_a_coder(case, comity, ids):
    assert comity("blind", case, "--coder", "ada", "--accept", ids[0], "-q").code == 0
    with Case.open(case) as opened:
        made = opened.readings(READER, opened.agenda_hash).values()
        opened.put_readings([(replace(r, reader="reader 0"), opened.agenda_hash) for r in made])
    found = json.loads(comity("agree", case, "--bootstrap", "0", "--format", "json", "-q").out)
    assert {(c["coder"], c["kind"]) for c in found["coders"]} == {
        ("ada", "person"),
        ("reader 0", "reader"),
        (READER, "reader"),
    }


def test_unaided_coding_is_unitized_agreement(case, comity, ids):
    assert comity("code", case, "one", "toll will stand", "--speaker", "Ilse Varga", "--act", "reject", "-q").code == 0
    assert comity("code", case, "one", "offers", "--speaker", "Orsenne", "--act", "offer", "-q").code == 0
    made = json.loads(comity("agree", case, "--bootstrap", "0", "--format", "json", "-q").out)
    by = {f["field"]: f for f in made["fields"] if f["scale"] == "nominal"}
    # the first matches; "offers" is less than half of the machine's passage; two of the machine's were not coded
    assert by["statement"]["units"] == 4
    (pair,) = made["pairs"]
    assert pair["spans"] == [2, 3]
    assert pair["matched"] == pytest.approx(2 / 5, abs=0.001)
    assert pair["exact"] == 0
    assert 0 < pair["overlap"] < 1


def test_adjudication_is_a_decision_and_no_coding(case, comity, ids):
    comity("blind", case, "--coder", "ada", "--correct", ids[1], "act=offer", "-q")
    comity("blind", case, "--coder", "bo", "--reject", ids[2], "-q")
    listed = rows(comity("adjudicate", case, "--format", "jsonl", "-q"))
    assert [(r["id"], r["field"]) for r in listed] == [(ids[1], "act"), (ids[2], "statement")]
    assert listed[0]["values"][0] == "ada: offer"
    settle = ("adjudicate", case, "--coder", "cy", "-q", "--settle")
    assert comity(*settle, ids[1], "act=condition", "--note", "as worded").code == 0
    assert comity(*settle, ids[2], "coder=bo").code == 0
    with Case.open(case) as opened:
        last = opened.decisions()[-2:]
    assert [(d.kind, d.coder, d.note) for d in last] == [
        (DecisionKind.CORRECT, "cy", "adjudication: as worded"),
        (DecisionKind.REJECT, "cy", "adjudication"),
    ]
    now = {r["id"]: r for r in rows(comity("export", case, "statements", "-q"))}
    assert now[ids[1]]["act"] == "condition"
    assert ids[2] not in now
    made = json.loads(comity("agree", case, "--bootstrap", "0", "--format", "json", "-q").out)
    assert [c["coder"] for c in made["coders"] if c["kind"] == "person"] == ["ada", "bo"]
    for wrong, told in (
        (("act=refuse",), "refuse"),
        (("act",), "not FIELD=VALUE"),
        (("coder=dee",), "gave this unit nothing"),
        (("colour=red",), "no field"),
        (("statement=perhaps",), "neither"),
    ):
        ran = comity(*settle, ids[1], *wrong)
        assert ran.code == 2
        assert told in ran.err
    assert "no unit" in comity(*settle, "x#1", "act=offer").err


def test_where_two_wrote_over_each_other(case, comity, ids):
    for coder, words in (("ada", "Nobody else spoke of the quarry"), ("bo", "Nobody else spoke of the")):
        ran = comity("code", case, "two", words, "--speaker", f"S {coder}", "--act", "assert", "--coder", coder, "-q")
        assert ran.code == 0
    listed = rows(comity("adjudicate", case, "--coders", "ada,bo", "--format", "jsonl", "-q"))
    assert [r["field"] for r in listed] == ["speaker", "holder"]
    assert comity("adjudicate", case, "--settle", listed[0]["id"], "coder=bo", "--coder", "cy", "-q").code == 0
    now = [r for r in rows(comity("export", case, "statements", "-q")) if r["speaker"].startswith("S ")]
    assert [r["speaker"] for r in now] == ["S bo"]


def test_networks(case, comity, tmp_path):
    ran = comity("network", case, "--concepts", "issue", "--aggregation", "subtract", "--format", "csv", "-q")
    assert ran.out == ",flow,tolls\norsenne,1,-1\ntashq,1,1\n"  # the repeated refusal counts once
    table = comity("network", case, "--mode", "actors", "--concepts", "issue", "-q").out
    assert table.splitlines()[0] == "actors, congruence, normalisation no; 4 uses"
    assert "note: 4 statements" in comity("network", case).err  # only one names an option
    windows = json.loads(comity("network", case, "--concepts", "issue", "--window", "2", "--format", "json", "-q").out)
    assert [(w["first"], w["network"]["uses"]) for w in windows] == [("2031-03-04", 3), ("2031-03-06", 1)]
    assert all(w["network"]["rows"] == windows[0]["network"]["rows"] for w in windows)
    for name in ("n.graphml", "n.gexf", "n.json", "n.csv"):
        assert comity("network", case, "-o", name, "-q").code == 0
        assert (tmp_path / name).stat().st_size
    for arguments, told in (
        (("--aggregation", "conflict"), "no two-mode network"),
        (("--actors", "people"), "'people' is not known"),
        (("--qualifier", "agreement"), "no such variable"),
        (("--step", "2"), "without a window"),
        (("-o", "x.png"), "tells no format"),
    ):
        ran = comity("network", case, *arguments)
        assert ran.code == 2
        assert told in ran.err


def test_voices(case, comity):
    by = {r["name"]: r for r in rows(comity("voices", case, "--format", "jsonl", "-q"))}
    assert by["Orsenne"]["own_words"] == 1  # said twice, told once
    assert by["others"]["unnamed"] == 1
    assert by["the articles"]["statements"] == 2
    assert sum(r["share"] for r in by.values()) == pytest.approx(1)
    cells = {(r["party"], r["issue"]): r for r in rows(comity("voices", case, "--cells", "--format", "jsonl", "-q"))}
    assert cells["tashq", "tolls"]["unnamed"] == ["official"]
    assert cells["orsenne", "tolls"]["outlets"] == ["Harbour Post", "Lowland Wire"]
    assert "Orsenne" in comity("voices", case, "-q").out
