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


def test_neither_side_speaks(reading_of: Callable[[str], Reading]) -> None:
    found = _told(reading_of("Analysts say neither side believes the quota is lost."))
    assert {who for who, _, _ in found} <= {"Analysts", AUTHOR}
