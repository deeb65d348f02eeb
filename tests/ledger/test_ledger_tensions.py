"""Tensions of each kind, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from comity.ledger import tension_key
from comity.words import AUTHOR, Decision, DecisionKind, Review


def found(ledger, kind: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(t.statements, t.against) for t in ledger.tensions if t.kind.value == kind]


def test_positions_that_exclude_each_other(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "demand", "Aldermark must have half of the herring")
    b = talks.says("r1", "Ben Okar", "reject", "Brennia will not give up half of the herring")
    ledger = talks.ledger()
    assert found(ledger, "position_conflict") == [((a,), (b,))]
    assert ledger.tensions[0].text == (
        "“Aldermark must have half of the herring” (Ana Holt) / "
        "“Brennia will not give up half of the herring” (Ben Okar)"
    )


def test_options_that_differ(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "We want equal shares", option="half")
    talks.says("r1", "Ben Okar", "demand", "A third is all we grant", option="third")
    assert [t.rule for t in talks.ledger().tensions] == ["tension.position"]


def test_two_demands_on_other_things_do_not_conflict(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "catch reports must be published")
    talks.says("r1", "Ben Okar", "demand", "nets must have wider meshes")
    assert talks.ledger().tensions == ()


def test_a_forecast_against_a_demand_is_a_tension_and_no_block(talks, state) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "demand", "half of the herring must be ours")
    b = talks.says("r1", AUTHOR, "reject", "Brennia would never agree", holder="Brennia", certainty="predicted")
    ledger = talks.ledger()
    assert found(ledger, "position_conflict") == [((a,), (b,))]
    assert state(ledger, "quota")[0] == "open"


def test_near_or_far(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "assess", "a deal is near", "prospects", status="close", polarity="pro")
    b = talks.says("r1", AUTHOR, "assess", "huge hurdles remain", "prospects", status="open", polarity="con")
    assert found(talks.ledger(), "assessment_conflict") == [((a,), (b,))]


def test_old_judgements_are_not_compared_with_new_ones(talks) -> None:
    talks.report("r1", 1)
    talks.says("r1", "Ana Holt", "assess", "a deal is near", "prospects", status="close", polarity="pro")
    talks.report("r2", 28)
    talks.says("r2", "Ben Okar", "assess", "we are stuck", "prospects", status="stalled", polarity="con")
    assert talks.ledger().tensions == ()


def test_who_must_move(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 3)
    talks.says("r1", AUTHOR, "assess", "Brennia is unlikely to yield", holder="Brennia", certainty="predicted",
               polarity="con")  # fmt: skip
    talks.says("r2", AUTHOR, "assess", "Aldermark will hardly give ground", holder="Aldermark", certainty="predicted",
               polarity="con")  # fmt: skip
    assert [t.rule for t in talks.ledger().tensions] == ["tension.who_must_move"]


def test_said_not_to_move_against_moves(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 3)
    a = talks.says("r1", AUTHOR, "assess", "Holt won't budge at all", "prospects", holder="Aldermark",
                   status="stalled", certainty="opinion", polarity="con")  # fmt: skip
    b = talks.says("r2", "Ana Holt", "offer", "Aldermark would share the catch if asked", "quota", "if asked")
    assert found(talks.ledger(), "source_conflict") == [((a,), (b,))]


def test_promised_for_another(talks) -> None:
    talks.report("r1", 3)
    b = talks.says("r1", "Ana Holt", "assert", "Brennia will pay for the nets", polarity="pro", status="claimed_agreed")
    a = talks.says("r1", AUTHOR, "assess", "The Brennians probably do not want to pay", holder="Brennia",
                   certainty="speculative", polarity="con")  # fmt: skip
    assert found(talks.ledger(), "source_conflict") == [((a,), (b,))]


def test_two_reports_tell_one_stand_two_ways(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 3)
    a = talks.says("r1", AUTHOR, "accept", "Brennia has accepted joint patrols", "patrols", holder="Brennia",
                   mode="reported_stance")  # fmt: skip
    b = talks.says("r2", "Ben Okar", "reject", "Brennia refuses joint patrols", "patrols")
    assert ((a,), (b,)) in found(talks.ledger(), "source_conflict")


def test_numbers_that_differ_by_source(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 3)
    talks.says("r1", "Siv Lund", "demand", "Brennia seeks 66,000 tonnes of herring", numbers=((66000, "tonne"),))
    talks.says("r2", "Ben Okar", "demand", "Brennia seeks 60,000 tonnes of herring", numbers=((60000, "tonne"),))
    assert [t.rule for t in talks.ledger().tensions] == ["tension.numbers"]


def test_flat_here_and_bounded_there(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "reject", "We will not cede any of the island", "island", absolute=True)
    b = talks.says("r1", "Ana Holt", "condition", "if land is ceded, voters decide", "crew", "if land is ceded",
                   also_issues=("island",))  # fmt: skip
    assert found(talks.ledger(), "scope_conflict") == [((a,), (b,))]


def test_open_here_and_settled_there(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ida Marr", "assess", "enforcement is still open", status="open")
    b = talks.says("r1", "Ana Holt", "assert", "any breach will be punished", status="claimed_agreed", polarity="pro")
    assert found(talks.ledger(), "status_conflict") == [((a,), (b,))]


def test_settled_later_is_a_change_not_a_tension(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 6)
    talks.says("r1", "Ida Marr", "assess", "enforcement is still open", status="open")
    talks.says("r2", "Ana Holt", "announce", "enforcement is agreed", status="agreed", said=6)
    assert found(talks.ledger(), "status_conflict") == []


def test_tracks_against_direct_talks(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 3)
    talks.says("r1", "Ana Holt", "assert", "Aldermark is negotiating with Cordia", "process")
    talks.says("r1", "Ben Okar", "assert", "Brennia has been in contact with Cordia", "process")
    b = talks.says("r2", AUTHOR, "assert", "Envoys of Aldermark and Brennia engaged directly", "process")
    assert [against for _, against in found(talks.ledger(), "format_conflict")] == [(b,)]


def test_required_and_doubted(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "condition", "this must be decided by referendum", "island")
    b = talks.says("r1", AUTHOR, "assess", "it is hard to see how a referendum could be held", "island",
                   certainty="opinion", polarity="con")  # fmt: skip
    assert found(talks.ledger(), "feasibility") == [((a,), (b,))]


def test_one_speaker_at_the_limit_and_moving_on(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ida Marr", "assess", "We have gone as far as we can", "prospects", status="near_limit")
    b = talks.says("r1", "Ida Marr", "assess", "We are making progress", "prospects", status="progress", polarity="pro")
    assert found(talks.ledger(), "internal_ambiguity") == [((a,), (b,))]


def test_a_gate_is_passed_and_its_condition_denied(talks) -> None:
    talks.report("r1", 3)
    gate = talks.says("r1", "Ben Okar", "condition", "we would only meet Holt if a deal was close", "process",
                      "if a deal was close")  # fmt: skip
    set_ = talks.says("r1", "Ana Holt", "announce", "We will meet Brennia on Sunday", "process", status="scheduled")
    still = talks.says("r1", AUTHOR, "assess", "There is no change", "prospects", status="stalled")
    assert found(talks.ledger(), "inference") == [((gate, set_), (still,))]


@pytest.mark.parametrize(("verdict", "kept"), [("real", 1), ("explained", 0), ("double", 0)])
def test_a_person_judges_a_tension(talks, verdict: str, kept: int) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "Aldermark must have half of the herring")
    talks.says("r1", "Ben Okar", "reject", "Brennia will not give up half of the herring")
    before = talks.ledger()
    key = tension_key(before, before.tensions[0])
    decision = Decision("d1", "p", datetime(2030, 6, 1, tzinfo=UTC), DecisionKind.TENSION, key, value=verdict)
    after = talks.ledger(decisions=[decision])
    assert len(after.tensions) == kept
    assert all(t.review is Review.ACCEPTED for t in after.tensions)


def test_relations_are_not_contradictions(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 3)
    a = talks.says("r1", AUTHOR, "reject", "Aldermark will not cede the island", "island", holder="Aldermark",
                   mode="reported_stance")  # fmt: skip
    b = talks.says("r2", "Ana Holt", "reject", "The island is not for sale", "island")
    c = talks.says("r1", "Ben Okar", "announce", "We agreed to continue the dialogue", "process", status="agreed")
    d = talks.says("r2", "Siv Lund", "assert", "We have read the mediator's paper", "process")
    ledger = talks.ledger()
    kinds = {(r.kind.value, r.statements) for r in ledger.relations}
    assert ("corroboration", (a, b)) in kinds
    assert not any(c in r.statements and d in r.statements for r in ledger.relations)
    assert ledger.tensions == ()


def test_one_speaker_on_one_day_in_two_papers(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 3)
    a = talks.says("r1", "Ben Okar", "assert", "the contacts with Cordia go on", "process", said=3)
    b = talks.says("r2", "Ben Okar", "assert", "Brennia has studied the draft text", "process", said=3)
    kinds = [(r.kind.value, r.statements) for r in talks.ledger().relations]
    assert kinds == [("same_day_same_speaker", (a, b))]
