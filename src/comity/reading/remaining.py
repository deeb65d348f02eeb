"""Attributions of the model that no clause was read for: each becomes one statement of its own.

Not so where statements within it tell its words already ("Y said Z had told W that …"): a second telling would count
one utterance twice. What the rules took for the article's plain account gives way; a guess of the article's never does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution, merged
from comity.reading.chains import gives_voice, is_question, supposed
from comity.reading.clauses import Unit
from comity.reading.drafts import Draft, Drafter
from comity.reading.model import Triple
from comity.reading.voices import REPORTER
from comity.words import Act, Certainty, Mode, Statement
from comity.words import Span as Chars

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def draft_of(drafter: Drafter, a: Attribution) -> Draft | None:
    """What is left of an attribution as a draft; None if nobody is named, or if it has not been said yet.

    A cue that gives its source a voice makes the words the source's; any other tells the source's stance. Of a negated
    cue ("did not say that …") the whole clause is told: that it was not said. Where no agenda asks for positions, what
    somebody asks or would want ("would vote for"), and what nobody named is said to want, is told too, as that.
    """
    doc = drafter.doc
    asked, yet = is_question(a, doc), supposed(a, doc)
    open_ = a.source is None or yet or asked
    if (open_ and drafter.page.agenda is not None) or (yet and not _would(a, doc)):
        return None
    if a.source is not None and _nobody(doc[a.source]):
        return None
    span = _whole(a) if a.negated else a.content[0]
    found = doc.char_span(*span, alignment_mode="contract")
    if found is None or not any(t.is_alpha for t in found) or not drafter.readable(found.sent):
        return None
    ids = frozenset(t.i for t in found)
    head = doc[a.head] if a.head is not None and a.head in ids else found.root
    unit = Unit(head.i, ids, "content")
    speaks = gives_voice(a, doc) and not a.negated
    spoken = drafter.speaking.get(a.cue) if speaks else drafter.voices.at(doc[a.cue].idx, a.cue)
    voice = spoken.voice if spoken else drafter.voices.voice_at(doc[a.cue].idx)
    chain = spoken.chain if spoken else drafter.voices.chain_at(doc[a.cue].idx)
    act = (Act.DECLINE_TO_SAY if a.lexical.kind == "speech" else Act.REJECT) if a.negated else a.lexical.act
    act = Act.ASSESS if asked else act
    span = syntax.tidy(syntax.text_of(doc), span)
    if speaks and spoken is not None and not open_:
        mode = drafter.mode_of(unit, voice, spoken)
        if mode is Mode.AUTHOR:
            return None
        return Draft(unit, ids, voice, chain, mode, "told", spoken, a, act=act, span=span)
    who = drafter.cast.resolve(_antecedent(doc[a.source]), voice) if a.source is not None else None
    if who == REPORTER:
        return None  # "we" outside quotation marks: the text's own
    mode = Mode.REPORTED_STANCE if voice == REPORTER else drafter.mode_of(unit, voice, spoken)
    return Draft(unit, ids, voice, chain, mode, "told", spoken, a, act=act, holder=who.stand if who else None,
                 source=a.source_span, span=span,
                 certainty=Certainty.SPECULATIVE if yet or asked else Certainty.ASSERTED)  # fmt: skip


MOST = 0.6
"""The share of a content that other statements may tell."""


def told_already(t: Triple, statements: Iterable[Statement]) -> bool:
    """True if most of the content stands in statements that are somebody's, or the article's own guess.

    Their sources and cues count too: of "Y said Z believes that …" the belief is told, and Y stands in its chain.
    """
    within = [s for s in statements if _inside(s, t) and not _plain(s)]
    firm = [span for s in within for span in (s.passage.span, *s.source, *s.cue, *s.content)]
    whole = sum(end - start for start, end in t.content)
    told = sum(max(0, min(e, f) - max(s, g)) for s, e in merged(firm) for g, f in t.content)
    return told >= MOST * whole


def told_share(t: Triple, a: Attribution) -> float:
    """The share of the content that an attribution within it tells, with its source and its cue."""
    spans = merged((*a.content, a.cue_span, *((a.source_span,) if a.source_span else ())))
    whole = sum(end - start for start, end in t.content)
    return sum(max(0, min(e, f) - max(s, g)) for s, e in spans for g, f in t.content) / max(1, whole)


def part_of_another(t: Triple, statements: Iterable[Statement]) -> bool:
    """True if one statement that is somebody's has all of the content in its passage: a piece of what is told."""
    return any(
        all(s.passage.start <= start and end <= s.passage.end for start, end in t.content)
        for s in statements
        if not _plain(s)
    )


def plainly_within(s: Statement, t: Triple) -> bool:
    """True for the article's plain account of what the attribution gives to somebody."""
    return _plain(s) and _inside(s, t)


def _plain(s: Statement) -> bool:
    return s.mode is Mode.AUTHOR and s.certainty is Certainty.ASSERTED


def _inside(s: Statement, t: Triple) -> bool:
    start, end = s.passage.span
    common = sum(max(0, min(end, f) - max(start, g)) for g, f in t.content)
    return common >= 0.8 * (end - start)


def _would(a: Attribution, doc: Doc) -> bool:
    """True for what somebody would do, is to do or did not do; what somebody may say is the text's guess."""
    return syntax.modal(doc[a.cue]) in (None, "would") and not _conditional(doc[a.cue])


def _conditional(cue: Token) -> bool:
    """True of what somebody says only if something else is so."""
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in cue.lefts)


def _nobody(source: Token) -> bool:
    """ "Nobody expects …", "no official has confirmed …": an account of the text's, whose source is no one."""
    return source.lower_ in ("nobody", "none") or any(c.lower_ == "no" for c in source.lefts)


def _antecedent(source: Token) -> Token:
    """What a relative pronoun stands for; any other word itself."""
    if source.tag_ in ("WP", "WDT", "WP$"):
        for verb in syntax.ancestors(source):
            if verb.dep_ == "relcl":
                return verb.head
    return source


def _whole(a: Attribution) -> Chars:
    spans = (*a.content, a.cue_span)
    return min(s for s, _ in spans), max(e for _, e in spans)
