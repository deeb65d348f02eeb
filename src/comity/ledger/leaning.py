"""How a statement leans, for or against what it speaks of, and what ties two statements to one thing."""

from __future__ import annotations

import re

from comity.ledger.cells import outside_condition
from comity.ledger.evidence import Evidence, Take
from comity.ledger.figures import renumbered
from comity.ledger.opposites import contrary, lessens
from comity.ledger.phrases import unnegated
from comity.ledger.verdicts import disapproves, finds_good, insists, shuts_out, welcomes
from comity.ledger.wording import moments
from comity.words import Act, Mode

NEAR = 300
"""Characters within which words that point back ("it", "that") mean what was said before them."""
_POINTS = re.compile(r"\b(?:it|that|this|them|so|such|those|neither)\b")
_AGAINST = re.compile(
    r"\b(?:oppos(?:es?|ed|ing)|object(?:s|ed|ing)|against|dismiss(?:es|ed|ing)|reject(?:s|ed|ing)|denounc(?:es?|ed|ing)"
    r"|condemn(?:s|ed|ing)|scoff(?:s|ed|ing)|ridicul(?:es?|ed|ing)|resist(?:s|ed|ing)|balk(?:s|ed|ing)|unimpressed)\b"
)
TOGETHER = re.compile(r"\b(?:two|both|sides|parties|leaders|delegations|governments|neighbours|communique)\b")
"""In the name of a voice: several parties speak together."""
_LABELS = re.compile(
    r"\b(?:call|describ|label|brand|term|dub|portray)\w* (?:it|this|that|(?:the|such a|his|her|its|their) (?:\w+ )?"
    r"(?:ideas?|proposals?|offers?|demands?|plans?|calls?|drafts?|requests?|terms|papers?|texts?|deals?|accords?))\b"
    r"|\b(?:call|describ|label|brand|dub)(?:s|ed|es)? (?!on |for |off |upon )(?:[\w'-]+ ){1,4}?"
    r"(?:as )?(?:a|an|the|one) \w+"
)
_NOT_DISCUSSED = re.compile(
    r"(?:\b(?:not|never)|n't|\brefus\w+ to|\bdeclin\w+ to) (?:even )?(?:discuss|negotiate|talk about|consider)\b"
)
_WILL = re.compile(
    r"\b(?:will|would|shall|can)\b(?! (?:not|never|only)\b)|\b(?:must|should|has to|have to)\b(?! not\b)"
    r"|\b(?:imperative|indispensable|essential|a must)\b"
)
_CONTRAST = re.compile(
    r"\b(?:rather|instead|prefer(?:s|red)?|nothing (?:more|but|except)|no (?:more|less|fewer|longer) than|not more|"
    r"at (?:most|least)|merely|not .{1,40} but)\b"
)
_THREAT = re.compile(r"\b(?:threaten(?:s|ed|ing)?|warn(?:s|ed|ing)?|vow(?:s|ed|ing)? to)\b")
_TURNS = re.compile(r"\b(?:but|although|though|while|and|yet|not|n't)\b|;")
_DENIED = re.compile(r"^\W*(?:\w+ ){0,4}?(?:den(?:y|ies|ied|ying)|disput(?:e[sd]?|ing)|refut(?:e[sd]?|ing))\b")
_TOLD = (Act.ASSERT, Act.ASSESS)
_LEAD = 80
"""Characters between who speaks and what is said that still tell how it is said."""


def who(take: Take) -> str | None:
    """Whose stand a take tells: a party, else who holds or says it; None for the article's own words."""
    s = take.statement
    if take.holder:
        return take.holder
    if s.mode is Mode.AUTHOR:
        return s.holder if take.act is Act.REJECT else None
    return s.holder or (s.speaker if take.attributed else None)


