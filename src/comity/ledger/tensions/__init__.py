"""Tensions: statements that cannot all hold, or do not fit, each with its kind and the rule that found it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from comity.ledger.evidence import Evidence, Take
from comity.ledger.labels import label_stems
from comity.ledger.leaning import beside, gap, who
from comity.ledger.rulebook import rules
from comity.ledger.tensions import (
    answers,
    assessments,
    claims,
    denials,
    formats,
    inference,
    limits,
    numbers,
    sources,
    stands,
    untrue,
    versions,
    voices,
    within,
    words_apart,
    words_beside,
)
from comity.ledger.tensions.finding import Findings
from comity.words import Ledger, Review, Statement, Tension, TensionKind

__all__ = [
    "answers",
    "assessments",
    "claims",
    "denials",
    "formats",
    "inference",
    "limits",
    "numbers",
    "sources",
    "stands",
    "tension_key",
    "tensions",
    "untrue",
    "versions",
    "voices",
    "within",
    "words_apart",
    "words_beside",
]

_ORDER = list(TensionKind)
_BESIDE = ("tension.set_against", "tension.gates_crossed", "tension.side_by_side_stands")
"""Rules that look at one place of a report: what other rules name more widely they do not name again."""
_RIGHT_BEHIND = 60
_NEAR_BY = ("tension.answered", "tension.denied", "tension.said_to_differ", "tension.out_of_step", *_BESIDE)
"""Rules that look at what stands close to each other in a report, so that no issue need tie it."""


def tensions(findings: Findings, judged: Mapping[str, str]) -> tuple[Tension, ...]:
    """Tensions of all rules, by kind and issue; of two that set the same statements against each other the
    one whose rule is tried first. What a person judged to be explained or a double is left out; what a
    person judged real is marked as accepted."""
    evidence = findings.evidence
    rank = {issue.id: number for number, issue in enumerate(evidence.agenda.issues)}
    found: dict[str, Tension] = {}
    naming: dict[str, list[Tension]] = defaultdict(list)
    for r in rules("tension"):
        for tension in r.function(findings):
            key = _key(tension, evidence.by_id)
            if judged.get(key) in ("explained", "double"):
                continue
            review = Review.ACCEPTED if judged.get(key) == "real" else Review.UNREVIEWED
            ids = (*tension.statements, *tension.against)
            repeated = any(_doubles(tension, other) for id_ in ids for other in naming[id_])
            repeated = repeated or any(_says_again(evidence, tension, other) for id_ in ids for other in naming[id_])
            if tension.rule in _BESIDE:
                repeated = repeated or any(_restates(evidence, tension, other) for other in found.values())
            if not repeated and (tension.rule in _NEAR_BY or _linked(evidence, tension)):
                found[key] = replace(tension, review=review)
                for id_ in ids:
                    naming[id_].append(tension)
    return tuple(
        sorted(
            _widest(list(found.values())),
            key=lambda t: (_ORDER.index(t.kind), rank.get(t.issue or "", len(rank)), t.rule, t.statements, t.against),
        )
    )


def _linked(evidence: Evidence, tension: Tension) -> bool:
    """True if something but the issue ties the two sides. An issue that a person set down is tie enough; one that was
    proposed lumps together what stands in a few common words: there a pair must stand beside each other or share a
    word that is not the issue's own."""
    if not evidence.agenda.proposed or tension.issue is None or evidence.kind(tension.issue) != "substance":
        return True
    mine, theirs = ([evidence.by_id[i] for i in side] for side in (tension.statements, tension.against))
    within = tension.kind in (TensionKind.SCOPE, TensionKind.AMBIGUITY)
    return any(_share(a, b) or (not within and _follows(evidence, a, b)) for a in mine for b in theirs)


def _follows(evidence: Evidence, one: Take, other: Take) -> bool:
    """True if two takes stand beside each other; one that only points back, right behind the other."""
    bare = any(not t.telling - label_stems() for t in (one, other))
    return beside(evidence, one, other) and (not bare or gap(one, other) <= _RIGHT_BEHIND)


def _share(one: Take, other: Take) -> bool:
    shared = (one.telling & other.telling) - label_stems()
    return len(shared) >= 2 or bool(shared - one.subject)


def _widest(found: list[Tension]) -> Iterator[Tension]:
    """Tensions that are not within another one. Only those that name a statement of theirs can hold them."""
    naming: dict[str, list[Tension]] = defaultdict(list)
    for tension in found:
        for id_ in {*tension.statements, *tension.against}:
            naming[id_].append(tension)
    for tension in found:
        own = (naming[id_] for id_ in (*tension.statements, *tension.against))
        if not any(_within(tension, other) for other in min(own, key=len, default=found)):
            yield tension


def _doubles(one: Tension, other: Tension) -> bool:
    """True if another tension, of a rule tried before, sets a statement of each side against the other side, too."""
    a, b, c, d = one.statements, one.against, other.statements, other.against
    return (_meet(a, c) and _meet(b, d)) or (_meet(a, d) and _meet(b, c))


def _says_again(evidence: Evidence, one: Tension, other: Tension) -> bool:
    """True if another tension of its rule sets the same statements against the same voices."""
    if one.rule != other.rule or one.kind is not other.kind:
        return False
    pairs = ((one.statements, other.statements, one.against, other.against),)
    return any(
        a == b and {who(evidence.by_id[i]) for i in c} == {who(evidence.by_id[i]) for i in d} for a, b, c, d in pairs
    )


def _restates(evidence: Evidence, one: Tension, other: Tension) -> bool:
    """True if what stands next to each other in one report is set against each other elsewhere already: on one issue,
    the stands of the same two voices."""
    if one.issue != other.issue or one.kind is not other.kind:
        return False
    mine, theirs = (
        [{who(evidence.by_id[i]) for i in side} for side in (t.statements, t.against)] for t in (one, other)
    )
    return bool((mine[0] & theirs[0] and mine[1] & theirs[1]) or (mine[0] & theirs[1] and mine[1] & theirs[0]))


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not frozenset(one).isdisjoint(other)


def _within(one: Tension, other: Tension) -> bool:
    """True if another tension of its kind already names both sides, and more."""
    if one is other or one.kind is not other.kind:
        return False
    a, b, c, d = (frozenset(side) for side in (one.statements, one.against, other.statements, other.against))
    inside = (a <= c and b <= d) or (a <= d and b <= c)
    return inside and (a | b) != (c | d)


def tension_key(ledger: Ledger, tension: Tension) -> str:
    """The key by which a decision names a tension: its kind and issue and a digest of the passages of both sides.

    It survives a new reading as long as the passages stay; with other passages it is another tension.
    """
    return _digest(tension, {s.id: s for s in ledger.statements if s.id in {*tension.statements, *tension.against}})


def _key(tension: Tension, takes: Mapping[str, Take]) -> str:
    ids = {*tension.statements, *tension.against}
    return _digest(tension, {i: takes[i].statement for i in ids})


def _digest(tension: Tension, statements: Mapping[str, Statement]) -> str:
    sides = [sorted(_place(statements[i]) for i in side) for side in (tension.statements, tension.against)]
    text = "|".join(";".join(side) for side in sides)
    return f"{tension.kind.value}:{tension.issue or ''}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _place(statement: Statement) -> str:
    return f"{statement.passage.document}:{statement.passage.start}-{statement.passage.end}"
