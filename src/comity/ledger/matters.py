"""What a noun phrase says that talks are about: a matter known in any talks, one of the text's own, or none."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from comity.ledger.wording import stem
from comity.words import fold

BESIDE = 0.6
"""What a matter counts that only stands before the noun: "aid" in "aid corridors"."""
OFFHAND = 0.4
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
    papers: frozenset[str]
    weak: frozenset[str]
    never: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> _Words:
    data = tomllib.loads(resources.files("comity.ledger").joinpath("matters.toml").read_text(encoding="utf-8"))
    matters = {stem(fold(word)): line.split()[0] for line in data["matters"] for word in line.split()}
    papers, weak, never = (
        frozenset(stem(fold(word)) for word in data[name].split()) for name in ("papers", "weak", "never")
    )
    return _Words(matters, papers, weak, never)


def known(word: str) -> str | None:
    """The matter of any talks that a word speaks of.

    >>> known("truces"), known("withdrew"), known("teapot")
    ('ceasefire', 'withdrawal', None)
    """
    return _lists().matters.get(stem(fold(word)))


def mentions(phrase: str, names: frozenset[str]) -> list[Mention]:
    """The matters that a noun phrase names, the last word being its noun. `names` are stems of the names of who talks.

    >>> mentions("new monitoring mission", frozenset())
    [Mention(key='monitoring', weight=1.0, label=('monitoring', 'mission'))]
    >>> [(m.key, m.weight) for m in mentions("aid corridor", frozenset())]
    [('corridor', 1.0), ('aid', 0.6)]
    >>> mentions("binding agreement", frozenset())[0].label, mentions("agreement", frozenset())
    (('binding', 'agreement'), [])
    >>> mentions("foreign minister", frozenset()), mentions("Aldermark", frozenset({"aldermark"}))
    ([], [])
    """
    words, lists = phrase.split(), _lists()
    if not words:
        return []
    before, head = _telling(words[:-1], names), words[-1]
    root = stem(fold(head))
    around = [known(word) for word in before]
    beside = [Mention(key, BESIDE) for key in dict.fromkeys(around) if key]
    if root in names or len(root) < 3 or not head[0].isalpha():
        return beside
    if head[0].isupper() and root not in lists.never:
        return [Mention(root, 1.0, (*before, head))] if all(word[0].isupper() for word in before) else beside
    key = lists.matters.get(root)
    if key is None and root in lists.papers:
        near = next((word for word in reversed(before) if stem(fold(word)) not in lists.never), None)
        key = next((k for k in reversed(around) if k), None) or (stem(fold(near)) if near else None)
        return [Mention(key, 1.0, (*before, head)), *(m for m in beside if m.key != key)] if key else []
    if key is None and root in lists.never:
        return beside
    return [Mention(key or root, 1.0, (*before, head)), *(m for m in beside if m.key != key)]


def _telling(words: Sequence[str], names: frozenset[str]) -> list[str]:
    """Words before a noun, from the last that says nothing of it onwards."""
    for n in range(len(words) - 1, -1, -1):
        root = stem(fold(words[n]))
        if root in _lists().weak or root in names:
            return list(words[n + 1 :])
    return list(words)
