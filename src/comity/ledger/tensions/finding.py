"""What the rules of tension look at, and how they write down what they find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
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

    @cached_property
    def in_reports(self) -> dict[str, list[Take]]:
        """Recent statements of all issues by report, in order of its text."""
        return _by_report([*(t for takes in self.current.values() for t in takes), *self.recent(self.unfiled)])

    @cached_property
    def accounts(self) -> dict[str, list[Take]]:
        """The same with what an article tells as a fact ("Northland regards inspections as a breach")."""
        filed = [t for rows in (self.current, self.facts) for takes in rows.values() for t in takes]
        return _by_report([*filed, *self.evidence.once(self.unfiled)])

    @cached_property
    def unfiled(self) -> list[Take]:
        """Statements on no issue of the agenda: what stands next to each other in a report clashes all the same."""
        return [t for t in self.evidence.takes if t.issue not in self.evidence.by_issue]

    @cached_property
    def facts(self) -> dict[str, list[Take]]:
        """Facts on each issue that are as recent as its statements, newest first."""
        found = {}
        for issue, takes in self.evidence.by_issue.items():
            since = max((t.when for t in takes), default=date.min)
            found[issue] = newest_first(t for t in takes if t.statement.fact and since - t.when <= CURRENT)
        return found

    def recent(self, takes: Iterable[Take]) -> list[Take]:
        rows = [t for t in newest_first(takes) if not t.statement.fact]
        return self.evidence.once(t for t in rows if rows[0].when - t.when <= CURRENT)

    def of_kind(self, kind: str) -> list[str]:
        """Ids of the agenda's issues of a kind."""
        return [issue.id for issue in self.evidence.agenda.issues if issue.kind == kind]


def _by_report(takes: Iterable[Take]) -> dict[str, list[Take]]:
    rows: dict[str, list[Take]] = defaultdict(list)
    for take in takes:
        rows[take.document].append(take)
    for same in rows.values():
        same.sort(key=lambda t: (t.statement.passage.start, t.id))
    return {document: rows[document] for document in sorted(rows)}


def between(
    found: Findings, pairs: Iterable[tuple[Take, Take]], kind: TensionKind, name: str, issue: str | None
) -> Tension | None:
    """A tension between the two sides of `pairs`, newest first; None if there are none."""
    rows = list(pairs)
    one, other = newest_first({a for a, _ in rows}), newest_first({b for _, b in rows})
    return tension(found.evidence, kind, one, other, name, issue) if rows else None


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
        issue if issue in evidence.by_issue else None,
        against(evidence, mine, theirs),
    )
