"""ACLED exports (CSV): an event a row, with actors, place and the day it was entered.

`timestamp` (seconds since 1970) is when ACLED last touched the row: that is what it is known since, and a row with the
id of one read before and a later timestamp corrects it. `time_precision` 2 means within a week, 3 within a month: the
days are widened so that no date is more exact than the source has it. `geo_precision` 2 and 3 mean that the coordinates
stand for a wider area: they are left out, so that no zone follows from them. Deaths are an argument.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from comity.accord.incidents.csv import Columns, laid, numbered, opened
from comity.accord.incidents.rows import Bad, Fault, Read, day_of, incident

COLUMNS = {"event_id_cnty", "event_date", "event_type", "actor1"}
ARGUMENTS = {
    "actor1": "actor1", "with1": "assoc_actor_1", "actor2": "actor2", "with2": "assoc_actor_2", "where": "location",
    "region": "admin1", "district": "admin2", "subdistrict": "admin3", "country": "country",
    "sub_event": "sub_event_type", "disorder": "disorder_type", "civilians": "civilian_targeting",
    "fatalities": "fatalities", "tags": "tags",
}  # fmt: skip
"""Our names of arguments, and ACLED's columns."""


def read(
    path: str, into: Read, zone: tzinfo | None = None, mapping: Columns | None = None, *, strict: bool = False
) -> None:
    """Adds the events of an ACLED file to `into`; the kind is the type of event in lower case with underscores.

    A mapping's columns and values come on top; with ``kind = "sub_event_type"`` among its columns and `values.kind` a
    clause can tell shelling from an air strike.
    """
    for line, row in numbered(opened(path)):
        try:
            found = incident(laid(_fields(row), row, mapping), zone)
            if (before := into.newest(found.id)) and before.known_since < found.known_since:
                found = replace(found, id=f"{found.id}@{row['timestamp'].strip()}", corrects=before.id)
            into.add(found, path, line, strict=strict)
        except Bad as bad:
            into.faults.append(Fault(path, line, bad.field, bad.what))


def _fields(row: Mapping[str, str]) -> dict[str, str]:
    day = day_of(row["event_date"], "event_date")
    first, last = _within(day, row.get("time_precision", ""))
    entered, place = row.get("timestamp", "").strip(), (row.get("geo_precision") or "1").strip()
    try:
        known = datetime.fromtimestamp(int(entered), UTC).isoformat() if entered else last.isoformat()
    except (ValueError, OverflowError, OSError):
        raise Bad("timestamp", f"not seconds since 1970: {entered!r}") from None
    exact = place == "1"
    told = {ours: row.get(theirs, "").replace('"', "'") for ours, theirs in ARGUMENTS.items()}
    reliability = f"precision of time {row.get('time_precision', '')}, of place {row.get('geo_precision', '')}"
    scale = row.get("source_scale", "").strip()
    return {
        "id": f"acled-{row['event_id_cnty']}" if row["event_id_cnty"].strip() else "",
        "kind": re.sub(r"\W+", "_", row["event_type"].strip().lower()),
        "earliest": first.isoformat(), "latest": last.isoformat(), "known_since": known,
        "source": row.get("source") or "ACLED", "quote": row.get("notes", ""),
        "reliability": f"{reliability}, sources {scale}" if scale else reliability,
        "longitude": row.get("longitude", "") if exact else "", "latitude": row.get("latitude", "") if exact else "",
        **told,
    }  # fmt: skip


def _within(day: date, precision: str) -> tuple[date, date]:
    if precision.strip() == "2":
        return day - timedelta(days=3), day + timedelta(days=3)
    if precision.strip() == "3":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day
