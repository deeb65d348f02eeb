"""Incidents as CSV, Comity's own or any other with a mapping.

Columns are named as in `rows.FIELDS`; every other column is an argument of the event. A mapping (TOML) says where the
fields of another table stand, what they read when there is none, and what values become::

    kind = "fighting"
    source = "The register"

    [columns]
    id = "event"
    earliest = "from"
    zone = "district"

    [values.zone]
    "North district" = "north"
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import chain
from pathlib import Path
from typing import Any

from comity.accord.incidents.rows import FIELDS, Read, taken
from comity.words import Incident, InputError

ENCODINGS = ("utf-8-sig", "cp1252")


@dataclass(frozen=True)
class Columns:
    """Where the fields of a table stand: `columns` from our names to theirs, `values` from theirs to ours."""

    kind: str = ""
    source: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    prefix: str = ""


def load_mapping(path: str) -> Columns:
    """The mapping in a TOML file. Raises InputError."""
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(error.strerror or str(error), file=path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not a mapping: {error}", file=path) from None
    known = {"kind", "source", "columns", "values", "prefix"}
    if unknown := sorted(set(data) - known):
        raise InputError(f"unknown key {unknown[0]!r}", file=path, hint=f"use {', '.join(sorted(known))}")
    for key in ("kind", "source", "prefix"):
        if not isinstance(data.get(key, ""), str):
            raise InputError(f"{key} is not a text", file=path, hint=f'write {key} = "…"')
    tables = {"columns": data.get("columns", {}), **_tables(data.get("values", {}), path)}
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
            raise InputError(
                f"[{name}] is not a table of texts", file=path, hint=f'write [{name}], then ours = "theirs"'
            )
    return Columns(**data)


def _tables(values: Any, path: str) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise InputError("values is not a table", file=path, hint='write [values.zone], then "theirs" = "ours"')
    return {f"values.{name}": table for name, table in values.items()}


def opened(path: str) -> Iterator[str]:
    """The lines of a text file, UTF-8 or else Windows-1252, read as they come."""
    try:
        with open(path, "rb") as file:
            head = file.read(1 << 20)
            try:
                head.decode("utf-8")
                encoding = ENCODINGS[0]
            except UnicodeDecodeError as error:
                encoding = ENCODINGS[0] if error.start > len(head) - 4 else ENCODINGS[1]
        with open(path, encoding=encoding, errors="replace", newline="") as text:
            yield from text
    except OSError as error:
        raise InputError(error.strerror or str(error), file=path) from None


def header_of(line: str) -> list[str]:
    """The names in the first line of a table with commas or tabs."""
    return [name.strip() for name in next(csv.reader([line], delimiter=_between(line)), [])]


def _between(line: str) -> str:
    return "\t" if line.count("\t") > line.count(",") else ","


def laid(fields: dict[str, str], row: Mapping[str, str], mapping: Columns | None) -> dict[str, str]:
    """The fields of a known format with a mapping's columns, values and kind on top of them."""
    if mapping is None:
        return fields
    for ours, theirs in mapping.columns.items():
        fields[ours] = row.get(theirs, "")
    for name, values in mapping.values.items():
        fields[name] = values.get(fields.get(name, ""), "")
    if mapping.kind:
        fields["kind"] = mapping.kind
    if mapping.prefix and fields.get("id"):
        fields["id"] = mapping.prefix + fields["id"]
    return fields


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table (with commas or tabs) by its header, each with the number of its (last) line."""
    given = iter(lines)
    first = next(given, "")
    reader = csv.reader(chain([first], given), delimiter=_between(first))
    header = [name.strip() for name in next(reader, [])]
    width = len(header)
    for row in reader:
        if not row:
            continue
        if len(row) < width:
            row += [""] * (width - len(row))
        yield reader.line_num, dict(zip(header, row, strict=False))


def mapped(rows: Iterable[tuple[int, Mapping[str, str]]], by: Columns) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows under our names. Columns that the mapping does not name are left out."""
    for line, row in rows:
        found = {}
        for ours, theirs in by.columns.items():
            value = row.get(theirs, "")
            found[ours] = by.values.get(ours, {}).get(value, value)
        if by.prefix and found.get("id"):
            found["id"] = by.prefix + found["id"]
        yield line, found


def read(
    path: str, into: Read, zone: tzinfo | None = None, mapping: Columns | None = None, *, strict: bool = False
) -> None:
    """Adds the incidents of a CSV file to `into`. Raises InputError for a table without the columns that are needed."""
    rows = numbered(opened(path))
    first = next(rows, None)
    columns = set(first[1]) if first else set()
    if first is None:
        if not next(opened(path), "").strip():
            raise InputError("empty: not even a line that names the columns", file=path)
        return
    if mapping is None and not ({"id", "kind"} <= columns and columns & {"date", "earliest"}):
        raise InputError(
            "not a table of incidents: columns id, kind and date (or earliest, latest) are needed", file=path, line=1,
            hint="name where they stand with --mapping FILE (docs/accord/incidents.md)",
        )  # fmt: skip
    if mapping is not None and (missing := sorted(set(mapping.columns.values()) - columns)):
        raise InputError(f"no column {missing[0]!r}", file=path, line=1, hint="correct the mapping")

    def chained() -> Iterator[tuple[int, dict[str, str]]]:
        yield first
        yield from rows

    given = mapped(chained(), mapping) if mapping else chained()
    by = mapping or Columns()
    taken(given, into, path, zone, kind=by.kind, source=by.source, strict=strict)


def written(incidents: Sequence[Incident]) -> str:
    """Incidents as CSV; `read` gives the same incidents back."""
    arguments = sorted({name for i in incidents for name, _ in i.arguments})
    columns = [c for c in FIELDS if c not in ("date", "count")] + arguments
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for i in incidents:
        fields = {
            "id": i.id, "kind": i.kind, "earliest": i.earliest, "latest": i.latest,
            "known_since": i.known_since.isoformat(),
            "source": i.source, "low": i.low, "high": i.high, "reliability": i.reliability, "attributed": i.attributed,
            "attribution": i.attribution, "verified_by": i.verified_by, "corrects": i.corrects,
            "withdrawn": "yes" if i.withdrawn else "", "quote": i.quote or (i.passage.quote if i.passage else ""),
            "longitude": "" if i.longitude is None else i.longitude,
            "latitude": "" if i.latitude is None else i.latitude,
            "review": i.review.value, "handling": i.handling.value, **dict(i.arguments),
        }  # fmt: skip
        writer.writerow([fields.get(c, "") for c in columns])
    return out.getvalue()
