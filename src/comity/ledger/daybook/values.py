"""What a daybook answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from comity.words import ComityError, Outlook, Position, Review, Statement, Status


class NotFolded(ComityError):
    """Raised when a daybook is asked before anything has been folded."""


@dataclass(frozen=True)
class Matrix:
    """Who stands where as of a date: the same positions, outlooks and statuses as those of `comity.ledger.build`.

    `supporting` counts, by party and issue, all statements that support a position, also those that are too old to be
    weighed; `statements` all that count.
    """

    as_of: date | None
    positions: tuple[Position, ...]
    outlooks: tuple[Outlook, ...]
    statuses: tuple[Status, ...]
    supporting: Mapping[tuple[str, str], int]
    statements: int


@dataclass(frozen=True)
class Page:
    """Some of the statements behind a cell, newest first, of `total`; the first `weighed` of each act are weighed.

    `within` are the ids of those on this page that are weighed; `reviews` the marks of those that a person looked at.
    """

    total: int
    statements: tuple[Statement, ...]
    within: frozenset[str]
    reviews: Mapping[str, Review]
