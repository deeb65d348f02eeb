"""Tensions within one party's words: given and tied, refused and yet offered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from comity.ledger.evidence import GUESSES, Take
from comity.ledger.figures import renumbered
from comity.ledger.leaning import beside, labels, points_back, valence
from comity.ledger.rulebook import rule
from comity.ledger.tensions.denying import contradicts
from comity.ledger.tensions.finding import CURRENT, Findings, between
from comity.ledger.tensions.stands import SOON
from comity.ledger.verdicts import dismisses, insists, second_best, shuts_out, studies
from comity.words import Act, Mode, Tension, TensionKind

_COMPARED = 12


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
        if result := between(found, pairs, TensionKind.SCOPE, "tension.strings", issue):
            yield result


@rule("tension.door_left_open", "tension")
def door_left_open(found: Findings) -> Iterator[Tension]:
    """A party refuses or demands flatly on an issue, and in the same report, or within two days, offers something on
    it without condition or goes as far as to study it ("examining formulas"): the flat word has a door. Of a demand
    only where the offer gives another number, or says that it is second best ("a compromise", "does not exclude")."""
    for (_, issue), cell in found.table.items():
        if found.evidence.kind(issue) != "substance":
            continue
        said = [t for t in found.evidence.by_issue[issue] if t.holder == cell.party and t.supports]
        flat = [t for t in said if not t.conditional and t.statement.certainty not in GUESSES and _flat(t)]
        given = [t for t in said if not t.conditional and t.sign >= 0 and _gives(t)]
        pairs = [(a, b) for a in flat[:_COMPARED] for b in given[:_COMPARED] if _door(a, b)]
        if result := between(found, pairs, TensionKind.SCOPE, "tension.door_left_open", issue):
            yield result


def _flat(take: Take) -> bool:
    if take.act is Act.REJECT:
        return not insists(take.quote)
    if take.stance and take.sign < 0:
        return True
    return take.act is Act.DEMAND or (take.act in (Act.ASSERT, Act.ASSESS) and shuts_out(take.quote))


def _gives(take: Take) -> bool:
    told = take.act in (Act.ASSERT, Act.ANNOUNCE, Act.ASSESS) and (studies(take.quote) or second_best(take.quote))
    return take.act is Act.OFFER or told


def _door(flat: Take, given: Take) -> bool:
    """True if what is given leaves a door in a flat word: said with it or soon after, in words for what is second best
    or only studied, or as an offer that shares its words or another number."""
    if flat is given or not flat.when <= given.when <= flat.when + SOON:
        return False
    if studies(given.quote) or second_best(given.quote):
        return True
    if flat.act is Act.DEMAND:
        return renumbered(flat.figures, given.figures)
    return bool((flat.telling & given.telling) - flat.subject)


@rule("tension.out_of_step", "tension")
def out_of_step(found: Findings) -> Iterator[Tension]:
    """Two people of one party, beside each other in a report: one refuses what the other says will be done, judges ill
    what the other is for, or dismisses the other's word, or the report says that the two contradict each other. In
    a shared word or pointing back; a change of mind of one person is none."""
    for takes in found.in_reports.values():
        rows = [t for t in takes if t.supports and _of_its_own(found, t)]
        for one, other in pairwise(rows):
            if one.holder != other.holder or not _two_people(one, other) or not beside(found.evidence, one, other):
                continue
            opposed = valence(found.evidence, one) * valence(found.evidence, other) < 0
            tied = bool(one.telling & other.telling) or points_back(other, one) or labels(other.quote)
            if (opposed and tied) or dismisses(other.quote) or contradicts(found, one, other):
                kind = TensionKind.AMBIGUITY
                if result := between(found, [(one, other)], kind, "tension.out_of_step", other.issue):
                    yield result


def _two_people(one: Take, other: Take) -> bool:
    """True if two people speak behind each other; of a stance told without a speaker, if it does not name the other."""
    if one.statement.passage.end > other.statement.passage.start:
        return False
    if one.attributed and other.attributed:
        return one.statement.speaker != other.statement.speaker
    named, told = (one, other) if one.attributed else (other, one)
    return named.attributed and named.statement.speaker.split()[-1] not in told.quote


def _of_its_own(found: Findings, take: Take) -> bool:
    """True if somebody speaks for the party, and nobody who is named after another one."""
    if not take.attributed:
        people = (a.name.split()[-1] for a in found.evidence.agenda.actors if a.party == take.holder)
        return take.statement.mode is Mode.REPORTED_STANCE and any(name in take.quote for name in people)
    named = set(found.evidence.names.parties_in(take.statement.speaker))
    return take.statement.speaker != take.statement.holder and named <= {take.holder}
