"""Tensions between voices that share few words: what one wants another refuses, or wants otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from comity.ledger.bounds import bounds, one_way
from comity.ledger.cells import Cell, newest_first
from comity.ledger.evidence import GUESSES, Take
from comity.ledger.figures import renumbered
from comity.ledger.leaning import (
    TOGETHER,
    beside,
    contrasts,
    dated_apart,
    gap,
    leaning,
    points_back,
    same_wish,
    tied,
    valence,
    who,
)
from comity.ledger.opposites import agreeing, contrary
from comity.ledger.oppositions import numbers_apart, standing
from comity.ledger.phrases import withdraws
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import CURRENT, Findings, between
from comity.ledger.verdicts import insists, shuts_out
from comity.ledger.wording import content
from comity.words import Act, Mode, StatusClaim, Tension, TensionKind

_COMPARED = 12
_GIVES = frozenset({Act.ACCEPT, Act.OFFER, Act.COMMIT})
_STANDS = frozenset({Act.DEMAND, Act.REJECT, Act.CONDITION, Act.OFFER, Act.ACCEPT})
_SETTLED = (StatusClaim.AGREED, StatusClaim.CLAIMED_AGREED)
_ENOUGH = 2.5
_CONTRASTED = 0.5
_NEGATIVE = re.compile(r"\b(?:not|no|never|nor|neither|without|nothing|none|cannot|refus\w+|oppos\w+)\b|n't\b")


@rule("tension.stands_apart", "tension")
def stands_apart(found: Findings) -> Iterator[Tension]:
    """On one matter of substance one party wants something and another refuses, or wants something else, and no rule of
    opposition sees the same thing in their words: stands on an issue of its own are about the same thing. What counts
    is how both speak (for and against, by act, by a negation or by how they are introduced), numbers that do not meet
    and words that they share; something must tie the two (a word, the subject, their place in the report); of each
    issue only the two parties that stand against each other most. What a party makes its word on another issue depend
    on is a demand, too. Not where one of them has accepted since; and to take one's own word back is no refusal of
    another's."""
    opposed = {(o.issue, frozenset((o.one[0].holder, o.other[0].holder))) for o in found.oppositions}
    for issue in found.of_kind("substance"):
        sides = [p.id for p in found.evidence.agenda.parties if not found.evidence.names.goes_between(p.id)]
        cells = [cell for party in sides if (cell := found.table.get((party, issue)))]
        numbers = numbers_apart(cells)
        apart = frozenset((numbers[0][0].holder, numbers[1][0].holder)) if numbers else None
        stood = {cell.party: _stands(found, cell) for cell in cells}
        best: list[tuple[float, Take, Take]] = []
        for n, one in enumerate(cells):
            for other in cells[n + 1 :]:
                pair = frozenset((one.party, other.party))
                if (issue, pair) in opposed or pair == apart or _accepted(one, other) or _accepted(other, one):
                    continue
                rows = _against(found, stood[one.party], stood[other.party]) or _against(
                    found, _said(found, one), _said(found, other)
                )
                best = max(best, rows, key=lambda found: max((w for w, _, _ in found), default=0.0))
        best.sort(key=lambda row: -row[0])
        pairs = [(a, b) for _, a, b in best[:_COMPARED]]
        if result := between(found, pairs, TensionKind.POSITION, "tension.stands_apart", issue):
            yield result


def _stands(found: Findings, cell: Cell) -> list[Take]:
    """What a party wants or refuses on an issue, and what it makes its word on another issue depend on: a condition in
    which the subject of this one is named."""
    subject = found.evidence.names.subjects.get(cell.issue, frozenset())
    linked = [
        t
        for issue in found.current
        if issue != cell.issue and (other := found.table.get((cell.party, issue)))
        for t in other.stances[:_COMPARED]
        if t.conditional and subject.intersection(content(found.evidence.condition(t)))
    ]
    return list(dict.fromkeys([*standing(cell), *(t for t in cell.also if t.conditional), *linked]))


def _against(found: Findings, mine: list[Take], theirs: list[Take]) -> list[tuple[float, Take, Take]]:
    pairs = ((_weight(found, a, b), a, b) for a in mine[:_COMPARED] for b in theirs[:_COMPARED])
    rows = [row for row in pairs if row[0] >= _ENOUGH]
    return rows if any(_on_subject(a, b) or tied(found.evidence, a, b) for _, a, b in rows) else []


def _on_subject(one: Take, other: Take) -> bool:
    """True if both name the subject of their issue, if in different words."""
    return bool(one.stems & one.subject and other.stems & other.subject)


def _said(found: Findings, cell: Cell) -> list[Take]:
    """What a party says on an issue: stances, claims and views, and what else it tells with a number or turns down,
    or the article tells that it shuts out."""
    told = [t for t in found.evidence.by_issue[cell.issue] if t.holder == cell.party]
    told = [t for t in told if not t.stance or t.act is Act.ANNOUNCE]
    told = newest_first(
        t
        for t in told
        if (t.supports and (t.figures or valence(found.evidence, t)))
        or (t.statement.mode is Mode.AUTHOR and t.act is Act.ASSERT and t.telling and shuts_out(t.quote))
    )
    return list(dict.fromkeys((*_stands(found, cell)[:4], *cell.claims[:4], *cell.views[:4], *told[:4])))


def _accepted(cell: Cell, other: Cell) -> bool:
    """True if a party's newest word accepts, later than the other's newest."""
    newest = cell.stances[:1]
    since = max((t.when for t in other.stances), default=date.max)
    plain = any(t.act is Act.ACCEPT and not t.conditional and not t.weak for t in newest)
    return plain and newest[0].when > since


