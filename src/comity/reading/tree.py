"""A parsed text as plain Python objects, that answer as spaCy's `Doc`, `Span` and `Token` do.

The rules ask each word some hundred questions. spaCy makes a new object for every word at every question and looks each
string up anew; here words are made once and keep their answers. Only what the rules ask for is kept.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import Any, overload


class Token:
    """A word of a parse. `lefts`, `rights` and `children` are in order of the text; the root's `head` is itself."""

    __slots__ = (
        "_subtree", "children", "dep_", "doc", "head", "i", "idx", "is_alpha", "is_punct", "is_sent_start", "is_space",
        "is_title", "left_edge", "lefts", "lemma_", "like_num", "lower_", "pos_", "right_edge", "rights", "sent",
        "tag_", "text", "whitespace_",
    )  # fmt: skip

    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    tag_: str
    pos_: str
    dep_: str
    whitespace_: str
    is_space: bool
    is_punct: bool
    is_alpha: bool
    is_title: bool
    like_num: bool
    is_sent_start: bool
    doc: Doc
    sent: Span
    head: Token
    left_edge: Token
    right_edge: Token
    lefts: Sequence[Token]
    rights: Sequence[Token]
    children: Sequence[Token]
    _subtree: Sequence[Token] | None

    ent_type_ = ""
    """Always empty: names are found by rules and lists."""

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def text_with_ws(self) -> str:
        """The word with the space after it."""
        return self.text + self.whitespace_

    @property
    def subtree(self) -> Sequence[Token]:
        """The word and all that hangs on it: what hangs to its left first, then the word, then what is to its right."""
        if not self.children:
            return (self,)
        if self._subtree is None:
            found: list[Token] = []
            pending: list[tuple[Token, bool]] = [(self, False)]
            while pending:  # no recursion: lists without a stop make trees as deep as they are long
                word, opened = pending.pop()
                if opened or not word.children:
                    found.append(word)
                    continue
                pending += [(c, False) for c in reversed(word.rights)]
                pending.append((word, True))
                pending += [(c, False) for c in reversed(word.lefts)]
            self._subtree = found
        return self._subtree

    @property
    def ancestors(self) -> Iterator[Token]:
        """What the word hangs on, up to the root."""
        node = self
        while node.head is not node:
            node = node.head
            yield node

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The words that are joined with this one ("A, B and C")."""
        first = self
        while first.head is not first and first.dep_ == "conj":
            first = first.head
        found = [first]
        for word in found:
            found += [c for c in word.rights if c.dep_ == "conj"]
        return tuple(word for word in found if word is not self)

    def is_ancestor(self, other: Token) -> bool:
        """True if `other` hangs on this word, through others or not."""
        return any(node is self for node in other.ancestors)

    def nbor(self, i: int = 1) -> Token:
        """The word `i` places after this one; an IndexError if there is none."""
        if not 0 <= self.i + i < len(self.doc.tokens):
            raise IndexError(f"no word stands {i} places from word {self.i} of {len(self.doc.tokens)}")
        return self.doc.tokens[self.i + i]


class Span:
    """The words ``doc[start:end]``."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, Span) and (self.start, self.end) == (other.start, other.end)
        return same and self.doc is getattr(other, "doc", None)

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start, self.end))

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, i: int) -> Token: ...
    @overload
    def __getitem__(self, i: slice) -> Span: ...
    def __getitem__(self, i: int | slice) -> Token | Span:
        if isinstance(i, slice):
            first, last, _ = i.indices(len(self))
            return Span(self.doc, self.start + first, self.start + max(first, last))
        at = self.end + i if i < 0 else self.start + i
        if not self.start <= at < self.end:
            raise IndexError(f"no word {i} among {len(self)}")
        return self.doc.tokens[at]

    @property
    def start_char(self) -> int:
        return self.doc.starts[self.start] if self.start < len(self.doc.starts) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        if self.end <= self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> Span:
        """The sentence of the first word."""
        return self.doc.tokens[self.start].sent

    @property
    def root(self) -> Token:
        """The word nearest to the root of its sentence, the first of several; no bare space or mark if a word is."""
        words = self.doc.tokens[self.start : self.end]
        for word in words:
            if word.head is word:
                return word
        best, least = words[0], len(self.doc.tokens)
        for word in words:
            if self.start <= word.head.i < self.end:
                continue
            bare = not word.children and (word.is_space or word.is_punct)
            depth = len(self.doc.tokens) - 1 if bare else sum(1 for _ in word.ancestors)
            if depth < least:
                best, least = word, depth
        return best


