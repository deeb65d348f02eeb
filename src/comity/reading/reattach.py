"""Clauses that the parse hangs in the wrong place, put right by the order of words.

Plain reporting has a few forms that the parser often misreads, since a word of them could be something else: "said on
Tuesday it would …", "… and that the other side …", "urged them to sign and had put forward …", "Asked about it, the
minister, Ada Holt, said …", "…, a plan that Y turned down, saying …". Each rule tells what is to hang elsewhere; a
sentence whose words would no longer make one tree stays as it was parsed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.lexicon import lexicon
from comity.reading.rehang import Edits, apply, settle
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today"})
_CLAUSES = frozenset({"ccomp", "acl", "xcomp", "advcl", "relcl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def reattach(doc: Doc) -> Doc:
    """`doc` with those relations set.

    >>> from comity.reading.parse import parse
    >>> doc = reattach(parse("Averia said on Tuesday it was studying the text."))
    >>> next(t.head.text for t in doc if t.lower_ == "on")
    'said'
    """
    for rule in _RULES:
        settle(doc, [own for token in doc for own in rule(token) if own])
    verbs = {t.i: "VBD" for t in doc if t.tag_ == "JJ" and t.dep_ == "ccomp" and t.lower_.endswith("ed") and _acts(t)}
    apply(doc, {}, verbs)
    return doc


def _acts(word: Token) -> bool:
    """True of "preferred" in "that Averia preferred talks", which has a subject and an object."""
    return syntax.child(word, "nsubj") is not None and syntax.child(word, "dobj") is not None


def _day_of_saying(verb: Token) -> Iterator[Edits]:
    """ "said on Tuesday it was studying …": between a plain cue and its clause stands when it was said."""
    cue = verb.head
    if verb.dep_ != "ccomp" or cue.i >= verb.i or cue.lemma_ not in words("plain_speech"):
        return
    subject = syntax.subject(verb)
    for c in verb.lefts:
        day = syntax.child(c, "pobj") if c.dep_ == "prep" else c
        if day is None or day.lower_ not in _DAYS or c.dep_ not in ("prep", "npadvmod"):
            continue
        if c.left_edge.i == cue.i + 1 and subject is not None and c.right_edge.i + 1 == subject.left_edge.i:
            yield {c.i: (cue.i, c.dep_)}


def _second_that(that: Token) -> Iterator[Edits]:
    """ "said that X had offered …, and that Y had turned it down": the second clause goes on the first."""
    doc = that.doc
    if that.lower_ != "that" or that.i < 2 or doc[that.i - 1].lower_ not in ("and", "but", "or"):
        return
    joint = doc[that.i - 1]
    verb = that.head if that.dep_ == "mark" else None
    subject: Token | None = None
    if verb is None and that.dep_ in ("det", "nsubj", "dobj", "dep"):  # "… no text and that talk of it was idle"
        subject = that.head if that.dep_ == "det" else None
        over = subject.head if subject is not None else that
        if over.dep_ == "conj" and subject is not None and subject.dep_ == "nsubj" and _reported(over.head):
            yield {that.i: (over.i, "mark"), joint.i: (over.head.i, "cc")}
            return
        after = (t for t in doc[that.i + 1 : that.sent.end] if t.dep_ == "ccomp" and t.head.i < that.i)
        verb = next((t for t in after if syntax.finite(t)), None)
        if verb is None or subject is None or syntax.subject(verb) is not None or subject.i > verb.i:
            return
    if verb is None or not syntax.finite(verb) or not that.i < verb.i:
        return
    first = _clause_before(verb, that)
    if first is None or first.i == verb.i:
        return
    edits: Edits = {verb.i: (first.i, "conj"), joint.i: (first.i, "cc"), that.i: (verb.i, "mark")}
    if subject is not None:
        edits[subject.i] = (verb.i, "nsubj")
    yield edits


def _clause_before(verb: Token, that: Token) -> Token | None:
    """The reported clause of the same cue that stands before "and that …"."""
    cue = verb.head
    if verb.dep_ == "conj" and cue.dep_ in _CLAUSES and _reported(cue):
        return None  # hangs where it should
    for node in (cue, *syntax.ancestors(cue)):
        if node.i > that.i:
            continue
        if _reported(node):
            return node
        told = [c for c in node.subtree if node.i < c.i < that.i and c.dep_ in _CLAUSES and _reported(c)]
        near = [c for c in told if c.head.i == node.i or c.head.head.i == node.i or c.head.head.head.i == node.i]
        if near:
            return near[0]
    return None


def _reported(clause: Token) -> bool:
    """True of "that X had offered …" and of a bare clause under a cue of saying."""
    if clause.dep_ not in _CLAUSES or not syntax.finite(clause):
        return False
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.lefts):
        return True
    cue = lexicon().verb(syntax.lemma(clause.head), "clause")
    return clause.dep_ == "ccomp" and cue is not None and cue.kind == "speech" and clause.i > clause.head.i


def _finite_beside_bare(verb: Token) -> Iterator[Edits]:
    """ "had urged them to sign and had put forward …": what has an auxiliary of its own does not go on "to sign"."""
    if verb.dep_ != "conj" or syntax.subject(verb) is not None:
        return
    helps = [a for a in syntax.auxiliaries(verb) if a.lower_ in ("had", "has", "was", "were", "is")]
    head = verb.head
    if not helps or head.dep_ not in ("xcomp", "advcl", "ccomp") or syntax.finite(head):
        return
    if not any(a.lower_ == "to" for a in syntax.auxiliaries(head)):
        return
    over = next((a for a in syntax.ancestors(head) if a.pos_ in ("VERB", "AUX") and syntax.finite(a)), None)
    joint = next((c for c in head.rights if c.dep_ == "cc" and head.i < c.i < verb.i), None)
    if over is None or over.i > head.i:
        return
    edits: Edits = {verb.i: (over.i, "conj")}
    if joint is not None:
        edits[joint.i] = (over.i, "cc")
    yield edits


def _subject_after_lead(verb: Token) -> Iterator[Edits]:
    """ "Asked about it, the minister, Ada Holt, said …": whom the parse takes for a second name of "it"."""
    if verb.dep_ != "ROOT" or verb.tag_ not in ("VBD", "VBZ", "VBP") or syntax.subject(verb) is not None:
        return
    lead = next((c for c in verb.lefts if c.dep_ == "advcl" and c.tag_ in ("VBN", "VBG", "VBD")), None)
    if lead is None or not lead.left_edge.is_sent_start:
        return
    for noun in verb.doc[lead.i : verb.i]:
        if noun.dep_ != "appos" or noun.pos_ not in ("NOUN", "PROPN") or noun.left_edge.i < 1:
            continue
        if noun.doc[noun.left_edge.i - 1].text == "," and noun.right_edge.i in (verb.i - 1, verb.i - 2):
            yield {noun.i: (verb.i, "nsubj")}
            return


def _speaker_goes_on(verb: Token) -> Iterator[Edits]:
    """ "said that talks had failed, but refused to say why": whoever said it refuses, not the talks."""
    if verb.dep_ != "conj" or verb.tag_ not in ("VBD", "VBZ") or syntax.subject(verb) is not None:
        return
    clause = verb.head
    cue = clause.head
    if clause.dep_ != "ccomp" or cue.i > clause.i or cue.lemma_ not in words("plain_speech") or cue.tag_ != verb.tag_:
        return
    silent = verb.lemma_ in ("refuse", "decline") and any(
        c.dep_ == "xcomp" and c.lemma_ in ("say", "comment", "give", "confirm", "elaborate", "specify", "disclose")
        for c in verb.rights
    )
    goes_on = verb.lemma_ in ("add", "insist", "stress", "warn", "urge") and bool(syntax.auxiliaries(clause))
    if not (silent or goes_on):
        return
    joint = next((c for c in clause.rights if c.dep_ == "cc" and c.i < verb.i), None)
    edits: Edits = {verb.i: (cue.i, "conj")}
    if joint is not None:
        edits[joint.i] = (cue.i, "cc")
    yield edits


def _turned_down_saying(verb: Token) -> Iterator[Edits]:
    """ "…, a plan that Y turned down, saying …", "after Y called for a halt, having said …": it is Y who says so."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "acl") or lexicon().verb(syntax.lemma(verb), "clause") is None:
        return
    at = verb.left_edge.i - 1
    if at < 2 or verb.doc[at].text != ",":
        return
    for clause in (verb.doc[at - 1], *syntax.ancestors(verb.doc[at - 1])):
        if clause.i > at:
            return
        told = clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("after", "as") for c in clause.lefts)
        if (clause.dep_ == "relcl" or told) and clause.i != verb.head.i:
            subject = syntax.subject(clause)
            if subject is not None and subject.tag_ not in ("WDT", "WP") and (told or clause.head.i > verb.head.i):
                yield {verb.i: (clause.i, "advcl")}
            return


