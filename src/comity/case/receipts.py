"""Receipts: what left the case, so that a person can call it back when something in it turns out wrong."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from comity.case.clock import Clock, stamp
from comity.case.file import transaction
from comity.case.rows import day, iso, rows
from comity.words import CaseError, Handling


@dataclass(frozen=True)
class Receipt:
    """One export: `id` a hash of what it holds, `sha256` of its bytes, `what` it is ("brief html"), the file's `name`.

    `held` has a digest for each thing in it, under `secret(key)`: it can be compared with what is there now, and
    says nothing by itself.
    """

    id: str
    sha256: str
    what: str
    name: str
    handling: Handling
    as_of: date | None
    recorded: datetime
    held: Mapping[str, str]


def secret(key: str) -> str:
    """What a receipt has in place of a key (a party and issue, a passage and who speaks).

    >>> len(secret("report-1a2b3c4d:3-9:Envoy"))
    24
    """
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def keep_receipt(
    connection: sqlite3.Connection,
    clock: Clock,
    *,
    id: str,
    sha256: str,
    what: str,
    name: str,
    handling: Handling,
    as_of: date | None,
    held: Mapping[str, str],
) -> bool:
    """Writes an export down; False if just this one (same bytes, same name) was already."""
    body = zlib.compress(json.dumps(dict(sorted(held.items())), separators=(",", ":")).encode(), 6)
    with transaction(connection):
        if rows(connection, "SELECT 1 FROM receipt WHERE sha256 = ? AND name = ?", sha256, name):
            return False
        connection.execute(
            "INSERT INTO receipt (id, sha256, what, name, handling, as_of, recorded, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (id, sha256, what, name, handling.value, iso(as_of), stamp(clock()), body),
        )
    return True


def receipts(connection: sqlite3.Connection) -> tuple[Receipt, ...]:
    """All receipts, oldest first. Raises CaseError if one is damaged."""
    found = []
    for id_, sha256, what, name, handling, as_of, recorded, body in rows(
        connection, "SELECT id, sha256, what, name, handling, as_of, recorded, body FROM receipt ORDER BY key"
    ):
        try:
            held = json.loads(zlib.decompress(body))
        except (zlib.error, ValueError):
            raise CaseError(f"the receipt of {name or id_} is damaged in the case file; go back to a copy") from None
        moment = datetime.fromisoformat(recorded)
        found.append(Receipt(id_, sha256, what, name, Handling(handling), day(as_of), moment, held))
    return tuple(found)
