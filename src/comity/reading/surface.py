"""Cues that the parse went astray on, found by their place in the sentence.

Unknown names lead a parser astray most where it matters here: ", the mediator said on Monday." hung under a noun of the
clause before. Word order is enough for the plain cases: words, comma, a noun phrase, a verb of saying – or the reverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.lexicon import lexicon
from comity.reading.quotes import Quote
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BORDERS = frozenset({",", ";", ":", "—", "–", "-", "--", '"', "”", "“", "’", "''", ".", "(", ")"})
_QUOTES = frozenset('"”’')
_ASIDE = frozenset({",", "—", "–", "-", "--"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_LONGEST = 14


def by_surface(doc: Doc, verb: Token, quotes: Sequence[Quote]) -> Attribution | None:
    """The attribution of a verb of saying to which the parse gives no content, or None."""
    last = verb.lower_ in ("say", "says") and verb.dep_ == "ROOT"  # "…, people close to her say": a noun to the parse
    if (verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") and not last) or verb.lemma_ not in words("plain_speech"):
        return None
    if verb.tag_ == "VBN" and not any(c.lemma_ == "have" for c in verb.lefts):
        return None
    if verb.dep_ in ("relcl", "acl") or any(q.start <= verb.idx < q.end for q in quotes):
        return None
    sentence = verb.sent
    start, end = sentence.start, sentence.end
    return _midst(doc, verb, start, end) or _trailing(doc, verb, start, end) or _leading(doc, verb, start, end)


def in_the_midst(doc: Doc, verb: Token, quotes: Sequence[Quote]) -> Attribution | None:
    """The attribution of a verb of saying that stands between commas with its subject, or None."""
    if verb.i in doc.user_data.get("floor", ()):
        return None
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or not (verb.lemma_ in words("plain_speech") or inverted(verb)):
        return None
    if any(q.start <= verb.idx < q.end for q in quotes):
        return None
    return _midst(doc, verb, verb.sent.start, verb.sent.end)


def inverted(verb: Token) -> bool:
    """True of ", said the mediator, …": the subject follows though the parse may have taken the noun before."""
    doc, i = verb.doc, verb.i
    if i < 3 or i + 1 >= len(doc) or verb.tag_ not in ("VBD", "VBZ"):
        return False
    quoted = doc[i - 1].text in _QUOTES and doc[i - 2].text == ","  # “The border,” sighed the mediator, “…”
    if not quoted and doc[i - 1].text != ",":
        return False
    cue = (lexicon().verb(verb.lemma_, "clause") or lexicon().verb(verb.lemma_, "quote")) if quoted else None
    plain = verb.lemma_ in words("plain_speech") or (cue is not None and cue.group == "say")
    return plain and doc[i + 1].pos_ in ("PROPN", "DET", "PRON", "ADJ", "NOUN", "NUM")


def _midst(doc: Doc, verb: Token, start: int, end: int) -> Attribution | None:
    """ "The border, said the mediator, will stay open" and "…, the mediator has said, …"."""
    if inverted(verb):
        first = last = verb.i + 1
        while last < end and doc[last].text not in _BORDERS and doc[last].tag_ not in _FINITE:
            last += 1
        left, right, last = verb.i - 2, last, last - 1
    else:
        before = verb.i - 1
        while before > start and (doc[before].pos_ == "ADV" or doc[before].dep_ in ("aux", "neg")):
            before -= 1
        found = _phrase_start(doc, before, start)
        right = verb.i + 1
        if found is None or found <= start + 1 or doc[found - 1].text != "," or right >= end:
            return None
        first, last, left = found, before, found - 2
    if (
        right >= end
        or doc[right].text != ","
        or not _nominal(doc, first, last + 1)
        or not _finite_before(doc, right, end)
    ):
        return None
    final = end - 1
    while final > right and (doc[final].is_space or doc[final].text in ".!?"):
        final -= 1
    made = _made(doc, verb, first, last, right + 1, final)
    if made is None or left <= start:
        return made
    opening = syntax.tidy(syntax.text_of(doc), syntax.chars(doc, start, left))
    return replace(made, content=(opening, *made.content))


def _trailing(doc: Doc, verb: Token, start: int, end: int) -> Attribution | None:
    """ "…, the mediator said" and "…, said the mediator"."""
    before = verb.i - 1
    object_ = syntax.child(verb, "dobj")
    # "Ada Holt, the agent, said two things"
    told = object_ is not None and syntax.subject(verb) is not None and object_.i > verb.i
    if doc[before].text in _BORDERS and not told and _nominal(doc, verb.i + 1, min(end, verb.i + 3)):
        last = verb.i + 1
        while (
            last < end and doc[last].text not in _BORDERS and doc[last].tag_ not in _FINITE and doc[last].pos_ != "ADP"
        ):
            last += 1
        return _made(doc, verb, verb.i + 1, last - 1, start, before - 1)
    while before > start and (doc[before].pos_ == "ADV" or doc[before].dep_ in ("aux", "neg")):
        before -= 1
    last = before
    for _ in range(3):  # a name, and at most two phrases set off by commas that describe it
        first = _phrase_start(doc, before, start)
        if first is None:
            return None
        if first <= last and _nominal(doc, first, last + 1) and doc[first - 1].text in _BORDERS and first - 1 > start:
            opening = doc[first - 1]
            if opening.text == "," and _finite_before(doc, start, first - 1):
                return _made(doc, verb, first, last, start, first - 2)
        if first == start or doc[first - 1].text != ",":
            return None
        before = first - 2
    return None


def _leading(doc: Doc, verb: Token, start: int, end: int) -> Attribution | None:
    """ "The mediator said the talks would go on"."""
    before = verb.i - 1
    while before > start and (doc[before].pos_ == "ADV" or doc[before].dep_ in ("aux", "neg")):
        before -= 1
    if doc[before].text in _ASIDE:  # "The mediator, who arrived on Monday, said": whom the clause is of
        relative = next((i for i in range(before - 1, start, -1) if doc[i].tag_ in ("WP", "WDT")), start)
        before = relative - 1
        while before > start and (doc[before].text in _ASIDE or doc[before].pos_ == "ADV"):
            before -= 1
        if relative == start:
            return None
    first = before
    while (
        first > start
        and doc[first - 1].pos_ in ("PROPN", "NOUN", "ADJ", "DET", "PART")
        and doc[first - 1].text not in _BORDERS
    ):
        first -= 1
    if not _nominal(doc, first, before + 1):
        return None
    after = verb.i + 1
    if after < end and doc[after].lower_ == "that":
        after += 1
    last = end - 1
    while last > after and (doc[last].is_space or doc[last].text in ".!?"):
        last -= 1
    if not any(t.tag_ in _FINITE and not of_relative(t) for t in doc[after : last + 1]):
        return None
    return _made(doc, verb, first, before, after, last)


def _phrase_start(doc: Doc, last: int, start: int) -> int | None:
    """Where the noun phrase that ends at `last` begins: after the nearest border. None if a verb stands in it."""
    i = last
    while i >= start and doc[i].text not in _BORDERS and not doc[i].is_space:
        if doc[i].tag_ in _FINITE or last - i > _LONGEST:
            return None
        i -= 1
    return i + 1


def _nominal(doc: Doc, first: int, end: int) -> bool:
    return (
        first < end
        and any(t.pos_ in _NOUNS for t in doc[first:end])
        and doc[first].pos_ not in ("ADP", "SCONJ", "CCONJ", "VERB")
    )


def _finite_before(doc: Doc, start: int, end: int) -> bool:
    return any(t.tag_ in _FINITE for t in doc[start:end])


def of_relative(verb: Token) -> bool:
    """True of the finite verb of a relative clause: "concluded its work, which will be published"."""
    return "relcl" in (verb.dep_, verb.head.dep_ if verb.dep_ in ("aux", "auxpass") else "")


def _made(doc: Doc, verb: Token, first: int, last: int, content_first: int, content_last: int) -> Attribution | None:
    cue = lexicon().verb(syntax.lemma(verb), "clause")
    if cue is None or first > last or content_last - content_first < 1:
        return None
    span = syntax.tidy(syntax.text_of(doc), syntax.chars(doc, content_first, content_last))
    if span[1] - span[0] < 3:
        return None
    inside = [t for t in doc[content_first : content_last + 1] if not t.is_punct and not t.is_space]
    heads = [t for t in inside if t.head.i == t.i or not content_first <= t.head.i <= content_last]
    head = next((t for t in heads if t.pos_ in ("VERB", "AUX")), None) or next(
        (t for t in inside if t.pos_ in ("VERB", "AUX") and syntax.finite(t)), None
    )
    phrase = doc[first : last + 1]
    return Attribution(
        cue=verb.i,
        cue_span=syntax.chars(doc, verb.i, verb.i),
        source=phrase.root.i,
        source_span=syntax.chars(doc, first, last),
        content=(span,),
        head=head.i if head is not None else None,
        complement="clause" if head is not None else "quote",
        lexical=cue,
        negated=syntax.negated(verb),
    )
