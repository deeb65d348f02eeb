"""Discourse Network Analyzer 3 databases (``.dna``, SQLite): every table as it is, and what it says in our words.

Java counts UTF-16 code units; `Dna.statements` gives code points. Nothing that the program keeps (colours, passwords,
permissions, regular expressions, tables of a later version) is dropped between `read` and `write`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from comity.desk.interchange.offsets import Offsets, Unit
from comity.study import Use
from comity.words import InputError, Span

Cell = None | int | float | str | bytes
_ALLOWED = re.compile(r"CREATE\s+(TABLE|(UNIQUE\s+)?INDEX)\s", re.IGNORECASE)
_NEEDED = ("SETTINGS", "CODERS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES", "STATEMENTS", "ENTITIES")
_VALUES = ("DATASHORTTEXT", "DATALONGTEXT", "DATABOOLEAN", "DATAINTEGER")
TYPE, ACTOR, CONCEPT, QUALIFIER = "DNA Statement", "organization", "concept", "agreement"
"""The statement type and variables of the program's default, and so of its sample database."""


@dataclass(frozen=True)
class Table:
    """A table as it stands: how it is made, its columns, its rows in their order."""

    name: str
    sql: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows by the names of their columns, in capitals."""
        names = [name.upper() for name in self.columns]
        for row in self.rows:
            yield dict(zip(names, row, strict=True))


@dataclass(frozen=True)
class DnaDocument:
    """A document: `date` is the day in UTC (the program stores seconds of Unix time)."""

    id: int
    title: str
    text: str
    coder: str
    author: str
    source: str
    section: str
    type: str
    notes: str
    date: date | None


@dataclass(frozen=True)
class DnaStatement:
    """A statement: `span` in code points; `values` by the name of the variable (texts, whole numbers, yes or no)."""

    id: int
    type: str
    document: int
    span: Span
    coder: str
    values: Mapping[str, str | int | bool]


@dataclass(frozen=True)
class Dna:
    """A whole database. `indexes` is the SQL of indexes that were made by hand."""

    tables: tuple[Table, ...]
    indexes: tuple[str, ...] = ()

    def table(self, name: str) -> Table:
        """The table with this name; one without rows if there is none."""
        for table in self.tables:
            if table.name.upper() == name:
                return table
        return Table(name, "", (), ())

    @property
    def version(self) -> str:
        return next((r["VALUE"] for r in self.table("SETTINGS").records() if r["PROPERTY"] == "version"), "")

    def coders(self) -> dict[int, str]:
        """Names of coders by their number."""
        return {r["ID"]: r["NAME"] for r in self.table("CODERS").records()}

    def documents(self) -> tuple[DnaDocument, ...]:
        """Documents in the order of their numbers."""
        coders = self.coders()
        found = []
        for r in sorted(self.table("DOCUMENTS").records(), key=lambda r: int(r["ID"])):
            day = datetime.fromtimestamp(r["DATE"], UTC).date() if r["DATE"] else None
            author, source, section, kind, notes = (
                str(r[name] or "") for name in ("AUTHOR", "SOURCE", "SECTION", "TYPE", "NOTES")
            )
            coder = coders.get(r["CODER"], "")
            found.append(DnaDocument(r["ID"], r["TITLE"], r["TEXT"], coder, author, source, section, kind, notes, day))
        return tuple(found)

    def statements(self, type_: str | None = None) -> tuple[DnaStatement, ...]:
        """Statements in the order of their numbers, of one type or of all. Raises InputError for a damaged one."""
        types = {r["ID"]: r["LABEL"] for r in self.table("STATEMENTTYPES").records()}
        names = {r["ID"]: (r["VARIABLE"], r["DATATYPE"]) for r in self.table("VARIABLES").records()}
        entities = {r["ID"]: r["VALUE"] for r in self.table("ENTITIES").records()}
        values: dict[int, dict[str, Any]] = {}
        for table in _VALUES:
            for r in self.table(table).records():
                name, kind = names.get(r["VARIABLEID"], ("", ""))
                value = entities.get(r["ENTITY"], "") if table == "DATASHORTTEXT" else r["VALUE"]
                value = bool(value) if kind == "boolean" else value
                values.setdefault(r["STATEMENTID"], {})[name] = "" if value is None else value
        at = {d.id: Offsets(d.text, Unit.UTF_16) for d in self.documents()}
        coders = self.coders()
        found = []
        for r in sorted(self.table("STATEMENTS").records(), key=lambda r: int(r["ID"])):
            label = types.get(r["STATEMENTTYPEID"], "")
            if type_ is not None and label != type_:
                continue
            if r["DOCUMENTID"] not in at:
                raise InputError(f"statement {r['ID']} is of document {r['DOCUMENTID']}, which is not there")
            try:
                span = at[r["DOCUMENTID"]].inside((r["START"], r["STOP"]))
            except InputError as error:
                raise InputError(f"statement {r['ID']}: {error.what}", hint=error.hint) from None
            coder = coders.get(r["CODER"], "")
            found.append(DnaStatement(r["ID"], label, r["DOCUMENTID"], span, coder, values.get(r["ID"], {})))
        return tuple(found)

    def uses(
        self, actor: str = ACTOR, concept: str = CONCEPT, qualifier: str | None = QUALIFIER, type_: str = TYPE
    ) -> tuple[Use, ...]:
        """What networks are made of: for each statement its actor, concept and stance (None without a qualifier).

        A statement whose actor or concept is empty gives none. Raises InputError for a variable that is not there.
        """
        types = [r["ID"] for r in self.table("STATEMENTTYPES").records() if r["LABEL"] == type_]
        known = [r["VARIABLE"] for r in self.table("VARIABLES").records() if r["STATEMENTTYPEID"] in types]
        for name in (actor, concept, *([qualifier] if qualifier else [])):
            if name not in known:
                raise InputError(f"no variable {name!r} of {type_!r}", hint=f"there are {', '.join(known) or 'none'}")
        days = {d.id: d.date for d in self.documents()}
        found = []
        for s in self.statements(type_):
            who, what = str(s.values.get(actor, "")), str(s.values.get(concept, ""))
            stance = s.values.get(qualifier) if qualifier else None
            if who and what:
                number = float(stance) if isinstance(stance, bool | int) else None
                found.append(Use(who, what, number, days[s.document], str(s.document)))
        return tuple(found)


def read(path: str | Path) -> Dna:
    """A database of Discourse Network Analyzer 3. Raises InputError if the file is none."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=str(path)) from None
    if head != b"SQLite format 3\x00":
        raise InputError("not a DNA database", file=str(path), hint="it is no SQLite file")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            made = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid").fetchall()
            names = {name.upper() for _, name, _ in made}
            missing = [name for name in _NEEDED if name not in names]
            if missing:
                raise InputError(
                    f"not a database of Discourse Network Analyzer 3: it has no table {missing[0]}",
                    file=str(path),
                    hint="open an older one in the program and save it anew",
                )
            tables, indexes = [], []
            for type_, name, sql in made:
                if sql is None or name.startswith("sqlite_"):
                    continue
                if type_ not in ("table", "index") or not _ALLOWED.match(sql):
                    raise InputError(f"{name} is neither a plain table nor an index", file=str(path))
                if type_ == "index":
                    indexes.append(sql)
                    continue
                cursor = connection.execute(f'SELECT * FROM "{name.replace(chr(34), chr(34) * 2)}"')
                columns = tuple(column[0] for column in cursor.description)
                tables.append(Table(name, sql, columns, tuple(cursor)))
            return Dna(tuple(tables), tuple(indexes))
    except sqlite3.Error as error:
        raise InputError(f"cannot be read as a database: {error}", file=str(path)) from None


def write(dna: Dna, path: str | Path) -> None:
    """Writes the database whole: every table with every row as it was, in a new file in place of what is there."""
    from comity.desk.writing import write_whole

    write_whole(path, dumps(dna))


def dumps(dna: Dna) -> bytes:
    """The bytes of the database's file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        for table in dna.tables:
            connection.execute(table.sql)
            name = table.name.replace('"', '""')
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', table.rows)
        for sql in dna.indexes:
            connection.execute(sql)
        connection.execute("COMMIT")
        return connection.serialize()
