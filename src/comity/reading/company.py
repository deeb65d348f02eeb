"""Who speaks together with the subject of a clause, and who is told to be for or against what it says.

"A and B said", "A, with B and C, proposed", "A, supported by B and opposed by C, proposed": every one of them takes a
stand on the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.pronoun_words import SEVERAL

if TYPE_CHECKING:
    from spacy.tokens import Token

_FOR = frozenset({"support", "back", "join", "echo", "second", "accompany", "follow", "endorse", "favor", "favour"})
_AGAINST = frozenset({"oppose", "contradict", "resist", "challenge", "contest", "counter"})
_WITH = frozenset({"with", "alongside"})
_AMONG = frozenset({"including"})


@dataclass(frozen=True)
class Companion:
    """Somebody beside the subject: `with_it` says the same, else it stands for (`agrees`) or against what is said."""

    head: Token
    agrees: bool
    with_it: bool = False
    cue: Token | None = None
    """The word that says so ("supported"); None for those who say the same."""


def companions(subject: Token) -> Iterator[Companion]:
    """Those named beside `subject`, in order of the text."""
    several = subject.doc.user_data.get(SEVERAL, {}).get(subject.i, ())  # "both", of two named before
    found = [Companion(subject.doc[i], True, True) for i in several[1:]]
    found += [Companion(t, True, True) for t in subject.conjuncts if t.i > subject.i and t.pos_ in ("PROPN", "NOUN")]
    for child in subject.rights:
        if child.dep_ in ("acl", "advcl", "relcl"):
            for verb in (child, *child.conjuncts):
                found += _by(verb)
        elif child.dep_ == "prep" and child.lower_ in _WITH | _AMONG and _set_off(child):
            found += _beside(child)
    yield from sorted(found, key=lambda c: c.head.i)


def names_given(subject: Token) -> bool:
    """True of "several parties, including A and B": those who are named are told one by one.

    Whoever else speaks with them has no name.
    """
    among = (c for c in subject.rights if c.dep_ == "prep" and c.lower_ in _AMONG)
    return subject.tag_ == "NNS" and any(t.head.pos_ == "PROPN" for prep in among for t in _beside(prep))


def joined(verb: Token) -> Iterator[Companion]:
    """Those named before a verb: "A said this and, with X, asked for that", "Supported by X, A asked for it"."""
    for child in verb.lefts:
        if child.dep_ in ("advcl", "prep", "acl") and child.tag_ == "VBN":
            yield from _by(child)
        if child.dep_ != "prep" or child.lower_ not in _WITH:
            continue
        if (_set_off(child) and verb.dep_ == "conj") or _before_subject(child, verb):
            yield from _beside(child)


def _before_subject(prep: Token, verb: Token) -> bool:
    """ "With X, she opposed it", "With X, Y opposed it": X stands beside her."""
    who = syntax.subject(verb)
    if who is None or who.i < 3:
        return False
    named = verb.i in verb.doc.user_data.get("floor", ()) and who.i in verb.doc.user_data.get("named", ())
    who = who.left_edge
    if not (named or who.lower_ in ("he", "she", "they")) or who.nbor(-1).text != ",":
        return False
    opens = prep.is_sent_start or prep.nbor(-1).text in (",", ";") or prep.nbor(-1).is_space
    return opens and prep.right_edge.i <= who.i - 1 and any(c.text[:1].isupper() for c in prep.rights)


def _set_off(prep: Token) -> bool:
    return prep.i > 0 and (prep.nbor(-1).text == "," or prep.i in prep.doc.user_data.get("beside", ()))


def _beside(prep: Token) -> list[Companion]:
    pobj = syntax.child(prep, "pobj")
    return [Companion(t, True, True) for t in ((pobj, *pobj.conjuncts) if pobj is not None else ())]


def _by(verb: Token) -> list[Companion]:
    """ "supported by B and C"."""
    if verb.lemma_ not in _FOR | _AGAINST or verb.tag_ != "VBN":
        return []
    agent = syntax.child(verb, "agent", "prep")
    whom = syntax.child(agent, "pobj") if agent is not None and agent.lower_ == "by" else None
    return [Companion(t, verb.lemma_ in _FOR, cue=verb) for t in ((whom, *whom.conjuncts) if whom is not None else ())]
