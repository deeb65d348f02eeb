"""Tensions as the page lists them: made of a ledger that is at hand, or kept and looked up a row at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from comity.desk import dated
from comity.desk.judging import Row
from comity.desk.web.wide import Worked
from comity.words import from_json

Entry = tuple[str, str, str, Sequence[str]]
"""Key, kind, issue and parties of a tension."""


class Tensions(Protocol):
    """The tensions of a date."""

    @property
    def index(self) -> Sequence[Entry]:
        """All of them, in the ledger's order."""

    def rows(self, keys: Sequence[str]) -> list[Row]:
        """Those with these keys, in full."""

    def find(self, key: str) -> Row | None:
        """The one with this key, or None."""


class Made:
    """Tensions that are in memory."""

    def __init__(self, all_: Sequence[Row]) -> None:
        self._rows = {row.key: row for row in all_}
        self.index: Sequence[Entry] = [(row.key, row.kind.value, row.issue, row.parties) for row in all_]

    def rows(self, keys: Sequence[str]) -> list[Row]:
        return [self._rows[key] for key in keys]

    def find(self, key: str) -> Row | None:
        return self._rows.get(key)


class Kept:
    """Tensions that are kept in the case."""

    def __init__(self, worked: Worked) -> None:
        self._worked = worked

    @cached_property
    def index(self) -> Sequence[Entry]:
        return [(key, kind, issue, parties) for key, kind, issue, parties in self._worked.part("index") or ()]

    def rows(self, keys: Sequence[str]) -> list[Row]:
        found = []
        for key in keys:
            at = self._places[key]
            some = self._worked.part(f"tensions {at // dated.PER_ROW:05}")
            if some:  # else it was worked out anew meanwhile
                found.append(from_json(Row, some[at % dated.PER_ROW]))
        return found

    def find(self, key: str) -> Row | None:
        return next(iter(self.rows([key])), None) if key in self._places else None

    @cached_property
    def _places(self) -> dict[str, int]:
        return {each[0]: n for n, each in enumerate(self.index)}
