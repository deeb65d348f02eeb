"""Documents to files, in the formats that can be read back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from comity.record.formats import format_named, formats
from comity.words import Document, InputError


def write(documents: Iterable[Document], path: str | os.PathLike[str], format: str = "jsonl") -> None:
    """Writes all `documents` to `path`, in the order given, whole or not at all.

    Parameters
    ----------
    documents
        With unique ids (see `number`). All of them are written, whatever their handling: who may see what is decided
        before.
    path
        A file for ``jsonl`` and ``csv``; a new folder for ``md`` and ``txt``, one file a document.
    format
        ``jsonl``, ``csv`` and ``md`` keep every field, and `load` gives the same documents again; ``txt`` keeps the
        text.

    Raises
    ------
    InputError
        If the format cannot be written or cannot tell these documents, or there is no room; nothing is left at `path`.
    """
    chosen = format_named(format)
    if chosen.write is None:
        known = ", ".join(each.name for each in formats() if each.write)
        raise InputError(f"documents cannot be written as {format}", hint=f"use one of {known}")
    chosen.write(tuple(documents), Path(path))
