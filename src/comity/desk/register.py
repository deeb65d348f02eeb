"""The register of a case: all its documents without their texts, and what follows from their order and dates alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from comity.case.paging import Listed
from comity.desk.parts.labels import letter
from comity.words import Document, Handling


@dataclass(frozen=True, eq=False)
class Register:
    """Documents in canonical order: by date of publication (undated last), then by id.

    >>> made = register([Document("b", "", date(2031, 3, 2), "Wire"), Document("a", "")])
    >>> made.letter("b"), made.letter("a"), made.days, made.sources
    ('A', 'B', (datetime.date(2031, 3, 2),), ('Wire',))
    """

    rows: tuple[Listed, ...]

    @cached_property
    def places(self) -> dict[str, int]:
        """Where a document stands in `rows`, by its id."""
        return {row.id: n for n, row in enumerate(self.rows)}

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which something was published."""
        return tuple(sorted({row.published for row in self.rows if row.published}))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The outlets, by name."""
        return tuple(sorted({row.source for row in self.rows if row.source}))

    @cached_property
    def strictest(self) -> Handling:
        """The label that all documents together have."""
        label = Handling.PUBLIC
        for row in self.rows:
            if row.handling is not Handling.PUBLIC:
                label |= row.handling
        return label

    @cached_property
    def superseded(self) -> frozenset[str]:
        """What other documents say that they supersede: ids, or identities of documents that are not here."""
        return frozenset(row.supersedes for row in self.rows if row.supersedes)

    def find(self, id_: str) -> Listed | None:
        """The document with this id, or None."""
        at = self.places.get(id_)
        return None if at is None else self.rows[at]

    def letter(self, id_: str) -> str | None:
        """The letter that labels of this document have in a brief: the same as of any date that sees it."""
        at = self.places.get(id_)
        return None if at is None else letter(at)

    def until(self, as_of: date | None) -> int:
        """How many documents a brief as of this date sees: the first so many of `rows`."""
        if as_of is None:
            return len(self.rows)
        return bisect_right(self._published, as_of)

    def outlets(self, until: int) -> int:
        """How many outlets the first so many documents come from."""
        return bisect_left(self._first_of_outlets, until)

    def unnamed(self, until: int) -> int:
        """How many of the first so many documents have no outlet."""
        return bisect_left(self._without_outlet, until)

    def undated(self, until: int) -> int:
        """How many of the first so many documents have no date of publication."""
        return max(0, until - len(self._published))

    def period(self, until: int) -> tuple[date, ...]:
        """The first and the last day on which the first so many documents were published; nothing if no date is known.

        >>> register([Document("b", "", date(2031, 3, 2)), Document("a", "")]).period(2)
        (datetime.date(2031, 3, 2), datetime.date(2031, 3, 2))
        """
        seen = min(until, len(self._published))
        return (self._published[0], self._published[seen - 1]) if seen else ()

    @cached_property
    def _first_of_outlets(self) -> list[int]:
        first: dict[str, int] = {}
        for n, row in enumerate(self.rows):
            if row.source:
                first.setdefault(row.source, n)
        return sorted(first.values())

    @cached_property
    def _without_outlet(self) -> list[int]:
        return [n for n, row in enumerate(self.rows) if not row.source]

    @cached_property
    def _published(self) -> list[date]:
        return [row.published for row in self.rows if row.published]

    def holding(self, text: str) -> tuple[Listed, ...]:
        """Documents whose id, title or outlet holds a text, whatever its case."""
        wanted = text.casefold().strip()
        if not wanted:
            return self.rows
        return tuple(r for r in self.rows if wanted in f"{r.id} {r.title or ''} {r.source or ''}".casefold())


def register(documents: Iterable[Document]) -> Register:
    """The register of documents that are at hand."""
    rows = [
        Listed(d.id, d.published, d.source, d.title, d.url, d.language, d.kind.value, d.handling, d.supersedes)
        for d in documents
    ]
    return Register(tuple(sorted(rows, key=lambda r: (r.published is None, r.published or date.max, r.id))))
