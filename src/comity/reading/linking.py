"""Quotations that no cue of their own sentence covers: whose words they go on, if the text tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution, merged
from comity.reading.bare_quotes import of_whom_before
from comity.reading.labelled import speaks
from comity.reading.lexicon import lexicon
from comity.reading.quotes import Quote
from comity.reading.sources import Source, noun_phrase, source_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FIRST_OR_SECOND = frozenset({"i", "we", "you", "us", "me", "myself", "ourselves", "one"})
_BREAK = re.compile(r"\n[ \t]*\n|(?<=[.!?:;”\"’'])[ \t]*\n")

_SHORT = re.compile(r"\b(?:[A-Z]|Mrs?|Ms|Dr|St|Gen|Sen|Gov|Rep|Col|Capt|Lt|Prof|Rev|No)$")


def is_utterance(text: str, quote: Quote) -> bool:
    """True for a quotation that can stand as something said, not for a quoted word or name."""
    inner = text[quote.inner[0] : quote.inner[1]].strip()
    return len(inner.split()) >= 4 and (inner[:1].isupper() or inner[:1] in ".…[(" or inner[-1:] in ".,!?…")


def link(doc: Doc, found: Sequence[Attribution], quotes: Sequence[Quote]) -> list[Attribution]:
    """`found` without what stands inside somebody's quoted words, and with the quotations that go on."""
    text = syntax.text_of(doc)
    out = sorted((_grown(a, quotes) for a in found), key=lambda a: a.cue_span)
    out = [a for a in out if not _own_words(a, out, quotes, doc)]
    for k, quote in enumerate(quotes):
        if _covered(quote, out):
            continue
        before = quotes[k - 1] if k else None
        index = _same_sentence(doc, quote, out)
        if index is None and not is_utterance(text, quote):
            named = _beside(doc, quote, out)
            if named is not None and named.complement == "object_predicate":
                out.append(named)
            continue
        index = index if index is not None else _goes_on(text, quote, before, out)
        if index is not None:
            cue = out[index].cue_span[0]
            for i, a in enumerate(out):  # whoever handed on the words before hands on these
                if i == index or (a.lexical.word == "according to" and a.covers(cue)):
                    out[i] = replace(a, content=merged([*a.content, (quote.start, quote.end)]))
            continue
        beside = _beside(doc, quote, out) or _after(doc, quote, out, quotes) or of_whom_before(doc, quote)
        if beside is not None:
            out.append(beside)
    return sorted(out, key=lambda a: (a.cue_span, a.content))


def _grown(a: Attribution, quotes: Sequence[Quote]) -> Attribution:
    """`a` with its content grown to the whole of each quotation that it reaches into."""
    content = list(a.content)
    for quote in quotes:
        for i, (start, end) in enumerate(content):
            if start < quote.end and quote.start < end and not quote.covers(*a.cue_span):
                content[i] = (min(start, quote.start), max(end, quote.end))
    return replace(a, content=merged(content))


def _covered(quote: Quote, found: Sequence[Attribution]) -> bool:
    inside = sum(
        max(0, min(e, quote.end) - max(s, quote.start))
        for a in found
        if a.lexical.kind == "speech" and not quote.covers(*a.cue_span)
        for s, e in a.content
    )
    return inside >= 0.5 * (quote.end - quote.start) or any(
        quote.covers(*a.cue_span) is False and a.covers(quote.start) and a.covers(quote.end - 1) for a in found
    )


def _own_words(a: Attribution, found: Sequence[Attribution], quotes: Sequence[Quote], doc: Doc) -> bool:
    """True if `a` stands inside quoted words of a speaker and is no more than the speaker's own way of saying."""
    for quote in quotes:
        if quote.covers(*a.cue_span):
            source = doc[a.source].lower_ if a.source is not None else "we"
            clause = sum(1 for t in doc[a.cue].sent if not t.is_space) > 3 and quote.end - quote.start > 24
            return clause and (source in _FIRST_OR_SECOND or a.lexical.kind != "speech")
    return False


def _same_sentence(doc: Doc, quote: Quote, found: Sequence[Attribution]) -> int | None:
    """An attribution whose content precedes its cue and that a quotation right after the cue completes."""
    for i, a in enumerate(found):
        if a.lexical.group != "say" or a.content[-1][1] > a.cue_span[0] or a.cue_span[1] > quote.start:
            continue
        last = max(a.cue_span[1], a.source_span[1] if a.source_span else 0)
        between = syntax.text_of(doc)[last : quote.start]
        if len(between) < 60 and not re.search(r"[.!?;]", between) and len(between.split()) < 8:
            return i
    return None


def _goes_on(text: str, quote: Quote, before: Quote | None, found: Sequence[Attribution]) -> int | None:
    """The attribution whose quoted words `quote` goes on: "P," she said. "Q." – or the paragraph before, left open."""
    best: int | None = None
    reach = -1
    for i, a in enumerate(found):
        last = max(a.content[-1][1], a.cue_span[1], a.source_span[1] if a.source_span else 0)
        if last <= quote.start and last > reach and a.lexical.kind == "speech":
            best, reach = i, last
    if best is None:
        return None
    if found[best].lexical.word in ("according to", "per"):  # “P,” she said, according to the agency. “Q.”
        first = found[best].content[0][0]
        said = (i for i, b in enumerate(found) if first <= b.content[0][0] <= b.cue_span[0] < reach and i != best)
        best = next((i for i in said if text[found[i].content[-1][1] - 1] in "\"”’'»"), best)
    a = found[best]
    if before is not None and before.continued and a.covers(before.end - 1):
        return best
    quoted = text[a.content[-1][1] - 1] in "\"”’'»"
    between = text[reach : quote.start]
    if _bare(text, quote, between) and a.source_span is not None and a.complement in ("clause", "quote"):
        return best
    if not quoted or _BREAK.search(between) or '"' in between or "“" in between:
        return None
    return best if _stops(between) <= 1 and len(between) < 240 else None


