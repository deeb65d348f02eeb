"""Tensions between claims: open here and settled there; required, and doubted to be possible."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.ledger.evidence import Take
from comity.ledger.leaning import tied
from comity.ledger.phrases import agrees, doubts, requires, unsettled
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import CURRENT, Findings, between, tension
from comity.ledger.verdicts import runs_out_of_time, sets_date
from comity.words import Act, Mode, StatusClaim, Tension, TensionKind

_NEAR = 80
"""Characters between a requirement and a doubt that refers back to it."""
_ASKS = re.compile(r"(?<!, )\b(?:what|how|who|which)\b")
"""Not the "which" that begins an aside (", which runs the ferries,")."""
_SETTLED = (StatusClaim.AGREED, StatusClaim.CLAIMED_AGREED)


@rule("tension.open_or_settled", "tension")
def open_or_settled(found: Findings) -> Iterator[Tension]:
    """An issue of substance is said to be open, and spoken of as settled (by the state that they name, else by their
    words), without it being known which came later."""
    for issue in found.of_kind("substance"):
        rows = [*found.current[issue], *found.current_also[issue]]
        settled = [t for t in rows if t.statement.status in _SETTLED or (_told(t) and agrees(t.quote))]
        open_ = [t for t in rows if t.statement.status is StatusClaim.OPEN or (_told(t) and unsettled(t.quote))]
        settled = [t for t in settled if t not in open_]
        open_ = [t for t in open_ if t.attributed] or open_
        if not settled or not open_ or _later(open_, settled):
            continue
        if result := tension(found.evidence, TensionKind.STATUS, open_, settled, "tension.open_or_settled", issue):
            yield result


def _told(take: Take) -> bool:
    """True if somebody tells it without a state of the issue that the reader saw."""
    return take.attributed and take.statement.status is None and take.act in (Act.ASSERT, Act.ASSESS, Act.ANNOUNCE)


def _later(open_: list[Take], settled: list[Take]) -> bool:
    """True if what settles it was said, by the day, after everything that calls it open: then it is a change."""
    begins = [t.statement.said.earliest for t in settled]
    return all(day is not None for day in begins) and max(t.when for t in open_) < min(d for d in begins if d)


@rule("tension.promised_but_how", "tension")
def promised_but_how(found: Findings) -> Iterator[Tension]:
    """Parties promise to act, and it is said that one of them, or nobody, has told what they would do, how or who."""
    for issue in found.of_kind("substance"):
        rows = found.current[issue]
        unsaid = [t for t in rows if t.act is Act.DECLINE_TO_SAY and _ASKS.search(t.quote.casefold())]
        promised = [t for t in rows if t.supports and t.act in (Act.COMMIT, Act.ACCEPT, Act.OFFER)]
        unsaid = [t for t in unsaid if any(p.holder == t.holder or p.telling & t.telling for p in promised)]
        if result := tension(found.evidence, TensionKind.STATUS, promised, unsaid, "tension.promised_but_how", issue):
            yield result


@rule("tension.feasibility", "tension")
def feasibility(found: Findings) -> Iterator[Tension]:
    """A party makes something a requirement, and a source doubts that it can be done: in shared words, or right behind
    it."""
    for issue, rows in found.current.items():
        required = [t for t in rows if t.supports and _requirement(t)]
        told = [t for t in found.evidence.by_issue[issue] if t.statement.fact and doubts(t.quote)]
        doubted = [t for t in (*rows, *told) if _doubting(t)]
        pairs = [(a, b) for a in required[:24] for b in doubted[:24] if a.telling & b.telling or _follows(b, a)]
        for holder in dict.fromkeys(a.holder for a, _ in pairs):
            one = dict.fromkeys(a for a, _ in pairs if a.holder == holder)
            other = dict.fromkeys(b for a, b in pairs if a.holder == holder)
            if result := tension(found.evidence, TensionKind.FEASIBILITY, one, other, "tension.feasibility", issue):
                yield result


@rule("tension.deadline", "tension")
def deadline(found: Findings) -> Iterator[Tension]:
    """Something is due by a day or set down in a timetable, and another source says that the time is past keeping ("is
    dead", "too late", "cannot hold") or that more of it is needed: in shared words, beside it, or of the subject."""
    for issue in (*found.of_kind("substance"), *found.of_kind("process")):
        rows = [*found.current[issue], *found.facts[issue]]
        rows = [t for t in found.evidence.once(rows) if t.act is not Act.DECLINE_TO_SAY]
        late = [t for t in rows if runs_out_of_time(t.quote)][:24]
        due = [t for t in rows if sets_date(t.quote) and t not in late][:24]
        pairs = [
            (a, b)
            for a in due
            for b in late
            if found.evidence.source(a) != found.evidence.source(b)
            and a.when <= b.when + CURRENT
            and tied(found.evidence, a, b)
        ]
        if result := between(found, pairs, TensionKind.FEASIBILITY, "tension.deadline", issue):
            yield result


def _follows(doubt: Take, required: Take) -> bool:
    """True if the doubt stands right behind the requirement and says no more than "it" or "none" of what it doubts."""
    gap = doubt.statement.passage.start - required.statement.passage.end
    return doubt.document == required.document and 0 <= gap <= _NEAR and len(doubt.telling) <= 1


def _requirement(take: Take) -> bool:
    return take.act is Act.CONDITION or (take.act in (Act.DEMAND, Act.COMMIT) and requires(take.quote))


def _doubting(take: Take) -> bool:
    """A judgement against, or words of doubt, that are no party's refusal."""
    if take.supports and take.stance:
        return False
    judged = take.act in (Act.ASSESS, Act.ASSERT) and take.statement.mode is not Mode.REPORTED_STANCE
    if take.statement.status in (StatusClaim.OPEN, StatusClaim.STALLED):
        return False
    return judged and take.sign <= 0 and (take.sign < 0 or doubts(take.quote))
