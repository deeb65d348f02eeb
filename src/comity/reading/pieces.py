"""The parser over the pieces of one text side by side.

spaCy's parser goes through a text word by word, and at every step multiplies one row with its output layer. Where a
rule has said that a sentence starts, nothing is joined across, and all that a step sees of what follows are the next
two words. So a text falls into pieces between such starts, each taken with the two words after it, and one step serves
all pieces at once, for the same tree at about half the cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

SIZE = 40
"""The least words of a piece; the last may have fewer."""
_AHEAD = 2
"""How many words of what follows the parser looks at."""


def cuts(starts: Sequence[int], size: int = SIZE) -> list[int]:
    """Where the pieces begin, and the end of the last: at starts (1) that leave at least `size` words to each.

    >>> cuts([0, -1, 1, 0, 1, -1, 1, -1], size=3)
    [0, 4, 8]
    """
    found = [0]
    for i, start in enumerate(starts):
        if start == 1 and i - found[-1] >= size:
            found.append(i)
    return [*found, len(starts)]


def parsed(parser: Any, doc: Doc, size: int = SIZE) -> NDArray[np.uint64]:
    """Relation, head (relative) and sentence start of each word of `doc`, as spaCy keeps them: n × 3.

    `doc` has vectors of its words (`Doc.tensor`), and starts of sentences where rules say so.
    """
    from spacy.attrs import DEP, HEAD, ORTH, SENT_START, SPACY
    from spacy.tokens import Doc as SpacyDoc

    if not len(doc):
        return np.zeros((0, 3), dtype=np.uint64)
    kept = [DEP, HEAD, SENT_START]
    rows = doc.to_array([ORTH, SPACY, SENT_START])
    borders = cuts(rows[:, 2].astype(np.int64).tolist(), size)
    strings = doc.vocab.strings
    words, spaces = [strings[key] for key in rows[:, 0].tolist()], rows[:, 1].astype(bool).tolist()
    pieces = []
    for start, end in pairwise(borders):
        stop = min(end + _AHEAD, len(doc))
        piece = SpacyDoc(doc.vocab, words=words[start:stop], spaces=spaces[start:stop])
        piece.from_array([SENT_START], rows[start:stop, 2:3])  # type: ignore[arg-type]
        piece.tensor = doc.tensor[start:stop]
        pieces.append(piece)
    parser.set_annotations(pieces, parser.predict(pieces))
    found = [piece.to_array(kept)[: end - start] for piece, (start, end) in zip(pieces, pairwise(borders), strict=True)]
    return np.concatenate(found)
