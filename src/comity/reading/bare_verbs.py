"""Bare verbs that the tagger takes for nouns: "demanded that Belvara release 40 prisoners"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading.rehang import apply, one_tree
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SPELLED_ALIKE = frozenset({"NN", "NNP"})


def bare_verbs(doc: Doc) -> Doc:
    """`doc` where what somebody is asked to do is a verb, and who is asked its subject.

    >>> from comity.reading.parse import parse
    >>> doc = bare_verbs(parse("He demanded that Belvara release at least 40 billion metres a year during drought."))
    >>> [(t.text, t.head.text, t.dep_) for t in doc if t.text == "Belvara"]
    [('Belvara', 'release', 'nsubj')]
    """
    for noun in doc:
        if noun.tag_ not in _SPELLED_ALIKE or noun.dep_ != "ccomp" or noun.head.lemma_ not in words("requests"):
            continue
        name = next((c for c in noun.lefts if c.i == noun.i - 1 and c.dep_ == "compound"), None)
        that = any(c.dep_ == "mark" and c.lower_ == "that" for c in noun.lefts)
        if name is None or not that or not noun.text.islower() or not name.text[:1].isupper():
            continue
        edits = {name.i: (noun.i, "nsubj")}
        if one_tree(doc, noun.i, edits):
            apply(doc, edits, {noun.i: "VB"})
    return doc
