"""Nouns that can speak and want: people by what they are, and bodies of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.roles import BODIES, GROUPS, OUTLETS, ROLES
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_TRADES = ("er", "or", "ist", "ian", "ant", "ent", "man", "woman")
"""How nouns for people of a trade or a kind end."""


def is_agent(noun: Token) -> bool:
    """True of a common noun for people or for a body, whether anything in the text names it or not.

    >>> from comity.reading.parse import parse
    >>> [t.text for t in parse("The hospital federation and creditors met in the hall over the draft.") if is_agent(t)]
    ['federation', 'creditors']
    """
    if noun.pos_ not in ("NOUN", "PROPN") or syntax.nobody(noun):
        return False
    word = noun.lemma_.lower()
    if noun.lower_ in GROUPS or word in ROLES or word in BODIES - OUTLETS or word in words("gathered"):
        return True
    return noun.tag_ == "NNS" and word.endswith(_TRADES)
