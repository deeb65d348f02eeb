"""Names of months and weekdays, and whole dates written out. Shared by segments and times."""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH_PATTERN = "|".join(sorted(MONTHS, key=len, reverse=True))

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday weds wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({MONTH_PATTERN})\.?,?\s+(\d{{4}}|\d\d)\b", re.I)
_MONTH_FIRST = re.compile(rf"({MONTH_PATTERN})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)


def full_year(year: int) -> int:
    """A two-digit year as newswires mean it: 00 to 49 are of this century, 50 to 99 of the last."""
    if year >= 100:
        return year
    return year + (2000 if year < 50 else 1900)


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_date(text: str) -> date | None:
    """The first complete date (day, month and year) in `text`, or None.

    >>> parse_date("24 Dec 2031"), parse_date("December 24, 2031"), parse_date("9 NOV 88")
    (datetime.date(2031, 12, 24), datetime.date(2031, 12, 24), datetime.date(1988, 11, 9))
    """
    if m := _ISO.search(text):
        return make_date(int(m[1]), int(m[2]), int(m[3]))
    if m := _MONTH_FIRST.search(text):
        return make_date(int(m[3]), MONTHS[m[1].lower()], int(m[2]))
    if m := _DAY_FIRST.search(text):
        return make_date(full_year(int(m[3])), MONTHS[m[2].lower()], int(m[1]))
    return None
