"""Tensions that a reporter sets out by placing two voices side by side, whatever their words and issues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from comity.ledger.bounds import one_way
from comity.ledger.cells import outside_condition
from comity.ledger.evidence import GUESSES, Take
from comity.ledger.figures import renumbered
from comity.ledger.leaning import TOGETHER, beside, dated_apart, gap, leaning, same_wish, who
from comity.ledger.opposites import contrary
from comity.ledger.phrases import agrees, outlook, unsettled
from comity.ledger.rulebook import rule
from comity.ledger.tensions.denying import TOLD_AND_DENIED, same_voice
from comity.ledger.tensions.finding import Findings, between
from comity.ledger.verdicts import disapproves, echoes, sets_against, shuts_out
from comity.words import Act, Mode, StatusClaim, Tension, TensionKind

_WANTS = frozenset({Act.DEMAND, Act.OFFER, Act.CONDITION, Act.COMMIT, Act.ANNOUNCE})
_TOLD = frozenset({Act.ASSERT, Act.ASSESS, Act.ANNOUNCE})
_GATE = re.compile(
    r"\b(?:until|unless|before|only (?:after|once|when|if)|as long as|while"
    r"|first(?=$|[,.;\"”’]| (?:and|but|if|before)\b)|must first|(?<!not be a )(?<!not a )precondition|in advance"
    r"|without (?:any )?(?:pre-?)?(?:conditions?|waiting))\b"
)
_DATED = re.compile(
    r"\b(?:until|before|by) (?:the )?(?:end of |start of |early |late |mid-|next |this )?"
    r"(?:\d|january|february|march|april|may|june|july|august|september|october|november|december|christmas|easter"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|year|summer|autumn|winter|spring|midnight|dawn)"
)
_NOT = re.compile(r"\b(?:not|never|no)\b|n't\b")
_BINDS = re.compile(
    r"\b(?:not|never|no|only|must|cannot|demand\w*|precondition|insist\w*|without|first(?=$|[,.;\"”’]))\b|n't\b"
)
_HOLDS_TO = re.compile(
    r"\b(?:only|alone|nothing but|must (?:first|remain|stay)|(?:will|would|to) (?:remain|stay|continue|go ahead)"
    r"|as planned|no (?:money|room|exceptions?|extensions?|alternative|need|right)|not part of|would be enough"
    r"|(?:has|have|had) (?:no|nothing))\b"
)
_SCORN = re.compile(r"^\W*(?:that|this|it|these|they|those)(?:'s| (?:is|was|are|were|would be)) ")
_APPEAL = re.compile(r"\b(?:urg(?:e[sd]?|ing)|call(?:s|ed|ing)? (?:on|for)|appeal(?:s|ed|ing)?|welcom\w+)\b")
_ONLY = re.compile(
    r"\bonly (?:\w+ ){0,5}?acceptable\b|\b(?:accept|agree to|support)\w* only\b|\bonly (?:accept|agree|support)\w*"
)
"""Words of agreement that shut out more than they let in."""
_NEXT = 450
"""Characters between two terms each of which is made to wait for the other."""


@rule("tension.gates_crossed", "tension")
def gates_crossed(found: Findings) -> Iterator[Tension]:
    """Two voices next to each other each make what they would do wait for something ("not until they withdraw", "only
    after a treaty", "sanctions first"): who goes first is at issue, whatever their words."""
    for takes in found.accounts.values():
        rows = [t for t in takes if _speaks(t) and _gated(t)]
        for one, other in pairwise(rows):
            if not _two(found, one, other) or gap(one, other) > _NEXT or _paragraphs(found, one, other) > 1:
                continue
            if same_wish(one, other) or echoes(_amid(found, one, other)) or not _meet(found, one, other):
                continue
            if result := between(found, [(one, other)], TensionKind.POSITION, "tension.gates_crossed", other.issue):
                yield result


def _meet(found: Findings, one: Take, other: Take) -> bool:
    """True if one of two terms refuses something, or they share a word, or one names the other's party."""
    if one.telling & other.telling or any(t.act is Act.REJECT or _NOT.search(t.quote.casefold()) for t in (one, other)):
        return True
    pairs = ((one, other.holder), (other, one.holder))
    return any(party in found.evidence.names.parties_in(t.quote) for t, party in pairs if party)


def _gated(take: Take) -> bool:
    """True if a take makes something wait for something else; a date is no term."""
    if take.act is Act.CONDITION:
        return True
    gate = _GATE.search(_DATED.sub(" ", take.quote.casefold())) is not None
    return gate and take.act is not Act.ACCEPT and _BINDS.search(take.quote.casefold()) is not None


@rule("tension.side_by_side_stands", "tension")
def stands_beside(found: Findings) -> Iterator[Tension]:
    """One voice wants, offers or tells something, and the next in the paragraph shuts a door on it, holds to what it
    has ("only", "as planned", "would remain"), scorns it ("that is a joke"), or finds far what the first finds near, or
    open what the first finds settled. They may share no word: the reporter answers the one with the other."""
    for takes in found.accounts.values():
        rows = [t for t in takes if _speaks(t)]
        for one, other in pairwise(rows):
            if not _two(found, one, other) or gap(one, other) > _NEXT or _paragraphs(found, one, other) > 1:
                continue
            kind = _answer(found, one, other) if beside(found.evidence, one, other) else _open(one, other)
            if kind and (result := between(found, [(one, other)], kind, "tension.side_by_side_stands", other.issue)):
                yield result


def _answer(found: Findings, one: Take, other: Take) -> TensionKind | None:
    if _open(one, other):
        return TensionKind.STATUS
    if _prospect(one) * _prospect(other) < 0:
        return TensionKind.ASSESSMENT
    if _SCORN.search(other.quote.casefold()) and disapproves(other.quote):
        return TensionKind.POSITION if one.stance else TensionKind.ASSESSMENT
    words = _ONLY.sub(" ", _amid(found, one, other).casefold())
    if one.act not in _WANTS or one.sign <= 0 or echoes(words) or _APPEAL.search(words):
        return None
    plain = outside_condition(other).casefold()
    if TOLD_AND_DENIED.search(plain) or one_way(one, other):
        return None
    shut = leaning(found.evidence, other) < 0 or shuts_out(other.quote)
    holds = _HOLDS_TO.search(plain) is not None and other.act is not Act.ACCEPT
    return TensionKind.POSITION if shut or holds or _counters(found, one, other) else None


def _open(one: Take, other: Take) -> TensionKind | None:
    """If one voice tells as settled what the next finds open."""
    settled = one.statement.status in (StatusClaim.AGREED, StatusClaim.CLAIMED_AGREED) or agrees(one.quote)
    told = one.act in (*_TOLD, Act.ACCEPT) and one.attributed and other.attributed and other.act is not Act.REJECT
    return TensionKind.STATUS if settled and told and unsettled(other.quote) else None


def _counters(found: Findings, one: Take, other: Take) -> bool:
    """True if a wish is followed by what another puts forward instead: an offer, or a wish of its own."""
    if one.act is not Act.DEMAND or other.act not in (Act.DEMAND, Act.OFFER) or same_wish(one, other):
        return False
    lead = found.evidence.words(one, max(0, one.statement.passage.start - 40), one.statement.passage.end)
    lead = lead.casefold()
    if other.act is Act.DEMAND and not (
        sets_against(_amid(found, one, other))
        or renumbered(one.figures, other.figures)
        or dated_apart(one, other)
        or contrary(one.quote, other.quote)
    ):
        return False  # two wishes, which may both be met
    return not _APPEAL.search(lead) and not TOGETHER.search(lead) and not other.conditional


def _prospect(take: Take) -> int:
    return outlook(take.quote) if take.act in _TOLD or take.act is Act.DEMAND else 0


def _speaks(take: Take) -> bool:
    told = take.attributed or take.statement.mode is Mode.REPORTED_STANCE
    opinion = take.statement.certainty in GUESSES and not take.attributed
    return told and not opinion and not take.told_by_another and take.act is not Act.DECLINE_TO_SAY


def _two(found: Findings, one: Take, other: Take) -> bool:
    """True if two voices speak one behind the other, none of them for both."""
    mine, theirs = who(one), who(other)
    if not mine or not theirs or mine == theirs or same_voice(found, one, other):
        return False
    behind = one.statement.passage.end <= other.statement.passage.start
    return behind and not any(TOGETHER.search(voice.casefold()) for voice in (mine, theirs))


def _amid(found: Findings, one: Take, other: Take) -> str:
    return found.evidence.words(one, one.statement.passage.end, other.statement.passage.end)


def _paragraphs(found: Findings, one: Take, other: Take) -> int:
    amid = found.evidence.words(one, one.statement.passage.end, other.statement.passage.start)
    return amid.count("\n\n")
