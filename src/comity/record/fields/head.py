"""Fields in the head of a text: labels, bylines, datelines, a date glued to the first sentence.

Only set phrases are read. A date in running text ("On 3 March the parties met") is news, not the date of publication.
The head stays in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.record.fields import language, outlets
from comity.record.fields.dates import Dated, find_dates

_LINES = 14
_CHARS = 3000
_BODY = 240  # a line as long as this is running text
_PROSE = 8  # words; of lines as long as this a head has a headline and a standfirst, no more
_PROSE_LINES = 2
_LABELS = {
    "published": "published publication-date publish-date date-published posted released issued date data datum fecha "
    "дата опубликовано опубліковано publie publicado veroffentlicht",
    "updated": "updated last-updated modified last-modified",
    "source": "source outlet publisher newspaper publication agency media источник джерело fuente quelle",
    "title": "title headline subject заголовок titulo titre titel",
    "url": "url link web address permalink",
    "language": "language lang",
}
_FIELD = {name: field for field, names in _LABELS.items() for name in names.split()}
_LABEL = re.compile(r"^\W{0,4}(?P<label>[^\W\d_]+(?:[ -][^\W\d_]+)?)\**\s*(?P<colon>[:：=])\**\s*(?P<value>\S.*)$")
_GLUED = re.compile(
    r"^\W{0,4}(?:last\s+|first\s+)?"
    r"(?P<label>date|published|publication date|posted|released|issued|updated|modified|дата)"
    r"\b\**\s*[:：–-]?\**\s*(?:on|at)?\s*(?P<lead>[^\W\d_]+,?\s+)?(?P<value>\S.*)$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(?:on\s+)?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE
)
_PLACE = r"(?P<place>[^\W\d_][\w .'’/-]{1,38}?(?:,\s*[^\W\d_][\w .'’-]{1,28}?)??)"
_COUNTRY = r"(?:\s*\([^()\n]{2,30}\))?"
_DASH = r"\s*(?:--|—|–|-)\s"
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,48})\))"
_DATELINE = re.compile(rf"^\W{{0,3}}{_PLACE}{_COUNTRY}\s*,\s*(?P<date>[^()\n]{{4,24}}?)\s*{_AGENCY}?{_DASH}")
_AGENCY_LINE = re.compile(rf"^\W{{0,3}}(?:{_PLACE}{_COUNTRY}\s*)?{_AGENCY}{_DASH}")
_BY = re.compile(r"^\W{0,3}by\s+(?=[A-ZÀ-ÞА-ЯІЇЄ])", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"')\]]+", re.IGNORECASE)
_TIME = re.compile(
    r"^[\s,|·•(at]*(?:\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?)?[\s,]*(?:\(?(?:GMT|UTC|Z|[A-Z]{2,4}T)?(?:[+-]\d\d?:?\d*)?\)?)?"
    r"[\s,.)|]*$",
    re.IGNORECASE,
)


@dataclass
class Head:
    """What the head of a text tells; `date_note` says why a date that stands there was not used, `labelled_url`
    that the address was not merely a line of its own."""

    published: Dated | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    date_note: str = ""
    labelled_url: bool = False


def read_head(text: str) -> Head:
    """The fields that the first lines of `text` state.

    >>> head = read_head("GENEVA, March 4, 2031 (AFP) -- The delegations met.")
    >>> str(head.published.value), head.source
    ('2031-03-04', 'AFP')
    """
    head, updated = Head(), Head()
    lines = [line for line in text[:_CHARS].split("\n") if line.strip()][:_LINES]
    prose = 0
    for index, line in enumerate(lines):
        if not (_label(line, head, updated) or _glued(line, head, updated, index)):
            _credit(line.strip(), head)
            prose += len(line.split()) >= _PROSE
        if len(line) > _BODY or prose > _PROSE_LINES:
            break  # running text has begun: what stands there is news
    if head.published is None:
        head.published = updated.published
    if head.title is None:
        head.title = _headline(text)
    return head


def _take_date(head: Head, value: str) -> Dated | None:
    """The date that `value` begins with (after a weekday), if any; notes one that cannot be told."""
    value = _WEEKDAY.sub("", value, count=1)
    hit = next((d for d in find_dates(value[:60]) if d.start <= 2), None)
    if hit and hit.value is None:
        head.date_note = head.date_note or hit.note
        return None
    return hit


def _label(line: str, head: Head, updated: Head) -> bool:
    match = _LABEL.match(line[:400])
    field = _FIELD.get("-".join(_plain(match["label"]).split())) if match else None
    if match is None or field is None:
        return False
    value = match["value"].strip().strip('*"“”').strip()
    if field in ("published", "updated"):
        target = head if field == "published" else updated
        target.published = target.published or _take_date(head, value)
    elif field == "url" or (field == "source" and _URL.match(value)):
        address = _URL.search(value)
        if address:
            head.url, head.labelled_url = head.url or address[0], True
            if field == "source":
                head.source = head.source or outlets.host_of(address[0])
    elif field == "language":
        head.language = head.language or language.tag(value)
    elif len(value) <= (300 if field == "title" else 80):
        if field == "source":
            head.source = head.source or outlets.outlet_name(_before_date(value, head))
        else:
            head.title = head.title or value
    return True


def _before_date(value: str, head: Head) -> str:
    """``Source: Harbour Times, 4 March 2031``: the outlet, and the date kept."""
    for hit in find_dates(value):
        if hit.value and hit.start > 2:
            head.published = head.published or hit
            return value[: hit.start].strip(" ,;|·•()–—-")
    return value


def _plain(label: str) -> str:
    from comity.words import fold

    return fold(label)


def _glued(line: str, head: Head, updated: Head, index: int) -> bool:
    """``date 2025-12-26 Several …``, ``Published 3 March 2031``; a bare date that opens the text."""
    match = _GLUED.match(line[:200])
    if match:
        value = (match["lead"] or "") + match["value"]
        hit = _take_date(head, value)
        if hit:
            late = match["label"].lower() in ("updated", "modified")
            target = updated if late else head
            target.published = target.published or hit
            return True
    if index == 0:
        iso = re.match(r"^\W{0,4}((?:19|20)\d\d-\d\d-\d\d)(?:T\S*)?\s", line[:60] + " ")
        if iso and (hits := find_dates(iso[1])):
            head.published = head.published or hits[0]
            return len(line.strip()) <= 40
    return False


def _credit(line: str, head: Head) -> None:
    """A byline, a dateline, a line that holds only a date, only an address, or outlet and date."""
    if address := _URL.fullmatch(line.strip("<>[]() ")):
        head.url = head.url or address[0]
        return
    dateline = _DATELINE.match(line[:160])
    if dateline and _dateline(dateline, head):
        return
    agency = _AGENCY_LINE.match(line[:160])
    if agency:
        place_is_plain = agency["place"] is None or agency["place"].isupper() or len(agency["place"].split()) <= 4
        if place_is_plain and (outlets.is_outlet(agency["agency"]) or agency["agency"].isupper()):
            head.source = head.source or outlets.outlet_name(agency["agency"])
        return
    if len(line) <= 160:
        _short_line(line, head)


def _dateline(match: re.Match[str], head: Head) -> bool:
    hits = [hit for hit in find_dates(match["date"]) if hit.start <= 8]
    undated = match["date"].casefold() == "no date"  # as monitoring services write it
    if not hits and not undated:
        return False
    if hits and hits[0].value:
        head.published = head.published or hits[0]
    elif hits:
        head.date_note = head.date_note or hits[0].note
    if match["agency"]:
        head.source = head.source or outlets.outlet_name(match["agency"])
    return True


def _short_line(line: str, head: Head) -> None:
    hits = find_dates(line)
    hit = hits[-1] if hits else None
    by = _BY.match(line)
    before = line[: hit.start] if hit else line
    after = line[hit.end :] if hit else ""
    parts = [part.strip(" ()[]*_") for part in re.split(r"[,|•·;]|\s[–—-]\s", before)]
    parts = [part for part in parts if part and not _WEEKDAY.fullmatch(part + " ")]
    if hit and not _TIME.match(after) and not _outlet_after(after, head, by is not None):
        return
    if by:
        outlet = parts[-1] if len(parts) > 1 and (hit or outlets.is_outlet(parts[-1])) else None
        if outlet and not re.match(r"(?:by|and)\s", outlet, re.IGNORECASE) and len(outlet.split()) <= 6:
            head.source = head.source or outlets.outlet_name(outlet)
    elif hit or "|" in line:
        if any(len(part.split()) > 6 for part in parts) or len(parts) > 3:
            return
        outlet = next((part for part in parts if outlets.is_outlet(part)), None)
        if outlet:
            head.source = head.source or outlets.outlet_name(outlet)
        elif parts and not _place_before(parts):
            return
    if hit and hit.value:
        head.published = head.published or hit
    elif hit:
        head.date_note = head.date_note or hit.note


def _outlet_after(after: str, head: Head, by: bool) -> bool:
    """``4 March 2031 | Harbour Times``"""
    rest = after.strip(" ,|•·–—-()")
    if outlets.is_outlet(rest):
        head.source = head.source or outlets.outlet_name(rest)
        return True
    parts = [part.strip() for part in re.split(r"[,|•·]", rest)]
    return bool(rest) and all(_BY.match(part) or outlets.is_outlet(part) for part in parts)


def _place_before(parts: list[str]) -> bool:
    """``Geneva, 4 March 2031``: one or two capitalised names, no sentence."""
    return len(parts) <= 2 and all(
        len(part.split()) <= 4 and all(word[:1].isupper() or not word[:1].isalpha() for word in part.split())
        for part in parts
    )


def _headline(text: str) -> str | None:
    """The first line, if it stands alone as a headline does: short, no full stop, set off by a blank or a byline."""
    lines = text[:_CHARS].lstrip("\n").split("\n")
    first = lines[0].strip()
    heading = re.match(r"#{1,2}\s+(.+?)\s*#*$", first)
    if heading:
        return heading[1]
    following = lines[1].strip() if len(lines) > 1 else ""
    set_off = len(lines) > 1 and (not following or _BY.match(following) or bool(find_dates(following[:60])))
    rest = any(line.strip() for line in lines[1:])
    if not (rest and set_off and 12 <= len(first) <= 160 and len(first.split()) >= 3):
        return None
    if (
        first.endswith((".", ",", ";", ":", "…"))
        or first[0] in "-*•>[("
        or (not first[0].isalnum() and first[0] not in "“‘\"'«")
    ):
        return None
    if _BY.match(first) or (_LABEL.match(first) and _FIELD.get(_plain(_LABEL.match(first)["label"]))):  # type: ignore[index]
        return None
    if _GLUED.match(first) or _URL.search(first) or _DATELINE.match(first) or _AGENCY_LINE.match(first + " "):
        return None
    hits = find_dates(first)
    return None if hits and len(first) - sum(h.end - h.start for h in hits) < 24 else first
