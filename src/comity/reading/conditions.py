"""Under what condition a clause holds: where its words stand that say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.words import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_IF = frozenset({"if", "unless", "once", "until", "provided", "providing", "assuming", "lest"})
_OPENS = re.compile(r"(?:only|even) if|as long as|so long as|only when|as soon as|except if|only once|only after")
_IN_RETURN = re.compile(
    r"(?:in exchange for|in return for|on (?:the )?condition that|on the understanding that|without|subject to|"
    r"in the event of|in case of|conditional on|provid(?:ed|ing)(?: that)?|assuming(?: that)?)\b",
    re.I,
)
_MOMENTS = frozenset({"day", "moment", "minute", "hour", "instant"})
_IN_TIME = re.compile(r"\W*(?:once|when|after|as soon as|(?:the|that) (?:day|moment|minute|hour|instant))\b", re.I)
_TIMES = frozenset({"before", "while", "when", "after"})
_YET_TO_COME = frozenset({"will", "would", "shall", "can", "could", "may", "must"})


def conditions(doc: Doc, ids: frozenset[int]) -> tuple[Span, ...]:
    """Where the clause says under what condition it holds."""
    spans: list[Span] = []
    apart = {c.i for i in ids for c in doc[i].rights if c.dep_ == "advcl" and c.i not in ids and _when(c)}
    for i in sorted(ids | apart):
        token = doc[i]
        if spans and token.idx < spans[-1][1]:
            continue
        if token.dep_ == "advcl" or _moment(token) or (token.dep_ == "prep" and _TIMES & {token.lower_}):
            subtree = [t.i for t in token.subtree if t.i in ids or i in apart]
            first = _as_long(token) or min(subtree)
            hangs = _when(token) and (token.head.i in ids or i in apart)
            opening = " ".join(t.lower_ for t in doc[first : first + 3])
            if opening.split()[0] in _IF or _OPENS.match(opening) or _inverted(token) or _moment(token) or hangs:
                spans.append(syntax.chars(doc, *syntax.trim(doc, first, max(subtree))))
        elif token.lower_ == "without" and (token.head.pos_ in ("NOUN", "PROPN") or not _bars(token)):
            continue  # "a trawler without lights", "studied it without haste"
        elif token.dep_ in ("prep", "mark") and _IN_RETURN.match(syntax.text_of(doc), token.idx):
            subtree = [t.i for t in token.subtree if t.i in ids]
            spans.append(syntax.chars(doc, *syntax.trim(doc, min(subtree), max(subtree))))
    return tuple(spans)


def contingent(text: str) -> bool:
    """True if a condition may never come about ("if the guns fall silent"), not only has its time ("once they have").

    >>> contingent("provided that both agree"), contingent("the day the treaty is signed")
    (True, False)
    """
    return _IN_TIME.match(text) is None


def barred(head: Token) -> bool:
    """True if a clause is denied until something else comes about: "will not sign before it has read it".

    "There would be no talks until the camps were cleared" is one, "will not sign before Monday" is none.
    """
    if not (syntax.negated(head) or _none(head)):
        return False
    if any(c.dep_ == "prep" and c.lower_ == "without" and c.i < head.i for c in head.lefts):
        return True  # "without a court there is no treaty"
    below = list(head.rights)
    for c in below:  # "is not willing to discuss it before …"
        below += c.rights if c.dep_ in ("attr", "dobj", "xcomp", "acomp") else ()
    return any(c.dep_ == "advcl" and c.left_edge.lower_ in ("until", "unless", "before") for c in [*head.lefts, *below])


def _none(head: Token) -> bool:
    """ "There would be no talks", "will sign nothing"."""
    noun = syntax.child(head, "attr", "dobj", "nsubj", "nsubjpass")
    return noun is not None and syntax.nobody(noun)


def _bars(token: Token) -> bool:
    """True of "without" where what lacks it is denied ("no vote without a text"), or where it opens the clause."""
    head = token.head
    return token.i < head.i or syntax.negated(head) or _none(head)


def _when(token: Token) -> bool:
    """ "Would talk when the guns fell silent", "no treaty while the camps stand", "not before it has been read".

    What is still to come hangs on what comes first. What was done before or after something does not.
    """
    opening, head = token.left_edge.lower_, token.head
    while head.dep_ in ("attr", "dobj", "xcomp", "acomp") and head.head.i != head.i:
        head = head.head
    if opening not in _TIMES or token.dep_ != "advcl" or syntax.modal(head) not in _YET_TO_COME:
        return False
    return opening in ("when", "after") or syntax.negated(head) or _none(head)


def _moment(token: Token) -> bool:
    """ "(Would open the border) the day the treaty was signed"."""
    if token.lemma_ not in _MOMENTS or token.dep_ not in ("npadvmod", "dobj", "advmod", "tmod", "dep"):
        return False
    told = any(c.dep_ in ("relcl", "acl", "advcl") and syntax.finite(c) for c in token.rights)
    return told and any(c.lower_ in ("the", "that") for c in token.lefts) and syntax.modal(token.head) in _YET_TO_COME


def _as_long(verb: Token) -> int | None:
    """Where "as long as …", "as soon as …" begins, whose first words the parse hangs above the clause."""
    word = verb.head
    if word.lower_ not in ("long", "soon") or word.i == 0 or word.nbor(-1).lower_ not in ("as", "so"):
        return None
    return word.i - 1


def _inverted(verb: Token) -> bool:
    """ "Should the talks fail, …", "Had they asked, …": a condition worded by putting the auxiliary first."""
    first = verb.left_edge
    subject = syntax.subject(verb)
    opens = first.lower_ in ("should", "had", "were") and first.head.i == verb.i
    return opens and subject is not None and first.i < subject.i < verb.head.i
