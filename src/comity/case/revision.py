"""What state a case is in, as a few numbers that are quick to ask for; and what was decided since."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from comity.case.rows import rows

_NUMBERS = (
    "SELECT (SELECT coalesce(max(key), 0) FROM decision), (SELECT coalesce(max(version), 0) FROM agenda),"
    " (SELECT coalesce(max(rowid), 0) FROM sighting), (SELECT coalesce(max(rowid), 0) FROM reading),"
    " (SELECT count(*) FROM reading), (SELECT count(*) FROM expunged)"
)


@dataclass(frozen=True, order=True)
class Revision:
    """How far a case has got. Whatever is recorded in it later makes some number larger.

    `decisions` and `agenda` are the numbers of the newest decision and of the newest version of the agenda; `documents`
    and `readings` stand for what has come in; `expunged` counts what was removed.
    """

    decisions: int = 0
    agenda: int = 0
    documents: int = 0
    readings: tuple[int, int] = (0, 0)
    expunged: int = 0


def revision(connection: sqlite3.Connection) -> Revision:
    """The state the case is in now."""
    ((decisions, agenda, documents, newest, count, expunged),) = rows(connection, _NUMBERS)
    return Revision(decisions, agenda, documents, (newest, count), expunged)


def decided_since(connection: sqlite3.Connection, number: int, target: str | None = None) -> tuple[str, ...]:
    """Ids of decisions recorded after the one numbered `number`, oldest first: all, or those on one target.

    A retraction of a decision on the target counts as one on it.
    """
    if target is None:
        found = rows(connection, "SELECT id FROM decision WHERE key > ? ORDER BY key", number)
    else:
        found = rows(
            connection,
            "SELECT d.id FROM decision d LEFT JOIN decision undone ON d.kind = 'retract' AND undone.id = d.target"
            " WHERE d.key > ? AND (d.target = ? OR undone.target = ?) ORDER BY d.key",
            number,
            target,
            target,
        )
    return tuple(row[0] for row in found)
