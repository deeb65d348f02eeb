"""A text as windows of word pieces.

A window holds whole paragraphs, as many as fit into `SIZE` pieces, so that context costs no speed. A paragraph that is
too long is cut at the last sentence-like stop that fits. Training and reading cut alike: both use this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from comity.reading.quotes import find_quotes
from comity.words import InputError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SIZE = 256
NEWS, TALKS = "[CLS]", "[unused1]"
"""The first piece of a window tells by which annotators' habits it is read: those of PolNeAR, or our own. One network
learns both without mixing them up (a dataset embedding, Stymne, de Lhoneux, Smith and Nivre 2018)."""
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_STOPS = frozenset({".", "!", "?", "”", '"'})
CASES = 3
SIGNS = 2 * CASES
"""How many signs a piece may have, see `sign`."""
_Piece = tuple[int, int, int, bool, int]


@dataclass(frozen=True)
class Window:
    """Pieces of one stretch of text, with [CLS] and [SEP]: `ids`, and `spans`, the characters of each piece.

    Offsets are into the whole text; those of [CLS], and of the [SEP] between paragraphs and at the end, are empty.
    `within` is True for a piece that goes on the word of the piece before. `signs` tells what the pieces, which are in
    small letters, do not: 0 to `SIGNS`, see `sign`.
    """

    ids: NDArray[np.int64]
    spans: NDArray[np.int64]
    within: NDArray[np.bool_]
    signs: NDArray[np.int64]

    @property
    def marks(self) -> NDArray[np.bool_]:
        """True for a piece that stands for no text."""
        return np.equal(self.spans[:, 0], self.spans[:, 1])


def windows(text: str, tokenizer: Tokenizer, size: int = SIZE, register: str = NEWS) -> list[Window]:
    """The windows of `text`, in order; every piece stands in exactly one. Each begins with the piece `register`."""
    room = size - 2
    current: list[_Piece] = []
    found: list[list[_Piece]] = []
    first, last = (_id(tokenizer, name) for name in (register, "[SEP]"))
    quoted = _quoted(text)
    for paragraph in _PARAGRAPH.finditer(text):
        encoded = tokenizer.encode(paragraph[0], add_special_tokens=False)
        base = paragraph.start()
        pieces: list[_Piece] = []
        for i, (s, e), token in zip(encoded.ids, encoded.offsets, encoded.tokens, strict=True):
            goes_on = token.startswith("##")
            case = pieces[-1][4] % CASES if goes_on and pieces else sign(text, base + s)
            pieces.append((i, base + s, base + e, goes_on, case + CASES * quoted[base + s]))
        if current and len(current) + len(pieces) >= room:
            found.append(current)
            current = []
        if current:
            current.append((last, base, base, False, 0))
        while len(pieces) > room:
            cut = _cut(text, pieces, room)
            found.append(pieces[:cut])
            pieces = pieces[cut:]
        current += pieces
    if current:
        found.append(current)
    return [_window(pieces, first, last) for pieces in found]


def sign(text: str, at: int) -> int:
    """How the word that begins at `at` is written: 0 in small letters or none, 1 with a capital, 2 in capitals.

    >>> [sign(word, 0) for word in ("pact", "Pact", "PACT", "A", "“")]
    [0, 1, 2, 1, 0]
    """
    if not text[at].isupper():
        return 0
    return 2 if text[at + 1 : at + 2].isupper() else 1


def _quoted(text: str) -> NDArray[np.int64]:
    """1 for each character that lies in a quotation, marks and all."""
    inside = np.zeros(len(text) + 1, dtype=np.int64)
    for quote in find_quotes(text):
        inside[quote.start : quote.end] = 1
    return inside


def _id(tokenizer: Tokenizer, name: str) -> int:
    known = tokenizer.token_to_id(name)
    if known is None:
        raise InputError(f"the tokenizer has no {name}", hint="use the tokenizer.json that lies beside the model")
    return known


def _cut(text: str, pieces: list[_Piece], room: int) -> int:
    """How many pieces the window takes of a paragraph that does not fit: up to a stop in its second half."""
    stops = [k for k in range(room // 2, room) if text[pieces[k][1] : pieces[k][2]] in _STOPS]
    return stops[-1] + 1 if stops else room


def _window(pieces: list[_Piece], first: int, last: int) -> Window:
    return Window(
        np.array([first, *(p[0] for p in pieces), last], dtype=np.int64),
        np.array([(0, 0), *(p[1:3] for p in pieces), (0, 0)], dtype=np.int64),
        np.array([False, *(p[3] for p in pieces), False], dtype=np.bool_),
        np.array([0, *(p[4] for p in pieces), 0], dtype=np.int64),
    )