class Doc:
    """A parsed text: its words in order, `starts` their offsets. `user_data` is for what the rules find out."""

    __slots__ = ("_sentences", "starts", "text", "tokens", "user_data")

    def __init__(self, text: str, tokens: list[Token], sentences: list[tuple[int, int]]) -> None:
        self.text, self.tokens = text, tokens
        self.starts = [t.idx for t in tokens]
        self.user_data: dict[str, Any] = {"text": text}
        self._sentences = [Span(self, a, b) for a, b in sentences]
        for span in self._sentences:
            for token in tokens[span.start : span.end]:
                token.doc, token.sent = self, span

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, i: int) -> Token: ...
    @overload
    def __getitem__(self, i: slice) -> Span: ...
    def __getitem__(self, i: int | slice) -> Token | Span:
        if i.__class__ is int:  # asked so often that the order of the questions shows
            return self.tokens[i]
        if isinstance(i, slice):
            first, last, _ = i.indices(len(self.tokens))
            return Span(self, first, max(first, last))
        return self.tokens[i]

    @property
    def sents(self) -> Iterator[Span]:
        return iter(self._sentences)

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Span | None:
        """The words at characters ``[start, end)``; None if there are none.

        Where a word stands on the border, "expand" takes it, "contract" leaves it out, "strict" gives None.
        """
        first, last = self._at(start), self._at(end - 1)
        if first < 0 or last < 0:
            return None
        a, b = self.tokens[first], self.tokens[last]
        if alignment_mode == "strict" and (a.idx != start or b.idx + len(b.text) != end):
            return None
        if alignment_mode == "contract":
            first += a.idx < start
            last -= end < b.idx + len(b.text)
            if last < first:
                return None
        elif alignment_mode == "expand" and start == a.idx + len(a.text):
            first += 1  # the space after a word is no part of it
        return Span(self, first, max(first, last + 1))

    def _at(self, char: int) -> int:
        """The word at a character, the space after it included; -1 outside the text."""
        i = bisect.bisect_right(self.starts, char) - 1
        if i < 0 or char >= self.starts[i] + len(self.tokens[i].text) + len(self.tokens[i].whitespace_):
            return -1
        return i


def hang(tokens: Sequence[Token], heads: Sequence[int]) -> None:
    """Set head, children and edges of each word; `heads` are indices of words, a root's is its own."""
    lefts: dict[int, list[Token]] = {}
    rights: dict[int, list[Token]] = {}
    low, high = list(range(len(tokens))), list(range(len(tokens)))
    for i, head in enumerate(heads):
        if head > i:
            lefts.setdefault(head, []).append(tokens[i])
        elif head < i:
            rights.setdefault(head, []).append(tokens[i])
    _spread(heads, low, high)
    for i, token in enumerate(tokens):
        token.head, token._subtree = tokens[heads[i]], None
        token.left_edge, token.right_edge = tokens[low[i]], tokens[high[i]]
        token.lefts, token.rights = lefts.get(i, ()), rights.get(i, ())
        token.children = [*token.lefts, *token.rights] if token.lefts and token.rights else token.lefts or token.rights


def _spread(heads: Sequence[int], low: list[int], high: list[int]) -> None:
    """Widen each word's edges to those of what hangs on it, until nothing moves: trees may cross."""
    order = range(len(heads))
    moved = True
    while moved:
        moved = False
        for way in (order, reversed(order)):
            for i in way:
                head = heads[i]
                if low[i] < low[head]:
                    low[head], moved = low[i], True
                if high[i] > high[head]:
                    high[head], moved = high[i], True
