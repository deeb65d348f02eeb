"""CSV (and the same with semicolons or tabs): a header, then one document a row. Columns are mapped as in JSON lines.

Cells are kept as they stand: line ends inside one are part of the text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from comity.record import columns
from comity.record.decode import decode
from comity.record.files import whole_file
from comity.record.values import Context, Failure, Format, Input, Yield
from comity.words import Document, InputError, to_json

_FIELDS = [f.name for f in fields(Document)]


def read(source: Input, context: Context) -> Iterator[Yield]:
    decoded = decode(source.data(context.limits), name=source.name)
    csv.field_size_limit(max(csv.field_size_limit(), context.limits.text_chars * 2))
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=_delimiter(decoded.text), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if len(set(header)) < len(header):
            raise InputError("two columns have one name", file=source.name, line=1)
        ours = columns.FOUND in header and "text" in header and "id" in header
        chosen = {} if ours else columns.mapping(header, context.columns, file=source.name, line=1)
        number = 0
        for number, cells in enumerate(reader, start=1):
            if not any(cells):
                continue
            try:
                if len(cells) != len(header):
                    raise InputError(
                        f"{len(cells)} cells under {len(header)} columns", file=source.name, line=reader.line_num
                    )
                row = dict(zip(header, cells, strict=True))
                if ours:
                    yield columns.document(_ours(row), source.name, reader.line_num)
                else:
                    name, stem = f"{source.name}!{number}", f"{source.stem}-{number:05d}"
                    line = reader.line_num
                    yield columns.extract(
                        row, chosen, name=name, stem=stem, file=source.name, line=line, note=decoded.note
                    )
            except InputError as error:
                yield Failure(source.name, error)
        if not number:
            raise InputError("a header and no rows" if header else "no rows", file=source.name)
    except csv.Error as error:
        raise InputError(f"not CSV: {error}", file=source.name, line=reader.line_num) from None


def _delimiter(text: str) -> str:
    """What separates the names of the header: the candidate that stands there most often outside of quotes."""
    outside = "".join(text.lstrip("\r\n").split("\n", 1)[0].split('"')[::2])
    return max(",;\t|", key=lambda mark: (outside.count(mark), mark == ","))


def _ours(row: dict[str, str]) -> dict[str, object]:
    values: dict[str, object] = {key: value for key, value in row.items() if value or key in ("text", "name")}
    try:
        values[columns.FOUND] = json.loads(row[columns.FOUND] or "[]")
    except ValueError:
        raise InputError("not JSON", field=columns.FOUND) from None
    return values


def write(documents: Sequence[Document], path: Path) -> None:
    """Writes every field of each document in one row, in UTF-8 (RFC 4180; `found` as JSON)."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_FIELDS)
    with whole_file(path) as stream:
        for document in documents:
            row = to_json(document)
            row[columns.FOUND] = columns.one_line(row[columns.FOUND])
            writer.writerow(["" if row[name] is None else row[name] for name in _FIELDS])
            stream.write(table.getvalue().encode("utf-8", "surrogatepass"))
            table.seek(0)
            table.truncate()


FORMAT = Format("csv", (".csv", ".tsv"), read, write=write)
