"""Which statements tell one utterance, found as they come in: those of one speaker, said and told at about one time.

Whether two statements are one depends on these two only (see `comity.ledger.utterances`), so that it is found once and
holds for every day on which both are weighed.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from comity.ledger.evidence import Take
from comity.ledger.utterances import ALIKE_WITH_DATE, REPRINT, WINDOW, is_utterance, one_reprint, one_utterance

Numbered = tuple[int, Take]
_ROUNDING = 1e-9
_CLEARED = 4
"""Days between two clearings."""
_Key = TypeVar("_Key")


class Telling:
    """Statements seen so far by what another telling of them must share. `group_of` gives documents of nearly one text
    their original."""

    def __init__(self, group_of: Mapping[str, str]) -> None:
        self.group_of = group_of
        self._said: dict[tuple[str, str], list[Numbered]] = defaultdict(list)
        self._printed: dict[str, dict[tuple[str, str, str], list[Numbered]]] = {}
        self._to_come = Counter(group_of.values())
        self._cleared: date | None = None

    def pairs(self, takes: Sequence[Numbered]) -> Iterator[tuple[int, int]]:
        """Rows that tell one utterance, of which the second is one of `takes`. These are kept for those to come."""
        for row, take in takes:
            found: dict[int, None] = {}
            if is_utterance(take):
                said = [(take.statement.speaker, stem) for stem in _rare(take, ALIKE_WITH_DATE)]
                for number, other in _partners(self._said, said).items():
                    if abs(other.when - take.when) <= 2 * WINDOW and one_utterance(other, take):
                        found[number] = None
                for key in said:
                    self._said[key].append((row, take))
            group = self.group_of.get(take.document)
            if group is not None and take.stems:
                s, kept = take.statement, self._printed.setdefault(group, defaultdict(list))
                printed = [(s.speaker, s.mode.value, stem) for stem in _rare(take, REPRINT)]
                for number, other in _partners(kept, printed).items():
                    if one_reprint(other, take):
                        found[number] = None
                for place in printed:
                    kept[place].append((row, take))
            yield from ((number, row) for number in found)
        for name in {take.document for _, take in takes}:
            group = self.group_of.get(name)
            if group is not None:
                self._to_come[group] -= 1
                if not self._to_come[group]:
                    self._printed.pop(group, None)

    def forget(self, before: date) -> None:
        """Statements published so long before this day that none to come can tell them again (reprints are kept)."""
        if self._cleared is not None and (before - self._cleared).days < _CLEARED:
            return
        self._cleared = before
        for key in list(self._said):
            rows = [(n, t) for n, t in self._said[key] if t.published is None or before - t.published <= WINDOW]
            if rows:
                self._said[key] = rows
            else:
                del self._said[key]


def _partners(kept: Mapping[_Key, list[Numbered]], keys: Iterable[_Key]) -> dict[int, Take]:
    return {row: take for key in keys for row, take in kept.get(key, ())}


def _rare(take: Take, threshold: float) -> Sequence[str]:
    """Two sets of stems as alike as `threshold` share one of these: a prefix of each in one order of all stems
    (Chaudhuri, Ganti and Kaushik 2006); long words first, which are rarer."""
    stems = sorted(take.stems, key=lambda stem: (-len(stem), stem))
    return stems[: len(stems) - math.ceil(threshold * len(stems) - _ROUNDING) + 1]
