"""What the form of a clause tells of its act, whoever speaks: imperatives, clefts, obligations, likenesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.roles import BODIES, GROUPS, ROLES
from comity.reading.wording import words
from comity.words import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE_IMPERATIVE = frozenset({"cc", "advmod", "punct", "aux", "neg", "intj", "dep", "npadvmod"})
_ASKS = frozenset({"WDT", "WP", "WRB"})


def imperative(head: Token) -> bool:
    """ "Take it and go home", "let him read it first", "do not sign": asked of whoever hears it."""
    if head.tag_ not in ("VB", "VBP") or head.lemma_ in words("turning_to"):
        return False
    if head.tag_ == "VB" and (syntax.finite(head) or any(a.lower_ == "to" for a in syntax.auxiliaries(head))):
        return False
    if head.dep_ not in ("ROOT", "conj", "ccomp", "parataxis") or syntax.modal(head) is not None:
        return False
    if head.lemma_ == "let":
        whom = head.nbor(1).lower_ if head.i + 1 < len(head.doc) else ""
        if whom in ("me", "us", "'s", "’s", "go"):
            return False
    elif syntax.clause_subject(head) is not None:
        return False
    if any(c.dep_ == "conj" and syntax.subject(c) is not None for c in head.rights):
        return False  # "take one piece out and there is no set": a case
    first = head.left_edge
    opens = first.i == 0 or first.is_sent_start or first.nbor(-1).is_punct or first.nbor(-1).dep_ == "cc"
    return opens and all(c.dep_ in _BEFORE_IMPERATIVE for c in head.lefts)


def subjunctive(head: Token) -> bool:
    """ "(Asked) that a judge be present", "that the old pole stay where it is"."""
    if syntax.modal(head) is not None:
        return False
    first = next(iter(syntax.auxiliaries(head)), head)
    if first.lower_ == "be" or first.tag_ == "VB":
        return first.lower_ not in ("do", "to")
    subject = syntax.subject(head)
    return first.tag_ == "VBP" and first.lemma_ != "be" and subject is not None and subject.tag_ in ("NN", "NNP")


def forbids(head: Token) -> bool:
    """ "There will be no amnesty", "there could be no question of it": what a party will not have."""
    there = any(c.dep_ == "expl" and c.lower_ == "there" for c in head.lefts)
    if not there or syntax.modal(head) not in ("will", "would", "can", "could", "shall"):
        return False
    noun = syntax.child(head, "attr", "dobj", "nsubj")
    return noun is not None and any(c.lower_ == "no" for c in noun.lefts)


def cleft(head: Token) -> Act | None:
    """ "What growers needed was a year", "what he won't have is a second lease": what is wanted, what is refused."""
    inner = next(
        (c for c in head.lefts if c.dep_ in ("csubj", "nsubj", "ccomp") and c.left_edge.lower_ == "what"), None
    )
    if head.lemma_ != "be" or inner is None:
        return None
    if inner.lemma_ in ("want", "need", "demand", "ask", "seek") and not syntax.negated(inner):
        return Act.DEMAND
    refused = syntax.negated(inner) and syntax.modal(inner) in ("will", "would", "can", "could")
    return Act.REJECT if refused else None


def likens(head: Token) -> bool:
    """ "A floor is a promise", "that is how trust is made", "four votes were not a wall": one thing seen as another."""
    subject, present = syntax.subject(head), head.tag_ in ("VBZ", "VBP")
    if subject is None or any(c.dep_ == "expl" for c in head.lefts):
        return False
    figure = any(t.like_num for t in head.subtree)
    if present and subject.lower_ in ("that", "this", "i", "we") and head.dep_ != "relcl" and not figure:
        return True
    if head.lemma_ not in ("be", "remain", "become"):
        return False
    clauses = (c for c in head.children if c.dep_ in ("ccomp", "attr", "csubj", "nsubj") and c.pos_ in ("VERB", "AUX"))
    if present and any(c.left_edge.tag_ in _ASKS for c in clauses):
        return True
    what = syntax.child(head, "attr")
    if what is None or subject.lower_ in ("he", "she", "i", "we", "who") or subject.pos_ == "PROPN" or of_people(what):
        return False
    named = present and any(c.lower_ in ("a", "an", "the") for c in what.lefts)
    counted = any(c.pos_ == "NUM" or c.lower_ in words("ordinal") for c in what.children)
    return syntax.negated(head) or (named and not counted)


def in_hindsight(head: Token) -> bool:
    """ "should have acted sooner", "must have asked only friends": no demand."""
    modals = ("must", "should", "may", "might", "could", "ought")
    return syntax.modal(head) in modals and any(a.lower_ in ("have", "'ve") for a in syntax.auxiliaries(head))


def bound(head: Token) -> bool:
    """ "would have to ask", "would need a vote": what is then the case, no promise."""
    return head.lemma_ == "need" or (head.lemma_ == "have" and any(c.dep_ == "xcomp" for c in head.rights))


def would_be(head: Token) -> bool:
    """ "If I ran it like that, I would be in prison": what would follow for somebody, nothing that he would do."""
    return syntax.modal(head) == "would" and (head.lemma_ == "be" or syntax.child(head, "auxpass") is not None)


def past(head: Token) -> bool:
    return any(a.tag_ == "VBD" for a in syntax.auxiliaries(head)) or head.tag_ == "VBD"


def of_people(noun: Token) -> bool:
    return bool({noun.lower_, noun.lemma_.lower()} & (ROLES | BODIES | GROUPS | words("offices")))
