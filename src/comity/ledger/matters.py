"""What a noun phrase says that talks are about: a matter known in any talks, one of the text's own, or none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from comity.ledger.wording import stem
from comity.words import Actor, Agenda, Party, fold

_MOST = re.compile(r"(?!(?:for|inter|prot|harv|requ|arr|conqu)est$)[a-z]{2,}(?:i|[^aeiou])est")
"""Superlatives: "biggest", "earliest"."""
BESIDE = 0.45
"""What a matter counts that only stands before the noun: "aid" in "aid corridors"."""
OFFHAND = 0.5
"""What it counts where a verb or an adjective alone names it: "until they withdraw"."""


@dataclass(frozen=True)
class Mention:
    """A matter that a phrase names: its key, how surely, and the words that can name it (none if they name more)."""

    key: str
    weight: float
    label: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Words:
    """The lists, as stems."""

    matters: dict[str, str]  # stem of a word to its matter, called by its first word
    alone: frozenset[str]
    papers: frozenset[str]
    instruments: frozenset[str]
    weak: frozenset[str]
    never: frozenset[str]


@lru_cache(maxsize=65536)
def word_stem(word: str) -> str:
    """The stem of a word in any spelling of capitals and accents."""
    return stem(fold(word))


@lru_cache(maxsize=1)
def _lists() -> _Words:
    data = tomllib.loads(resources.files("comity.ledger").joinpath("matters.toml").read_text(encoding="utf-8"))
    matters = {word_stem(word): line.split()[0] for line in data["matters"] for word in line.split()}
    lists = ("alone", "papers", "instruments", "weak", "never")
    return _Words(matters, *(frozenset(word_stem(word) for word in data[name].split()) for name in lists))


def known(word: str) -> str | None:
    """The matter of any talks that a word speaks of.

    >>> known("truces"), known("withdrew"), known("teapot")
    ('ceasefire', 'withdrawal', None)
    """
    return _lists().matters.get(word_stem(word))


def dated(key: str) -> bool:
    """True of a matter that is known by its year: "the 1962 treaty"."""
    return len(key) == 4 and key.isdigit()


def in_passing(text: str) -> list[str]:
    """Matters that verbs and adjectives of a text tell of.

    >>> in_passing("until they withdraw and ratify it")
    ['withdrawal', 'ratification']
    """
    roots = (word_stem(word) for word in text.split())
    return list(dict.fromkeys(_lists().matters[root] for root in roots if root in _lists().alone))


def points_back(word: str) -> bool:
    """True of a noun that can stand alone for what was called by it before: "the mission", "the treaty"."""
    return word_stem(word) in _lists().instruments


def heads(topics: Iterable[str]) -> list[str]:
    """Stems of the nouns of `topics` that stand alone and can point back.

    >>> heads(["mission", "monitoring mission", "teapot"])
    ['mission']
    """
    return [word_stem(topic) for topic in topics if " " not in topic and points_back(topic)]


def names_of(agenda: Agenda) -> frozenset[str]:
    """Stems of the words by which the agenda's parties and actors are called: of a description only the noun.

    >>> sorted(names_of(Agenda(parties=(Party("u", "the Aldermark Union"), Party("a", "Brennia's army")))))
    ['aldermark', 'armi', 'brennia', 'brenniaian', 'brennian', 'union']
    """
    found: set[str] = set()
    rows: list[Party | Actor] = [*agenda.parties, *agenda.actors]
    for row in rows:
        for name in (row.name, *row.aliases):
            words = [word.removesuffix("'s").removesuffix("’s") for word in name.split()]
            named = {word_stem(word) for word in words if word[:1].isupper()}
            found |= named | {word_stem(word) for word in words[-1:] if not known(word)}
            found |= {stem + ending for stem in named for ending in ("n", "ian") if len(words) < 3}
    return frozenset(found)


def mentions(phrase: str, names: frozenset[str]) -> list[Mention]:
    """The matters that a noun phrase names, the last word being its noun. `names` are stems of the names of who talks.

    >>> mentions("new monitoring mission", frozenset())
    [Mention(key='monitoring', weight=1.0, label=('monitoring', 'mission'))]
    >>> [(m.key, m.weight) for m in mentions("aid corridor", frozenset())]
    [('corridor', 1.0), ('aid', 0.45)]
    >>> mentions("binding agreement", frozenset())[0].label, mentions("agreement", frozenset())
    (('binding', 'agreement'), [])
    >>> mentions("pay offer", frozenset())
    [Mention(key='pay', weight=1.0, label=())]
    >>> mentions("foreign minister", frozenset()), mentions("Aldermark", frozenset({"aldermark"}))
    ([], [])
    """
    words, lists = phrase.split(), _lists()
    if not words:
        return []
    before, head = _telling(words[:-1], names), words[-1]
    root = word_stem(head)
    around = [known(word) for word in before]
    beside = [Mention(key, BESIDE) for key in dict.fromkeys(around) if key]
    if root in names or len(root) < 3 or not head[0].isalpha():
        return beside
    if head[0].isupper():
        return _called((*before, head), root) or beside
    key = lists.matters.get(root)
    if key is None and root in lists.papers | lists.instruments:
        near = next((word for word in reversed(before) if word_stem(word) not in lists.never), None)
        key = next((k for k in reversed(around) if k), None)
        label = () if key and root in lists.papers else (*before, head)
        key = key or (word_stem(near) if near else None)
        return [Mention(key, 1.0, label), *(m for m in beside if m.key != key)] if key else []
    if key is None and root in lists.never | lists.weak:
        return beside
    return [Mention(key or root, 1.0, (*before, head)), *(m for m in beside if m.key != key)]


def _called(name: tuple[str, ...], root: str) -> list[Mention]:
    """What a proper name calls; one that ends in a common noun needs the word before it ("Minsk Group")."""
    if not all(word[0].isupper() for word in name):
        return []
    common = root in _lists().never | _lists().papers | _lists().instruments
    if common and len(name) < 2:
        return []
    key = f"{word_stem(name[-2])} {root}" if common else root
    return [Mention(key, 1.0, name)]


def _telling(words: Sequence[str], names: frozenset[str]) -> list[str]:
    """Words before a noun, from the last that says nothing of it onwards."""
    for n in range(len(words) - 1, -1, -1):
        root = word_stem(words[n])
        if root in _lists().weak or root in names or _MOST.fullmatch(words[n]):
            return list(words[n + 1 :])
    return list(words)
