"""Words that stay with a speaker beyond the sentence of the cue: embedded posts, and points announced as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution, merged
from comity.reading.lexicon import Cue
from comity.reading.sources import source_of
from comity.reading.wording import words
from comity.words import Segment, SegmentKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def carry(doc: Doc, found: Sequence[Attribution], segments: Sequence[Segment]) -> tuple[Attribution, ...]:
    """`found` with the sentences that a post or a list carries on for the same speaker."""
    out = [_over_post(a, doc, segments) for a in found]
    for token in doc:
        if token.pos_ == "VERB" and token.lemma_ in words("lists"):
            listed = _list(doc, token, out)
            if listed is not None:
                out.append(listed)
    return tuple(sorted(out, key=lambda a: (a.cue_span, a.content)))


def _over_post(a: Attribution, doc: Doc, segments: Sequence[Segment]) -> Attribution:
    """In an embedded post a speaker named at its end says all of it."""
    at = a.cue_span[0]
    post = next((s for s in segments if s.kind is SegmentKind.POST and s.start <= at < s.end), None)
    if post is None or a.lexical.group != "say" or a.complement != "clause" or a.content[0][0] > at:
        return a
    start = next((t.idx for t in doc if t.idx >= post.start and not t.is_space), a.content[0][0])
    return replace(a, content=merged([(start, a.content[-1][1])])) if start < a.content[0][0] else a


def _list(doc: Doc, verb: Token, found: Sequence[Attribution]) -> Attribution | None:
    """ "The minister named three conditions." – and the sentences that follow in the paragraph, as many at most."""
    count = _announced(verb)
    if count is None or verb.dep_ != "ROOT" or syntax.negated(verb):
        return None
    sentence = verb.sent
    source = source_of(verb)
    if source.span is None or not any(t.text in ".:" for t in sentence[-3:]):
        return None
    spans: list[Span] = []
    after = sentence.end
    while after < len(doc) and len(spans) < count:
        follow = doc[after].sent
        if "\n\n" in syntax.text_of(doc)[doc[after - 1].idx : follow.start_char]:
            break
        if any(follow.start_char <= a.cue_span[0] < follow.end_char and a.lexical.group == "say" for a in found):
            break
        spans.append(syntax.tidy(syntax.text_of(doc), (follow.start_char, follow.end_char)))
        after = follow.end
        if "\n\n" in syntax.text_of(doc)[follow.start_char : doc[after].idx if after < len(doc) else None]:
            break
    if not spans:
        return None
    cue = Cue(verb.lemma_, None, "speech", "list")
    return Attribution(
        cue=verb.i,
        cue_span=syntax.chars(doc, verb.i, verb.i),
        source=source.head,
        source_span=source.span,
        content=tuple(spans),
        head=None,
        complement="quote",
        lexical=cue,
    )


def _announced(verb: Token) -> int | None:
    """How many points the verb's object announces: "three", "two conditions"; None if it names no number."""
    for c in verb.rights:
        if c.dep_ not in ("dobj", "prep"):
            continue
        for t in c.subtree:
            number = _NUMBERS.get(t.lower_)
            if number is not None and (t.i == c.i or t.head.lemma_ in words("listed")):
                return number
    return None
