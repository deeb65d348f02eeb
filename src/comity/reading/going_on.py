"""Sentences without a cue that go on with somebody's words, as the model sees them.

"The union wants ten per cent, she said. Anything less would be put to a ballot." Whether the second sentence is hers or
the reporter's no word of it tells. The model links each cue to what its speaker goes on to say; here such stretches
become whole sentences and part of what the attribution tells. What has a speaker already keeps it, and what sounds like
a guess or a forecast ("She may come to regret it") stays the reporter's unless it stands in quotation marks: a
reporter's guess in somebody's mouth is the worst mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution, merged
from comity.reading.chains import gives_voice
from comity.reading.hedges import certainty_of
from comity.reading.wording import plain
from comity.words import Certainty, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Stretch

MOST = 0.6
"""The share of a sentence's letters that must go on for all of it to."""


def going_on(doc: Doc, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """`found`, with the sentences that go on with each one's words among its content."""
    out = []
    for a in found:
        more = a.told.more if a.told is not None and gives_voice(a, doc) else ()
        spans = _sentences(doc, more, found)
        out.append(replace(a, content=merged([*a.content, *spans])) if spans else a)
    return tuple(out)


def _sentences(doc: Doc, more: Sequence[Span], found: Sequence[Attribution]) -> list[Span]:
    """The sentences of which `more` holds most, without those that have a speaker or a cue of their own."""
    text = syntax.text_of(doc)
    out = []
    for start, end in more:
        touched = doc.char_span(start, end, alignment_mode="expand")
        for sentence in {} if touched is None else {t.sent.start: t.sent for t in touched}.values():
            span = syntax.tidy(text, (sentence.start_char, sentence.end_char))
            goes_on = span[1] > span[0] and _share(span, more) >= MOST
            if goes_on and not _spoken_for(sentence, found) and not _guess(doc, sentence, text[span[0] : span[1]]):
                out.append(span)
    return out


def _share(span: Span, more: Sequence[Span]) -> float:
    return sum(max(0, min(e, span[1]) - max(s, span[0])) for s, e in more) / (span[1] - span[0])


def _guess(doc: Doc, sentence: Stretch, words: str) -> bool:
    """True if the sentence, in the reporter's voice, would be a guess, a forecast or an opinion."""
    if words[:1] in '"“':
        return False
    ids = [t.i for t in sentence]
    return certainty_of(doc, sentence.root, ids, plain(words), authorial=True) is not Certainty.ASSERTED


def _spoken_for(sentence: Stretch, found: Sequence[Attribution]) -> bool:
    """True if a cue of speech stands in the sentence, or some attribution tells its words already."""
    start, end = sentence.start_char, sentence.end_char
    for a in found:
        if start <= a.cue_span[0] < end and a.lexical.kind == "speech" and a.source is not None:
            return True
        if a.lexical.kind == "speech" and any(s < end and start < e for s, e in a.content):
            return True
    return False
