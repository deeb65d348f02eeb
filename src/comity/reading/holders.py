"""Whose position or outlook a statement describes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.drafts import Draft, Page
from comity.reading.voices import Cast
from comity.reading.wording import words
from comity.words import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

_VIEW = re.compile(
    r"\b(?:from|in) (?:the )?([\w.’' -]{2,40}?)(?:['’]s)? (?:point of view|perspective|view|eyes|standpoint)\b"
)


def holder_of(page: Page, cast: Cast, d: Draft, author: bool, head: Token) -> str | None:
    if not author:
        return d.voice.stand
    start, end = page.doc[min(d.ids)].idx, page.doc[max(d.ids)].idx
    text = page.document.text[start : end + 40]
    view = _VIEW.search(text)
    if view:
        party = cast.party_named((start + view.start(), start + view.end()))
        if party:
            return party
    for node in _subjects(head):
        who = cast.resolve(node)
        if _two_parties(cast, node):
            return None
        if who.party or (who.known and who.type in ("person", "group", "body", "state")):
            return who.holder
        if node.pos_ != "PRON" or node.lower_ not in ("it", "what", "that", "this"):
            return None
    return None


def only_told(act: Act, head: Token) -> bool:
    """True of what the article tells of somebody and nobody stands for: whom they will meet, what is done to them.

    "Holt is expected to meet the envoy on Monday", "Belvara has not been invited".
    """
    if act not in (Act.ASSERT, Act.ANNOUNCE):
        return False
    subject = syntax.subject(head)
    if subject is not None and subject.dep_ == "nsubjpass" and head.lemma_ not in words("expected"):
        return not any(c.dep_ == "agent" for c in head.rights)
    plans = (head, *(c for c in head.rights if c.dep_ == "acomp"))
    planned = any(t.lemma_ in words("expected") and any(c.dep_ == "xcomp" for c in t.rights) for t in plans)
    return planned or syntax.modal(head) == "will"


def _subjects(head: Token) -> Iterator[Token]:
    """The subject of the clause; under "it is unlikely …", "what X wants …" that of the clause inside."""
    subject = syntax.subject(head)
    if subject is not None and subject.dep_ == "csubj":
        inner = syntax.subject(subject) or next((c for c in subject.lefts if c.dep_ == "nsubj"), None)
        inner = next((c for c in reversed(list(subject.lefts)) if c.dep_ == "nsubj"), inner)
        if inner is not None:
            yield inner
        return
    if subject is not None:
        yield subject
    if subject is None or subject.lower_ in ("it", "this", "that"):
        for c in head.subtree:
            if c.dep_ in ("ccomp", "advcl", "xcomp") and c.i != head.i and syntax.subject(c) is not None:
                if c.dep_ == "advcl" and not any(m.lower_ in ("if", "whether") for m in c.lefts):
                    continue
                if c.dep_ == "advcl" and c.head.i == head.i:
                    continue
                inner = syntax.subject(c)
                if inner is not None:
                    yield inner
                return


def _two_parties(cast: Cast, subject: Token) -> bool:
    """True if the subject joins actors of different parties: then it is nobody's position alone."""
    parties = {cast.resolve(t).party for t in cast.each(subject)}
    return len(parties - {None}) > 1
