"""Tensions between limits, versions, dates and what one party says of one thing in two tones."""

from __future__ import annotations


def test_a_number_beyond_a_ceiling(talks) -> None:
    talks.report("r1", 3)
    a = talks.says(
        "r1", "the Netmakers' League", "reject", "is against any share above 300 boats", numbers=((300, "boat"),)
    )
    b = talks.says("r1", "Ana Holt", "demand", "Aldermark needs 400 boats", numbers=((400, "boat"),))
    assert talks.sides("tension.beyond_the_limit") == [({b}, {a})]


def test_a_number_within_a_ceiling_is_no_tension(talks) -> None:
    talks.report("r1", 3)
    talks.says(
        "r1", "the Netmakers' League", "reject", "is against any share above 300 boats", numbers=((300, "boat"),)
    )
    talks.says("r1", "Ana Holt", "offer", "Aldermark offers 250 boats", numbers=((250, "boat"),))
    assert talks.ledger().tensions == ()


def test_a_floor_and_a_ceiling_without_figures(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "assess", "anything below a full season would be a farce")
    b = talks.says("r1", "Ben Okar", "assert", "the lake can bear half of it at most")
    assert talks.sides("tension.beyond_the_limit") == [({a}, {b})]


def test_a_day_that_holds_only_if_something_comes_first(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "commit", "our trawlers sail home on Friday")
    b = talks.says("r1", "Ben Okar", "assess", "the trawlers leave as soon as the buoys are laid")
    assert talks.sides("tension.date_or_condition") == [({a}, {b})]


def test_two_counts_of_one_thing(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 4)
    a = talks.says("r1", "Ana Holt", "assert", "40 nets were cut at the weir", numbers=((40, "net"),))
    b = talks.says("r2", "Ben Okar", "assert", "15 nets were cut at the weir", numbers=((15, "net"),))
    assert talks.sides("tension.figures_told") == [({a}, {b})]


def test_what_two_ask_is_no_count(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "40 nets at the weir", numbers=((40, "net"),))
    talks.says("r1", "Ben Okar", "assert", "15 nets at the weir", numbers=((15, "net"),))
    assert "tension.figures_told" not in talks.rules()


def test_it_was_the_other_who_left(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 4)
    a = talks.says("r1", "Ana Holt", "assert", "Brennia left the hall at noon")
    b = talks.says("r2", "Ben Okar", "assert", "it was Aldermark that left the hall first")
    assert talks.sides("tension.who_did_it") == [({a}, {b})]


def test_the_report_says_that_voices_differ(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "author", "assert", "Biologists are divided over the spawning.", issue=None)
    a = talks.says("r1", "Nils Egge", "assess", "the pike hide in the reeds.")
    b = talks.says("r1", "Ada Voss", "assess", "they starve.")
    assert talks.sides("tension.said_to_differ") == [({a}, {b})]


def test_each_says_that_it_was_the_other(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 4)
    a = talks.says("r1", "Ana Holt", "assert", "Brennia rammed the buoy")
    b = talks.says("r2", "Ben Okar", "assert", "the Aldermarkers rammed the buoy")
    assert talks.sides("tension.each_says_the_other") == [({a}, {b})]


def test_a_date_that_cannot_be_kept(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ida Marr", "announce", "the count of the boats is due by 1 June")
    b = talks.says("r1", "the harbour office", "assert", "a count needs at least 60 days")
    assert talks.sides("tension.deadline") == [({a}, {b})]


def test_what_is_asked_has_a_second_best(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ben Okar", "demand", "all boats leave on one tide")
    b = talks.says("r1", "Ben Okar", "offer", "a compromise over two tides is not excluded")
    assert talks.sides("tension.door_left_open") == [({a}, {b})]


def test_out_of_the_question_and_yet_studied(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ben Okar", "assert", "the northern bay is not on the menu")
    b = talks.says("r1", "Siv Lund", "assert", "Brennia is examining ways to share the northern bay", said=4)
    assert talks.sides("tension.door_left_open") == [({a}, {b})]


def test_what_an_offer_depends_on_is_asked_of_another_issue(talks) -> None:
    talks.report("r1", 3)
    tie = "if Brennia takes its patrols off the bay"
    a = talks.says(
        "r1", "Ana Holt", "offer", f"Aldermark would free the bay {tie}", condition=tie, also_issues=("patrols",)
    )
    b = talks.says("r1", "Ben Okar", "reject", "the patrols stay", issue="patrols")
    assert talks.sides("tension.stands_apart") == [({a}, {b})]


def test_there_would_be_no_such_thing_is_a_refusal(talks) -> None:
    talks.report("r1", 3)
    a = talks.says("r1", "Ana Holt", "demand", "Aldermark wants a pardon for the poachers", "crew")
    b = talks.says("r1", "Ben Okar", "assert", "there would be no pardon for anybody", "crew")
    assert talks.sides("tension.stands_apart") == [({a}, {b})]


def test_what_a_speaker_says_of_his_own_words_denies_nobody(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "assert", "the pike are back in the bay")
    talks.says("r1", "Ben Okar", "assert", "two delegations read the same gauge")
    talks.says("r1", "Ben Okar", "assert", "that was not true in winter")
    assert "tension.denied" not in talks.rules()


def test_a_party_that_settles_for_another_number_corrects_nobody(talks) -> None:
    talks.report("r1", 3)
    talks.report("r2", 5)
    talks.says("r1", "Ida Marr", "assert", "Brennia counts on 18 months", numbers=((18, "month"),))
    talks.says(
        "r2",
        "Ben Okar",
        "offer",
        "we settle for 16 months instead of 18 months",
        numbers=((16, "month"), (18, "month")),
    )
    assert "tension.number_corrected" not in talks.rules()
