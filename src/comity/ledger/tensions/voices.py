"""Tensions between voices that share few words: what one wants and another refuses, tells or takes back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from comity.ledger.cells import Cell, newest_first
from comity.ledger.evidence import GUESSES, Take
from comity.ledger.figures import renumbered
from comity.ledger.oppositions import numbers_apart, standing
from comity.ledger.phrases import disapproves, insists, withdraws
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import CURRENT, Findings, tension
from comity.words import Act, Mode, Tension, TensionKind

_COMPARED = 12
_OPENING = 24
"""Characters at the start of a passage in which its own cue may stand ("denied last week that …")."""
_NEAR = 300
"""Characters within which words that point back ("it", "that") mean what was said before them."""
_WANTS = frozenset({Act.DEMAND, Act.CONDITION, Act.OFFER, Act.COMMIT})
_GIVES = frozenset({Act.ACCEPT, Act.OFFER, Act.COMMIT})
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:e[sd]?|ing)|contradict\w*|dismiss\w*|refut\w*|rebut\w*|disavow\w*|"
    r"distanc(?:e[sd]?|ing)|challeng(?:e[sd]?|ing)|"
    r"reject(?:s|ed)? (?:the|that) (?:claim|report|account|version|figure))\b"
)
_CONTRADICTS = re.compile(
    r"\b(?:disput(?:e[sd]?|ing) (?:the|that|this|it)|contradict\w*|den(?:y|ies|ied)|distanc(?:e[sd]?|ing)|"
    r"disagree[sd]?|"
    r"not what (?:we|others|\w+) (?:hear|say)s?|tells? (?:a|another|it) (?:different|story|differently)|"
    r"begs? to differ|"
    r"tells? it differently|saw it differently|rebuff\w*|pushed back)\b"
)
_NO_SUCH = re.compile(
    r"\b(?:no such|(?:is|are)(?: not|n't) true|untrue|nonsense|"
    r"never (?:said|agreed|offered|accepted|promised|asked|proposed|issued)|"
    r"nothing of the (?:kind|sort)|not an? (?:offer|agreement|promise|deal)|issued no|made no (?:such|offer|promise)|"
    r"no (?:agreement|offer|promise|instructions?|deal|plans?)|"
    r"did(?: not|n't) (?:say|agree|offer|accept|promise|propose))\b"
)
_STANDS = frozenset({Act.DEMAND, Act.REJECT, Act.CONDITION, Act.OFFER, Act.ACCEPT})
_ENOUGH = 2.5
_CONTRASTED = 0.5
_NEGATIVE = re.compile(r"\b(?:not|no|never|nor|neither|without|nothing|none|cannot|refus\w+|oppos\w+)\b|n't\b")
_CONTRAST = re.compile(
    r"\b(?:rather|instead|prefer(?:s|red)?|nothing (?:more|but|except)|no (?:more|less|fewer|longer) than|"
    r"at (?:most|least)|merely|not .{1,40} but)\b"
)
_POINTS = re.compile(r"\b(?:it|that|this|them|so|such|those|neither)\b")


def who(take: Take) -> str | None:
    """Whose stand a take tells: a party, else who holds or says it; None for the article's own words."""
    s = take.statement
    if take.holder:
        return take.holder
    if s.mode is Mode.AUTHOR:
        return None
    return s.holder or (s.speaker if take.attributed else None)


@rule("tension.stands_apart", "tension")
def stands_apart(found: Findings) -> Iterator[Tension]:
    """On one matter of substance one party wants something and another refuses, or wants something else, and no rule of
    opposition sees the same thing in their words: stands on an issue of its own are about the same thing. What counts
    is how both speak (for and against, by act or by a negation), numbers that do not meet and words that they share; of
    each issue only the two parties that stand against each other most. Not where one of them has accepted since; and to
    take one's own word back is no refusal of another's."""
    opposed = {(o.issue, frozenset((o.one[0].holder, o.other[0].holder))) for o in found.oppositions}
    for issue in found.of_kind("substance"):
        sides = [p.id for p in found.evidence.agenda.parties if not found.evidence.names.goes_between(p.id)]
        cells = [cell for party in sides if (cell := found.table.get((party, issue)))]
        numbers = numbers_apart(cells)
        apart = frozenset((numbers[0][0].holder, numbers[1][0].holder)) if numbers else None
        best: list[tuple[float, Take, Take]] = []
        for n, one in enumerate(cells):
            for other in cells[n + 1 :]:
                pair = frozenset((one.party, other.party))
                if (issue, pair) in opposed or pair == apart or _accepted(one, other) or _accepted(other, one):
                    continue
                mine, theirs = standing(one), standing(other)
                rows = _against(mine, theirs) or _against(_said(found, one), _said(found, other))
                best = max(best, rows, key=lambda found: max((w for w, _, _ in found), default=0.0))
        best.sort(key=lambda row: -row[0])
        if result := _tension(
            found, [(a, b) for _, a, b in best[:_COMPARED]], TensionKind.POSITION, "tension.stands_apart", issue
        ):
            yield result


