"""Tensions between a word and its answer: a voice takes up by a noun what another has said, and turns it down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.ledger.evidence import GUESSES, Take
from comity.ledger.labels import Label, label_before, label_opening, label_stems, labels_in
from comity.ledger.leaning import gap, leaning
from comity.ledger.rulebook import rule
from comity.ledger.tensions.denying import denies, same_voice
from comity.ledger.tensions.finding import Findings, between
from comity.ledger.verdicts import disapproves, dismisses
from comity.words import Mode, Tension, TensionKind

_REACH = 600
"""Characters before an answer in which what it answers was said; no more than one paragraph is skipped."""
_LEAD = 60
"""Characters before a passage in which a noun in apposition ("a demand that") or its introduction stands."""
_COUNTS = frozenset(["figure", "number", "total", "toll", "estimate"])
_NOT_TRUE = re.compile(
    r"\b(?:inaccurate|incorrect|wrong|flawed|invention|no truth|exaggerat\w+|not aware of|reject\w*|dismiss\w*"
    r"|disput\w+|den(?:y|ies|ied)|challeng\w+|contradict\w*|play\w* down|brush\w* (?:off|aside)|scoff\w*|absurd"
    r"|ridicul\w+|baseless|unfounded|wishful|fabricat\w+)\b"
)


@rule("tension.answered", "tension")
def answered(found: Findings) -> Iterator[Tension]:
    """A voice takes up by a noun what another has said shortly before it in the report ("the demand", "Northland's
    offer", "no such agreement", "a charge that … denies"), and turns it down or denies it. The noun tells what kind of
    word is meant, a name before it whose; else it is the last of that kind, or the one with which it shares words."""
    for takes in found.accounts.values():
        for number, answer in enumerate(takes):
            guess = answer.statement.certainty in GUESSES and not answer.attributed
            if guess or not (labels := _labels(found, answer)):
                continue
            if not _turns_down(found, answer):
                continue
            for label in labels:
                if label.claim and not (denies(found, answer) or _NOT_TRUE.search(answer.quote.casefold())):
                    continue
                if meant := _meant(found, takes[:number], answer, label):
                    stands = meant.stance and not label.claim
                    kind = TensionKind.POSITION if stands else TensionKind.SOURCE
                    if result := between(found, [(meant, answer)], kind, "tension.answered", answer.issue):
                        yield result
                    break


def _labels(found: Findings, take: Take) -> list[Label]:
    start = take.statement.passage.start
    before = found.evidence.words(take, max(0, start - _LEAD), start).rpartition("\n")[2]
    opening = label_before(before) or label_opening(take.quote)
    if opening:
        return [opening]
    return [] if take.statement.mode is Mode.AUTHOR else labels_in(take.quote)


def _turns_down(found: Findings, take: Take) -> bool:
    plain = take.quote.casefold()
    against = leaning(found.evidence, take) < 0 or denies(found, take) or disapproves(take.quote)
    return against or _NOT_TRUE.search(plain) is not None


def _meant(found: Findings, before: list[Take], answer: Take, label: Label) -> Take | None:
    """What a label of an answer means among what was said before it."""
    named = set(found.evidence.names.parties_in(label.of)) - {answer.holder}
    rows = []
    for take in reversed(before):
        if gap(take, answer) > (_REACH if label.of else _LEAD) or _paragraphs(found, take, answer) > 1:
            break
        if take.act not in label.acts and not label.stem <= take.stems:
            continue
        own = same_voice(found, take, answer)
        report = label.claim and take.attributed and not dismisses(answer.quote)  # told of its own party by another
        same = own and not (report and take.statement.speaker != answer.statement.speaker)
        if same or (named and not _of(take) & named):
            continue
        if take.statement.passage.end > answer.statement.passage.start or denies(found, take):
            continue
        if label.noun in _COUNTS and not take.figures:
            continue
        if take.attributed or take.stance:
            rows.append(take)
    mine = answer.telling - label_stems()
    return max(rows[:4], key=lambda t: (label.stem <= t.stems, len(t.telling & mine)), default=None)


def _of(take: Take) -> set[str]:
    return {party for party in (take.holder, take.speaker) if party}


def _paragraphs(found: Findings, one: Take, other: Take) -> int:
    first, last = sorted((one.statement.passage, other.statement.passage), key=lambda p: p.start)
    return found.evidence.words(one, first.end, max(first.end, last.start)).strip().count("\n\n")
