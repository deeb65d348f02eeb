"""The words of a text as search sees them, each with the place where it stands.

The index holds `Token.word`; a hit is a number of tokens, and the tokens of the unchanging text say exactly which
passage that is. Nothing is looked for by similarity.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from comity.words import fold


class Token(NamedTuple):
    """One folded word and its span ``[start, end)`` in code points."""

    word: str
    start: int
    end: int


# Scripts that are written without spaces: each character is a word, so that any part of a phrase is found.
_UNSPACED = (
    "\u0e00-\u0edf\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# Soft hyphens and joiners are invisible inside words.
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_drop_invisible = functools.partial(re.compile(f"[{_INVISIBLE}]+").sub, "")
# What the index's own splitter takes for a gap between words (ASCII), and the bar of a fraction.
_GAP = re.compile(r"[\x00-/:-@\[-`{-\x7f\u2044\s]+")


@functools.cache
def _pattern() -> re.Pattern[str]:
    blocks = (range(0x20000), range(0xE0100, 0xE01F0))  # no marks are assigned elsewhere
    found = [chr(c) for block in blocks for c in block if unicodedata.category(chr(c)) in ("Mn", "Mc", "Me")]
    # two classes: one that goes beyond U+FFFF would be searched from end to end for every character
    near, far = ("".join(c for c in found if (ord(c) > 0xFFFF) is beyond) for beyond in (False, True))
    marks = f"[{near}]|[{far}]"
    letter = rf"[^\W_\u02bc{_UNSPACED}]"  # U+02BC is an apostrophe that Unicode calls a letter
    plain, other = "[A-Za-z0-9]++", r"(?![\x00-\x7f])"  # most of most texts, quickly
    word = rf"(?:{plain}|{other}{letter})(?:{plain}|{other}(?:{letter}|{marks}|[{_INVISIBLE}]))*"
    return re.compile(rf"{word}|{other}[{_UNSPACED}](?:{marks})*")


@functools.lru_cache(maxsize=1 << 16)
def _folded(word: str) -> tuple[str, ...]:
    # folding may open one sign up into several words: ½ is 1⁄2
    return tuple(part for part in _GAP.split(fold(_drop_invisible(word)).casefold()) if part)


def columns(text: str) -> tuple[list[str], list[int], list[int]]:
    """All words of `text` in order; where they start; where they end."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _pattern().finditer(text):
        found = _folded(match[0])
        if len(found) == 1:
            words.append(found[0])
            starts.append(match.start())
            ends.append(match.end())
        else:
            words += found
            starts += [match.start()] * len(found)
            ends += [match.end()] * len(found)
    return words, starts, ends


def tokens(text: str) -> list[Token]:
    """All words of `text`, in order.

    >>> [(t.word, t.start, t.end) for t in tokens("In Kýiv—talks")]
    [('in', 0, 2), ('kyiv', 3, 7), ('talks', 8, 13)]
    """
    return [Token(*each) for each in zip(*columns(text), strict=True)]


def folded(text: str) -> str:
    """The text that the index is given: its n-th word is the n-th of `tokens`.

    >>> folded("Élan, déjà-vu")
    'elan deja vu'
    """
    return " ".join(columns(text)[0])
