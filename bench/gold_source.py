"""Reading the hand-made gold: one TOML file a report, and finding its quoted words in the report's text.

The judgement is a person's and stands in ``examples/strait/gold``; here only offsets are worked out, and every
quotation that does not stand in its report, or stands there more than once, is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any


class GoldError(Exception):
    """The gold source contradicts itself or its report: file, entry, what is wrong."""


@dataclass(frozen=True)
class Report:
    """A report of the example: its id (the file's stem), letter, date and text."""

    id: str
    letter: str
    published: date
    text: str

    def find(self, words: str, occurrence: int | None, where: str) -> tuple[int, int]:
        """Offsets of `words`, which must stand in the text once, or as often as `occurrence` counts (from 1)."""
        starts = places(self.text, words)
        if not starts:
            raise GoldError(f"{where}: {words!r} does not stand in {self.id}")
        if occurrence is None and len(starts) > 1:
            raise GoldError(f"{where}: {words!r} stands {len(starts)} times in {self.id}; give `occurrence`")
        if (occurrence or 1) > len(starts):
            raise GoldError(f"{where}: {words!r} stands only {len(starts)} times in {self.id}")
        start = starts[(occurrence or 1) - 1]
        return start, start + len(words)

    def near(self, given: str | Mapping[str, Any], span: tuple[int, int], where: str) -> tuple[int, int]:
        """Offsets of the occurrence that stands nearest to `span`; a table gives `text` and `occurrence`."""
        if not isinstance(given, str):
            return self.find(given["text"], given["occurrence"], where)
        found = [(start, start + len(given)) for start in places(self.text, given)]
        if not found:
            raise GoldError(f"{where}: {given!r} does not stand in {self.id}")
        ranked = sorted((gap(one, span), one) for one in found)
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            raise GoldError(f"{where}: {given!r} stands twice as near; give text and occurrence")
        return ranked[0][1]

    def within(self, context: str, words: str, where: str) -> tuple[int, int]:
        """Offsets of the first `words` in `context`, which must stand in the text once."""
        start, end = self.find(context, None, where)
        inner = places(self.text[start:end], words)
        if not inner:
            raise GoldError(f"{where}: {words!r} does not stand in {context!r}")
        return start + inner[0], start + inner[0] + len(words)


def places(text: str, words: str) -> list[int]:
    """Starts of `words` as whole words.

    >>> places("he said that she said", "he")
    [0]
    """
    found, start = [], text.find(words)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(words) : start + len(words) + 1]
        if not (words[0].isalnum() and before.isalnum()) and not (words[-1].isalnum() and after.isalnum()):
            found.append(start)
        start = text.find(words, start + 1)
    return found


def gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Characters between two spans, 0 where they touch or overlap."""
    return max(0, one[0] - other[1], other[0] - one[1])


def reports(folder: Path) -> list[Report]:
    """The reports of `folder`, in order of their names; lettered A, B, C …"""
    found = []
    for number, path in enumerate(sorted(folder.glob("0*.txt"))):
        published = date.fromisoformat(path.stem.split("_")[1])
        found.append(Report(path.stem, chr(ord("A") + number), published, path.read_bytes().decode("utf-8")))
    return found


def table(path: Path) -> dict[str, Any]:
    """A TOML file of the gold, or a `GoldError` that names it."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise GoldError(f"{path.name}: {error}") from error
