"""A log of reports, and what of it was known on a date: corrections and withdrawals count from when they were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from comity.words import Incident, InputError, in_force


@dataclass(frozen=True)
class Log:
    """Every report that came, in any order. Ids are unique and corrections do not go in a circle (InputError)."""

    incidents: tuple[Incident, ...]

    def __post_init__(self) -> None:
        seen = set[str]()
        for incident in self.incidents:
            if incident.id in seen:
                raise InputError(f"two incidents have the id {incident.id!r}", hint="give each report an id of its own")
            seen.add(incident.id)
        try:
            in_force(self.incidents)
        except ValueError as error:
            raise InputError(str(error), field="corrects") from None

    @property
    def last_known(self) -> datetime | None:
        """When the last report came."""
        return max((i.known_since for i in self.incidents), default=None)

    def as_known(self, as_of: datetime | None = None) -> tuple[Incident, ...]:
        """The incidents in force at `as_of` (None: at the end): `comity.words.in_force`."""
        return in_force(self.incidents, as_of)


def end_of(day: date, timezone: str) -> datetime:
    """The last moment of a day in a time zone: what "as of" a date means. Raises InputError for an unknown zone.

    >>> end_of(date(2031, 3, 1), "Europe/Vienna").isoformat()
    '2031-03-01T23:59:59.999999+01:00'
    """
    return datetime.combine(day + timedelta(days=1), time(), zone(timezone)) - timedelta(microseconds=1)


def zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name. Raises InputError if there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise InputError(f"no time zone is called {name!r}", hint="use an IANA name such as Europe/Vienna") from None


def day_in(moment: datetime, timezone: str) -> date:
    """The calendar day of a moment in a time zone; a moment without a zone is taken as UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone(timezone)).date()


def merged(parts: Iterable[Iterable[Incident]]) -> Log:
    """One log of several."""
    return Log(tuple(i for part in parts for i in part))
