"""Tensions between judgements: near or far, who has to move, one speaker who says both."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from comity.ledger.evidence import GLOOMY, HOPEFUL, Take
from comity.ledger.phrases import outlook
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import Findings, few, tension
from comity.words import Act, Certainty, Mode, StatusClaim, Tension, TensionKind

_SIDES = re.compile(
    r"\b(?:two|both|sides|parties|neighbours|they|countries|governments|delegations|positions)\b.*"
    r"\b(?:divided|apart|at odds|in deadlock|closer|far from agreement)\b"
)

_WHOLE = re.compile(r"\b(?:talks|deal|agreement|sides|parties|negotiations|breakthrough|treaty|truce|ceasefire)\b")
"""An article that judges one matter of several ("another sticking point") does not judge the prospects."""
_PAST = re.compile(r"\b(?:have|has|had) (?:\w+ ){0,4}before\b|\bin the past\b|\bago\b|\bonce\b")
"""What was near or far at another time is no judgement of today."""


@rule("tension.near_or_far", "tension")
def near_or_far(found: Findings) -> Iterator[Tension]:
    """Recent judgements of the prospects: some say near or moving, others open, stuck or unlikely, by the state
    that they name, else by their words."""
    for issue in found.of_kind("prospects"):
        rows = [*found.current[issue], *(t for t in found.current_also[issue] if t.act in (Act.ASSERT, Act.ASSESS))]
        rows += [t for other in found.of_kind("substance") for t in found.current[other] if _between_sides(t)]
        if found.evidence.agenda.proposed:
            rows = [t for t in rows if t.attributed or _WHOLE.search(t.quote.casefold())]
        up = [t for t in rows if hopeful(t) or _worded(t) > 0]
        down = [t for t in rows if gloomy(t) or _worded(t) < 0]
        if result := tension(found.evidence, TensionKind.ASSESSMENT, up, down, "tension.near_or_far", issue):
            yield result


@rule("tension.who_must_move", "tension")
def who_must_move(found: Findings) -> Iterator[Tension]:
    """Articles of different sources each see the obstacle in another party: what a source says against one party's
    readiness (or makes depend on it) stands against what another source says of another party."""
    evidence = found.evidence
    burdens: dict[str, dict[str, list[Take]]] = defaultdict(lambda: defaultdict(list))
    for rows in found.current.values():
        for take in rows:
            if _judges_readiness(take):
                for party in _burdened(found, take):
                    burdens[evidence.source(take)][party].append(take)
    mainly: dict[str, list[Take]] = defaultdict(list)
    for source in sorted(burdens):
        count = Counter({party: len(takes) for party, takes in burdens[source].items()})
        ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
        if len(ranked) == 1 or ranked[0][1] > ranked[1][1]:
            mainly[ranked[0][0]] += burdens[source][ranked[0][0]]
    sides = [p.id for p in evidence.agenda.parties if p.id in mainly]
    for number, one in enumerate(sides):
        for other in sides[number + 1 :]:
            if result := tension(
                evidence, TensionKind.ASSESSMENT, mainly[one], mainly[other], "tension.who_must_move", None
            ):
                yield result


def _judges_readiness(take: Take) -> bool:
    """True for an article's guess, opinion or forecast against; "nobody can know" puts the burden on nobody."""
    s = take.statement
    guess = s.mode is Mode.AUTHOR and s.certainty is not Certainty.ASSERTED
    return guess and take.sign < 0 and s.status is not StatusClaim.UNKNOWN


def _burdened(found: Findings, take: Take) -> list[str]:
    """The party that a gloomy judgement puts the burden on: its holder, else whom its condition names."""
    if take.holder:
        return [take.holder]
    return list(found.evidence.names.parties_in(found.evidence.condition(take)))[:1]


@rule("tension.limit_and_progress", "tension")
def limit_and_progress(found: Findings) -> Iterator[Tension]:
    """One speaker in one report says both that it cannot go further and that it moves on."""
    rows = [t for issue in (*found.of_kind("prospects"), *found.of_kind("process")) for t in found.current[issue]]
    by_voice: dict[tuple[str, str], list[Take]] = defaultdict(list)
    for take in rows:
        if take.attributed:
            by_voice[take.statement.speaker, take.document].append(take)
    for _, takes in sorted(by_voice.items()):
        limit = [t for t in takes if t.statement.status in (StatusClaim.NEAR_LIMIT, StatusClaim.STALLED)]
        onward = [t for t in takes if t not in limit and (hopeful(t) or t.act is Act.COMMIT)]
        if result := tension(
            found.evidence,
            TensionKind.AMBIGUITY,
            limit,
            few(found.evidence, reversed(onward)),
            "tension.limit_and_progress",
            limit[0].issue if limit else None,
        ):
            yield result


@rule("tension.judged_two_ways", "tension")
def judged_two_ways(found: Findings) -> Iterator[Tension]:
    """One speaker judges one matter of substance well in one report and ill in another, without it being told what
    changed."""
    for issue in found.of_kind("substance"):
        by_speaker: dict[str, list[Take]] = defaultdict(list)
        for take in found.current[issue]:
            if take.attributed and take.act is Act.ASSESS and take.sign:
                by_speaker[take.statement.speaker].append(take)
        for _, takes in sorted(by_speaker.items()):
            well, ill = ([t for t in takes if t.sign == sign] for sign in (1, -1))
            ill = [t for t in ill if t.document not in {w.document for w in well}]
            if result := tension(found.evidence, TensionKind.AMBIGUITY, well, ill, "tension.judged_two_ways", issue):
                yield result


def _between_sides(take: Take) -> bool:
    """True if what is said of one matter judges where the sides are with each other."""
    return take.act in (Act.ASSERT, Act.ASSESS) and _SIDES.search(take.quote.casefold()) is not None


def _worded(take: Take) -> int:
    """What a judgement without a state or a side says by its words."""
    if take.statement.status is not None or (take.sign and take.act is Act.ASSESS):
        return 0
    return 0 if _PAST.search(take.quote.casefold()) else outlook(take.quote)


def hopeful(take: Take) -> bool:
    """True if a judgement says near, moving or settled."""
    status = take.statement.status
    return status in HOPEFUL or (status is None and take.sign > 0 and take.act is Act.ASSESS)


def gloomy(take: Take) -> bool:
    """True if a judgement says open, stuck or unlikely."""
    status = take.statement.status
    return status in GLOOMY - {StatusClaim.NEAR_LIMIT, StatusClaim.UNKNOWN} or (
        status is None and take.sign < 0 and take.act is Act.ASSESS
    )
