"""Facts: the status quo on the ground as reported. Never positions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from comity.ledger.evidence import Evidence, Take
from comity.ledger.phrases import possesses
from comity.ledger.quotes import clip
from comity.ledger.rulebook import rule, rules
from comity.ledger.wording import likeness
from comity.words import Act, Certainty, Fact, Mode

_ALIKE = 0.5
_COMPARED = 50


def facts(evidence: Evidence) -> tuple[Fact, ...]:
    """Facts of all rules, in the agenda's order of issues."""
    return tuple(fact for r in rules("fact") for fact in r.function(evidence))


@rule("fact.reported", "fact")
def reported(evidence: Evidence) -> Iterator[Fact]:
    """What a report states of who holds, controls or lacks what is a fact as reported: the reader marked it so, or it
    is asserted in words of possession and takes no side."""
    yield from _facts(evidence, lambda t: t.speaker is None and _is_fact(t), "fact.reported")


@rule("fact.told_by_a_side", "fact")
def told_by_a_side(evidence: Evidence) -> Iterator[Fact]:
    """The same said by one of the parties is that side's account of the facts."""
    yield from _facts(evidence, lambda t: t.speaker is not None and _is_fact(t), "fact.told_by_a_side")


def _is_fact(take: Take) -> bool:
    s = take.statement
    if s.fact:
        return True
    plain = s.act is Act.ASSERT and s.polarity is None and s.status is None and not s.condition
    told = s.mode is not Mode.REPORTED_STANCE and s.certainty is Certainty.ASSERTED
    return plain and told and possesses(take.quote)


def _facts(evidence: Evidence, test: Callable[[Take], bool], name: str) -> Iterator[Fact]:
    """One fact for statements in like words, the first telling first. Statements of no issue come last."""
    loose = [take for take in evidence.takes if take.issue not in evidence.by_issue]
    for issue, takes in [*evidence.by_issue.items(), (None, loose)]:
        groups: list[list[Take]] = []
        for take in takes:
            if test(take):
                home = next((g for g in groups[-_COMPARED:] if likeness(g[0].stems, take.stems) >= _ALIKE), None)
                groups.append([take]) if home is None else home.append(take)
        for group in groups:
            yield Fact(issue, clip(group[0].quote.strip()), tuple(take.id for take in group), name)
