"""Stances that a noun phrase carries: "the demand to open the border", "the land that Northland claims"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.idioms import idiom_at
from comity.reading.lexicon import Cue, lexicon
from comity.reading.sources import owner_of
from comity.reading.wording import words
from comity.words import Act

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_KINDS = frozenset({"kind", "sort", "type", "form", "level"})
_EMPTY = frozenset(
    {"what", "that", "something", "anything", "everything", "thing", "way", "point", "one", "nothing", "who", "time"}
)


@dataclass(frozen=True)
class Phrase:
    """A noun phrase that tells a stance or a holding: its tokens, the head of whoever has it, and the act.

    `fact` is True where it tells who holds something; `cue` are the tokens that say so; `apart` if it should be cut
    out of the clause around it.
    """

    head: int
    ids: frozenset[int]
    holder: int | None
    act: Act
    cue: frozenset[int]
    fact: bool = False
    apart: bool = False
    negative: bool = False


def phrases(sentence: Span) -> Iterator[Phrase]:
    """The stance-bearing noun phrases of a sentence, in order."""
    for token in sentence:
        if token.dep_ == "relcl" and token.head.pos_ in ("NOUN", "PROPN"):
            yield from _relative(token)
        elif token.pos_ == "NOUN" and token.lemma_ in lexicon().nouns:
            yield from _nominal(token, lexicon().nouns[token.lemma_])


def _relative(verb: Token) -> Iterator[Phrase]:
    """A relative clause whose verb tells what its subject wants of the noun."""
    noun, holder = verb.head, _right_subject(verb)
    if holder is None or holder.tag_ in ("WDT", "WP") or noun.lower_ in _EMPTY or not syntax.finite(verb):
        return
    if syntax.child(verb, "dobj", "ccomp", "xcomp") is not None and not _gap(verb):
        return
    if syntax.modal(verb) is not None or verb.doc[verb.left_edge.i - 1].text == ",":
        return
    cue = lexicon().verb(verb.lemma_, "object")
    fact = verb.lemma_ in words("holding")
    if not fact and (cue is None or cue.act not in (Act.DEMAND, Act.REJECT, Act.OFFER, Act.ACCEPT)):
        return
    top = noun
    while top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_ in _KINDS:
        top = top.head.head
    act = Act.ASSERT if fact or cue is None or cue.act is None else cue.act
    group = frozenset({verb.i} | {a.i for a in syntax.auxiliaries(verb)})
    apart = top.dep_ in ("conj", "appos") and any(
        c.lower_ in ("not", "never") for c in top.doc[max(0, top.left_edge.i - 2) : top.left_edge.i + 1]
    )
    ids = frozenset(syntax.subtree_ids(top))
    while ids and top.doc[min(ids)].lower_ in ("and", "not", "but", "or"):
        ids -= {min(ids)}
    yield Phrase(top.i, ids, holder.i, act, group, fact, apart, syntax.negated(verb))


def _right_subject(verb: Token) -> Token | None:
    """The subject beside the verb (the relative pronoun is often parsed as a second one)."""
    subjects = [c for c in verb.lefts if c.dep_ == "nsubj"]
    return subjects[-1] if subjects else None


def _gap(verb: Token) -> bool:
    dobj = syntax.child(verb, "dobj")
    return dobj is not None and dobj.tag_ in ("WDT", "WP")


def _nominal(noun: Token, cue: Cue) -> Iterator[Phrase]:
    if cue.act not in (Act.DEMAND, Act.REJECT, Act.OFFER):
        return
    by = _by(noun)
    if by:
        for who in by:
            yield Phrase(noun.i, frozenset(syntax.subtree_ids(noun)), who.i, cue.act, frozenset({noun.i}))
        return
    complement = next(
        (
            c
            for c in noun.rights
            if (c.dep_ in ("acl", "ccomp") and any(g.lower_ in ("to", "that") for g in c.lefts))
            or (c.dep_ == "prep" and c.lower_ in ("for", "to"))
        ),
        None,
    )
    if complement is None or any(c.lower_ in ("no", "any") for c in noun.lefts):
        return
    owner = owner_of(noun)
    if owner.head is None or _given_up(noun):
        return
    yield Phrase(noun.i, frozenset(syntax.subtree_ids(noun)), owner.head, cue.act, frozenset({noun.i}))


def _given_up(noun: Token) -> bool:
    """True of "dropped its objection to …", "backed away from its demand for …": it is no more."""
    verb = next((a for a in syntax.ancestors(noun) if a.pos_ == "VERB"), None)
    turn = idiom_at(verb) if verb is not None else None
    return turn is not None and noun.i in turn.ids


def _by(noun: Token) -> list[Token]:
    """A, B and C of "a proposal by A, B and C"."""
    prep = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ == "by"), None)
    first = syntax.child(prep, "pobj") if prep is not None else None
    both = (first, *first.conjuncts) if first is not None else ()
    return [t for t in both if t.pos_ == "PROPN" or (t.text.isupper() and len(t) > 1)]
