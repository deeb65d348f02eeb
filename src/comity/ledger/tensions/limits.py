"""Tensions between limits: a floor and a ceiling, a number beyond a limit, a date and what must come first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.ledger.bounds import bounds
from comity.ledger.evidence import Take
from comity.ledger.leaning import tied, who
from comity.ledger.phrases import withdraws
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import CURRENT, Findings, between
from comity.ledger.verdicts import minds
from comity.ledger.wording import horizons
from comity.words import Act, Certainty, Tension, TensionKind

_PUT_FORWARD = frozenset({Act.DEMAND, Act.OFFER, Act.ACCEPT, Act.CONDITION, Act.COMMIT})
_DEEDS = frozenset({Act.COMMIT, Act.ANNOUNCE, Act.OFFER, Act.ACCEPT, Act.CONDITION, Act.DEMAND, Act.ASSESS, Act.ASSERT})
_GATED = re.compile(r"\b(?:as soon as|once|only (?:when|after|if)|not (?:until|before|unless)|unless and until)\b")


@rule("tension.beyond_the_limit", "tension")
def beyond_the_limit(found: Findings) -> Iterator[Tension]:
    """One voice sets a floor or a ceiling ("no more than", "anything below … would be a betrayal"), and another sets
    the opposite limit beyond it, or puts forward a number beyond it, on the same matter: all who stand high against all
    who stand low. Limits without figures ("half of it at most") count where they are told beside each other or in
    shared words."""
    for issue in found.of_kind("substance"):
        rows = [*found.current[issue], *found.current_also[issue]]
        limits = [t for t in rows if bounds(t) and not withdraws(t.quote)]
        put = [t for t in rows if t.figures and t.act in _PUT_FORWARD and t.sign > 0]
        put += [t for t in found.facts[issue] if t.holder and t.figures and minds(t.quote)]
        pairs = [pair for a in limits for b in put if (pair := _beyond(a, b))] + list(_crossed(found, limits))
        pairs = [(high, low) for high, low in pairs if _two_voices(high, low)]
        if result := between(found, pairs, TensionKind.POSITION, "tension.beyond_the_limit", issue):
            yield result


def _two_voices(one: Take, other: Take) -> bool:
    mine, theirs = who(one), who(other)
    return bool(mine and theirs) and mine != theirs and abs(one.when - other.when) <= CURRENT


def _beyond(limit: Take, put: Take) -> tuple[Take, Take] | None:
    """The higher and the lower of two takes if the number that one puts forward lies beyond the limit of the other.
    Where it names several in one unit ("55,000, no longer 60,000"), all must."""
    for bound in bounds(limit):
        same = [f for f in put.figures if bound.figure and bound.figure.same_unit(f) and (f.unit or bound.figure.unit)]
        if same and all(bound.excludes(f) for f in same):
            return (limit, put) if bound.floor else (put, limit)
    return None


def _crossed(found: Findings, limits: list[Take]) -> Iterator[tuple[Take, Take]]:
    """A floor above a ceiling."""
    floors, ceilings = ([(t, b) for t in limits for b in bounds(t) if b.floor is floor] for floor in (True, False))
    for one, a in floors:
        for other, b in ceilings:
            counted = a.figure is not None and b.figure is not None
            if (b.figure and a.excludes(b.figure)) or (not counted and tied(found.evidence, one, other)):
                yield one, other


@rule("tension.date_or_condition", "tension")
def date_or_condition(found: Findings) -> Iterator[Tension]:
    """One party says on which day something is done, and another that it does the same only once something else has
    happened: the day holds only if that comes first."""
    for issue in found.of_kind("substance"):
        rows = [t for t in found.current[issue] if t.supports and t.act in _DEEDS and t.sign >= 0]
        rows = [t for t in rows if t.statement.certainty is Certainty.ASSERTED]
        dated = [t for t in rows if horizons(t.quote) and not t.conditional and not _GATED.search(t.quote.casefold())]
        gated = [t for t in rows if _GATED.search(t.quote.casefold()) and not horizons(t.quote)]
        pairs = [
            (a, b)
            for a in dated
            for b in gated
            if a.holder != b.holder and a.telling & b.telling and b.when <= a.when + CURRENT
        ]
        if result := between(found, pairs, TensionKind.SCOPE, "tension.date_or_condition", issue):
            yield result
