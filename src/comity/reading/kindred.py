"""Words akin: of one stem, of one family ("verify", "verification"), of one matter ("truce", "ceasefire")."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources
from typing import Any

_APART = {"closed": "closure", "closing": "closure"}
"""Forms whose stem would be that of a word of another meaning ("close to a deal")."""


def stem(word: str) -> str:
    """A crude common stem: enough to match "recognise", "recognised" and "recognition" under their agenda's keyword.

    >>> stem("guarantees") == stem("guarantee"), stem("monitoring") == stem("monitor")
    (True, True)
    """
    word = _APART.get(word.lower(), word)
    word = word.lower().replace("’", "'").removesuffix("'s").strip("'-").replace("isation", "ization")
    word = re.sub(r"is(e|ed|ing|es)$", r"iz\1", word) if len(word) > 6 else word
    for ending in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ments",
        "ment",
        "ies",
        "ied",
        "ers",
        "ed",
        "es",
        "s",
        "al",
        "ly",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


_DERIVED = re.compile(
    r"(?:ization|iz(?:e|er)?|ational?|itional?|ition|ation|ators?|ator|ate|ative|itive|ive|"
    r"ional?|ions|ion|ances?|ancy|ences?|ency|ants?|ents?|ments?|als|al|ors|or|ers|er|ists?|ist|ism|ity|iti|ness|able|"
    r"ible|ing|ed|ly|i|y|e)$"
)


_IFY = re.compile(r"(?<=..)if(?:ic|y|i(?:ed|er|es)?)$")


@functools.lru_cache(maxsize=65536)
def family(word: str) -> str:
    """What the words of one derivation share: a stem without the endings that make nouns of verbs.

    >>> family(stem("verification")) == family(stem("verify")), family(stem("withdrawal")) == family(stem("withdraw"))
    (True, True)
    >>> family(stem("station")) == family(stem("state"))
    False
    """
    word = _IFY.sub("if", word)
    for _ in range(2):
        match = _DERIVED.search(word)
        if match is None or match.start() < 4 or (match.start() == 4 and len(match[0]) > 2):
            break
        word = word[: match.start()]
    return "~" + word


@functools.lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("kindred.toml").read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=1)
def groups() -> tuple[frozenset[str], ...]:
    """Groups of stems that speak of one matter."""
    return tuple(frozenset(stem(word) for word in line.lower().split()) for line in _data()["groups"])


@functools.lru_cache(maxsize=4)
def of_kind(kind: str) -> frozenset[str]:
    """Stems that speak of the talks ("process") or of how near their end is ("prospects") in any negotiation."""
    return frozenset(stem(word) for word in _data().get(kind, "").split())


@functools.lru_cache(maxsize=1)
def vague() -> frozenset[str]:
    """Stems of words that tell nothing of the matter where a name or description has them."""
    return papers() | {stem(word) for word in _data()["vague"].split()}


@functools.lru_cache(maxsize=1)
def papers() -> frozenset[str]:
    """Stems of words for what is offered and written in any talks."""
    return frozenset(stem(word) for word in _data()["papers"].split())


@functools.lru_cache(maxsize=1)
def going() -> frozenset[str]:
    """Lemmas of verbs by which somebody comes, goes, stays or sits."""
    return frozenset(_data()["going"].split())


@functools.lru_cache(maxsize=1)
def manners() -> frozenset[str]:
    """Words for the manner in which people talked."""
    return frozenset(_data()["manners"].split())


@functools.lru_cache(maxsize=1)
def actors() -> frozenset[str]:
    """Lemmas of nouns for those who take part: as the subject of a clause they do not tell what it is about."""
    return frozenset(_data()["actors"].split())
