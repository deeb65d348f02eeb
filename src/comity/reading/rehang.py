"""Relations of a parse set anew, as long as each sentence stays one tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from comity.reading import tree
from comity.reading.floor_names import verb_form

if TYPE_CHECKING:
    from spacy.tokens import Doc

Edits = dict[int, tuple[int, str]]
"""For each token that is to hang elsewhere: its head and relation."""


def settle(doc: Doc, wanted: Iterable[Edits]) -> None:
    """Set each of the relations that are wanted together, where the sentence stays one tree."""
    for own in wanted:
        new = {i: x for i, x in own.items() if (doc[i].head.i, doc[i].dep_) != x}
        past = {i: "VBD" for i, x in own.items() if x[1] in ("conj", "ROOT") and doc[i].tag_ in ("VBN", "JJ")}
        if (new or past) and (not new or one_tree(doc, next(iter(new)), new)):
            apply(doc, new, past)


def one_tree(doc: Doc, verb: int, edits: Edits) -> bool:
    """True if the sentence of `verb` would have one root that every word leads to."""
    sentence = doc[verb].sent
    heads = {t.i: edits[t.i][0] if t.i in edits else t.head.i for t in sentence}
    if any(not sentence.start <= h < sentence.end for h in heads.values()):
        return False
    roots = [i for i, h in heads.items() if i == h]
    if len(roots) != 1:
        return False
    safe = set(roots)
    for i in heads:
        path, node = [], i
        while node not in safe:
            if node in path:
                return False
            path.append(node)
            node = heads[node]
        safe.update(path)
    return True


def apply(doc: Doc, edits: Edits, tags: dict[int, str]) -> None:
    tokens = cast("tree.Doc", doc).tokens
    for i, (_, dep) in edits.items():
        tokens[i].dep_ = dep
    for i, tag in tags.items():
        tokens[i].tag_ = tag
        tokens[i].pos_ = "PROPN" if tag == "NNP" else "VERB"
        if tag == "VBD":
            tokens[i].lemma_ = verb_form(tokens[i].lower_) or tokens[i].lemma_
    for start, end in sorted({(s.start, s.end) for s in (doc[i].sent for i in edits)}):
        heads = [edits[t.i][0] if t.i in edits else t.head.i for t in tokens[start:end]]
        tree.hang(tokens[start:end], [head - start for head in heads])  # only what moved: reports can be long