def _against(mine: list[Take], theirs: list[Take]) -> list[tuple[float, Take, Take]]:
    pairs = ((_weight(a, b), a, b) for a in mine[:_COMPARED] for b in theirs[:_COMPARED])
    return [row for row in pairs if row[0] >= _ENOUGH]


def _said(found: Findings, cell: Cell) -> list[Take]:
    """What a party says on an issue: stances, claims and views, and what else it tells with a number or turns down."""
    told = [t for t in found.evidence.by_issue[cell.issue] if t.holder == cell.party and t.supports and not t.stance]
    told = newest_first(t for t in told if not t.statement.fact and (t.figures or _lean(t)))
    return list(dict.fromkeys((*standing(cell)[:4], *cell.claims[:4], *cell.views[:4], *told[:4])))


def _lean(take: Take) -> int:
    """For (+1), against (-1) or neither (0): by the reader's word, else by words that turn something down. A refusal of
    anything without it is for it."""
    if take.act is Act.REJECT and insists(take.quote):
        return 1
    return take.sign or -int(take.act in (Act.ASSERT, Act.ASSESS) and disapproves(take.quote))


def _accepted(cell: Cell, other: Cell) -> bool:
    """True if a party's newest word accepts, later than the other's newest."""
    newest = cell.stances[:1]
    since = max((t.when for t in other.stances), default=date.max)
    plain = any(t.act is Act.ACCEPT and not t.conditional and not t.weak for t in newest)
    return plain and newest[0].when > since


def _weight(one: Take, other: Take) -> float:
    """How much two takes of different parties stand against each other."""
    if abs(one.when - other.when) > CURRENT or one.weak or other.weak or withdraws(one.quote) or withdraws(other.quote):
        return 0.0
    weight = 0.0
    mine, theirs = _lean(one), _lean(other)
    if mine * theirs < 0:
        weight = 2.0
    elif mine > 0 and theirs > 0 and not {Act.DEMAND, Act.REJECT}.isdisjoint((one.act, other.act)):
        weight = 1.0
    elif bool(_NEGATIVE.search(one.quote.casefold())) != bool(_NEGATIVE.search(other.quote.casefold())):
        weight = 0.5
    weight += 0.5 * ((one.act in _STANDS) + (other.act in _STANDS))
    weight += 2.0 * renumbered(one.figures, other.figures)
    weight += 0.5 * min(2, len(one.telling & other.telling))
    weight += _CONTRASTED * any(_CONTRAST.search(t.quote.casefold()) for t in (one, other))
    return weight - 0.5 * ((one.statement.certainty in GUESSES) + (other.statement.certainty in GUESSES))


@rule("tension.outside_voice", "tension")
def outside_voice(found: Findings) -> Iterator[Tension]:
    """Somebody who is no party of the agenda (a league, a committee, a deputy) demands or refuses what a party's
    standing word on the issue excludes: the same thing with the other sign, what was said right before, or a demand
    against what the party has given."""
    for issue in found.of_kind("substance"):
        rows = found.current[issue]
        outside = [
            t for t in rows if t.holder is None and who(t) and (t.act is Act.DEMAND or (t.stance and t.sign < 0))
        ]
        stands = [t for t in rows if t.stance and t.supports]
        by: dict[str, list[tuple[Take, Take]]] = {}
        for take in outside[:_COMPARED]:
            meant = [stand for stand in stands if not _overlap(take, stand) and _outside(take, stand)]
            close = [stand for stand in meant if _points_back(take, stand) or _points_back(stand, take)]
            by.setdefault(who(take) or "", []).extend((take, stand) for stand in close or meant)
        for _, pairs in sorted(by.items()):
            if result := _tension(found, pairs, TensionKind.POSITION, "tension.outside_voice", issue):
                yield result


def _overlap(one: Take, other: Take) -> bool:
    a, b = one.statement.passage, other.statement.passage
    return a.document == b.document and a.start < b.end and b.start < a.end


def _outside(take: Take, stand: Take) -> bool:
    if abs(take.when - stand.when) > CURRENT:
        return False
    shared = take.telling & stand.telling
    if _lean(take) * _lean(stand) < 0:
        return bool(shared) or _points_back(take, stand) or _points_back(stand, take)
    return take.act is Act.DEMAND and stand.act in _GIVES and bool(shared - take.subject)


def _points_back(take: Take, before: Take) -> bool:
    """True if a take stands close behind another one and says "it" or "that", or nothing, of what it is about."""
    gap = take.statement.passage.start - before.statement.passage.end
    near = take.document == before.document and 0 <= gap <= _NEAR
    return near and (not take.telling - take.subject or _POINTS.search(take.quote.casefold()) is not None)


