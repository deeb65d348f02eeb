"""The words of a text as search sees them, each with the place where it stands.

The index holds `Token.word`; a hit is a number of tokens, and the tokens of the unchanging text say exactly which
passage that is. Nothing is looked for by similarity.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
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
    marks = "".join(
        chr(code) for block in blocks for code in block if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me")
    )
    letter = rf"[^\W_\u02bc{_UNSPACED}]"  # U+02BC is an apostrophe that Unicode calls a letter
    return re.compile(rf"{letter}+(?:[{marks}{_INVISIBLE}]+{letter}*)*|[{_UNSPACED}][{marks}]*")


@functools.lru_cache(maxsize=1 << 16)
def _folded(word: str) -> tuple[str, ...]:
    # folding may open one sign up into several words: ½ is 1⁄2
    return tuple(part for part in _GAP.split(fold(_drop_invisible(word)).casefold()) if part)


def tokens(text: str) -> list[Token]:
    """All words of `text`, in order.

    >>> [(t.word, t.start, t.end) for t in tokens("In Kýiv—talks")]
    [('in', 0, 2), ('kyiv', 3, 7), ('talks', 8, 13)]
    """
    found = []
    for match in _pattern().finditer(text):
        for word in _folded(match.group()):
            found.append(Token(word, match.start(), match.end()))
    return found


def folded(found: Iterable[Token]) -> str:
    """The text that the index is given: its n-th word is the n-th of `found`.

    >>> folded(tokens("Élan, déjà-vu"))
    'elan deja vu'
    """
    return " ".join(token.word for token in found)
