"""What goes in and out of a format: inputs, extracts, failures, and what a person gave."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from comity.words import Document, DocumentKind, Handling, InputError

MIB = 1024 * 1024


@dataclass(frozen=True)
class Given:
    """What a person said of the documents being loaded; it wins over everything found in them.

    `handling` can only raise a label: a document exported as protected stays protected (lowering a label is a decision
    on the document, not an option of an import). None means not given.
    """

    published: date | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    kind: DocumentKind | None = None
    handling: Handling | None = None


@dataclass(frozen=True)
class Failure:
    """Something that could not be read: yielded, not raised, so that the rest of a batch still is.

    `name` is the file, or ``archive.zip!member``; `error` prints as one line.
    """

    name: str
    error: InputError

    def __str__(self) -> str:
        return str(self.error)


@dataclass(frozen=True)
class Limits:
    """How much is read before a file is refused, against files that are mistakes or traps.

    Attributes
    ----------
    file_bytes
        Size of one file that has to be read whole. JSON lines are read line by line and know only a limit per line.
    text_chars
        Length of the text of one document, in code points.
    archive_bytes
        Unpacked size of all members of one archive, in bytes, nested archives included.
    archive_ratio
        Unpacked to packed size of one member; looked at only above 10 MiB, as short repetitive texts pack well.
    archive_members
        Number of members of one archive.
    archive_depth
        How deep archives and messages may be nested: 1 is a file in an archive.
    """

    file_bytes: int = 100 * MIB
    text_chars: int = 10_000_000
    archive_bytes: int = 1024 * MIB
    archive_ratio: int = 200
    archive_members: int = 100_000
    archive_depth: int = 3


NOTHING_GIVEN = Given()
LIMITS = Limits()


@dataclass
class Budget:
    """How many unpacked bytes an archive, with all that is nested in it, may still give. The one value that changes:
    it is shared by all members, so that a thousand small traps count as one."""

    left: int


@dataclass(frozen=True)
class Input:
    """A file, or a member of one, that can be opened.

    `name` is as a person is told it (``archive.zip!member.html``), `path` the part of it that has stem and suffix,
    `size` in bytes (None: not known before it is read), `depth` how many archives or messages it lies in, `budget`
    that of the outermost archive.
    """

    name: str
    path: str
    size: int | None
    opener: Callable[[], AbstractContextManager[BinaryIO]]
    depth: int = 0
    budget: Budget | None = None

    @classmethod
    def of_path(cls, path: Path, name: str) -> Input:
        return cls(name, path.name, path.stat().st_size, lambda: path.open("rb"))

    @classmethod
    def of_bytes(cls, data: bytes, name: str, path: str, depth: int = 0, budget: Budget | None = None) -> Input:
        return cls(name, path, len(data), lambda: io.BytesIO(data), depth, budget)

    def within(self, limits: Limits) -> Budget:
        """The budget for what this archive holds. Raises InputError if it is nested too deep."""
        if self.depth >= limits.archive_depth:
            raise InputError(f"nested more than {limits.archive_depth} archives deep", file=self.name, hint="unpack it")
        return self.budget or Budget(limits.archive_bytes)

    @property
    def suffix(self) -> str:
        """The last suffix, lower-case, with its dot; empty if what follows the last dot is no suffix."""
        suffix = posixpath.splitext(self.path)[1].lower()
        return suffix if suffix[1:].isalnum() and len(suffix) <= 8 else ""

    @property
    def stem(self) -> str:
        """The last part of the path without its suffix: ``2031-03-04_harbour-times_talks``."""
        last = posixpath.basename(self.path)
        return last[: -len(self.suffix)] if self.suffix and len(self.suffix) < len(last) else last

    def head(self, count: int = 8192) -> bytes:
        """The first `count` bytes."""
        with self.opener() as stream:
            return stream.read(count)

    def data(self, limits: Limits) -> bytes:
        """All bytes. Raises InputError above ``limits.file_bytes``, without having read more than that."""
        limit = limits.file_bytes
        if self.size is None or self.size <= limit:
            with self.opener() as stream:
                data = stream.read(limit + 1)
            if len(data) <= limit:
                return data
        size = f"{self.size / MIB:.0f} MB" if self.size is not None else f"over {limit / MIB:.0f} MB"
        raise InputError(
            f"the file is too large to be one document: {size}, the limit is {limit / MIB:.0f} MB",
            file=self.name,
            hint="split it into one file a document, or use JSON lines",
        )


@dataclass(frozen=True)
class Extract:
    """What a format took out of a file, before it is settled where each field comes from.

    `text` is final: it becomes the document's text as it stands. `metadata` holds fields of `Document` as the format
    states them, raw; `fallback` holds what a format knows only weakly (a PDF's creation date is often that of a
    print-out) and is used where nothing else was found. `encoding` and `note` tell how the text was decoded where
    that took a guess.
    """

    text: str
    name: str
    stem: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    fallback: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    note: str = ""


@dataclass(frozen=True)
class Context:
    """What a format may need to know beside the input: limits, and a person's column mapping (field to column)."""

    limits: Limits = LIMITS
    columns: Mapping[str, str] = field(default_factory=dict)


Yield = Extract | Document | Input | Failure
"""What reading a file gives: texts with raw metadata, whole documents (our own exports), members, failures."""


def _never(head: bytes, suffix: str) -> bool:
    return False


@dataclass(frozen=True)
class Format:
    """One format: how it is recognised, read and, where a round trip makes sense, written.

    Attributes
    ----------
    name
        As a person writes it: ``--format jsonl``.
    suffixes
        Lower-case, with the dot.
    read
        Yields what is in an input; raises InputError if it cannot be read at all.
    recognises
        True if the first 8 KiB (and the suffix) can only be this format. Asked before suffixes are looked at.
    write
        Writes documents to a path: `InputError` if they cannot be told in this format; nothing half-written.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Input, Context], Iterator[Yield]]
    recognises: Callable[[bytes, str], bool] = _never
    write: Callable[[Sequence[Document], Path], None] | None = None
