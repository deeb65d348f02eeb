"""Those who speak together, and those for and against, each have their stand."""

from __future__ import annotations

from collections.abc import Callable

from comity.words import Reading


def stands(reading: Reading) -> dict[str | None, tuple[str, str]]:
    return {s.holder: (s.speaker, s.act.value) for s in reading.statements}


def test_for_and_against_a_proposal(reading_of: Callable[[str], Reading]) -> None:
    found = stands(
        reading_of("The European Union, supported by Norway and opposed by Tuvalu, proposed a paragraph on adaptation.")
    )
    assert found == {
        "European Union": ("European Union", "offer"),
        "Norway": ("author", "accept"),
        "Tuvalu": ("author", "reject"),
    }


def test_two_speakers_say_one_thing(reading_of: Callable[[str], Reading]) -> None:
    found = stands(reading_of("Norway and Sweden said that the quota must fall."))
    assert found == {"Norway": ("Norway", "demand"), "Sweden": ("Sweden", "demand")}


def test_a_delegate_is_his_country(reading_of: Callable[[str], Reading]) -> None:
    found = stands(reading_of("Brazil noted progress. He urged parties to submit proposals by March."))
    assert found["Brazil"] == ("Brazil", "demand")
    other = stands(reading_of("Ola Nordmann came for Norway. He urged parties to submit proposals by March."))
    assert "Norway" not in {speaker for speaker, _ in other.values()}
