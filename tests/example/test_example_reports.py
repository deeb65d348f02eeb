"""The reports hold what a reader of news about negotiations meets, and the gold says so."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from comity.record import load
from comity.words import Document

Statements = dict[str, dict[str, Any]]


def of(statements: Statements, **wanted: Any) -> list[dict[str, Any]]:
    return [one for one in statements.values() if all(one[key] == value for key, value in wanted.items())]


def test_sixteen_reports_of_four_outlets_in_eight_days(gold: dict[str, Any]) -> None:
    outlets, days = defaultdict(list), set()
    for one in gold["documents"]:
        _, day, outlet = one["id"].split("_")
        outlets[outlet].append(one["id"])
        days.add(date.fromisoformat(day))
    assert len(gold["documents"]) == 16
    assert {outlet: len(ids) for outlet, ids in outlets.items()} == {
        "harbour-wire": 4,
        "tavemere-courier": 4,
        "quenna-gazette": 4,
        "lisk-observer": 4,
    }
    assert (min(days), max(days), len(days)) == (date(2031, 3, 1), date(2031, 3, 8), 8)


def test_importer_finds_source_and_date(example: Path, texts: dict[str, str]) -> None:
    documents = {Path(one.name).stem: one for one in load([str(example / "reports")]) if isinstance(one, Document)}
    assert list(documents) == list(texts)
    for stem, one in documents.items():
        _, day, outlet = stem.split("_")
        assert one.text == texts[stem]
        assert (one.published, outlet_slug(one)) == (date.fromisoformat(day), outlet), stem


def outlet_slug(document: Document) -> str:
    return (document.source or "").lower().removeprefix("the ").replace(" ", "-")


def test_second_hand_chains(statements: Statements) -> None:
    chains = [one for one in statements.values() if len(one["chain"]) > 2]
    assert {one["chain"][1] for one in chains} >= {"harbour_wire", "quenna_gazette", "tavemere_courier"}
    assert max(len(one["chain"]) for one in chains) == 4


def test_two_corrections(statements: Statements) -> None:
    wrong = {"J13": ("E07", "66,000"), "O16": ("G13", "nine miles")}
    for correction, (first, figure) in wrong.items():
        assert statements[correction]["refers_to"] == first
        assert figure in statements[first]["quote"]


def test_an_offer_made_and_withdrawn(gold: dict[str, Any], statements: Statements) -> None:
    assert statements["E01"]["act"] == "offer"
    assert [statements[name]["act"] for name in ("H01", "H04")] == ["reject", "reject"]
    assert statements["H01"]["refers_to"] == "E01"
    assert any(one["kind"] == "change" and "E01" in one["statements"] for one in gold["not_contradictions"])


def test_a_conditional_offer_answered_late(statements: Statements) -> None:
    offer, answer = statements["C01"], statements["N01"]
    assert offer["condition"]
    assert answer["refers_to"] == "C01"
    late = date.fromisoformat(answer["time_said"]["latest"]) - date.fromisoformat(offer["time_said"]["latest"])
    assert late.days == 5


def test_two_numeric_gaps_narrow(statements: Statements) -> None:
    for names in (("A05", "A06", "K01", "L06"), ("B18", "B19", "K07", "L08")):
        assert len({statements[name]["issue"] for name in names}) == 1
    for name, figure in {
        "A05": "18 months",
        "K01": "fourteen months",
        "L06": "sixteen months",
        "B19": "42,000",
    }.items():
        assert figure in statements[name]["quote"]


def test_two_outlets_contradict_each_other(gold: dict[str, Any], statements: Statements) -> None:
    conflict = next(one for one in gold["tensions"] if one["id"] == "T07")
    outlets = [{statements[name]["doc"].split("_")[2] for name in conflict[side]} for side in ("statements", "against")]
    assert outlets == [{"quenna-gazette"}, {"tavemere-courier"}]


def test_names_are_spelled_in_several_ways(gold: dict[str, Any]) -> None:
    written = {one["id"]: {mention["text"].split()[-1] for mention in one["mentions"]} for one in gold["entities"]}
    assert {"Dashariy", "Dasharii", "Dashary"} <= written["velu_dashariy"]
    assert written["kharsa"] == {"Kharsa", "Harsa"}


def test_nothing_is_read_from_headings_credits_or_a_broken_sentence(
    gold: dict[str, Any], statements: Statements
) -> None:
    for trap in gold["traps"]:
        if trap["what"].startswith(("Section heading", "Title", "Photo", "Broken", "Byline", "Dateline", "Residue")):
            inside = [
                one["id"]
                for one in statements.values()
                if one["doc"] == trap["doc"] and one["start"] < trap["end"] and trap["start"] < one["end"]
            ]
            assert not inside, trap["text"]
    assert any(trap["what"].startswith("Broken") for trap in gold["traps"])


def test_reporters_guess_about_each_party(statements: Statements) -> None:
    guesses = [one for one in of(statements, mode="author") if one["certainty"] != "asserted"]
    assert {one["holder"] for one in guesses} >= {"corvane", "ilmarra"}


def test_the_reprint_repeats_the_agency(statements: Statements) -> None:
    reprinted = [one for name, one in statements.items() if name.startswith("F")]
    assert len(reprinted) == 11
    for one in reprinted:
        first = statements[one["same_utterance_as"]]
        assert one["quote"] == first["quote"]
        assert (one["source"], one["act"], one["issue"]) == (first["source"], first["act"], first["issue"])


def test_one_utterance_in_two_translations(statements: Statements) -> None:
    first, second = statements["I06"], statements["J03"]
    assert second["same_utterance_as"] == "I06"
    assert first["quote"] != second["quote"]
    assert first["source"] == second["source"]
    assert first["time_said"]["resolved"] == second["time_said"]["resolved"] == "2031-03-04"


def test_meetings_planned_postponed_cancelled_and_held(gold: dict[str, Any]) -> None:
    status = {one["id"]: (one["status"], one["latest"]) for one in gold["events"]}
    assert status["EV_SUMMIT_WEDNESDAY"] == ("postponed", "2031-03-05")
    assert status["EV_SUMMIT"] == ("held", "2031-03-07")
    assert status["EV_TOUR"][0] == "cancelled"
    assert status["EV_TUESDAY"] == ("planned", "2031-03-11")
    assert {one["type"] for one in gold["events"]} >= {"meeting", "talks", "visit", "vote", "deadline", "publication"}


def test_state_of_the_issues(gold: dict[str, Any]) -> None:
    status = {one["issue"]: one["status"] for one in gold["issue_status"]}
    assert status["sarn"] == "blocked"
    assert status["transit"] == "agreed"
    assert status["compensation"] == "claimed"
    assert status["monitoring"] == status["herring"] == "open"


def test_blocked_stands_on_the_words_of_both_sides(gold: dict[str, Any], statements: Statements) -> None:
    blocked = next(one for one in gold["issue_status"] if one["issue"] == "sarn")
    own = {
        statements[name]["holder"]
        for name in blocked["statements"]
        if statements[name]["mode"] in ("direct", "indirect", "mixed") and statements[name]["act"] == "reject"
    }
    assert own == {"corvane", "ilmarra"}


def test_one_party_is_silent_on_guarantees(statements: Statements) -> None:
    about = of(statements, issue="guarantees", holder="ilmarra")
    assert about
    assert {one["mode"] for one in about} == {"author"}


def test_third_bodies_support_and_oppose(statements: Statements) -> None:
    acts = {(one["holder"], one["act"]) for one in of(statements, mode="reported_stance")}
    assert {("fishermens_league", "reject"), ("chamber_of_kharsa", "accept")} <= acts
    assert {("strait_observer_mission", "accept"), ("littoral_union", "demand")} <= acts


def test_each_kind_of_tension(gold: dict[str, Any]) -> None:
    assert {one["kind"] for one in gold["tensions"]} >= {
        "position_conflict",
        "assessment_conflict",
        "source_conflict",
        "scope_conflict",
        "status_conflict",
        "feasibility",
        "internal_ambiguity",
    }
