"""What a text under negotiation says: "the draft calls for …", "Article 9 would bar …", "under the plan, …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.roles import TEXTS
from comity.reading.wording import words
from comity.words import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

_SETTLED = frozenset({"accord", "agreement", "treaty", "pact", "deal", "settlement", "memorandum", "resolution", "law"})
_NOT_YET = frozenset({"draft", "proposed", "new", "latest", "revised", "amended", "possible", "potential", "emerging"})


def text_told(head: Token) -> tuple[Token, Act] | None:
    """The text whose terms the clause of `head` tells, and what is done with them; None if it tells none.

    A draft or a plan puts its terms up for others to take; what is signed only tells what it says.

    >>> from comity.reading.parse import parse
    >>> told = text_told(next(t for t in parse("The draft calls for a pullback.") if t.dep_ == "ROOT"))
    >>> told[0].text, told[1].value
    ('draft', 'offer')
    """
    subject = syntax.subject(head)
    if subject is None or not is_text(subject) or not syntax.finite(head):
        return None
    particle = next((f"{syntax.lemma(head)} {c.lower_}" for c in head.rights if c.dep_ in ("prep", "prt")), "")
    terms = words("terms")
    whole = subject.dep_ == "nsubj" and syntax.child(head, "dobj", "xcomp", "ccomp") is not None
    would = syntax.modal(head) in ("would", "will", "could", "shall") and whole
    if not would and syntax.lemma(head) not in terms and particle.replace(" ", "_") not in terms:
        return None
    if syntax.modal(head) in ("may", "might", "should", "must") or head.lemma_ in ("be", "fail", "collapse"):
        return None
    return subject, _act(subject)


def is_text(noun: Token) -> bool:
    """True of a draft, a plan or an article of one."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    part = noun.lemma_.lower() in words("parts") and any(c.like_num for c in noun.children)
    return noun.lemma_.lower() in TEXTS | words("drafted") or part


def _act(noun: Token) -> Act:
    signed = noun.lemma_.lower() in _SETTLED and not any(c.lower_ in _NOT_YET for c in noun.lefts)
    return Act.ASSERT if signed else Act.OFFER


def under(head: Token) -> tuple[Token, Act] | None:
    """The text of "Under the plan, prisoners would be freed and the bridge would open", as `text_told` has it."""
    first = head
    while first.dep_ == "conj" and syntax.finite(first.head):
        first = first.head
    for prep in first.lefts:
        noun = syntax.child(prep, "pobj") if prep.lower_ == "under" and prep.dep_ == "prep" else None
        if noun is not None and is_text(noun) and syntax.modal(head) in ("would", "will"):
            return noun, _act(noun)
    return None
