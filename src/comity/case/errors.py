"""What SQLite says, as a person is told it: one line, a `CaseError`, with what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from comity.words import CaseError

_SAID = {
    "SQLITE_BUSY": "is in use by another process; try again when that has finished",
    "SQLITE_LOCKED": "is in use by another process; try again when that has finished",
    "SQLITE_FULL": "the disk is full; what was saved before is safe: free some space and run the same again",
    "SQLITE_CORRUPT": "is damaged; go back to a copy, or save what can be read with `sqlite3 FILE .recover`",
    "SQLITE_NOTADB": "is not a case file",
    "SQLITE_READONLY_ROLLBACK": "was left half-way by a process that was stopped; open it once for writing to mend it",
    "SQLITE_READONLY": "cannot be written: the file or its folder is read-only; copy it to a folder of your own",
    "SQLITE_CANTOPEN": "cannot be opened: its folder does not let a file be made beside it",
    "SQLITE_PERM": "cannot be opened: no permission",
    "SQLITE_IOERR": "could not be read or written: the disk has a fault or is full; what was saved before is safe",
    "SQLITE_TOOBIG": "one text is larger than a case file can hold (a thousand million bytes)",
    "SQLITE_NOMEM": "there is not enough memory",
}


@contextmanager
def one_line(path: Path) -> Iterator[None]:
    """Turns any error of SQLite raised inside into a `CaseError` of one line that names the file."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise CaseError(f"{path}: {said(error)}") from error


def said(error: sqlite3.Error) -> str:
    """What an error of SQLite means, in plain words.

    >>> said(sqlite3.OperationalError("no such table: x"))
    'no such table: x'
    """
    name = getattr(error, "sqlite_errorname", None) or ""
    # SQLITE_IOERR_WRITE and its like are kinds of SQLITE_IOERR
    kind = "_".join(name.split("_")[:2])
    return _SAID.get(name) or _SAID.get(kind) or " ".join(str(error).split())
