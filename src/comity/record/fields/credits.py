"""Lines that say who published a report, where and when: datelines, bylines, mastheads."""

from __future__ import annotations

import re

from comity.record.fields import outlets
from comity.record.fields.dates import Dated, find_dates
from comity.record.fields.taken import Head

_LONGEST = 160
_PLACE = r"(?P<place>[^\W\d_][\w .'’/-]{1,38}?(?:,\s*[^\W\d_][\w .'’-]{1,28}?)??)"
_COUNTRY = r"(?:\s*\([^()\n]{2,30}\))?"
_DASH = r"\s*(?:--|—|–|-)\s"
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,48})\))"
_DATELINE = re.compile(rf"^\W{{0,3}}{_PLACE}{_COUNTRY}\s*,\s*(?P<date>[^()\n]{{4,24}}?)\s*{_AGENCY}?{_DASH}")
_AGENCY_LINE = re.compile(rf"^\W{{0,3}}(?:{_PLACE}{_COUNTRY}\s*)?{_AGENCY}{_DASH}")
_BY = re.compile(r"^\W{0,3}by\s+(?=[A-ZÀ-ÞА-ЯІЇЄ]|our\s|staff\b)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"')\]]+", re.IGNORECASE)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_CLOCK = r"\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?"
_ZONE = r"\(?(?:GMT|UTC|Z|[A-Z]{2,4}T)?(?:[+-]\d\d?:?\d*)?\)?"
_TIME = re.compile(rf"^[\s,|·•(at]*(?:{_CLOCK})?[\s,]*(?:{_ZONE})?[\s,.)|]*$", re.IGNORECASE)


def credit(line: str, head: Head) -> bool:
    """Takes what a line of the head tells of who published it and when. True if the line is nothing but that.

    A byline, a line that holds only a date, only an address, only an outlet, or outlet and date. A dateline is glued to
    running text, so it is taken but the line is not only that.
    """
    if address := _URL.fullmatch(line.strip("<>[]() ")):
        head.take_url(address[0], labelled=False)
        return True
    dateline = _DATELINE.match(line[:_LONGEST])
    if dateline and _dateline(dateline, head):
        return False
    agency = _AGENCY_LINE.match(line[:_LONGEST])
    if agency:
        plain = agency["place"] is None or agency["place"].isupper() or len(agency["place"].split()) <= 4
        if plain and (outlets.is_outlet(agency["agency"]) or agency["agency"].isupper()):
            head.take_source(agency["agency"])
        return False
    if len(line) > _LONGEST:
        return False
    if outlets.is_masthead(line.strip(" *_#")):
        head.take_source(line.strip(" *_#"))
        return True
    return _byline(line, head) if _BY.match(line) else _outlet_and_date(line, head)


def is_dateline(line: str) -> bool:
    """True if `line` begins as a report does: ``GENEVA, March 4 (AFP) –``."""
    return bool(_DATELINE.match(line[:_LONGEST]) or _AGENCY_LINE.match(line[:_LONGEST] + " "))


def _dateline(match: re.Match[str], head: Head) -> bool:
    hits = [hit for hit in find_dates(match["date"]) if hit.start <= 8]
    undated = match["date"].casefold() == "no date"  # as monitoring services write it
    if not hits and not undated:
        return False
    head.take_date(hits[0] if hits else None)
    head.take_source(match["agency"])
    return True


def _parts(text: str) -> list[str]:
    parts = [part.strip(" ()[]*_") for part in re.split(r"[,|•·;]|\s[–—-]\s", text)]
    return [part for part in parts if part and not re.fullmatch(rf"(?:on\s+)?{_DAY}\.?", part, re.IGNORECASE)]


def _split(line: str) -> tuple[Dated | None, str, str]:
    """The last date of a line, what stands before it (all, if there is none) and what follows."""
    hits = find_dates(line)
    return (hits[-1], line[: hits[-1].start], line[hits[-1].end :]) if hits else (None, line, "")


def _byline(line: str, head: Head) -> bool:
    """``By Ana Ruiz, Harbour Times, 4 March 2031``"""
    hit, before, after = _split(line)
    if hit and not _TIME.match(after) and not _outlet_after(after, head):
        return False
    parts = _parts(before)
    named = len(parts) > 1 and (hit or outlets.is_outlet(parts[-1]))
    if named and len(parts[-1].split()) <= 6 and not re.match(r"(?:by|and)\s", parts[-1], re.IGNORECASE):
        head.take_source(parts[-1])
    head.take_date(hit)
    return len(line.split()) <= 16


def _outlet_and_date(line: str, head: Head) -> bool:
    """``Harbour Times | 4 March 2031``, ``Geneva, 4 March 2031``, ``4 March 2031``"""
    hit, before, after = _split(line)
    if not hit and "|" not in line:
        return False
    if hit and not _TIME.match(after) and not _outlet_after(after, head):
        return False
    parts = _parts(before)
    if len(parts) > 3 or any(len(part.split()) > 6 for part in parts):
        return False
    outlet = next((part for part in parts if outlets.is_outlet(part)), None)
    if not outlet and parts and not _is_place(parts):
        return False
    if not hit and not outlet:
        return False
    head.take_source(outlet)
    head.take_date(hit)
    return True


def _outlet_after(after: str, head: Head) -> bool:
    """``4 March 2031 | Harbour Times``"""
    rest = after.strip(" ,|•·–—-()")
    if outlets.is_outlet(rest):
        head.take_source(rest)
        return True
    parts = [part.strip() for part in re.split(r"[,|•·]", rest)]
    return bool(rest) and all(_BY.match(part) or outlets.is_outlet(part) for part in parts)


def _is_place(parts: list[str]) -> bool:
    """``Geneva, 4 March 2031``: one or two capitalised names, no sentence."""
    return len(parts) <= 2 and all(
        len(part.split()) <= 4 and all(word[:1].isupper() or not word[:1].isalpha() for word in part.split())
        for part in parts
    )