@rule("tension.denied", "tension")
def denied(found: Findings) -> Iterator[Tension]:
    """One voice denies what another tells: by the word for telling it, by "no such", "never said", "not an offer", or
    because the report says between the two that the second disputes or contradicts it. In shared words, or close by in
    one report."""
    evidence = found.evidence
    by: dict[tuple[str | None, str], list[tuple[Take, Take]]] = {}
    key: tuple[str | None, str]
    for issue, rows in found.current.items():
        told = [t for t in rows if _tells(t)]
        for denial in [t for t in rows if _denies(found, t)][:_COMPARED]:
            key = (issue, who(denial) or evidence.source(denial))
            by.setdefault(key, []).extend((t, denial) for t in told if _one_claim(found, t, denial))
    in_order = sorted(
        (t for rows in found.current.values() for t in rows),
        key=lambda t: (t.document, t.statement.passage.start, t.id),
    )
    for one, other in pairwise(in_order):
        if one.document == other.document and _contradicts(found, one, other):
            key = (other.issue, who(other) or evidence.source(other))
            by.setdefault(key, []).append((one, other))
    for (topic, _), pairs in by.items():
        if result := _tension(found, dict.fromkeys(pairs), TensionKind.SOURCE, "tension.denied", topic):
            yield result


def _tells(take: Take) -> bool:
    return take.act is not Act.DECLINE_TO_SAY and take.sign >= 0 and take.statement.certainty not in GUESSES


def _denies(found: Findings, take: Take) -> bool:
    if take.statement.mode is Mode.AUTHOR or take.act not in (Act.ASSERT, Act.ASSESS, Act.REJECT, Act.ANNOUNCE):
        return False
    cues = " ".join(found.evidence.words(take, *span) for span in take.statement.cue).casefold()
    start = take.quote.casefold()[:_OPENING]
    return bool(_DENIES.search(cues) or _DENIES.match(start) or _NO_SUCH.search(take.quote.casefold()))


def _one_claim(found: Findings, told: Take, denial: Take) -> bool:
    """True if a denial is meant for what is told: by another voice, at about the time, in shared words or close by."""
    if told is denial or abs(told.when - denial.when) > CURRENT or _same_voice(found, told, denial):
        return False
    shared = told.telling & denial.telling
    return len(shared) >= 2 or bool(shared - told.subject) or _apart_by(told, denial) <= _NEAR


def _same_voice(found: Findings, one: Take, other: Take) -> bool:
    if found.evidence.source(one) == found.evidence.source(other):
        return True
    mine, theirs = (_party(found, t) for t in (one, other))
    return mine is not None and mine == theirs


def _party(found: Findings, take: Take) -> str | None:
    """The party whose word a take is: that of its speaker, also where only the description tells it."""
    if not take.attributed:
        return take.holder
    return take.speaker or next(iter(found.evidence.names.parties_in(take.statement.speaker)), None)


def _contradicts(found: Findings, one: Take, other: Take) -> bool:
    """True if the report says, between the words of two voices, that the second disputes or contradicts the first."""
    if not other.attributed or _same_voice(found, one, other) or not 0 <= _apart_by(one, other) <= _NEAR:
        return False
    between = found.evidence.words(one, one.statement.passage.end, other.statement.passage.start)
    return "\n\n" not in between.strip() and _CONTRADICTS.search(between.casefold()) is not None


def _apart_by(one: Take, other: Take) -> int:
    """Characters between two takes of one report."""
    first, last = sorted((one.statement.passage, other.statement.passage), key=lambda p: p.start)
    return max(0, last.start - first.end) if first.document == last.document else 1 << 30


@rule("tension.strings", "tension")
def strings(found: Findings) -> Iterator[Tension]:
    """A party accepts something without condition in one report, and in a later one makes the same issue depend on one:
    what was given is not given plainly."""
    for (_, issue), cell in found.table.items():
        if found.evidence.kind(issue) != "substance":
            continue
        rows = cell.stances[:24]
        plain = [t for t in rows if t.act is Act.ACCEPT and not t.conditional and t.sign > 0]
        tied = [t for t in rows if t.act is Act.CONDITION]
        pairs = [
            (a, b) for a in plain for b in tied if a.document != b.document and a.when <= b.when <= a.when + CURRENT
        ]
        if result := _tension(found, pairs, TensionKind.SCOPE, "tension.strings", issue):
            yield result


@rule("tension.door_left_open", "tension")
def door_left_open(found: Findings) -> Iterator[Tension]:
    """One speaker in one report refuses flatly and offers something on the same issue: the refusal has a door."""
    for (_, issue), cell in found.table.items():
        if found.evidence.kind(issue) != "substance":
            continue
        flat = [t for t in cell.stances if t.act is Act.REJECT and not t.conditional]
        given = [t for t in cell.stances if t.act is Act.OFFER and t.sign > 0 and not t.conditional]
        pairs = [
            (a, b)
            for a in flat[:_COMPARED]
            for b in given[:_COMPARED]
            if a.document == b.document
            and a.statement.speaker == b.statement.speaker
            and abs(a.statement.passage.start - b.statement.passage.start) <= _NEAR
        ]
        if result := _tension(found, pairs, TensionKind.SCOPE, "tension.door_left_open", issue):
            yield result


def _tension(
    found: Findings, pairs: Iterable[tuple[Take, Take]], kind: TensionKind, name: str, issue: str | None
) -> Tension | None:
    rows = list(pairs)
    one, other = newest_first({a for a, _ in rows}), newest_first({b for _, b in rows})
    return tension(found.evidence, kind, one, other, name, issue) if rows else None
