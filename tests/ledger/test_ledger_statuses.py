"""Statuses: each state from the statements that make it so."""

from __future__ import annotations

from datetime import date

from comity.words import AUTHOR


def test_stated_positions_that_exclude_each_other_block(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ben Okar", "demand", "Brennia must control the whole island", "island")
    talks.says("r1", "Ana Holt", "reject", "We reject the demand to control the whole island", "island", mode="direct")
    assert state(talks.ledger(), "island") == ("blocked", "")


def test_blocked_on_a_reporters_account_of_one_side_is_marked(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", AUTHOR, "demand", "Brennia wants the whole island", "island", holder="Brennia",
               mode="reported_stance")  # fmt: skip
    talks.says("r1", "Ana Holt", "reject", "We will not cede the whole island", "island", mode="direct")
    assert state(talks.ledger(), "island") == ("blocked", "on a reporter's reading")


def test_a_forecast_of_a_refusal_does_not_block(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "The whole island must be ours", "island", mode="direct")
    talks.says("r1", AUTHOR, "reject", "Brennia would never give up the whole island", "island", holder="Brennia",
               certainty="predicted")  # fmt: skip
    assert state(talks.ledger(), "island") == ("open", "one side only")


def test_an_articles_present_reading_blocks_on_a_reading(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "reject", "We will accept no temporary truce", "island", mode="direct")
    talks.says("r1", AUTHOR, "assess", "what Brennia proposes looks like a temporary truce", "island", holder="Brennia",
               certainty="hedged", polarity="pro")  # fmt: skip
    assert state(talks.ledger(), "island") == ("blocked", "on a reporter's reading")


def test_an_offer_without_an_answer_is_offered(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "offer", "Aldermark will pull back its boats if Brennia does", "patrols",
               "if Brennia does")  # fmt: skip
    ledger = talks.ledger()
    assert state(ledger, "patrols") == ("offered", "")
    (line,) = ledger.channels
    assert (line.ends, line.awaiting) == (("Aldermark", "Brennia"), "Brennia")


def test_an_accepted_offer_is_agreed_and_a_rejected_one_blocked(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "offer", "Aldermark offers to pull back its patrol boats", "patrols")
    talks.report("r2", 6)
    talks.says("r2", "Ben Okar", "accept", "Brennia accepts that patrol boats pull back", "patrols")
    assert state(talks.ledger(), "patrols") == ("agreed", "")
    talks.statements["r2"].clear()
    talks.says("r2", "Ben Okar", "reject", "Brennia will not pull back its patrol boats", "patrols")
    ledger = talks.ledger()
    assert state(ledger, "patrols") == ("blocked", "")
    assert ledger.channels == ()


def test_both_sides_announce_it(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "announce", "Transit has been agreed", "patrols", status="agreed")
    assert state(talks.ledger(), "patrols") == ("claimed", "one side only")
    talks.says("r1", "Ben Okar", "announce", "We agreed on transit", "patrols", status="agreed")
    assert state(talks.ledger(), "patrols") == ("agreed", "")


def test_one_announces_and_another_tells_it_as_settled(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "announce", "Transit has been agreed", "patrols", status="agreed")
    talks.says("r1", "Ben Okar", "assert", "Transit is closed as a chapter", "patrols", status="claimed_agreed",
               polarity="pro")  # fmt: skip
    assert state(talks.ledger(), "patrols") == ("agreed", "")


def test_two_claims_make_no_agreement(talks, state) -> None:
    talks.report("r1", 3)
    for speaker in ("Ana Holt", "Ben Okar"):
        talks.says("r1", speaker, "assert", "They will pay for the nets", "patrols", status="claimed_agreed",
                   polarity="pro")  # fmt: skip
    assert state(talks.ledger(), "patrols")[0] != "agreed"


def test_what_was_agreed_and_then_blocked_is_blocked(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "announce", "The quota is agreed", status="agreed")
    talks.says("r1", "Ben Okar", "announce", "The quota is agreed", status="agreed")
    talks.report("r2", 9)
    talks.says("r2", "Ana Holt", "demand", "Aldermark demands a larger herring share")
    talks.says("r2", "Ben Okar", "reject", "Brennia rejects a larger herring share")
    assert state(talks.ledger(as_of=date(2030, 5, 5)), "quota") == ("agreed", "")
    assert state(talks.ledger(), "quota") == ("blocked", "")


def test_the_mediator_announces_it(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "the two delegations", "announce", "Aldermark and Brennia have agreed on transit", "patrols",
               status="agreed")  # fmt: skip
    assert state(talks.ledger(), "patrols") == ("agreed", "")


def test_only_an_article_tells_of_agreement(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", AUTHOR, "assert", "The question of transit has been settled", "patrols", status="agreed")
    assert state(talks.ledger(), "patrols") == ("agreed", "on a reporter's account")


def test_said_to_be_open(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ida Marr", "assess", "the quota remains unresolved", status="open")
    assert state(talks.ledger(), "quota") == ("open", "")
    assert talks.ledger().positions == ()


def test_open_on_an_account_only(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", AUTHOR, "assess", "the quota remains unresolved", status="open")
    assert state(talks.ledger(), "quota") == ("open", "on a reporter's account")


def test_prospects_are_contested(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "assess", "a deal is near", "prospects", status="close", polarity="pro")
    talks.says("r1", "Ben Okar", "assess", "nothing has moved", "prospects", status="stalled", polarity="con")
    assert state(talks.ledger(), "prospects")[0] == "contested"


def test_nobody_speaks(talks, state) -> None:
    talks.report("r1", 3)
    talks.says("r1", AUTHOR, "assert", "Brennia holds the island", "island", fact=True)
    ledger = talks.ledger()
    assert state(ledger, "quota") == ("silent", "")
    assert state(ledger, "island") == ("silent", "facts and forecasts only")


def test_every_issue_has_one_status(talks) -> None:
    ledger = talks.ledger()
    assert [s.issue for s in ledger.statuses] == [i.id for i in talks.agenda.issues]
