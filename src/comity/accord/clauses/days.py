"""Days and moments: a deadline counts calendar days of the accord's time zone, and ends at a moment everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from comity.words import Accord, Clause, InputError


@dataclass(frozen=True)
class Span:
    """The days on which an act counts, and the moments at which they begin and end.

    `opens` is the first moment of `first`, `closes` the first moment after `last`; both in UTC.
    """

    trigger: date
    first: date
    last: date
    opens: datetime
    closes: datetime


def day_of(accord: Accord, moment: datetime) -> date:
    """The accord's calendar day on which a moment falls. Raises InputError for a moment without a time zone.

    >>> from datetime import timezone
    >>> accord = Accord("A", "America/New_York", (), (), ())
    >>> day_of(accord, datetime(2031, 3, 8, 4, 30, tzinfo=UTC))
    datetime.date(2031, 3, 7)
    """
    if moment.tzinfo is None:
        raise InputError(
            f"{moment.isoformat()} has no time zone", hint="write +01:00 or Z behind it; without it the day is a guess"
        )
    return moment.astimezone(ZoneInfo(accord.timezone)).date()


def first_moment(accord: Accord, day: date) -> datetime:
    """The moment in UTC at which a day of the accord's time zone begins.

    >>> first_moment(Accord("A", "America/New_York", (), (), ()), date(2031, 7, 1)).isoformat()
    '2031-07-01T04:00:00+00:00'
    """
    return datetime.combine(day, time(), ZoneInfo(accord.timezone)).astimezone(UTC)


def span(accord: Accord, clause: Clause, moment: datetime) -> Span:
    """When the act of a clause counts, if what sets it off happens at `moment`. Raises InputError."""
    if clause.window is None:
        raise InputError(f"clause {clause.id} has no deadline that is counted from an event")
    trigger = day_of(accord, moment)
    first, last = (trigger + timedelta(days=n) for n in clause.window)
    return Span(trigger, first, last, first_moment(accord, first), first_moment(accord, last + timedelta(days=1)))
