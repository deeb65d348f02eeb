"""The model's attributions and those of the rules, made one.

The model says what is an attribution and where its parts begin and end; the rules know the syntax of those that they
find too. What both find keeps the rules' syntax and shows the model's spans. What the model alone finds is given its
syntax here. What the rules alone find stays, but for stands that nobody speaks where no agenda asks for positions.
Where an actor takes the floor, the order of words tells who speaks: source and cue are those of the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.lexicon import Cue, lexicon
from comity.reading.model import Triple
from comity.reading.wording import words
from comity.words import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LEAST = 0.35
"""The least chance of being right, content and source, at which the model's attribution is taken."""
SURE_SOURCE = 0.8
"""How sure of the source the model must be for its source to replace another one of the rules."""
LEAST_ALIKE = 0.5
"""How much an attribution of the rules and one of the model must agree to be the same."""
_WORK = frozenset({"consider", "consideration", "discuss", "hear", "deliberate", "debate"})
_TAKES = ("clause", "object", "inf", "as", "object_predicate", "person_inf", "gerund")


def join(
    doc: Doc, ruled: Sequence[Attribution], triples: Sequence[Triple], *, topics: bool = True
) -> tuple[Attribution, ...]:
    """All attributions in order of their cues, each triple in at most one of them.

    With `topics`, stands that the rules alone find are left to the model's judgement. Without, what the model alone
    finds counts only where something is said: a clause or quoted words, not just what was talked about.
    """
    kept = [t for t in triples if t.sure.whole >= LEAST]
    partner = _partners(doc, ruled, kept)
    out = [_seen(doc, a, kept[partner[k]]) if k in partner else a for k, a in enumerate(ruled)]
    for i, triple in enumerate(kept):
        if i not in partner.values():
            made = _made(doc, triple)
            if made is not None and (topics or made.complement != "object") and not _work(doc, made):
                out.append(made)
    if topics:
        out = [a for a in out if not _doubtful(doc, a, out)]
    return tuple(sorted(out, key=lambda a: (a.cue_span, a.content)))


