"""Tensions between voices that a report sets next to each other, and between people of one party."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("act", "one", "answer", "other"),
    [
        ("assess", "the weir was lawful", "assess", "the weir was unlawful"),
        ("assert", "two boats crossed the weir", "assert", "no boat came near the weir"),
        ("demand", "the gate should open in March", "demand", "the gate should open in October"),
        ("demand", "the reeds must be cut", "assess", "called the idea a gift to poachers"),
        ("assess", "a pact was within reach", "assess", "the pact was stuck"),
        ("condition", "no pact without the buoys", "decline_to_say", "would not discuss the buoys"),
    ],
)
def test_two_voices_side_by_side(talks, act: str, one: str, answer: str, other: str) -> None:
    a, b = talks.side_by_side(act, one, answer, other)
    assert talks.sides() == [({a}, {b})]


@pytest.mark.parametrize(
    ("act", "one", "answer", "other"),
    [
        ("assess", "the weir was useful", "assess", "Ben Okar agreed that the weir was no waste"),
        ("demand", "the reeds must be cut", "offer", "Brennia would cut the reeds"),
        ("reject", "will not raise the levy", "demand", "asked for a lower levy"),
        ("demand", "catch reports must be published", "demand", "nets must have wider meshes"),
        ("assert", "the buoys were painted", "assert", "the pike are back"),
    ],
)
def test_what_agrees_or_speaks_of_something_else_is_no_tension(talks, act, one, answer, other) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", act, one)
    talks.says("r1", "Ben Okar", answer, other)
    assert talks.ledger().tensions == ()


def test_each_party_its_own_stand(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "demand", "Aldermark wants the bay until autumn", "island")
    b = talks.says(
        "r1", "author", "assert", "Brennia regards the bay as its own", "island", holder="Brennia", fact=True
    )
    assert talks.sides("tension.set_against") == [({a}, {b})]


def test_what_the_record_tells(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "assert", "no warden stands at the weir")
    b = talks.says("r1", "author", "assert", "The document names nine wardens at the weir", fact=True)
    assert talks.sides("tension.set_against") == [({a}, {b})]


def test_one_place_does_not_name_again_what_is_named_more_widely(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 4)
    talks.says("r1", "Ana Holt", "demand", "the reeds must be cut")
    talks.says("r1", "Ben Okar", "reject", "the reeds will not be cut")
    talks.says("r2", "Ana Holt", "demand", "the reeds must be cut to the ground")
    talks.says("r2", "Ben Okar", "assess", "called the idea vandalism")
    assert "tension.set_against" not in [t.rule for t in talks.ledger().tensions]


def test_two_people_of_one_party_out_of_step(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Siv Lund", "reject", "Brennia will never pay the levy")
    b = talks.says("r1", "Ben Okar", "assert", "the levy payments would begin in spring")
    assert talks.sides("tension.out_of_step") == [({a}, {b})]


def test_a_remark_dismissed_at_home(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Siv Lund", "accept", "Brennia could live with the levy")
    b = talks.says("r1", "Ben Okar", "assess", "dismissed the remark as private")
    assert talks.sides("tension.out_of_step") == [({a}, {b})]


def test_settled_and_open_by_words(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 3)
    a = talks.says("r1", "Ana Holt", "announce", "the levy was agreed last night")
    b = talks.says("r2", "Ben Okar", "assert", "nothing has been agreed on the levy")
    assert talks.sides("tension.open_or_settled") == [({b}, {a})]


def test_what_one_asks_and_the_other_gives_in_numbers(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "demand", "a bond of 90 crowns", "island", numbers=((90, "crown"),))
    b = talks.says("r1", "Ben Okar", "offer", "ready to pay 40 crowns", "crew", numbers=((40, "crown"),))
    assert talks.sides("tension.set_against") == [({a}, {b})]
