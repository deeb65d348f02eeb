"""Fields in the head of a text: labels, bylines, datelines, a date glued to the first sentence.

Only set phrases are read. A date in running text ("On 3 March the parties met") is news, not the date of publication.
The head stays in the text.
"""

from __future__ import annotations

import re

from comity.record.fields import language, outlets
from comity.record.fields.credits import credit
from comity.record.fields.dates import Dated, find_dates
from comity.record.fields.headline import Line, headline
from comity.record.fields.taken import Head
from comity.words import fold

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
_LABEL = re.compile(r"^\W{0,4}(?P<label>[^\W\d_]+(?:[ -][^\W\d_]+)?)\**\s*[:：=]\**\s*(?P<value>\S.*)$")
_GLUED = re.compile(
    r"^\W{0,4}(?:last\s+|first\s+)?"
    r"(?P<label>date|published|publication date|posted|released|issued|updated|modified|дата)"
    r"\b\**\s*[:：–-]?\**\s*(?:on\s|at\s)?\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^\W{0,4}(?P<value>(?:19|20)\d\d-\d\d-\d\d)(?:T\S*)?(?=\s|$)")
_WEEKDAY = re.compile(
    r"^(?:on\s+)?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+", re.IGNORECASE)


def read_head(text: str) -> Head:
    """The fields that the first lines of `text` state.

    >>> head = read_head("GENEVA, March 4, 2031 (AFP) -- The delegations met.")
    >>> str(head.published), head.source
    ('2031-03-04', 'AFP')
    """
    head, updated = Head(), Head()
    lines: list[Line] = []
    prose = filled = 0
    for raw in text[:_CHARS].split("\n"):
        if not raw.strip():
            lines.append(Line(""))
            continue
        line = raw.strip()
        told, rest = _labels(line, head, updated), line
        if not told:
            told, rest = _glued(line, head, updated, first=filled == 0)
        if not told:
            told = credit(line, head)
            prose += len(line.split()) >= _PROSE
        lines.append(Line("" if told and rest == line else rest, told))
        filled += 1
        if filled >= _LINES or len(line) > _BODY or prose > _PROSE_LINES:
            break  # running text has begun: what stands there is news
    head.published = head.published or updated.published
    head.title = head.title or headline(lines)
    return head


def _labels(line: str, head: Head, updated: Head) -> bool:
    """``Source: Harbour Times``, also as one of several parts: ``Live from the port | Published: 4 March 2031``."""
    if _label(line, head, updated):
        return True
    parts = [part.strip() for part in line.split("|")]
    if len(parts) < 2 or len(line) > _BODY:
        return False
    told = [_label(part, head, updated) for part in parts]
    return any(told)


def _label(line: str, head: Head, updated: Head) -> bool:
    match = _LABEL.match(line[:400])
    field = _FIELD.get("-".join(fold(match["label"]).split())) if match else None
    if match is None or field is None:
        return False
    value = match["value"].strip().strip('*"“”').strip()
    if field in ("published", "updated"):
        (head if field == "published" else updated).take_date(_leading_date(value, head))
    elif field == "url" or (field == "source" and _ADDRESS.match(value)):
        if address := _ADDRESS.search(value):
            head.take_url(address[0], labelled=True)
            head.take_source(outlets.host_of(address[0]) if field == "source" else None)
    elif field == "language":
        head.language = head.language or language.tag(value)
    elif field == "source" and len(value) <= 80:
        head.take_source(_without_date(value, head))
    elif field == "title" and len(value) <= 300:
        head.title = head.title or value
    return True


def _leading_date(value: str, head: Head) -> Dated | None:
    """The date that `value` begins with (after a weekday), if any; why not is noted."""
    shorter = _WEEKDAY.sub("", value, count=1)
    hit = next((d for d in find_dates(shorter[:60]) if d.start <= 2), None)
    if hit and hit.value is None:
        head.note(hit.note)
        return None
    return hit


def _without_date(value: str, head: Head) -> str:
    """``Source: Harbour Times, 4 March 2031``: the outlet, and the date kept."""
    for hit in find_dates(value):
        if hit.value and hit.start > 2:
            head.take_date(hit)
            return value[: hit.start].strip(" ,;|·•()–—-")
    return value


def _glued(line: str, head: Head, updated: Head, *, first: bool) -> tuple[bool, str]:
    """``date 2025-12-26 Several …``, ``Published 3 March 2031``; a bare date that opens the text; and the rest."""
    match = _GLUED.match(line[:200])
    label = match["label"].lower() if match else ""
    if match is None and first:
        match = _BARE.match(line[:60])
    hit = _leading_date(match["value"], head) if match else None
    if match is None or hit is None:
        return False, line
    (updated if label in ("updated", "modified") else head).take_date(hit)
    shorter = _WEEKDAY.sub("", match["value"], count=1)
    rest = line[match.start("value") + len(match["value"]) - len(shorter) + hit.end :]
    return True, rest.strip(" ,;:|·•–—-)*") if len(rest.split()) > 2 else line
