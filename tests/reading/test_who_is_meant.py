"""Whose words sentences are that begin with "both", "they", "the two countries", and whose they are not."""

from __future__ import annotations

from collections.abc import Callable

from comity.words import AUTHOR, Reading


def _told(reading: Reading) -> list[tuple[str, str | None, str]]:
    return [(s.speaker, s.holder, s.passage.quote) for s in reading.statements]


def test_both_of_two_named_before_say_it(reading_of: Callable[[str], Reading]) -> None:
    found = _told(reading_of("Aldermark and Bresca met on Monday. Both said the quota must be shared."))
    assert {who for who, _, words in found if words == "the quota must be shared"} == {"Aldermark", "Bresca"}


def test_what_two_do_not_say_is_held_by_neither_alone(reading_of: Callable[[str], Reading]) -> None:
    found = _told(reading_of("Aldermark and Bresca met on the quota. They did not comment on the quota."))
    assert [holder for _, holder, words in found if "comment" in words] == [None]


def test_what_two_say_of_themselves_is_held_by_each(reading_of: Callable[[str], Reading]) -> None:
    text = "Bresca is angry. Bresca has waited, Brescan envoys say.\n\n"
    text += "Aldermark and Bresca said they wanted the quota shared."
    found = [(who, holder) for who, holder, words in _told(reading_of(text)) if words.startswith("they")]
    assert sorted(found) == [("Aldermark", "Aldermark"), ("Bresca", "Bresca")]


def test_plans_and_what_is_done_to_a_party_are_nobodys_stand(reading_of: Callable[[str], Reading]) -> None:
    for text in (
        "Ines Marrow is expected to meet the dockers on the quota.",
        "Bresca was not invited to the quota talks.",
    ):
        assert [holder for _, holder, _ in _told(reading_of(text))] == [None], text


def test_they_in_a_quotation_are_told_of_by_its_speaker(reading_of: Callable[[str], Reading]) -> None:
    found = _told(reading_of("“They can call the quota a gift,” Ines Marrow said after Bresca left."))
    assert {who for who, _, _ in found} == {"Ines Marrow"}


def test_one_of_them_is_of_those_named_before(reading_of: Callable[[str], Reading]) -> None:
    found = _told(reading_of("Brescan diplomats met on Friday. One of them said the quota was lost."))
    assert [holder for who, holder, words in found if words == "the quota was lost"] == ["Bresca"]


def test_neither_side_speaks(reading_of: Callable[[str], Reading]) -> None:
    found = _told(reading_of("Analysts say neither side believes the quota is lost."))
    assert {who for who, _, _ in found} <= {"Analysts", AUTHOR}
