"""Days put together where there are too many marks to draw: by week, month or year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

UNITS = ("day", "week", "month", "year")


def start_of(unit: str) -> Callable[[date], date]:
    """The first day of the unit that a day lies in; weeks begin on Monday.

    >>> start_of("week")(date(2031, 3, 6)), start_of("month")(date(2031, 3, 6))
    (datetime.date(2031, 3, 3), datetime.date(2031, 3, 1))
    """
    return {
        "day": lambda day: day,
        "week": lambda day: day - timedelta(days=min(day.weekday(), day.toordinal() - 1)),
        "month": lambda day: day.replace(day=1),
        "year": lambda day: day.replace(month=1, day=1),
    }[unit]
