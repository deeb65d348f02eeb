"""Tensions between voices that share few words, denials, and judgements by their words."""

from __future__ import annotations


def test_a_demand_and_a_refusal_in_other_words_stand_apart(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "demand", "we expect something written in return")
    b = talks.says("r1", "Ben Okar", "reject", "a monthly duty is ruled out")
    assert talks.sides("tension.stands_apart") == [({a}, {b})]


def test_what_has_been_accepted_since_stands_apart_no_more(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 5)
    talks.says("r1", "Ana Holt", "demand", "we expect something written in return")
    talks.says("r1", "Ben Okar", "reject", "a monthly duty is ruled out")
    talks.says("r2", "Ben Okar", "accept", "so be it")
    assert "tension.stands_apart" not in talks.rules()


def test_two_demands_that_share_a_word_and_no_number_are_two_wishes(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "catch reports must be published")
    talks.says("r1", "Ben Okar", "demand", "nets must have wider meshes")
    assert talks.ledger().tensions == ()


def test_a_league_against_what_a_party_offers(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "the Netmakers' League", "reject", "no share below two thirds of the cod will do")
    b = talks.says("r1", "Ben Okar", "offer", "Aldermark could have half of the cod")
    assert talks.sides("tension.outside_voice") == [({a}, {b})]


def test_a_claim_denied_close_by(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "assert", "the neighbours took the draft home to sign")
    b = talks.says("r1", "Ben Okar", "assert", "there is no such understanding")
    assert talks.sides("tension.denied") == [({a}, {b})]


def test_what_one_says_of_himself_twice_is_no_denial(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ben Okar", "assert", "the neighbours took the draft home to sign")
    talks.says("r1", "Ben Okar", "assert", "there is no such understanding")
    assert "tension.denied" not in talks.rules()


def test_a_refusal_with_a_door(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ben Okar", "reject", "a monthly duty is ruled out")
    b = talks.says("r1", "Ben Okar", "offer", "an average over the season could be discussed")
    assert talks.sides("tension.door_left_open") == [({a}, {b})]


def test_an_acceptance_with_strings(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 5)
    a = talks.says("r1", "Ben Okar", "accept", "we have swallowed five years")
    b = talks.says("r2", "Ben Okar", "condition", "it lapses if the other clause is refused")
    assert talks.sides("tension.strings") == [({a}, {b})]


def test_judgements_by_their_words(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Siv Lund", "assert", "the gap is bridgeable", "prospects")
    b = talks.says("r1", "Ben Okar", "assert", "the two are still divided", "prospects")
    assert talks.sides("tension.near_or_far") == [({a}, {b})]


def test_an_offer_turned_down_in_words_of_judgement(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "offer", "we could reopen the ferry")
    b = talks.says("r1", "Ben Okar", "assess", "it was premature")
    assert talks.sides("tension.stands_apart") == [({a}, {b})]


def test_one_matter_told_in_two_ways_close_by(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "assert", "snipers sat in the old tower")
    b = talks.says("r1", "Ben Okar", "assert", "the men in the tower were watching birds")
    assert talks.sides("tension.told_otherwise") == [({a}, {b})]


def test_against_anything_without_it_is_for_it(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "the Netmakers' League", "reject", "will vote against any text that does not name the cod")
    b = talks.says("r1", "Ben Okar", "reject", "the cod will never be named")
    assert talks.sides("tension.outside_voice") == [({a}, {b})]


def test_a_refusal_to_budge_and_a_condition_are_one_stand(talks) -> None:
    talks.report("r1", 3)
    quote = "without quotas there is no treaty"
    talks.says("r1", "Ben Okar", "reject", "we will not budge on quotas")
    talks.says("r1", "Ben Okar", "condition", quote, condition="without quotas")
    assert "tension.scope" not in talks.rules()
