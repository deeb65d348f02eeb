"""Who is reported to say or want what: cue, source and content, in the sentence and across sentences.

Each cue word of the lexicon is looked at in the parse: which complement it has tells what is said, its subject who
says it. Quotations that no cue of their own sentence covers are given to the speaker whose words they go on, or to
nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.attribution import Attribution
from comity.reading.carrying import carry
from comity.reading.complements import Complement, complements
from comity.reading.contents import besides, trimmed
from comity.reading.floor_words import by_place
from comity.reading.labelled import labelled
from comity.reading.linking import link
from comity.reading.quotes import Quote
from comity.reading.sources import Source, source_of
from comity.reading.surface import by_surface, in_the_midst, inverted
from comity.reading.wording import words
from comity.words import Segment

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_CUES = frozenset({"VERB", "AUX", "ADJ", "NOUN"})


def find_attributions(doc: Doc, quotes: Sequence[Quote], segments: Sequence[Segment] = ()) -> tuple[Attribution, ...]:
    """Every attribution of the text, in order of their cues."""
    found: list[Attribution] = []
    for token in doc:
        if (
            (token.pos_ not in _CUES and token.lower_ != "per")
            or _supposed(token)
            or _wordless(token)
            or _neither(token)
            or _conditional(token)
        ):
            continue
        made = next(filter(None, (_attribution(doc, token, c) for c in complements(token))), None)
        if made is None or (made.source is None and made.complement == "clause"):
            made = by_surface(doc, token, quotes) or made
        elif made.lexical.group != "say" or inverted(token):
            made = in_the_midst(doc, token, quotes) or made
        made = by_place(doc, token, made)
        if made is not None and (after := _after_colon(made, doc)) is not None:
            found.append(after)
        if made is not None and not besides(made, doc):
            found.append(made)
    found += [a for a in map(labelled, doc.sents) if a is not None]
    found.sort(key=lambda a: a.cue)
    by_sentence: dict[int, list[Attribution]] = {}
    for a in found:
        by_sentence.setdefault(doc[a.cue].sent.start, []).append(a)
    kept = [(a, own) for own in by_sentence.values() for a in own if not any(_crossed(a, b) for b in own)]
    found = [_without(_same_speaker(a, own, doc), own, doc) for a, own in kept]
    linked = link(doc, [trimmed(_of_sentence_before(a, doc), doc) for a in found], quotes)
    linked = [trimmed(a, doc) for a in linked]
    return carry(doc, linked, segments)


def _wordless(token: Token) -> bool:
    """ "said nothing to reporters" reports no words."""
    told = syntax.child(token, "dobj") if token.lemma_ in words("plain_speech") else None
    return told is not None and told.lower_ in ("nothing", "little")


def _neither(token: Token) -> bool:
    """ "neither confirmed nor denied it" reports no words."""
    first = token.head if token.dep_ == "conj" else token
    return token.pos_ == "VERB" and any(c.lower_ == "neither" and c.dep_ == "preconj" for c in first.lefts)


def _conditional(token: Token) -> bool:
    """ "…, provided the other side signs": a condition, which nobody has provided."""
    return token.lower_ in ("provided", "providing") and not syntax.auxiliaries(token) and syntax.subject(token) is None


def _supposed(token: Token) -> bool:
    """True if the word stands in a condition, a wish or a denial: nobody has said what "if he felt …" supposes."""
    if token.dep_ == "ccomp" and token.head.lemma_ in ("let", "make") and token.tag_ == "VB":
        return True  # "let us say …", "not to let others decide how it is run"
    for node in (token, *syntax.ancestors(token)):
        if node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in node.lefts):
            return True
        if node.dep_ == "ccomp" and node.i > node.head.i and _wished(node):
            return True
        if node.dep_ in ("ccomp", "xcomp") and node.head.lemma_ == "deny" and not syntax.negated(node.head):
            return True  # "denied that he had said …", "denied telling them …": not said, so its source says
    return False


def _wished(verb: Token) -> bool:
    """True of the bare verb of "requested that each party specify …": what somebody is asked to do or say."""
    if verb.tag_ not in ("VB", "VBP") or syntax.lemma(verb.head) not in words("requests") or syntax.auxiliaries(verb):
        return False
    subject = syntax.subject(verb)
    plural = subject is not None and subject.tag_ in ("NNS", "NNPS") and verb.tag_ == "VBP"
    return subject is not None and not (plural and verb.head.lemma_ in ("suggest", "insist"))


def _crossed(a: Attribution, b: Attribution) -> bool:
    """True if each takes the other's cue for content and `b` is the plainer cue of speech."""
    if a is b or b.lexical.group != "say" or a.lexical.group == "say":
        return False
    return a.covers(b.cue_span[0]) and b.covers(a.cue_span[0])


