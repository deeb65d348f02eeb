"""Quotes as results show them: verbatim, shortened only with an ellipsis, with whose words they are."""

from __future__ import annotations

from collections.abc import Iterable

from comity.ledger.evidence import Evidence, Take
from comity.ledger.wording import likeness
from comity.words import AUTHOR, Provenance

SEPARATOR = " · "
"""Between two quotes of one summary. Each piece, cut at its ellipsis, stands in a supporting statement."""
LONGEST = 160
_ALIKE = 0.4
_MOST = 3


def clip(quote: str, longest: int = LONGEST) -> str:
    """`quote` on one line, cut at a word with an ellipsis if it is longer than `longest` characters.

    >>> clip("not one inch of the northern shelf", 12)
    'not one inch…'
    """
    if len(quote) <= longest:
        return quote
    cut = quote[: longest + 1].rpartition(" ")[0] or quote[:longest]
    return cut.rstrip(" ,;:—–-") + "…"


def summary(takes: Iterable[Take], most: int = _MOST) -> str:
    """The words that carry what `takes` say: for each of up to `most` different contents the shortest quote, nearest to
    the speaker's own words first, in the order given."""
    groups: list[list[Take]] = []
    for take in takes:
        home = next((g for g in groups if likeness(g[0].stems, take.stems) >= _ALIKE), None)
        if home is not None:
            home.append(take)
        elif len(groups) < most:
            groups.append([take])
    near = list(Provenance)
    chosen = [min(g, key=lambda t: (near.index(t.provenance), len(t.quote), t.id)) for g in groups]
    return SEPARATOR.join(dict.fromkeys(clip(take.quote.strip()) for take in chosen))


def voice(evidence: Evidence, take: Take) -> str:
    """Whose words a take is: the speaker, or the outlet for what an article says itself or tells of a stance.

    An unnamed outlet reads "the article".
    """
    s = take.statement
    if s.speaker != AUTHOR and take.attributed:
        return s.speaker
    document = evidence.documents.get(take.document)
    outlet = document.source if document and document.source else "the article"
    holder = evidence.names.shown(take.holder) if take.holder and not take.attributed else ""
    return f"{outlet}, of {holder}" if holder else outlet


def against(evidence: Evidence, one: Iterable[Take], other: Iterable[Take]) -> str:
    """One neutral line: the quotes of one side with their voices, then those of the other."""
    return f"{_side(evidence, one)} / {_side(evidence, other)}"


def _side(evidence: Evidence, takes: Iterable[Take]) -> str:
    return "; ".join(f"“{clip(take.quote.strip(), 90)}” ({voice(evidence, take)})" for take in list(takes)[:2])
