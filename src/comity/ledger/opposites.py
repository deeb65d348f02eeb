"""Words that exclude each other when they are said of one thing: stay and leave, raise and lower, legal and illegal."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

from comity.ledger.wording import stem
from comity.words import fold

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nothing|without|cannot|hardly|refus\w+|reject\w*|oppos\w+|"
    r"against|den(?:y|ies|ied)|rul(?:e|ed|es|ing) out)\b|n't\b"
)
_KEPT_DOWN = re.compile(
    r"\b\w+ (?:(?:its|the|their|his|her|all|any|a) )?(?:\w+ )?"
    r"(?:bans?|embargo\w*|curbs?|restrictions?|sanctions?|blockades?|moratorium|siege|objections?|veto)\b"
)
"""To end what keeps something down is to be for it."""
_REACH = 40
"""Characters before a word in which a negation turns it round."""
_UN = re.compile(r"^(?:un|non-?|in|il|ir|im|dis)(?=\w{3})")


@cache
def _data() -> tuple[frozenset[str], dict[str, tuple[tuple[int, int], ...]]]:
    """The words that end or lessen something, and for each stem the pairs it stands in and on which side."""
    data = tomllib.loads(resources.files(__package__).joinpath("opposites.toml").read_text(encoding="utf-8"))
    sides: dict[str, list[tuple[int, int]]] = {}
    for number, pair in enumerate(data["pair"]):
        for side, words in ((1, pair["one"]), (-1, pair["other"])):
            for word in words.split():
                sides.setdefault(stem(word), []).append((number, side))
    against = frozenset(stem(word) for word in data["against"]["words"].split())
    return against, {word: tuple(rows) for word, rows in sides.items()}


@lru_cache(maxsize=1 << 14)
def lessens(text: str) -> bool:
    """True if `text` speaks of ending something, so that who wants it is against the thing.

    >>> lessens("wants the tolls abolished"), lessens("wants the tolls kept"), lessens("kept to the end of May")
    (True, False, False)
    """
    against, _ = _data()
    plain = _KEPT_DOWN.sub(" ", fold(text).replace("end of", " "))  # "by the end of the week", "lift the ban"
    return sum(stem(word) in against for word in _WORD.findall(plain)) % 2 == 1


@lru_cache(maxsize=1 << 14)
def directions(text: str) -> frozenset[tuple[int, int]]:
    """The sides that the words of `text` take in pairs of opposites; a negation shortly before a word turns it round.

    >>> one, other = directions("the bell stays here"), directions("the bell must leave")
    >>> {(pair, -side) for pair, side in one} & other != set()
    True
    >>> directions("the bell will not stay") == other
    True
    """
    _, sides = _data()
    plain, found = fold(text), set()
    for match in _WORD.finditer(plain):
        for pair, side in sides.get(stem(match[0]), ()):
            turned = _NEGATION.search(plain[max(0, match.start() - _REACH) : match.start()])
            found.add((pair, -side if turned else side))
    return frozenset(found)


@lru_cache(maxsize=1 << 14)
def contrary(one: str, other: str) -> bool:
    """True if two texts take different sides in a pair of opposites, or one has a word and the other its negation.

    >>> contrary("the levy was lawful", "the levy was unlawful"), contrary("armed guards", "unarmed guards")
    (True, True)
    >>> contrary("the levy should rise", "the levy should not fall")
    False
    """
    mine, theirs = directions(one), directions(other)
    if any((pair, -side) in theirs for pair, side in mine) and not mine & theirs:
        return True
    a, b = (set(_WORD.findall(fold(text))) for text in (one, other))
    return any(_UN.sub("", word) in b for word in a - b if _UN.match(word)) or any(
        _UN.sub("", word) in a for word in b - a if _UN.match(word)
    )


@lru_cache(maxsize=1 << 14)
def agreeing(one: str, other: str) -> bool:
    """True if two texts take the same side in a pair of opposites and different ones in none.

    >>> agreeing("will not raise the levy", "asked for a lower levy"), agreeing("raise the levy", "a lower levy")
    (True, False)
    """
    mine, theirs = directions(one), directions(other)
    return bool(mine & theirs) and not any((pair, -side) in theirs for pair, side in mine)