def _partners(doc: Doc, ruled: Sequence[Attribution], triples: Sequence[Triple]) -> dict[int, int]:
    """Index of the triple that is the same attribution as each of `ruled`, one to one, best agreement first."""
    cues = [_cue(doc, t) for t in triples]
    scored = sorted(
        (
            (agree(a, t) + _of_one_word(a, cue), -k, -i)
            for k, a in enumerate(ruled)
            for i, (t, cue) in enumerate(zip(triples, cues, strict=True))
            if _near(a, t)
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    for score, k, i in scored:
        if score >= LEAST_ALIKE and -k not in found and -i not in found.values():
            found[-k] = -i
    return found


def _work(doc: Doc, a: Attribution) -> bool:
    """True of what a meeting works on ("considered a note"), and of a measure ("according to the number of …")."""
    cue = doc[a.cue]
    if cue.lower_ == "according" and a.source is not None:
        return doc[a.source].lemma_ in words("yardsticks")
    span = doc.char_span(*a.cue_span, alignment_mode="expand")
    return a.complement == "object" and span is not None and any(t.lemma_ in _WORK for t in span)


def _doubtful(doc: Doc, a: Attribution, found: Sequence[Attribution]) -> bool:
    """True of a stand that only the rules see, unless an actor on the floor takes it or somebody tells of it."""
    if a.told is not None or a.lexical.kind == "speech" or a.cue in (doc.user_data.get("floor") or {}):
        return False
    return not any(b.told is not None and b.covers(a.cue_span[0]) for b in found)


def _of_one_word(a: Attribution, cue: Token | None) -> float:
    """What it counts that the word that carries both cues is the same; less than half of the content does."""
    return 0.4 if cue is not None and cue.i == a.cue else 0.0


def _near(a: Attribution, t: Triple) -> bool:
    return abs(a.cue_span[0] - t.cue[0][0]) < 2000


def agree(a: Attribution, t: Triple) -> float:
    """How much an attribution of the rules and one of the model are the same: 0 if they are not."""
    contents = _jaccard(a.content, t.content)
    cues = _common((a.cue_span,), t.cue) > 0
    if not cues and contents < 0.5:
        return 0.0
    return contents + cues


def _common(a: Sequence[Span], b: Sequence[Span]) -> int:
    return sum(max(0, min(e, f) - max(s, g)) for s, e in a for g, f in b)


def _jaccard(a: Sequence[Span], b: Sequence[Span]) -> float:
    both = _common(a, b)
    return both / max(1, sum(e - s for s, e in (*a, *b)) - both)


def _seen(doc: Doc, a: Attribution, t: Triple) -> Attribution:
    """`a` as the model has read it too."""
    floor = doc.user_data.get("floor") or {}
    if a.cue in floor and a.source_span is not None:
        whole = any(s <= a.source_span[0] and a.source_span[1] <= e for s, e in t.source)
        return replace(a, told=replace(t, source=t.source if whole else (a.source_span,), cue=(a.cue_span,)))
    return replace(_sourced(doc, a, t), told=t)


def _sourced(doc: Doc, a: Attribution, t: Triple) -> Attribution:
    """`a` with the model's source where the rules have none, or where the model is sure of another one."""
    if not t.source or (a.source_span is not None and _common((a.source_span,), t.source)):
        return a
    if a.source_span is not None and t.sure.source < SURE_SOURCE:
        return a
    head = _root(doc, t.source[0])
    return a if head is None else replace(a, source=head.i, source_span=t.source[0])


def _root(doc: Doc, span: Span) -> Token | None:
    """The word of a span that the others hang on."""
    found = doc.char_span(*span, alignment_mode="expand")
    return found.root if found is not None and len(found) else None


def _made(doc: Doc, t: Triple) -> Attribution | None:
    """An attribution that the model alone has found, with the syntax that the rules need."""
    cue = _cue(doc, t)
    if cue is None:
        return None
    source = _root(doc, t.source[0]) if t.source else None
    head = _head(doc, t, cue)
    quoted = syntax.text_of(doc)[t.content[0][0]] in "\"“‘«'"
    complement = "clause" if head is not None and _clause(head) else "quote" if quoted else "object"
    return Attribution(
        cue=cue.i,
        cue_span=t.cue[0],
        source=source.i if source is not None else None,
        source_span=t.source[0] if t.source else None,
        content=t.content,
        head=head.i if head is not None else None,
        complement=complement,
        lexical=_lexical(cue, complement),
        negated=syntax.negated(cue),
        hypothetical=syntax.modal(cue) in {"might", "may", "could", "would", "should"},
        told=t,
    )


def _cue(doc: Doc, t: Triple) -> Token | None:
    """The cue's word that carries it: its root, else its last verb or noun."""
    span = doc.char_span(*t.cue[0], alignment_mode="expand")
    if span is None or not len(span):
        return None
    words = [w for w in span if w.pos_ in ("VERB", "NOUN", "ADJ")]
    return span.root if span.root.pos_ != "AUX" or not words else words[-1]


def _head(doc: Doc, t: Triple, cue: Token) -> Token | None:
    """The head of the longest part of the content: the clause or phrase that is said."""
    longest = max(t.content, key=lambda span: span[1] - span[0])
    span = doc.char_span(*longest, alignment_mode="contract")
    if span is None or not len(span):
        return None
    heads = [w for w in span if (w.head.i == w.i or not span.start <= w.head.i < span.end) and w.i != cue.i]
    verbs = [w for w in heads if w.pos_ in ("VERB", "AUX")]
    chosen = verbs or [w for w in heads if not w.is_punct and not w.is_space]
    return chosen[0] if chosen else None


def _clause(head: Token) -> bool:
    return head.pos_ in ("VERB", "AUX") and (syntax.finite(head) or syntax.subject(head) is not None)


def _lexical(cue: Token, complement: str) -> Cue:
    """What the lexicon knows of the cue word, whatever it takes there; else a stance, or speech before a quotation."""
    known = lexicon()
    word = syntax.lemma(cue)
    for taken in (complement, *_TAKES):
        found = known.verb(word, taken)
        if found is not None:
            return replace(found, act=found.act if taken == complement else None)
    if word in known.nouns:
        return known.nouns[word]
    return Cue(word, None, "speech" if complement == "quote" or cue.pos_ == "ADP" else "stance", "model")
