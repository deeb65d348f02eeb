"""Who says what in minutes of meetings: rows of verbs and of names that parsers lose."""

from __future__ import annotations

import pytest

from comity.reading import read
from comity.words import Document, Mode


def told(text: str) -> set[tuple[str, str]]:
    """Source and cue of every statement that is somebody's."""
    found = read(Document(id="m", text=text)).statements
    return {
        (text[slice(*s.source[0])].removeprefix("The ").removeprefix("the "), text[slice(*s.cue[0])])
        for s in found
        if s.mode is not Mode.AUTHOR and s.source and s.cue
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "LUMOVIA stressed the importance of options for the treatment of  data and  encouraged transparency of "
            "harbour records.",
            {("LUMOVIA", "stressed"), ("LUMOVIA", "encouraged")},
        ),
        (
            "SELLAND supported the second option, with ARN suggesting some amendments to it.",
            {("SELLAND", "supported"), ("ARN", "suggesting")},
        ),
        (
            "LUMOVIA, the ISLANDS and ARN, emphasized the importance of an exchange of letters.",
            {("LUMOVIA", "emphasized"), ("ISLANDS", "emphasized"), ("ARN", "emphasized")},
        ),
        (
            "With LUMOVIA and ARN, SELLAND emphasized the role of local councils.",
            {("SELLAND", "emphasized"), ("LUMOVIA", "emphasized"), ("ARN", "emphasized")},
        ),
        ("OTHER MATTERS: Review of fees: SELLAND called for a contact group.", {("SELLAND", "called for")}),
        ("SELLAND opposed, preferring the older draft text.", {("SELLAND", "opposed"), ("SELLAND", "preferring")}),
        (
            "Ada Holt, Harbour Board of Arn, noted the cost of dredging, and called for a study.",
            {("Ada Holt, Harbour Board of Arn", "noted"), ("Ada Holt, Harbour Board of Arn", "called for")},
        ),
    ],
)
def test_everybody_who_takes_a_stand_is_told(text: str, found: set[tuple[str, str]]) -> None:
    assert told(text) == found


def test_a_title_is_no_second_speaker() -> None:
    sources = {who for who, _ in told("Ada Holt, Minister of Works and Transport, said the pier would be closed.")}
    assert len(sources) == 1


def test_spaces_between_words_change_nothing() -> None:
    text = "LUMOVIA noted the fee, supported by SELLAND, and underscored long-term liability."
    spaced = text.replace(" and ", "  and ").replace(" the ", "   the ")
    assert told(spaced) == told(text)
    for s in read(Document(id="m", text=spaced)).statements:
        assert spaced[s.passage.start : s.passage.end] == s.passage.quote


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Several parties, including LUMOVIA and ARN, called for steps against delay.",
            {("LUMOVIA", "called for"), ("ARN", "called for")},
        ),
        (
            "Following requests by NORWAY, CHILE and the EU, consultations were held on the agenda.",
            {("NORWAY", "requests"), ("CHILE", "requests"), ("EU", "requests")},
        ),
        (
            "SELLAND acknowledged the cost of dredging but, stressing the need for speed, disagreed with the new text.",
            {("SELLAND", "acknowledged"), ("SELLAND", "stressing"), ("SELLAND", "disagreed with")},
        ),
        ("SELLAND asked whether the fund was open.", {("SELLAND", "asked")}),
    ],
)
def test_who_is_named_is_told_one_by_one(text: str, found: set[tuple[str, str]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "LUMOVIA: Ada Holt, Minister for the Environment, Sport and Harbours, called for a new mandate.",
            {("Ada Holt", "called for")},
        ),
        (
            "While Norway sought a decision, the EU preferred CHILE conclusions.",
            {("Norway", "sought"), ("EU", "preferred")},
        ),
        ("The EU suggested adding text to stress that testing is required.", {("EU", "suggested")}),
    ],
)
def test_offices_and_second_speakers(text: str, found: set[tuple[str, str]]) -> None:
    assert {(who.split(",")[0], cue) for who, cue in told(text)} == found
