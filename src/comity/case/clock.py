"""Times of recording: UTC, to the microsecond, of one width, so that their order as text is their order in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from comity.words import InputError

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as it is recorded. Raises InputError if it names no time zone.

    >>> stamp(datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    '2026-01-02T03:04:00.000000+00:00'
    """
    if moment.tzinfo is None:
        raise InputError(f"the time {moment.isoformat()} names no time zone", hint="give it in UTC, as …+00:00")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
