"""How likely each part of a statement is right: a few things that can be seen, and what they were worth.

Of a finished statement it is noted what kind of words name the speaker, how the statement is reported, which act it is
taken for and how long it is. Each such feature has a weight for each part, in log-odds (logistic regression). The
weights lie in ``chances.json``; ``python -m training.chances`` fits them on statements that people judged by hand, and
those of the time (`comity.reading.time_chances`) on time expressions that people annotated.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from comity.reading.attribution import Attribution
from comity.reading.time_chances import noted as noted_of_time
from comity.reading.time_context import is_narrative
from comity.words import AUTHOR, Act, Certainty, Chances, Mode, Span, Statement, TimeMention

FILE = Path(__file__).with_name("chances.json")
PARTS = ("words", "speaker", "holder", "act", "issue")
TIME = "time"
"""The part that is known of statements with a time expression only, and has other weights."""
LONG, SHORT = 240, 40
"""Characters of a passage."""
_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "we", "i", "who", "which", "this", "that", "both", "all", "one", "another"}
)
_PLAIN_ACTS = frozenset({Act.ASSERT, Act.ASSESS, Act.ANNOUNCE})
"""Acts taken where nothing asks for a stronger one: they are confused with one another most."""

_ENDS = (".", "!", "?", '"', "”")
_MARKS = re.compile('["“”]')
_SIGNS = {
    "negated": re.compile(r"\b(?:not|no|never|neither|nor|without)\b|n['’]t\b", re.I),
    "conditional": re.compile(r"\b(?:if|unless|provided|until|once|only)\b", re.I),
    "modal": re.compile(r"\b(?:would|could|might|may|should|must|will|can)\b", re.I),
    "leans on others": re.compile(r"\b(?:he|she|they|it|we|i)\b", re.I),
}
"""Words of a passage that go with a doubtful issue: what it is about often stands elsewhere."""

Features = Mapping[str, frozenset[str]]
"""Of each part, what was noted."""


def features(s: Statement, text: str) -> Features:
    """What can be seen of each part of a statement in `text`.

    >>> from comity.words import Passage
    >>> s = Statement("d#1", Passage("d", 8, 26, "boats would return"), Mode.INDIRECT, "Aldermark", Act.COMMIT,
    ...     holder="Aldermark", source=((0, 2),))
    >>> sorted(features(s, "He said boats would return")["speaker"])
    ['by pronoun', 'indirect']
    """
    named = _named(s, text)
    size = len(s.passage.quote)
    length = {"long"} if size > LONG else {"short"} if size < SHORT else set()
    speaker = {named, s.mode.value} | ({"through others"} if len(s.chain) > 2 else set())
    whose = "own" if s.holder == s.speaker else "nobody" if s.holder is None else "another"
    act = {s.act.value, s.mode.value} | ({"plain"} if s.act in _PLAIN_ACTS else set())
    act |= {"told of"} if s.status is not None else set()
    act |= {"hedged"} if s.certainty is not Certainty.ASSERTED else set()
    quote = s.passage.quote
    issue = {name for name, pattern in _SIGNS.items() if pattern.search(quote)} | (
        {"several"} if s.also_issues else set()
    )
    marks = {"quotation marks"} if _MARKS.search(quote) else set()
    return {
        "words": frozenset(length | _borders(s, text) | {s.mode.value, named}),
        "speaker": frozenset(speaker | marks),
        "holder": frozenset({named, whose, s.mode.value} | marks | (set() if s.cue else {"no cue"})),
        "act": frozenset(act | length),
        "issue": frozenset(issue | length | ({"own words"} if s.mode is Mode.AUTHOR else set())),
    }


def _borders(s: Statement, text: str) -> set[str]:
    """Whether the passage begins and ends as sentences do: one that does neither was cut somewhere."""
    quote, after = s.passage.quote, text[s.passage.end : s.passage.end + 1]
    begins = {"begins a sentence"} if quote[:1].isupper() else set()
    return begins | ({"ends a sentence"} if quote.endswith((".", "!", "?")) or after.startswith(_ENDS) else set())


def _named(s: Statement, text: str) -> str:
    """By what kind of words the speaker is told."""
    if s.speaker == AUTHOR and s.mode is Mode.AUTHOR:
        return "the article"
    words = " ".join(text[a:b] for a, b in s.source).split()
    if not words:
        return "by nothing"
    if all(word.lower().strip(".,") in _PRONOUNS for word in words):
        return "by pronoun"
    return "by name" if any(word[:1].isupper() for word in words[1:] or words) else "by description"


def likely(weights: Mapping[str, float], noted: Iterable[str]) -> float:
    """The chance that weights give to what was noted; the weight of "" counts always.

    >>> likely({"": 0.0, "long": -2.0}, ["long", "unknown"])
    0.119
    """
    return round(1 / (1 + math.exp(-weights[""] - sum(weights.get(each, 0.0) for each in noted))), 3)


@functools.cache
def fitted() -> Mapping[str, Mapping[str, float]]:
    """The weights of each part as they are shipped."""
    found: Mapping[str, Mapping[str, float]] = json.loads(FILE.read_text(encoding="utf-8"))["weights"]
    return found


def chances(s: Statement, text: str, weights: Mapping[str, Mapping[str, float]] | None = None) -> Chances:
    """The chance of each part of `s`, by the shipped weights or others."""
    weights, noted = weights or fitted(), features(s, text)
    each = {part: likely(weights[part], noted[part]) for part in PARTS if part in weights}
    if s.issue is None:
        each.pop("issue", None)
    return Chances(**each)


def sure_of(
    statements: Sequence[Statement],
    text: str,
    told: Iterable[Attribution] = (),
    times: Iterable[TimeMention] = (),
    published: date | None = None,
) -> tuple[Statement, ...]:
    """`statements` with the chance of each part, and with that of the whole as confidence.

    What the trained model itself proposed (`told`) keeps the model's own chances of content and source; what it lets
    somebody go on to say without a cue is as sure as that is in general. Without `times`, the time expressions of the
    text, nothing is told of when something was said.
    """
    own: dict[tuple[tuple[Span, ...], tuple[Span, ...]], Attribution] = {
        (a.told.cue, a.told.content): a for a in told if a.told is not None
    }
    goes_on = [a.told for a in own.values() if a.told is not None and a.told.more]
    at = _times(statements, text, times, published)
    out = []
    for s in statements:
        each = replace(chances(s, text), time=at.get(s.said.expression) if s.said.expression else None)
        a = own.get((s.cue, s.content))
        if a is not None and a.told is not None:
            each = replace(each, words=round(a.told.sure.content, 3), speaker=round(a.told.sure.source, 3))
        further = next((t for t in goes_on if t.cue == s.cue and _within(s.passage.start, t.more)), None)
        if further is not None and each.speaker is not None:
            each = replace(each, speaker=round(min(each.speaker, further.sure.more), 3))
        out.append(replace(s, chances=each, confidence=each.all))
    return tuple(out)


def _within(place: int, spans: Iterable[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _times(
    statements: Iterable[Statement], text: str, times: Iterable[TimeMention], published: date | None
) -> dict[Span, float]:
    """The chance of each time expression by which a statement is dated."""
    wanted = {s.said.expression for s in statements if s.said.expression}
    found = [t for t in times if (t.start, t.end) in wanted]
    if not found or TIME not in fitted():
        return {}
    narrative, weights = is_narrative(text, published), fitted()[TIME]
    return {
        (t.start, t.end): likely(weights, noted_of_time(t, text[t.start : t.end], published, narrative)) for t in found
    }
