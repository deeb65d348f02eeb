"""One utterance told twice: reprinted by another outlet, or worded differently by another translator.

Statements of one utterance count once. Candidates are found without comparing all pairs, by prefix filtering for set
similarity joins (Chaudhuri, Ganti and Kaushik 2006): two sets with Jaccard index t or more share one of their rarest
elements.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from comity.ledger.evidence import Take
from comity.ledger.rulebook import rule
from comity.ledger.wording import horizons, likeness
from comity.words import DuplicateGroup, Mode

WINDOW = timedelta(days=7)
"""Tellings of one utterance are published at most this far apart; an unknown day of saying reaches back as far."""
ALIKE = 0.5
ALIKE_WITH_DATE = 0.4
REPRINT = 0.8
_ROUNDING = 1e-9  # 0.4 of 35 is 14, not a little more
_OWN_MODES = (Mode.DIRECT, Mode.MIXED, Mode.INDIRECT)


def utterances(takes: Sequence[Take], duplicates: Iterable[DuplicateGroup]) -> dict[str, str]:
    """Statement id to the id that stands for its utterance, for those told more than once.

    The first telling stands for it: earliest said, then earliest in the ledger's order.
    """
    union = _Union()
    for one, other in same_utterance(takes):
        union.join(one.id, other.id)
    for one, other in reprinted(takes, duplicates):
        union.join(one.id, other.id)
    rank = {take.id: (take.when, number) for number, take in enumerate(takes)}
    heads: dict[str, str] = {}
    for members in union.groups():
        head = min(members, key=lambda i: rank[i])
        heads.update(dict.fromkeys(members, head))
    return heads


@rule("utterance.same", "counting")
def same_utterance(takes: Iterable[Take]) -> Iterator[tuple[Take, Take]]:
    """Two reported utterances are one if the same speaker can have said both on one day and they share most of their
    content words (Jaccard index of meanings at least 0.5; 0.4 where they also share a time expression and the issue),
    on one issue or by one act, not with opposite signs, different numbers or different time expressions."""
    blocks: dict[str, list[Take]] = defaultdict(list)
    for take in takes:
        if is_utterance(take):
            blocks[take.statement.speaker].append(take)
    for speaker in sorted(blocks):
        yield from (pair for pair in _alike(blocks[speaker], ALIKE_WITH_DATE) if one_utterance(*pair))


@rule("utterance.reprint", "counting")
def reprinted(takes: Iterable[Take], duplicates: Iterable[DuplicateGroup]) -> Iterator[tuple[Take, Take]]:
    """In documents that carry nearly the same text, statements by the same speaker in nearly the same words (Jaccard
    index of meanings at least 0.8) are one, so that agency copy does not count once for each outlet."""
    group_of = {member: number for number, group in enumerate(duplicates) for member in group.members}
    blocks: dict[tuple[int, str, Mode], list[Take]] = defaultdict(list)
    for take in takes:
        if take.document in group_of and take.stems:
            blocks[group_of[take.document], take.statement.speaker, take.statement.mode].append(take)
    for key in sorted(blocks):
        for one, other in _alike(blocks[key], REPRINT, anytime=True):
            if one_reprint(one, other):
                yield one, other


def is_utterance(take: Take) -> bool:
    """True if a take is somebody's reported words, which another report can tell, too."""
    return take.attributed and take.statement.mode in _OWN_MODES and bool(take.stems)


def one_reprint(one: Take, other: Take) -> bool:
    """True if two takes of one speaker and mode in two documents of nearly one text are one."""
    return one.document != other.document and likeness(one.stems, other.stems) >= REPRINT


def one_utterance(one: Take, other: Take) -> bool:
    """True if two takes of one speaker, said at most two windows apart, tell one utterance."""
    a, b = one.statement, other.statement
    if one.document == other.document and a.passage.start < b.passage.end and b.passage.start < a.passage.end:
        return False  # parts of one telling
    if one.sign * other.sign < 0 or (a.act is not b.act and a.issue != b.issue):
        return False
    if _numbers(one) != _numbers(other) or not _could_be_one_day(one, other):
        return False
    mine, theirs = horizons(one.quote), horizons(other.quote)
    if mine and theirs and not mine & theirs:
        return False
    alike = likeness(one.stems, other.stems)
    if len(one.stems & other.stems) < 2 and one.stems != other.stems:
        return False
    return alike >= ALIKE or bool(alike >= ALIKE_WITH_DATE and mine & theirs and a.issue == b.issue)


def _numbers(take: Take) -> frozenset[tuple[float, float, str]]:
    return frozenset((q.low, q.high, q.unit) for q in take.statement.quantities)


def _days(take: Take) -> tuple[date, date]:
    """Earliest and latest day of saying; an unknown beginning reaches `WINDOW` back."""
    latest = take.when
    earliest = take.statement.said.earliest or (latest - WINDOW if latest > date.min + WINDOW else date.min)
    return earliest, latest


def _could_be_one_day(one: Take, other: Take) -> bool:
    (first, last), (begin, end) = _days(one), _days(other)
    if first > end or begin > last:
        return False
    if one.published and other.published:
        return abs(one.published - other.published) <= WINDOW
    return True


def _alike(takes: Sequence[Take], threshold: float, anytime: bool = False) -> Iterator[tuple[Take, Take]]:
    """Pairs whose stems may reach the threshold, each once; at most two windows apart unless `anytime`."""
    count = Counter(stem for take in takes for stem in take.stems)
    recent: dict[str, deque[tuple[date, Take]]] = defaultdict(deque)
    for take in sorted(takes, key=lambda t: (t.when, t.id)):
        rare = sorted(take.stems, key=lambda stem: (count[stem], stem))
        prefix = rare[: len(rare) - math.ceil(threshold * len(rare) - _ROUNDING) + 1]
        partners: dict[str, Take] = {}
        for stem in prefix:
            row = recent[stem]
            while row and not anytime and take.when - row[0][0] > 2 * WINDOW:
                row.popleft()
            for _, earlier in row:
                partners[earlier.id] = earlier
            row.append((take.when, take))
        yield from ((partners[key], take) for key in sorted(partners))


class _Union:
    """Sets that are joined pair by pair (Galler and Fischer 1964)."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        root = item
        while self.parent.setdefault(root, root) != root:
            root = self.parent[root]
        while self.parent[item] != root:
            self.parent[item], item = root, self.parent[item]
        return root

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self.parent[second] = first

    def groups(self) -> list[list[str]]:
        members: dict[str, list[str]] = defaultdict(list)
        for item in sorted(self.parent):
            members[self.find(item)].append(item)
        return [group for _, group in sorted(members.items()) if len(group) > 1]
