"""Versions of the agenda, as TOML. The latest counts; none is ever lost."""

from __future__ import annotations

import hashlib
import sqlite3
import tomllib
from dataclasses import dataclass
from datetime import datetime

from comity.case.clock import Clock, stamp
from comity.case.file import transaction
from comity.case.rows import rows
from comity.words import InputError


@dataclass(frozen=True)
class AgendaVersion:
    """One version: its number from 1, who set it, when it was recorded (UTC), its text."""

    version: int
    coder: str
    recorded: datetime
    toml: str


def agenda(connection: sqlite3.Connection, known_at: datetime | None = None) -> str | None:
    """The TOML of the latest version (as of `known_at`), or None."""
    then = stamp(known_at) if known_at else "9999"
    found = rows(connection, "SELECT toml FROM agenda WHERE recorded <= ? ORDER BY version DESC LIMIT 1", then)
    return str(found[0][0]) if found else None


def agenda_hash(connection: sqlite3.Connection) -> str:
    """SHA-256 of the latest version, in hex; empty without one."""
    found = rows(connection, "SELECT sha256 FROM agenda ORDER BY version DESC LIMIT 1")
    return str(found[0][0]) if found else ""


def agenda_versions(connection: sqlite3.Connection) -> tuple[AgendaVersion, ...]:
    """All versions, oldest first."""
    found = rows(connection, "SELECT version, coder, recorded, toml FROM agenda ORDER BY version")
    return tuple(AgendaVersion(n, coder, datetime.fromisoformat(at), toml) for n, coder, at, toml in found)


def set_agenda(connection: sqlite3.Connection, toml: str, coder: str, clock: Clock) -> bool:
    """Makes `toml` the agenda. Returns False if it already was. Raises InputError if it is not TOML."""
    sha256 = checked(toml, coder)
    with transaction(connection):
        if sha256 == agenda_hash(connection):
            return False
        connection.execute(
            "INSERT INTO agenda (sha256, coder, recorded, toml) VALUES (?, ?, ?, ?)",
            (sha256, coder, stamp(clock()), toml),
        )
    return True


def checked(toml: str, coder: str) -> str:
    """The hash of an agenda that can be set. Raises InputError if it is not TOML or nobody sets it."""
    if not coder:
        raise InputError("an agenda without a coder", field="coder", hint="say who sets it")
    try:
        tomllib.loads(toml)
        return hashlib.sha256(toml.encode()).hexdigest()
    except (tomllib.TOMLDecodeError, UnicodeEncodeError) as error:
        raise InputError(f"the agenda is not TOML: {error}") from None
