"""PLOVER and CAMEO event records (JSON list or JSON lines): who did what to whom, with the sentence.

`event` (or `eventType`) gives the kind in lower case; CAMEO codes are taken as they are. Arguments are `source_actor`
and `target_actor`: the actors' texts, several joined with " and ".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from comity.accord.incidents.csv import Columns, opened
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
            fields = _fields(record)
            for name, values in (mapping.values if mapping else {}).items():
                fields[name] = values.get(fields.get(name, ""), "")
            if mapping and mapping.kind:
                fields["kind"] = mapping.kind
            into.add(incident(fields, zone), path, number, strict=strict)
        except Bad as bad:
            into.faults.append(Fault(path, number, bad.field, bad.what))


def _fields(record: dict[str, Any]) -> dict[str, str]:
    kind = str(record.get("event") or record.get("eventType") or record.get("eventCode") or "")
    return {
        "id": str(record.get("id", "")), "kind": re.sub(r"\W+", "_", kind.strip().lower()),
        "date": str(record.get("date", "")), "known_since": str(record.get("datePublished") or record.get("date", "")),
        "source": str(record.get("publication") or record.get("publisher") or ""), "quote": str(record.get("text", "")),
        "source_actor": _actors(record.get("source")), "target_actor": _actors(record.get("target")),
    }  # fmt: skip


def _actors(told: Any) -> str:
    names = (
        [a.get("actorText") or a.get("code") or "" for a in told if isinstance(a, dict)]
        if isinstance(told, list)
        else []
    )
    return " and ".join(n for n in names if n).replace('"', "'")
