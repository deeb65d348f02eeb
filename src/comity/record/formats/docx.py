"""Word files (.docx): paragraphs and tables in order, as the reader sees them with all changes accepted.

Headers, footers, comments and footnotes are no running text and are left out.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from comity.record.decode import clean
from comity.record.markup import tidy
from comity.record.values import MIB, Context, Extract, Format, Input
from comity.words import InputError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}rPr", f"{_W}pPr", _FALLBACK})


def recognises(head: bytes, suffix: str) -> bool:
    # The first entries of an Office file are always these parts; `word/` may come later than 8 KiB.
    office = head.startswith(b"PK\x03\x04") and (b"[Content_Types].xml" in head or b"_rels/.rels" in head)
    return office and (b"word/" in head or suffix in FORMAT.suffixes)


def read(source: Input, context: Context) -> Iterator[Extract]:
    import docx

    data = source.data(context.limits)
    _refuse_bomb(data, source, context)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise InputError(f"not a Word file, or a broken one: {error}", file=source.name) from None
    text = tidy(clean("\n\n".join(part for part in _blocks(document.element.body) if part.strip())))
    if not text:
        raise InputError("the file has no text", file=source.name, hint="if it holds pictures, run text recognition")
    properties = document.core_properties
    metadata = {"title": properties.title or "", "language": properties.language or ""}
    made = properties.created
    fallback = {"published": made.date().isoformat()} if isinstance(made, datetime) else {}
    yield Extract(text, source.name, source.stem, {k: clean(v) for k, v in metadata.items() if v}, fallback)


def _refuse_bomb(data: bytes, source: Input, context: Context) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = [(info.file_size, info.compress_size, info.flag_bits) for info in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise InputError(f"the Word file is broken or cut: {error}", file=source.name) from None
    ratio, most = context.limits.archive_ratio, context.limits.file_bytes
    if sum(size for size, _, _ in sizes) > most or any(
        size > max(10 * MIB, packed * ratio) for size, packed, _ in sizes
    ):
        raise InputError("unpacks to far more than its size: a zip bomb", file=source.name, hint="it was left alone")
    if any(flags & 1 for _, _, flags in sizes):
        raise InputError("the file is encrypted", file=source.name, hint="save it without a password")


def _blocks(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield "\n".join("\t".join(map(_cell, row.iterfind(f"{_W}tc"))) for row in child.iterfind(f"{_W}tr"))
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _blocks(child)


def _cell(cell: Any) -> str:
    return " ".join(" ".join(_blocks(cell)).split())


def _paragraph(paragraph: Any) -> Iterator[str]:
    boxes: list[Any] = []
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _DROPPED:
            continue
        if element.tag == f"{_W}txbxContent":
            boxes.append(element)
        elif element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag == f"{_W}tab":
            pieces.append("\t")
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif element.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        else:
            stack.extend(reversed(element))
    yield "".join(pieces)
    for box in boxes:
        yield from _blocks(box)


FORMAT = Format("docx", (".docx", ".docm"), read, recognises)
