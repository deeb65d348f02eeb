"""Words that go on in a new paragraph, and texts whose every word is their author's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.words import Mode, Reading

NEW_PARAGRAPHS = [
    "“We will not sign,” Ada Holt told reporters on Tuesday.\n\n“The island is ours.”\n\nThe envoys left at noon.",
    "“We will not sign,” Ada Holt said. “We shall defend it.\n\n“The island is ours.”\n\nThe envoys left at noon.",
    "Ada Holt, the foreign minister, rejected the plan.\n\n“The island is ours.”\n\nThe envoys left at noon.",
]
COMMUNIQUE = """COMMUNIQUÉ OF THE GOVERNMENT OF THE REPUBLIC OF MARENNA

Sollet, 12 June 2034

The Government of the Republic of Marenna has taken note of yesterday's letter. The Government regrets its tone.

The Government reaffirms that the railway belongs to Marenna. No soldier has left its territory.

The Government will lift the restrictions on lorries.
"""


@pytest.mark.parametrize("text", NEW_PARAGRAPHS)
def test_a_quotation_alone_stays_with_whoever_spoke(text: str, reading_of: Callable[[str], Reading]) -> None:
    (said,) = [s for s in reading_of(text).statements if "The island is ours" in s.passage.quote]
    assert (said.speaker, said.mode) == ("Ada Holt", Mode.DIRECT)


def test_another_speaker_in_the_paragraph_has_the_words(reading_of: Callable[[str], Reading]) -> None:
    text = "“We are close,” Tom Arden said.\n\n“It is a first step,” the mayor of Lund, Eva Brack, said afterwards."
    (said,) = [s for s in reading_of(text).statements if "first step" in s.passage.quote]
    assert said.speaker == "Eva Brack"


def test_a_communique_in_the_third_person_is_its_authors(reading_of: Callable[[str], Reading]) -> None:
    statements = reading_of(COMMUNIQUE).statements
    assert {s.speaker for s in statements} == {"Marenna"}, [s.speaker for s in statements]
    assert {s.mode for s in statements} == {Mode.DIRECT}


def test_the_office_with_its_state_has_a_statement_by_it(reading_of: Callable[[str], Reading]) -> None:
    text = (
        "Statement by the Chairman of the Supreme Council of Tavria on the negotiations in Lenz\n\n"
        "Dear compatriots! I have to tell you what we agreed. We are ready to meet. Our envoys will go.\n"
    )
    assert {s.speaker for s in reading_of(text).statements} == {"Chairman of the Supreme Council of Tavria"}
    assert not any("compatriots" in s.passage.quote for s in reading_of(text).statements)


def test_whoever_mostly_asks_says_nothing(reading_of: Callable[[str], Reading]) -> None:
    turns = "WEEKLY LEDGER: Why did you go?\n\nHARDEN: The cabinet failed us.\n\nWEEKLY LEDGER: Was there a deal?\n\n"
    text = turns + "HARDEN: We had a text.\n\nWEEKLY LEDGER: They left in May.\n\nHARDEN: They left in June.\n"
    assert {s.speaker for s in reading_of(text).statements} == {"Harden"}
