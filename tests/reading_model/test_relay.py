"""Who carried the words: outlets, those they cite, and who speaks for somebody."""

from __future__ import annotations

import pytest

from comity.reading import read
from comity.words import Document

CASES = [
    (
        "Ada Holt told the Lowland Courier that the corridor must stay open.",
        "must stay open",
        "Lowland Courier > Ada Holt",
    ),
    (
        "In an interview with the Valley News, Ada Holt said the dam would hold.",
        "the dam would hold",
        "Valley News > Ada Holt",
    ),
    (
        "The Northern Post, citing two diplomats, reported that the talks would move.",
        "the talks would move",
        "Northern Post > two diplomats",
    ),
    (
        "State television quoted the general as saying that no soldier would remain.",
        "no soldier would remain",
        "State television > general",
    ),
    (
        "The general was quoted by state television as saying the withdrawal had begun.",
        "the withdrawal had begun",
        "state television > general",
    ),
    (
        "Ada Holt told the news agency Orient that the pilot had been found.",
        "the pilot had been found",
        "Orient > Ada Holt",
    ),
    (
        "The mayor said through a spokesman that the dam would hold.",
        "the dam would hold",
        "spokesman > mayor",
    ),
    ("Asked about the report in the Valley News, Ada Holt said the dam would hold.", "the dam would hold", "Ada Holt"),
    ("The minister, who owns the Valley Gazette, said the tax would stay.", "the tax would stay", "minister"),
    (
        "The Valley News published a letter in which the mayor wrote that the dam would hold.",
        "the dam would hold",
        "Valley News > mayor",
    ),
    (
        "The mayor said she had been told by engineers that the dam would hold.",
        "the dam would hold",
        "mayor > engineers",
    ),
    ("The panel quoted a farmer who said the wells were dry.", "the wells were dry", "panel > farmer"),
    (
        "The council accused the premier of telling voters that the debt was paid.",
        "the debt was paid",
        "council > premier",
    ),
    ("A memo seen by the Valley News says the troops will stay.", "the troops will stay", "Valley News > memo"),
    ("Many farmers are convinced that the canal will dry up.", "the canal will dry up", "Many farmers"),
    ("The official refused to be named. He said the dam would hold.", "the dam would hold", "official"),
]


def test_a_speaker_is_not_blamed_for_a_supposed_saying() -> None:
    made = read(Document(id="r", text="Had the envoy said the talks were dead, the markets would have fallen."))
    assert not [s for s in made.statements if "envoy" in s.chain]


@pytest.mark.parametrize(("text", "words", "chain"), CASES, ids=[case[0][:40] for case in CASES])
def test_chain(text: str, words: str, chain: str) -> None:
    made = read(Document(id="r", text=text))
    found = [s.chain for s in made.statements if words in s.passage.quote and len(s.chain) > 1]
    assert found, [s.passage.quote for s in made.statements]
    got = " > ".join(name.removeprefix("two ") for name in found[0][1:])
    assert got == chain.replace("two ", "")


def test_an_articles_own_outlet_is_not_named_twice() -> None:
    text = "Ada Holt told the Lowland Courier that the corridor must stay open."
    made = read(Document(id="r", text=text, source="Lowland Courier"))
    assert [s.chain for s in made.statements if len(s.chain) > 1] == [("author", "Ada Holt")]
