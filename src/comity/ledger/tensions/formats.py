"""Tensions about the format: who talks to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from comity.ledger.channels import talking
from comity.ledger.evidence import Take
from comity.ledger.phrases import direct, in_contact
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import Findings, tension
from comity.words import Tension, TensionKind

Pair = tuple[str, str]


@rule("tension.format", "tension")
def tracks_against_direct(found: Findings) -> Iterator[Tension]:
    """Reports tell of separate talks of each of two parties with a third, and another report has the two deal with each
    other directly."""
    pairs: dict[Pair, list[Take]] = defaultdict(list)
    directly: dict[Pair, list[Take]] = defaultdict(list)
    for issue in found.of_kind("process"):
        for take in found.current[issue]:
            if not in_contact(take.quote):
                continue
            sides = talking(found.evidence, take)
            if direct(take.quote):
                for pair in combinations(sides, 2):
                    directly[pair].append(take)
            elif len(sides) == 2:
                pairs[sides[0], sides[1]].append(take)
    for (one, other), told in sorted(directly.items()):
        for third in (p.id for p in found.evidence.agenda.parties):
            first = pairs.get(_pair(one, third), []) if third != one else []
            second = pairs.get(_pair(other, third), []) if third != other else []
            told_in = {t.document for t in told}
            first = [t for t in first if t.document not in told_in] or first
            second = [t for t in second if t.document not in told_in] or second
            if third in (one, other) or not first or not second:
                continue
            tracks = [*first[:2], *second[:2]]
            if result := tension(
                found.evidence, TensionKind.FORMAT, tracks, told, "tension.format", found.of_kind("process")[0]
            ):
                yield result


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
