"""The parse of a text in pieces is the parse of the whole text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from comity.reading.parse import model
from comity.reading.pieces import cuts, parsed

SENTENCES = (
    "The envoy, who had met both sides, said on Monday that the ferry would sail again; nobody agreed.",
    "“We won't sign,” she said.",
    "Talks in the port",
    "What it costs, they say, is for the union and its members, old and new, to decide by May 3.",
    "Never.",
    "He asked whether, given that the quota had been cut, the boats that were left would be sold to the other side.",
)


@pytest.mark.parametrize("size", [1, 8, 40])
@pytest.mark.parametrize("turn", range(3))
def test_pieces_give_the_tree_of_the_whole(size: int, turn: int) -> None:
    from spacy.attrs import DEP, HEAD, SENT_START

    nlp = model()
    parser = nlp.get_pipe("parser")
    texts = [*SENTENCES[turn:], *SENTENCES[:turn]] * 2
    doc = nlp.make_doc("\n\n".join(texts))
    at, starts = 0, set()
    for text in texts:
        starts.add(at)
        at += len(text) + 2
    for token in doc:
        if token.i:
            token.is_sent_start = True if token.idx in starts else None if token.text == ";" else False
    doc = nlp.get_pipe("tok2vec")(doc)
    found = parsed(parser, doc, size)
    parser.set_annotations([doc], parser.predict([doc]))
    assert (found == doc.to_array([DEP, HEAD, SENT_START])).all()
    assert sum(found[:, 2] == 1) >= len(texts)


def test_pieces_are_long_enough_and_leave_nothing_out() -> None:
    starts = [1 if i % 5 == 0 else 0 for i in range(43)]
    found = cuts(starts, 12)
    assert (found[0], found[-1]) == (0, 43)
    assert all(b - a >= 12 and starts[b] == 1 for a, b in pairwise(found[:-1]))


def test_a_text_without_words_has_no_pieces() -> None:
    nlp = model()
    doc = nlp.get_pipe("tok2vec")(nlp.make_doc(""))
    assert parsed(nlp.get_pipe("parser"), doc).shape == (0, 3)
