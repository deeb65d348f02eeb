"""Two or three named side by side, and "they", "both" or "the two countries" in the sentence after.

"Belvara and Vostria met on Monday. Both said the talks would go on." Each of them says so. Only the subjects of the
sentence right before count: pairs named elsewhere may be the mediators, not the sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.pronoun_words import DESCRIBED, SEVERAL
from comity.reading.roles import GROUPS, PLURAL_ROLES
from comity.words import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_ACTORS = frozenset({"state", "body", "group", "person"})
_NUMBER = {"both": 2, "two": 2, "three": 3}


def jointly(doc: Doc, named: Mapping[int, Entity]) -> dict[int, tuple[int, ...]]:
    """Tokens that stand for several together, with the tokens of their names; `named`: entities by head token.

    The same is put into ``doc.user_data``.
    """
    found: dict[int, tuple[int, ...]] = {}
    before: tuple[int, ...] = ()
    last: Span | None = None
    for sentence in doc.sents:
        here: tuple[int, ...] = ()
        for verb in _main_verbs(sentence):
            subject = syntax.subject(verb)
            if subject is None:
                continue
            if before and _means(subject, len(before)) and not (subject.lower_ == "they" and _others(last)):
                here = found[subject.i] = before
            else:
                here = here or _row(subject, named)
        before, last = here, sentence
    doc.user_data[SEVERAL] = found
    known = doc.user_data.setdefault(DESCRIBED, {})
    known.update({i: row[0] for i, row in found.items()})
    return found


def _main_verbs(sentence: Span) -> list[Token]:
    root = next((t for t in sentence if t.dep_ == "ROOT"), None)
    if root is None:
        return []
    cues = [c for c in root.children if c.dep_ == "ccomp" and c.i < root.i and root.pos_ == "VERB"]
    return [root, *(c for c in root.conjuncts if syntax.subject(c) is not None), *cues]


def _row(subject: Token, named: Mapping[int, Entity]) -> tuple[int, ...]:
    """The heads of two or three names that are the subject together, each of another actor."""
    heads = [subject, *subject.conjuncts]
    ids = {named[t.i].id for t in heads if t.i in named and named[t.i].type in _ACTORS}
    joined = any(c.lower_ == "and" for t in heads for c in t.rights if c.dep_ == "cc")
    return tuple(t.i for t in heads) if joined and len(ids) == len(heads) in (2, 3) else ()


def _means(subject: Token, number: int) -> bool:
    """True of "they", "both", "the two" and "the two countries" where as many were named."""
    if any(c.dep_ in ("prep", "relcl", "appos", "conj") for c in subject.rights):
        return False
    if subject.lower_ == "they":
        return True
    told = (
        [subject, *subject.lefts]
        if subject.lower_ in GROUPS | PLURAL_ROLES | {"neighbours", "neighbors"}
        else [subject]
    )
    count = next((_NUMBER[t.lower_] for t in told if t.lower_ in _NUMBER), None)
    return count == number and all(t.lower_ in _NUMBER or t.lower_ == "the" for t in subject.lefts)


def _others(sentence: Span | None) -> bool:
    """True if a sentence tells of several people without a name, whom "they" may mean as well."""
    return sentence is not None and any(t.tag_ == "NNS" and t.lower_ in GROUPS | PLURAL_ROLES for t in sentence)
