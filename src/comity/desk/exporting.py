"""What leaves a case: documents, readings, statements, the ledger, decisions. Only what the handling asked for admits.

No export carries a clock time or a random id.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from comity.desk import listing, readings
from comity.desk.flow import Material
from comity.desk.parts import phrases
from comity.desk.reviewing import rows as decision_rows
from comity.desk.showing import documents as document_rows
from comity.desk.showing import statement_row
from comity.record import write
from comity.words import InputError, Ledger, dumps, to_json

Rows = list[dict[str, Any]]


def export(what: str, material: Material, made: Ledger, format_: str) -> str:
    """`what` as text: ``documents``, ``readings``, ``statements``, ``positions``, ``tensions``, ``events``, ``ledger``,
    ``decisions`` or ``agenda``. Raises InputError where there is no such export, or it cannot be told in this format.

    ``documents`` as JSON lines or CSV, and ``readings`` as JSON lines, are the forms that Comity reads again.
    """
    if what == "documents" and format_ in ("jsonl", "csv"):
        return _as_written(material, format_)
    if what == "readings":
        return _readings(material, made, format_)
    if what == "ledger":
        return _ledger(made, format_)
    if what == "agenda":
        from comity.ledger import agenda_toml

        return (
            agenda_toml(material.agenda)
            if format_ == "table"
            else listing.render([to_json(material.agenda)], [], "json")
        )
    if what not in TABLES:
        known = ", ".join(WHAT)
        raise InputError(f"nothing is called {what!r}", hint=f"export one of {known}")
    columns, make = TABLES[what]
    rows = make(material, made)
    if format_ == "csv":
        return listing.render(rows, list(rows[0]) if rows else columns, "csv")
    return listing.render(rows, columns, format_) if rows or format_ != "table" else f"no {what}\n"


def _as_written(material: Material, format_: str) -> str:
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        path = Path(folder) / f"documents.{format_}"
        write(material.documents, path, format_)
        return path.read_bytes().decode("utf-8", "surrogatepass")


def _readings(material: Material, made: Ledger, format_: str) -> str:
    if format_ == "jsonl":
        return readings.lines(material.readings, made)
    if format_ == "json":
        return dumps(list(material.readings), indent=2) + "\n"
    if format_ == "table":
        return readings.tables(material.readings, made)
    raise InputError("readings are no table", hint="use --format jsonl, or export statements")


def _ledger(made: Ledger, format_: str) -> str:
    if format_ == "json":
        return dumps(made, indent=2) + "\n"
    plain = to_json(made)
    if format_ == "jsonl":
        parts = [{"agenda": plain["agenda"], "as_of": plain["as_of"], "version": plain["version"]}]
        names = ("statements", "positions", "outlooks", "statuses", "tensions", "relations", "facts", "channels")
        parts += [
            {name.rstrip("s"): item} for name in (*names, "terms", "events", "duplicates") for item in plain[name]
        ]
        return "".join(dumps(part) + "\n" for part in parts)
    if format_ == "table":
        shown = [
            {"issue": s.issue, "state": s.state.value, "mark": s.mark, "why": s.why, "statements": list(s.statements)}
            for s in made.statuses
        ]
        return listing.table(shown, ["issue", "state", "mark", "why", "statements"]) if shown else "no issues\n"
    raise InputError("a ledger is no table", hint="use json or jsonl, or export positions, tensions or events as csv")


def _statements(material: Material, made: Ledger) -> Rows:
    reviews = dict(made.reviews)
    return [statement_row(s, reviews) for s in made.statements]


def _positions(material: Material, made: Ledger) -> Rows:
    return [
        {
            "party": p.party,
            "issue": p.issue,
            "act": p.act.value,
            "firmness": p.firmness.value,
            "provenance": p.provenance.value,
            "summary": p.summary,
            "since": to_json(p.since),
            "statements": list(p.statements),
            "qualified_by": list(p.qualified_by),
            "origins": p.origins,
            "rule": p.rule,
            "review": p.review.value,
        }
        for p in made.positions
    ]


def _events(material: Material, made: Ledger) -> Rows:
    return [
        {
            "type": e.event.type,
            "status": e.event.status.value,
            "when": phrases.period(e.event.earliest, e.event.latest),
            "earliest": to_json(e.event.earliest),
            "latest": to_json(e.event.latest),
            "place": e.event.place,
            "participants": list(e.event.participants),
            "statements": list(e.statements),
            "documents": list(e.documents),
            "disputed": e.disputed,
        }
        for e in made.events
    ]


TABLES: dict[str, tuple[list[str], Callable[[Material, Ledger], Rows]]] = {
    "documents": (["id", "published", "source", "title", "statements", "handling"], document_rows),
    "statements": (["id", "speaker", "act", "issue", "quote", "review"], _statements),
    "positions": (["party", "issue", "act", "firmness", "provenance", "summary", "review"], _positions),
    "tensions": (["kind", "issue", "sides", "rule"], lambda _, made: readings.tensions(made)),
    "events": (["when", "type", "status", "participants", "place"], _events),
    "decisions": (["id", "coder", "kind", "target", "field", "value"], lambda m, _: decision_rows(m.decisions)),
}
WHAT = (*TABLES, "readings", "ledger", "agenda")
