"""Marks of our own reports as labels over pieces, and the measure of what goes on without a cue."""

from __future__ import annotations

import numpy as np
from tokenizers import Tokenizer
from training import measure
from training.labels import examples, told_examples
from training.talks import ACTS, Report, parse

from comity.reading.model.decode import MORE, Heads, Scores, Settings
from comity.reading.model.windows import NEWS, TALKS

MARKED = (
    "[s1: The minister] [q1: said] [c1: {demand: ports stay open}]. [k1: {offer: Open ports stay.}] the a b the a b."
)


def report() -> Report:
    return Report("x: 1", *parse(MARKED))


def with_talks(tokenizer: Tokenizer) -> Tokenizer:
    """The small tokenizer with the piece that tells our own habits."""
    known = Tokenizer.from_str(tokenizer.to_str())
    known.add_special_tokens([TALKS])
    return known


def test_a_marked_report_teaches_links_acts_and_what_goes_on(tokenizer: Tokenizer) -> None:
    known = with_talks(tokenizer)
    (made,) = told_examples(report(), known)
    text = report().text
    words = [text[a:b] for a, b in made.window.spans]
    assert made.told
    assert made.window.ids[0] == known.token_to_id(TALKS)
    (links,) = made.links
    assert [w for w, there in zip(words, links[0], strict=True) if there] == ["The", "min", "ister"]
    assert [w for w, there in zip(words, links[MORE], strict=True) if there] == ["Open", "ports", "stay", "."]
    acts = {(*ACTS, "none")[act]: words[start:end] for start, end, act in made.acts}
    assert acts["demand"] == ["ports", "stay", "open"]
    assert acts["offer"] == ["Open", "ports", "stay", "."]
    assert acts["none"] == ["the", "a", "b", "the", "a", "b", "."]  # a cue of fewer pieces than five counts for nothing


def test_polnear_teaches_nothing_of_what_goes_on(tokenizer: Tokenizer) -> None:
    marked = report()
    (made,) = examples({"text": marked.text, "attributions": marked.attributions()}, with_talks(tokenizer))
    assert not made.told
    assert not made.acts
    assert made.window.ids[0] == tokenizer.token_to_id(NEWS)


def test_what_goes_on_is_measured_in_letters(tokenizer: Tokenizer) -> None:
    (made,) = told_examples(report(), with_talks(tokenizer))
    n = len(made.window.ids)
    tags = np.zeros((n, 3, 3))
    tags[:, :, 0] = 8.0
    for k in range(3):
        for i in np.flatnonzero(made.tags[k]):
            tags[i, k] = np.eye(3)[made.tags[k, i]] * 8
    keys = np.zeros((n, 7, 2))
    keys[:, :, 0] = np.where(made.links[0].T > 0, 8.0, -8.0)
    queries = np.zeros((n, 7, 2))
    queries[:, :, 0] = 1.0
    read = [(report(), [(made.window, Scores(tags, queries, keys))])]
    heads = Heads(np.zeros(7), np.zeros((7, 65)))
    right = measure.of_talks(read, heads, Settings())
    assert (right.precision, right.recall, right.goes_on) == (1.0, 1.0, 1.0)
    assert measure.f1(right.found)["attribution + source"] == 100.0
    keys[:, MORE, 0] = -8.0
    assert measure.of_talks(read, heads, Settings()).recall == 0.0
