"""Copies of a case: to mail it, whole or without what is not public."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from comity.case.errors import one_line
from comity.case.file import transaction
from comity.case.handling import hidden, take_out
from comity.words import CaseError, Handling


@dataclass(frozen=True)
class Mailed:
    """A copy that was made: where, its size, and how many documents and decisions it leaves out."""

    path: Path
    bytes: int
    documents_left_out: int
    decisions_left_out: int


def mail(
    connection: sqlite3.Connection, source: Path, destination: Path, handling: Handling, force: bool = False
) -> Mailed:
    """A consistent copy in one file that can be mailed, of what `handling` admits. The case may be in use meanwhile.

    At PUBLIC, interests, BATNA notes and grades of sources are taken out of every version of the agenda, and comments.
    """
    if destination.exists() and source.exists() and os.path.samefile(source, destination):
        raise CaseError(f"{destination}: is the case itself; give another name for the copy")
    with placed(destination, force) as part, one_line(destination):
        connection.execute("VACUUM INTO ?", (str(part),))
        left_out = (0, 0)
        if handling is not Handling.PROTECTED:
            left_out = _redact(part, handling)
        size = part.stat().st_size
    return Mailed(destination, size, *left_out)


@contextmanager
def placed(destination: Path, force: bool = False) -> Iterator[Path]:
    """A path to write to; what is there at the end becomes `destination`, at once and whole, or nothing does."""
    folder = destination.absolute().parent
    if destination.is_dir():
        raise CaseError(f"{destination}: is a folder; give the name of a file in it")
    if not folder.is_dir():
        raise CaseError(f"{destination}: there is no folder {destination.parent}")
    if destination.exists() and not force:
        raise CaseError(f"{destination}: already exists; give another name, or ask to replace it")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{destination.name}.", suffix=".part", dir=folder)
    except OSError as error:
        raise CaseError(f"{destination}: cannot be written: {error.strerror}") from None
    os.close(handle)
    part = Path(name)
    try:
        yield part
        _sync(part)
        _move(part, destination, force)
        _sync(folder)
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            with contextlib.suppress(FileNotFoundError):
                left.unlink()


def _move(part: Path, destination: Path, force: bool) -> None:
    umask = os.umask(0)
    os.umask(umask)
    part.chmod(0o666 & ~umask)
    if force:
        os.replace(part, destination)
        return
    try:
        os.link(part, destination)  # unlike a rename, never replaces what came there meanwhile
    except FileExistsError:
        raise CaseError(f"{destination}: already exists; give another name, or ask to replace it") from None
    except OSError:  # a file system without links
        os.rename(part, destination)


def _sync(path: Path) -> None:
    """What was written is on the disk, not only on its way."""
    with contextlib.suppress(OSError):  # folders cannot be synced everywhere
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _redact(path: Path, handling: Handling) -> tuple[int, int]:
    """Takes out of a private copy what `handling` does not admit, and every trace of it. Returns how much that was."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("secure_delete = ON", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        with transaction(connection):
            what = hidden(connection, handling)
            take_out(connection, what)
            connection.execute("DELETE FROM receipt")  # where else things went is nobody's who gets this copy
        connection.execute("VACUUM")
        return len(what.documents), len(what.decisions)
    finally:
        connection.close()
