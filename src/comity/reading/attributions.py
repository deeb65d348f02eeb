"""Who is reported to say or want what: cue, source and content, in the sentence and across sentences.

Each cue word of the lexicon is looked at in the parse: which complement it has tells what is said, its subject who
says it. Quotations that no cue of their own sentence covers are given to the speaker whose words they go on, or to
nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.complements import Complement, complements
from comity.reading.lexicon import Cue, lexicon
from comity.reading.quotes import Quote
from comity.reading.sources import Source, source_of
from comity.words import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True)
class Attribution:
    """One cue with what hangs on it. Tokens are indices into the parse.

    `head` is the head of the content's clause or phrase (None for a quotation that only stands beside the cue);
    `via` are tokens of outlets named as having carried the words; `negated` and `hypothetical` speak of the cue itself
    ("did not say", "might say").
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

    def covers(self, at: int) -> bool:
        return any(s <= at < e for s, e in self.content)


def find_attributions(doc: Doc, quotes: Sequence[Quote]) -> tuple[Attribution, ...]:
    """Every attribution of the text, in order of their cues."""
    found: list[Attribution] = []
    for token in doc:
        if token.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            for complement in complements(token):
                attribution = _attribution(doc, token, complement)
                if attribution is not None:
                    found.append(attribution)
                    break
    found = [_with_quotes(a, quotes, doc) for a in found]
    return tuple(sorted(found, key=lambda a: (a.cue_span, a.content)))


def _attribution(doc: Doc, token: Token, complement: Complement) -> Attribution | None:
    source: Source = complement.source or source_of(token)
    ids = complement.ids - source.ids - complement.cue_ids
    content = tuple(
        span
        for span in (syntax.tidy(doc.text, syntax.chars(doc, *syntax.trim(doc, a, b))) for a, b in syntax.runs(ids))
        if span[1] > span[0] and any(c.isalnum() for c in doc.text[span[0] : span[1]])
    )
    if not content:
        return None
    return Attribution(
        cue=token.i,
        cue_span=syntax.chars(doc, min(complement.cue_ids), max(complement.cue_ids)),
        source=source.head,
        source_span=source.span,
        content=content,
        head=complement.head,
        complement=complement.kind,
        lexical=complement.cue,
        via=source.via,
        addressee=complement.addressee,
        negated=syntax.negated(token),
        hypothetical=syntax.modal(token) in {"might", "may", "could", "would", "should"},
    )


def _with_quotes(a: Attribution, quotes: Sequence[Quote], doc: Doc) -> Attribution:
    """`a` with its content grown to the whole of each quotation that it reaches into."""
    content = list(a.content)
    for quote in quotes:
        for i, (start, end) in enumerate(content):
            if start < quote.end and quote.start < end and not quote.covers(*a.cue_span):
                content[i] = (min(start, quote.start), max(end, quote.end))
    return replace(a, content=merged(content))


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


__all__ = ["Attribution", "find_attributions", "lexicon", "merged"]
