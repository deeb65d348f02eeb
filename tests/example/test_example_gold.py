"""The gold of the example agrees with its reports, with itself, with the agenda and with the calendar."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.ledger import load_agenda
from comity.words import Act, Certainty, EventStatus, Mode, State, StatusClaim, TensionKind

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def spans(value: Any, document: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every span of the gold, at any depth, with its document."""
    if isinstance(value, dict):
        document = value.get("doc", document)
        if {"start", "end"} <= value.keys() and document:
            yield document, value
        for inner in value.values():
            yield from spans(inner, document)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner, document)


def test_every_span_is_its_words(gold: dict[str, Any], texts: dict[str, str]) -> None:
    found = list(spans({key: value for key, value in gold.items() if key != "documents"}))
    assert len(found) > 1000
    for document, span in found:
        assert texts[document][span["start"] : span["end"]] == span.get("quote", span.get("text")), span


def test_documents_are_the_reports(gold: dict[str, Any], texts: dict[str, str]) -> None:
    assert [one["id"] for one in gold["documents"]] == list(texts)
    for one in gold["documents"]:
        text = texts[one["id"]]
        assert one["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert one["chars"] == len(text)
        assert text[one["date_span"]["start"] : one["date_span"]["end"]] == one["date_span"]["text"]
        assert one["weekday"] == f"{date.fromisoformat(one['date']):%A}"
        assert one["id"].split("_")[1] == one["date"]


def test_gold_file_is_what_its_source_gives(example: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.make_gold", "--check"], cwd=example.parents[1], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ids_are_unique(gold: dict[str, Any]) -> None:
    for kind in ("statements", "entities", "events", "tensions", "not_contradictions"):
        twice = [name for name, count in Counter(one["id"] for one in gold[kind]).items() if count > 1]
        assert not twice, kind


def test_statements_stand_in_the_order_of_the_text(gold: dict[str, Any]) -> None:
    for document in gold["documents"]:
        starts = [one["start"] for one in gold["statements"] if one["doc"] == document["id"]]
        assert starts == sorted(starts), document["id"]


def test_every_reference_resolves(gold: dict[str, Any], statements: dict[str, dict[str, Any]]) -> None:
    entities = {one["id"] for one in gold["entities"]}
    events = {one["id"] for one in gold["events"]}
    for one in gold["statements"]:
        assert {*one["chain"], one["source"], one["holder"]} - {None, "author"} <= entities, one["id"]
        assert {one["event"]} - {None} <= events, one["id"]
        assert {one["same_utterance_as"], one["refers_to"]} - {None} <= statements.keys(), one["id"]
    for kind in ("events", "tensions", "not_contradictions", "issue_status", "ledger"):
        for one in gold[kind]:
            assert {*one["statements"], *one.get("against", ())} <= statements.keys(), one
    for one in gold["events"]:
        assert {*one["participants"], one["place"]} - {None} <= entities, one["id"]
    assert {one["entity"] for one in gold["coreference"]} <= entities


def test_an_event_and_its_statements_name_each_other(
    gold: dict[str, Any], statements: dict[str, dict[str, Any]]
) -> None:
    listed = {one["id"]: set(one["statements"]) for one in gold["events"]}
    for one in gold["statements"]:
        if one["event"]:
            assert one["id"] in listed[one["event"]], one["id"]
    for one in gold["events"]:
        if one["expression"]:
            assert one["expression"]["doc"] in {statements[name]["doc"] for name in one["statements"]}, one["id"]


def test_chains_begin_with_the_article_and_end_with_the_source(gold: dict[str, Any]) -> None:
    for one in gold["statements"]:
        assert one["chain"][0] == "author"
        assert one["chain"][-1] == one["source"], one["id"]
        own = one["mode"] in ("author", "reported_stance")
        assert own == (one["source"] == "author"), one["id"]
        assert own or (one["cue"] and one["source_as_written"]), one["id"]


def test_a_guess_of_the_article_has_no_party_for_its_source(gold: dict[str, Any]) -> None:
    guesses = [one for one in gold["statements"] if one["mode"] == "author" and one["certainty"] != "asserted"]
    assert len(guesses) >= 15
    assert all(one["chain"] == ["author"] for one in guesses)
    positions = [one for one in gold["ledger"] if one["firmness"] not in (None, "guess")]
    assert not {one["id"] for one in guesses} & {name for cell in positions for name in cell["statements"]}


def test_words_are_those_of_the_house(gold: dict[str, Any]) -> None:
    for one in gold["statements"]:
        Mode(one["mode"])
        Act(one["act"])
        Certainty(one["certainty"])
        assert one["status_claim"] is None or StatusClaim(one["status_claim"])
        assert one["stance"] in ("pro", "con", None)
        assert one["tier"] in gold["taxonomy"]["tiers"]
    for one in gold["tensions"]:
        TensionKind(one["kind"])
        assert not set(one["statements"]) & set(one["against"]), one["id"]
    for one in gold["issue_status"]:
        State(one["status"])
    for one in gold["events"]:
        EventStatus(one["status"])


def test_issues_and_people_are_those_of_the_agenda(gold: dict[str, Any], example: Path) -> None:
    agenda = load_agenda(example / "agenda.toml")
    issues = {issue.id for issue in agenda.issues}
    assert set(gold["taxonomy"]["issues"]) == issues
    assert {one["issue"] for one in gold["statements"]} == issues
    assert [one["issue"] for one in gold["issue_status"]] == [issue.id for issue in agenda.issues]
    entities = {one["id"]: one for one in gold["entities"]}
    for party in agenda.parties:
        assert entities[party.id]["name"] == party.name
    for actor in agenda.actors:
        assert entities[actor.id]["name"] == actor.name
    assert {one["party"] for one in gold["ledger"]} == {party.id for party in agenda.parties}


@pytest.mark.parametrize("kind", ["statements", "events"])
def test_a_weekday_in_the_text_is_that_day(gold: dict[str, Any], kind: str) -> None:
    checked = 0
    for one in gold[kind]:
        times = one["time_said"] if kind == "statements" else one
        expression = times["expression"]
        named = [day for day in WEEKDAYS if expression and day in expression["text"]]
        # A beginning ("since Thursday") is the first day of the span.
        if not named or times["earliest"] is None or (kind == "statements" and times["resolved"] is None):
            continue
        checked += 1
        assert f"{date.fromisoformat(times['earliest']):%A}" == named[0], one["id"]
    assert checked >= 12


def test_nothing_is_said_after_it_is_published(gold: dict[str, Any]) -> None:
    published = {one["id"]: one["date"] for one in gold["documents"]}
    for one in gold["statements"]:
        said = one["time_said"]
        assert said["latest"] is not None, one["id"]
        assert said["latest"] <= published[one["doc"]], one["id"]
        assert said["earliest"] is None or said["earliest"] <= said["latest"], one["id"]


@pytest.mark.data
def test_the_gold_read_back_scores_full_marks(gold: dict[str, Any], example: Path, tmp_path: Path) -> None:
    scorer = example.parents[2] / "shared" / "score" / "seeds.py"
    if not scorer.exists():
        pytest.skip("the shared scorer is not beside the checkout")
    for path in (example / "reports").glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "seed_gold.json").write_bytes((example / "gold.json").read_bytes())
    name = {one["id"]: one["name"] for one in gold["entities"]} | {"author": "author", None: None}
    lines: list[dict[str, Any]] = [
        {
            "document": document["id"],
            "statements": [
                {**one, "speaker": name[one["source"]], "holder": name[one["holder"]]}
                for one in gold["statements"]
                if one["doc"] == document["id"]
            ],
        }
        for document in gold["documents"]
    ]
    lines.append({"tensions": [{"statements": one["statements"] + one["against"]} for one in gold["tensions"]]})
    readings = tmp_path / "readings.jsonl"
    readings.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    out = subprocess.run([sys.executable, scorer, tmp_path, readings], capture_output=True, text=True).stdout
    core = sum(one["tier"] == "core" for one in gold["statements"])
    assert f"core statements found {core}/{core}" in out
    assert f"issue right {core}, act right {core}, holder right {core}" in out
    assert "precision 100 %, spans that do not equal their quote 0" in out
    assert "given to a party 0" in out
    assert f"tensions {len(gold['tensions'])}/{len(gold['tensions'])}" in out
