"""The full-text index: what goes in. See `search` for what comes out."""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from comity.case.rows import rows
from comity.case.tokens import columns
from comity.words import fold_name


def index_text(connection: sqlite3.Connection, key: int, text: str) -> None:
    """Adds the text of document `key` to the index."""
    words = columns(text)[0]
    connection.execute("INSERT INTO search (rowid, folded) VALUES (?, ?)", (key, " ".join(words)))
    spelled = [(sound, word) for word in sorted(set(words)) if (sound := sounds(word)) != word]
    connection.executemany("INSERT OR IGNORE INTO sound VALUES (?, ?)", spelled)


@lru_cache(maxsize=1 << 16)
def sounds(word: str) -> str:
    """What a folded word sounds like: the same for the usual spellings of one name.

    >>> sounds("zelenskyy") == sounds("zelenskiy")
    True
    """
    return fold_name(word) or word


def alike(connection: sqlite3.Connection, word: str) -> tuple[str, ...]:
    """The words of the index that may be other spellings of `word`, itself among them."""
    sound = sounds(word)
    found = {spelled for (spelled,) in rows(connection, "SELECT word FROM sound WHERE sound = ?", sound)}
    return tuple(sorted(found | {sound, word}))


def fold_index(connection: sqlite3.Connection) -> None:
    """Drops the index and folds it anew from all documents."""
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.execute("DELETE FROM sound")
    for (key,) in rows(connection, "SELECT key FROM document ORDER BY key"):
        ((text,),) = rows(connection, "SELECT text FROM document WHERE key = ?", key)
        index_text(connection, key, text)
