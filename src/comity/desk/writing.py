"""Files written whole or not at all: to a neighbour first, then put in place."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from comity.words import InputError


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Writes `content` (text as UTF-8, line ends as they are) to `path`, replacing what is there in one step.

    A reader of `path` sees the old file or the new one. Raises InputError, and leaves no trace, if it cannot be
    written.
    """
    target = Path(path)
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if target.is_dir():
        raise InputError("is a folder", file=str(path), hint="give the name of a file in it")
    try:
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_file():  # a pipe or a device: nothing to replace
            target.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.absolute().parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        hint = "free some space" if error.errno in _FULL else "choose another place"
        raise InputError(f"cannot be written: {error.strerror or error}", file=str(path), hint=hint) from None


_FULL = {28, 122}  # no space left, quota exceeded


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
