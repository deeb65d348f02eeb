"""Tensions between a word and its answer: a noun that takes it up, a denial, a term that waits for another."""

from __future__ import annotations

import pytest


def test_a_noun_takes_up_what_another_wants(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "demand", "Brennia must pay 90 crowns a year for the weir")
    talks.says("r1", "Ana Holt", "assert", "The weir is ninety years old")
    b = talks.says("r1", "Ben Okar", "reject", "Aldermark's demand was unacceptable", issue="crew")
    assert talks.sides("tension.answered") == [({a}, {b})]


def test_a_noun_with_a_name_means_that_party(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ben Okar", "offer", "Brennia would dredge the outer pier")
    talks.says("r1", "Ida Marr", "offer", "Cordia would lend two barges")
    b = talks.says("r1", "Ana Holt", "reject", "Brennia's offer was out of the question")
    assert ({a}, {b}) in talks.sides("tension.answered")


def test_a_report_of_ones_own_party_is_called_wrong(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "an Aldermark official", "assert", "Aldermark had ordered forty barges")
    b = talks.says("r1", "Ana Holt", "assess", "the report was inaccurate")
    assert talks.sides("tension.answered") == [({a}, {b})]


def test_a_noun_that_nobody_has_spoken_for_answers_nothing(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "assert", "the pike are back")
    talks.says("r1", "Ben Okar", "reject", "the proposal was unacceptable")
    assert talks.sides("tension.answered") == []


def test_a_denial_that_points_back_is_meant_for_the_last_word_only(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ida Marr", "assert", "the ferry had sunk off the weir.")
    a = talks.says("r1", "Ana Holt", "assert", "Brennia had sold the buoys")
    b = talks.says("r1", "Ben Okar", "assert", "denied this", polarity="con")
    assert talks.sides("tension.denied") == [({a}, {b})]


def test_each_waits_for_the_other(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "condition", "would open the locks only after the crew was home")
    b = talks.says("r1", "Ben Okar", "reject", "would free nobody until the locks were open", issue="crew")
    found = talks.sides()
    assert ({a}, {b}) in found or ({b}, {a}) in found


@pytest.mark.parametrize(
    ("act", "one", "answer", "other"),
    [
        ("demand", "the weir should be run by both towns", "assess", "only Brennian wardens would be acceptable"),
        ("demand", "the pier must be repaired at once", "assert", "there was no money for it"),
        ("assert", "the talks are going well", "assert", "they were on the brink of collapse"),
        ("announce", "an accord on buoys had been concluded", "assert", "nothing was final"),
        ("demand", "Brennia should pay into the fund", "commit", "what it paid would remain voluntary"),
    ],
)
def test_what_is_set_beside_a_wish_and_shuts_it_out(talks, act: str, one: str, answer: str, other: str) -> None:
    a, b = talks.side_by_side(act, one, answer, other)
    assert talks.sides() == [({a}, {b})]


@pytest.mark.parametrize(
    ("act", "one", "answer", "other"),
    [
        ("demand", "the weir must be repaired", "accept", "Brennia would agree to that"),
        ("condition", "any pact needed two thirds of the votes", "condition", "a warden would need a mandate by May"),
    ],
)
def test_what_can_stand_together(talks, act: str, one: str, answer: str, other: str) -> None:
    talks.side_by_side(act, one, answer, other)
    assert talks.ledger().tensions == ()


def test_a_second_number_counts_the_same(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "assert", "40 barges had gone", numbers=((40, "barge"),))
    b = talks.says("r1", "Ben Okar", "assert", "put the figure at 25")
    assert talks.sides("tension.counted_again") == [({a}, {b})]


def test_a_refusal_and_its_condition_in_one_breath_are_one_stand(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "reject", "would not open the locks", issue="island")
    talks.says("r1", "Ana Holt", "condition", "the locks open once the crew is home", issue="island", condition="crew")
    assert talks.sides("tension.scope") == []


def test_two_floors_can_both_be_kept(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "at least 40 barges", numbers=((40, "barge"),))
    talks.says("r1", "Ben Okar", "assess", "anything below 30 barges would be unfair", numbers=((30, "barge"),))
    assert talks.ledger().tensions == ()


def test_two_people_of_a_party_whom_the_report_sets_apart(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ben Okar", "demand", "locks and levy go hand in hand")
    talks.texts["r1"] += ". Her envoy appeared to contradict him, saying that"
    b = talks.says("r1", "Siv Lund", "offer", "the levy need not be a precondition")
    assert talks.sides("tension.out_of_step") == [({a}, {b})]
