"""Turns of phrase that tell a stand: "left the door open to", "dug in their heels", "is holding out for".

The list is our own (`idioms.toml`). A phrase is looked for from the verb of a clause on, in the order of its words;
between two of them may stand what only describes: an article, a possessive, an adjective, an adverb, a number.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.dates_in_words import MONTHS, WEEKDAYS
from comity.words import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

_SMALL = frozenset({"DET", "ADJ", "ADV", "NUM", "PART"})
_POSSESSIVES = frozenset({"PRP$", "POS"})
_GAP = 3
"""The most words that may stand between two words of a phrase."""
_OBJECT = 8
"""The most words of an object where a phrase leaves room for one."""


@dataclass(frozen=True)
class Idiom:
    """A phrase after its verb. `negated`: only where the verb is negated; `spoken`: done with words when past."""

    words: tuple[str, ...]
    act: Act
    spoken: bool
    negated: bool


@dataclass(frozen=True)
class Turn:
    """An idiom found: what it does, and its tokens."""

    act: Act
    spoken: bool
    ids: frozenset[int]


@functools.lru_cache(maxsize=1)
def idioms() -> dict[str, tuple[Idiom, ...]]:
    """The shipped phrases by their verb, longest first.

    >>> [i.act.value for i in idioms()["counter"]]
    ['offer']
    """
    data = tomllib.loads(resources.files(__package__).joinpath("idioms.toml").read_text(encoding="utf-8"))
    out: dict[str, list[Idiom]] = {}
    for group in data["idioms"]:
        for phrase in group["phrases"].split(","):
            words = phrase.split()
            negated = words[0] == "not"
            verb, *rest = words[negated:]
            out.setdefault(verb, []).append(Idiom(tuple(rest), Act(group["act"]), group["told"] == "spoken", negated))
    return {verb: tuple(sorted(found, key=lambda i: -len(" ".join(i.words)))) for verb, found in out.items()}


_TURNED = {
    Act.OFFER: Act.REJECT, Act.ACCEPT: Act.REJECT, Act.REJECT: Act.ACCEPT, Act.COMMIT: Act.REJECT,
    Act.DEMAND: Act.ACCEPT,
}  # fmt: skip


def turned(act: Act) -> Act:
    """What a phrase does where its verb is negated.

    >>> turned(Act.OFFER).value
    'reject'
    """
    return _TURNED.get(act, act)


def idiom_at(verb: Token) -> Turn | None:
    """The turn of phrase that begins with `verb`; None if there is none, or nobody is its subject."""
    known = idioms().get(syntax.lemma(verb), ())
    if not known:
        return None
    negative = syntax.negated(verb)
    after = [t for t in verb.doc[verb.i + 1 : verb.i + 16] if t.sent == verb.sent]
    for idiom in known:
        if idiom.negated and not negative:
            continue
        ids = _match(after, idiom.words)
        if ids is not None:
            act = turned(idiom.act) if negative and not idiom.negated else idiom.act
            ids |= {c.i for c in verb.lefts if c.dep_ in ("aux", "neg")}
            return Turn(act, idiom.spoken and not negative, frozenset(ids | {verb.i}))
    return None


def _match(after: Sequence[Token], words: tuple[str, ...]) -> set[int] | None:
    """The tokens of `after` that are these words in this order; None if they are not all there."""
    at, most, ids = 0, _GAP, set[int]()
    for word in words:
        if word == "…":
            most = _OBJECT
            continue
        for k in range(at, min(len(after), at + most + 1)):
            token = after[k]
            if word in (token.lower_, syntax.lemma(token)):
                if word == "on" and k + 1 < len(after) and _day(after[k + 1]):
                    return None  # "walk out on Monday" leaves nobody behind
                ids.add(token.i)
                at, most = k + 1, _GAP
                break
            if token.is_punct or (most == _GAP and not _small(token)):
                return None
        else:
            return None
    return ids


def _day(token: Token) -> bool:
    return token.lower_ in WEEKDAYS or token.lower_ in MONTHS


def _small(token: Token) -> bool:
    """True of a word that only describes what follows."""
    return token.pos_ in _SMALL or token.tag_ in _POSSESSIVES or token.dep_ in ("compound", "poss", "amod", "prt")
