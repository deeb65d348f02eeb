"""Time expressions of a text: what each says, and which days it spans.

Four steps: words to classes (`time_lexicon`), classes to expressions (`time_grammar`), tense and manner of text
(`time_context`), expressions to values (`time_values`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from comity.reading.time_context import is_narrative, tense
from comity.reading.time_grammar import expressions
from comity.reading.time_lexicon import Token, tokens
from comity.reading.time_values import Moment, Spoken, Value, evaluate
from comity.words import Segment, TimeMention

_LEANING = ("calendar", "unit")


def find_times(
    text: str, published: date | None, doc: Any = None, segments: tuple[Segment, ...] = ()
) -> tuple[TimeMention, ...]:
    """Time expressions of `text` with TIMEX3 type and value and the days they span, in order of the text.

    Parameters
    ----------
    published
        Date of publication; without it what leans on it stays open (``XXXX-WXX-5``).
    doc, segments
        A parse of the text and its segments, if there are any; both are optional.

    >>> [(t.value, str(t.latest)) for t in find_times("They will meet on Sunday.", date(2031, 3, 7))]
    [('2031-03-09', '2031-03-09')]
    >>> [t.value for t in find_times("He spoke on Sunday, two weeks ago.", date(2031, 3, 7))]
    ['2031-03-02', '2031-W08']
    """
    found = tokens(text)
    narrative = is_narrative(text, published)
    spoken = Spoken()
    out: list[TimeMention] = []
    for e in expressions(found):
        sign = tense(text, found, e.start, e.end, doc) if e.kind in _LEANING else 0
        value = evaluate(e, Moment(published, spoken, sign, narrative))
        if value is None:
            continue
        if e.kind == "duration" and e.direction == "the":  # "for the nine months": no longer of a quarter
            spoken = replace(spoken, quarter=None, quarter_year=None)
        if value.spoken is not None:
            spoken = value.spoken if value.spoken.quarter else _keep_quarter(value.spoken, spoken)
        earliest, latest = _bounded(found, e.start, value, published, sign)
        start, end = found[e.start].start, found[e.end - 1].end
        out.append(TimeMention(start, end, value.type, value.value, earliest, latest))
    return tuple(out)


def _keep_quarter(new: Spoken, old: Spoken) -> Spoken:
    return Spoken(new.year, new.month, new.day, old.quarter, old.quarter_year)


def _bounded(
    found: list[Token], start: int, value: Value, published: date | None, sign: int
) -> tuple[date | None, date | None]:
    """Bounds under "by", "before", "until", "since" and "after"."""
    earliest, latest = value.earliest, value.latest
    i = start - 1
    if value.type not in ("DATE", "TIME") or i < 0 or earliest is None or latest is None or "REF" in value.value:
        return earliest, latest
    word = found[i].word
    ahead = published if published is not None and latest >= published and sign >= 0 else None
    if word == "before" or (word == "to" and i and found[i - 1].word == "prior"):
        return ahead, earliest - timedelta(1)
    if word in ("by", "until", "till") or (word == "than" and i and found[i - 1].word == "later"):
        return ahead, latest
    if word == "since":
        return earliest, published
    if word == "after":
        return latest + timedelta(1), None
    return earliest, latest
