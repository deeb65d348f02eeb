"""A row of a table as an incident, and what is wrong with a row that is none. The rest of the table is still read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import TypeVar

from comity.words import Handling, Incident, InputError, Review

FIELDS = (
    "id", "kind", "date", "earliest", "latest", "known_since", "source", "count", "low", "high", "reliability",
    "attributed", "attribution", "verified_by", "corrects", "withdrawn", "quote", "longitude", "latitude", "review",
    "handling",
)  # fmt: skip
"""Columns with a meaning of their own; every other column is an argument of the event."""


_KNOWN = frozenset(FIELDS)


@dataclass(frozen=True)
class Fault:
    """A row that was left out, and why: the line counts from 1 and is the last line of a row that has several."""

    file: str
    line: int
    field: str
    what: str

    def __str__(self) -> str:
        return str(InputError(self.what, file=self.file, line=self.line or None, field=self.field or None))


@dataclass
class Read:
    """What was read of some files. Nothing is dropped silently: every row is an incident or a fault."""

    incidents: list[Incident] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    _last: datetime | None = None
    _newest: dict[str, Incident] = field(default_factory=dict)

    def newest(self, name: str) -> Incident | None:
        """The last report of the chain that an id begins, if it was read."""
        return self._newest.get(name)

    def add(self, incident: Incident, file: str, line: int, *, strict: bool = False) -> None:
        """Takes an incident; an id that was there already is a fault, in strict mode also time that goes back."""
        if incident.id in self._lines:
            where, first = self._lines[incident.id]
            place = f"line {first}" if where == file else f"{where}, line {first}"
            self.faults.append(
                Fault(
                    file, line, "id", f"{incident.id!r} was given before ({place}); corrections need an id of their own"
                )
            )
        elif strict and self._last is not None and incident.known_since < self._last:
            self.faults.append(
                Fault(file, line, "known_since", f"time goes back from {self._last} to {incident.known_since}")
            )
        else:
            self._lines[incident.id] = (file, line)
            self._last = incident.known_since
            self.incidents.append(incident)
            self._newest[incident.id.partition("@")[0]] = incident


_MONTHS = {name: n for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names) if name}
_Label = TypeVar("_Label", Review, Handling)


class Bad(Exception):
    """Raised for a field that cannot be read; becomes a `Fault`."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field, self.what = field, what


def incident(row: Mapping[str, str], zone: tzinfo | None, *, kind: str = "", source: str = "") -> Incident:
    """The incident of a row of text. Raises Bad naming the field.

    `kind` and `source` stand in where the row has none. A date for `known_since` is the start of that day in `zone`; a
    moment without a time zone is at fault unless `zone` is given.

    >>> incident({"id": "a", "kind": "fire", "date": "2031-03-01", "source": "Post", "zone": "north"}, None).arguments
    (('zone', 'north'),)
    """
    get = row.get
    name = (get("id") or "").strip()
    if not name:
        raise Bad("id", "empty; give each report an id of its own")
    the_kind = (get("kind") or kind).strip()
    if not the_kind:
        raise Bad("kind", "empty; say which event it is")
    day, start, end = get("date") or "", get("earliest") or "", get("latest") or ""
    earliest, latest, known = _dates(start or day, end or day or start, get("known_since") or "", zone)
    count = get("count") or ""
    low = number(get("low") or count or "1", "low")
    high = number(get("high") or count or str(max(low, 1)), "high")
    if low > high:
        raise Bad("high", f"{high} is less than the low count {low}")
    arguments = tuple((k, told) for k, v in row.items() if v and k and k not in _KNOWN and (told := v.strip()))
    for argument, value in arguments:
        if '"' in value:
            raise Bad(argument, "holds a double quote, which no formula can write; use single ones")
    return Incident(
        name, the_kind, earliest, latest, known, (get("source") or source).strip() or "not stated", arguments, low,
        high,
        reliability=get("reliability") or "", attributed=get("attributed") or "", attribution=get("attribution") or "",
        verified_by=get("verified_by") or "", corrects=(get("corrects") or "").strip(),
        withdrawn=_yes(get("withdrawn") or ""), quote=get("quote") or "",
        longitude=_degrees(get("longitude") or "", "longitude", 180),
        latitude=_degrees(get("latitude") or "", "latitude", 90),
        review=_one_of(Review, text, "review") if (text := get("review")) else Review.UNREVIEWED,
        handling=_one_of(Handling, text, "handling") if (text := get("handling")) else Handling.PUBLIC,
    )  # fmt: skip


