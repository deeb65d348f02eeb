"""The forms of plain reporting: where a statement begins and ends, and whose it is. Everybody here is invented."""

from __future__ import annotations

import pytest

from comity.reading import read
from comity.words import Act, Document, Statement

HEAD = "Averia and Belvara met. Ada Holt is the Averian minister. Ben Orr is the Belvaran envoy.\n\n"


def statements(text: str) -> list[Statement]:
    found = read(Document(id="t", text=HEAD + text)).statements
    return [s for s in found if s.passage.start >= len(HEAD)]


def quotes(text: str) -> list[str]:
    return [s.passage.quote for s in statements(text)]


def by_words(text: str, words: str) -> Statement:
    return next(s for s in statements(text) if s.passage.quote == words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Holt said on Tuesday it was studying the draft.", ["it was studying the draft"]),
        (
            "Holt said Averia had seen no map and that talk of a pullback was idle.",
            ["Averia had seen no map", "talk of a pullback was idle"],
        ),
        (
            "The ministry said in a letter that it had offered three ferries, with crews, "
            "and that Belvara had asked for five.",
            ["it had offered three ferries, with crews", "Belvara had asked for five"],
        ),
        (
            "Holt said Averia had not been heard and reserved all its rights under the charter.",
            ["Averia had not been heard", "reserved all its rights under the charter"],
        ),
        ("Asked whether that meant war, Holt replied that Averia preferred talks.", ["Averia preferred talks"]),
        ("“Either they leave or we close the strait,” Holt said.", ["“Either they leave or we close the strait,”"]),
        ("“Move the buoys and we will sign,” Holt said.", ["“Move the buoys and we will sign,”"]),
        (
            "“We did not sign it and we will not honour it,” Holt said.",
            ["We did not sign it", "we will not honour it"],
        ),
        (
            "Averia could live with a buoy, Holt added, but only if Belvara moved its own.",
            ["Averia could live with a buoy, Holt added, but only if Belvara moved its own"],
        ),
        ("Belvara has rejected that.", ["Belvara has rejected that"]),
    ],
)
def test_where_statements_begin_and_end(text: str, words: list[str]) -> None:
    assert quotes(text) == words


def test_what_another_makes_of_it() -> None:
    text = "Holt accused Belvara of cutting the cable, a charge it denies."
    assert by_words(text, "accused Belvara of cutting the cable").speaker == "Ada Holt"
    denial = by_words(text, "a charge it denies")
    assert (denial.holder, denial.act, denial.speaker) == ("Belvara", Act.ASSERT, "author")


def test_whoever_turned_it_down_gives_the_reason() -> None:
    text = "Holt said Averia wanted a new chair, a proposal that Belvara turned down, saying that nobody was free."
    assert by_words(text, "Averia wanted a new chair").act is Act.DEMAND
    assert by_words(text, "a proposal that Belvara turned down").holder == "Belvara"
    assert by_words(text, "nobody was free").speaker == "Belvara"


def test_two_stands_under_one_verb() -> None:
    text = "Averia wants forty berths a year and Belvara no more than thirty."
    assert [(s.holder, s.passage.quote) for s in statements(text)] == [
        ("Averia", "Averia wants forty berths a year"),
        ("Belvara", "Belvara no more than thirty"),
    ]
    assert quotes("Averia says it should open on signing, Belvara before.")[1] == "Belvara before"
    assert len(statements("Averia wants help from the League and Belvara at the table.")) == 1


def test_words_told_as_a_time() -> None:
    found = statements("Talks resumed on Friday after Orr called for the buoys to be moved.")
    assert any(s.speaker == "Ben Orr" and s.act is Act.DEMAND for s in found)


def test_what_a_draft_says() -> None:
    text = "The draft provides for a joint patrol. Under the Averian plan, the strait would reopen in May."
    told = {s.passage.quote: s for s in statements(text)}
    assert told["provides for a joint patrol"].act is Act.OFFER
    assert told["provides for a joint patrol"].speaker == "draft"
    assert all(s.act is Act.OFFER and s.holder != "Belvara" for s in told.values())


def test_bodies_are_heard_whatever_they_are() -> None:
    text = "The dockers’ federation has called for the levy to be cut by half. Lenders rejected the plan."
    assert [(s.act, s.speaker) for s in statements(text)] == [
        (Act.DEMAND, "dockers’ federation"),
        (Act.REJECT, "Lenders"),
    ]


def test_a_reason_for_silence_is_no_statement() -> None:
    text = "A Belvaran official, speaking on condition of anonymity because talks are secret, said the offer was final."
    assert quotes(text) == ["the offer was final"]
    assert "when the ferry would sail" not in quotes("Holt refused to say when the ferry would sail.")


def test_an_agency_hands_on_all_the_words() -> None:
    text = (
        "“The buoy is ours,” Holt told reporters after the session, according to the newspaper Strait Mail. "
        "“We are ready to talk about the rest of it.”"
    )
    assert {s.speaker for s in statements(text)} == {"Ada Holt"}


def test_a_place_before_the_first_words() -> None:
    found = read(Document(id="t", text="Talks fail in Lisk\n\nLisk - Averia said on Monday it would leave.\n"))
    assert [s.passage.quote for s in found.statements] == ["it would leave"]
    assert [s.kind.value for s in found.segments][1] == "header"
