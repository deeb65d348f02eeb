"""Time expressions."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from comity.reading.dates_in_words import MONTH_PATTERN, WEEKDAYS, parse_date
from comity.words import Segment, TimeMention

_FULL = re.compile(
    rf"\b(?:(?:{MONTH_PATTERN})\.? \d{{1,2}},? \d{{4}}|\d{{1,2}} (?:{MONTH_PATTERN})\.? (?:\d{{4}}|\d\d)|"
    r"\d{4}-\d\d-\d\d)\b",
    re.I,
)
_DAY = re.compile(r"\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", re.I)


def find_times(
    text: str, published: date | None, doc: Any = None, segments: tuple[Segment, ...] = ()
) -> tuple[TimeMention, ...]:
    """Time expressions of `text` with TIMEX3 type and value and the dates they span, in order of the text."""
    out = []
    for m in _FULL.finditer(text):
        d = parse_date(m[0])
        if d:
            out.append(TimeMention(m.start(), m.end(), "DATE", d.isoformat(), d, d))
    for m in _DAY.finditer(text):
        if published is None:
            continue
        future = re.search(r"\b(?:will|to)\b[^.]*$", text[max(0, m.start() - 60) : m.start()])
        back = (published.weekday() - WEEKDAYS[m[0].lower()]) % 7
        d = published - timedelta(days=back) if not future else published + timedelta(days=(7 - back) % 7)
        out.append(TimeMention(m.start(), m.end(), "DATE", d.isoformat(), d, d))
    return tuple(sorted(out, key=lambda t: t.start))
