"""Tensions between stands: what parties want excludes each other; what one says is flat here and bounded there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from comity.ledger.cells import Cell, newest_first, same_thing
from comity.ledger.evidence import Take
from comity.ledger.leaning import NEAR, gap
from comity.ledger.oppositions import numbers_apart, reads_against, standing
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import Findings, tension
from comity.ledger.verdicts import insists
from comity.words import Act, Mode, Tension, TensionKind

SOON = timedelta(days=2)


@rule("tension.position", "tension")
def position_conflict(found: Findings) -> Iterator[Tension]:
    """Standing stances of two parties exclude each other (see the rules of opposition). What one party says against
    several others alike is one tension."""
    groups: dict[tuple[str, tuple[Take, ...]], list[Take]] = {}
    for opposed in found.oppositions:
        forward, backward = (opposed.issue, opposed.one), (opposed.issue, opposed.other)
        if backward in groups:
            groups[backward] += opposed.one
        else:
            groups.setdefault(forward, []).extend(opposed.other)
    for (issue, one), other in groups.items():
        if result := tension(
            found.evidence, TensionKind.POSITION, one, dict.fromkeys(other), "tension.position", issue
        ):
            yield result


@rule("tension.numbers_apart", "tension")
def apart(found: Findings) -> Iterator[Tension]:
    """The numbers that parties stand by on an issue do not meet (see opposition.numbers)."""
    by_issue: dict[str, list[Cell]] = {}
    for (_, issue), cell in found.table.items():
        by_issue.setdefault(issue, []).append(cell)
    for issue, cells in by_issue.items():
        if numbers := numbers_apart(cells):
            one, other, _ = numbers
            if result := tension(found.evidence, TensionKind.POSITION, one, other, "tension.numbers_apart", issue):
                yield result


@rule("tension.position_against_outlook", "tension")
def against_outlook(found: Findings) -> Iterator[Tension]:
    """A party's standing stance against what an article or another side tells of a second party: that it will refuse
    this, or that it stands for the opposite (that it has yet to answer is no stand). Only where the two parties' own
    stances do not exclude each other already. The outlook stays an outlook: it makes a tension to look at, not a
    position and not a block."""
    opposed = {(o.issue, frozenset((o.one[0].holder, o.other[0].holder))) for o in found.oppositions}
    for issue, takes in found.current.items():
        told = [t for t in takes if not t.supports and t.holder and t.act is not Act.DECLINE_TO_SAY]
        if not told:
            continue
        for party in found.evidence.agenda.parties:
            cell = found.table.get((party.id, issue))
            mine = [t for t in standing(cell) if t.sign][:12] if cell else []
            for other in found.evidence.agenda.parties:
                if other.id == party.id or (issue, frozenset((party.id, other.id))) in opposed:
                    continue
                theirs = [t for t in told if t.holder == other.id and any(_opposed(m, t) for m in mine)]
                same = [t for t in mine if any(_opposed(t, o) for o in theirs)]
                if result := tension(
                    found.evidence, TensionKind.POSITION, same, theirs, "tension.position_against_outlook", issue
                ):
                    yield result


def _opposed(mine: Take, told: Take) -> bool:
    forecast = told.statement.mode is Mode.AUTHOR and told.act is Act.REJECT
    refused = forecast and mine.sign > 0 and mine.act in (Act.DEMAND, Act.OFFER, Act.CONDITION)
    return refused or reads_against(mine, told)


@rule("tension.scope", "tension")
def flat_against_bounded(found: Findings) -> Iterator[Tension]:
    """One party refuses or demands flatly on an issue, and elsewhere names a condition, a partial step or an offer on
    it, before or at most two days later: the flat words do not tell its whole stand. Later it would be a change."""
    for (_, issue), cell in found.table.items():
        flat = [t for t in cell.stances if t.act in (Act.REJECT, Act.DEMAND) and not t.conditional]
        bounded = [t for t in (*cell.stances, *cell.also) if t.act in (Act.OFFER, Act.CONDITION) and t.conditional]
        flat = sorted(flat, key=lambda t: not t.statement.absolute)
        refusals = [t for t in flat if t.act is Act.REJECT or t.statement.absolute]
        refusals = [t for t in refusals if t.act is not Act.REJECT or not insists(t.quote)]
        until = max((t.when for t in refusals), default=date.min)
        bounded = newest_first(t for t in bounded if t.when - until <= SOON)
        breath = [r for r in refusals[:2] if not r.statement.absolute]
        bounded = [t for t in bounded if not any(_in_one_breath(t, r) for r in breath)]
        if result := tension(found.evidence, TensionKind.SCOPE, refusals[:2], bounded, "tension.scope", issue):
            yield result


def _in_one_breath(one: Take, other: Take) -> bool:
    """True if one speaker says both close to each other: who hears the one hears the other."""
    return one.attributed and one.statement.speaker == other.statement.speaker and gap(one, other) <= NEAR


@rule("tension.two_voices", "tension")
def two_voices(found: Findings) -> Iterator[Tension]:
    """An unnamed or lesser voice of a party says the opposite of what its principal, spokesperson or envoy says."""
    for (_, issue), cell in found.table.items():
        pairs = [
            (t, w)
            for w in cell.weak[:12]
            for t in cell.stances[:24]
            if w.sign * t.sign < 0 and not t.weak and same_thing(t, w)
        ]
        main, lesser = dict.fromkeys(t for t, _ in pairs), dict.fromkeys(w for _, w in pairs)
        if result := tension(found.evidence, TensionKind.AMBIGUITY, main, lesser, "tension.two_voices", issue):
            yield result


@rule("tension.both_ways", "tension")
def both_ways(found: Findings) -> Iterator[Tension]:
    """One speaker in one report is both for and against the same thing: the words can be read two ways."""
    for issue, takes in found.current.items():
        by_voice: dict[tuple[str, str], list[Take]] = {}
        for take in takes:
            if take.attributed and take.statement.mode is not Mode.AUTHOR:
                by_voice.setdefault((take.statement.speaker, take.document), []).append(take)
        for rows in by_voice.values():
            down = [t for t in rows if t.sign < 0 and t.act is Act.REJECT]
            up = [t for t in rows if t.sign > 0 and not t.conditional and t.act in (Act.ACCEPT, Act.OFFER, Act.COMMIT)]
            pairs = [(a, b) for a in up[:12] for b in down[:12] if same_thing(a, b)]
            if result := tension(
                found.evidence,
                TensionKind.AMBIGUITY,
                dict.fromkeys(a for a, _ in pairs),
                dict.fromkeys(b for _, b in pairs),
                "tension.both_ways",
                issue,
            ):
                yield result


_LINK = re.compile(
    r"\b(?:link(?:s|ed|ing|age)?|t(?:ie|ies|ied|ying)(?: \w+){0,4} to|bargaining chip|(?:pre-?)?conditions?|strings"
    r"|hostage)\b"
)
_UNTIED = re.compile(r"\bunconditional(?:ly)?\b|\bwithout (?:any )?(?:pre-?)?(?:conditions?|bargaining|strings)\b")


@rule("tension.condition_refused", "tension")
def condition_refused(found: Findings) -> Iterator[Tension]:
    """One party makes its word on an issue depend on something, in its own words or as the article tells it; others
    refuse the link ("no precondition"), or demand the thing without condition."""
    for issue, takes in found.evidence.by_issue.items():
        rows = found.evidence.once(newest_first(t for t in takes if t.supports and t.stance))
        told = [
            t for t in takes if t.statement.mode is Mode.AUTHOR and t.conditional and t.act in (Act.ASSESS, Act.OFFER)
        ]
        refusing = [t for t in rows if _refuses_link(t)]
        for party in found.evidence.agenda.parties:
            tied = [t for t in (*rows, *told) if t.holder == party.id and t.conditional and t.sign >= 0]
            against = [t for t in refusing if t.holder != party.id]
            if result := tension(
                found.evidence, TensionKind.POSITION, tied, against, "tension.condition_refused", issue
            ):
                yield result


def _refuses_link(take: Take) -> bool:
    plain = take.quote.casefold()
    refused = take.sign < 0 and _LINK.search(plain) is not None
    return refused or (take.act is Act.DEMAND and _UNTIED.search(plain) is not None)
