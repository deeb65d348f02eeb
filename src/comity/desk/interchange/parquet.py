"""Codings and documents as Parquet, typed, and back: for analysis in other languages and for hand-over at scale."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from comity.desk.interchange.codings import Coding, by_id, checked, ordered
from comity.desk.interchange.table_csv import COLUMNS, coding_of, row_of
from comity.words import Document, InputError, from_json, to_json

_BATCH = 10_000


def _schema() -> Any:
    import pyarrow as pa  # takes a while to load

    span = pa.list_(pa.int64(), 2)
    quantity = pa.struct(
        [("low", pa.float64()), ("high", pa.float64()), ("unit", pa.string()), ("span", span), ("of", pa.string())]
    )
    special = {
        "start": pa.int64(), "end": pa.int64(), "fact": pa.bool_(), "absolute": pa.bool_(), "confidence": pa.float64(),
        "chain": pa.list_(pa.string()), "also_issues": pa.list_(pa.string()), "topics": pa.list_(pa.string()),
        "condition": pa.list_(span), "source_spans": pa.list_(span), "cue_spans": pa.list_(span),
        "content_spans": pa.list_(span), "said_expression": span, "quantities": pa.list_(quantity),
        "said_earliest": pa.date32(), "said_latest": pa.date32(),
    }  # fmt: skip
    return pa.schema([(name, special.get(name, pa.string())) for name in COLUMNS])


def _document_schema() -> Any:
    import pyarrow as pa

    found = pa.list_(pa.struct([("field", pa.string()), ("place", pa.string()), ("note", pa.string())]))
    special = {"published": pa.date32(), "found": found}
    return pa.schema([(name, special.get(name, pa.string())) for name in to_json(Document("", ""))])


def dumps(codings: Iterable[Coding]) -> bytes:
    """The codings as one Parquet file: the same bytes for the same codings and version of the library."""
    rows = [row_of(coding) for coding in ordered(codings)]
    for row in rows:
        for name in ("said_earliest", "said_latest"):
            row[name] = date.fromisoformat(row[name]) if row[name] else None
    return _written(rows, _schema())


def loads(data: bytes, documents: Sequence[Document], file: str | None = None) -> tuple[Coding, ...]:
    """The codings of a Parquet file. Raises InputError for what is none, or a quote that is not in its document."""
    known = by_id(documents)
    found = []
    for number, row in enumerate(_rows(data, _schema(), file), start=1):
        for name in ("said_earliest", "said_latest"):
            row[name] = row[name].isoformat() if row[name] else None
        coding = coding_of(row, file, number)
        checked(coding.statement.passage, known, file, number)
        found.append(coding)
    return tuple(found)


def documents_to_bytes(documents: Iterable[Document]) -> bytes:
    """Documents with all fields, in the order given."""
    rows = []
    for document in documents:
        row = to_json(document)
        row["published"] = document.published
        rows.append(row)
    return _written(rows, _document_schema())


def documents_from_bytes(data: bytes, file: str | None = None) -> tuple[Document, ...]:
    """Documents of a Parquet file. Raises InputError for what is none."""
    found = []
    for row in _rows(data, _document_schema(), file):
        row["published"] = row["published"].isoformat() if row["published"] else None
        found.append(from_json(Document, row, file=file))
    return tuple(found)


def _written(rows: list[dict[str, Any]], schema: Any) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    with pq.ParquetWriter(out, schema, compression="zstd", write_statistics=False) as writer:
        for start in range(0, len(rows), _BATCH):
            writer.write_table(pa.Table.from_pylist(rows[start : start + _BATCH], schema=schema))
    return out.getvalue()


def _rows(data: bytes, schema: Any, file: str | None) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(data))
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"not Parquet: {str(error).splitlines()[0][:80]}", file=file) from None
    missing = [name for name in schema.names if name not in table.schema.names]
    if missing:
        raise InputError(f"there is no column {missing[0]!r}", file=file, hint="is it another kind of table?")
    try:
        rows: list[dict[str, Any]] = table.select(schema.names).cast(schema).to_pylist()
    except (pa.ArrowException, ValueError) as error:
        raise InputError(f"a column does not fit: {str(error).splitlines()[0][:80]}", file=file) from None
    return rows