@lru_cache(maxsize=100_000)
def _dates(start: str, end: str, since: str, zone: tzinfo | None) -> tuple[date, date, datetime]:
    earliest, latest = day_of(start, "earliest"), day_of(end, "latest")
    if latest < earliest:
        raise Bad("latest", f"{latest} comes before {earliest}")
    known = moment(since or latest.isoformat(), zone)
    if known.astimezone(zone or UTC).date() < earliest:
        raise Bad("known_since", f"known on {known.date()}, before it happened on {earliest}")
    return earliest, latest, known


@lru_cache(maxsize=100_000)
def day_of(text: str, field: str) -> date:
    """A day as YYYY-MM-DD, MM/DD/YYYY or DD Month YYYY, without the time that may follow.

    >>> day_of("8/13/2014 12:00:00 AM", "date_end").isoformat()
    '2014-08-13'
    """
    text = text.strip()
    try:
        if re.match(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text[:10])
        if match := re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})\b", text):
            return date(int(match[3]), int(match[1]), int(match[2]))
        if match := re.match(r"(\d{1,2})\.? ([A-Z][a-z]+) (\d{4})$", text):
            return date(int(match[3]), _MONTHS[match[2]], int(match[1]))
    except (ValueError, KeyError):
        pass
    raise Bad(field, f"not a date: {text!r}; use YYYY-MM-DD" if text else "empty; use YYYY-MM-DD")


@lru_cache(maxsize=100_000)
def moment(text: str, zone: tzinfo | None) -> datetime:
    """A moment with its time zone; of a date, the start of the day in `zone` (UTC if None)."""
    text = text.strip()
    if len(text) <= 10 or "/" in text:
        return datetime.combine(day_of(text, "known_since"), time(), zone or UTC)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Bad("known_since", f"not a moment: {text!r}; use YYYY-MM-DDTHH:MM+00:00") from None
    if found.tzinfo is None and zone is None:
        raise Bad("known_since", f"{text!r} has no time zone; write +00:00 after it or give --timezone")
    return found if found.tzinfo else found.replace(tzinfo=zone)


def number(text: str, field: str) -> int:
    try:
        value = int(text)
    except ValueError:
        raise Bad(field, f"not a whole number: {text!r}") from None
    if value < 0:
        raise Bad(field, f"{value} is less than nothing")
    return value


def _degrees(text: str, field: str, most: float) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise Bad(field, f"not a number: {text!r}") from None
    if not -most <= value <= most:
        raise Bad(field, f"{text} degrees; it lies between -{most:g} and {most:g}")
    return value


def _yes(text: str) -> bool:
    if text.strip().lower() in ("", "no", "false", "0"):
        return False
    if text.strip().lower() in ("yes", "true", "1"):
        return True
    raise Bad("withdrawn", f"{text!r} is neither yes nor no")


def _one_of(values: type[_Label], text: str, field: str) -> _Label:
    try:
        return values(text)
    except ValueError:
        raise Bad(field, f"{text!r} is not one of {', '.join(v.value for v in values)}") from None


def taken(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    read: Read,
    file: str,
    zone: tzinfo | None,
    *,
    kind: str = "",
    source: str = "",
    strict: bool = False,
) -> None:
    """Adds the incidents of numbered rows to `read`."""
    for line, row in rows:
        try:
            read.add(incident(row, zone, kind=kind, source=source), file, line, strict=strict)
        except Bad as bad:
            read.faults.append(Fault(file, line, bad.field, bad.what))
