"""What a daybook is made from and where it is kept. The case room's `Kept` is one; a test makes its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from comity.words import Decision, Document


class Source(Protocol):
    """A record of a negotiation, and a place for what is folded from it. Safe to use from several threads."""

    def documents(self) -> Iterable[Document]:
        """All documents as shown. Their texts may be left out."""

    def document(self, id_: str) -> Document:
        """One document with its text."""

    def read(self) -> Iterable[tuple[str, date | None, str]]:
        """Ids of the documents that have a reading, each with the date of publication that the reader went by and with
        a mark that is another one if the reading is."""

    def reading(self, id_: str) -> dict[str, Any] | None:
        """The reading of one document in its JSON form."""

    def decisions(self, until: int | None = None) -> Iterable[Decision]:
        """Decisions that stand, in the order recorded; with `until`, that stood when this was the newest's number."""

    def decided_since(self, number: int) -> Iterable[Decision]:
        """What was decided after the decision numbered `number`, with what it retracts."""

    def state(self) -> tuple[int, str, str]:
        """The number of the newest decision; a text that changes with the agenda and the reader, so that all is to be
        folded anew; and one that changes with documents and readings."""

    def get(self, key: str) -> bytes | None:
        """What was kept under a key."""

    def put(self, kept: Mapping[str, bytes | None]) -> None:
        """Keeps all of these, or nothing; None drops."""

    def clear(self) -> None:
        """Drops all that was kept."""
