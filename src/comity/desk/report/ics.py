"""Dates ahead as iCalendar (RFC 5545): all-day events, the same bytes for the same brief.

UID is a hash of what the event is; DTSTAMP is the brief's date, as exports know no clock. An event without a date is
left out: a calendar has no place for it. A span of days is one event; a bound ("by 31 March") is an event on that day.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from comity import __version__
from comity.desk.parts.phrases import sentence_case
from comity.desk.parts.values import Brief, Dated
from comity.desk.report.clean import clean
from comity.desk.report.wording import credit

_STATUS = {"planned": "TENTATIVE", "agreed": "CONFIRMED", "going on": "CONFIRMED", "cancelled": "CANCELLED"}
_EPOCH = date(1970, 1, 1)


def render(brief: Brief) -> str:
    """The calendar, with CR LF line ends as the format demands."""
    stamp = f"{brief.as_of or _EPOCH:%Y%m%d}T000000Z"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Comity//Comity {__version__}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(brief.title)}",
    ]
    taken: dict[str, int] = {}
    for event in brief.ahead:
        lines += _event(event, brief, stamp, taken)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines)


def _event(event: Dated, brief: Brief, stamp: str, taken: dict[str, int]) -> list[str]:
    first, last = event.earliest or event.latest, event.latest or event.earliest
    if first is None or last is None:
        return []
    quotes = [f"{c.label}: “{c.quote}” ({credit(c, brief)})" for c in brief.citations if c.label in event.cites]
    note = [event.note] if event.note else []
    bound = " – by this day" if event.earliest is None else ""
    uid = _uid(event, taken)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(sentence_case(f'{event.what} ({event.status}){bound}'))}",
        *([f"LOCATION:{_text(event.place)}"] if event.place else []),
        *([f"DESCRIPTION:{_text(chr(10).join([*note, *quotes]))}"] if quotes or note else []),
        *([f"STATUS:{_STATUS[event.status]}"] if event.status in _STATUS else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _uid(event: Dated, taken: dict[str, int]) -> str:
    """From what the event is, not from when it was told: an update of its status keeps it."""
    parts = (event.type, *sorted(event.participants), event.place or "", str(event.earliest), str(event.latest))
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
    taken[digest] = taken.get(digest, 0) + 1
    return f"{digest}{f'-{taken[digest]}' if taken[digest] > 1 else ''}@comity.invalid"


def _text(text: str) -> str:
    """A TEXT value: RFC 5545, 3.3.11.

    >>> print(_text("Talks; Port, 9 a.m."))
    Talks\\; Port\\, 9 a.m.
    """
    escaped = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n").replace("\t", " ")


def _folded(line: str) -> str:
    """A content line of at most 75 octets, continued with a blank: RFC 5545, 3.1. No character is cut in two."""
    pieces: list[str] = []
    current, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            pieces.append(current)
            current, size = " ", 1
        current += character
        size += width
    return "\r\n".join([*pieces, current]) + "\r\n"
