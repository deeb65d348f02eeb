"""Rows of projections that come and go one by one, words of many places of documents, and the time of a decision.

For what others keep of a large case a little at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from comity.case.case import Case
from comity.case.errors import one_line
from comity.case.file import transaction
from comity.case.rows import rows

_MANY = 500


def shelve(case: Case, name: str, source: str, put: Mapping[str, bytes], drop: Iterable[str] = ()) -> None:
    """Puts rows (key to body) under `name`, and drops what stands under the keys that begin with one of `drop` and are
    not put (with "", all that stands under `name`): all or nothing."""
    with one_line(case.path), transaction(_of(case)):
        for first in drop:
            _of(case).execute(
                "DELETE FROM projection WHERE name = ? AND substr(key, 1, length(?)) = ?", (name, first, first)
            )
        _of(case).executemany(
            "INSERT OR REPLACE INTO projection VALUES (?, ?, ?, ?)",
            ((name, key, source, body) for key, body in put.items()),
        )


def shelved(case: Case, name: str, source: str, first: str) -> dict[str, bytes]:
    """All rows under `name` whose key begins with `first`, as far as they were folded from `source`."""
    with one_line(case.path):
        found = rows(
            _of(case),
            "SELECT key, body FROM projection WHERE name = ? AND source = ? AND substr(key, 1, length(?)) = ?"
            " ORDER BY key",
            name,
            source,
            first,
            first,
        )
        return {key: bytes(body) for key, body in found}


def words_at(case: Case, places: Sequence[tuple[str, int, int]]) -> list[str]:
    """What stands at places (document id, start, end in code points) of texts; empty where there is no such document.

    The texts are not taken into memory as a whole.
    """
    wanted = sorted({id_ for id_, _, _ in places})
    keys: dict[str, int] = {}
    with one_line(case.path):
        for n in range(0, len(wanted), _MANY):
            some = wanted[n : n + _MANY]
            found = rows(
                _of(case), f"SELECT id, document FROM catalogue WHERE id IN ({', '.join('?' * len(some))})", *some
            )
            keys |= dict(found)
        return [_words(_of(case), keys[id_], start, end) if id_ in keys else "" for id_, start, end in places]


def _words(connection: sqlite3.Connection, key: int, start: int, end: int) -> str:
    ((words,),) = rows(
        connection, "SELECT substr(text, ?, ?) FROM document WHERE key = ?", start + 1, max(0, end - start), key
    )
    if len(words) == end - start:
        return str(words)
    ((text,),) = rows(connection, "SELECT text FROM document WHERE key = ?", key)  # SQLite stops at a zero character
    return str(text)[start:end]


def decided_at(case: Case, number: int) -> str:
    """When the newest of the decisions up to this number was recorded, as ISO 8601 in UTC; empty if there is none."""
    with one_line(case.path):
        found = rows(_of(case), "SELECT at FROM decision WHERE key <= ? ORDER BY key DESC LIMIT 1", number)
        return str(found[0][0]) if found else ""


def _of(case: Case) -> sqlite3.Connection:
    return case._connection  # of the same room
