"""Transcripts, speeches and statements are the words of whoever is named, not the article's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.reading import read
from comity.reading.segments import segment
from comity.reading.turns import find_turns
from comity.words import Document, Reading, SegmentKind

BRIEFING = """Daily press briefing

QUESTION: Does Ostrava accept the mediator's draft?

MS VENN: We will not accept the draft as it stands. Our delegation demands a written guarantee.

QUESTION: And the prisoners?

MS VENN: We are ready to release them if the blockade is lifted.
"""

SPEECH = """Statement by the delegation of Northland on the third round

We came here in good faith. We demand the withdrawal of all troops, and our people will not accept less.
"""

INTERVIEW = (
    "LISK, 9 NOV 88 (HARBOUR RADIO) -- [INTERVIEW WITH MINISTER ORLA VENN BY UNIDENTIFIED REPORTER] [TEXT] "
    "[REPORTER] WILL YOU SIGN?\n\n[VENN] WE WILL NOT SIGN THE TREATY BEFORE THE OBSERVERS ARRIVE.\n\n"
    "[REPORTER] WHEN?\n\n[VENN] WE HAVE PROPOSED THE FIRST WEEK OF MAY."
)


def spoken(reading: Reading) -> list[tuple[str, str]]:
    return [(s.speaker, s.act.value) for s in reading.statements]


def test_a_briefing_gives_each_answer_to_who_answers(reading_of: Callable[[str], Reading]) -> None:
    reading = reading_of(BRIEFING)
    assert {s.speaker for s in reading.statements} == {"Ms Venn"}
    assert [act for _, act in spoken(reading)] == ["reject", "demand", "offer"]
    assert all(s.passage.quote == BRIEFING[s.passage.start : s.passage.end] for s in reading.statements)


def test_labels_stand_apart_from_what_is_said() -> None:
    reading = read(Document("b", BRIEFING))
    labels = [BRIEFING[s.start : s.end] for s in reading.segments if s.kind is SegmentKind.HEADER]
    assert labels == ["QUESTION:", "MS VENN:", "QUESTION:", "MS VENN:"]


def test_a_statement_is_the_words_of_who_made_it() -> None:
    reading = read(Document("s", SPEECH))
    assert len({s.speaker for s in reading.statements}) == 1
    assert "Northland" in reading.statements[0].speaker
    assert "demand" in {s.act.value for s in reading.statements}


def test_an_interview_in_capitals_with_bracketed_turns() -> None:
    reading = read(Document("i", INTERVIEW))
    assert reading.statements
    assert {s.speaker.title() for s in reading.statements} == {"Venn"}
    assert not any("?" in s.passage.quote for s in reading.statements)


@pytest.mark.parametrize(
    "text",
    [
        "Ms Venn spoke on Monday. Note: she left early.\n\nSource: the ministry.\n\nDate: 3 May 2031.",
        "The FMLN [a rebel movement] said on Monday that it would talk.",
        "Key points:\n\nTerritory: open.\n\nGuarantees: agreed.",
        "Statement by the minister draws criticism\n\nThe opposition said on Monday that the statement was empty.",
    ],
)
def test_a_report_has_no_turns(text: str) -> None:
    assert find_turns(text, segment(text)) == ()


PRINTED = """'A fence is not a policy'

Ines Morrow, who leads the herders' talks with the province, on fences, wells and the seven in custody.

Are you close to a deal?

We are closer than we were in spring. There is a text, and we have initialled most of it.

The governor says you agreed to the fence in February.

That is untrue. I was in the room.

Would you walk away?

We will leave if the seven are not released by June.

And a referee?

We proposed one first. Nobody answered us.
"""


def test_answers_printed_without_names_are_the_interviewed_ones() -> None:
    reading = read(Document(id="i", text=PRINTED))
    said = {s.passage.quote: s.speaker for s in reading.statements}
    assert said["That is untrue"] == "Ines Morrow"
    assert {who for words, who in said.items() if "seven are not released" in words} == {"Ines Morrow"}
    assert not any("agreed to the fence" in words for words in said)


def test_a_report_with_questions_of_its_own_is_no_interview() -> None:
    report = "Will they sign?\n\nThe envoy left early.\n\nWho gains?\n\nNobody knows.\n\nWhat now?\n\nA vote is due."
    assert find_turns(report, segment(report)) == ()


def test_rituals_of_a_briefing_state_nothing() -> None:
    talk = "QUESTION: Hello.\n\nMS VENN: Good afternoon, everyone. Before I take your questions, two announcements. "
    talk += "We will not discuss quotas under threat.\n\nQUESTION: And the boats?\n\nMS VENN: Not yet. Thank you all."
    statements = read(Document(id="b", text=talk)).statements
    assert [(s.passage.quote, s.act.value) for s in statements] == [
        ("We will not discuss quotas under threat", "reject")
    ]
