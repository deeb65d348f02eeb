"""How likely each part of a statement is right, and that the fitted numbers are what they should be."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from comity.reading import read
from comity.reading.chances import FILE, PARTS, TIME, chances, features, fitted, sure_of
from comity.reading.time_chances import dated
from comity.words import Chances, Document, Mode, Statement, statement_from_json, statement_to_json

TEXT = (
    "Ada Holt, the minister, said Norrin would lift the ban if quotas were cut. Later she said that boats could return."
)


def _said() -> tuple[Statement, ...]:
    return tuple(s for s in read(Document(id="d", text=TEXT)).statements if s.mode is Mode.INDIRECT)


def test_each_part_has_a_chance_and_the_whole_is_their_product() -> None:
    for s in _said():
        assert s.chances is not None
        told = [getattr(s.chances, part) for part in PARTS if part != "issue"]
        assert all(0.02 < each < 0.99 for each in told)
        assert s.chances.issue is None  # there is no agenda
        assert s.confidence == s.chances.all < min(told)


def test_who_is_told_by_a_name_is_surer_than_by_a_pronoun() -> None:
    named, by_pronoun = _said()
    assert "by name" in features(named, TEXT)["speaker"]
    assert "by pronoun" in features(by_pronoun, TEXT)["speaker"]
    assert named.chances.speaker > by_pronoun.chances.speaker
    assert named.chances.holder > by_pronoun.chances.holder


def test_weights_are_of_this_reader_s_features_and_small() -> None:
    about = json.loads(FILE.read_text(encoding="utf-8"))
    assert set(about["weights"]) == set(about["figures"]) == {*PARTS, TIME}
    known = {each for s in _said() for noted in features(s, TEXT).values() for each in noted}
    assert known & set(fitted()["speaker"])
    assert all(abs(weight) < 4 for weights in fitted().values() for weight in weights.values())


def test_chances_survive_the_shared_form() -> None:
    s = _said()[0]
    assert statement_from_json(json.loads(json.dumps(statement_to_json(s)))) == s
    assert "chances" not in statement_to_json(replace(s, chances=None))


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=6, max_size=6))
def test_the_whole_is_never_likelier_than_a_part(values: list[float | None]) -> None:
    told = [each for each in values if each is not None]
    assert Chances(*values).all <= min(told, default=1.0) + 0.0005


def test_statements_that_are_read_again_keep_everything_else() -> None:
    for s in _said():
        (again,) = sure_of([replace(s, chances=None, confidence=0.1)], TEXT)
        assert again == s
        assert again.chances == chances(s, TEXT)


def test_a_time_that_is_told_has_a_chance_and_takes_part_in_the_whole() -> None:
    text = "Ada Holt said on Monday that boats could return. Later in the meeting, Bo Lund said nets were scarce."
    reading = read(Document(id="d", text=text, published=date(2031, 3, 7)))
    dated_, other = (s for s in reading.statements if s.mode is Mode.INDIRECT)
    assert dated_.said.expression is not None
    assert dated_.chances is not None
    assert other.chances is not None
    assert other.said.expression is None
    assert other.chances.time is None
    assert dated_.chances.time is not None
    assert 0.5 < dated_.chances.time < 0.99
    assert dated_.confidence == dated_.chances.all < replace(dated_.chances, time=None).all


def test_a_full_date_is_surer_than_how_long_ago() -> None:
    def chance(words: str) -> float:
        text = f"Ada Holt said {words} that boats could return."
        reading = read(Document(id="d", text=text, published=date(2031, 3, 7)))
        assert any(dated(t) for t in reading.times)
        (told,) = {s.chances.time for s in reading.statements if s.chances and s.chances.time}
        return told

    assert chance("on March 3, 2031") > chance("on Monday") > chance("a few weeks ago")
