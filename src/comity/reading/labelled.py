"""Words after a name and a colon: "Minister Ann Lee in the Assembly: the government will not pay", in live reports.

The parser takes the name for the subject of what follows. Only a named person, or an office, at the start of a
sentence counts, with no verb before the colon and a clause after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.lexicon import Cue
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MOST = 12
"""The most words before the colon."""
_NOT = frozenset('"“”‘;()[]/|')


def labelled(sentence: Span) -> Attribution | None:
    """The attribution of a sentence that begins with who says it and a colon; None for any other."""
    doc = sentence.doc
    first = next((t.i for t in sentence if not t.is_space), sentence.start)
    colon = next((t.i for t in doc[first : min(first + _MOST + 1, sentence.end)] if t.text == ":"), None)
    if colon is None or colon <= first or colon + 3 >= sentence.end:
        return None
    before, after = doc[first:colon], doc[colon + 1 : sentence.end]
    if any(t.pos_ in ("VERB", "AUX") or t.text in _NOT or t.text.isdigit() for t in before):
        return None
    who = _speaker(before)
    verb = next((t for t in after if t.pos_ in ("VERB", "AUX") and syntax.finite(t)), None)
    if who is None or verb is None:
        return None
    last = next(i for i in range(sentence.end - 1, colon, -1) if not doc[i].is_space)
    span = (doc[colon + 1].idx, doc[last].idx + len(doc[last]))
    source = (doc[first].idx, doc[who.i].idx + len(doc[who.i]))
    cue = Cue(":", None, "speech", "say")
    head = next((a for a in (verb, *syntax.ancestors(verb)) if a.dep_ == "ROOT" or a.head.i <= colon), verb)
    return Attribution(colon, (doc[colon].idx, doc[colon].idx + 1), who.i, source, (span,), head.i, "clause", cue)


def _speaker(before: Span) -> Token | None:
    """The last word of the name or office that opens `before`; what follows it may only say where or when."""
    words_of = list(before)
    end = next((k for k, t in enumerate(words_of) if t.pos_ in ("ADP", "PUNCT")), len(words_of))
    phrase = words_of[:end]
    if not phrase:
        return None
    last = phrase[-1]
    name = [t for t in phrase if t.pos_ == "PROPN"]
    office = any(t.lemma_.lower() in words("offices") for t in phrase)
    return last if (last.pos_ == "PROPN" and (office or len(name) >= 2)) or (office and end == len(words_of)) else None
