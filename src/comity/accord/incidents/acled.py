"""ACLED exports (CSV): an event a row, with actors, place and the day it was entered.

`timestamp` (seconds since 1970) is when ACLED last touched the row: that is what it is known since. `time_precision` 2
means within a week, 3 within a month: the days are widened so that no date is more exact than the source has it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

from comity.accord.incidents.csv import Columns, numbered, opened
from comity.accord.incidents.rows import Bad, Fault, Read, day_of, incident

COLUMNS = {"event_id_cnty", "event_date", "event_type", "actor1"}


def read(
    path: str, into: Read, zone: tzinfo | None = None, mapping: Columns | None = None, *, strict: bool = False
) -> None:
    """Adds the events of an ACLED file to `into`; the kind is the type of event in lower case with underscores.

    Arguments are `actor1`, `actor2`, `where`, `region` and `sub_event`; the count is 1, as deaths are told in
    `fatalities`, which stays an argument. A mapping's columns and values come on top.
    """
    for line, row in numbered(opened(path)):
        try:
            fields = _fields(row)
            for ours, theirs in (mapping.columns if mapping else {}).items():
                fields[ours] = row.get(theirs, "")
            for name, values in (mapping.values if mapping else {}).items():
                fields[name] = values.get(fields.get(name, ""), "")
            if mapping and mapping.kind:
                fields["kind"] = mapping.kind
            into.add(incident(fields, zone), path, line, strict=strict)
        except Bad as bad:
            into.faults.append(Fault(path, line, bad.field, bad.what))


def _fields(row: Mapping[str, str]) -> dict[str, str]:
    day = day_of(row["event_date"], "event_date")
    first, last = _within(day, row.get("time_precision", ""))
    entered = row.get("timestamp", "")
    known = datetime.fromtimestamp(int(entered), UTC).isoformat() if entered.isdigit() else last.isoformat()
    return {
        "id": f"acled-{row['event_id_cnty']}", "kind": re.sub(r"\W+", "_", row["event_type"].strip().lower()),
        "earliest": first.isoformat(), "latest": last.isoformat(), "known_since": known,
        "source": row.get("source") or "ACLED", "quote": row.get("notes", ""),
        "reliability": f"precision of time {row.get('time_precision', '')}, of place {row.get('geo_precision', '')}",
        "longitude": row.get("longitude", ""), "latitude": row.get("latitude", ""),
        **{
            ours: row.get(theirs, "").replace('"', "'")
            for ours, theirs in (
                ("actor1", "actor1"), ("actor2", "actor2"), ("where", "location"), ("region", "admin1"),
                ("sub_event", "sub_event_type"), ("fatalities", "fatalities"),
            )
        },
    }  # fmt: skip


def _within(day: date, precision: str) -> tuple[date, date]:
    if precision.strip() == "2":
        return day - timedelta(days=3), day + timedelta(days=3)
    if precision.strip() == "3":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day
