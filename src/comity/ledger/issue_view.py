"""Everything on one issue: what there is for a status to be worked out from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from comity.ledger.cells import Cell, newest_first, same_thing
from comity.ledger.evidence import Evidence, Take
from comity.ledger.oppositions import Opposition
from comity.ledger.rulebook import rule
from comity.words import Act, Certainty, State, Status

SHOWN = 12
"""A status names at most this many statements."""


@dataclass(frozen=True)
class IssueView:
    """Everything on one issue: all takes, the cells of all parties, and what excludes what."""

    evidence: Evidence
    issue: str
    takes: tuple[Take, ...]
    cells: tuple[Cell, ...]
    oppositions: tuple[Opposition, ...]

    @cached_property
    def kind(self) -> str:
        return self.evidence.kind(self.issue)

    @cached_property
    def stances(self) -> list[Take]:
        """Standing stances of all parties, newest first."""
        return newest_first(t for cell in self.cells for t in cell.stances)

    @cached_property
    def unanswered(self) -> list[Take]:
        """Standing offers that no other party has answered since (see `unanswered`)."""
        given = [
            t
            for t in self.stances
            if t.issue == self.issue
            and (t.act is Act.OFFER or (t.act is Act.ACCEPT and t.conditional))
            and t.statement.certainty is Certainty.ASSERTED
            and not t.weak
        ]
        replies = [t for t in self.stances if t.act in (Act.ACCEPT, Act.REJECT, Act.COMMIT)][:200]
        said: dict[str, list[int]] = defaultdict(list)
        naming: dict[str | None, list[Take]] = defaultdict(list)
        accepting: dict[str | None, list[Take]] = defaultdict(list)
        for number, reply in enumerate(replies):
            for word in reply.telling:
                said[word].append(number)
            if reply.act is Act.ACCEPT:
                accepting[reply.holder].append(reply)
                for party in self.evidence.names.parties_in(reply.quote):
                    naming[party].append(reply)

        def may_answer(offer: Take) -> Iterator[Take]:
            shared: dict[int, int] = {}
            for word in offer.telling:
                for number in said.get(word, ()):
                    shared[number] = shared.get(number, 0) + 1
            enough = 1 if len(offer.telling) <= 2 else 2
            yield from (replies[n] for n, words in shared.items() if words >= enough or len(replies[n].telling) <= 2)
            yield from naming[offer.holder]
            for party in self.evidence.names.parties_in(offer.quote):
                yield from accepting[party]

        return [t for t in given if not any(answers(self, reply, t) for reply in may_answer(t))]

    @cached_property
    def past(self) -> frozenset[str]:
        """Ids of the stances that no longer stand."""
        return frozenset(t.id for cell in self.cells for t in cell.past)

    def status(self, state: State, why: str, takes: Iterable[Take], name: str, mark: str = "") -> Status:
        kept = list({t.id: t for t in takes}.values())[:SHOWN]
        ids = tuple(t.id for t in kept)
        return Status(self.issue, state, why, ids, name, mark, self.evidence.review(ids))


def views(
    evidence: Evidence, table: Mapping[tuple[str, str], Cell], opposed: Iterable[Opposition]
) -> tuple[IssueView, ...]:
    """What there is on each issue of the agenda, in its order."""
    by_issue: dict[str, list[Opposition]] = {}
    for opposition in opposed:
        by_issue.setdefault(opposition.issue, []).append(opposition)
    rows: dict[str, list[Cell]] = {}
    for (_, issue), cell in table.items():
        rows.setdefault(issue, []).append(cell)
    return tuple(
        IssueView(evidence, issue, tuple(takes), tuple(rows.get(issue, ())), tuple(by_issue.get(issue, ())))
        for issue, takes in evidence.by_issue.items()
    )


def unanswered(view: IssueView) -> list[Take]:
    """Standing offers, and acceptances on a condition, that no other party has answered since (see `answers`). What an
    unnamed official hints at, or a party might do, is not on the table."""
    return view.unanswered


@rule("offer.answered", "counting")
def answers(view: IssueView, reply: Take, offer: Take) -> bool:
    """An offer is answered by another party's later acceptance, refusal or commitment on the issue that speaks of the
    same thing, or by the later acceptance of a party that the offer names, or that names who made it."""
    if reply.holder == offer.holder or reply.when < offer.when or reply.issue != offer.issue:
        return False
    if same_thing(reply, offer):
        return True
    names = view.evidence.names
    return reply.act is Act.ACCEPT and (
        reply.holder in names.parties_in(offer.quote) or offer.holder in names.parties_in(reply.quote)
    )
