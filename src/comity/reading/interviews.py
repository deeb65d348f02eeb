"""Questions and answers in paragraphs of their own, without a name before each: interviews as papers print them.

Form alone tells them: several short paragraphs that are questions, each followed by one that is none, and answers in
the first person. Between them a remark put to the other ("The minister says you agreed.") counts as a question. Who
answers is named once: before the first answer, or in what stands above the first question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.reading.segment_patterns import PARAGRAPH
from comity.words import Span

_LABEL = re.compile(r"\**(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,5})\**:\**[ \t]+")
_NAME = r"(?P<name>[A-Z][\w'’-]+(?: (?:(?:de|del|von|van|der|bin|al|el)[ -])*[A-Z][\w'’-]+){1,3})"
_TITLES = r"(?:(?:the |our |its |[A-Z][\w'’-]+(?:'s|’s) |[a-z]+ )*)"
_TOLD = (
    re.compile(rf"\b(?:[Ii]nterview with|(?:spoke|talked|sat down|speaks|talks|met) (?:to|with)) {_TITLES}{_NAME}"),
    re.compile(
        rf"(?:^|(?<=\n)|(?<=[.!?:] )){_NAME}(?:, [^.\n]{{3,90}}?,?)? (?:on|talks|speaks|spoke|tells|explains)\b"
    ),
    re.compile(rf"(?:^|(?<=\n)|(?<=[.!?:] )){_NAME}, [a-z]"),
)
"""Above the questions: "an interview with X", "X, the envoy, on the talks", "X, the chief negotiator"."""
_FIRST = re.compile(r"\b(?:we|our|ours|us|i|my|me|mine)\b", re.I)
_SECOND = re.compile(r"\b(?:you|your|yours)\b", re.I)
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_QUESTION_WORDS = 45
_REMARK_WORDS = 30
_QUESTIONS = 3
"""So many questions make an interview."""


@dataclass(frozen=True)
class Part:
    """A paragraph of an interview: where its words stand, the label before them (or an empty span), who asks."""

    start: int
    end: int
    label: Span
    asks: bool


def parts(text: str) -> tuple[str, tuple[Part, ...]]:
    """Who answers, and the paragraphs from the first question on; no name and none if `text` is no interview.

    >>> talk = "Ada Venn, the chief negotiator, on the ban.\\n\\nAre you close?\\n\\nWe are closer than in March."
    >>> talk += "\\n\\nThe minister says you agreed.\\n\\nI did not.\\n\\nAnd arbitration?\\n\\nWe proposed it."
    >>> talk += "\\n\\nWhen will you sign?\\n\\nI would not say."
    >>> name, found = parts(talk)
    >>> name, [part.asks for part in found]
    ('Ada Venn', [True, False, True, False, True, False, True, False])
    """
    paragraphs = [_part(text, m.start(), m.end()) for m in PARAGRAPH.finditer(text)]
    questions = [i for i, p in enumerate(paragraphs) if p.asks]
    if len(questions) < _QUESTIONS:
        return "", ()
    first = questions[0]
    answers = [paragraphs[i + 1] for i in questions if i + 1 < len(paragraphs) and not paragraphs[i + 1].asks]
    own = sum(bool(_FIRST.search(unquoted(text[p.start : p.end]))) for p in answers)
    told = sum(text[p.start] in "\"“‘'" for p in answers)
    if len(answers) < _QUESTIONS or own * 2 < len(answers) or told * 2 > len(answers):
        return "", ()
    name = _who(text, paragraphs[first:], paragraphs[first].start)
    return (name, _remarks(text, paragraphs[first:])) if name else ("", ())


def _part(text: str, start: int, end: int) -> Part:
    label = _LABEL.match(text, start, end)
    at = label.end() if label else start
    words = text[at:end].rstrip("*_ \t\n")
    asks = words.endswith("?") and len(words.split()) <= _QUESTION_WORDS and words[:1] not in '"“'
    return Part(at, end, label.span("name") if label else (0, 0), asks)


def unquoted(words: str) -> str:
    """Words without what stands in quotation marks.

    >>> unquoted("She said “we will” twice")
    'She said   twice'
    """
    return _QUOTED.sub(" ", words)


def _who(text: str, rest: list[Part], above: int) -> str:
    """The name before the answers, else the first that the head tells as the one who is asked."""
    named = {text[slice(*p.label)] for p in rest if p.label[1] and not p.asks}
    if len(named) == 1:
        return named.pop()
    if named:
        return ""  # several answer: who says what is not told where no name stands
    head = text[: min(above, 3000)]
    return next((m["name"] for form in _TOLD if (m := form.search(head))), "")


def _remarks(text: str, rest: list[Part]) -> tuple[Part, ...]:
    """A short paragraph that speaks to the other, between an answer and one in the first person, asks as well."""
    out = list(rest)
    for i in range(1, len(out) - 1):
        words = text[out[i].start : out[i].end]
        between = not out[i - 1].asks and not out[i + 1].asks and not out[i].label[1]
        if between and len(words.split()) <= _REMARK_WORDS and _SECOND.search(words) and not _FIRST.search(words):
            out[i] = Part(out[i].start, out[i].end, out[i].label, True)
    return tuple(out)
