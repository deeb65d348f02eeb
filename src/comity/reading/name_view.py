"""A parse as the finders of names look at it: letter case mended, stretches of the text told apart."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading.gazetteer import first_names
from comity.reading.roles import BODIES, GROUPS, OUTLETS, PLACES, ROLES
from comity.reading.truecase import common, truecase
from comity.words import Segment, SegmentKind, fold_name

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_QUIET = frozenset({SegmentKind.HEADER, SegmentKind.CREDIT, SegmentKind.POST_RESIDUE, SegmentKind.BOILERPLATE})
_OPENERS = frozenset("\"'“‘«([:—–-•*")


@dataclass(frozen=True)
class View:
    """Tokens of a parse with what the finders of names ask of them again and again.

    `source` is the document's text (a `Doc` makes its text anew each time it is asked); `text` has its length, capitals
    mended and apostrophes straight. `words[i]`, `lower[i]` are the i-th token so mended; `capital[i]` tells if it is
    capitalised, `initial[i]` if it would be in any case.
    `loose[i]` is False where capitals say nothing: headings, headers, credits.
    """

    doc: Doc
    source: str
    text: str
    tokens: list[Token]
    words: list[str]
    lower: list[str]
    capital: list[bool]
    initial: list[bool]
    loose: list[bool]
    starts: list[int]

    def end(self, i: int) -> int:
        """The offset at which token `i` ends."""
        return self.starts[i] + len(self.words[i])

    def index_at(self, offset: int) -> int:
        """The token that covers or follows `offset`."""
        i = bisect.bisect_right(self.starts, offset) - 1
        return i if i >= 0 and offset < self.end(i) else i + 1

    def tight(self, i: int) -> bool:
        """True if no space stands on either side of the token after `i`."""
        return self.end(i) == self.starts[i + 1] and self.end(i + 1) == self.starts[i + 2]

    def name(self, start: int, end: int) -> list[str]:
        """The words of the tokens ``[start, end)`` as they are written: "al-Haddad" and "Lund-Berg" are one each."""
        out: list[str] = []
        for i in range(start, end):
            if i > start and self.end(i - 1) == self.starts[i] and self.words[i] != ".":
                out[-1] += self.words[i]
            else:
                out.append(self.words[i])
        return out

    def name_like(self, i: int) -> bool:
        """True if token `i` is capitalised as a name is, and not only because it opens a sentence."""
        word = self.words[i]
        if not self.capital[i] or not word[0].isalpha() or self.tokens[i].tag_ == "CD":
            return False
        if i + 2 < len(self.words) and self.words[i + 1] == "-" and not self.capital[i + 2] and self.tight(i):
            return self.words[i + 3 : i + 4] == ["-"] and self.capital[i + 4 : i + 5] == [True]  # not Ad-hoc, Long-term
        if self.tokens[i].tag_ in ("PRP", "PRP$", "DT", "IN", "CC", "WP", "WRB", "WDT", "MD", "UH"):
            given = not self.initial[i] and self.tokens[i].tag_ == "IN" and fold_name(word) in first_names()
            return (word.isupper() and len(word) > 1) or given  # "union leader Per Ask": no preposition
        if self.initial[i]:
            after = i + 2 if self.words[i + 1 : i + 2] == ["-"] and i + 2 < len(self.words) and self.tight(i) else i + 1
            follows = after < len(self.words) and self.capital[after] and not self.initial[after]
            if common(self.lower[i]) and not self.speaks(i):
                if follows and after == i + 2:
                    return True  # "Lund-Berg said"
                return follows and self.tokens[i].tag_ in ("NNP", "NNPS") and self.tokens[i].pos_ == "PROPN"
        return True

    def speaks(self, i: int) -> bool:
        """True of a bare proper noun that does what people do: "Marsh said", though "marsh" is a word."""
        token = self.tokens[i]
        if token.tag_ != "NNP" or token.dep_ not in ("nsubj", "nsubjpass") or token.head.lemma_ not in HUMAN:
            return False
        return self.lower[i] not in BODIES | GROUPS | ROLES | OUTLETS | PLACES


_HUMAN_VERBS = """
    say tell add note argue claim warn insist ask reply write tweet announce explain believe think want hope urge call
    stress state declare meet visit speak vow promise deny reject accept agree demand propose suggest refuse
"""
HUMAN = frozenset(_HUMAN_VERBS.split())
"""Verbs of what people do."""


def view(doc: Doc, segments: tuple[Segment, ...]) -> View:
    """The view of `doc`; spaces between paragraphs are left out."""
    source = doc.text
    text = truecase(source).replace("’", "'")
    tokens = [t for t in doc if not t.is_space]
    words = [text[t.idx : t.idx + len(t)] for t in tokens]
    starts = [t.idx for t in tokens]
    quiet = [(s.start, s.end) for s in segments if s.kind in _QUIET or s.kind is SegmentKind.HEADING]
    loose = [True] * len(tokens)
    for start, end in quiet:
        for i in range(bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)):
            loose[i] = False
    initial = [False] * len(tokens)
    for i, token in enumerate(tokens):
        before = words[i - 1] if i else ""
        opened = bool(before) and before in _OPENERS
        if opened and before in "-–—'" and i > 1:  # a dash or quotation mark, not a hyphen or apostrophe
            opened = starts[i - 1] > starts[i - 2] + len(words[i - 2])
        initial[i] = i == 0 or bool(token.is_sent_start) or opened or "\n\n" in text[starts[i - 1] : starts[i]]
    return View(
        doc,
        source,
        text,
        tokens,
        words,
        [w.lower() for w in words],
        [w[:1].isupper() for w in words],
        initial,
        loose,
        starts,
    )
