"""Events of all documents, kept together: so that a ledger with its events need not open every reading."""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from comity.ledger.daybook.source import Source
from comity.words import Event, EventStatus, from_json, to_json

KEY = "events"
Row = list[Any]
"""The fields of an event in their order, as JSON."""


class Occasions:
    """Events by document. `marks` tell which reading of a document is in: what was kept of another one is not used."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kept: dict[str, tuple[str, list[Row]]] | None = None
        self._changed = False

    def of(self, name: str, marks: Mapping[str, str]) -> tuple[Event, ...]:
        """The events of one document."""
        kept, mark = self._known().get(name), marks.get(name, "")
        if kept is None or kept[0] != mark:
            kept = self.note(name, self._source.reading(name), mark)
        return tuple(map(_event, kept[1]))

    def note(self, name: str, raw: Mapping[str, Any] | None, mark: str) -> tuple[str, list[Row]]:
        """Takes the events of a reading that is at hand anyway."""
        told: Iterable[Any] = (raw or {}).get("events") or ()
        found = (mark, [list(to_json(from_json(Event, event)).values()) for event in told])
        self._known()[name] = found
        self._changed = True
        return found

    def forget(self) -> None:
        """Begins with none, whatever was kept."""
        self._kept = {}

    def let_go(self) -> None:
        """Holds them no longer in memory; they are fetched again when they are asked for."""
        if not self._changed:
            self._kept = None

    def kept(self) -> dict[str, bytes | None]:
        """All as it is kept, if it is other than what was."""
        if not self._changed:
            return {}
        self._changed = False
        body = json.dumps(self._known(), ensure_ascii=False, separators=(",", ":"))
        return {KEY: zlib.compress(body.encode("utf-8", "surrogatepass"), 1)}

    def _known(self) -> dict[str, tuple[str, list[Row]]]:
        if self._kept is None:
            body = self._source.get(KEY)
            self._kept = json.loads(zlib.decompress(body).decode("utf-8", "surrogatepass")) if body else {}
        return self._kept


def _event(row: Row) -> Event:
    type_, status, spans, participants, place, earliest, latest, expression, basis = row
    return Event(
        sys.intern(type_),
        EventStatus(status),
        tuple([(start, end) for start, end in spans]),
        tuple(map(sys.intern, participants)),
        sys.intern(place) if place else place,
        date.fromisoformat(earliest) if earliest else None,
        date.fromisoformat(latest) if latest else None,
        (expression[0], expression[1]) if expression else None,
        basis,
    )
