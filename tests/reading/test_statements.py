"""Properties of every reading, whatever the text: exact quotes, purity, guesses kept apart, nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.reading import READER, read
from comity.words import AUTHOR, Agenda, Document, Mode, Reading, dumps, reading_from_json, reading_to_json

SHARED = Path(__file__).parents[2].parent / "shared"
REPORTS = Path(__file__).parents[2] / "examples" / "strait" / "reports"
NEEDS_DATA = pytest.mark.skipif(not (SHARED / "data").exists(), reason="../shared/data is not here")
PUBLISHED = date(2037, 5, 1)


def check(reading: Reading, text: str) -> None:
    """What holds of every reading."""
    ids = [s.id for s in reading.statements]
    assert ids == [f"{reading.document}#{n}" for n in range(1, len(ids) + 1)]
    for s in reading.statements:
        assert text[s.passage.start : s.passage.end] == s.passage.quote
        for start, end in (*s.source, *s.cue, *s.content, *s.condition):
            assert 0 <= start < end <= len(text)
        assert s.chain[0] == AUTHOR
        assert s.chain[-1] == s.speaker
        assert 0 < s.confidence < 1
        assert s.same_utterance_as is None
        if s.mode is Mode.AUTHOR:
            assert s.speaker == AUTHOR
        if s.said.latest is not None and reading.published is not None:
            assert s.said.latest <= reading.published


@pytest.mark.parametrize("path", sorted(REPORTS.glob("*.txt")), ids=lambda p: p.stem)
def test_holds_for_every_report_of_the_example(path: Path, agenda: Agenda) -> None:
    text = path.read_text(encoding="utf-8")
    check(read(Document(id=path.stem, text=text, published=PUBLISHED), agenda), text)


def test_a_reading_is_a_function_of_document_and_agenda(agenda: Agenda) -> None:
    text = sorted(REPORTS.glob("*.txt"))[0].read_text(encoding="utf-8")
    document = Document(id="a", text=text, published=PUBLISHED)
    first = dumps(read(document, agenda))
    read(Document(id="b", text="Something else was said by somebody else."), None)
    assert dumps(read(document, agenda)) == first


def test_a_reading_survives_its_json_form(agenda: Agenda) -> None:
    text = sorted(REPORTS.glob("*.txt"))[2].read_text(encoding="utf-8")
    reading = read(Document(id="a", text=text, published=PUBLISHED), agenda)
    assert reading_from_json(json.loads(dumps(reading_to_json(reading)))) == reading
    assert reading.reader == READER


PIECES = [
    *("Ada Holt said", "“We go on,”", '"It ends', "the company wants", "won't", "and he won't.", "According to", "if"),
    *("\n\n", "😀", "e\u0301", "שלום", "\r\n", "—", "12,000 tonnes", "unless", "'", "’", "said.", "Bresca", "that"),
    *("...", "\t", "("),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=25))
def test_any_text_can_be_read(pieces: list[str]) -> None:
    text = " ".join(pieces)
    check(read(Document(id="h", text=text, published=PUBLISHED)), text)


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", ".", "“", "SAID", "He said", "said said said"])
def test_next_to_nothing_gives_no_statement(text: str) -> None:
    assert read(Document(id="n", text=text)).statements == ()


def test_capitals_read_as_sentence_case(reading_of: Callable[[str], Reading]) -> None:
    text = (
        "ADA HOLT SAID THAT THE DOCKERS WOULD NOT RETURN TO THE TALKS UNLESS THE COMPANY RAISED WAGES BY SIX PER CENT."
    )
    statements = reading_of(text).statements
    assert [s.act.value for s in statements] == ["condition"]
    assert statements[0].passage.quote.startswith("THE DOCKERS WOULD NOT RETURN")


def test_a_time_in_the_words_is_not_the_time_of_saying(reading_of: Callable[[str], Reading]) -> None:
    inside = reading_of("Ada Holt said the strike would end on 3 April 2037.").statements[0]
    beside = reading_of("Ada Holt said on Tuesday that the strike would end soon.").statements[0]
    assert inside.said.earliest is None
    assert beside.said.earliest == beside.said.latest == date(2037, 4, 28)


def test_a_shared_condition_stands_with_both_halves(reading_of: Callable[[str], Reading]) -> None:
    text = (
        '"If they attack there will be an answer and prisoners will stay where they are," Ines Marrow told reporters.'
    )
    halves = reading_of(text).statements
    assert len(halves) == 2
    assert {text[a:b] for s in halves for a, b in s.condition} == {"If they attack"}


def test_what_only_describes_somebody_is_no_statement(reading_of: Callable[[str], Reading]) -> None:
    text = "Ines Marrow, who heads the delegation of Aldermark at the talks on fishing, arrived on Monday."
    assert all("heads" not in s.passage.quote or "arrived" in s.passage.quote for s in reading_of(text).statements)


def test_each_attribution_stands_once(reading_of: Callable[[str], Reading]) -> None:
    text = '"The quota is too low. Our boats lie idle. We need 4,000 tonnes," Tomas Veil told reporters.'
    statements = reading_of(text).statements
    assert len(statements) == 3
    assert [bool(s.content) for s in statements] == [True, False, False]


@pytest.mark.data
@NEEDS_DATA
def test_the_seed_reports_reach_their_figures() -> None:
    from bench.measures import score

    from comity.ledger import load_agenda

    seeds = SHARED / "data" / "seeds"
    gold = json.loads((seeds / "seed_gold.json").read_text(encoding="utf-8"))
    texts = {d["id"]: (seeds / d["file"]).read_text(encoding="utf-8") for d in gold["documents"]}
    under = load_agenda(Path(__file__).parents[2] / "docs" / "seeds.toml")
    readings = [read(Document(id=k, text=t, published=date(2025, 12, 26)), under) for k, t in texts.items()]
    result = score(gold, texts, readings)
    assert result.leaks == []
    assert result.inexact == 0
    assert result.found >= 46
    assert result.matched >= 0.7 * result.predicted
    assert result.issue >= 0.85 * result.found
    assert result.act >= 0.85 * result.found
    assert result.holder >= 0.9 * result.found


@pytest.mark.data
@NEEDS_DATA
def test_wire_reports_are_read_without_failure() -> None:
    with (SHARED / "data" / "negotiations" / "salvador_1989_cc0.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][:12]
    for record in records:
        check(read(Document(id=record["id"], text=record["text"], published=PUBLISHED)), record["text"])


def test_a_name_and_a_colon_open_somebodys_words(reading_of: Callable[[str], Reading]) -> None:
    text = "Minister Ines Marrow in the Assembly: the government will not put another penny into wages."
    (statement,) = reading_of(text).statements
    assert (statement.speaker, statement.mode) == ("Ines Marrow", Mode.INDIRECT)
    assert statement.passage.quote == "the government will not put another penny into wages"
    other = "Sticking points at the talks: the dockers want more wages."
    assert all(s.speaker == AUTHOR for s in reading_of(other).statements)


def test_where_words_come_from_is_no_part_of_them(reading_of: Callable[[str], Reading]) -> None:
    text = "The talks on wages open on May 29, according to a joint communique issued late in the evening."
    assert [s.passage.quote for s in reading_of(text).statements] == ["The talks on wages open on May 29"]
    text = "Marrow has said more than once that she cannot accept a cut in wages."
    assert [s.passage.quote for s in reading_of(text).statements] == ["she cannot accept a cut in wages"]


def test_what_follows_a_colon_within_words_is_told_too(reading_of: Callable[[str], Reading]) -> None:
    text = "Diplomats say a way has been found by Ines Marrow: wages would rise by two per cent a year."
    assert {s.speaker for s in reading_of(text).statements} == {"Diplomats"}


def test_what_is_provided_for_is_a_condition(reading_of: Callable[[str], Reading]) -> None:
    text = "Ines Marrow told reporters that she would cut the quota, provided Bresca guarantees the wages of the fleet."
    (statement,) = reading_of(text).statements
    assert statement.holder == "Aldermark"
    assert statement.passage.quote.endswith("the wages of the fleet")


def test_what_stands_before_a_colon_is_not_told_by_whom_comes_after(reading_of: Callable[[str], Reading]) -> None:
    text = "Wages look much trickier: the dockers are holding out for a guarantee of no cut in wages."
    assert [s.holder for s in reading_of(text).statements if "trickier" in s.passage.quote] in ([], [None])
