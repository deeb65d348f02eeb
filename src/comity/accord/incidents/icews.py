"""Coded events as a table with tabs or commas whose header has `CAMEO Code` (ICEWS): who did what to whom, and where.

The kind is the PLOVER event of the code; arguments are `source_actor`, `target_actor`, `source_country`,
`target_country`, `mode`, `context`, `cameo`, `where`, `region`, `country`. A code that PLOVER has no event for is told
as a fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from comity.accord.incidents.cameo import plover
from comity.accord.incidents.csv import Columns, laid, numbered, opened
from comity.accord.incidents.rows import Bad, Fault, Read, day_of, incident

COLUMNS = {"Event ID", "Event Date", "CAMEO Code"}
_ARGUMENTS = {
    "source_actor": "Source Name", "target_actor": "Target Name", "source_country": "Source Country",
    "target_country": "Target Country", "where": "City", "region": "Province", "country": "Country",
}  # fmt: skip


def read(
    path: str, into: Read, zone: tzinfo | None = None, mapping: Columns | None = None, *, strict: bool = False
) -> None:
    """Adds the events of a table to `into`. A mapping's columns and values come on top."""
    for line, row in numbered(opened(path)):
        try:
            into.add(incident(laid(_fields(row), row, mapping), zone), path, line, strict=strict)
        except Bad as bad:
            into.faults.append(Fault(path, line, bad.field, bad.what))


def _fields(row: Mapping[str, str]) -> dict[str, str]:
    code = row["CAMEO Code"].strip()
    coded = plover(code)
    if coded is None:
        raise Bad("CAMEO Code", f"{code!r}: PLOVER has no event for it")
    day = day_of(row["Event Date"], "Event Date").isoformat()
    return {
        "id": f"icews-{row['Event ID']}" if row["Event ID"] else "", "kind": coded.event,
        "date": day, "known_since": day,
        "source": row.get("Publisher", ""), "quote": row.get("Sentence", "") or row.get("Event Text", ""),
        "longitude": row.get("Longitude", ""), "latitude": row.get("Latitude", ""),
        "mode": coded.mode, "context": coded.context, "cameo": code,
        **{ours: row.get(theirs, "").replace('"', "'") for ours, theirs in _ARGUMENTS.items()},
    }  # fmt: skip
