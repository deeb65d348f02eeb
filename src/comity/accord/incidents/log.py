"""A log of reports, and what of it was known on a date: corrections and withdrawals count from when they were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from comity.words import Incident, InputError


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
        _ = self.roots

    @cached_property
    def by_id(self) -> dict[str, Incident]:
        return {i.id: i for i in self.incidents}

    @cached_property
    def roots(self) -> dict[str, str]:
        """For each report the id of the first one in its chain of corrections."""
        found: dict[str, str] = {}
        for incident in self.incidents:
            path, at = [incident.id], incident.corrects
            while at and at not in found and at in self.by_id:
                if at in path:
                    raise InputError(f"the corrections of {at!r} go in a circle", field="corrects")
                path.append(at)
                at = self.by_id[at].corrects
            root = found.get(at, at) if at else path[-1]
            found |= dict.fromkeys(path, root)
        return found

    @cached_property
    def last_known(self) -> datetime | None:
        return max((i.known_since for i in self.incidents), default=None)

    def as_known(self, as_of: datetime | None = None) -> tuple[Incident, ...]:
        """The incidents in force at `as_of` (None: at the end), by id.

        Each keeps the id of the first report of its chain, so that it stays one incident; `corrects` then names the
        report that gives it its present form, and is empty where it was never corrected. The order in which reports
        stand in the log is of no account.

        >>> day, at = date(2031, 3, 1), datetime(2031, 3, 3, tzinfo=UTC)
        >>> first = Incident("a", "fire", day, date(2031, 3, 2), at, "Post")
        >>> later = replace(first, id="b", latest=day, corrects="a", known_since=at + timedelta(2))
        >>> log = Log((later, first))
        >>> [i.latest.day for i in log.as_known(at)], [i.latest.day for i in log.as_known()]
        ([2], [1])
        """
        chains: dict[str, list[Incident]] = defaultdict(list)
        for incident in self.incidents:
            if as_of is None or incident.known_since <= as_of:
                chains[self.roots[incident.id]].append(incident)
        found = list[Incident]()
        for root in sorted(chains):
            corrected = {i.corrects for i in chains[root]}
            newest = max((i for i in chains[root] if i.id not in corrected), key=lambda i: (i.known_since, i.id))
            if not newest.withdrawn:
                found.append(newest if newest.id == root else replace(newest, id=root, corrects=newest.id))
        return tuple(found)


def end_of(day: date, timezone: str) -> datetime:
    """The last moment of a day in a time zone: what "as of" a date means. Raises InputError for an unknown zone."""
    return datetime.combine(day + timedelta(days=1), time(), zone(timezone)) - timedelta(microseconds=1)


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):
        raise InputError(f"no time zone is called {name!r}", hint="use an IANA name such as Europe/Vienna") from None


def day_in(moment: datetime, timezone: str) -> date:
    """The calendar day of a moment in a time zone; a moment without a zone is taken as UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone(timezone)).date()


def merged(parts: Iterable[Iterable[Incident]]) -> Log:
    """One log of several."""
    return Log(tuple(i for part in parts for i in part))
