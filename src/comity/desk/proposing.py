"""Observers' reports read for incidents: a number of things counted over some days, each with its passage.

What is found is proposed to a person and marked unreviewed. A figure without days that the text dates is left out and
counted: a year is taken from the text or the date of publication and never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from comity.reading.times import find_times
from comity.words import Accord, Document, Incident, fold

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SPAN = re.compile(
    rf"(?:\b[Bb]etween|\b[Ff]rom|\b[Oo]n|\b[Dd]uring)?\s*\b(?P<d1>\d{{1,2}})(?:\s+(?P<m1>{_MONTH}))?(?:\s+(?P<y1>\d{{4}}))?"
    rf"\s*(?:and|to|until|till|–|-)\s*(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTH})(?:,?\s+(?P<y2>\d{{4}}))?"
)
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTED = re.compile(
    r"(?:(?P<how>\b(?:about|around|some|nearly|almost|approximately|roughly|over|more\s+than|at\s+least|up\s+to|"
    r"as\s+many\s+as|fewer\s+than|less\s+than))\s+)?(?<![\d.,–-])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,7}|\b(?:"
    + "|".join(_WORDS)
    + r")\b)(?![\d%.:/]\d|\s?%|\s?mm)\s+"
    r"(?P<what>(?:[a-z][\w-]*\s+){0,3}?[a-z][\w-]*s)\b"
)
_SENTENCE = re.compile(r"[^.!?;]+(?:[.](?=\d)[^.!?;]*)*[.!?;]?")
_HEADING = re.compile(r"(?<=[\w)])[ \t]*\n[ \t]*\n\s*(?=[A-Z])")
_SAW = re.compile(r"\b(record|regist|not(?:e|ed)\b|observ|count|report|heard|saw|document|confirm|log)", re.IGNORECASE)
_UNITS = frozenset({
    "days", "hours", "hrs", "minutes", "weeks", "months", "years", "kilometres", "kilometers", "metres", "meters",
    "times", "persons", "monitors", "officers",
})  # fmt: skip
MOST_OPEN = 10
"""A count told only from below ("more than 40") is taken to be at most this many times as large."""


@dataclass(frozen=True)
class Proposed:
    """Incidents proposed from documents, and how many figures had no date that could be told."""

    incidents: tuple[Incident, ...]
    undated: int


def propose(document: Document, kinds: Mapping[str, str] | None = None, accord: Accord | None = None) -> Proposed:
    """Incidents that a document's figures may stand for.

    `kinds` gives the event for words that are counted ("ceasefire violations": "fighting"); other things counted get
    a kind made of their words, or are left out where an accord is given. A figure that the same sentence includes in
    another ("including about 1,500 explosions") is an incident of its own and not added.

    >>> text = "Between 6 and 19 April 2031, the Mission recorded about 7,200 ceasefire violations."
    >>> (found,) = propose(Document("r", text)).incidents
    >>> found.kind, str(found.earliest), str(found.latest), found.low, found.high
    ('ceasefire_violations', '2031-04-06', '2031-04-19', 6480, 7920)
    """
    wanted = {fold(words): kind for words, kind in (kinds or {}).items()}
    years = _years(document)
    found, undated, last = list[Incident](), 0, None
    for start, end in _sentences(document.text):
        sentence = document.text[start:end]
        span = _span_of(sentence, document, years)
        last = span or last  # a report's figures belong to the days that it named last
        counted = list(_COUNTED.finditer(sentence))
        for n, match in enumerate(counted):
            what = fold(" ".join(match["what"].split()))
            kind = next((k for words, k in wanted.items() if what == words or what.endswith(" " + words)), "")
            if not kind and (accord is not None or what.split()[-1] in _UNITS or not _SAW.search(sentence)):
                continue
            if last is None:
                undated += 1
                continue
            low, high = _bounds(_number(match["n"]), " ".join((match["how"] or "").split()))
            after = counted[n + 1].start() if n + 1 < len(counted) else len(sentence)
            zone = _zone(sentence[match.end() : after], accord)
            known = document.published or last[1]
            passage = document.passage(start + match.start(), start + match.end())
            found.append(
                Incident(
                    f"{document.id}#{len(found) + 1}", kind or re.sub(r"\W+", "_", what), *last,
                    datetime.combine(max(known, last[0]), time(), UTC), document.source or document.name or document.id,
                    (("zone", zone),) if zone else (), low, high, reliability="proposed from text", passage=passage,
                    quote=" ".join(sentence.split()), handling=document.handling,
                )
            )  # fmt: skip
    return Proposed(tuple(found), undated)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        start = match.start()
        for gap in _HEADING.finditer(text, start, match.end()):  # a heading is no part of the sentence below it
            if text[start : gap.start()].strip():
                start = gap.end()
        start += len(text[start : match.end()]) - len(text[start : match.end()].lstrip())
        if text[start : match.end()].strip():
            yield start, match.end()


def _number(told: str) -> int:
    return _WORDS.index(told) + 2 if told in _WORDS else int(told.replace(",", ""))


def _years(document: Document) -> int | None:
    """The year that a day without one belongs to: of publication, else the one that the text names most."""
    if document.published:
        return document.published.year
    named = Counter(re.findall(r"\b(?:19|20)\d\d\b", document.text))
    return int(named.most_common(1)[0][0]) if named else None


def _span_of(sentence: str, document: Document, year: int | None) -> tuple[date, date] | None:
    match = _SPAN.search(sentence)
    if match:
        second = int(match["y2"] or year or 0)
        month2 = _MONTHS.index(match["m2"].lower()) + 1
        month1 = _MONTHS.index(match["m1"].lower()) + 1 if match["m1"] else month2
        first = int(match["y1"] or (second - 1 if month1 > month2 else second))
        try:
            found = date(first, month1, int(match["d1"])), date(second, month2, int(match["d2"]))
        except ValueError:
            return None
        if found[0] <= found[1]:
            late = document.published is not None and not match["y2"] and found[0] > document.published
            return (_back(found[0]), _back(found[1])) if late else found
    published = document.published or (date(year, 12, 31) if year else None)
    for mention in find_times(sentence, published) if published else ():
        if mention.type == "DATE" and re.fullmatch(r"\d{4}-\d\d-\d\d", mention.value) and mention.earliest:
            return mention.earliest, mention.latest or mention.earliest
    return None


def _back(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _bounds(n: int, how: str) -> tuple[int, int]:
    """Least and greatest count for a number as it is told.

    >>> _bounds(1500, "about"), _bounds(40, "more than"), _bounds(7, "up to"), _bounds(3, "")
    ((1350, 1650), (41, 400), (1, 7), (3, 3))
    """
    how = how.lower()
    if how in ("about", "around", "some", "approximately", "roughly"):
        return n * 9 // 10, -(-n * 11 // 10)
    if how in ("nearly", "almost"):
        return n * 9 // 10, n
    if how in ("over", "more than"):
        return n + 1, n * MOST_OPEN
    if how == "at least":
        return n, n * MOST_OPEN
    if how in ("up to", "as many as"):
        return min(1, n), n
    if how in ("fewer than", "less than"):
        return min(1, n - 1), n - 1
    return n, n


def _zone(words: str, accord: Accord | None) -> str:
    """The first zone of the accord that the words after a figure name."""
    said = fold(words)
    names = [(fold(name), z.id) for z in (accord.zones if accord else ()) for name in (z.id, z.name)]
    places = [(m.start(), zone) for name, zone in names if (m := re.search(rf"\b{re.escape(name)}\b", said))]
    return min(places, default=(0, ""))[1]
