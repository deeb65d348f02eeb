"""When words were said: from the time beside the cue, the same speaker's last words, or the day of publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.drafts import Draft, Page
from comity.reading.segments import post_of
from comity.words import Mode, Said, Span, TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SAME_TIME = ("at the same time", "in the same breath", "in the same speech", "in the same statement")


def beside_cue(doc: Doc, a: Attribution, times: Sequence[TimeMention], published: date | None) -> Said | None:
    """The time at which the words under `a` were said, if an expression of its sentence outside its content tells."""
    sentence = doc[a.cue].sent
    found: list[tuple[int, TimeMention]] = []
    for t in times:
        if not sentence.start_char <= t.start < sentence.end_char or (t.earliest is None and t.latest is None):
            continue
        if a.covers(t.start) or t.type not in ("DATE", "TIME"):
            continue
        if a.source_span and a.source_span[0] <= t.start < a.source_span[1]:
            continue
        if t.earliest is not None and published is not None and t.earliest > published:
            continue
        if not _belongs(doc, a, t):
            continue
        found.append((min(abs(t.start - a.cue_span[1]), abs(a.cue_span[0] - t.end)), t))
    if not found:
        return None
    _, best = min(found, key=lambda x: (x[0], x[1].start))
    latest = best.latest if published is None or best.latest is None else min(best.latest, published)
    return Said(best.earliest, latest, (best.start, best.end))


def _belongs(doc: Doc, a: Attribution, t: TimeMention) -> bool:
    """True if the expression hangs on the cue and not on another verb of the sentence."""
    span = doc.char_span(t.start, t.end, alignment_mode="expand")
    if span is None:
        return False
    token = span.root
    for _ in range(8):
        if token.i == a.cue:
            return True
        if token.pos_ in ("VERB", "AUX") and token.i != span.root.i:
            near = doc[a.cue]
            return token.i == near.head.i or (
                near.is_ancestor(token) is False and token.lemma_ in ("quote", "speak", "ask")
            )
        if token.head.i == token.i:
            return True
        token = token.head
    return False


def default(doc: Doc, a: Attribution | None, published: date | None) -> Said:
    """Not after publication; the article's own words on that day."""
    if a is None:
        return Said(published, published, None)
    return Said(None, published, None)


def same_moment(text: str, at: Span) -> bool:
    """True if the sentence that begins at `at` says that it was at the time of the one before."""
    return text[at[0] : at[0] + 40].lower().startswith(_SAME_TIME)


class Clock:
    """When each speaker of one page spoke: a time holds on for the same speaker in the same paragraph."""

    def __init__(self, page: Page) -> None:
        self.page, self.doc = page, page.doc
        self.last_said: dict[str, tuple[int, Said]] = {}

    def said(self, d: Draft, author: bool) -> Said:
        published = self.page.document.published
        if author or (d.mode is Mode.REPORTED_STANCE and d.spoken is None):
            return default(self.doc, None, published)
        a = d.spoken.attribution if d.spoken else d.attribution
        if a is None:
            return default(self.doc, None, published)
        found = beside_cue(self.doc, a, self.page.times, published)
        post = self._post_date(a)
        cue = self.doc[a.cue]
        paragraph = self.page.document.text.count("\n\n", 0, cue.idx)
        if found is None and post is not None:
            found = post
        if found is None:
            kept = self.last_said.get(d.voice.name)
            perfect = any(x.lemma_ == "have" for x in syntax.auxiliaries(cue))
            if kept is not None and kept[0] == paragraph and not perfect:
                return Said(kept[1].earliest, kept[1].latest, kept[1].expression)
            if same_moment(self.page.document.text, (cue.sent.start_char, cue.sent.end_char)) and self.last_said:
                latest = max(self.last_said.values(), key=lambda x: x[0])
                return Said(latest[1].earliest, latest[1].latest, None)
            return default(self.doc, a, published)
        self.last_said[d.voice.name] = (paragraph, found)
        return found

    def _post_date(self, a: Attribution) -> Said | None:
        at = self.doc[a.cue].idx
        for post in post_of(self.page.document.text, self.page.segments):
            if post.segment.start <= at < post.segment.end and post.posted is not None:
                return Said(None, post.posted, post.date_span)
        return None
