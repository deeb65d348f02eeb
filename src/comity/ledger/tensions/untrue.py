"""Tensions between an account and its denial, wherever they stand: a denial answers what was said before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from comity.ledger.evidence import GUESSES, Take
from comity.ledger.figures import renumbered
from comity.ledger.leaning import NEAR, gap, who
from comity.ledger.rulebook import rule
from comity.ledger.tensions.denying import DISPUTED_FIGURE, contradicts, denies, meant_by, same_voice
from comity.ledger.tensions.finding import Findings, between
from comity.words import Act, Tension, TensionKind

_COMPARED = 12
_STOP = re.compile(r"[.!?]|\n")


@rule("tension.denied", "tension")
def denied(found: Findings) -> Iterator[Tension]:
    """One voice denies what another tells: by the word for telling it, by "no such", "never said", "not an offer", or
    because the report says between the two that the second disputes or contradicts it. In shared words, or close by in
    one report; what else is told in the same sentence is denied with it."""
    evidence = found.evidence
    by: dict[tuple[str | None, str], list[tuple[Take, Take]]] = {}
    key: tuple[str | None, str]
    issue: str | None
    for issue, rows in (*found.current.items(), (None, found.recent(found.unfiled))):
        told = [t for t in rows if _tells(t)]
        for denial in [t for t in rows if denies(found, t)][:_COMPARED]:
            key = (issue, who(denial) or evidence.source(denial))
            meant = meant_by(found, told, denial)
            meant += [t for m in meant if gap(m, denial) <= NEAR for t in _of_one_sentence(found, m) if t not in meant]
            by.setdefault(key, []).extend((t, denial) for t in dict.fromkeys(meant) if t is not denial)
    for one, other in (pair for takes in found.in_reports.values() for pair in pairwise(takes)):
        if _contradicts(found, one, other):
            key = (other.issue, who(other) or evidence.source(other))
            by.setdefault(key, []).append((one, other))
    for takes in found.in_reports.values():
        for number, other in enumerate(takes):
            key = (other.issue, who(other) or evidence.source(other))
            by.setdefault(key, []).extend((t, other) for t in _disputed(found, takes[:number], other))
    for (topic, _), pairs in by.items():
        if result := between(found, dict.fromkeys(pairs), TensionKind.SOURCE, "tension.denied", topic):
            yield result


def _of_one_sentence(found: Findings, take: Take) -> list[Take]:
    """What else the sentence of a take tells, of whatever issue."""
    rows = [t for t in found.in_reports.get(take.document, ()) if gap(t, take) <= NEAR and _tells(t)]
    return [t for t in rows if not _STOP.search(found.evidence.words(take, *_amid(t, take)).strip())]


def _amid(one: Take, other: Take) -> tuple[int, int]:
    """Where the text between two takes of one report stands."""
    first, last = sorted((one.statement.passage, other.statement.passage), key=lambda p: p.start)
    return first.end - 1, max(first.end, last.start)  # a quotation may hold the full stop


def _tells(take: Take) -> bool:
    return take.act is not Act.DECLINE_TO_SAY and take.sign >= 0 and take.statement.certainty not in GUESSES


def _disputed(found: Findings, before: list[Take], other: Take) -> list[Take]:
    """What the words before a take say that it disputes ("disputes the figure"): on its issue, the other numbers that
    another voice has told in the report."""
    start = other.statement.passage.start
    words = found.evidence.words(other, max(0, start - NEAR), start).rpartition("\n")[2]
    if not other.figures or not DISPUTED_FIGURE.search(words.casefold()):
        return []
    told = [t for t in before if t.issue == other.issue and t.attributed and not same_voice(found, t, other)]
    return [t for t in told if renumbered(t.figures, other.figures)]


def _contradicts(found: Findings, one: Take, other: Take) -> bool:
    """True if the report says, between the words of two voices, that the second disputes or contradicts the first."""
    if not other.attributed or same_voice(found, one, other) or not 0 <= gap(one, other) <= NEAR:
        return False
    return contradicts(found, one, other)
