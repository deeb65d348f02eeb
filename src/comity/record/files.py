"""Writing files whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from comity.words import Document, InputError

_RESERVED = frozenset(["con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3"])


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that appears at `path` only when all of it is written; else nothing is left there.

    Raises InputError for what a person can put right (no such folder, no room on the disk).
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Makes the folder `path` with these files. Raises InputError if there is something at `path` already."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError("there is something here already", file=str(path), hint="name a new folder")
    temporary: str | None = None
    try:
        temporary = tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
        for name, data in files.items():
            (Path(temporary) / name).write_bytes(data)
        os.chmod(temporary, 0o777 & ~_umask())
        if path.exists():
            path.rmdir()
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def cannot_write(path: Path, error: OSError) -> InputError:
    return InputError(f"cannot be written: {error.strerror or error}", file=str(path), hint="nothing was written")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def member_names(documents: Sequence[Document], suffix: str) -> list[str]:
    """A file name for each document: its id where that can be a file's name anywhere, else made so.

    >>> member_names([Document("talks", ""), Document("a/b", "")], ".txt")
    ['talks.txt', 'a_b-c14cddc0.txt']
    """
    names, taken = [], set()
    for document in documents:
        stem = re.sub(r'[\x00-\x1f<>:"/\\|?*\ud800-\udfff]', "_", document.id).strip(". ")
        stem = stem.encode()[:120].decode(errors="ignore")
        if stem != document.id or stem.casefold() in _RESERVED or stem.casefold() in taken:
            stem = f"{stem}-{hashlib.sha256(document.id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        taken.add(stem.casefold())
        names.append(stem + suffix)
    if len({name.casefold() for name in names}) < len(names):
        raise InputError("two documents have the same id", hint="number them first")
    return names
