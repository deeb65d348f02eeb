"""A case as text: everything in it that is no clock time, one JSON object a line, in an order of its own.

Two cases with the same dump hold the same; a case made from a dump has the same dump. Times of recording and deciding
are the only things that a dump leaves out (`mail` keeps them).
"""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from comity.case.catalogue import fold_catalogue
from comity.case.clock import Clock, stamp
from comity.case.decisions import insert
from comity.case.documents import add_one, fault
from comity.case.file import transaction
from comity.case.presented import Sighting
from comity.case.readings import unpacked
from comity.case.rows import DECISION, DOCUMENT, SIGHTING, decision, decision_id, rows, sighting, stored_document
from comity.words import Decision, Document, InputError, from_json, to_json

FORMAT = 1


def dump(connection: sqlite3.Connection, projections: bool = False) -> Iterator[str]:
    """The lines of the dump, each with its line end. `projections`: also what is folded from the rest."""
    connection.execute("BEGIN")  # one moment's state, whoever writes meanwhile
    try:
        yield _line("comity_case", FORMAT)
        yield from _documents(connection)
        for version, coder, toml in rows(connection, "SELECT version, coder, toml FROM agenda ORDER BY version"):
            yield _line("agenda", {"version": version, "coder": coder, "toml": toml})
        yield from _decisions(connection)
        yield from _readings(connection)
        for kind, coder in rows(connection, "SELECT kind, coder FROM expunged ORDER BY recorded, kind, key"):
            yield _line("expunged", {"kind": kind, "coder": coder})
        if projections:
            yield from _projections(connection)
    finally:
        connection.execute("ROLLBACK")


def load(connection: sqlite3.Connection, lines: Iterable[str], clock: Clock) -> None:
    """Puts what a dump says into a case that is still empty. Raises InputError with the line that does not fit."""
    with transaction(connection):
        recorded = stamp(clock())
        changed: set[int] = set()
        folded = False
        number = 0
        for number, line in enumerate(lines, start=1):
            try:
                kind, value = _parsed(line, number)
                if kind == "document":
                    _load_document(connection, value, recorded, changed)
                    continue
                if not folded:
                    fold_catalogue(connection, sorted(changed))
                    folded = True
                _LOAD[kind](connection, value, recorded)
            except InputError as error:
                raise InputError(error.what, file=error.file or "the dump", line=number, hint=error.hint) from None
            except (KeyError, TypeError, ValueError, AttributeError, sqlite3.IntegrityError) as error:
                raise InputError(f"not a line of a dump: {error!r}", file="the dump", line=number) from None
        if not number:
            raise InputError("the dump is empty")
        fold_catalogue(connection)


