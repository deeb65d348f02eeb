"""What makes a statement a denial, and what it is meant for: what was told right before it, or in its words."""

from __future__ import annotations

import re

from comity.ledger.cells import outside_condition
from comity.ledger.evidence import Take
from comity.ledger.labels import label_stems
from comity.ledger.leaning import NEAR, beside, gap
from comity.ledger.tensions.finding import CURRENT, Findings
from comity.ledger.wording import content
from comity.words import Act, Mode

_WISHES = (Act.DEMAND, Act.CONDITION)
_DENIAL = frozenset(content("deny dispute reject dismiss contradict refute fabrication nonsense lie invention"))
_POINTS = re.compile(
    r"^\W*(?:\w+ ){0,3}?den(?:y|ies|ied|ying) (?:this|that|it|so|such|everything|both)"
    r"(?=$|[,.;\"”’]| (?:was|is|on|and|but)\b)"
    r"|\b(?:(?:no|any) such|nothing of the (?:kind|sort)|(?:this|that|it) (?:was|is|were|never|had never))\b"
    r"|^\W*(?:nonsense|untrue|not so|not true)\b"
)
"""A denial that only points to what was told before it."""
_THEIRS = re.compile(r"\b(?:its|their|his|her|them|it|this|that|so)\b")
_TELLS_OF = re.compile(r"\b(?:accus|claim|alleg|report|blam|charg|suggest|put|said|says|told|count)\w*")
"""The article's own words that tell what somebody holds to be true."""
_REPORTED = re.compile(
    r"\bden\w+ (?:[\w'’.-]+ ){0,3}?(?:reports?|claims?|allegations?|accusations?|suggestions?|rumou?rs?)\b"
)
TOLD_AND_DENIED = re.compile(
    r",? an? (?:charge|claim|accusation|allegation|suggestion|assertion|report) .{1,60}?"
    r"\b(?:reject|den(?:y|ie)|dismiss|disput|play|brush)\w*"
)
"""In apposition to what a quote tells: it was denied, by somebody else."""
_CONTRADICTS = re.compile(
    r"\b(?:disput(?:e[sd]?|ing) (?:the|that|this|it)|contradict\w*|den(?:y|ies|ied)|distanc(?:e[sd]?|ing)|"
    r"disagree[sd]?|"
    r"not what (?:we|others|\w+) (?:hear|say)s?|tells? (?:a|another|it) (?:different|story|differently)|"
    r"begs? to differ|not according to|not so|"
    r"tells? it differently|saw it differently|rebuff\w*|pushed back)\b"
)
DISPUTED_FIGURE = re.compile(
    r"\b(?:disput|den(?:y|ie)|contradict|reject|challeng|question)\w* (?:the|that|this|these|those|such|both) (?:\w+ )?"
    r"(?:figures?|numbers?|counts?|totals?|sums?|estimates?)\b"
)
_OPENING = 24
"""Characters at the start of a passage in which its own cue may stand ("denied last week that …")."""
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:e[sd]?|ing)|contradict\w*|dismiss\w*|refut\w*|rebut\w*|disavow\w*|"
    r"distanc(?:e[sd]?|ing)|challeng(?:e[sd]?|ing)|"
    r"reject(?:s|ed)? (?:the|that) (?:claim|report|account|version|figure))\b"
)
_NO_SUCH = re.compile(
    r"\b(?:no such|(?:is|are|was|were)(?: not|n't) (?:true|correct|so)|untrue|false(?:ly)?|nonsense|fabricat\w+|"
    r"invent(?:ed|ions?)|baseless|unfounded|groundless|fiction|lies?|lying|misquoted|misrepresent\w+|misread|"
    r"the (?:accusation|charge|claim|allegation|suggestion|assertion|rumou?r)s? (?:was|is|were|are)"
    r"(?! (?:true|right|correct|fair|accurate|known)\b)|"
    r"(?:accepted|agreed|offered|promised|signed|said|asked for|paid) nothing|"
    r"nothing (?:has|had|was|is) (?:been )?\w+(?:ed|en)|"
    r"knew nothing|has no knowledge|nothing to do with|"
    r"never (?:said|agreed|offered|accepted|promised|asked|proposed|issued|mentioned|named|discussed|received|signed|"
    r"told|made|gave)|no (?:\w+ ){1,2}(?:has|have|had|was|were) (?:yet |ever )?(?:been )?\w+(?:ed|en|ne|de|xed)|"
    r"received none|no \w+ and no \w+|"
    r"nothing of the (?:kind|sort)|not an? (?:offer|agreement|promise|deal)|issued no|made no (?:such|offer|promise)|"
    r"no (?:agreement|offer|promise|instructions?|deal|plans?)|"
    r"did(?: not|n't) (?:say|agree to|offer|accept|promise|propose))\b"
)


