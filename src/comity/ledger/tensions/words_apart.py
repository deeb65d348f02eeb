"""Tensions between two voices that a report sets next to each other, whatever issue each was filed under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from comity.ledger.bounds import bounds, one_way
from comity.ledger.cells import outside_condition
from comity.ledger.evidence import GUESSES, Take
from comity.ledger.figures import renumbered
from comity.ledger.leaning import TOGETHER, beside, dated_apart, labels, leaning, points_back, same_wish, valence, who
from comity.ledger.opposites import agreeing, contrary
from comity.ledger.phrases import outlook
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import Findings, between
from comity.ledger.verdicts import counts, echoes, minds, on_record, sets_against, shuts_out, speaks_of_text
from comity.words import Act, Mode, Tension, TensionKind

_TOLD = (Act.ASSERT, Act.ASSESS, Act.ANNOUNCE)
_GIVES = (Act.ACCEPT, Act.OFFER, Act.COMMIT, Act.ANNOUNCE)
_ASKS = frozenset({Act.DEMAND, Act.REJECT, Act.CONDITION})
_AT_ONCE = 12
"""Characters at the start of a sentence in which its subject is named."""
_NEGATIVE = re.compile(r"\b(?:not|no|never|nor|neither|none|nothing|nobody|without|cannot)\b|n't\b")


@rule("tension.set_against", "tension")
def set_against(found: Findings) -> Iterator[Tension]:
    """Two voices stand next to each other in a paragraph, speak of one thing (a shared word, or the second says "it",
    "the idea"), and cannot both be followed: one is for and the other against it, they use opposite words (stay and
    leave, lawful and unlawful) or numbers or dates that do not meet, one tells what the other negates, or one finds
    hopeful what the other finds stuck. Issues do not matter: a reader may file the two under different ones. Two
    parties' stands on one issue clash if no word of agreement stands with them."""
    for takes in found.accounts.values():
        rows = [t for t in takes if _voiced(t)]
        for one, other in pairwise(rows):
            if not _two_voices(found, one, other) or not beside(found.evidence, one, other):
                continue
            if not (kind := _clash(found, one, other)):
                continue
            if result := between(found, [(one, other)], kind, "tension.set_against", other.issue):
                yield result


def _voiced(take: Take) -> bool:
    told = take.attributed or take.statement.mode is Mode.REPORTED_STANCE or take.stance
    if take.statement.mode is Mode.AUTHOR:
        told = told or minds(take.quote) or speaks_of_text(take.quote) or on_record(take.quote)
    return told and not take.told_by_another and take.statement.certainty not in GUESSES


def _clash(found: Findings, one: Take, other: Take) -> TensionKind | None:
    """How two takes clash, if they speak of one thing."""
    limits = [(b, t) for a, t in ((one, other), (other, one)) for b in bounds(a) if b.figure]
    if limits and all(t.figures and not any(b.excludes(f) for f in t.figures) for b, t in limits):
        return None
    if one_way(one, other):
        return None
    shared = {word for word in one.telling & other.telling if not word[0].isdigit()}
    back = labels(other.quote) or (points_back(other, one) and len(other.telling - other.subject) <= 2)
    if _other_number(one, other):
        return TensionKind.POSITION if one.stance and other.stance else TensionKind.SOURCE
    if not shared and not back:
        return _each_its_own(found, one, other)
    stand, judged = one.stance or other.stance, Act.ASSESS in (one.act, other.act)
    a, b = outside_condition(one), outside_condition(other)
    when = dated_apart(one, other) and (agreeing(a, b) or bool(shared - one.subject))
    if agreeing(a, b) and not when:
        return None
    if when or contrary(a, b) or (shared and renumbered(one.figures, other.figures)):
        return TensionKind.POSITION if stand else TensionKind.ASSESSMENT if judged else TensionKind.SOURCE
    if echoes(found.evidence.words(one, one.statement.passage.end, other.statement.passage.end)):
        return None
    mine, theirs = valence(found.evidence, one), valence(found.evidence, other)
    if mine * theirs < 0 and (stand or judged) and (back or len(shared) > 1 or _leans(found, one, other)):
        return TensionKind.POSITION if stand else TensionKind.ASSESSMENT
    if one.act in _TOLD and other.act in _TOLD and shared and _negated(one) != _negated(other):
        return TensionKind.SOURCE
    if outlook(one.quote) * outlook(other.quote) < 0:
        return TensionKind.ASSESSMENT
    return _each_its_own(found, one, other)


