"""JSON lines, one document a line; also a JSON file that holds one object or a list of them.

Read line by line, so that a file of any size fits. A row becomes a document by its column names (see `columns`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.record import columns
from comity.record.decode import read_text
from comity.record.files import whole_file
from comity.record.values import Context, Extract, Failure, Format, Input, Yield
from comity.words import Document, InputError, to_json

_SPACE = b" \t\r\n"


def recognises(head: bytes, suffix: str) -> bool:
    """True if the first line is a JSON object with a text in it; under a name of its own, if it is any JSON."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE)
    if suffix in FORMAT.suffixes:
        return start[:1] in (b"{", b"[") and not _rich(start)
    if not start.startswith(b'{"'):
        return False
    line, newline, _ = start.partition(b"\n")
    if not newline and len(head) >= 8192:
        return b'"text":' in line or b'"body":' in line or b'"content":' in line
    try:
        row = json.loads(line)
    except ValueError:
        return False
    return isinstance(row, dict) and "text" in columns.guess(list(row))


def _rich(start: bytes) -> bool:
    return start.startswith(b"{\\rtf")


def read(source: Input, context: Context) -> Iterator[Yield]:
    if _is_one_value(source):
        yield from _read_whole(source, context)
        return
    limit = context.limits.file_bytes
    with source.opener() as stream:
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            if len(line) > limit:
                yield Failure(
                    source.name, InputError("the line is too long to be one document", file=source.name, line=number)
                )
                while line and not line.endswith(b"\n"):
                    line = stream.readline(limit)
                continue
            if line.strip(_SPACE):
                yield from _line(line, number, source, context)


def _line(line: bytes, number: int, source: Input, context: Context) -> Iterator[Yield]:
    try:
        decoded = read_text(line, name=source.name)
        row = _loads(decoded.text, source.name, number)
        yield _row(row, number, source, context, decoded.note)
    except InputError as error:
        if error.line != number:
            error = InputError(error.what, file=source.name, line=number, field=error.field, hint=error.hint)
        yield Failure(source.name, error)


def _loads(text: str, file: str, line: int | None = None) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = line if line is not None else error.lineno
        raise InputError(f"not JSON: {error.msg} (column {error.colno})", file=file, line=at) from None
    except RecursionError:
        raise InputError("not a document: nested too deep", file=file, line=line) from None


def _row(row: Any, number: int, source: Input, context: Context, note: str = "") -> Extract | Document:
    if not isinstance(row, Mapping):
        raise InputError(
            "not a JSON object", file=source.name, line=number, hint="one object a line, one document each"
        )
    if columns.FOUND in row and "text" in row and "id" in row:
        return columns.document(row, source.name, number)
    chosen = columns.mapping(columns.names(row), context.columns, file=source.name, line=number)
    stem = f"{source.stem}-{number:05d}"
    return columns.extract(
        row, chosen, name=f"{source.name}!{number}", stem=stem, file=source.name, line=number, note=note
    )


def _is_one_value(source: Input) -> bool:
    """True for a file that is one JSON value: a list, or an object that is all there is or does not end its line."""
    head = source.head().removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE)
    if head.startswith(b"["):
        return True
    line, _, rest = head.partition(b"\n")
    if not rest.strip(_SPACE):
        return source.suffix == ".json"
    try:
        json.loads(line)
    except ValueError:
        return source.suffix == ".json" or line.strip(_SPACE) == b"{"
    return False


def _read_whole(source: Input, context: Context) -> Iterator[Yield]:
    decoded = read_text(source.data(context.limits), name=source.name)
    value = _loads(decoded.text, source.name)
    if isinstance(value, Mapping):
        lists = [v for v in value.values() if isinstance(v, list) and v and all(isinstance(r, Mapping) for r in v)]
        value = lists[0] if len(lists) == 1 and "text" not in columns.guess(columns.names(value)) else [value]
    for number, row in enumerate(value, start=1):
        try:
            yield _row(row, number, source, context, decoded.note)
        except InputError as error:
            where = f"document {number}" + (f", {error.field}" if error.field else "")
            yield Failure(source.name, InputError(error.what, file=source.name, field=where, hint=error.hint))


def write(documents: Sequence[Document], path: Path) -> None:
    """Writes every field of each document, one a line, in UTF-8."""
    with whole_file(path) as stream:
        for document in documents:
            stream.write(columns.one_line(to_json(document)).encode() + b"\n")


FORMAT = Format("jsonl", (".jsonl", ".ndjson", ".json"), read, recognises, write)
