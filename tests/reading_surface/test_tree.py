"""The plain objects of a parse answer as spaCy's own over the same analysis."""

from __future__ import annotations

from typing import Any

import pytest

from comity.reading import marks, tree
from comity.reading.parse import model, parse

TEXTS = (
    "The envoy, who had met both sides, said on Monday that the ferry (the last one) would sail again; nobody agreed.",
    "\n  “We won't sign,” she said.  \n\nTALKS END\n\nTheir hosts, the union and the port were – so they say – ready.",
    "There's no deal. Let's go on, the chair said, to  the\tquota of 1,200 tonnes and what it costs, it being late.",
    "x",
)
WORD = ("i", "idx", "text", "lower_", "tag_", "dep_", "whitespace_", "text_with_ws", "ent_type_")
LOOKS = ("is_space", "is_punct", "is_alpha", "is_title", "like_num")


def both(text: str) -> tuple[Any, tree.Doc]:
    """spaCy's whole pipeline over a text, and the tree built from its heads."""
    whole = model()(text)
    tokens = []
    for x in whole:
        token = tree.Token()
        for name in (*WORD[:-2], *LOOKS):
            setattr(token, name, getattr(x, name))
        tokens.append(token)
    tree.hang(tokens, [x.head.i for x in whole])
    return whole, tree.Doc(text, tokens, [(s.start, s.end) for s in whole.sents])


@pytest.mark.parametrize("text", TEXTS)
def test_words_answer_as_spacys(text: str) -> None:
    whole, ours = both(text)
    assert (ours.text, len(ours)) == (whole.text, len(whole))
    for x, y in zip(whole, ours, strict=True):
        assert [getattr(x, n) for n in (*WORD, *LOOKS)] == [getattr(y, n) for n in (*WORD, *LOOKS)]
        assert [getattr(x, n).i for n in ("head", "left_edge", "right_edge")] == [
            getattr(y, n).i for n in ("head", "left_edge", "right_edge")
        ]
        for name in ("lefts", "rights", "children", "subtree", "ancestors", "conjuncts"):
            assert [t.i for t in getattr(x, name)] == [t.i for t in getattr(y, name)], (x, name)
        assert [x.is_ancestor(t) for t in whole] == [y.is_ancestor(t) for t in ours]
        assert len(x) == len(y)


@pytest.mark.parametrize("text", TEXTS)
def test_spans_answer_as_spacys(text: str) -> None:
    whole, ours = both(text)
    for first in range(len(whole)):
        for last in range(first + 1, min(len(whole), first + 6) + 1):
            a, b = whole[first:last], ours[first:last]
            assert (a.text, a.start_char, a.end_char, a.root.i) == (b.text, b.start_char, b.end_char, b.root.i)
            assert (a.sent.start, a.sent.end) == (b.sent.start, b.sent.end)
            assert [t.i for t in a] == [t.i for t in b]
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + 12) + 1):
            for mode in ("strict", "expand", "contract"):
                found = [d.char_span(start, end, alignment_mode=mode) for d in (whole, ours)]
                a, b = (None if s is None else (s.start, s.end) for s in found)
                assert a == b, (start, end, mode)


def test_crossing_trees_spread_to_their_edges() -> None:
    tokens = []
    for i, word in enumerate(("a", "b", "c", "d")):
        token = tree.Token()
        token.i, token.idx, token.text, token.whitespace_ = i, 2 * i, word, " "
        tokens.append(token)
    tree.hang(tokens, [2, 1, 3, 1])  # a hangs on c, c on d, d on the root b: a stands left of b
    assert [(t.left_edge.i, t.right_edge.i) for t in tokens] == [(0, 0), (0, 3), (0, 2), (0, 3)]


@pytest.mark.parametrize("text", TEXTS)
def test_marks_of_many_words_are_those_of_the_pipeline(text: str) -> None:
    """Part of speech and lemma from memory, asked of many words at once, against the pipeline over the sentence."""
    # several spaces between two words are a word to the pipeline and none to us
    whole, ours = ([t for t in doc if not t.is_space] for doc in (model()(text), parse(text)))
    same = [(x, y) for x, y in zip(whole, ours, strict=True) if (x.tag_, x.dep_) == (y.tag_, y.dep_)]
    assert len(same) > 0.6 * len(whole)
    for x, y in same:
        if x.lower_ not in ("let", "'s"):  # the pipeline knows "let's" as a pair
            assert (x.pos_, x.lemma_) == (y.pos_, y.lemma_), x


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_texts_without_words(text: str) -> None:
    doc = parse(text)
    assert doc.text == text
    assert [t.text for t in doc if not t.is_space] == []
    assert doc[0:0].text == ""
    assert list(doc[0:0]) == []


def test_a_word_asked_alone_has_the_marks_it_has_among_others() -> None:
    """What words share is their tag and relation, never more: each against the model's pipes over that word alone."""
    from spacy.tokens import Doc

    nlp = model()
    places = (("IN", "mark"), ("DT", "det"), ("VBZ", "aux"), ("VBZ", "ROOT"), ("NNS", "dobj"), ("RB", "neg"))
    words = [(w, *place) for w in ("that", "That", "n't", "has", "ferries", "agreed", "\n") for place in places]
    ours = marks.marks(nlp, *(list(column) for column in zip(*words, strict=True)))
    for (word, tag, dep), found in zip(words, ours, strict=True):
        one = Doc(nlp.vocab, words=[word], spaces=[False], tags=[tag], deps=[dep], heads=[0])
        for name in ("attribute_ruler", "lemmatizer"):
            one = nlp.get_pipe(name)(one)
        assert found == (one[0].pos_, one[0].lemma_), (word, tag, dep)
