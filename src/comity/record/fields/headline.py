"""The headline in the head of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comity.record.fields.credits import is_dateline
from comity.record.fields.dates import find_dates

_FIRST = 6  # lines that are not empty, among which a headline stands


@dataclass(frozen=True)
class Line:
    """A line of the head: `text` without what other fields were taken from; `told` if it told any."""

    text: str
    told: bool = False


def headline(lines: Sequence[Line]) -> str | None:
    """The first line that is no credit, if it stands alone as a headline does: short, no full stop, set off from what
    follows by an empty line or a credit.

    >>> headline([Line("No deal in the old port"), Line(""), Line("The talks went on.")])
    'No deal in the old port'
    """
    filled = [index for index, line in enumerate(lines) if line.text or line.told][:_FIRST]
    first = next((index for index in filled if lines[index].text), None)
    if first is None or first == len(lines) - 1:
        return None
    text = lines[first].text.strip()
    heading = re.match(r"#{1,2}\s+(.+?)\s*#*$", text)
    if heading:
        return heading[1]
    follows = any(line.text for line in lines[first + 1 :])
    following = lines[first + 1]
    set_off = not following.text or following.told or is_dateline(following.text)
    return text if follows and set_off and _reads_as_one(text) else None


def _reads_as_one(text: str) -> bool:
    if not 12 <= len(text) <= 160 or len(text.split()) < 3:
        return False
    if text.endswith((".", ",", ";", ":", "…")) or not (text[0].isalnum() or text[0] in "“‘\"'«"):
        return False
    if is_dateline(text) or "://" in text:
        return False
    hits = find_dates(text)
    return not hits or len(text) - sum(hit.end - hit.start for hit in hits) >= 24
