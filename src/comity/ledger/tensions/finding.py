"""What the rules of tension look at, and how they write down what they find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from comity.ledger.cells import Cell, newest_first
from comity.ledger.evidence import Evidence, Take
from comity.ledger.oppositions import Opposition
from comity.ledger.quotes import against
from comity.words import Certainty, Provenance, Tension, TensionKind

CURRENT = timedelta(days=14)
"""What is said of the state of talks goes stale: only statements this close to the newest on the issue are compared."""
SHOWN = 3
"""Statements shown on each side of a tension."""


@dataclass(frozen=True)
class Findings:
    """Evidence with what was derived from it before: cells and oppositions."""

    evidence: Evidence
    table: Mapping[tuple[str, str], Cell]
    oppositions: tuple[Opposition, ...]

    @cached_property
    def current(self) -> dict[str, list[Take]]:
        """Statements on each issue that are recent, newest first, one for each utterance, facts left out."""
        return {issue: self.recent(takes) for issue, takes in self.evidence.by_issue.items()}

    @cached_property
    def current_also(self) -> dict[str, list[Take]]:
        """Recent statements that speak of an issue beside their main one."""
        return {issue: self.recent(takes) for issue, takes in self.evidence.also.items()}

    def recent(self, takes: Iterable[Take]) -> list[Take]:
        rows = [t for t in newest_first(takes) if not t.statement.fact]
        return self.evidence.once(t for t in rows if rows[0].when - t.when <= CURRENT)

    def of_kind(self, kind: str) -> list[str]:
        """Ids of the agenda's issues of a kind."""
        return [issue.id for issue in self.evidence.agenda.issues if issue.kind == kind]


def few(evidence: Evidence, takes: Iterable[Take], most: int = SHOWN) -> list[Take]:
    """At most `most` of `takes`: voices in turn, speakers before articles and the asserted before the guessed; of each
    voice what names a state of things first, then the newest, the asserted, its own words."""
    near = list(Provenance)
    voices: dict[str, list[Take]] = defaultdict(list)
    for take in takes:
        voices[evidence.source(take)].append(take)
    for rows in voices.values():
        rows.sort(
            key=lambda t: (t.statement.status is None, -t.when.toordinal(), _guessed(t), near.index(t.provenance))
        )
    lines = sorted(voices.values(), key=lambda rows: (_guessed(rows[0]), not rows[0].attributed))
    turns = [rows[turn] for turn in range(most) for rows in lines if turn < len(rows)]
    return turns[:most]


def _guessed(take: Take) -> bool:
    return take.statement.certainty is not Certainty.ASSERTED


def tension(
    evidence: Evidence,
    kind: TensionKind,
    one: Iterable[Take],
    other: Iterable[Take],
    rule: str,
    issue: str | None,
) -> Tension | None:
    """A tension between two sides, a few statements of each; None if a side is empty."""
    mine = few(evidence, evidence.once(one))
    theirs = [t for t in few(evidence, evidence.once(other)) if t not in mine]
    if not mine or not theirs:
        return None
    return Tension(
        kind,
        tuple(t.id for t in mine),
        tuple(t.id for t in theirs),
        rule,
        issue,
        against(evidence, mine, theirs),
    )