def _line(kind: str, value: Any) -> str:
    return json.dumps({kind: value}, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _parsed(line: str, number: int) -> tuple[str, Any]:
    ((kind, value),) = json.loads(line).items()
    if (kind == "comity_case") != (number == 1):
        raise InputError("the first line of a dump, and no other, says comity_case")
    if kind not in ("document", *_LOAD):
        raise InputError(f"no kind of line is called {kind!r}")
    return kind, value


# documents


def _documents(connection: sqlite3.Connection) -> Iterator[str]:
    found = connection.execute(
        f"SELECT {', '.join(f'd.{name}' for name in DOCUMENT.split(', '))}, d.text"
        " FROM document d JOIN catalogue c ON c.document = d.key ORDER BY c.published IS NULL, c.published, c.id"
    )
    for key, identity, text_sha256, published, source, title, url, kind, text in found:
        seen = sorted(
            (sighting(row) for row in rows(connection, f"SELECT {SIGHTING} FROM sighting WHERE document = ?", key)),
            key=lambda s: (s.id, s.name, s.digest),
        )
        yield _line(
            "document",
            {
                "identity": identity,
                "text_sha256": text_sha256,
                "published": published,
                "source": source,
                "title": title,
                "url": url,
                "kind": kind,
                "text": text,
                "sightings": [to_json(s) for s in seen],
            },
        )


def _load_document(connection: sqlite3.Connection, value: Any, recorded: str, changed: set[int]) -> None:
    row = (0, "", "", value["published"], value["source"], value["title"], value["url"], value["kind"])
    document: Document = replace(stored_document(row), text=value["text"])
    if document.identity != value["identity"] or document.digest != value["text_sha256"]:
        raise InputError("this document was changed since it was dumped", hint="dump the case again")
    if not value["sightings"]:
        raise InputError("a document without sightings")
    for each in value["sightings"]:
        seen: Sighting = from_json(Sighting, each)
        found = replace(
            document,
            id=seen.id,
            name=seen.name,
            language=seen.language,
            handling=seen.handling,
            supersedes=seen.supersedes,
            found=seen.found,
        )
        wrong = fault(found)
        if wrong:
            raise wrong
        add_one(connection, found, recorded, changed)


# agenda, decisions, readings, expunged


def _load_agenda(connection: sqlite3.Connection, value: Any, recorded: str) -> None:
    toml = value["toml"]
    connection.execute(
        "INSERT INTO agenda VALUES (?, ?, ?, ?, ?)",
        (value["version"], hashlib.sha256(toml.encode()).hexdigest(), value["coder"], recorded, toml),
    )


def _decisions(connection: sqlite3.Connection) -> Iterator[str]:
    found = connection.execute(
        f"SELECT {DECISION}, x.identity FROM decision d LEFT JOIN document x ON x.key = d.document ORDER BY d.key"
    )
    for *row, identity in found:
        made = to_json(decision(tuple(row)))
        del made["at"]
        yield _line("decision", made | {"nth": row[1], "document": identity, "document_id": row[10]})


def _load_decision(connection: sqlite3.Connection, value: Any, recorded: str) -> None:
    nth, identity, document_id = value.pop("nth"), value.pop("document"), value.pop("document_id")
    made: Decision = from_json(Decision, value | {"at": recorded})
    if decision_id(made, nth) != made.id:
        raise InputError("this decision was changed since it was dumped", hint="dump the case again")
    key = _key(connection, identity) if identity else None
    insert(connection, made, nth, key, document_id, recorded)


def _readings(connection: sqlite3.Connection) -> Iterator[str]:
    found = connection.execute(
        "SELECT c.id, d.identity, r.reader, r.agenda, r.basis, r.sha256, r.body FROM reading r"
        " JOIN document d ON d.key = r.document JOIN catalogue c ON c.document = d.key"
        " ORDER BY c.published IS NULL, c.published, c.id, r.reader, r.agenda"
    )
    for id_, identity, reader, agenda, basis, sha256, body in found:
        text = unpacked(id_, sha256, body)
        yield _line(
            "reading",
            {"document": identity, "reader": reader, "agenda": agenda, "basis": basis, "sha256": sha256, "text": text},
        )


def _load_reading(connection: sqlite3.Connection, value: Any, recorded: str) -> None:
    body = value["text"].encode()
    if hashlib.sha256(body).hexdigest() != value["sha256"]:
        raise InputError("this reading was changed since it was dumped", hint="dump the case again")
    key = _key(connection, value["document"])
    kept = (key, value["reader"], value["agenda"], value["basis"], recorded, value["sha256"], zlib.compress(body, 6))
    connection.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)", kept)


def _load_expunged(connection: sqlite3.Connection, value: Any, recorded: str) -> None:
    # below 0, where no row will ever have its key
    ((lowest,),) = rows(connection, "SELECT min(0, coalesce(min(key), 0)) FROM expunged")
    connection.execute(
        "INSERT INTO expunged VALUES (?, ?, ?, ?)", (value["kind"], lowest - 1, value["coder"], recorded)
    )


def _load_head(connection: sqlite3.Connection, value: Any, recorded: str) -> None:
    if value != FORMAT:
        raise InputError(f"the dump has format {value}; this Comity knows {FORMAT}", hint="update Comity")


def _key(connection: sqlite3.Connection, identity: str) -> int:
    found = rows(connection, "SELECT key FROM document WHERE identity = ?", identity)
    if not found:
        raise InputError("no document of the dump has this identity")
    return int(found[0][0])


_LOAD = {
    "comity_case": _load_head,
    "agenda": _load_agenda,
    "decision": _load_decision,
    "reading": _load_reading,
    "expunged": _load_expunged,
}


# projections


def _projections(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute(
        "SELECT d.identity, c.* FROM catalogue c JOIN document d ON d.key = c.document ORDER BY 1"
    ):
        identity, _, *shown = row
        yield _line("catalogue", [identity, *shown])
    for sound, word in connection.execute("SELECT sound, word FROM sound ORDER BY 1, 2"):
        yield _line("sound", [sound, word])
    yield from _index(connection)
    for name, key, source, body in connection.execute("SELECT * FROM projection ORDER BY name, key"):
        yield _line("projection", [name, key, source, base64.b64encode(body).decode()])


def _index(connection: sqlite3.Connection) -> Iterator[str]:
    """For each document the words of the index at their places."""
    connection.execute("CREATE VIRTUAL TABLE temp.place USING fts5vocab (main, search, instance)")
    try:
        words: dict[int, list[tuple[int, str]]] = {}
        for term, key, _, place in connection.execute("SELECT term, doc, col, offset FROM temp.place"):
            words.setdefault(key, []).append((place, term))
    finally:
        connection.execute("DROP TABLE temp.place")
    for identity, key in rows(connection, "SELECT identity, key FROM document ORDER BY 1"):
        yield _line("index", [identity, " ".join(word for _, word in sorted(words.get(key, [])))])
