"""What the parse tells of a pronoun: the clause that it stands in, its subject, who reports it, whether it is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading.name_view import HUMAN
from comity.reading.roles import GROUPS, ROLES
from comity.reading.wording import words

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass")
_EMPTY_VERBS = frozenset(
    {"be", "seem", "appear", "remain", "look", "become", "turn", "take", "happen", "follow", "matter", "rain", "snow"}
)


def served(head: Token) -> bool:
    """True of X in "an adviser to X", "a spokesman for X": the sentences after tell of the adviser."""
    prep = head.head
    return head.dep_ == "pobj" and prep.lower_ in ("to", "for", "of") and prep.head.lower_ in ROLES


def bare_surname(head: Token) -> bool:
    """True of one capitalised word that does something, and of which nothing tells what it names: "Marsh flew in"."""
    alone = not any(c.dep_ in ("det", "compound", "amod") for c in head.lefts)
    return head.tag_ == "NNP" and head.dep_ in SUBJECTS and alone and head.text[1:].islower()


def people(noun: Token) -> bool:
    """True of a plural that means people: "contras" and "commitments" are not known to."""
    return noun.lower_ in GROUPS or noun.lemma_.lower() in ROLES or noun.lemma_.lower() in words("offices")


def unnamed(noun: Token) -> bool:
    """True of somebody known by office alone; "the minister, Ada Holt" has a name beside it."""
    if noun.lower_ not in ROLES or noun.dep_ in ("compound", "npadvmod", "nmod", "attr", "appos"):
        return False
    if noun.lower_ == "chair" and noun.dep_ not in SUBJECTS:
        return False
    return not any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in noun.rights)


def told_of(token: Token, noun: Token) -> bool:
    """True of "the president" in "The president, he added, will go": whoever adds that speaks of somebody else."""
    verb, told = token.head, noun.head
    return noun.dep_ in SUBJECTS and (
        (verb.dep_ == "parataxis" and verb.head == told) or (told.dep_ == "ccomp" and told.head == verb)
    )


def clause(token: Token) -> Token | None:
    """The verb of the clause that `token` stands in."""
    node = token.head
    for _ in range(12):
        if node.pos_ in ("VERB", "AUX"):
            return node
        if node.head == node:
            return None
        node = node.head
    return None


def subject(verb: Token | None) -> Token | None:
    """The subject of `verb`, or who did what it says: "shared by A"."""
    for _ in range(4):
        if verb is None:
            return None
        for child in verb.children:
            if child.dep_ in SUBJECTS and child.i < verb.i:
                return verb.head if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else child
            if child.dep_ == "agent":
                return next(iter(child.children), None)
        if verb.dep_ in ("conj", "xcomp", "advcl", "aux") and verb.head != verb:
            verb = verb.head
        elif verb.dep_ in ("acl", "relcl"):
            return verb.head
        elif verb.dep_ == "pcomp":  # "no intention of leaving": whoever has the intention
            over = clause(verb.head)
            blamed = next((c for c in over.rights if c.dep_ == "dobj"), None) if over is not None else None
            if over is not None and blamed is not None and verb.head.head == over and over.lemma_ in words("accusing"):
                return blamed  # "accused her of hiding": who would hide
            verb = over
        else:
            return None
    return None


def reporter(token: Token) -> Token | None:
    """The subject of the verb whose reported clause `token` stands in: A in "A said he would"."""
    node = token
    for _ in range(15):
        if node.dep_ == "ccomp" and node.head != node:
            return subject(node.head)
        if node.head == node:
            return None
        node = node.head
    return None


def main(head: Token) -> bool:
    verb = head.head
    return verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT")


def empty(token: Token) -> bool:
    """True for "it" that stands for nothing: "it is unlikely that", "it's hard to see", "it was agreed to"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    empty = verb.lemma_ in _EMPTY_VERBS or verb.lower_ in ("'s", "’s")
    if not empty and verb.tag_ != "VBN":
        return False
    later = [c for c in verb.children if c.i > verb.i]
    if any(c.dep_ == "acomp" and c.lower_ in words("of_minds") for c in later):
        return False  # "it was ready to sign": somebody
    if any(c.dep_ in ("ccomp", "xcomp", "csubj", "csubjpass", "advcl") and c.pos_ in ("VERB", "AUX") for c in later):
        return empty or token.dep_ == "nsubjpass"
    for child in later:
        if child.dep_ in ("acomp", "attr", "oprd") and any(
            g.dep_ in ("ccomp", "xcomp", "advcl", "acl") and g.i > child.i for g in child.children
        ):
            return True
    return False


def tells(verb: Token) -> bool:
    """True of a verb of saying that something is said under."""
    if verb.lemma_ not in HUMAN:
        return False
    told = any(c.dep_ in ("ccomp", "xcomp", "dobj", "prep", "parataxis") for c in verb.children)
    return told or verb.dep_ == "parataxis"


def emphatic(head: Token) -> bool:
    """True of a subject that is set off against others: "Karo himself has been vague"."""
    after = head.nbor() if head.i + 1 < len(head.doc) else None
    return after is not None and after.lower_ in ("himself", "herself") and head.dep_ in SUBJECTS