def _without(a: Attribution, others: Sequence[Attribution], doc: Doc) -> Attribution:
    """`a` without ", according to X" or ", X said" at the end of its content where that is said of `a` as a whole."""
    for b in others:
        if b is a or b.lexical.group != "say" or not b.covers(a.cue_span[0]) or not a.covers(b.cue_span[0]):
            continue
        at = min(b.cue_span[0], b.source_span[0] if b.source_span else b.cue_span[0])
        if b.content[0][0] > at or (a.source_span and a.source_span[0] >= at):
            continue
        kept = tuple(syntax.tidy(syntax.text_of(doc), (s, min(e, at))) for s, e in a.content if s < at)
        kept = tuple(span for span in kept if span[1] > span[0])
        a = replace(a, content=kept) if kept else a
    return a


def _same_speaker(a: Attribution, others: Sequence[Attribution], doc: Doc) -> Attribution:
    """ "The plan had failed, X wrote, and added that …": it is X who added, not the plan."""
    cue = doc[a.cue]
    if cue.dep_ != "conj" or syntax.subject(cue) is not None or a.lexical.group != "say":
        return a
    for b in others:
        if b.head == cue.head.i and b.head < b.cue < a.cue and b.source != a.source and b.lexical.group == "say":
            return replace(a, source=b.source, source_span=b.source_span, via=b.via)
    return a


def _attribution(doc: Doc, token: Token, complement: Complement) -> Attribution | None:
    source: Source = complement.source or source_of(token)
    ids = complement.ids - source.ids - complement.cue_ids
    content = tuple(
        span
        for span in (
            syntax.tidy(syntax.text_of(doc), syntax.chars(doc, *syntax.trim(doc, a, b))) for a, b in syntax.runs(ids)
        )
        if span[1] > span[0] and any(c.isalnum() for c in syntax.text_of(doc)[span[0] : span[1]])
    )
    if not content:
        return None
    return Attribution(
        cue=token.i,
        cue_span=syntax.chars(doc, min(complement.cue_ids), max(complement.cue_ids)),
        source=source.head,
        source_span=source.span,
        content=content,
        head=complement.head,
        complement=complement.kind,
        lexical=complement.cue,
        via=source.via,
        addressee=complement.addressee,
        negated=syntax.negated(token),
        hypothetical=syntax.modal(token) in {"might", "may", "could", "would", "should"},
    )


def _after_colon(a: Attribution, doc: Doc) -> Attribution | None:
    """What follows the colon of "They had come close, he said: the league had offered …", told by the same."""
    cue = doc[a.cue]
    if a.lexical.group != "say" or a.complement != "clause" or a.content[-1][1] > a.cue_span[0]:
        return None
    for c in cue.rights:
        first = c.left_edge.i
        if (
            c.dep_ in ("ccomp", "parataxis")
            and syntax.finite(c)
            and doc[first - 1].text == ":"
            and first - 2 <= cue.i + 1
        ):
            ids = syntax.subtree_ids(c)
            span = syntax.tidy(syntax.text_of(doc), syntax.chars(doc, *syntax.trim(doc, min(ids), max(ids))))
            return replace(a, content=(span,), head=c.i)
    return None


_POINTS_BACK = frozenset(
    {"that", "this", "it", "so", "which", "that is", "this is", "it is", "that was", "this was", "that's"}
)


def _of_sentence_before(a: Attribution, doc: Doc) -> Attribution:
    """ "That is according to X.", "So said X.": the content is the sentence before, in the same paragraph."""
    text = " ".join(syntax.text_of(doc)[s:e].lower().replace("’", "'") for s, e in a.content)
    sentence = doc[a.cue].sent
    if text not in _POINTS_BACK or sentence.start == 0 or a.lexical.group != "say":
        return a
    before = doc[sentence.start - 1].sent
    if "\n\n" in syntax.text_of(doc)[before.end_char - 2 : sentence.start_char] or not any(t.is_alpha for t in before):
        return a
    first, last = syntax.trim(doc, before.start, before.end - 1)
    while last > first and (doc[last].is_space or doc[last].text == "."):
        last -= 1
    return replace(a, content=(syntax.chars(doc, first, last),), head=before.root.i, complement="clause")
