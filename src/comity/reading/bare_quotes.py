"""Quotations without any cue: whose words they are, if the sentence before is about one speaker.

"Ada Holt was in no mood to compromise. “We shall not wait.”" – "Holt again: “Never.”" – "Her verdict? “A disaster.”"
News does so all the time. Only a sentence right before, in the same paragraph, with a person or an office for its
subject counts; a quotation that shares its sentence with other words is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.labelled import opener, speaks
from comity.reading.lexicon import Cue
from comity.reading.quotes import Quote
from comity.reading.sources import Source, noun_phrase, owner_of
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_ENDS = ".!?:…"


def of_whom_before(doc: Doc, quote: Quote) -> Attribution | None:
    """The attribution of a quotation that stands alone to whom the sentence before it is about; None if unsure."""
    first = doc.char_span(quote.start, quote.start + 1, alignment_mode="expand")
    if first is None or not len(first) or not _alone(doc, quote):
        return None
    last = first.start - 1
    while last > 0 and doc[last].is_space:
        last -= 1
    text = syntax.text_of(doc)
    apart = "\n" in text[doc[last].idx : quote.start]
    if last <= 0 or doc[last].text not in _ENDS or (apart and doc[last].text != ":"):
        return None
    before = doc[last].sent
    source = _paper(before) if doc[last].text == ":" else Source()
    if source.span is None and not apart:
        source = _about(before)
    if source.span is None or source.head is None:
        return None
    span = (doc[last].idx, doc[last].idx + len(doc[last]))
    cue = Cue(doc[last].text, None, "speech", "say")
    return Attribution(last, span, source.head, source.span, ((quote.start, quote.end),), None, "quote", cue)


def _alone(doc: Doc, quote: Quote) -> bool:
    """True of a quotation of a sentence of its own: nothing before it in its sentence, and no clause goes on after."""
    text = syntax.text_of(doc)
    inner = text[slice(*quote.inner)].strip()
    if len(inner.split()) < 2 or not inner[0].isupper():
        return False
    rest = text[quote.end : quote.end + 40].split("\n")[0].strip()
    ended = inner[-1] in ".!?…" or rest[:1] in (".", "!", "?")
    rest = rest.lstrip(".!?")
    return ended and (not rest or rest.lstrip()[:1].isupper() or rest.lstrip()[:1] in "\"“‘'")


def _paper(before: Span) -> Source:
    """The text that "From the joint statement issued by both on Friday:" leads over to."""
    paper = next((t for t in before if t.pos_ == "NOUN" and t.lemma_ in words("papers")), None)
    return noun_phrase(paper) if paper is not None else Source()


def _about(before: Span) -> Source:
    """The person or the office that a sentence is about: its subject, or the owner of "Her verdict?"."""
    root = next((t for t in before if t.dep_ == "ROOT"), None)
    if root is None:
        return Source()
    ends = next(i for i in range(before.end - 1, before.start, -1) if not before.doc[i].is_space)
    if before.doc[ends].text == ":":
        first = next(t.i for t in before if not t.is_space)
        who = opener(before.doc[first:ends], quoted=True)
        if who is not None:
            return Source(who.i, (before.doc[first].idx, who.idx + len(who)), frozenset(range(first, who.i + 1)))
    if root.lemma_ in words("tellings"):
        return owner_of(root)
    subject = syntax.subject(root)
    if subject is None or syntax.modal(root) is not None or root.pos_ not in ("VERB", "AUX"):
        return Source()
    return noun_phrase(subject) if speaks(subject) else Source()
