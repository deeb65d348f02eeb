"""What the form of a clause tells of its act: in somebody's mouth, and in the article's own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.reading import frames, read
from comity.reading.conditions import conditions
from comity.reading.parse import parse
from comity.reading.scenes import Scene
from comity.reading.segments import segment
from comity.reading.wording import plain
from comity.words import Act, Document, Mode, Reading, Statement

OWN = [
    ("The villages should keep the mill.", Act.DEMAND),
    ("The two questions must not be mixed.", Act.DEMAND),
    ("The county assembly must approve the sale.", Act.ASSERT),
    ("She would see the pilots on Friday.", Act.COMMIT),
    ("He would not sell the ferry.", Act.REJECT),
    ("Nobody was hurt.", Act.ASSERT),
    ("She should not have signed.", Act.ASSERT),
    ("He would pay the fare if the ferry ran at night.", Act.OFFER),
    ("She would be poor if the mill closed.", Act.ASSESS),
    ("She'd joined the union in 2019.", Act.ASSERT),
    ("Send the pilots home.", Act.DEMAND),
    ("Let the villages see the map first.", Act.DEMAND),
    ("What the growers needed was a year.", Act.DEMAND),
    ("What she will not have is a second ferry.", Act.REJECT),
    ("We will keep the mill.", Act.COMMIT),
    ("A timetable is a promise.", Act.ASSESS),
    ("That is how a ferry loses its passengers.", Act.ASSESS),
    ("Four pilots were not a crew.", Act.ASSESS),
    ("The map is difficult to read.", Act.ASSESS),
    ("It is the fourth ferry since 2019.", Act.ASSERT),
    ("Nobody is wearing a helmet.", Act.ASSERT),
    ("One of the pilots has left.", Act.ASSERT),
    ("The lease is worth 40 million.", Act.ASSERT),
]
SAID = [
    ("Ada Holt asked that the gauge be read at noon.", "gauge", Act.DEMAND),
    ("Ada Holt said the parties shall refrain from new levies.", "refrain", Act.COMMIT),
    ("Ada Holt said there would be no second ferry.", "no second ferry", Act.REJECT),
    ('"We are not going to sell the mill," Ada Holt said.', "sell the mill", Act.REJECT),
    ("Ada Holt said she was not resigning.", "resigning", Act.REJECT),
    ("Ada Holt promised that no pilot would be moved.", "moved", Act.COMMIT),
    ("Ada Holt said the town would honour the lease.", "honour", Act.COMMIT),
    ("Ada Holt said she could live with the map and could defend it.", "defend", Act.ACCEPT),
    ("Ada Holt said either party may leave the treaty at any time.", "may leave", Act.ASSERT),
    ("Ada Holt believes the ferry has lost its licence.", "licence", Act.ASSESS),
    ("Ada Holt announced that the licence has been revoked.", "revoked", Act.ANNOUNCE),
    ("Ada Holt said dredging would begin in May.", "dredging", Act.ANNOUNCE),
    ("Ada Holt said no such letter exists.", "letter", Act.ASSERT),
    ("Ada Holt said you sold the ferry last year.", "sold", Act.ASSERT),
    ("Ada Holt said wages would fall by nine per cent.", "wages", Act.ASSERT),
    ("Ada Holt said the ferry would begin to lose money.", "lose money", Act.ASSERT),
    ("Ada Holt said we're not winning.", "winning", Act.ASSERT),
    ("Ada Holt said pilots should be ready by noon.", "ready", Act.DEMAND),
    ("Ada Holt disputed the figure.", "figure", Act.ASSERT),
    ("Ada Holt called the report an invention.", "invention", Act.ASSERT),
    ("Ada Holt welcomed the proposal.", "proposal", Act.ACCEPT),
    ("Ada Holt vowed to challenge the levy in court.", "challenge", Act.COMMIT),
    ("Ada Holt said the grant was conditional.", "conditional", Act.CONDITION),
]
SILENT = [
    "She could not be reached.",
    "She will not be drawn on the price.",
    "The company did not return calls.",
    "She left open whether the mill would close.",
    "Her office referred all questions to the ministry.",
]


def of_the_article(text: str) -> Act:
    """The act of a sentence as the article's own words."""
    doc = parse(text, segment(text))
    head = next(t for t in doc if t.dep_ == "ROOT")
    spans = conditions(doc, frozenset(t.i for t in doc))
    return frames.act_of(Scene(head, plain(text), own=False, author=True, conditional=bool(spans)))


@pytest.mark.parametrize(("text", "act"), OWN)
def test_the_articles_own_words(text: str, act: Act) -> None:
    assert of_the_article(text) is act


@pytest.mark.parametrize("text", SILENT)
def test_no_answer(text: str) -> None:
    assert of_the_article(text) is Act.DECLINE_TO_SAY


def saying(reading: Reading, words: str) -> Statement:
    """The statement that has `words`."""
    found = [s for s in reading.statements if words in s.passage.quote]
    assert found, [s.passage.quote for s in reading.statements]
    return found[0]


@pytest.mark.parametrize(("text", "words", "act"), SAID)
def test_what_somebody_says(text: str, words: str, act: Act, reading_of: Callable[[str], Reading]) -> None:
    assert saying(reading_of(text), words).act is act


def test_hearsay_stays_the_articles(reading_of: Callable[[str], Reading]) -> None:
    said = saying(reading_of("Bresca is reported to have demanded a raise for its pilots."), "raise")
    assert (said.act, said.mode) == (Act.DEMAND, Mode.AUTHOR)


def test_a_road_is_blocked_not_refused(reading_of: Callable[[str], Reading]) -> None:
    assert not [s for s in reading_of("Bresca's farmers blocked the coast road.").statements if s.act is Act.REJECT]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The union said no to the plan.", "reject"),
        ("The union said yes to talks.", "accept"),
        ("Belvara says the port is not for sale.", "reject"),
        ("The minister said no land would be given up.", "reject"),
        ("The rebels vowed to fight on.", "commit"),
        ("The minister pledged to support the plan.", "accept"),
        ("Belvara denied this.", "assert"),
        ("The minister said no deal was near.", "assess"),
    ],
)
def test_yes_and_no_vows_and_denials(text: str, act: str) -> None:
    assert [s.act.value for s in read(Document(id="d", text=text)).statements] == [act]
