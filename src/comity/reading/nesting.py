"""Words told at second hand: "had heard from the governor that …", "was told by engineers that …", "are convinced …".

Complements that the shape of a plain cue does not show: whoever is named after "from" or "by" is the source, not the
subject; an adjective or a noun of saying or believing may stand where a verb would.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.lexicon import Cue, lexicon
from comity.reading.sources import Source, noun_phrase, owner_of, source_of
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Token

Told = tuple[Cue, int, frozenset[int], frozenset[int], Source]
"""Cue, head and tokens of the content, tokens of the cue, source."""

_CLAUSES = ("ccomp", "relcl", "acl", "xcomp", "advcl")


def heard(verb: Token) -> Iterator[Told]:
    """ "heard from X that …", "was told by X that …": X is the source.

    The parse often hangs the clause under X as if it were a relative clause.
    """
    lemma = syntax.lemma(verb)
    active = any(c.dep_ in ("nsubj", "dobj") or c.lemma_ == "have" for c in verb.children)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children) or (verb.tag_ == "VBN" and not active)
    if lemma in words("hearing"):
        prepositions = ("from",)
    elif lemma in words("telling") and passive:
        prepositions = ("by",)
    else:
        return
    for prep in verb.rights:
        noun = syntax.child(prep, "pobj") if prep.lower_ in prepositions else None
        if noun is None:
            continue
        clause = _that_clause(noun) or next(
            (c for c in verb.rights if c.i > noun.i and c.dep_ in _CLAUSES and syntax.finite(c)), None
        )
        if clause is None:
            return
        source = noun_phrase(noun)
        content = frozenset(syntax.subtree_ids(clause))
        cue = Cue(f"{lemma} {prep.lower_}", None, "speech", "say")
        source = Source(source.head, source.span, source.ids - content)
        yield cue, clause.i, content, frozenset({verb.i, prep.i}), source
        return


def addressed(verb: Token) -> Iterator[Told]:
    """ "promised the islanders that taxes would fall": a clause which the parse hangs under those it was said to."""
    cue = lexicon().verb(syntax.lemma(verb), "clause")
    whom = syntax.child(verb, "dobj", "dative")
    if cue is None or cue.kind != "speech" or whom is None or syntax.lemma(verb) not in words("addressing"):
        return
    if whom.dep_ == "dative" and whom.pos_ == "ADP":
        return
    clause = _that_clause(whom)
    if clause is None or any(c.dep_ == "ccomp" for c in verb.rights):
        return
    first = min((c.i for c in verb.lefts if c.dep_ in ("aux", "auxpass", "neg")), default=verb.i)
    source = source_of(verb)
    ids = frozenset(syntax.subtree_ids(clause))
    if source.head is not None:
        yield cue, clause.i, ids, frozenset(range(first, verb.i + 1)) - source.ids, source


def bidden(verb: Token) -> Iterator[Told]:
    """ "called for the levy to be cut", "is pressing for talks to resume": what is to be done, after "for"."""
    lemma = syntax.lemma(verb)
    cue = lexicon().verb(f"{lemma} for", "object")
    told = (c for c in verb.rights if c.dep_ in ("advcl", "ccomp", "xcomp"))
    clause = next((c for c in told if c.left_edge.lower_ == "for"), None)
    if cue is None or clause is None or clause.left_edge.dep_ != "mark" or syntax.subject(clause) is None:
        return
    if clause.left_edge.i - verb.i > 2 or not any(a.lower_ == "to" for a in syntax.auxiliaries(clause)):
        return
    source = source_of(verb)
    first = min((c.i for c in verb.lefts if c.dep_ in ("aux", "auxpass", "neg")), default=verb.i)
    group = frozenset(range(first, clause.left_edge.i + 1))
    yield cue, clause.i, frozenset(syntax.subtree_ids(clause)) - group, group, source


def plainly(verb: Token) -> Iterator[Told]:
    """ "made it clear that …", "let it be known that …": the parse gives the clause to the adjective."""
    lemma = syntax.lemma(verb)
    wanted = {"make": ("clear", "plain", "known"), "let": ("known",)}.get(lemma, ())
    for word in verb.children:
        node = word if word.lower_ in wanted else next((c for c in word.children if c.lower_ in wanted), None)
        if word.i < verb.i or node is None or node.i - verb.i > 4 or verb.doc[verb.i + 1].lower_ != "it":
            continue
        clause = next(
            (c for c in (*node.rights, *verb.rights) if c.i > node.i and syntax.finite(c) and _plain(c)), None
        )
        source = source_of(verb)
        if clause is not None and source.head is not None:
            cue = Cue(f"{lemma} {node.lower_}", None, "speech", "say")
            yield cue, clause.i, frozenset(syntax.subtree_ids(clause)), frozenset(range(verb.i, node.i + 1)), source
            return


def answered(verb: Token) -> Iterator[Told]:
    """ "Holt's answer was that …", "the message from the ministry is that …": a noun of saying, and what it was."""
    noun = syntax.subject(verb)
    if syntax.lemma(verb) != "be" or noun is None or syntax.lemma(noun) not in words("tellings"):
        return
    clause = next((c for c in verb.rights if c.dep_ == "ccomp" and syntax.finite(c) and _plain(c)), None)
    owner = owner_of(noun)
    if owner.head is not None and noun.doc[owner.head].lower_ in ("my", "our"):
        return  # "my guess is that …": a guess of whoever speaks
    if clause is None or owner.head is None or syntax.negated(verb) or syntax.modal(verb) is not None:
        return
    cue = Cue(f"{syntax.lemma(noun)} be", None, "speech", "say")
    yield cue, clause.i, frozenset(syntax.subtree_ids(clause)), frozenset({noun.i, verb.i}), owner


def _that_clause(noun: Token) -> Token | None:
    """A clause after "that" with a subject of its own, which the parse takes for a relative clause of `noun`."""
    for c in noun.rights:
        if c.dep_ not in ("relcl", "acl") or not syntax.finite(c):
            continue
        that = c.left_edge
        subject = syntax.subject(c)
        if that.lower_ == "that" and subject is not None and subject.i != that.i:
            return c
    return None


def reported_in(verb: Token) -> Source | None:
    """ "It was reported in X that …", "it is said in X": X is the source; None where that is not what is told."""
    subject = syntax.subject(verb)
    if subject is None or subject.lower_ != "it" or subject.dep_ != "nsubjpass":
        return None
    for prep in verb.rights:
        if prep.lower_ in ("in", "by", "on") and prep.dep_ in ("prep", "agent"):
            noun = syntax.child(prep, "pobj")
            if noun is not None and (noun.pos_ == "PROPN" or noun.lemma_ in words("papers")):
                return noun_phrase(noun)
    return None


def convinced(word: Token) -> Iterator[Told]:
    """ "are convinced that …", "is confident …": an adjective for what somebody holds true."""
    if word.lower_ not in words("convinced") or word.dep_ not in ("acomp", "oprd", "ROOT", "ccomp", "conj", "attr"):
        return
    beside = word.head.rights if word.dep_ == "acomp" else ()
    clauses = (c for c in (*word.rights, *beside) if c.dep_ in ("ccomp", "advcl") and c.i > word.i)
    clause = next((c for c in clauses if syntax.finite(c) and _plain(c)), None)
    if clause is None:
        return
    verb = word if word.pos_ in ("VERB", "AUX") and syntax.subject(word) is not None else word.head
    subject = syntax.clause_subject(verb)
    if subject is None or subject.lower_ in ("it", "there", "this", "that", "what"):
        return
    first = min((c.i for c in word.children if c.dep_ in ("aux", "auxpass", "neg")), default=word.i)
    if verb.i < word.i:
        first = min(first, verb.i)
    group = frozenset(range(first, word.i + 1)) - syntax.subtree_ids(subject)
    cue = Cue("be convinced", None, "speech", "believe")
    yield cue, clause.i, frozenset(syntax.subtree_ids(clause)), group, noun_phrase(subject)


def _plain(clause: Token) -> bool:
    """True of "that …" and of a bare clause, not of one that asks, supposes or gives a reason."""
    if any(c.dep_ == "mark" and c.lower_ != "that" for c in clause.lefts):
        return False
    return clause.left_edge.tag_ not in ("WRB", "WP", "WDT") or clause.left_edge.lower_ == "that"


def _printed_in(noun: Token) -> Source:
    """The paper of "a report in the Gazette that …"."""
    prep = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ == "in"), None)
    paper = syntax.child(prep, "pobj") if prep is not None else None
    if paper is None or paper.pos_ != "PROPN" or noun.lemma_ not in words("papers"):
        return Source()
    return noun_phrase(paper)


def _from_whom(noun: Token) -> Source:
    """X of "received assurances from X that …": who gave them, wherever the parse hangs X."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_ not in ("receive", "get", "have", "obtain", "seek", "secure"):
        return Source()
    for prep in (*noun.rights, *verb.rights):
        giver = syntax.child(prep, "pobj") if prep.lower_ == "from" and prep.i > noun.i else None
        if giver is not None:
            return noun_phrase(giver)
    return Source()


