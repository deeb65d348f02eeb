"""What is wanted of somebody in few words: "wants them back", "wants it spread out"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token


def wanted(verb: Token) -> Iterator[tuple[str, int, frozenset[int]]]:
    """The complement of "want" that is a pronoun and what it is to become: kind, head and tokens."""
    if verb.lemma_ not in ("want", "need", "like"):
        return
    it = syntax.child(verb, "dobj")
    if it is not None and it.tag_ == "PRP":
        then = [c for c in verb.rights if c.i > it.i and c.dep_ in ("advmod", "prt", "prep", "oprd", "acomp")]
        if then and then[0].i == it.i + 1:
            yield "person_inf", it.i, frozenset({it.i, *(i for c in then for i in syntax.subtree_ids(c))})
    for c in verb.rights:
        if c.dep_ == "ccomp" and c.tag_ in ("VB", "VBP") and not syntax.auxiliaries(c) and c.lefts:
            yield "person_inf", c.i, frozenset(syntax.subtree_ids(c))