def _leans(found: Findings, one: Take, other: Take) -> bool:
    """True if both take a side, by what they say or because one names the other's party. That something will be done
    is a side only in what it shares with a stand."""
    if all(take.stance or (take.act is not Act.ASSERT and leaning(found.evidence, take)) for take in (one, other)):
        return True
    pairs = ((one, other.holder), (other, one.holder))
    return any(party in found.evidence.names.parties_in(take.quote) for take, party in pairs if party)


def _each_its_own(found: Findings, one: Take, other: Take) -> TensionKind | None:
    """A stand of each of two parties on one matter, one of which asks or refuses something, told in one breath and
    without a word of agreement: parties negotiate a matter because they stand apart on it, and a reporter who sets them
    side by side says so."""
    names = found.evidence.names
    parties = (
        one.holder and other.holder and not names.goes_between(one.holder) and not names.goes_between(other.holder)
    )
    if not parties or one.issue != other.issue or one.issue not in found.of_kind("substance"):
        return None
    if _ASKS.isdisjoint((one.act, other.act)) or not (_takes_part(found, one) and _takes_part(found, other)):
        return None
    first, last = one.statement.passage.start, other.statement.passage.end
    words = found.evidence.words(one, first, last)
    wishes = one.act is other.act is Act.DEMAND and not one.telling & other.telling and not sets_against(words)
    if wishes or (one.act is Act.DEMAND and other.act in _GIVES):  # two wishes that may both be met, or an answer
        return None
    alike = valence(found.evidence, one) * valence(found.evidence, other) > 0 and same_wish(one, other)
    if alike or (one.act in _GIVES and other.act in _GIVES):
        return None
    return None if echoes(words) else TensionKind.POSITION


def _takes_part(found: Findings, take: Take) -> bool:
    """True if a take is a stand, leans to a side, or is the article's account of what a party wants or thinks."""
    account = take.statement.mode is Mode.AUTHOR and minds(take.quote)
    return take.stance or account or bool(bounds(take)) or leaning(found.evidence, take) != 0


def _two_voices(found: Findings, one: Take, other: Take) -> bool:
    """True if two takes stand behind each other and are two parties' or persons' words, none of them joint."""
    mine, theirs = _voice(found, one), _voice(found, other)
    behind = one.statement.passage.end <= other.statement.passage.start
    if not behind or not mine or not theirs or mine == theirs:
        return False
    speakers = {t.statement.speaker for t in (one, other) if t.attributed}
    joint = any(TOGETHER.search(voice.casefold()) for voice in (mine, theirs, *speakers))
    return not joint and (len(speakers) != 1 or one.attributed != other.attributed)


def _voice(found: Findings, take: Take) -> str | None:
    """Whose word or mind a take tells: as elsewhere, or of an article's own account the party, else the text or
    picture, that it begins with."""
    if voice := who(take):
        return voice
    named = found.evidence.names.parties_in(take.quote)
    first = {party for party, places in named.items() if places and places[0][0] <= _AT_ONCE}
    if take.statement.mode is not Mode.AUTHOR:
        return None
    return first.pop() if len(first) == 1 else "the record" if on_record(take.quote) else None


def _other_number(one: Take, other: Take) -> bool:
    """True if what one asks and the other gives, or what both count, are numbers that do not meet."""
    asked = one.act is Act.DEMAND and other.act in _GIVES
    counted = one.act in _TOLD and other.act in _TOLD and one.issue == other.issue and counts(one.quote + other.quote)
    alone = len(one.figures) == len(other.figures) == 1
    return (asked or (counted and alone)) and renumbered(one.figures, other.figures)


def _negated(take: Take) -> bool:
    return _NEGATIVE.search(take.quote.casefold()) is not None or shuts_out(take.quote)
