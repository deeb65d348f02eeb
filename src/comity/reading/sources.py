"""The source of a cue: who says it, as the grammar of the sentence tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.wording import words
from comity.words import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_CLIMB = frozenset({"xcomp", "conj", "advcl", "pcomp", "prep", "acomp", "dep", "aux", "auxpass", "parataxis"})
_CARRIERS = frozenset({"quote", "cite", "report"})
_OWNERS = frozenset({"of", "from", "by", "among"})
_SUPPORT = frozenset(
    {"issue", "make", "release", "express", "give", "have", "voice", "send", "raise", "deliver", "publish", "repeat"}
    | {"put", "reiterate", "offer", "post", "write", "file", "sign", "share", "hold", "maintain", "renew", "drop"}
    | {"present", "table", "submit", "reject", "face", "take", "come", "reach", "announce", "outline", "withdraw"}
)


@dataclass(frozen=True)
class Source:
    """The source: its head token, its characters, its tokens, and outlets named between it and us."""

    head: int | None = None
    span: Span | None = None
    ids: frozenset[int] = frozenset()
    via: tuple[int, ...] = ()


NOBODY = Source()


def noun_phrase(head: Token) -> Source:
    """The noun phrase of `head`, without relative clauses and what follows them."""
    left = head.left_edge.i
    ids = set(range(left, head.i + 1))
    for c in head.rights:
        if c.dep_ in ("relcl", "acl", "advcl", "ccomp") or (c.dep_ == "punct" and c.text not in "-'’"):
            if c.dep_ == "punct" and any(r.dep_ == "appos" and r.i > c.i and r.tag_ != "CD" for r in head.rights):
                ids.add(c.i)
                continue
            break
        if c.dep_ != "appos" or c.tag_ != "CD":  # "Ada Holt, 55, said"
            ids |= {t.i for t in c.subtree}
    if head.lemma_ in words("outlet_kinds") and max(ids) == head.i:  # "the newspaper Harbour Mail": the name beside it
        while head.i + 1 < len(head.doc) and head.nbor().pos_ == "PROPN" and head.nbor().sent == head.sent:
            head = head.nbor()
            ids.add(head.i)
    return Source(head.i, syntax.chars(head.doc, *syntax.trim(head.doc, min(ids), max(ids))), frozenset(ids))


def source_of(verb: Token, depth: int = 0) -> Source:
    """Who is said to do what the verb tells: its subject, its agent, or the subject that it shares."""
    if depth > 6:
        return NOBODY
    subject = syntax.subject(verb)
    if subject is not None and subject.dep_ in ("csubj", "csubjpass"):
        return NOBODY
    if subject is not None:
        if subject.lower_ in _RELATIVES and verb.dep_ == "relcl":
            return noun_phrase(_meant(subject, verb))
        if subject.dep_ == "nsubjpass":
            agent = syntax.child(verb, "agent")
            by = syntax.child(agent, "pobj") if agent is not None else None
            if by is not None and verb.lemma_ not in _CARRIERS:
                return noun_phrase(by)
            if verb.lemma_ in _CARRIERS:
                found = noun_phrase(subject)
                return Source(found.head, found.span, found.ids, carriers(verb))
            return NOBODY
        return noun_phrase(subject)
    if verb.pos_ in ("NOUN", "PROPN"):
        return owner_of(verb)
    head = verb.head
    if verb.dep_ == "relcl":
        return NOBODY  # an object relative clause without a subject of its own
    if verb.dep_ == "acl":
        owner = owner_of(head)
        return owner if owner.head is not None or head.lemma_ in _SUPPORT else noun_phrase(head)
    if verb.dep_ in _CLIMB and head.i != verb.i:
        if head.pos_ in ("NOUN", "PROPN") and verb.dep_ != "conj":
            return owner_of(head)
        return source_of(head, depth + 1)
    return NOBODY


def _meant(who: Token, verb: Token) -> Token:
    """The noun that a relative clause is of: in "sources close to the cabinet who say" the sources, for they say."""
    noun = verb.head
    if who.lower_ != "who" or verb.tag_ != "VBP" or noun.tag_ != "NN" or noun.dep_ != "pobj":
        return noun
    for above in syntax.ancestors(noun):
        if above.tag_ in ("NNS", "NNPS"):
            return above
        if above.pos_ in ("VERB", "AUX"):
            break
    return noun


def carriers(verb: Token) -> tuple[int, ...]:
    """Outlets that a passive "was quoted in …", "was cited by …" names."""
    out = []
    for prep in verb.children:
        if prep.dep_ in ("prep", "agent") and prep.lower_ in ("in", "by", "on", "with"):
            pobj = syntax.child(prep, "pobj")
            if pobj is not None and pobj.pos_ in ("PROPN", "NOUN"):
                out.append(pobj.i)
    return tuple(out)


def owner_of(noun: Token) -> Source:
    """Whose a demand or claim is: its possessor, its author after "of" or "by", its nationality, or who makes it."""
    owner = syntax.child(noun, "poss")
    if owner is not None:
        return noun_phrase(owner)
    for prep in noun.children:
        if prep.dep_ in ("prep", "agent") and prep.lower_ in _OWNERS:
            pobj = syntax.child(prep, "pobj")
            if pobj is not None and pobj.ent_type_ != "DATE":
                return noun_phrase(pobj)
    if noun.dep_ == "appos" or (noun.dep_ in ("conj", "dobj", "dep") and _apposed(noun) is not None):
        before = noun.head if noun.dep_ == "appos" else _apposed(noun)
        if before is not None and before.i != noun.i:
            found = owner_of(before)
            if found.head is not None:
                return found
    for c in noun.lefts:
        if c.dep_ in ("compound", "amod", "nmod") and c.text[:1].isupper() and c.i + 1 >= noun.left_edge.i:
            return Source(c.i, syntax.chars(c.doc, c.i, c.i), frozenset({c.i}))
    if noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_ in _SUPPORT:
        return source_of(noun.head, 3) if noun.dep_ == "dobj" else NOBODY
    return NOBODY


def _apposed(noun: Token) -> Token | None:
    """The noun before a dash that a second noun phrase explains ("their main condition - the demand to …")."""
    first = noun.left_edge.i
    if first < 2 or noun.doc[first - 1].text not in {"-", "–", "—", "--", ":"}:
        return None
    before = noun.doc[first - 2]
    return before if before.pos_ in ("NOUN", "PROPN") else None
