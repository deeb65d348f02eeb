"""One attribution: a cue with its source and its content, as it stands in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.reading.lexicon import Cue
from comity.reading.model import Triple
from comity.words import Span


@dataclass(frozen=True)
class Attribution:
    """One cue with what hangs on it. Tokens are indices into the parse.

    `head` is the head of the content's clause or phrase (None for a quotation that only stands beside the cue);
    `via` are tokens of outlets named as having carried the words; `negated` and `hypothetical` speak of the cue itself
    ("did not say", "might say"). `told` is the model's own reading of it, if the model has read it.
    """

    cue: int
    cue_span: Span
    source: int | None
    source_span: Span | None
    content: tuple[Span, ...]
    head: int | None
    complement: str
    lexical: Cue
    via: tuple[int, ...] = ()
    addressee: Span | None = None
    negated: bool = False
    hypothetical: bool = False
    told: Triple | None = None

    def covers(self, at: int) -> bool:
        return any(s <= at < e for s, e in self.content)


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` in order, overlapping ones joined.

    >>> merged([(5, 9), (0, 3), (2, 4)])
    ((0, 4), (5, 9))
    """
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
