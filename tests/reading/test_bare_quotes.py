"""Words told without a plain cue: quotations that stand alone, names and colons, nouns of saying."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.words import AUTHOR, Mode, Reading

CASES = [
    ("Ines Marrow was in no mood to compromise. “We will not raise wages.”", "Ines Marrow", "We will not raise wages."),
    ("Marrow again: “Nobody will raise wages.”", "Ines Marrow", "Nobody will raise wages."),
    ("Marrow is blunt: wages must fall.", "Ines Marrow", "wages must fall"),
    ("Marrow’s answer was that wages must fall.", "Ines Marrow", "wages must fall"),
    ("The message from Bresca is that the quota will stay.", "Bresca", "the quota will stay"),
    ("In the words of Ines Marrow, the quota is “a joke”.", "Ines Marrow", "the quota is “a joke”"),
    ("It is a quota that Ines Marrow described on Friday as “a joke in a hat”.", "Ines Marrow", "a joke in a hat"),
    ("Marrow spoke on Friday. Her government says that the quota is too low.", "Aldermark", "the quota is too low"),
    (
        "From the joint statement issued on Friday:\n\n“We have agreed on wages.”",
        "joint statement",
        "We have agreed on",
    ),
]


@pytest.mark.parametrize(("text", "speaker", "words"), CASES, ids=lambda c: str(c)[:50])
def test_whose_words_they_are(text: str, speaker: str, words: str, reading_of: Callable[[str], Reading]) -> None:
    told = [(s.speaker, s.passage.quote) for s in reading_of(text).statements if s.mode is not Mode.AUTHOR]
    assert any(who == speaker and words in quote for who, quote in told), told


def test_a_quotation_after_a_sentence_about_a_thing_is_nobodys(reading_of: Callable[[str], Reading]) -> None:
    text = "The treaty of the fishing fleet, signed in 1962, was clear. “The quota shall be shared.”"
    assert {s.speaker for s in reading_of(text).statements} <= {AUTHOR}
