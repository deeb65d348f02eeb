"""Days as numbers: the ordinal of a date; and one day after all dates, on which what has no date counts, too."""

from __future__ import annotations

from datetime import date

UNDATED = date.max.toordinal() + 1
"""The day of what has no date, and the day that is asked for without a date."""
NEVER = UNDATED + 1
"""The day on which what is never superseded ends."""
WINDOW = 8
"""So many days are kept together."""


def day_of(as_of: date | None) -> int:
    """The number of a date.

    >>> day_of(None) > day_of(date(9999, 12, 31))
    True
    """
    return UNDATED if as_of is None else as_of.toordinal()


def date_of(day: int) -> date | None:
    """The date with a number; None for the day of what has none."""
    return None if day >= UNDATED else date.fromordinal(day)
