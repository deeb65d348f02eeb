"""How a proposed issue is called, and by which words it is known again: as the texts write it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from comity.ledger.matters import Mention, known, points_back, word_stem
from comity.words import Issue, Statement, fold

MOSTLY = 0.5
"""A noun is named with the words before it where it has them in so many of its places."""
LONGEST = 4
_PHRASES = 5
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def issue_named(
    key: str, found: Sequence[tuple[Statement, Mention]], before: Sequence[Issue], taken: Iterable[str]
) -> Issue:
    """The issue of a matter, from the statements that name it and how. `before` are issues that have their ids and
    keywords, `taken` are ids of others."""
    labels = Counter(_written(m.label, s.passage.quote) for s, m in found if m.label)
    name = name_of(key, labels)
    forms: Counter[str] = Counter()
    for statement, _ in found:
        forms.update(w for w in _WORD.findall(fold(statement.passage.quote)) if key in (known(w), word_stem(w)))
    words = sorted(forms, key=lambda w: (-forms[w], w))
    roots = dict.fromkeys(_root(word, words) for word in words)
    ranked = sorted(labels, key=lambda p: (-labels[p], -len(p), p))
    phrases = [" ".join(p).lower() for p in ranked if len(p) > 1][:_PHRASES]
    heads = [fold(p[-1]) for p in ranked if points_back(p[-1])]
    used = {word for issue in before for word in issue.keywords}
    keywords = [k for k in dict.fromkeys([*roots, *phrases, *heads]) if k not in used]
    slug = re.sub(r"\W+", "_", fold(name)).strip("_") or "issue"
    identity, number, ids = slug, 2, {*taken, *(issue.id for issue in before)}
    while identity in ids:
        identity, number = f"{slug}_{number}", number + 1
    return Issue(identity, name[:1].upper() + name[1:], "", tuple(keywords or [fold(name)]))


def name_of(key: str, labels: Counter[tuple[str, ...]]) -> str:
    """The words that name a matter: those that it is mostly called by, with what mostly stands before them.

    >>> name_of("ceasefire", Counter({("humanitarian", "truce"): 1, ("truce",): 3}))
    'truce'
    >>> name_of("monitoring", Counter({("joint", "monitoring", "mission"): 1, ("monitoring", "mission"): 1}))
    'monitoring mission'
    >>> name_of("withdrawal", Counter())
    'withdrawal'
    """
    ends: Counter[tuple[str, ...]] = Counter()
    for label, count in labels.items():
        for n in range(_core(key, label) + 1):
            if len(label) - n <= LONGEST:
                ends[label[n:]] += count
    cores = Counter({end: count for end, count in ends.items() if _core(key, end) == 0})
    if not cores:
        return key
    name = max(cores, key=lambda c: cores[c])  # of several the one that is used first
    while True:
        every = sum(n for end, n in ends.items() if len(end) == len(name) and word_stem(end[-1]) == word_stem(name[-1]))
        longer = [e for e in ends if e[1:] == name and ends[e] > MOSTLY * every]
        if not longer:
            plural = len(name) == 1 and name[0] + "s" == key
            return key if plural else " ".join(name)  # "borders", not "border"
        name = min(longer, key=lambda e: (-ends[e], e))


def _core(key: str, label: Sequence[str]) -> int:
    """Where in a label the words begin that name the matter: the noun alone, or with the word that tells it."""
    if not points_back(label[-1]) and key in (known(label[-1]), word_stem(label[-1])):
        return len(label) - 1
    return next((n for n in range(len(label) - 1, -1, -1) if key in (known(label[n]), word_stem(label[n]))), 0)


def _written(label: Sequence[str], quote: str) -> tuple[str, ...]:
    """`label` with its noun as the quote has it: "practice" is "practices" there."""
    root, matter = word_stem(label[-1]), known(label[-1])
    words = _WORD.findall(quote)
    forms = [w for w in words if word_stem(w) == root] or [w for w in words if matter and known(w) == matter]
    form = forms[0] if forms else label[-1]
    return (*label[:-1], form if label[-1][0].isupper() else form.lower())


def _root(word: str, words: Sequence[str]) -> str:
    """`word`, or with `*` the shortest form that begins several."""
    short = min((w for w in words if word.startswith(w) and len(w) >= 4), key=len, default=word)
    return f"{short}*" if sum(w.startswith(short) for w in words) > 1 and len(short) >= 4 else word
