"""Fields in a file's name: ``2031-03-04_outlet-name_title.txt``, ``20310304-…``, ``2031-03-04 Outlet - Title``."""

from __future__ import annotations

import re
from datetime import date

from comity.record.fields import outlets
from comity.record.fields.dates import find_compact, find_dates

_WORD = re.compile(r"[^\W\d_]{2,}")


def from_name(stem: str) -> tuple[date | None, str | None, str | None, str]:
    """Date, outlet, title and a note on the date, as far as the stem of a file's name tells them.

    Parts are separated by ``_`` or ``" - "``. Of two or more parts beside a date the first is the outlet and the
    others the title; a single part, or parts without a date, give an outlet only if they read as one.

    >>> from_name("2031-03-04_harbour-times_talks-resume")
    (datetime.date(2031, 3, 4), 'Harbour Times', 'talks resume', '')
    >>> from_name("000_de3578db003816b6")
    (None, None, None, '')
    """
    spaced = re.sub(r"(?<!\d)((?:19|20)\d\d)_(\d\d?)_(\d\d?)(?!\d)", r"\1-\2-\3", stem)
    hits = find_dates(re.sub(r"_+", "  ", spaced)) or find_dates(_hyphens_to_spaces(spaced)) or find_compact(stem)
    dated = next((hit for hit in hits if hit.value), None)
    note = "" if dated else next((hit.note for hit in hits if hit.note and "no year" not in hit.note), "")
    rest = _without_date(stem) if dated else stem
    parts = [part.strip(" -_.") for part in re.split(r"_+|\s+[-–—]\s+", rest)]
    parts = [part for part in parts if _WORD.search(part) and not _is_code(part)]
    source = title = None
    if dated and len(parts) >= 2:
        count = _outlet_parts(parts)
        source = outlets.from_slug(" ".join(parts[:count]))
        title = " ".join(_title(part) for part in parts[count:]) or None
    else:
        source = next((outlets.from_slug(p) for p in parts if outlets.is_outlet(outlets.from_slug(p))), None)
        others = [part for part in parts if outlets.from_slug(part) != source]
        title = _title(others[0]) if source and len(others) == 1 and dated else None
    return (dated.value if dated else None), source, title, note


def _outlet_parts(parts: list[str]) -> int:
    """How many parts are the outlet: one, unless single words only make an outlet together (``strait_observer``)."""
    for count in (1, 2, 3):
        single = all("-" not in part and " " not in part for part in parts[:count])
        if (count == 1 or single) and outlets.is_outlet(outlets.from_slug(" ".join(parts[:count]))):
            return count
    return 1


def _hyphens_to_spaces(stem: str) -> str:
    """``3-march-2031-talks`` and ``2031-03-04-talks``: a date followed by more words of the slug."""
    return re.sub(r"-(?=[^\W\d_])|(?<=[^\W\d_])-", " ", stem).replace("_", " ")


def _without_date(stem: str) -> str:
    for pattern in (
        r"(?:19|20)\d\d[-_.]?\d\d?[-_.]?\d\d?(?:T?\d{4,6})?",
        r"\d\d?[-_. ](?:[^\W\d_]{3,11}|\d\d?)[-_. ](?:19|20)\d\d",
        r"[^\W\d_]{3,11}[-_. ]\d\d?,?[-_. ](?:19|20)\d\d",
    ):
        shorter, count = re.subn(rf"(?<!\d){pattern}(?!\d)", "_", stem, count=1)
        if count:
            return shorter
    return stem


def _is_code(part: str) -> bool:
    """A hash or a number, not words."""
    return bool(re.fullmatch(r"[0-9a-fA-F-]*\d[0-9a-fA-F-]*", part))


def _title(part: str) -> str:
    return " ".join(re.sub(r"[-+]+", " ", part).split())
