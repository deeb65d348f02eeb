"""Tensions between an account and its denial, wherever they stand: a denial answers what was said before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from comity.ledger.cells import outside_condition
from comity.ledger.evidence import GUESSES, Take
from comity.ledger.figures import renumbered
from comity.ledger.labels import label_stems
from comity.ledger.leaning import NEAR, beside, gap, who
from comity.ledger.rulebook import rule
from comity.ledger.tensions.finding import CURRENT, Findings, between
from comity.ledger.wording import content
from comity.words import Act, Mode, Tension, TensionKind

_COMPARED = 12
_WISHES = (Act.DEMAND, Act.CONDITION)
_DENIAL = frozenset(content("deny dispute reject dismiss contradict refute fabrication nonsense lie invention fiction"))
_POINTS = re.compile(
    r"^\W*(?:\w+ ){0,3}?den(?:y|ies|ied|ying) (?:this|that|it|so|such|everything|both)(?=$|[,.;\"”’]| (?:was|is|on|and|but)\b)"
    r"|\b(?:(?:no|any) such|nothing of the (?:kind|sort)|(?:this|that|it) (?:was|is|were|never|had never))\b"
    r"|^\W*(?:nonsense|untrue|not so|not true)\b"
)
"""A denial that only points to what was told before it."""
_THEIRS = re.compile(r"\b(?:its|their|his|her|them|it|this|that|so)\b")
_TELLS_OF = re.compile(r"\b(?:accus|claim|alleg|report|blam|charg|suggest|put|said|says|told|count)\w*")
"""The article's own words that tell what somebody holds to be true."""
_REPORTED = re.compile(r"\bden\w+ (?:[\w'’.-]+ ){0,3}?(?:reports?|claims?|allegations?|accusations?|suggestions?|rumou?rs?)\b")
TOLD_AND_DENIED = re.compile(
    r",? an? (?:charge|claim|accusation|allegation|suggestion|assertion|report) .{1,60}?"
    r"\b(?:reject|den(?:y|ie)|dismiss|disput|play|brush)\w*"
)
"""In apposition to what a quote tells: it was denied, by somebody else."""
_STOP = re.compile(r"[.!?]|\n")
_FIGURE = re.compile(
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
_CONTRADICTS = re.compile(
    r"\b(?:disput(?:e[sd]?|ing) (?:the|that|this|it)|contradict\w*|den(?:y|ies|ied)|distanc(?:e[sd]?|ing)|"
    r"disagree[sd]?|"
    r"not what (?:we|others|\w+) (?:hear|say)s?|tells? (?:a|another|it) (?:different|story|differently)|"
    r"begs? to differ|not according to|not so|"
    r"tells? it differently|saw it differently|rebuff\w*|pushed back)\b"
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
    r"told|made|gave)|no (?:\w+ ){1,2}(?:has|have|had|was|were) (?:yet |ever )?(?:been )?\w+(?:ed|en|ne|de|xed)|received none|no \w+ and no \w+|"
    r"nothing of the (?:kind|sort)|not an? (?:offer|agreement|promise|deal)|issued no|made no (?:such|offer|promise)|"
    r"no (?:agreement|offer|promise|instructions?|deal|plans?)|"
    r"did(?: not|n't) (?:say|agree to|offer|accept|promise|propose))\b"
)


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
            meant = _meant(found, told, denial)
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
    return first.end, max(first.end, last.start)


def _tells(take: Take) -> bool:
    return take.act is not Act.DECLINE_TO_SAY and take.sign >= 0 and take.statement.certainty not in GUESSES


def denies(found: Findings, take: Take) -> bool:
    if take.statement.mode is Mode.AUTHOR or take.act not in (Act.ASSERT, Act.ASSESS, Act.REJECT, Act.ANNOUNCE):
        return False
    cues = " ".join(found.evidence.words(take, *span) for span in take.statement.cue).casefold()
    start = take.quote.casefold()[:_OPENING]
    if TOLD_AND_DENIED.search(take.quote.casefold()):
        return False
    told = outside_condition(take).casefold()
    if _FIGURE.search(told) and not take.figures:
        return False
    return bool(_DENIES.search(cues) or _DENIES.search(start) or _NO_SUCH.search(told))


def _meant(found: Findings, told: list[Take], denial: Take) -> list[Take]:
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
    """What was told last, close before a denial, in the report, facts included; the denier's own denials are skipped."""
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
    if found.evidence.source(one) == found.evidence.source(other):
        return True
    mine, theirs = (_party(found, t) for t in (one, other))
    return mine is not None and mine == theirs


def _party(found: Findings, take: Take) -> str | None:
    """The party whose word a take is: that of its speaker, also where only the description tells it."""
    if not take.attributed:
        return take.holder
    return take.speaker or next(iter(found.evidence.names.parties_in(take.statement.speaker)), None)


def _disputed(found: Findings, before: list[Take], other: Take) -> list[Take]:
    """What the words before a take say that it disputes ("disputes the figure"): on its issue, the other numbers that
    another voice has told in the report."""
    start = other.statement.passage.start
    words = found.evidence.words(other, max(0, start - NEAR), start).rpartition("\n")[2]
    if not other.figures or not _FIGURE.search(words.casefold()):
        return []
    told = [t for t in before if t.issue == other.issue and t.attributed and not same_voice(found, t, other)]
    return [t for t in told if renumbered(t.figures, other.figures)]


def _contradicts(found: Findings, one: Take, other: Take) -> bool:
    """True if the report says, between the words of two voices, that the second disputes or contradicts the first."""
    if not other.attributed or same_voice(found, one, other) or not 0 <= gap(one, other) <= NEAR:
        return False
    end, start = one.statement.passage.end, other.statement.passage.start
    words = found.evidence.words(one, end, start)
    cue = _CONTRADICTS.search(words.casefold())
    if cue is None or words.strip().count("\n\n") > 1:
        return False
    at = end + cue.start()
    told = (t.statement.passage for t in found.accounts.get(other.document, ()))
    return not any(p.start <= at < p.end for p in told)  # another voice's denial
