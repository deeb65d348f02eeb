"""Near-duplicates: agency copy that several outlets reprint, cut it or give it a head and a credit of their own.

Method: sets of word shingles compared by Jaccard similarity (Broder 1997, "On the resemblance and containment of
documents"), exactly and not by sketches. Pairs to compare come from an inverted index of all shingles. A reprint cut to
its first paragraphs has a low similarity but is contained in the whole; so containment counts too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from comity.words import Document, DuplicateGroup

SHINGLE = 3  # words
CONTAINED = 0.8  # share of the shorter text's shingles that stand in the longer
CUT = 30  # shingles that a text must have to be taken for a part of a longer one
SAME_LENGTH = 0.8  # of the longer text: above, nothing much was cut
SHARE = 0.15  # of the longer text: below, the shorter is a passage that was used again, no reprint
_APART = 0.2  # two texts that share less of their shingles than this have nothing to do with each other
_CROWD = 32  # a shingle in more texts than this is boilerplate, or a very popular reprint: neighbours only
_NEIGHBOURS = 4

Shingles = NDArray[np.uint64]


def duplicates(documents: Iterable[Document], threshold: float = 0.5) -> tuple[DuplicateGroup, ...]:
    """Groups of documents that carry (nearly) the same text, by id of their original.

    Parameters
    ----------
    documents
        With unique ids (see `number`). Their order does not matter.
    threshold
        Jaccard similarity of word shingles from which two texts are near-duplicates, 0 to 1. Whatever it is, a text of
        which four fifths stand in a longer one (up to seven times as long) is too, unless the longer one puts unlike
        texts together (a digest).

    Returns
    -------
    tuple of DuplicateGroup
        Two or more members each; documents that are like no other are in no group.

    >>> text = "The two delegations met again on Tuesday and agreed to exchange lists of prisoners within a week. "
    >>> [g.members for g in duplicates([Document("a", text * 2), Document("b", "(AFP) " + text), Document("c", "No.")])]
    [('a', 'b')]
    """
    ordered = sorted(documents, key=lambda d: (d.digest, d.id))
    sets = [shingles(document.text) for document in ordered]
    parts: dict[int, list[int]] = defaultdict(list)
    links: list[tuple[int, int]] = []
    for i, j in _candidates(sets):
        common = _common(sets[i], sets[j])
        shorter, longer = sorted((i, j), key=lambda k: (len(sets[k]), k))
        contained = len(sets[shorter]) >= CUT and common >= CONTAINED * len(sets[shorter])
        if contained and len(sets[shorter]) < SAME_LENGTH * len(sets[longer]):
            if len(sets[shorter]) >= SHARE * len(sets[longer]):
                parts[longer].append(shorter)
        elif common >= threshold * (len(sets[i]) + len(sets[j]) - common):
            links.append((i, j))
    links += [(whole, part) for whole, cuts in sorted(parts.items()) if not _is_digest(cuts, sets) for part in cuts]
    groups = [_group([ordered[i] for i in members], sets, members) for members in _connected(links, len(ordered))]
    return tuple(sorted(groups, key=lambda group: group.original))


def shingles(text: str) -> Shingles:
    """The hashes of all runs of `SHINGLE` words, sorted, each once; of all words together for a shorter text."""
    words = re.findall(r"\w+", text.casefold())
    if not words:
        return np.empty(0, dtype=np.uint64)
    hashes = np.array([_word_hash(word) for word in words], dtype=np.uint64)
    size = min(SHINGLE, len(hashes))
    count = len(hashes) - size + 1
    result = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        result = result * np.uint64(0x9E3779B97F4A7C15) + hashes[offset : offset + count]
        result ^= result >> np.uint64(29)
    return np.unique(result)


@cache
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _common(a: Shingles, b: Shingles) -> int:
    return len(np.intersect1d(a, b, assume_unique=True))


def _candidates(sets: Sequence[Shingles]) -> list[tuple[int, int]]:
    """Pairs that share enough shingles to be worth comparing."""
    if sum(map(len, sets)) == 0:
        return []
    values = np.concatenate(sets)
    owners = np.repeat(np.arange(len(sets), dtype=np.int64), [len(s) for s in sets])
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    counts = np.diff(np.concatenate((starts, [len(values)])))
    codes: list[NDArray[np.int64]] = []
    for size in range(2, _CROWD + 1):
        first = starts[counts == size]
        if len(first):
            table = owners[first[:, None] + np.arange(size)]
            a, b = np.triu_indices(size, 1)
            codes.append((table[:, a] * len(sets) + table[:, b]).ravel())
    pairs: set[tuple[int, int]] = set()
    if codes:
        found, shared = np.unique(np.concatenate(codes), return_counts=True)
        lengths = np.array([len(s) for s in sets])
        i, j = found // len(sets), found % len(sets)
        enough = shared >= np.maximum(1, 0.25 * np.minimum(lengths[i], lengths[j]))
        pairs.update(zip(i[enough].tolist(), j[enough].tolist(), strict=True))
    pairs |= _crowded(sets, owners, starts[counts > _CROWD], counts[counts > _CROWD])
    return sorted(pairs)


def _crowded(
    sets: Sequence[Shingles], owners: NDArray[np.int64], starts: NDArray[np.intp], counts: NDArray[np.intp]
) -> set[tuple[int, int]]:
    """For shingles that stand in very many texts: each of those with the next few of its length."""
    pairs: set[tuple[int, int]] = set()
    seen: set[bytes] = set()
    for start, count in zip(starts.tolist(), counts.tolist(), strict=True):
        members = owners[start : start + count]
        key = members.tobytes()
        if key in seen:
            continue
        seen.add(key)
        row = sorted(members.tolist(), key=lambda i: (len(sets[i]), i))
        for step in range(1, _NEIGHBOURS + 1):
            pairs.update((min(i, j), max(i, j)) for i, j in zip(row, row[step:], strict=False))
    return pairs


def _is_digest(cuts: Sequence[int], sets: Sequence[Shingles]) -> bool:
    """True if a text holds texts that have nothing to do with each other: a round-up, no reprint of either."""
    related = [
        (a, b)
        for a, i in enumerate(cuts)
        for b, j in enumerate(cuts[:a])
        if _common(sets[i], sets[j]) >= _APART * min(len(sets[i]), len(sets[j]))
    ]
    return len(cuts) > 1 and [len(members) for members in _connected(related, len(cuts))] != [len(cuts)]


def _connected(links: Iterable[tuple[int, int]], count: int) -> list[list[int]]:
    root = list(range(count))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for a, b in links:
        low, high = sorted((find(a), find(b)))
        root[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(count):
        groups[find(i)].append(i)
    return [members for members in groups.values() if len(members) > 1]


def _group(documents: Sequence[Document], sets: Sequence[Shingles], members: Sequence[int]) -> DuplicateGroup:
    order = sorted(range(len(documents)), key=lambda k: (documents[k].published or date.max, documents[k].id))
    first = sets[members[order[0]]]
    similarity = 1.0
    for k in order[1:]:
        other = sets[members[k]]
        common = _common(first, other)
        similarity = min(similarity, common / (len(first) + len(other) - common or 1))
    ids = tuple(documents[k].id for k in order)
    return DuplicateGroup(ids[0], (ids[0], *sorted(ids[1:])), round(similarity, 4))
