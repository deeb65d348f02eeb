"""Tensions between sources: one tells what another tells differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from comity.ledger.cells import newest_first, same_thing
from comity.ledger.evidence import Take
from comity.ledger.figures import renumbered
from comity.ledger.phrases import immovable
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import CURRENT, Findings, tension
from comity.words import Act, Certainty, Provenance, StatusClaim, Tension, TensionKind

_COMPARED = 24


@rule("tension.unmoving", "tension")
def unmoving_against_moves(found: Findings) -> Iterator[Tension]:
    """A source says that a party does not move (or that nothing changes), and another report has that party offering,
    accepting or naming a way by then."""
    still = [
        t
        for rows in found.current.values()
        for t in rows
        if not t.supports and (t.statement.status is StatusClaim.STALLED or immovable(t.quote)) and t.sign <= 0
    ]
    for party in found.evidence.agenda.parties:
        told = [t for t in still if t.holder == party.id and t.speaker != party.id]
        if not told:
            continue
        until = max(t.when for t in told)
        moves = [
            t
            for rows in found.current.values()
            for t in rows
            if t.holder == party.id
            and t.supports
            and t.when <= until
            and (t.act in (Act.OFFER, Act.ACCEPT) or (t.act is Act.CONDITION and t.conditional))
            and t.document not in {s.document for s in told}
        ]
        general = [t for t in still if t.holder is None and t.document in {s.document for s in told}]
        if result := tension(
            found.evidence, TensionKind.SOURCE, [*told, *general], newest_first(moves), "tension.unmoving", None
        ):
            yield result


@rule("tension.promised_for_another", "tension")
def promised_for_another(found: Findings) -> Iterator[Tension]:
    """One party tells as settled what another will do, and a source tells the opposite of that other one."""
    for issue in found.of_kind("substance"):
        rows = found.current[issue]
        contrary = [t for t in rows if t.holder and t.sign < 0]
        if not contrary:
            continue
        for claim in rows:
            if not _claims(claim):
                continue
            named = set(found.evidence.names.parties_in(claim.quote)) - {claim.holder}
            other = [t for t in contrary if t.holder in named]
            if result := tension(
                found.evidence, TensionKind.SOURCE, other, [claim], "tension.promised_for_another", issue
            ):
                yield result


def _claims(take: Take) -> bool:
    s = take.statement
    settled = s.status in (StatusClaim.AGREED, StatusClaim.CLAIMED_AGREED)
    return take.supports and take.attributed and s.act in (Act.ASSERT, Act.ANNOUNCE) and settled


@rule("tension.claim_not_confirmed", "tension")
def claim_not_confirmed(found: Findings) -> Iterator[Tension]:
    """One party tells as settled what binds another, and that other party says nothing of it when asked, or denies it;
    or a third voice denies the same thing."""
    for issue in found.of_kind("substance"):
        rows = found.current[issue]
        claims = [t for t in rows if _claims(t)]
        if not claims:
            continue
        holders = {t.holder for t in claims}
        named = {p for t in claims for p in found.evidence.names.parties_in(t.quote)} - holders
        silent = [t for t in rows if t.act is Act.DECLINE_TO_SAY and t.holder in named]
        denied = [
            t
            for t in rows
            if t.attributed
            and t.sign < 0
            and t.act in (Act.ASSERT, Act.REJECT)
            and t.holder not in holders
            and any(same_thing(t, c) for c in claims[:_COMPARED])
        ]
        for other, kind in ((silent, TensionKind.STATUS), (denied, TensionKind.SOURCE)):
            if result := tension(found.evidence, kind, claims, other, "tension.claim_not_confirmed", issue):
                yield result


@rule("tension.stance_told_two_ways", "tension")
def told_two_ways(found: Findings) -> Iterator[Tension]:
    """Two reports tell one party's stand on the same thing with opposite signs at about the same time, and at least one
    of them is an account, not the party's words."""
    for issue, rows in found.current.items():
        by_holder: dict[str, list[Take]] = defaultdict(list)
        for take in rows:
            if take.holder and take.stance and take.statement.certainty is Certainty.ASSERTED:
                by_holder[take.holder].append(take)
        for takes in by_holder.values():
            up = [t for t in takes if t.sign > 0][:_COMPARED]
            down = [t for t in takes if t.sign < 0][:_COMPARED]
            pairs = [
                (a, b)
                for a in up
                for b in down
                if a.document != b.document
                and Provenance.REPORTER in (a.provenance, b.provenance)
                and (a.act in (Act.ACCEPT, Act.OFFER, Act.COMMIT, Act.ANNOUNCE))
                and abs(a.when - b.when) <= CURRENT
                and same_thing(a, b)
            ]
            one, other = dict.fromkeys(a for a, _ in pairs), dict.fromkeys(b for _, b in pairs)
            if result := tension(found.evidence, TensionKind.SOURCE, one, other, "tension.stance_told_two_ways", issue):
                yield result


@rule("tension.numbers", "tension")
def numbers(found: Findings) -> Iterator[Tension]:
    """Two sources give different numbers in one unit for the same thing of the same party at about the same time."""
    for issue, takes in found.evidence.by_issue.items():
        rows = newest_first(t for t in takes if t.statement.quantities)
        by_unit: dict[tuple[str | None, str], list[Take]] = defaultdict(list)
        for take in found.evidence.once(rows):
            for unit in sorted({q.unit for q in take.statement.quantities}):
                by_unit[take.holder, unit].append(take)
        for (_, unit), same in sorted(by_unit.items(), key=lambda item: (item[0][0] or "", item[0][1])):
            newest = same[0]
            other = [t for t in same[1:_COMPARED] if _other_number(found, newest, t, unit)]
            if result := tension(found.evidence, TensionKind.SOURCE, [newest], other, "tension.numbers", issue):
                yield result


@rule("tension.number_put_back", "tension")
def number_put_back(found: Findings) -> Iterator[Tension]:
    """A number of a party differs from what reports gave before and after it: the odd one out is one source's number,
    not a move there and back."""
    for (_, issue), cell in found.table.items():
        takes = [t for t in (*cell.stances, *cell.past, *cell.weak) if t.figures and t.sign > 0]
        rows = sorted(found.evidence.once(newest_first(takes)), key=lambda t: (t.when, t.document))
        for number, odd in enumerate(rows[1:-1], 1):
            before = [t for t in rows[:number] if renumbered(t.figures, odd.figures) and t.when < odd.when]
            after = [t for t in rows[number + 1 :] if renumbered(t.figures, odd.figures) and t.when > odd.when]
            back = [t for t in after if any(not renumbered(t.figures, b.figures) for b in before[-1:])]
            if before and back and back[0].when - before[-1].when <= CURRENT:
                same = [odd, *(t for t in rows if t.when == odd.when and not renumbered(t.figures, odd.figures))]
                if result := tension(
                    found.evidence,
                    TensionKind.SOURCE,
                    dict.fromkeys(same),
                    [before[-1], back[0]],
                    "tension.number_put_back",
                    issue,
                ):
                    yield result


def _other_number(found: Findings, one: Take, other: Take, unit: str) -> bool:
    if one.document == other.document or found.evidence.source(one) == found.evidence.source(other):
        return False
    if one.when != other.when or one.act is not other.act or not same_thing(one, other):
        return False
    mine = {(q.low, q.high) for q in one.statement.quantities if q.unit == unit}
    theirs = {(q.low, q.high) for q in other.statement.quantities if q.unit == unit}
    return not any(a <= d and c <= b for a, b in mine for c, d in theirs)
