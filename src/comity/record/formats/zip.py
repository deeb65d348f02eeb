"""A zip archive of any of the formats, archives in it included. Nothing is unpacked to the disk.

Members that could harm a program which does unpack (paths that lead out of a folder, links) are refused all the same:
an archive that holds them was not made by a person saving reports.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from comity.record.guard import Meter, guarded
from comity.record.places import is_litter
from comity.record.values import MIB, Budget, Context, Failure, Format, Input, Yield
from comity.words import InputError

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE = {
    "application/vnd.oasis.opendocument.text": ("an OpenDocument text (.odt)", "save it as .docx"),
    "application/epub+zip": ("an e-book (.epub)", "save it as .html or .txt"),
}
_PARTS = {"xl/workbook.xml": ("a spreadsheet (.xlsx)", "save it as .csv"),
          "ppt/presentation.xml": ("slides (.pptx)", "save them as .pdf")}  # fmt: skip


def recognises(head: bytes, suffix: str) -> bool:
    return head.startswith(_MAGIC)


def read(source: Input, context: Context) -> Iterator[Yield]:
    budget = source.within(context.limits)
    with _seekable(source, context) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise InputError(f"the zip archive is broken or cut: {error}", file=source.name) from None
        with archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            _refuse_other_zips(archive, members, source.name)
            if len(members) > context.limits.archive_members:
                raise InputError(f"more than {context.limits.archive_members} members", file=source.name)
            if not members:
                raise InputError("the archive is empty", file=source.name)
            for info in sorted(members, key=lambda info: info.filename):
                name = f"{source.name}!{info.filename}"
                try:
                    _refuse_harmful(info, context, name)
                except InputError as error:
                    yield Failure(name, error)
                    continue
                if not is_litter(PurePosixPath(info.filename).parts):
                    yield _member(archive, info, name, budget, source, context)


@contextmanager
def _seekable(source: Input, context: Context) -> Iterator[BinaryIO]:
    with source.opener() as stream:
        yield stream if stream.seekable() else io.BytesIO(source.data(context.limits))


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget, source: Input, context: Context
) -> Input:
    meter = Meter(name, info.compress_size, budget, context.limits)

    @contextmanager
    def opener() -> Iterator[BinaryIO]:
        try:
            with archive.open(info) as stream:
                yield guarded(cast(BinaryIO, stream), meter)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise InputError(f"this member is broken: {error}", file=name) from None

    return Input(name, info.filename, info.file_size, opener, source.depth + 1, budget)


def _refuse_harmful(info: zipfile.ZipInfo, context: Context, name: str) -> None:
    path = info.filename.replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in path.split("/"):
        raise InputError("this member's path leads out of the archive", file=name, hint="it was left alone")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise InputError("this member is a link", file=name, hint="it was left alone")
    if info.flag_bits & 0x1:
        raise InputError("this member is encrypted", file=name, hint="unpack the archive with its password")
    limits = context.limits
    if info.file_size > max(10 * MIB, info.compress_size * limits.archive_ratio):
        ratio = info.file_size // max(1, info.compress_size)
        raise InputError(f"unpacks to {ratio} times its size: a zip bomb", file=name, hint="it was left alone")


def _refuse_other_zips(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    """Office files are zips too; their parts are no reports."""
    names = {info.filename for info in members}
    for part, (what, hint) in _PARTS.items():
        if part in names:
            raise InputError(f"{what}, not a text", file=name, hint=hint)
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            kind = stream.read(80).decode("ascii", "replace").strip()
        if kind in _OFFICE:
            raise InputError(f"{_OFFICE[kind][0]}", file=name, hint=_OFFICE[kind][1])


FORMAT = Format("zip", (".zip",), read, recognises)
