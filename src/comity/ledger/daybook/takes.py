"""Takes by row, made when they are asked for, the last ones remembered."""

from __future__ import annotations

import marshal
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from comity.ledger.daybook.register import Register
from comity.ledger.daybook.sheets import corrected, sheet, some
from comity.ledger.daybook.source import Source
from comity.ledger.evidence import Take
from comity.ledger.names import Names
from comity.words import Decision, Document

KEPT = 30_000
"""Takes that are remembered: more than are weighed on one day of a large record."""


_Reading = tuple[str, str | None, Mapping[str, bytes]]
"""Document, its date, and its statements by id, packed."""


class Documents(Mapping[str, Document]):
    """Documents with what people set, fetched when a rule asks for one."""

    def __init__(
        self, source: Source, decisions: Mapping[str, Sequence[Decision]], known: Mapping[str, Document]
    ) -> None:
        self._source, self._decisions, self._known = source, decisions, known
        self._fetched: OrderedDict[str, Document] = OrderedDict()

    def __getitem__(self, name: str) -> Document:
        if name not in self._known:
            raise KeyError(name)
        found = self._fetched.get(name)
        if found is None:
            found = corrected(self._source.document(name), self._decisions.get(name, ()))
            self._fetched[name] = found
            while len(self._fetched) > 200:
                self._fetched.popitem(last=False)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class Takes:
    """Takes of the rows of a register. `documents` are those known, with what people set; texts may be left out."""

    def __init__(
        self,
        source: Source,
        register: Register,
        names: Names,
        documents: Mapping[str, Document],
        decisions: Mapping[str, Sequence[Decision]],
    ) -> None:
        self.source, self.register, self.names = source, register, names
        self.documents, self.decisions = documents, decisions
        self._kept: OrderedDict[int, Take] = OrderedDict()
        self._readings: OrderedDict[str, _Reading] = OrderedDict()
        self._most_readings = 0

    @contextmanager
    def remembering(self, documents: int) -> Iterator[None]:
        """Remembers the statements of so many documents meanwhile, packed: a fold comes back to each of them often."""
        self._most_readings = documents
        try:
            yield
        finally:
            self._most_readings = 0
            self._readings.clear()

    def of(self, rows: Iterable[int]) -> list[Take]:
        """The takes of rows, in their order."""
        wanted = list(rows)
        missing = [row for row in wanted if row not in self._kept]
        found = {row: self._kept[row] for row in wanted if row in self._kept}
        if missing:
            made = self._made(missing)
            found.update(made)
            self._kept.update(made)
            while len(self._kept) > max(KEPT, 2 * len(wanted)):
                self._kept.popitem(last=False)
        return [found[row] for row in wanted]

    def forget(self, rows: Iterable[int]) -> None:
        """To be called when rows are gone."""
        for row in rows:
            self._kept.pop(row, None)

    def let_go(self) -> None:
        """Forgets all of them."""
        self._kept.clear()

    def keep(self, rows: Iterable[int], takes: Iterable[Take]) -> None:
        """Takes that are at hand anyway."""
        self._kept.update(zip(rows, takes, strict=True))

    def sheet(self, name: str, raw: Mapping[str, Any] | None = None) -> tuple[tuple[Take, ...], dict[str, Any]]:
        """All takes of a document as decided, and marks of review."""
        raw = raw if raw is not None else self.source.reading(name)
        return sheet(raw, self.documents.get(name), self.decisions.get(name, ()), self.names)

    def _made(self, rows: Sequence[int]) -> dict[int, Take]:
        ids = dict(zip(self.register.ids(rows), rows, strict=True))
        docs = self.register.columns["doc"]
        by_document: dict[str, set[str]] = {}
        for id_, row in ids.items():
            by_document.setdefault(self.register.docs[int(docs[row])], set()).add(id_)
        made: dict[int, Take] = {}
        for name, wanted in by_document.items():
            if name in self.decisions:
                takes: Sequence[Take] = self.sheet(name)[0]
            else:
                takes = some(self._reading(name, wanted), self.documents.get(name), wanted, self.names)
            made.update({ids[take.id]: take for take in takes if take.id in wanted})
        return made

    def _reading(self, name: str, wanted: Iterable[str]) -> Mapping[str, Any]:
        """The reading of a document with the wanted statements at least."""
        known = self._readings.get(name)
        if known is None:
            raw = self.source.reading(name) or {}
            if not self._most_readings:
                return raw
            packed = {row["id"]: marshal.dumps(row) for row in raw["statements"]}
            known = self._readings[name] = (raw["document"], raw["published"], packed)
            if len(self._readings) > self._most_readings:
                self._readings.popitem(last=False)
        self._readings.move_to_end(name)
        document, published, statements = known
        rows = [marshal.loads(statements[id_]) for id_ in wanted if id_ in statements]
        return {"document": document, "published": published, "statements": rows}
