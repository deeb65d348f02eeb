"""Hyphens within names: "Kim Yeon-chul" is one name; a co-leader is a leader, a Secretary-General one title."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading.name_view import View
from comity.reading.rehang import Edits

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SURNAME_WORDS = """
    kim lee park pak moon yoon yun chung jung jeong choi choe han suh seo cho jo kang hwang ahn an song shin ryu yoo yu
    lim im jang chang oh ri rhee ro roh noh nam kwon ko no ban hong hyun hyon yang bae baek son sohn paik ju joo tae
    tsai ma lai ho wu chen lin wang li lu hsiao koo su hau
"""
_SURNAMES = frozenset(_SURNAME_WORDS.split())
"""Surnames that stand before given names of two syllables: those written with a hyphen and a small letter."""
_OF_GENERALS = frozenset({"secretary", "director", "attorney", "inspector", "governor", "solicitor", "auditor"})
_LONGEST = 6
_PREFIXES = frozenset({"co", "vice", "ex"})


def given_goes_on(v: View, j: int) -> int:
    """How many tokens from the hyphen at `j` on belong to a given name of two syllables; 0 if none."""
    if v.words[j] != "-" or j < 2 or j + 1 >= len(v.words) or not v.tight(j - 1) or v.capital[j + 1]:
        return 0
    second = v.words[j + 1]
    fits = v.lower[j - 2] in _SURNAMES and v.capital[j - 2] and v.capital[j - 1]
    return 2 if fits and second.isalpha() and len(second) <= _LONGEST and v.lower[j - 1] != "led" else 0


def general(v: View, k: int) -> bool:
    """True if token `k` is "General" of "Secretary-General", which is one title and no name."""
    there = 2 <= k < len(v.words) and v.lower[k] == "general"
    return there and v.words[k - 1] == "-" and v.lower[k - 2] in _OF_GENERALS


def prefixed(doc: Doc) -> Iterator[Edits]:
    """What mends "the union's co-leader said", where the parse takes "co" for the one who speaks."""
    for token in doc:
        if token.lower_ not in _PREFIXES or token.i + 2 >= len(doc) or token.nbor().text != "-":
            continue
        noun = token.nbor(2)
        if token.whitespace_ or token.nbor().whitespace_ or noun.head == token or noun.pos_ not in ("NOUN", "PROPN"):
            continue
        edits = {token.i: (noun.i, "compound"), token.nbor().i: (noun.i, "punct")}
        edits |= {c.i: (noun.i, c.dep_) for c in token.children if c.i != noun.i and c.i not in edits}
        if token.head != noun:
            yield edits
