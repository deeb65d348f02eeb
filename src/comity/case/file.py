"""The case file as a file: made, opened, refused, brought up to date.

One SQLite database. A rollback journal and not a write-ahead log, because people copy and mail the file, and a copy
without its log loses what was last written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from comity.case.errors import one_line
from comity.words import CaseError

APPLICATION_ID = 0x436F6D69
"""``Comi``: what tells a case file from any other SQLite database."""

WAIT = 15.0
"""Seconds to wait for another process that is writing."""

_MAGIC = b"SQLite format 3\x00"
_OLDEST = (3, 37, 0)  # STRICT tables


def migrations() -> tuple[tuple[int, str], ...]:
    """Every migration: its number and its SQL, in order.

    >>> [number for number, _ in migrations()] == list(range(1, version() + 1))
    True
    """
    scripts = [f for f in files("comity.case").joinpath("migrations").iterdir() if f.name.endswith(".sql")]
    ordered = sorted(scripts, key=lambda f: f.name)
    return tuple((int(f.name.partition("_")[0]), f.read_text(encoding="utf-8")) for f in ordered)


def version() -> int:
    """The newest schema that this Comity knows."""
    return migrations()[-1][0]


def create(path: Path, wait: float = WAIT) -> sqlite3.Connection:
    """A new, empty case file, open for writing. Raises CaseError if something is already there."""
    _check_sqlite()
    if path.is_dir():
        raise CaseError(f"{path}: is a folder; give the name of a file in it")
    if path.exists() and path.stat().st_size:
        raise CaseError(f"{path}: already exists; open it, or give another name")
    if not path.parent.is_dir():
        raise CaseError(f"{path}: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise CaseError(f"{path}: the folder is read-only; choose another")
    made_here = not path.exists()
    with one_line(path):
        connection = _connect(path, "rwc", wait)
        try:
            with transaction(connection, "EXCLUSIVE"):
                # of two processes that make one file, the second finds the first's here
                if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                    raise CaseError(f"{path}: already exists; open it, or give another name")
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                _migrate(connection, 0)
        except BaseException:
            connection.close()
            if made_here and path.exists() and not path.stat().st_size:
                path.unlink()
            raise
    return connection


def open_(path: Path, write: bool = True, wait: float = WAIT) -> sqlite3.Connection:
    """An existing case file, brought up to date if it is to be written. Raises CaseError if it cannot be used."""
    _check_sqlite()
    _check_file(path, write)
    with one_line(path):
        connection = _connect(path, "rw" if write else "ro", wait)
        try:
            found = _check_database(connection, path)
            if write and connection.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
                connection.execute("PRAGMA journal_mode = DELETE")
            if found == version():
                return connection
            if not write:
                raise CaseError(f"{path}: was made by an older Comity (schema {found}); open it for writing once")
            with transaction(connection):
                found = connection.execute("PRAGMA user_version").fetchone()[0]
                _migrate(connection, found)
                if found < version():
                    from comity.case.refold import refold_all  # only a migration needs it

                    refold_all(connection)
            return connection
        except BaseException:
            connection.close()
            raise


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """All of what is done inside, or nothing of it. Waits its turn at the start, not in the middle."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # some errors (a full disk) roll back by themselves
            connection.execute("ROLLBACK")
        raise


def _connect(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait, isolation_level=None
    )
    try:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "recursive_triggers = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_sqlite() -> None:
    if sqlite3.sqlite_version_info < _OLDEST:
        raise CaseError(f"SQLite {sqlite3.sqlite_version} is too old; a case file needs 3.37 or newer")


def _check_file(path: Path, write: bool) -> None:
    if path.is_dir():
        raise CaseError(f"{path}: is a folder, not a case file")
    try:
        with path.open("rb") as file:
            head = file.read(100)
            size = file.seek(0, os.SEEK_END)
    except FileNotFoundError:
        raise CaseError(f"{path}: there is no such file; `comity new {path}` makes a case") from None
    except PermissionError:
        raise CaseError(f"{path}: no permission to read it") from None
    except OSError as error:
        raise CaseError(f"{path}: cannot be read: {error.strerror}") from None
    if not size:
        raise CaseError(f"{path}: is empty, not a case file; `comity new {path}` makes one there")
    if not head.startswith(_MAGIC):
        raise CaseError(f"{path}: is not a case file")
    if write and not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        raise CaseError(
            f"{path}: cannot be written: the file or its folder is read-only; copy it to a folder of your own"
        )


def _check_database(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's number, after all that can be checked without reading the whole file."""
    found_id = connection.execute("PRAGMA application_id").fetchone()[0]
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found_id != APPLICATION_ID:
        raise CaseError(f"{path}: is a database, but not a case file")
    if found > version():
        raise CaseError(
            f"{path}: was made by a newer Comity (schema {found}; this one knows {version()}); update Comity"
        )
    pages, page_size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if path.stat().st_size < pages * page_size:
        raise CaseError(f"{path}: is cut short ({path.stat().st_size} of {pages * page_size} bytes); get a whole copy")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return found


def _migrate(connection: sqlite3.Connection, found: int) -> None:
    for number, script in migrations():
        if number > found:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    # executescript() would commit first
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
