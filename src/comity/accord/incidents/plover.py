"""PLOVER and CAMEO event records (JSON list or JSON lines): who did what to whom, with the sentence.

`event` (or `eventType`) gives the kind in lower case. A CAMEO code (in `eventCode`, or as the event) becomes the PLOVER
event that it stands for; a code without one is told as a fault. Arguments are `source_actor` and `target_actor` (the
actors' texts, several joined with " and "), `mode`, `context` and `cameo`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from comity.accord.incidents.cameo import plover
from comity.accord.incidents.csv import Columns, laid, opened
from comity.accord.incidents.rows import Bad, Fault, Read, incident
from comity.words import InputError


def records(path: str) -> Iterator[tuple[int, Any]]:
    """The objects of a JSON list (numbered from 1) or of JSON lines (by line). Raises InputError."""
    text = "".join(opened(path))
    if text.lstrip().startswith("["):
        try:
            found = json.loads(re.sub(r",(\s*[\]}])", r"\1", text))
        except json.JSONDecodeError as error:
            raise InputError(f"not JSON: {error.msg}", file=path, line=error.lineno) from None
        yield from enumerate(found, 1)
        return
    for line, row in enumerate(text.splitlines(), 1):
        if row.strip():
            try:
                yield line, json.loads(row)
            except json.JSONDecodeError as error:
                raise InputError(f"not JSON: {error.msg}", file=path, line=line) from None


def read(
    path: str, into: Read, zone: tzinfo | None = None, mapping: Columns | None = None, *, strict: bool = False
) -> None:
    """Adds the events of a file of records to `into`. Records of documentation have no date and are told as faults."""
    for number, record in records(path):
        try:
            if not isinstance(record, dict):
                raise Bad("", "not an event record")
            plain = {str(key): str(told) for key, told in record.items() if isinstance(told, str | int | float)}
            fields = laid(_fields(record), plain, mapping)
            into.add(incident(fields, zone), path, number, strict=strict)
        except Bad as bad:
            into.faults.append(Fault(path, number, bad.field, bad.what))


def _fields(record: dict[str, Any]) -> dict[str, str]:
    told = str(record.get("event") or record.get("eventType") or "").strip()
    code = told if told.isdigit() else str(record.get("eventCode") or "").strip()
    coded = plover(code) if code and (not told or told == code) else None
    if code and not coded and (not told or told == code):
        raise Bad("event", f"CAMEO {code}: PLOVER has no event for it")
    return {
        "id": str(record.get("id", "")), "kind": coded.event if coded else re.sub(r"\W+", "_", told.lower()),
        "date": str(record.get("date", "")), "known_since": str(record.get("datePublished") or record.get("date", "")),
        "source": str(record.get("publication") or record.get("publisher") or ""), "quote": str(record.get("text", "")),
        "source_actor": _actors(record.get("source")), "target_actor": _actors(record.get("target")),
        "mode": _words(record.get("mode")) or (coded.mode if coded else ""),
        "context": _words(record.get("context")) or (coded.context if coded else ""), "cameo": code,
    }  # fmt: skip


def _words(told: Any) -> str:
    """A text, or the texts of a list."""
    return "; ".join(map(str, told)) if isinstance(told, list) else str(told or "").replace('"', "'")


def _actors(told: Any) -> str:
    names = (
        [a.get("actorText") or a.get("code") or "" for a in told if isinstance(a, dict)]
        if isinstance(told, list)
        else []
    )
    return " and ".join(n for n in names if n).replace('"', "'")
