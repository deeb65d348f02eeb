"""Where what is said ends: what a parse takes into a content though the speaker did not say it.

", a charge that the minister dismissed", ", who teaches in the capital" and "Asked about the vote, …" stand beside
somebody's words; "in a commentary that …" leads over to them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.tails import tail_of
from comity.reading.wording import words
from comity.words import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TAILS = "tails"
"""Key in ``Doc.user_data``: tokens after a comma that judge what was said before them, and are no part of it."""
_RELATIVE = frozenset({"who", "whose", "which", "where"})
_LONGEST_LEAD = 8


def trimmed(a: Attribution, doc: Doc) -> Attribution:
    """`a` with its content cut down to what its source says."""
    spans = [s for s in a.content if not _beside(a, doc, s)] or list(a.content)
    if a.lexical.group == "say" and len(spans) == 1 and spans[0][0] >= a.cue_span[1]:
        spans[0] = _before_next(a, doc, _after_that(doc, spans[0]))
    if a.lexical.kind == "speech":
        spans = [_before_tail(doc, s) for s in spans]
    last = spans[-1]
    colon = ":" in syntax.text_of(doc)[a.cue_span[1] : last[0]]
    if len(spans) > 1 and colon and all(e <= a.cue_span[0] for _, e in spans[:-1]):
        spans = [last]  # "Let me be clear," she said: "We will not pay."
    if tuple(spans) == a.content:
        return a
    head = a.head if a.head is not None and any(s <= doc[a.head].idx < e for s, e in spans) else None
    return replace(a, content=tuple(spans), head=head, complement=a.complement if head == a.head else "quote")


def besides(a: Attribution, doc: Doc) -> bool:
    """True if all that a cue has for content is ", referring to the vote" after it: the words stand elsewhere."""
    found = [_first(doc, span) for span in a.content]
    head = doc[a.head] if a.head is not None else None
    told = head is not None and head.head.i == a.cue and a.lexical.group == "say" and a.complement == "clause"
    if told and head is not None and _participle(a, head) and len(a.content) == 1:
        return True  # "told reporters in the harbour, adding that …"
    return a.lexical.group == "say" and all(t is not None and _participle(a, t) for t in found)


def _participle(a: Attribution, first: Token) -> bool:
    """True of a participle that follows cue and comma."""
    after = first.tag_ == "VBG" and first.i > a.cue + 1 and first.nbor(-1).text == ","
    return after and first.dep_ in ("advcl", "ccomp", "xcomp", "dep") and syntax.subject(first) is None


def _beside(a: Attribution, doc: Doc, span: Span) -> bool:
    """True of a relative clause after the source, and of a participle that opens the sentence of the cue."""
    first = _first(doc, span)
    if first is None:
        return False
    if first.lower_ in _RELATIVE and a.source_span is not None and 0 <= span[0] - a.source_span[1] <= 3:
        return True
    opens = first.tag_ in ("VBN", "VBG", "VBD") and first.dep_ == "advcl" and first.head.i == a.cue and first.i < a.cue
    return opens and len(a.content) > 1


def _first(doc: Doc, span: Span) -> Token | None:
    found = doc.char_span(*span, alignment_mode="contract")
    return found[0] if found is not None and len(found) else None


def _after_that(doc: Doc, span: Span) -> Span:
    """The content of "said in a commentary that …" where the parse lost the clause: what follows "that"."""
    first = _first(doc, span)
    if first is None or (first.pos_ != "ADP" and first.lower_ != "only"):
        return span
    for token in doc[first.i : first.i + _LONGEST_LEAD]:
        if token.lower_ == "that" and token.idx + 5 < span[1] and token.i > first.i:
            return (token.idx + 5, span[1])
        if token.pos_ in ("VERB", "AUX") or token.is_punct:
            break
    return span


def _before_next(a: Attribution, doc: Doc, span: Span) -> Span:
    """`span` up to ", and another repeated it": a second clause of the sentence that the cue leads."""
    for c in doc[a.cue].rights:
        first = c.left_edge.i
        if c.dep_ != "conj" or syntax.subject(c) is None or not span[0] < c.idx < span[1] or first < 3:
            continue
        if doc[first - 1].dep_ == "cc" and doc[first - 2].text == "," and not _complementised(c):
            return (span[0], doc[first - 3].idx + len(doc[first - 3]))
    return span


def _complementised(verb: Token) -> bool:
    """True of a second "that …"."""
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.lefts)


def _before_tail(doc: Doc, span: Span) -> Span:
    """`span` without ", a claim that his office denies" at its end."""
    found = doc.char_span(*span, alignment_mode="contract")
    if found is None or not len(found):
        return span
    tail = tail_of(found[-1].sent)
    if tail is not None and found.start + 1 < tail.first < found.end and found.end <= tail.last + 3:
        doc.user_data.setdefault(TAILS, set()).update(range(tail.first - 1, found.end))
        return (span[0], doc[tail.first - 2].idx + len(doc[tail.first - 2]))
    for token in found:
        if token.text in (",", "–", "—") and token.i + 3 < found.end and _judges(doc, token.i + 1, found.end):
            known: set[int] = doc.user_data.setdefault(TAILS, set())
            known |= set(range(token.i, found.end))
            return (span[0], doc[token.i - 1].idx + len(doc[token.i - 1]))
    return span


def _judges(doc: Doc, start: int, end: int) -> bool:
    """True of "a charge (that) X dismissed", "something the ministry denies", "a demand that X called absurd"."""
    first, rest = doc[start], doc[start + 1 : end]
    if any(t.text in ";!?" for t in rest):
        return False
    said = first.lower_ == "something"
    if first.lower_ in ("a", "an"):
        said = any(t.lemma_ in words("tellings") for t in doc[start + 1 : start + 4])
    if said and any(t.tag_.startswith("VB") and t.lemma_ in words("rebuffs") for t in rest):
        return True
    noun = next((t for t in doc[start + 1 : start + 4] if t.pos_ == "NOUN"), None)
    clause = syntax.child(noun, "relcl") if noun is not None and first.lower_ in ("a", "an") else None
    subject = syntax.subject(clause) if clause is not None else None
    return clause is not None and subject is not None and subject.pos_ == "PROPN" and clause.lemma_ in _JUDGING


_JUDGING = frozenset(
    {"dismiss", "reject", "deny", "describe", "call", "denounce", "condemn", "brand", "label", "deride"}
)
