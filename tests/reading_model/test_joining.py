"""What the model proposes and the rules find, made one reading."""

from __future__ import annotations

import pytest

from comity.reading import READERS, model, read
from comity.reading.model import Sure, Triple
from comity.words import AUTHOR, Act, Certainty, Document, InputError, Mode, Reading

SURE = Sure(0.9, 0.9, 0.9, 0.9)
RULED = "Ada Holt said the port would open. The council met."


def triple(text: str, source: str | None, cue: str, content: str, sure: Sure = SURE) -> Triple:
    """A triple of the model by its words."""

    def span(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    return Triple((span(source),) if source else (), (span(cue),), (span(content),), sure)


def reading(monkeypatch: pytest.MonkeyPatch, text: str, *triples: Triple) -> Reading:
    """A reading of `text` with a model that proposes `triples`."""
    monkeypatch.setattr(model, "attribute", lambda given: triples if given == text else ())
    return read(Document(id="t", text=text), reader="model")


def test_where_both_agree_the_models_spans_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    proposed = triple(RULED, "Ada Holt", "said", "the port would open.")
    made = reading(monkeypatch, RULED, proposed)
    (said,) = [s for s in made.statements if s.mode is Mode.INDIRECT]
    assert (said.source, said.cue, said.content) == (proposed.source, proposed.cue, proposed.content)
    assert said.passage.quote == "the port would open"
    assert said.speaker == "Ada Holt"
    assert said.chances is not None
    assert (said.chances.words, said.chances.speaker) == (proposed.sure.content, proposed.sure.source)
    assert made.reader == READERS["model"]


def test_what_the_model_alone_finds_becomes_a_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Delegates met. The warning of Ines Marrow over fishing quotas went unheard in Oslo."
    alone = [s for s in read(Document(id="t", text=text)).statements if s.content]
    assert not any(text[slice(*s.content[0])] == "over fishing quotas" for s in alone)
    proposed = triple(text, "Ines Marrow", "warning", "over fishing quotas")
    made = reading(monkeypatch, text, proposed)
    (found,) = [s for s in made.statements if s.content == proposed.content]
    assert found.mode is not Mode.AUTHOR
    assert "Ines Marrow" in (found.speaker, found.holder)


def test_a_doubtful_proposal_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    proposed = triple(RULED, "The council", "met", "the port would open", Sure(0.1, 0.1, 0.1, 0.05))
    with_doubt = reading(monkeypatch, RULED, proposed)
    without = reading(monkeypatch, RULED)
    assert with_doubt.statements == without.statements


def test_what_is_yet_to_be_said_is_nobodys_word(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ada Holt may say the port will open."
    made = reading(monkeypatch, text, triple(text, "Ada Holt", "may say", "the port will open"))
    assert all(s.speaker == AUTHOR and s.mode is Mode.AUTHOR for s in made.statements)


def test_what_was_not_said_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ada Holt did not reveal when the port would open."
    made = reading(monkeypatch, text, triple(text, "Ada Holt", "did not reveal", "when the port would open"))
    assert not any(s.speaker == "Ada Holt" and s.act.value == "assert" for s in made.statements)


def test_a_sure_source_of_the_model_replaces_another(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The port would open, said captains of the fleet. The council met."
    other = triple(text, "The council", "said", "The port would open")
    speakers = {s.speaker for s in reading(monkeypatch, text, other).statements}
    assert not any("captains" in name for name in speakers)
    doubtful = triple(text, "The council", "said", "The port would open", Sure(0.5, 0.9, 0.9, 0.9))
    assert any("captains" in s.speaker for s in reading(monkeypatch, text, doubtful).statements)


def test_an_actor_on_the_floor_keeps_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "NORWAY, supported by CANADA, proposed a fund."
    made = reading(monkeypatch, text, triple(text, "CANADA", "proposed a", "a fund"))
    assert {s.speaker for s in made.statements if s.cue and text[slice(*s.cue[0])] == "proposed"} == {"Norway"}


def test_words_within_others_words_show_the_models_outer_attribution(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ada Holt said the mayor had promised that the port would open."
    outer = triple(text, "Ada Holt", "said", "the mayor had promised that the port would open")
    told = [s for s in reading(monkeypatch, text, outer).statements if s.content]
    assert [(s.source, s.cue, s.content) for s in told] == [(outer.source, outer.cue, outer.content)]
    assert told[0].chain[-2:] == ("Ada Holt", "mayor")


def test_a_question_is_told_where_no_agenda_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ada Holt asked whether the port would open."
    proposed = triple(text, "Ada Holt", "asked", "whether the port would open")
    (asked,) = [s for s in reading(monkeypatch, text, proposed).statements if s.content]
    # the rules tell it, as words of hers: that she asked is certain
    assert (asked.mode, asked.act, asked.certainty) == (Mode.INDIRECT, Act.ASSESS, Certainty.ASSERTED)
    assert (asked.speaker, asked.holder) == ("Ada Holt", "Ada Holt")


def test_every_passage_is_exact_and_each_attribution_stands_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“The port stays shut, the road opens,” Ada Holt said. “We wait,” she added."
    first = triple(text, "Ada Holt", "said", "The port stays shut, the road opens")
    made = reading(monkeypatch, text, first, triple(text, "she", "added", "We wait"))
    for s in made.statements:
        assert text[s.passage.start : s.passage.end] == s.passage.quote
    told = [(s.cue, s.content) for s in made.statements if s.content]
    assert len(told) == len(set(told))


def test_an_unknown_reader_is_refused() -> None:
    with pytest.raises(InputError, match="rules, model"):
        read(Document(id="t", text="x"), reader="oracle")
