"""Of which issue a statement speaks, under an agenda of few keywords."""

from __future__ import annotations

from datetime import date

import pytest

from comity.reading import read
from comity.reading.issues import matcher
from comity.words import Agenda, Document, Issue, Party

AGENDA = Agenda(
    title="Talks on the lake",
    parties=(Party("alder", "Aldermark"), Party("brenn", "Brennia")),
    issues=(
        Issue("truce", "Truce", "an end of the shooting", keywords=("truce",)),
        Issue("checks", "Checks", "who looks after it", keywords=("verif*", "observer*")),
        Issue("pay", "Pay", "a rise for the crews of Aldermark", keywords=("pay", "offer")),
        Issue("water", "Water", "Aldermark's yearly share of the lake", keywords=("minimum flow",)),
        Issue("talks", "Talks", keywords=("talks",), kind="process"),
        Issue("chances", "Chances", keywords=("close",), kind="prospects"),
    ),
)


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("the hostilities must end", "truce"),
        ("verification comes first", "checks"),
        ("wages will go up", "pay"),
        ("the flow in the river", "water"),
        ("a press release on the truce", "truce"),
        ("the go-between invited both to another round", "talks"),
        ("the deadlock is complete", "chances"),
    ],
)
def test_words_akin_speak_of_the_issue(words: str, issue: str) -> None:
    assert next(found.id for found, _ in matcher(AGENDA).rank([(words, 1.0)])) == issue


@pytest.mark.parametrize("words", ["Aldermark went home", "the door was closed"])
def test_names_of_parties_and_other_meanings_speak_of_none(words: str) -> None:
    assert matcher(AGENDA).scores(words) == {}


def issues(text: str) -> dict[str, str | None]:
    reading = read(Document(id="t", text=text, published=date(2037, 5, 1)), AGENDA)
    return {s.passage.quote: s.issue for s in reading.statements}


def test_the_question_above_tells_what_the_answer_is_about() -> None:
    text = 'And the truce?\n\n"We have waited for too long," said Brennia\'s president.'
    assert set(issues(text).values()) == {"truce"}


def test_talking_about_a_matter_is_of_the_matter() -> None:
    found = issues("Brennia will not talk about the minimum flow, its minister said.")
    assert "water" in found.values()


def test_a_judgement_of_the_talks_is_of_their_prospects() -> None:
    found = issues("The mediator said on Friday that the talks were making progress.")
    assert set(found.values()) == {"chances"}
