"""What the object of a verb makes of it: a claim that is rejected is denied, a town under attack is not criticised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.wording import words
from comity.words import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

_ABOUT = frozenset({"to", "on", "over", "for"})


def denies(word: str, what: Token | None) -> bool:
    """True of "rejected the accusation", "dismissed reports of a rift": that something is so, not a step or a text.

    "Rejected Bresca's claim to the island" is a no to what Bresca wants.
    """
    if what is None or word not in words("brushing_off"):
        return False
    noun = syntax.lemma(what)
    told = any(c.dep_ in ("acl", "ccomp", "relcl") and c.left_edge.lower_ == "that" for c in what.rights)
    if noun in words("tellings") and told:
        return True
    after = what.nbor(1) if what.i + 1 < len(what.doc) else what
    return noun in words("allegations") and not (after.dep_ == "prep" and after.lower_ in _ABOUT)


def by_object(word: str, act: Act | None, subject: Token, what: Token | None) -> Act | None:
    """The act of a verb of judging with this subject and object; None where it tells of no words."""
    if word in words("assaults") and _armed(subject):
        return None  # "troops attacked a village"
    if word in ("put", "estimate", "set") and what is not None and syntax.lemma(what) in words("odds"):
        return Act.ASSESS  # "put the chances at one in two"
    return act


def _armed(subject: Token) -> bool:
    named = {subject, *(c for c in subject.lefts if c.dep_ in ("compound", "amod"))}
    return any(t.lemma_.lower() in words("armed") for t in named)
