"""Terms: what is promised or wanted in the text, slot by slot; what nobody reported reads "not stated"."""

from __future__ import annotations

import dataclasses

from comity.words import AUTHOR, NOT_STATED


def stated(term) -> dict[str, str]:
    slots = ["obligor", "beneficiary", "act", "trigger", "response", "verifier", "duration", "gate", "order"]
    return {slot: value for slot in slots if (value := getattr(term, slot)) != NOT_STATED}


def only(talks) -> dict[str, str]:
    (term,) = talks.ledger().terms
    return stated(term)


def test_an_offer_with_a_condition(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "offer", "Aldermark is ready to withdraw its boats if Brennia mirrors it", "patrols",
               "if Brennia mirrors it")  # fmt: skip
    assert only(talks) == {"obligor": "Aldermark", "act": "withdraw its boats", "trigger": "Brennia mirrors it"}


def test_who_gives_what_to_whom_for_how_long_watched_by_whom(talks) -> None:
    talks.report("r1", 3)
    talks.says(
        "r1", "Ana Holt", "assert",
        "Cordia will provide Brennia with radar for 18 months, monitored by the lake commission",
        polarity="pro", status="claimed_agreed",
    )  # fmt: skip
    assert only(talks) == {
        "obligor": "Cordia",
        "beneficiary": "Brennia",
        "act": "provide Brennia with radar for 18 months, monitored by the lake commission",
        "verifier": "the lake commission",
        "duration": "for 18 months",
    }


def test_a_threat_has_a_trigger_and_a_response(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "assert", "If Brennia returns there will be a naval response", "patrols",
               "If Brennia returns", polarity="pro", status="claimed_agreed")  # fmt: skip
    assert only(talks) == {"trigger": "Brennia returns", "response": "a naval response"}


def test_a_gate(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "condition", "any treaty must be approved by the voters in a referendum", "island")
    slots = only(talks)
    assert slots["gate"] == "approved by the voters in a referendum"
    assert "obligor" not in slots


def test_who_wants_is_not_who_is_bound(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", AUTHOR, "demand", "Brennia wants Cordia's radar to stay until 2032", holder="Brennia",
               mode="reported_stance")  # fmt: skip
    slots = only(talks)
    assert "obligor" not in slots
    assert slots["duration"] == "until 2032"


def test_refusals_and_forecasts_are_no_terms(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "reject", "We will not withdraw", "patrols")
    talks.says("r1", AUTHOR, "offer", "Brennia may offer to withdraw", "patrols", holder="Brennia",
               certainty="speculative")  # fmt: skip
    assert talks.ledger().terms == ()


def test_every_slot_is_words_of_the_statement_or_a_party(talks) -> None:
    talks.report("r1", 3)
    talks.says(
        "r1", "Ben Okar", "commit", "Brennia will return the crew to Aldermark within a week after signing", "crew"
    )
    ledger = talks.ledger()
    for term in ledger.terms:
        quote = ledger.statement(term.statements[0]).passage.quote
        assert all(value in quote or value == "Brennia" for value in stated(term).values())
        assert dataclasses.is_dataclass(term)
