"""What a page asks of a case without taking all of it into memory: the list of documents, decisions on one of them, and
decisions in brief.

Each is a function of an open `Case`. Texts of documents are never touched here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.case.case import Case
from comity.case.catalogue import key_of
from comity.case.decisions import _with_current_id as with_current_id
from comity.case.errors import one_line
from comity.case.rows import DECISION, day, decision, rows
from comity.words import Decision, DecisionKind, Document, DocumentKind, Handling


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as the catalogue shows it, without its text."""

    id: str
    published: date | None
    source: str | None
    title: str | None
    url: str | None
    language: str | None
    kind: str
    handling: Handling
    supersedes: str | None

    @property
    def document(self) -> Document:
        """The document with an empty text."""
        return Document(
            self.id,
            "",
            self.published,
            self.source,
            self.title,
            self.url,
            language=self.language,
            kind=DocumentKind(self.kind),
            handling=self.handling,
            supersedes=self.supersedes,
        )


@dataclass(frozen=True, slots=True)
class Noted:
    """A decision in brief: enough to say whether it stands, what it is on and who made it."""

    id: str
    kind: DecisionKind
    coder: str
    target: str


def listed(case: Case) -> tuple[Listed, ...]:
    """All documents in canonical order: by date of publication (undated last), then by id.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from comity.words import Document
    >>> with tempfile.TemporaryDirectory() as folder, Case.create(Path(folder) / "talks.comity") as case:
    ...     added = case.add([Document("b", "Two.", date(2031, 3, 2)), Document("a", "One."), Document("c", "Three.")])
    ...     [(d.id, d.published) for d in listed(case)]
    [('b', datetime.date(2031, 3, 2)), ('a', None), ('c', None)]
    """
    with one_line(case.path):
        found = _of(case).execute(
            "SELECT c.id, c.published, c.source, c.title, c.url, c.language, d.kind, c.handling, c.supersedes"
            " FROM catalogue c JOIN document d ON d.key = c.document ORDER BY c.published IS NULL, c.published, c.id"
        )
        made, outlets = [], dict[str, str]()
        labels, last, on = {each.value: each for each in Handling}, None, None
        for id_, published, source, title, url, language, kind, handling, supersedes in found:
            if published != last:  # in order, so that many have one day
                last, on = published, day(published)
            outlet = outlets.setdefault(source, source) if source else source  # one string for each outlet
            label = labels.get(handling) or Handling(handling)
            made.append(Listed(id_, on, outlet, title, url, language, kind, label, supersedes))
        return tuple(made)


def decisions_on(case: Case, document: str) -> tuple[Decision, ...]:
    """All decisions on a document and on passages of it, in the order recorded, retractions among them; and those that
    are on no document but may bear on it: which names are one actor's."""
    with one_line(case.path):
        connection = _of(case)
        key = key_of(connection, document)
        found = connection.execute(
            f"SELECT {DECISION}, c.id FROM decision d LEFT JOIN catalogue c ON c.document = d.document"
            " WHERE d.document = ? OR (d.document IS NULL AND d.kind IN (?, ?, ?)) ORDER BY d.key",
            (key, DecisionKind.SAME.value, DecisionKind.DIFFERENT.value, DecisionKind.RETRACT.value),
        )
        return tuple(with_current_id(decision(tuple(row)), row[10], now) for *row, now in found)


def decisions_on_none(case: Case, *kinds: DecisionKind) -> tuple[Decision, ...]:
    """All decisions of these kinds that are on no document, in the order recorded, and what retracts any such."""
    asked = [kind.value for kind in (*kinds, DecisionKind.RETRACT)]
    with one_line(case.path):
        found = rows(
            _of(case),
            f"SELECT {DECISION} FROM decision d WHERE d.document IS NULL AND d.kind IN ({', '.join('?' * len(asked))})"
            " ORDER BY d.key",
            *asked,
        )
        return tuple(decision(row) for row in found)


def decisions_in_brief(case: Case) -> tuple[Noted, ...]:
    """All decisions in the order recorded. Documents go by today's ids."""
    kinds = {kind.value: kind for kind in DecisionKind}
    with one_line(case.path):
        found = _of(case).execute(
            "SELECT d.id, d.kind, d.coder, d.target, d.document_id, c.id"
            " FROM decision d LEFT JOIN catalogue c ON c.document = d.document ORDER BY d.key"
        )
        return tuple(
            Noted(id_, kinds[kind], coder, _today(target, then, now)) for id_, kind, coder, target, then, now in found
        )


def decisions_by_id(case: Case, ids: Iterable[str]) -> dict[str, Decision]:
    """The decisions with these ids, in full."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Decision] = {}
    with one_line(case.path):
        for first in range(0, len(wanted), 500):
            some = wanted[first : first + 500]
            for *row, now in _of(case).execute(
                f"SELECT {DECISION}, c.id FROM decision d LEFT JOIN catalogue c ON c.document = d.document"
                f" WHERE d.id IN ({', '.join('?' * len(some))})",
                some,
            ):
                made = with_current_id(decision(tuple(row)), row[10], now)
                found[made.id] = made
    return found


def kinds_since(case: Case, number: int) -> tuple[tuple[str, str, str | None], ...]:
    """(kind, target, id of its document) of the decisions recorded after the one numbered `number`, oldest first; of a
    retraction the kind and target of what it goes back to."""
    with one_line(case.path):
        found = rows(
            _of(case),
            "SELECT d.id, d.kind, d.target, c.id FROM decision d LEFT JOIN catalogue c ON c.document = d.document"
            " WHERE d.key > ? ORDER BY d.key",
            number,
        )
        told = []
        for _, kind, target, document in found:
            while kind == DecisionKind.RETRACT.value:
                back = rows(_of(case), "SELECT kind, target FROM decision WHERE id = ?", target)
                if not back:
                    break
                kind, target = back[0]
            told.append((kind, target, document))
        return tuple(told)


def decided_documents(case: Case) -> frozenset[str] | None:
    """Ids of the documents that some decision is on; None if decisions on names may bear on every document."""
    with one_line(case.path):
        named = rows(_of(case), "SELECT 1 FROM decision WHERE kind = ? LIMIT 1", DecisionKind.SAME.value)
        found = rows(
            _of(case), "SELECT id FROM catalogue WHERE document IN (SELECT document FROM decision WHERE document > 0)"
        )
        return None if named else frozenset(id_ for (id_,) in found)


def _today(target: str, then: str | None, now: str | None) -> str:
    """The target of a decision on a document that went by another id then."""
    if then is None or now is None or then == now or not (target == then or target.startswith(f"{then}:")):
        return target
    return now + target.removeprefix(then)


def _of(case: Case) -> sqlite3.Connection:
    return case._connection  # of the same room
