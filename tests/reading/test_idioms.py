"""Turns of phrase that tell a stand, whole sentences read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.words import Act, Mode, Reading

CASES = [
    ("The dockers left the door open to a longer contract on Tuesday.", Act.OFFER, "Dockers' Union"),
    ("Bresca has dug in its heels over the quota for the fishing fleet.", Act.REJECT, "Bresca"),
    ("The union is holding out for a guarantee of wages.", Act.DEMAND, "Dockers' Union"),
    ("The company countered with an offer of six per cent on wages.", Act.OFFER, "Port Company"),
    ("Torhaven quietly dropped its objection to inspectors at the talks on fishing.", Act.ACCEPT, "Aldermark"),
    ("Bresca refused to give ground on the quota for the fishing fleet.", Act.REJECT, "Bresca"),
    ("The dockers have not closed the door to talks on wages.", Act.ACCEPT, "Dockers' Union"),
]


@pytest.mark.parametrize(("text", "act", "holder"), CASES, ids=lambda c: str(c)[:40])
def test_a_turn_of_phrase_tells_the_stand(
    text: str, act: Act, holder: str, reading_of: Callable[[str], Reading]
) -> None:
    assert [(s.act, s.holder) for s in reading_of(text).statements] == [(act, holder)]


def test_an_objection_that_was_dropped_is_held_no_more(reading_of: Callable[[str], Reading]) -> None:
    text = "Ines Marrow said Bresca had backed away from its demand for a veto on wages."
    assert all(s.mode is not Mode.REPORTED_STANCE for s in reading_of(text).statements)


def test_what_somebody_is_adamant_about_is_told_as_words(reading_of: Callable[[str], Reading]) -> None:
    (statement,) = reading_of("Bresca is adamant that there is no new quota.").statements
    assert (statement.mode, statement.speaker) == (Mode.INDIRECT, "Bresca")
    assert statement.passage.quote == "there is no new quota"


def test_neither_confirmed_nor_denied_is_silence(reading_of: Callable[[str], Reading]) -> None:
    (statement,) = reading_of("Bresca neither confirmed nor dismissed the plan for a quota.").statements
    assert statement.act is Act.DECLINE_TO_SAY


def test_a_clause_about_something_else_is_no_silence(reading_of: Callable[[str], Reading]) -> None:
    (statement,) = reading_of(
        "The dockers have vowed to vote against any pay deal that does not name a date."
    ).statements
    assert statement.act is Act.REJECT
