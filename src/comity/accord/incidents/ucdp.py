"""UCDP Georeferenced Event Dataset (CSV): dated, uncertain, placed events of organised violence.

The count is of deaths: `low` and `high` are UCDP's. The event is known since the first press date it cites that is not
before its first day, else since its last day: UCDP itself publishes later. Sundberg and Melander (2013). Coordinates
are taken where the place is exact (`where_prec` 1); elsewhere they stand for a wider area, and no zone follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo

from comity.accord.incidents.csv import Columns, laid, numbered, opened
from comity.accord.incidents.rows import Bad, Fault, Read, day_of, incident

COLUMNS = {"id", "date_start", "date_end", "low", "high", "side_a", "side_b", "where_coordinates"}
KIND = "fighting"


def read(
    path: str, into: Read, zone: tzinfo | None = None, mapping: Columns | None = None, *, strict: bool = False
) -> None:
    """Adds the events of a UCDP GED file to `into`, as `KIND` or as `mapping` names them.

    Arguments are `side_a`, `side_b`, `where` and `region` (the first administrative level); a mapping's columns and
    values come on top of them.
    """
    for line, row in numbered(opened(path)):
        try:
            fields = laid(_fields(row), row, mapping)
            into.add(incident(fields, zone), path, line, strict=strict)
        except Bad as bad:
            into.faults.append(Fault(path, line, bad.field, bad.what))


def _fields(row: Mapping[str, str]) -> dict[str, str]:
    start, end = day_of(row["date_start"], "date_start"), day_of(row["date_end"], "date_end")
    press = sorted(_days((row.get("source_date") or "").split(";")))
    known = next((day for day in press if day >= start.isoformat()), end.isoformat())
    exact = (row.get("where_prec") or "1").strip() == "1"
    clarity = {"1": "clear", "2": "unclear"}.get(row.get("event_clarity", ""), "")
    return {
        "id": f"ucdp-{row['id']}", "kind": KIND, "earliest": start.isoformat(), "latest": end.isoformat(),
        "known_since": known, "source": "UCDP GED", "low": row["low"], "high": row["high"],
        "reliability": f"{clarity}, precision of date {row.get('date_prec', '')}, of place {row.get('where_prec', '')}",
        "quote": row.get("source_headline") or row.get("source_article") or "",
        "longitude": row.get("longitude", "") if exact else "", "latitude": row.get("latitude", "") if exact else "",
        "side_a": row["side_a"].replace('"', "'"), "side_b": row["side_b"].replace('"', "'"),
        "where": row["where_coordinates"].replace('"', "'"), "region": (row.get("adm_1") or "").replace('"', "'"),
    }  # fmt: skip


def _days(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        try:
            yield day_of(text, "source_date").isoformat()
        except Bad:
            continue  # a press date that cannot be read is one date fewer; the event's own dates are checked
