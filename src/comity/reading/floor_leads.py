"""Which verb of telling leads a sentence where no roll does: after a label, or with a name for subject by the parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.floor_names import of_people, tells
from comity.reading.rehang import Edits
from comity.reading.rolls import Roll

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LABEL = 15
"""Within how many words the colon after a label stands."""


def headed(doc: Doc, mains: Sequence[int]) -> Iterator[Edits]:
    """ "FINANCE: Norway presented …": the verb after the label leads, not the label."""
    for sentence in doc.sents:
        root = sentence.root
        colon = next((t.i for t in sentence[:_LABEL] if t.text.endswith(":") and len(t.text) < 3), None)
        if colon is None or root.i > colon or root.pos_ in ("VERB", "AUX"):
            continue
        known = next((i for i in mains if colon < i < sentence.end), None)
        verb = doc[known] if known is not None else next((t for t in doc[colon + 1 : sentence.end] if _told(t)), None)
        if verb is not None:
            yield {verb.i: (verb.i, "ROOT"), root.i: (verb.i, "dep")}


def _told(verb: Token) -> bool:
    """True of a verb of telling with a name for subject."""
    subject = syntax.subject(verb)
    named = subject is not None and subject.i < verb.i and subject.pos_ == "PROPN"
    plain = verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass") for c in verb.lefts)
    return named and (plain or verb.tag_ in ("VBD", "VBZ")) and tells(verb)


def leads(doc: Doc, rolls: Sequence[Roll], mains: Sequence[int]) -> Iterator[tuple[Token, int]]:
    """Verbs of telling that lead a sentence and have a name or people for subject by the parse, though no roll.

    "Ada Holt, of the harbour board, noted the cost and asked for time". Each with the token before which its words end.
    """
    for sentence in doc.sents:
        verb = sentence.root
        if verb.i in mains or verb.tag_ not in ("VBD", "VBZ") or not tells(verb):
            continue
        subject = syntax.subject(verb)
        if subject is None or subject.i > verb.i:
            continue
        if not (subject.pos_ == "PROPN" or of_people(subject) or subject.lower_ in ("he", "she", "they")):
            continue
        inside = [r.group.names[0].first for r in rolls if verb.i < r.verb < sentence.end and r.opens >= 0]
        if not any(sentence.start <= m < verb.i for m in mains):
            yield verb, min([sentence.end, *(i for i in inside if i > verb.i)])