def _weight(found: Findings, one: Take, other: Take) -> float:
    """How much two takes of different parties stand against each other."""
    if abs(one.when - other.when) > CURRENT or one.weak or other.weak or withdraws(one.quote) or withdraws(other.quote):
        return 0.0
    if one_way(one, other):
        return 0.0
    weight = 0.0
    mine, theirs = valence(found.evidence, one), valence(found.evidence, other)
    if mine and theirs and agreeing(one.quote, other.quote) and not dated_apart(one, other):
        return 0.0
    if one.issue != other.issue and mine * theirs >= 0:  # a condition on another issue is opposed by a refusal only
        return 0.0
    if mine * theirs < 0:
        plain = leaning(found.evidence, one) or leaning(found.evidence, other)
        weight = 2.0 if plain else 1.5
    elif mine > 0 and theirs > 0 and not {Act.DEMAND, Act.REJECT}.isdisjoint((one.act, other.act)):
        if same_wish(one, other):
            return 0.0
        weight = 1.0 + (contrary(one.quote, other.quote) or dated_apart(one, other))
    elif bool(_NEGATIVE.search(one.quote.casefold())) != bool(_NEGATIVE.search(other.quote.casefold())):
        weight = 0.5
    weight += 0.5 * ((one.act in _STANDS) + (other.act in _STANDS))
    weight += 2.0 * renumbered(one.figures, other.figures)
    weight += 0.5 * min(2, len(one.telling & other.telling))
    weight += _CONTRASTED * (contrasts(one) or contrasts(other))
    return weight - 0.5 * ((one.statement.certainty in GUESSES) + (other.statement.certainty in GUESSES))


@rule("tension.outside_voice", "tension")
def outside_voice(found: Findings) -> Iterator[Tension]:
    """Somebody who is no party of the agenda (a league, a committee, a deputy) demands or turns down what a party's
    word on the issue, which stands or tells it as settled, or another such voice right beside it excludes: the other
    sign on the same thing (a shared word, its place in the report), or a demand against what the party has given. Of
    several such words those that share most with it. What somebody else says that a voice wants does not count, nor
    what the parties say together."""
    for issue in found.of_kind("substance"):
        rows = found.current[issue]
        outside = [t for t in rows if t.holder is None and _for_itself(t) and _takes_a_side(found, t)]
        stands = list(dict.fromkeys((*(t for t in rows if _stand(found, t)), *_standing(found, issue))))
        stands = [t for t in stands if not t.weak and t not in outside]
        by: dict[str, list[tuple[Take, Take]]] = {}
        for take in outside[:_COMPARED]:
            heard = (*stands, *(t for t in outside if _turned_down(found, t, take)))
            meant = [s for s in heard if who(s) != who(take) and not _overlap(take, s) and _outside(found, take, s)]
            close = [s for s in meant if points_back(take, s) or points_back(s, take)]
            close = sorted(close, key=lambda s: gap(take, s))[:1]
            most = max((len(take.telling & s.telling) for s in meant), default=0)
            meant = close or [s for s in meant if len(take.telling & s.telling) == most]
            by.setdefault(who(take) or "", []).extend((take, stand) for stand in meant)
        for _, pairs in sorted(by.items()):
            if result := between(found, pairs, TensionKind.POSITION, "tension.outside_voice", issue):
                yield result


def _turned_down(found: Findings, wish: Take, take: Take) -> bool:
    """True if one outside voice turns down what another one right before it wants."""
    after = wish.statement.passage.end <= take.statement.passage.start
    return after and wish.act is Act.DEMAND and take.sign < 0 and beside(found.evidence, wish, take)


def _for_itself(take: Take) -> bool:
    """True if a voice speaks for itself, or the article says whose stand it is."""
    voice, s = who(take), take.statement
    return (
        voice is not None
        and not TOGETHER.search(voice.casefold())
        and (not take.attributed or s.holder in (None, s.speaker))
    )


def _takes_a_side(found: Findings, take: Take) -> bool:
    told = take.act in (Act.ASSERT, Act.ASSESS) and take.attributed
    return (
        take.act is Act.DEMAND
        or ((take.stance or told) and leaning(found.evidence, take) < 0)
        or (take.act is Act.REJECT and insists(take.quote))
    )


def _stand(found: Findings, take: Take) -> bool:
    """A party's stance or what it says will be, or what anybody tells as settled."""
    if take.supports and take.attributed and take.act in (Act.ASSERT, Act.ASSESS):
        return valence(found.evidence, take) != 0
    return take.stance and (take.supports or take.statement.status in _SETTLED)


def _standing(found: Findings, issue: str) -> list[Take]:
    """Stances that stand, however old."""
    cells = (found.table.get((party.id, issue)) for party in found.evidence.agenda.parties)
    return [t for cell in cells if cell for t in standing(cell)[:_COMPARED]]


def _overlap(one: Take, other: Take) -> bool:
    a, b = one.statement.passage, other.statement.passage
    return a.document == b.document and a.start < b.end and b.start < a.end


def _outside(found: Findings, take: Take, stand: Take) -> bool:
    shared = take.telling & stand.telling
    if (limits := [b for b in bounds(take) if b.figure]) and stand.figures:
        return any(b.excludes(f) for b in limits for f in stand.figures)
    if found.evidence.agenda.proposed and not beside(found.evidence, take, stand) and len(shared) < 2:
        return False
    if stand.statement.status in _SETTLED and not shared - take.subject:
        return False
    if valence(found.evidence, take) * valence(found.evidence, stand) < 0:
        return tied(found.evidence, take, stand)
    return take.act is Act.DEMAND and stand.act in _GIVES and bool(shared - take.subject)
