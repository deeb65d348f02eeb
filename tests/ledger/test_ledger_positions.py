"""Positions: who may support one, which statement leads, how firm, on whose word."""

from __future__ import annotations

from datetime import date

import pytest

from comity.words import AUTHOR, Act, Firmness, Provenance


def test_a_flat_refusal_in_own_words_is_firm(talks, at) -> None:
    talks.report("r1", 3)
    i = talks.says("r1", "Ana Holt", "reject", "We will never give up the island", "island", mode="direct")
    p = at(talks.ledger(), "alder", "island")
    assert (p.act, p.firmness, p.provenance) == (Act.REJECT, Firmness.FIRM, Provenance.OWN_WORDS)
    assert (p.statements, p.since, p.rule) == ((i,), date(2030, 5, 3), "position.stance")
    assert p.summary == "We will never give up the island"


@pytest.mark.parametrize("certainty", ["predicted", "speculative", "opinion", "inferred", "asserted"])
def test_what_an_article_says_itself_is_an_outlook_at_most(talks, at, certainty: str) -> None:
    talks.report("r1", 3)
    i = talks.says("r1", AUTHOR, "reject", "Brennia will hardly accept this", holder="Brennia", certainty=certainty)
    ledger = talks.ledger()
    assert at(ledger, "brenn", "quota") is None
    assert [(o.party, o.statements) for o in ledger.outlooks] == [("brenn", (i,))]


def test_a_stance_told_as_likely_is_an_outlook(talks, at) -> None:
    talks.report("r1", 3)
    talks.says(
        "r1", AUTHOR, "reject", "Brennia would probably refuse", holder="Brennia", mode="reported_stance",
        certainty="predicted",
    )  # fmt: skip
    assert at(talks.ledger(), "brenn", "quota") is None


def test_a_reporters_account_is_marked_as_one(talks, at) -> None:
    talks.report("r1", 3)
    talks.says("r1", AUTHOR, "demand", "Brennia wants half of the catch", holder="Brennia", mode="reported_stance")
    assert at(talks.ledger(), "brenn", "quota").provenance is Provenance.REPORTER


def test_what_one_side_tells_of_the_other_is_no_position(talks, at) -> None:
    talks.report("r1", 3)
    i = talks.says("r1", "Ben Okar", "accept", "Aldermark has accepted our figure", holder="Aldermark")
    ledger = talks.ledger()
    assert at(ledger, "alder", "quota") is None
    (told,) = ledger.outlooks
    assert (told.party, told.statements, told.rule) == ("alder", (i,), "outlook.told_by_another_side")


def test_a_mediators_account_is_a_position_on_anothers_word(talks, at) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ida Marr", "accept", "Aldermark accepts a joint survey", holder="Aldermark")
    p = at(talks.ledger(), "alder", "quota")
    assert p.provenance is Provenance.REPORTER
    assert "told by a go-between" in p.marks


def test_a_claim_about_what_others_will_do_stays_the_speakers(talks, at) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "assert", "Brennia will pay for the nets", status="claimed_agreed", polarity="pro")
    ledger = talks.ledger()
    assert at(ledger, "brenn", "quota") is None
    assert at(ledger, "alder", "quota").rule == "position.claim"


def test_a_fact_is_never_a_position(talks, at) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ben Okar", "assert", "Brennia holds the island", "island", polarity="pro", fact=True)
    ledger = talks.ledger()
    assert at(ledger, "brenn", "island") is None
    assert len(ledger.facts) == 1


def test_a_conditional_route_qualifies_a_flat_refusal(talks, at) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "reject", "We will not cede any land", "island", absolute=True)
    way = talks.says(
        "r1", "Ana Holt", "condition", "if land is ceded, voters must decide", "crew", "if land is ceded",
        also_issues=("island",),
    )  # fmt: skip
    p = at(talks.ledger(), "alder", "island")
    assert (p.act, p.firmness, p.qualified_by) == (Act.REJECT, Firmness.FIRM, (way,))


@pytest.mark.parametrize(
    ("act", "quote", "condition", "certainty", "firmness"),
    [
        ("offer", "Brennia would move its boats if Aldermark does", "if Aldermark does", "asserted", "conditional"),
        ("offer", "Brennia is ready to discuss the boats", "", "asserted", "soft"),
        ("demand", "the boats must leave", "", "asserted", "firm"),
        ("demand", "the boats should perhaps leave", "", "hedged", "soft"),
        ("condition", "any change must go through parliament", "", "asserted", "firm"),
        ("condition", "we would come if invited", "if invited", "asserted", "conditional"),
        ("reject", "no boat leaves if they stay", "if they stay", "asserted", "firm"),
    ],
)
def test_firmness(talks, at, act: str, quote: str, condition: str, certainty: str, firmness: str) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ben Okar", act, quote, "patrols", condition, certainty=certainty)
    assert at(talks.ledger(), "brenn", "patrols").firmness.value == firmness


def test_a_later_offer_supersedes_a_refusal_of_the_same(talks, at) -> None:
    talks.report("r1", 3)
    talks.report("r2", 6)
    talks.says("r1", "Ben Okar", "reject", "Brennia will not release the detained crew", "crew")
    now = talks.says("r2", "Siv Lund", "offer", "Brennia is willing to release the detained crew", "crew")
    p = at(talks.ledger(), "brenn", "crew")
    assert (p.act, p.statements, p.since) == (Act.OFFER, (now,), date(2030, 5, 6))
    assert p.marks == ("earlier words no longer stand",)