def leaning(evidence: Evidence, take: Take) -> int:
    """For (+1), against (-1) or neither (0): by the reader's word, else by words that turn something down or find it
    good enough, or by how the report introduces them ("is opposed, arguing that …"). Who calls another's idea a name
    without praise is against it, as is a party that will not discuss something, and who threatens something if it
    comes. A refusal of anything without it is for it, and so is a condition ("not unless"). To deny what others tell is
    neither."""
    if take.act is Act.REJECT and insists(take.quote):
        return 1
    if take.act is Act.CONDITION:
        return 1
    if take.act is Act.COMMIT and take.conditional and _THREAT.search(take.quote.casefold()):
        return -1
    cues = " ".join(evidence.words(take, *span) for span in take.statement.cue)
    if take.act in _TOLD and (_DENIED.search(take.quote.casefold()) or _DENIED.search(cues.casefold())):
        return 0
    if take.act is Act.DECLINE_TO_SAY and _NOT_DISCUSSED.search(take.quote.casefold()):
        return -1
    if take.sign or take.act not in _TOLD:
        return take.sign
    if disapproves(take.quote) or shuts_out(take.quote) or _AGAINST.search(_introduced(evidence, take)):
        return -1
    if take.attributed and (welcomes(take.quote) or finds_good(take.quote)):
        return 1
    return -int(labels(take.quote) or (take.attributed and labels(_introduced(evidence, take) + take.quote)))


def labels(text: str) -> bool:
    """True if `text` gives a name to what somebody else wants or said.

    >>> labels("called the idea a gift to smugglers"), labels("does not call it anything")
    (True, False)
    """
    return unnegated(_LABELS, text)


def _introduced(evidence: Evidence, take: Take) -> str:
    """The words between who speaks and what is said, unless they turn to something else ("refused, but said that")."""
    start = take.statement.passage.start
    before = [last for _, last in take.statement.source if 0 <= start - last <= _LEAD]
    words = evidence.words(take, max(before), start).casefold() if before else ""
    return "" if _TURNS.search(words) else words


def gap(one: Take, other: Take) -> int:
    """Characters between two takes of one report; very many if they are of two."""
    first, last = sorted((one.statement.passage, other.statement.passage), key=lambda p: p.start)
    return max(0, last.start - first.end) if first.document == last.document else 1 << 30


def points_back(take: Take, before: Take) -> bool:
    """True if a take stands close behind another one and says "it" or "that", or nothing, of what it is about."""
    behind = take.statement.passage.start >= before.statement.passage.end
    near = behind and gap(before, take) <= NEAR
    return near and (not take.telling - take.subject or _POINTS.search(take.quote.casefold()) is not None)


def beside(evidence: Evidence, one: Take, other: Take) -> bool:
    """True if two takes stand close to each other in one paragraph: a reporter sets what is contrary side by side."""
    if gap(one, other) > NEAR:
        return False
    first, last = sorted((one.statement.passage, other.statement.passage), key=lambda p: p.start)
    return first.end > last.start or "\n" not in evidence.words(one, first.end, last.start)


def tied(evidence: Evidence, one: Take, other: Take) -> bool:
    """True if two takes on one issue speak of one thing: they share a telling word, stand beside each other, or the
    later points back to the earlier."""
    if one.telling & other.telling or beside(evidence, one, other):
        return True
    return points_back(one, other) or points_back(other, one)


def dated_apart(one: Take, other: Take) -> bool:
    """True if two takes name months, days or years and none of them alike."""
    mine, theirs = moments(one.quote), moments(other.quote)
    return bool(mine and theirs) and not mine & theirs


def same_wish(one: Take, other: Take) -> bool:
    """True if two wishes share most of what they say beside the subject, and no number sets them apart."""
    mine, theirs = one.telling - one.subject, other.telling - other.subject
    if renumbered(one.figures, other.figures) or contrary(one.quote, other.quote) or dated_apart(one, other):
        return False
    if contrasts(one) or contrasts(other):
        return False
    return bool(mine and theirs) and 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def valence(evidence: Evidence, take: Take) -> int:
    """For or against the thing that a take speaks of: who wants it ended is against it, who will not have it ended is
    for it. What a party says will be done, it is for. A state of things that it tells is no stand."""
    told = take.act in _TOLD
    lean = 0 if told and take.statement.polarity is None and take.sign else leaning(evidence, take)
    if not lean and told and take.holder and _WILL.search(take.quote.casefold()):
        lean = 1
    return -lean if lessens(outside_condition(take)) else lean


def contrasts(take: Take) -> bool:
    """True if a take sets what it says against something else ("rather", "nothing more than", "at most")."""
    return _CONTRAST.search(take.quote.casefold()) is not None