def claimed(noun: Token, clause: Token) -> Told | None:
    """ "the governor's claim that …", "a report by X that …": a noun of saying or believing whose owner is named."""
    cue = lexicon().nouns.get(syntax.lemma(noun))
    if cue is None or not syntax.finite(clause) or syntax.lemma(noun) not in words("tellings"):
        return None
    owner = owner_of(noun)
    if owner.head is None:
        owner = _printed_in(noun)
    given = noun.dep_ == "dobj" and noun.head.lemma_ in ("give", "make", "keep", "break", "have")
    if owner.head is not None and noun.doc[owner.head].tag_ == "PRP$" and given:
        giver = source_of(noun.head)  # "gave us its word that …"
        owner = giver if giver.head is not None else owner
    received = _from_whom(noun)
    if received.head is not None:
        owner = received
    if owner.head is None:
        return None
    near = noun.doc[owner.head].head
    if received.head is None and noun.i not in (near.i, near.head.i) and noun.head.lemma_ in words("rebuffs"):
        return None  # "rejected the claim that …": it is not whoever rejects it that claims
    group = "believe" if cue.act is not None and cue.act.value == "assess" else "say"
    told = Cue(cue.word, None, "speech", group)
    light = noun.dep_ == "dobj" and 0 < noun.i - noun.head.i < 4 and syntax.lemma(noun.head) in words("lends")
    cue_ids = frozenset(range(noun.head.i if light else noun.i, noun.i + 1))  # "expressed concern"
    return told, clause.i, frozenset(syntax.subtree_ids(clause)), cue_ids, owner
