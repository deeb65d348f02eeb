"""Words after a name and a colon: "Minister Ann Lee in the Assembly: the government will not pay", in live reports.

The parser takes the name for the subject of what follows. Only a named person, or an office, at the start of a
sentence counts, with no verb before the colon and a clause after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.lexicon import Cue, lexicon
from comity.reading.roles import ROLES
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MOST = 12
"""The most words before the colon."""
_REPLIES = frozenset(
    {"respond", "reply", "answer", "react", "retort", "object", "ring", "call", "phone", "text", "write"}
)
QUOTES = frozenset("\"“‘'")
_NOT = frozenset('"“”‘;()[]/|')


def labelled(sentence: Span) -> Attribution | None:
    """The attribution of a sentence that begins with who says it and a colon; None for any other."""
    doc = sentence.doc
    first = next((t.i for t in sentence if not t.is_space), sentence.start)
    colon = next((t.i for t in doc[first : min(first + _MOST + 1, sentence.end)] if t.text == ":"), None)
    if colon is None or colon <= first or colon + 3 >= sentence.end:
        return None
    before, after = doc[first:colon], doc[colon + 1 : sentence.end]
    quoted = after[0].text in QUOTES
    if not quoted and all(t.text.isupper() for t in before if t.is_alpha):
        return None  # "FINANCE: Norway presented …": a heading, or whose delegate it is that speaks
    who = opener(before, quoted) or _blunt(before, quoted)
    verb = next((t for t in after if t.pos_ in ("VERB", "AUX") and syntax.finite(t)), None)
    if who is None or (verb is None and not quoted):
        return None
    last = next(i for i in range(sentence.end - 1, colon, -1) if not doc[i].is_space)
    span = (after[0].idx, doc[last].idx + len(doc[last]))
    source = (doc[max(first, who.left_edge.i)].idx, doc[who.i].idx + len(doc[who.i]))
    cue, at = Cue(":", None, "speech", "say"), (doc[colon].idx, doc[colon].idx + 1)
    if verb is None:
        return Attribution(colon, at, who.i, source, (span,), None, "quote", cue)
    head = next((a for a in (verb, *syntax.ancestors(verb)) if a.dep_ == "ROOT" or a.head.i <= colon), verb)
    return Attribution(colon, at, who.i, source, (span,), head.i, "clause", cue)


def _blunt(before: Span, quoted: bool) -> Token | None:
    """The subject of "Holt is blunt:", "her spokesman was quick to respond:"; None if there is no such speaker.

    Before a quotation any sentence about a speaker will do.
    """
    head = next((t for t in before if t.pos_ in ("VERB", "AUX") and syntax.subject(t) is not None), None)
    subject = syntax.subject(head) if head is not None else None
    if head is None or subject is None or syntax.negated(head) or not speaks(subject):
        return None
    cue = lexicon().verb(syntax.lemma(head), "clause")
    if quoted and cue is not None and cue.group == "say" and head.i + 1 == before.end:
        return None  # "Ann Lee, the envoy, tweeted: “…”": the verb is the cue
    manner = any(c.dep_ == "acomp" and c.lower_ in words("blunt") for c in head.rights)
    replied = any(t.lemma_ in _REPLIES for t in before)
    return subject if manner or replied or quoted else None


def speaks(noun: Token) -> bool:
    """True of a name, of "he" and "she", and of people by their office."""
    return noun.pos_ == "PROPN" or noun.lower_ in ("he", "she") or noun.lower_ in ROLES


def opener(before: Span, quoted: bool) -> Token | None:
    """The last word of the name or office that opens `before`; what follows it may only say where or when.

    Before a quotation a single name is enough ("Holt again: “…”").
    """
    if any(t.pos_ in ("VERB", "AUX") or t.text in _NOT or t.text.isdigit() for t in before):
        return None
    tokens = list(before)
    away = ("ADP", "PUNCT", "ADV") if quoted else ("ADP", "PUNCT")
    end = next((k for k, t in enumerate(tokens) if t.pos_ in away), len(tokens))
    if not end:
        return None
    last = tokens[end - 1]
    names = sum(t.pos_ == "PROPN" for t in tokens[:end])
    office = any(t.lemma_.lower() in words("offices") for t in tokens[:end])
    named = last.pos_ == "PROPN" and (office or quoted or names >= 2)
    return last if named or (office and end == len(tokens)) else None
