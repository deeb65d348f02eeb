"""Incident files of any known format, by their first line or their ending."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from comity.accord.incidents import acled, csv, icews, jsonld, plover, ucdp
from comity.accord.incidents.csv import Columns
from comity.accord.incidents.log import zone
from comity.accord.incidents.rows import Read
from comity.words import InputError


def load(
    paths: Iterable[str], timezone: str | None = None, mapping: Columns | None = None, *, strict: bool = False
) -> Read:
    """The incidents of files, with a fault for every row that is none.

    `timezone` stands in where a moment names none. In strict mode a row known before the row above it is a fault.
    Raises InputError for a file that cannot be read at all.
    """
    found, local = Read(), zone(timezone) if timezone else None
    for path in paths:
        if not Path(path).exists():
            raise InputError("no such file", file=path)
        reader = _reader(path, mapping)
        reader(path, found, local, mapping, strict=strict)
        found._last = None  # the order within each file counts, not that between files
    return found


def _reader(path: str, mapping: Columns | None):  # type: ignore[no-untyped-def]
    if Path(path).suffix.lower() in (".json", ".jsonl"):
        _, first = next(plover.records(path), (0, {}))
        return jsonld.read if isinstance(first, dict) and "known_since" in first else plover.read
    head = set(csv.header_of(next(csv.opened(path), "")))
    for known in (ucdp, acled, icews):
        if head >= known.COLUMNS:
            return known.read
    return csv.read
