"""Tensions between versions: two sources tell one matter each its own way, and the report may say so itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from comity.ledger.bounds import bounds
from comity.ledger.evidence import GUESSES, Take
from comity.ledger.figures import renumbered
from comity.ledger.labels import label_stems
from comity.ledger.leaning import beside, who
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import CURRENT, Findings, between, tension
from comity.ledger.wording import content
from comity.words import Act, Mode, Tension, TensionKind

_TOLD = (Act.ASSERT, Act.ASSESS, Act.ANNOUNCE)
_COMPARED = 48
_DIFFER = re.compile(
    r"\b(?:divided|split|at odds|differ(?:s|ed|ing)?|disagree[sd]?|conflicting|contradictory|competing|diverg\w+"
    r"|two (?:versions|accounts|stories|readings))\b"
)
_FIGURE = re.compile(
    r"\b(?:number|figure|toll|total|count|sum|it|them)\b(?: \w+){0,4} (?:at|as|to|was|is|were|of) "
    r"(?:about |some |at least |around )?[\d\w]"
)
_COUNTED = frozenset(content("people persons killed died dead injured wounded hurt put put number figure"))
_TURN = re.compile(r"[.!?;]|\b(?:but|while|whereas|though)\b")
_TIMES = 20.0
"""Two counts of one thing are not further apart than this many times."""
_BEFORE = 240
"""Characters before a voice in which the report may say that it and the next one differ."""
_CLEFT = re.compile(r"\bit (?:was|is|had been) (?P<who>.{2,60}?) (?:who|which|that) (?P<did>.+)")


@rule("tension.figures_told", "tension")
def figures_told(found: Findings) -> Iterator[Tension]:
    """Two sources tell, as a fact, numbers of one unit that do not meet for the same thing at about the same time: in
    two shared words beside the number, or in one where they are told beside each other. What a party asks or offers is
    a stand, not a count."""
    for issue, takes in found.evidence.by_issue.items():
        rows = [t for t in found.evidence.once(takes) if t.figures and t.act in _TOLD and not bounds(t)]
        rows = [t for t in rows if t.statement.certainty not in GUESSES][-_COMPARED:]
        pairs = [(a, b) for n, a in enumerate(rows) for b in rows[n + 1 :] if _counted_apart(found, a, b)]
        if result := between(found, pairs, TensionKind.SOURCE, "tension.figures_told", issue):
            yield result


@rule("tension.counted_again", "tension")
def counted_again(found: Findings) -> Iterator[Tension]:
    """Right behind a number that one source tells, another gives another number without saying again of what ("put the
    figure at 40", "there were 60"): it counts the same."""
    for takes in found.accounts.values():
        for one, other in pairwise(t for t in takes if t.act in _TOLD):
            if not beside(found.evidence, one, other) or not one.figures or not other.figures:
                continue
            if _teller(found, one) == _teller(found, other) or bounds(one) or other.statement.certainty in GUESSES:
                continue
            if not _counts_again(other) or not renumbered(one.figures[-1:], other.figures[:1]):
                continue
            if result := between(found, [(one, other)], TensionKind.SOURCE, "tension.counted_again", other.issue):
                yield result


def _counts_again(take: Take) -> bool:
    bare = not take.figures[0].unit and not take.telling - label_stems() - _COUNTED
    return bare or _FIGURE.search(take.quote.casefold()) is not None


def _teller(found: Findings, take: Take) -> str:
    return who(take) or take.statement.holder or take.quote[:24]


def _counted_apart(found: Findings, one: Take, other: Take) -> bool:
    if found.evidence.source(one) == found.evidence.source(other) or abs(one.when - other.when) > CURRENT:
        return False
    if one.attributed and other.attributed and one.speaker and one.speaker == other.speaker:
        return False
    same = [(a, b) for a in one.figures for b in other.figures if a.unit and a.unit == b.unit and a.same_unit(b)]
    same = [(a, b) for a, b in same if max(a.high, b.high) <= _TIMES * max(1.0, min(a.high, b.high))]
    if not same or any(a.apart(b) == 0 for a, b in same):
        return False
    shared = {word for word in one.telling & other.telling if not word[0].isdigit()}
    shared -= {stem for a, _ in same for stem in content(a.unit)}
    return len(shared) >= 2 or (bool(shared) and beside(found.evidence, one, other))


@rule("tension.who_did_it", "tension")
def who_did_it(found: Findings) -> Iterator[Tension]:
    """One voice says that it was one party who did something ("it was X who left first"), and another source tells the
    same deed of another party."""
    parties_in = found.evidence.names.parties_in
    for issue, takes in found.evidence.by_issue.items():
        for take in takes:
            match = _CLEFT.search(take.quote) if take.attributed and take.act in _TOLD else None
            blamed = set(parties_in(match["who"])) if match else set()
            if match is None or len(blamed) != 1:
                continue
            deed = frozenset(content(match["did"])) - take.names
            others = [
                t
                for t in takes
                if t.act in _TOLD
                and found.evidence.source(t) != found.evidence.source(take)
                and abs(t.when - take.when) <= CURRENT
                and t.stems & deed
                and set(parties_in(t.quote))
                and not blamed & set(parties_in(t.quote))
            ]
            if result := tension(found.evidence, TensionKind.SOURCE, others, [take], "tension.who_did_it", issue):
                yield result


@rule("tension.said_to_differ", "tension")
def said_to_differ(found: Findings) -> Iterator[Tension]:
    """The report says that voices differ ("analysts were divided", "offered differing readings"), and then lets two of
    them speak in the same paragraph: it sets their words against each other itself."""
    for takes in found.in_reports.values():
        voices = [t for t in takes if who(t) and _speaks(t) and not _DIFFER.search(t.quote.casefold())]
        for number, one in enumerate(voices):
            start = one.statement.passage.start
            before = found.evidence.words(one, max(0, start - _BEFORE), start).rpartition("\n")[2]
            cue = _last(before.casefold())
            if cue is None or any(start - len(before) + cue <= t.statement.passage.start < start for t in voices):
                continue
            after = [t for t in voices[number:] if _one_paragraph(found, one, t)]
            second = next((t for t in after if who(t) != who(one) and _turned(found, one, t)), None)
            if second is None:
                continue
            mine, theirs = ([t for t in after if who(t) == who(v)] for v in (one, second))
            kind = TensionKind.ASSESSMENT if second.act is Act.ASSESS else TensionKind.SOURCE
            if result := tension(found.evidence, kind, mine, theirs, "tension.said_to_differ", second.issue):
                yield result


def _speaks(take: Take) -> bool:
    """True if somebody speaks, or the article tells what somebody wants."""
    return take.attributed or take.statement.mode is Mode.REPORTED_STANCE


def _last(text: str) -> int | None:
    """Where the last word stands that says that voices differ."""
    return max((m.start() for m in _DIFFER.finditer(text)), default=None)


def _turned(found: Findings, one: Take, other: Take) -> bool:
    """True if a new sentence, or a turn in it, stands between two voices."""
    first, last = one.statement.passage.end - 2, other.statement.passage.start  # a quotation may hold the full stop
    return _TURN.search(found.evidence.words(one, first, last)) is not None


def _one_paragraph(found: Findings, one: Take, other: Take) -> bool:
    return "\n" not in found.evidence.words(one, one.statement.passage.end, other.statement.passage.start)


@rule("tension.each_says_the_other", "tension")
def each_says_the_other(found: Findings) -> Iterator[Tension]:
    """Two parties each tell of the other, and not of themselves, the same thing: each says it was the other side. In
    shared words that do not only name the issue, unless they stand beside each other."""
    parties_in = found.evidence.names.parties_in
    for issue, rows in found.current.items():
        told = [t for t in rows if t.attributed and t.holder and t.act in _TOLD and t.statement.mode is not Mode.AUTHOR]
        told = told[:_COMPARED]
        pairs = [
            (a, b)
            for a in told
            for b in told
            if (a.holder or "") < (b.holder or "")
            and ((a.telling & b.telling) - a.subject or (a.telling & b.telling and beside(found.evidence, a, b)))
            and _of_the_other(parties_in(a.quote), a.holder, b.holder)
            and _of_the_other(parties_in(b.quote), b.holder, a.holder)
        ]
        if result := between(found, pairs, TensionKind.SOURCE, "tension.each_says_the_other", issue):
            yield result


def _of_the_other(named: object, own: str | None, other: str | None) -> bool:
    names = set(named)  # type: ignore[call-overload]
    return other in names and own not in names
