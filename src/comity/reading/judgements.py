"""Whether a clause judges: what its predicate says of its subject, not what words stand anywhere in it.

"The talks were difficult" and "there is a shortage of good will" judge; "the difficult talks began on Monday" tells
what happened. A judgement shows in the verb, in what a copula or a light verb joins to the subject, or in a comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.roles import BODIES, GROUPS, ROLES
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKS = frozenset({"be", "seem", "remain", "become", "look", "sound", "feel", "appear", "prove", "mean", "stay"})
_SEEMS = frozenset({"seem", "appear"})
_PREDICATES = frozenset({"acomp", "attr", "oprd", "prep", "advmod", "dobj", "ccomp"})
_GRADES = frozenset({"JJR", "JJS", "RBR", "RBS"})
_DEGREES = frozenset({"too", "so", "very", "enough"})
_BESIDE = frozenset({"amod", "advmod", "compound", "conj", "neg", "det", "nummod", "nmod"})


def judges(head: Token) -> bool:
    """True if the clause that `head` heads judges its subject."""
    subject = syntax.subject(head)
    general = _present(head) and not any(a.lemma_ == "have" for a in syntax.auxiliaries(head))
    general = general and head.tag_ not in ("VBG", "VBN")  # "nobody is wearing black", "none is planned"
    general = general and not (subject is not None and any(c.lower_ == "such" for c in subject.lefts))
    if subject is not None and (anybody(subject) or (general and syntax.nobody(subject))):
        return True
    graded = any(c.tag_ in _GRADES for c in head.children)
    spared = subject is not None and syntax.nobody(subject) and not graded  # "nobody was hurt"
    if head.lemma_ in words("judging") and head.dep_ not in ("amod", "compound") and not spared:
        return True
    if head.tag_ == "VBN" and head.lower_ in words("evaluative") and any(a.lemma_ == "be" for a in head.lefts):
        return True  # "it was puzzled by the remarks"
    if head.lemma_ in _SEEMS and any(c.dep_ in ("xcomp", "acomp", "oprd") for c in head.rights):
        return True
    if head.lemma_ in words("light"):
        return any(c.dep_ in ("dobj", "oprd", "ccomp", "xcomp") and _graded(c) for c in head.rights)
    supposed = syntax.modal(head) in ("would", "could", "might") and not syntax.negated(head) and not _counts(head)
    if subject is not None and supposed and _thing(subject) and head.lemma_ not in words("to_be"):
        return True  # "anything less would empty the villages": what is supposed to follow
    if head.lemma_ not in _LINKS and not any(c.dep_ == "expl" for c in head.lefts):
        return False
    if head.lemma_ == "be" and subject is not None and subject.lemma_.lower() in words("evaluative"):
        return True  # "the main problem was …"
    return any(_evaluates(c) for c in head.rights if c.dep_ in _PREDICATES)


def anybody(subject: Token) -> bool:
    """True of "you" and of "one" as a pronoun; not of one among several ("one of the letters", "one had drowned")."""
    head = subject.head
    done = head.tag_ == "VBD" or any(a.lemma_ == "have" for a in syntax.auxiliaries(head))
    if done or subject.lower_ not in ("one", "you"):
        return False  # "you left the tent first"
    return _present(head) and not any(True for _ in subject.children)


def _present(head: Token) -> bool:
    return head.tag_ in ("VBZ", "VBP", "VB") or any(a.tag_ in ("MD", "VBZ", "VBP") for a in syntax.auxiliaries(head))


def _thing(subject: Token) -> bool:
    """True of a common noun or a pronoun that is not known to mean people, who may promise what they "would" do."""
    if subject.lower_ in ("it", "this", "that", "which", "anything", "nothing", "everything", "something"):
        return subject.lower_ != "it"
    if subject.pos_ not in ("NOUN", "VERB") or subject.lower_ in GROUPS:
        return False
    return not {subject.lower_, subject.lemma_.lower()} & (ROLES | BODIES | words("offices") | words("home"))


def _counts(node: Token) -> bool:
    """True if a figure stands in it, not only a number before a noun: "would fall by nine per cent"."""
    return any(t.tag_ == "CD" and t.lower_ != "one" for t in node.subtree)


def _evaluates(node: Token) -> bool:
    """True if a predicate grades, compares or names with a word that judges."""
    if node.dep_ == "prep":
        inner = syntax.child(node, "pobj")
        return node.lower_ == "like" or (inner is not None and inner.lemma_.lower() in words("evaluative"))
    if node.dep_ == "advmod":
        return node.lower_ in ("far", "wrong", "right", "near", "enough", "apart")
    if node.dep_ == "ccomp":
        return node.left_edge.lower_ in ("why", "how") and judges(node)
    if any(c.lower_ == "such" for c in node.lefts):
        return False  # "there is no such agreement"
    if node.lower_ == "worth" and any(t.like_num for t in node.subtree):
        return False  # "is worth 900 million"
    if node.tag_ in _GRADES and _counts(node):
        return False  # "older than 58"
    adjective = node.tag_ == "JJ" and node.lower_ not in words("factual")
    return (node.dep_ == "acomp" and adjective) or _graded(node) or _named(node)


def _near(node: Token) -> list[Token]:
    near = [node, *(c for c in node.children if c.dep_ in _BESIDE)]
    return near + [g for c in near[1:] if c.dep_ == "conj" for g in c.children if g.dep_ in ("amod", "advmod")]


def _graded(node: Token) -> bool:
    """ "a better offer", "very important", "an important role"."""
    return any(
        t.tag_ in _GRADES or t.lower_ in _DEGREES or (t.tag_ == "JJ" and t.lower_ in words("evaluative"))
        for t in _near(node)
    )


def _named(node: Token) -> bool:
    """True if a noun or adjective of the predicate judges ("a farce")."""
    return any(t.lemma_.lower() in words("evaluative") or t.lower_ in words("evaluative") for t in _near(node))
