"""Who is named only in the paragraph after: "The head of the mission said … " – "Ada Holt told reporters …".

Agencies open with an office and give the name of its holder, without any title, at the start of the next paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from comity.reading.roles import ROLES
from comity.reading.syntax import text_of
from comity.words import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SUBJECTS = ("nsubj", "nsubjpass")
_NEXT = 2
"""In how many paragraphs after the opening the name is looked for."""


def named_later(doc: Doc, named: Mapping[int, Entity], told: Mapping[str, set[str]]) -> dict[int, str]:
    """The office that the opening paragraph speaks of without a name, to the person whom it is; `told`: of all people.

    Only where one such office stands there, and one person comes next of whom the text never says what they are.
    """
    paragraphs: list[list[Span]] = []
    whole = text_of(doc)
    for sentence in doc.sents:
        words = whole[sentence.start_char : sentence.end_char].strip()
        if not words or (not paragraphs and words[-1] not in '."”'):
            continue  # headings and credits have no stop
        gap = whole[doc[sentence.start - 1].idx : sentence.start_char + 1] if sentence.start else "\n\n"
        if "\n\n" in gap or not paragraphs:
            if len(paragraphs) > _NEXT:
                break
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    if len(paragraphs) < 2:
        return {}
    offices = [t for sentence in paragraphs[0] for t in sentence if _office(t)]
    if len(offices) != 1:
        return {}
    met = {named[t.i].id for sentence in paragraphs[0] for t in sentence if t.i in named}
    for paragraph in paragraphs[1 : 1 + _NEXT]:
        for token in paragraph[0]:
            entity = named.get(token.i)
            if entity is None or entity.type != "person" or entity.id in met:
                continue
            new = " " in entity.name and not entity.role and not told.get(entity.id)
            return {offices[0].i: entity.id} if new and token.dep_ in _SUBJECTS else {}
    return {}


def _office(noun: Token) -> bool:
    """True of "the head of the mission" and "Belvara's prime minister" as subjects, without a name beside."""
    if noun.dep_ not in _SUBJECTS or noun.tag_ != "NN" or noun.lower_ not in ROLES:
        return False
    if not any(c.lower_ == "the" or c.dep_ == "poss" for c in noun.lefts):
        return False
    return not any(c.dep_ == "appos" for c in noun.rights)
