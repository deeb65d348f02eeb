"""Which of the article's own clauses bear on the negotiation and are worth a line in the ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.clauses import Unit
from comity.reading.voices import Cast
from comity.reading.wording import words as words_of
from comity.words import Act, Certainty, Issue, StatusClaim

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NEGOTIATION = re.compile(
    r"\b(?:talks?|negotiat\w+|deal|agreement|accord|treaty|settlement|truce|ceasefire|cease-fire|peace|summit|mediat\w+|"
    r"envoys?|delegat\w+|offer\w*|propos\w+|demand\w*|concession\w*|compromise\w*|terms?|draft|framework|plan|dialogue|"
    r"guarantee\w*|sanction\w*|parties|sides|issue|clause|mandate|quota\w*|strike|contract|protocol|resolution|text|meeting)\b",
    re.I,
)
_VAGUE = re.compile(r"^\W*(?:photo|image|file|read more|watch|listen|correction|here is|here are|this story)\b", re.I)


def bears(
    doc: Doc,
    unit: Unit,
    cast: Cast,
    text: str,
    *,
    act: Act,
    certainty: Certainty,
    status: StatusClaim | None,
    issue: Issue | None,
    score: float,
    agenda: bool,
) -> bool:
    """True if a clause in the article's own voice says something of the talks, an issue or a party's outlook."""
    head = doc[unit.head]
    words = [doc[i] for i in sorted(unit.ids) if doc[i].is_alpha]
    if len(words) < 3 or _VAGUE.search(text):
        return False
    if not syntax.finite(head) and certainty is Certainty.ASSERTED:
        return False
    if unit.why == "relative" and _describes(doc, unit, certainty):
        return False
    start, end = doc[unit.first].idx, doc[unit.last].idx + len(doc[unit.last])
    party = cast.party_named((start, end)) is not None
    if act is Act.DECLINE_TO_SAY:
        return True
    if agenda:
        if issue is None:
            people = any(doc[i].lemma_ in words_of("offices") for i in unit.ids)
            return (party or people) and certainty is not Certainty.ASSERTED
        if issue.kind != "substance":
            return party or status is not None or score >= 1.0
        return True
    return (party or status is not None) and _NEGOTIATION.search(text) is not None


def _describes(doc: Doc, unit: Unit, certainty: Certainty) -> bool:
    """True of ", who heads the delegation", ", which sells a tenth of it": who or what something is, told in passing.

    What somebody else does with it (", which they do not have") and a guess (", which is unlikely to accept") are more.
    """
    if doc[unit.first].lower_ in ("whatever", "whoever", "whichever"):
        return True
    subject = syntax.subject(doc[unit.head])
    relative = subject is None or subject.tag_ in ("WDT", "WP") or any(c.tag_ == "WP$" for c in subject.lefts)
    return relative and certainty is Certainty.ASSERTED
