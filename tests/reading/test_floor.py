"""Records of meetings: each who takes the floor tells all that follows to the next speaker, whatever the parse says."""

from __future__ import annotations

import pytest

from comity.reading import read
from comity.words import Document, Mode


def told(text: str) -> set[tuple[str, str]]:
    """Who is told to have said something, and by which words."""
    statements = read(Document(id="r", text=text)).statements
    return {
        (text[slice(*s.source[0])], text[slice(*s.cue[0])])
        for s in statements
        if s.mode is not Mode.AUTHOR and s.source and s.cue
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "NORWAY and PERU called for language that is consistent with the treaty, CHILE stressed the need not to"
            " weaken it, and EGYPT said its integrity must be maintained.",
            {("NORWAY and PERU", "called for"), ("PERU", "called for"), ("CHILE", "stressed"), ("EGYPT", "said")},
        ),
        (
            "Norway stressed the need to extend the mandate and Malawi called for abolishing the requirement.",
            {("Norway", "stressed"), ("Malawi", "called for")},
        ),
        (
            "Norway highlighted the need to move forward quickly and supported allowing the Chair to write a new text.",
            {("Norway", "highlighted"), ("Norway", "supported")},
        ),
        (
            "Norway, for the Nordic group, supported including an item on funding, noted the usefulness of the"
            " workshops, and called for guidelines.",
            {("Norway", "supported"), ("Norway", "noted"), ("Norway", "called for")},
        ),
        ("Norway, for the Nordic group, called for a group to address finance.", {("Norway", "called for")}),
        ("NORWAY disagreed, noting that the dates could be changed.", {("NORWAY", "disagreed"), ("NORWAY", "noting")}),
        ("Noting the cost of delay, NORWAY said the text was ready.", {("NORWAY", "Noting"), ("NORWAY", "said")}),
        (
            "In the conclusions, the BOARD, inter alia: recognizes the input; requests the secretariat to hold a"
            " workshop; and encourages parties to support research.",
            {("the BOARD", "recognizes"), ("the BOARD", "requests"), ("the BOARD", "encourages")},
        ),
        (
            "NORWAY noted the impact of a storm that cost many lives and called for a firm commitment.",
            {("NORWAY", "noted"), ("NORWAY", "called for")},
        ),
        ("NORWAY and PERU opposed it, with PERU adding that it was late.", {("NORWAY and PERU", "opposed")}),
        ("With PERU, she opposed the new text.", {("she", "opposed"), ("PERU", "opposed")}),
        ("Norway and Peru were of the view that the brackets should go.", {("Norway and Peru", "were of the view")}),
        ("Norway proposed, and Peru agreed, to add a reference to soil.", {("Norway", "proposed"), ("Peru", "agreed")}),
        ("Norway requested that each reference specify which parties are meant.", {("Norway", "requested")}),
        (
            "Norway, QUENTAR and others expressed reservations about the date.",
            {("Norway", "expressed"), ("QUENTAR", "expressed")},
        ),
    ],
)
def test_the_floor(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= told(text)


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("The envoy said the islands that Norway claims remain the hardest question.", "Norway"),
        ("The envoy posted a note on the door.", "The envoy"),
        ("Norway said parties should act according to their needs and abilities.", "their needs and abilities"),
        ("Norway requested that each party specify which sites it means.", "each party"),
    ],
)
def test_nobody_takes_the_floor(text: str, nobody: str) -> None:
    assert nobody not in {source for source, _ in told(text)}


def test_concern_is_expressed_once() -> None:
    found = [cue for _, cue in told("Norway expressed concern that the fund would be late.")]
    assert found == ["expressed concern"]


def test_a_speaker_without_a_list_is_named_alone() -> None:
    statements = read(Document(id="r", text="QUENTAR and NORWAY stressed that the trade should go on.")).statements
    assert {s.speaker for s in statements} == {"QUENTAR", "Norway"}


def test_a_state_whose_name_has_an_and_in_it_is_one_speaker_in_capitals_too() -> None:
    text = "Delegates met.\n\nANTIGUA and BARBUDA opposed it. NORWAY, TRINIDAD and TOBAGO, and PERU supported it."
    speakers = {s.holder for s in read(Document(id="d", text=text)).statements if s.mode.value != "author"}
    assert "Antigua and Barbuda" in speakers
    assert not speakers & {"ANTIGUA", "BARBUDA", "TOBAGO"}
