"""How likely each part of a statement is right, and that the fitted numbers are what they should be."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from comity.reading import read
from comity.reading.chances import FILE, PARTS, chances, features, fitted, sure_of
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
    assert set(about["weights"]) == set(about["figures"]) == set(PARTS)
    known = {each for s in _said() for noted in features(s, TEXT).values() for each in noted}
    assert known & set(fitted()["speaker"])
    assert all(abs(weight) < 4 for weights in fitted().values() for weight in weights.values())


def test_chances_survive_the_shared_form() -> None:
    s = _said()[0]
    assert statement_from_json(json.loads(json.dumps(statement_to_json(s)))) == s
    assert "chances" not in statement_to_json(replace(s, chances=None))


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=5, max_size=5))
def test_the_whole_is_never_likelier_than_a_part(values: list[float | None]) -> None:
    told = [each for each in values if each is not None]
    assert Chances(*values).all <= min(told, default=1.0) + 0.0005


def test_statements_that_are_read_again_keep_everything_else() -> None:
    for s in _said():
        (again,) = sure_of([replace(s, chances=None, confidence=0.1)], TEXT)
        assert again == s
        assert again.chances == chances(s, TEXT)