def denies(found: Findings, take: Take) -> bool:
    """True if a take denies something, by the word for telling it or by its own words."""
    if take.statement.mode is Mode.AUTHOR or take.act not in (Act.ASSERT, Act.ASSESS, Act.REJECT, Act.ANNOUNCE):
        return False
    cues = " ".join(found.evidence.words(take, *span) for span in take.statement.cue).casefold()
    start = take.quote.casefold()[:_OPENING]
    if TOLD_AND_DENIED.search(take.quote.casefold()):
        return False
    told = outside_condition(take).casefold()
    if DISPUTED_FIGURE.search(told) and not take.figures:
        return False
    return bool(_DENIES.search(cues) or _DENIES.search(start) or _NO_SUCH.search(told))


def meant_by(found: Findings, told: list[Take], denial: Take) -> list[Take]:
    """What a denial is meant for: what other voices have told at about the time in shared words; else what was told
    right before it, or by the next voice after it; else what it names in brief ("has accepted nothing")."""
    others = [t for t in told if abs(t.when - denial.when) <= CURRENT and not same_voice(found, t, denial)]
    if said := _told_within(found, denial):
        return said
    own = denial.telling - label_stems() - _DENIAL
    points = _POINTS.search(denial.quote.casefold()) or not own
    last = _last_before(found, denial)
    close = last is not None and beside(found.evidence, last, denial)
    if last and close and not same_voice(found, last, denial) and (points or last.telling & denial.telling):
        return [last]
    rows = found.accounts.get(denial.document, ())
    after = [t for t in rows if _next_voice(found, denial, t) and _of_the_denier(found, t, denial)]
    worded = [t for t in others if _in_its_words(t, denial)]
    if worded:
        return list(dict.fromkeys([*worded, *after]))
    if last and (points or (close and (len(own) <= 1 or last.stems & denial.stems))):
        return [] if same_voice(found, last, denial) else [last]
    if after or found.evidence.agenda.proposed:
        return after
    return [t for t in others if len(denial.telling - denial.subject) <= 1 and t.stems & denial.stems]


def _in_its_words(told: Take, denial: Take) -> bool:
    shared = (told.telling & denial.telling) - label_stems()
    if len(shared) >= 2:
        return True
    return bool(shared - told.subject) and told.act not in _WISHES


def _last_before(found: Findings, denial: Take) -> Take | None:
    """What was told last, close before a denial, facts included; the denier's own denials are skipped."""
    start = denial.statement.passage.start
    for take in reversed(found.accounts.get(denial.document, ())):
        if take.statement.passage.end > start or take.act is Act.DECLINE_TO_SAY:
            continue
        if gap(take, denial) > NEAR:
            return None
        if same_voice(found, take, denial) and denies(found, take):
            continue
        if take.statement.mode is Mode.AUTHOR and not _TELLS_OF.search(take.quote.casefold()):
            return None
        return take
    return None


def _told_within(found: Findings, denial: Take) -> list[Take]:
    """What a denial itself tells that it denies ("denied a report by the Lantern that …")."""
    first, last = denial.statement.passage.start, denial.statement.passage.end
    if not _REPORTED.search(denial.quote.casefold()):
        return []
    rows = [t for t in found.accounts.get(denial.document, ()) if first < t.statement.passage.start <= last + _OPENING]
    return [t for t in rows if t.attributed and t.statement.speaker != denial.statement.speaker]


def _of_the_denier(found: Findings, told: Take, denial: Take) -> bool:
    """True if another voice tells something of the denier, or in the denial's words."""
    if same_voice(found, told, denial) or told.act in _WISHES:
        return False
    mine = {party for party in (denial.holder, denial.speaker) if party}
    named = mine & set(found.evidence.names.parties_in(told.quote))
    return bool(named or told.stems & denial.stems or _THEIRS.search(told.quote.casefold()))


def _next_voice(found: Findings, denial: Take, told: Take) -> bool:
    """True if the next voice in the paragraph of a denial tells it ("A denies it; B says …")."""
    end, start = denial.statement.passage.end, told.statement.passage.start
    rows = found.accounts.get(denial.document, ())
    return (
        start >= end
        and beside(found.evidence, told, denial)
        and not any(end <= t.statement.passage.start < start for t in rows)
    )


def same_voice(found: Findings, one: Take, other: Take) -> bool:
    """True if one source, or one party, tells both."""
    if found.evidence.source(one) == found.evidence.source(other):
        return True
    mine, theirs = (_party(found, t) for t in (one, other))
    return mine is not None and mine == theirs


def _party(found: Findings, take: Take) -> str | None:
    """The party whose word a take is: that of its speaker, also where only the description tells it."""
    if not take.attributed:
        return take.holder
    return take.speaker or next(iter(found.evidence.names.parties_in(take.statement.speaker)), None)


def contradicts(found: Findings, one: Take, other: Take) -> bool:
    """True if the report says, between two takes, that the second disputes or contradicts the first."""
    end, start = one.statement.passage.end, other.statement.passage.start
    words = found.evidence.words(one, end, start)
    cue = _CONTRADICTS.search(words.casefold())
    if cue is None or words.strip().count("\n\n") > 1:
        return False
    at = end + cue.start()
    told = (t.statement.passage for t in found.accounts.get(other.document, ()))
    return not any(p.start <= at < p.end for p in told)  # another voice's denial
