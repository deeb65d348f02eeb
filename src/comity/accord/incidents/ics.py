"""Deadlines as iCalendar (RFC 5545): all-day events, the same bytes for the same findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from comity.words import Accord, Finding


def written(accord: Accord, deadlines: Iterable[tuple[date, Finding]], as_of: datetime) -> str:
    """A calendar of the last days of pending findings; its stamp is the as-of date, as exports know no clock."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Comity//Comity//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(accord.title)}",
    ]  # fmt: skip
    for day, finding in deadlines:
        clause = accord.clause(finding.clause)
        names = dict(accord.names)
        bound = ", ".join(f"{name} {names.get(value, value)}" for name, value in finding.binding)
        parts = (accord.title, clause.id, *map(str, finding.binding), str(finding.valid_on), str(day))
        uid = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
        words = [f"Binds since {finding.valid_on:%Y-%m-%d}.", finding.why, *(f"“{c.quote}”" for c in clause.cited)]
        lines += [
            "BEGIN:VEVENT", f"UID:{uid}@comity.invalid", f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(f'{clause.id} {clause.title}' + (f' ({bound})' if bound else ''))}",
            f"DESCRIPTION:{_text(chr(10).join(w for w in words if w))}", "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines)


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line, continued with a blank; no character is cut in two."""
    pieces, current, size = list[str](), "", 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            pieces.append(current)
            current, size = " ", 1
        current += character
        size += width
    return "\r\n".join([*pieces, current]) + "\r\n"