def test_a_refusal_about_ones_own_option_does_not_undo_the_demand_for_it(talks, at) -> None:
    talks.report("r1", 3)
    talks.report("r2", 6)
    want = talks.says("r1", "Ben Okar", "demand", "The catch is shared by halves", option="half")
    talks.says("r2", "Ben Okar", "reject", "Nobody may touch equal shares", option="half")
    assert want in at(talks.ledger(), "brenn", "quota").statements


def test_order_is_by_the_day_of_saying_not_of_publication(talks, at) -> None:
    talks.report("r1", 6)
    talks.report("r2", 8)
    now = talks.says("r1", "Ben Okar", "offer", "Brennia would release the detained crew", "crew", said=6)
    talks.says("r2", "Ben Okar", "reject", "Brennia would not release the detained crew", "crew", said=2)
    p = at(talks.ledger(), "brenn", "crew")
    assert (p.act, p.statements) == (Act.OFFER, (now,))


def test_an_unnamed_official_does_not_supersede_a_principal(talks, at) -> None:
    talks.report("r1", 3)
    talks.report("r2", 6)
    flat = talks.says("r1", "Ana Holt", "reject", "We refuse to share the fishing quota", mode="direct")
    soft = talks.says("r2", "an Aldermark official", "accept", "Aldermark could share the fishing quota")
    ledger = talks.ledger()
    p = at(ledger, "alder", "quota")
    assert (p.act, p.statements, p.qualified_by) == (Act.REJECT, (flat,), (soft,))
    assert "an unnamed or lesser voice says otherwise" in p.marks
    assert [t.rule for t in ledger.tensions] == ["tension.two_voices"]


def test_a_position_on_unnamed_officials_only_is_marked(talks, at) -> None:
    talks.report("r1", 3)
    talks.says("r1", "an Aldermark official", "demand", "the quota must grow")
    assert at(talks.ledger(), "alder", "quota").marks == ("no principal, spokesperson or envoy is named",)


def test_a_withdrawn_offer_leaves_no_position(talks, at) -> None:
    talks.report("r1", 3)
    talks.report("r2", 4)
    talks.says("r1", "Siv Lund", "offer", "Brennia offers to release the crew", "crew")
    assert at(talks.ledger(as_of=date(2030, 5, 3)), "brenn", "crew") is not None
    talks.says("r2", "Ben Okar", "announce", "Brennia has withdrawn its offer", "crew")
    assert at(talks.ledger(), "brenn", "crew") is None


def test_withdrawing_boats_takes_back_no_offer(talks, at) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Siv Lund", "offer", "Brennia offers to withdraw its boats", "patrols")
    talks.says("r1", "Siv Lund", "commit", "Brennia will withdraw all heavy boats", "patrols")
    assert len(at(talks.ledger(), "brenn", "patrols").statements) == 2


def test_a_new_number_supersedes_the_old_one(talks, at) -> None:
    talks.report("r1", 3)
    talks.report("r2", 6)
    talks.says("r1", "Ben Okar", "demand", "Brennia wants 60,000 tonnes of herring", numbers=((60000, "tonne"),))
    now = talks.says("r2", "Ben Okar", "demand", "Brennia wants 55,000 tonnes of herring", numbers=((55000, "tonne"),))
    p = at(talks.ledger(), "brenn", "quota")
    assert p.statements == (now,)
    assert [(q.low, q.unit) for q in p.quantities] == [(55000, "tonne")]


def test_two_demands_stand_side_by_side(talks, at) -> None:
    talks.report("r1", 3)
    one = talks.says("r1", "Ben Okar", "demand", "the quota must be reviewed each year")
    two = talks.says("r1", "Ben Okar", "demand", "foreign trawlers must carry observers")
    p = at(talks.ledger(), "brenn", "quota")
    assert set(p.statements) == {one, two}
    assert p.summary == "the quota must be reviewed each year · foreign trawlers must carry observers"


def test_every_piece_of_a_summary_stands_in_a_statement(talks, at) -> None:
    talks.report("r1", 3)
    long = "the quota must be reviewed each year by a board of nine persons " * 5
    talks.says("r1", "Ben Okar", "demand", long.strip())
    p = at(talks.ledger(), "brenn", "quota")
    assert p.summary.endswith("…")
    assert long.startswith(p.summary[:-1])


def test_statements_of_a_superseded_report_do_not_count(talks, at) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ben Okar", "demand", "Brennia wants 66,000 tonnes")
    talks.report("r2", 5, supersedes="r1")
    now = talks.says("r2", "Ben Okar", "demand", "Brennia wants 60,000 tonnes")
    assert at(talks.ledger(), "brenn", "quota").statements == (now,)
    assert at(talks.ledger(as_of=date(2030, 5, 4)), "brenn", "quota").statements == ("r1#1",)


def test_an_unknown_party_or_issue_derives_nothing_and_breaks_nothing(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Nobody", "demand", "something else", "no_such_issue", holder="Nowhere")
    ledger = talks.ledger()
    assert ledger.positions == ()
    assert len(ledger.statements) == 1