def _verb_between_names(noun: Token) -> Iterator[Edits]:
    """ "replied that Averia preferred talks": a verb that the parse takes for an adjective before the noun."""
    that = next((c for c in noun.lefts if c.dep_ == "mark" and c.lower_ == "that"), None)
    if that is None or noun.pos_ != "NOUN" or noun.head.i > that.i or noun.head.pos_ != "VERB":
        return
    verb = next((c for c in noun.lefts if c.dep_ == "amod" and c.lower_.endswith("ed") and c.i > that.i), None)
    name = next((c for c in noun.lefts if c.pos_ == "PROPN" and verb is not None and that.i < c.i < verb.i), None)
    if verb is None or name is None or name.right_edge.i + 1 != verb.i:
        return
    cue = noun.head
    yield {verb.i: (cue.i, "ccomp"), that.i: (verb.i, "mark"), name.i: (verb.i, "nsubj"), noun.i: (verb.i, "dobj")}


def _inverted_condition(verb: Token) -> Iterator[Edits]:
    """ "could have been settled had ministers not walked out": a condition, though the parse joins it to the first."""
    if verb.dep_ not in ("conj", "ccomp", "parataxis") or verb.head.i > verb.i:
        return
    first, subject = verb.left_edge, syntax.subject(verb)
    opens = first.lower_ in ("had", "should", "were") and first.head.i == verb.i and first.dep_ in ("aux", "auxpass")
    supposed = syntax.modal(verb.head) in ("would", "could", "might", "will")
    begins = subject is not None and first.i + 1 == subject.left_edge.i and first.nbor(-1).dep_ != "cc"
    if opens and supposed and begins:
        yield {verb.i: (verb.head.i, "advcl")}


def _condition_after_cue(verb: Token) -> Iterator[Edits]:
    """ "…, she added, but only if they left": a condition, though the parse takes it for what she did next."""
    if verb.dep_ != "conj":
        return
    told = [verb.head, *(c for c in verb.head.rights if c.dep_ == "parataxis")]
    cue = next((c for c in told if c.lemma_ in words("plain_speech") and c.i + 1 < verb.left_edge.i), None)
    if cue is None:
        return
    marked = any(c.dep_ in ("mark", "advmod") and c.lower_ in ("if", "when", "once", "unless") for c in verb.lefts)
    if marked and verb.doc[cue.i + 1].text == "," and syntax.subject(verb) is not None:
        yield {verb.i: (verb.head.i, "advcl")}


_RULES: tuple[Callable[[Token], Iterator[Edits]], ...] = (
    _day_of_saying,
    _second_that,
    _finite_beside_bare,
    _subject_after_lead,
    _speaker_goes_on,
    _turned_down_saying,
    _verb_between_names,
    _inverted_condition,
    _condition_after_cue,
)
