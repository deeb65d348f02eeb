"""Whether a clause judges, and what a clause does, by short sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.words import Act, Mode, Reading, Statement

JUDGES = [
    "there is a shortage of good will",
    "the plan ignores the needs of the islanders",
    "the last round was useful",
    "the two sides were far apart",
    "the vote would be a farce",
    "anything less would empty the villages",
    "she was puzzled by the remarks",
    "that is like holding a door in a burning house",
    "the clause poses a serious danger",
    "there was no agreement on the harbour",
]
TELLS = [
    "the difficult talks began on Monday",
    "four soldiers crossed the important bridge",
    "the envoy had been to Odrin four times",
    "the draft reflected what the negotiators had asked for",
    "they came back with three new demands",
]
ACTS = [
    ("Ada Holt said she would need permission from the council.", "permission", Act.ASSERT),
    ("The company says it will start planting trees in October.", "planting", Act.COMMIT),
    ("The minister said the government would study the offer.", "study", Act.COMMIT),
    ("Tom Arden says his president would sign if the clause on pilots went.", "would sign", Act.OFFER),
    ("She wants the rolls revised first.", "revised", Act.DEMAND),
    ("The Hill Party wants the rolls revised first.", "revised", Act.DEMAND),
]


def saying(reading: Reading, words: str) -> Statement:
    """The statement that has `words`."""
    found = [s for s in reading.statements if words in s.passage.quote]
    assert found, [s.passage.quote for s in reading.statements]
    return found[0]


@pytest.mark.parametrize("clause", JUDGES)
def test_what_the_predicate_says_is_a_judgement(clause: str, reading_of: Callable[[str], Reading]) -> None:
    assert saying(reading_of(f"Ada Holt said {clause}."), clause).act is Act.ASSESS


@pytest.mark.parametrize("clause", TELLS)
def test_a_judging_word_elsewhere_is_none(clause: str, reading_of: Callable[[str], Reading]) -> None:
    assert saying(reading_of(f"Ada Holt said {clause}."), clause).act is Act.ASSERT


@pytest.mark.parametrize(("text", "words", "act"), ACTS)
def test_acts(text: str, words: str, act: Act, reading_of: Callable[[str], Reading]) -> None:
    assert saying(reading_of(text), words).act is act


def test_nothing_said_is_silence(reading_of: Callable[[str], Reading]) -> None:
    (said,) = reading_of("Tom Greer said nothing to reporters as he went in.").statements
    assert (said.act, said.mode, said.speaker) == (Act.DECLINE_TO_SAY, Mode.AUTHOR, "author")


def test_what_an_official_claims_for_both_sides_is_the_officials(reading_of: Callable[[str], Reading]) -> None:
    said = saying(reading_of("A senior official said the two sides had agreed on joint patrols."), "joint patrols")
    assert said.speaker == "senior official"
