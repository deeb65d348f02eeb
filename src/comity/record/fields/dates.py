"""Dates of publication as outlets write them. Numeric dates that can be read two ways are reported, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

from comity.words import fold

_NAMES = {
    1: "january januar janvier enero gennaio janeiro январь января січень січня",
    2: "february februar fevrier febrero febbraio fevereiro февраль февраля лютий лютого",
    3: "march marz mars marzo marco март марта березень березня",
    4: "april avril abril aprile апрель апреля квітень квітня",
    5: "may mai mayo maggio maio май мая травень травня",
    6: "june juni juin junio giugno junho июнь июня червень червня",
    7: "july juli juillet julio luglio julho июль июля липень липня",
    8: "august aout agosto август августа серпень серпня",
    9: "september septembre septiembre setiembre settembre setembro сентябрь сентября вересень вересня",
    10: "october oktober octobre octubre ottobre outubro октябрь октября жовтень жовтня",
    11: "november novembre noviembre novembro ноябрь ноября листопад листопада",
    12: "december dezember decembre diciembre dicembre dezembro декабрь декабря грудень грудня",
}
_ABBREVIATIONS = "jan feb mar apr jun jul aug sep sept oct nov dec"
_MONTHS = {fold(name): number for number, names in _NAMES.items() for name in names.split()}
_MONTHS |= {
    short: next(n for n, names in _NAMES.items() if names.startswith(short[:3])) for short in _ABBREVIATIONS.split()
}

_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|º|\.)?"
_YEAR = r"(?P<y>(?:19|20)\d\d|'?\d\d(?![\d:.]))"
_MONTH = r"(?P<m>[^\W\d_]{3,11})\.?"
_OF = r"(?:\s*(?:of|de|del|,)\s+|\s+|-|\.\s*)"
_ENDS = r"(?![\w/]|-\d|\.\d)"
_PATTERNS = (
    re.compile(rf"(?<![\w/.-])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<mm>\d\d?)(?P=sep)(?P<d>\d\d?)(?:(?=T\d)|{_ENDS})"),
    re.compile(rf"(?<![\w/.-])(?P<n1>\d\d?)(?P<sep>[/.-])(?P<n2>\d\d?)(?P=sep)(?P<y>(?:19|20)\d\d){_ENDS}"),
    re.compile(rf"(?<![\w/.-]){_DAY}{_OF}{_MONTH}{_OF}{_YEAR}(?!\w)"),
    re.compile(rf"(?<![\w/.-]){_MONTH}\s+{_DAY},?\s+(?P<y>(?:19|20)\d\d)(?!\w)"),
    re.compile(r"(?<![\w/.-])(?P<y>20\d\d)年(?P<mm>\d\d?)月(?P<d>\d\d?)日"),
)
_YEARLESS = (
    re.compile(rf"(?<![\w/.-])(?P<m>[A-Z][^\W\d_]{{2,8}})\.?\s+{_DAY}(?![\w:.,]|\s+\d)"),
    re.compile(rf"(?<![\w/.-]){_DAY}\s+(?P<m>[A-Z][^\W\d_]{{2,8}})\.?(?!\w|\s+\d)"),
)
_COMPACT = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<mm>\d\d)(?P<d>\d\d)(?!\d)")


@dataclass(frozen=True)
class Dated:
    """A date expression at ``[start, end)``: `value` is None where it cannot be told, and `note` says why."""

    start: int
    end: int
    value: date | None
    note: str = ""


def find_dates(text: str) -> list[Dated]:
    """Date expressions of `text`, in order; the longest at each place.

    A two-digit year is 19yy from 69 on and 20yy below (POSIX). A date with dots is day first, as everywhere that
    dots are used.

    >>> [d.value.isoformat() for d in find_dates("3 March 2031, March 4th, 2031; 9 NOV 88; 2031-03-05T10:00Z")]
    ['2031-03-03', '2031-03-04', '1988-11-09', '2031-03-05']
    >>> find_dates("03/04/2031")[0].note
    "'03/04/2031' can be 3 April or 4 March 2031"
    """
    found: list[Dated] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            hit = _numeric(match) if "n1" in pattern.groupindex else _worded(match)
            if hit and not any(hit.start < other.end and other.start < hit.end for other in found):
                found.append(hit)
    for pattern in _YEARLESS:
        for match in pattern.finditer(text):
            free = not any(match.start() < other.end and other.start < match.end() for other in found)
            if free and _MONTHS.get(fold(match["m"])):
                found.append(Dated(*match.span(), None, f"'{match[0]}' has no year"))
    return sorted(found, key=lambda hit: hit.start)


def find_compact(text: str) -> list[Dated]:
    """Dates written as eight digits (``20310304``), for file names."""
    return [hit for match in _COMPACT.finditer(text) if (hit := _worded(match))]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str) -> int:
    digits = digits.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 69 else 2000)


def _worded(match: re.Match[str]) -> Dated | None:
    groups = match.groupdict()
    month = int(groups["mm"]) if groups.get("mm") else _MONTHS.get(fold(groups.get("m") or ""))
    value = _day(_year(groups["y"]), month, int(groups["d"])) if month else None
    return Dated(*match.span(), value) if value else None


def _numeric(match: re.Match[str]) -> Dated | None:
    first, second, year = int(match["n1"]), int(match["n2"]), int(match["y"])
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if match["sep"] == ".":
        return Dated(*match.span(), day_first) if day_first else None
    if day_first and month_first and day_first != month_first:
        names = list(_NAMES.values())
        readings = f"{first} {names[second - 1].split()[0].title()} or {second} {names[first - 1].split()[0].title()}"
        return Dated(*match.span(), None, f"'{match[0]}' can be {readings} {year}")
    value = day_first or month_first
    return Dated(*match.span(), value) if value else None


def parse_date(value: str) -> Dated | None:
    """The date that a metadata field states, in the time zone it is written in; None if it states none.

    >>> parse_date("Tue, 04 Mar 2031 23:30:00 -0500").value
    datetime.date(2031, 3, 4)
    """
    value = value.strip()
    if value.startswith("D:") and (made := _COMPACT.search(value[2:10])):  # PDF
        return _worded(made)
    if hits := find_dates(value[:80]):
        return hits[0]
    if compact := find_compact(value[:20]):
        return compact[0]
    try:
        return Dated(0, len(value), parsedate_to_datetime(value).date())
    except (ValueError, TypeError, IndexError):
        return None