def _stops(between: str) -> int:
    """How many sentences end in `between`; "Mr. Ask", "Sen. Holt" and "J. Penn" end none."""
    return sum(not _SHORT.search(between[: m.start()]) for m in re.finditer(r"[.!?](?=\s)", between))


def _bare(text: str, quote: Quote, between: str) -> bool:
    """True of a paragraph that is a quotation and no more, right after the paragraph in which somebody spoke.

    Where another person spoke, a paragraph would say so: "Q," she said on Monday. – "R. S."
    """
    end = text.find("\n", quote.end)
    rest = text[quote.end : end if end >= 0 else len(text)]
    if rest.strip() or len(_BREAK.findall(between)) != 1 or _BREAK.split(between)[-1].strip():
        return False
    before = _BREAK.split(between)[0]
    return (
        len(before) < 160 and not re.search(r"[.!?][\s\"”]+\S", before) and not re.search('["“”]', before.strip('"”'))
    )


def _beside(doc: Doc, quote: Quote, found: Sequence[Attribution]) -> Attribution | None:
    """A speech verb in the same sentence as the quotation, or in one that ends with a colon just before it."""
    span = doc.char_span(quote.inner[0], quote.inner[1], alignment_mode="contract")
    if span is None or not len(span):
        return None
    first, last = span[0].sent, span[-1].sent
    if quote.start > first.start_char + 1 or not _after_colon(doc, first.start):
        sentences = [first] if first.start == last.start else [first, last]
    else:
        sentences = [first, doc[first.start - 1].sent]
    after = doc.char_span(quote.end - 1, quote.end, alignment_mode="expand")
    if after is not None and after.end < len(doc) and doc[after.end - 2].text in "!?…":
        follows = doc[after.end].sent  # "Now!" she said.
        if follows.start >= after.end - 1 and follows.start != last.start:
            sentences.append(follows)
    taken = {a.cue for a in found}
    for sentence in sentences:
        for token in sentence:
            if quote.start <= token.idx < quote.end or token.pos_ != "VERB" or token.i in taken:
                continue
            cue = lexicon().verb(syntax.lemma(token), "clause") or lexicon().verb(syntax.lemma(token), "quote")
            calls = lexicon().verb(syntax.lemma(token), "object_predicate")
            if calls is not None and (cue is None or cue.group != "say") and token.idx < quote.start:
                cue = calls
            elif cue is None or cue.kind != "speech" or cue.group != "say":
                continue
            source = _outside(token, quote) or source_of(token)
            if source.span is None or quote.start <= source.span[0] < quote.end:
                continue
            return Attribution(
                cue=token.i,
                cue_span=syntax.chars(doc, token.i, token.i),
                source=source.head,
                source_span=source.span,
                content=((quote.start, quote.end),),
                head=None,
                complement="quote" if cue is not calls else "object_predicate",
                lexical=cue,
                via=source.via,
                negated=syntax.negated(token),
            )
    return None


def _outside(verb: Token, quote: Quote) -> Source | None:
    """The subject that stands outside the quotation, where the parse gives the verb one within it as well."""
    subjects = [c for c in verb.children if c.dep_ in syntax.SUBJECTS]
    apart = [c for c in subjects if not quote.start <= c.idx < quote.end]
    return noun_phrase(apart[0]) if apart and len(apart) < len(subjects) else None


def _after(doc: Doc, quote: Quote, found: Sequence[Attribution], quotes: Sequence[Quote]) -> Attribution | None:
    """A quotation that stands alone right after words of somebody, in the same paragraph: the same speaker goes on."""
    text = syntax.text_of(doc)
    inner = text[quote.inner[0] : quote.inner[1]]
    if inner.strip()[-1:] not in ".!?…,":
        return None
    best: Attribution | None = None
    for a in found:
        if a.lexical.kind != "speech" or a.source_span is None or a.negated:
            continue
        last = max(a.content[-1][1], a.cue_span[1], a.source_span[1])
        if last > quote.start or any(q.covers(*a.cue_span) for q in quotes):
            continue  # said later, or told within somebody's words
        between = text[last : quote.start]
        if _bare(text, quote, between) and a.source is not None and speaks(doc[a.source]):
            best = a  # "Ada Holt rejected the plan." – "It gives away the harbour."
            continue
        if a.complement not in ("clause", "quote"):
            continue
        if not _BREAK.search(between) and _stops(between) <= 1 and len(between) < 160:
            best = a
    if best is None:
        return None
    return replace(best, content=((quote.start, quote.end),), head=None, complement="quote")


def _after_colon(doc: Doc, start: int) -> bool:
    i = start - 1
    while i > 0 and (doc[i].is_space or doc[i].text in "\"“‘'"):
        i -= 1
    return i > 0 and doc[i].text == ":"
