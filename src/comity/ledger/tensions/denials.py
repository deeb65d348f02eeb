"""Tensions between accounts: what one source tells and another denies, foresees otherwise or tells its own way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from comity.ledger.evidence import GUESSES, Take
from comity.ledger.phrases import withdraws
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import CURRENT, Findings, tension
from comity.ledger.wording import affirms, content
from comity.words import Act, Mode, Tension, TensionKind

_TEXTS = frozenset(content("draft text document paper treaty accord clause article annex communique"))
_TOLD = (Act.ASSERT, Act.ANNOUNCE, Act.ASSESS)
_COMPARED = 24
_BESIDE = 40
"""Characters between two accounts that an article sets side by side."""
_CLOSE = 300
"""Characters between two accounts of one matter in one report."""
_ECHO = re.compile(r"\b(?:too|also|likewise|agree[sd]?|confirm(?:s|ed)?|echo(?:es|ed)?)\b")


@rule("tension.told_and_denied", "tension")
def told_and_denied(found: Findings) -> Iterator[Tension]:
    """One source tells what another denies in shared words: of what a text contains two words are enough, of anything
    else three."""
    for issue, takes in found.evidence.by_issue.items():
        rows = [t for t in found.evidence.once(takes) if t.act in _TOLD and t.statement.certainty not in GUESSES]
        rows = [t for t in rows if t.statement.mode is not Mode.REPORTED_STANCE][-_COMPARED * 2 :]
        pairs = [(a, b) for a in rows for b in rows if _denied(found, a, b)]
        if pairs:
            told, denials = dict.fromkeys(a for a, _ in pairs), dict.fromkeys(b for _, b in pairs)
            if result := tension(found.evidence, TensionKind.SOURCE, told, denials, "tension.told_and_denied", issue):
                yield result


def _denied(found: Findings, told: Take, denial: Take) -> bool:
    if told is denial or found.evidence.source(told) == found.evidence.source(denial):
        return False
    if told.attributed and denial.attributed and told.holder and told.holder == denial.holder:
        return False
    shared = told.telling & denial.telling
    of_text = bool(told.stems & _TEXTS) and bool(denial.stems & _TEXTS)
    if len(shared) < (2 if of_text else 3) or abs(told.when - denial.when) > CURRENT:
        return False
    return affirms(told.quote, shared) and not affirms(denial.quote, shared)


@rule("tension.side_by_side", "tension")
def side_by_side(found: Findings) -> Iterator[Tension]:
    """An article sets what two parties tell of one matter side by side in one sentence ("A calls it an accident; B says
    that …"): neither takes a stand, each gives its own account."""
    by_document: dict[str, list[Take]] = defaultdict(list)
    for take in found.evidence.takes:
        if take.attributed and take.holder and take.act in (Act.ASSERT, Act.ASSESS) and not take.sign:
            by_document[take.document].append(take)
    sides: dict[tuple[str, str, str], tuple[list[Take], list[Take]]] = {}
    for takes in by_document.values():
        for one, other in pairwise(takes):
            if one.holder == other.holder or one.issue != other.issue or not _beside(found, one, other):
                continue
            if one.issue not in found.of_kind("substance") or _ECHO.search(other.quote):
                continue
            first, second = sorted((one, other), key=lambda t: t.holder or "")
            mine, theirs = sides.setdefault((one.issue or "", first.holder or "", second.holder or ""), ([], []))
            mine.append(first)
            theirs.append(second)
    for (issue, _, _), (mine, theirs) in sides.items():
        if result := tension(found.evidence, TensionKind.SOURCE, mine, theirs, "tension.side_by_side", issue):
            yield result


def _beside(found: Findings, one: Take, other: Take) -> bool:
    """True if nothing but a short reporting phrase after a comma or semicolon stands between the two."""
    end, start = one.statement.passage.end, other.statement.passage.start
    if one.issue is None or not 0 < start - end <= _BESIDE:
        return False
    between = found.evidence.words(one, end, start)
    return (
        between.lstrip("”’\"'")[:1] in (",", ";") and not re.search(r"[.!?\n]", between) and not _ECHO.search(between)
    )


@rule("tension.told_otherwise", "tension")
def told_otherwise(found: Findings) -> Iterator[Tension]:
    """Two parties assert something of one matter close to each other in one report, in shared words that do not only
    name the issue, and the second echoes nothing: each tells the same thing its own way."""
    by_document: dict[tuple[str, str], list[Take]] = defaultdict(list)
    for issue in found.of_kind("substance"):
        for take in found.current[issue]:
            if take.attributed and take.holder and take.act is Act.ASSERT and take.statement.status is None:
                by_document[take.document, issue].append(take)
    for (_, issue), takes in sorted(by_document.items()):
        rows = sorted(takes, key=lambda t: t.statement.passage.start)
        for one, other in pairwise(rows):
            gap = other.statement.passage.start - one.statement.passage.end
            if one.holder == other.holder or not 0 <= gap <= _CLOSE or _ECHO.search(other.quote.casefold()):
                continue
            if not (one.telling & other.telling) - one.subject:
                continue
            if result := tension(found.evidence, TensionKind.SOURCE, [one], [other], "tension.told_otherwise", issue):
                yield result


@rule("tension.forecast_against_stance", "tension")
def forecast_against_stance(found: Findings) -> Iterator[Tension]:
    """Somebody foresees that a party will drop a demand, offer or condition, and the party's own words on the same
    thing still stand."""
    for issue, rows in found.current.items():
        foreseen = [t for t in rows if t.holder and t.statement.certainty in GUESSES and withdraws(t.quote)]
        for party in dict.fromkeys(t.holder for t in foreseen if t.holder):
            cell = found.table.get((party, issue))
            told = [t for t in foreseen if t.holder == party]
            own = [
                t
                for t in (cell.stances if cell else ())[:_COMPARED]
                if t.act in (Act.DEMAND, Act.CONDITION, Act.REJECT) and any(_one_matter(t, f) for f in told)
            ]
            if result := tension(
                found.evidence, TensionKind.SOURCE, told, own, "tension.forecast_against_stance", issue
            ):
                yield result


def _one_matter(one: Take, other: Take) -> bool:
    """True if two takes share two telling words or a number in one unit."""
    numbers = any(a.unit and a.same_unit(b) and a.apart(b) == 0 for a in one.figures for b in other.figures)
    return numbers or len(one.telling & other.telling) >= 2
