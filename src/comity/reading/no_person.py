"""Names taken for a person's of which the text tells that they are a body's.

"Lindal, which speaks for the pilots" and "Orvane said it would attend": whoever is "which" or "it" is no person. Only
names of one word are looked at that have no title and no first name anywhere.
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.name_cast import head_of
from comity.reading.name_view import HUMAN
from comity.reading.told import UNNAMED_KINDS, plain
from comity.reading.wording import words
from comity.words import Entity, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DAYS = frozenset(calendar.day_name) | frozenset(calendar.month_name)


def bodies_told(doc: Doc, entities: tuple[Entity, ...], mentions: tuple[Mention, ...]) -> tuple[Entity, ...]:
    """`entities` where those that the text speaks of as "which" or "it" are bodies."""
    bare = {e.id for e in entities if e.type == "person" and " " not in e.name and not e.role and not e.party}
    bare -= {e.id for e in entities if any(" " in alias for alias in e.aliases)}
    others = {e.id for e in entities if e.type == "other" and not e.role}
    told = set()
    for mention in mentions if bare or others else ():
        if mention.entity in bare | others and mention.entity not in told:
            head = head_of(doc, mention)
            if head is None:
                continue
            if _called(head) or (mention.entity in bare and (_which(head) or _acts_as_it(head))):
                told.add(mention.entity)
    return tuple(replace(e, type="body") if e.id in told else e for e in entities)


def _which(head: Token) -> bool:
    """True of X in "X, which speaks for the pilots, said"."""
    return any(
        c.dep_ == "relcl" and (s := syntax.subject(c)) is not None and s.lower_ == "which" and c.i > head.i
        for c in head.rights
    )


def _called(head: Token) -> bool:
    """True of X in "the X union"."""
    noun = head.head
    return head.dep_ in ("compound", "nmod") and noun.i == head.i + 1 and plain(noun.lower_) in UNNAMED_KINDS


def _acts_as_it(head: Token) -> bool:
    """True of X in "X said it would attend": "it" does what only somebody does, and nothing else stands before it."""
    verb = head.head
    if head.dep_ != "nsubj" or verb.lemma_ not in HUMAN:
        return False
    for clause in verb.rights:
        subject = syntax.subject(clause) if clause.dep_ == "ccomp" else None
        if subject is None or subject.lower_ != "it" or subject.i < verb.i:
            continue
        between = head.doc[head.sent.start : subject.i]
        if any(t.tag_ in ("NN", "NNP") and t.i != head.i and t.text not in _DAYS for t in between):
            continue
        if _of_somebody(clause):
            return True
    return False


def _of_somebody(verb: Token) -> bool:
    """True of a verb that says what somebody does or is: "would attend", "was ready to sign"."""
    if verb.lemma_ == "be":
        return any(c.lower_ in words("of_minds") for c in verb.rights)
    active = not any(c.dep_ == "auxpass" for c in verb.lefts)
    return active and (verb.lemma_ in HUMAN | words("done_by_bodies"))
