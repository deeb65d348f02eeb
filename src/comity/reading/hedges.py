"""How sure a clause is made to sound, and whether it is a forecast, a guess or an opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.wording import pattern, words
from comity.words import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def certainty_of(doc: Doc, head: Token, ids: Sequence[int], text: str, *, authorial: bool) -> Certainty:
    """The certainty of a clause. `authorial` clauses are also read for judgements in the reporter's own voice."""
    if authorial and pattern("certainty.opinion").search(text) and not _quoted_only(text, pattern("certainty.opinion")):
        return Certainty.OPINION
    if pattern("certainty.inferred").search(text) and _must_infers(head, text, authorial=authorial):
        return Certainty.INFERRED
    if pattern("certainty.predicted").search(text):
        return Certainty.PREDICTED
    if pattern("certainty.speculative").search(text):
        return Certainty.SPECULATIVE
    if pattern("certainty.hedged").search(text):
        return Certainty.HEDGED
    modal = syntax.modal(head)
    if authorial and any(doc[i].tag_ == "MD" and doc[i].lower_ in ("may", "might") for i in ids):
        return Certainty.SPECULATIVE
    if modal == "could" and syntax.negated(head):
        return Certainty.ASSERTED  # "could not be the basis of a deal"
    if modal in ("might", "may", "could"):
        return Certainty.SPECULATIVE if authorial else Certainty.HEDGED
    if authorial and modal == "will" and head.lemma_ in words("judging_verbs"):
        return Certainty.OPINION
    if modal == "would" and head.lemma_ in ("like", "prefer"):
        return Certainty.ASSERTED  # "would like both to sign": a wish
    if authorial and modal == "would" and not any(c.dep_ == "advcl" or c.lower_ == "rather" for c in head.children):
        return Certainty.HEDGED
    return Certainty.ASSERTED


def _must_infers(head: Token, text: str, *, authorial: bool) -> bool:
    """ "must have been" infers; "must be decided by the voters" and, said by somebody, "must be free" demand."""
    found = pattern("certainty.inferred").search(text)
    if found is None or not found.group().lower().startswith("must"):
        return True
    return (
        "must have" in text.lower()
        or "must already" in text.lower()
        or (
            syntax.modal(head) == "must"
            and head.pos_ == "AUX"
            and syntax.child(head, "auxpass") is None
            and head.tag_ == "VB"
            and authorial
        )
    )


def _quoted_only(text: str, wanted: re.Pattern[str]) -> bool:
    """True if every match of `wanted` stands inside quotation marks: somebody else's words."""
    bare = re.sub(r"[\"“][^\"”]*[\"”]", " ", text)
    return wanted.search(bare) is None
