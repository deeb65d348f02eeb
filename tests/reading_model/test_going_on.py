"""Words that go on without a cue, as the model links them."""

from __future__ import annotations

import pytest

from comity.reading import model, read
from comity.reading.model import Sure, Triple
from comity.words import AUTHOR, Document, Reading

TEXT = (
    "Ada Holt said the port would open in May. Forty ships were waiting outside the bar. "
    "Somebody had to move first. The council meets on Friday, Bram Tolle said. She may come to regret it."
)


def triple(*more: str) -> Triple:
    def span(words: str) -> tuple[int, int]:
        return TEXT.index(words), TEXT.index(words) + len(words)

    sure = Sure(0.9, 0.9, 0.9, 0.9, 0.8)
    return Triple(
        (span("Ada Holt"),), (span("said"),), (span("the port would open in May"),), sure, tuple(map(span, more))
    )


def speakers(monkeypatch: pytest.MonkeyPatch, *more: str) -> dict[str, str]:
    """Who says what by a reading in which the model lets `more` go on."""
    monkeypatch.setattr(model, "attribute", lambda _: (triple(*more),))
    made: Reading = read(Document(id="t", text=TEXT), reader="model")
    return {s.passage.quote: s.speaker for s in made.statements}


def test_a_sentence_without_a_cue_is_its_speakers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert speakers(monkeypatch).get("Forty ships were waiting outside the bar", AUTHOR) == AUTHOR
    told = speakers(monkeypatch, "Forty ships were waiting outside the bar. Somebody had to move first.")
    assert told["Forty ships were waiting outside the bar"] == "Ada Holt"
    assert told["Somebody had to move first"] == "Ada Holt"


def test_a_sentence_goes_on_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    most = speakers(monkeypatch, "ships were waiting outside the bar")
    assert most["Forty ships were waiting outside the bar"] == "Ada Holt"
    little = speakers(monkeypatch, "the bar")
    assert little.get("Forty ships were waiting outside the bar", AUTHOR) == AUTHOR


def test_who_has_a_cue_keeps_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    told = speakers(monkeypatch, "The council meets on Friday, Bram Tolle said.")
    assert told["The council meets on Friday"] == "Bram Tolle"


def test_a_guess_stays_the_reporters(monkeypatch: pytest.MonkeyPatch) -> None:
    told = speakers(monkeypatch, "Somebody had to move first.", "She may come to regret it.")
    assert told["Somebody had to move first"] == "Ada Holt"
    assert told.get("She may come to regret it", AUTHOR) == AUTHOR
