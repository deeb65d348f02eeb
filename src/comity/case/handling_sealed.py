"""Sealing: what is not public goes into a separate, encrypted file beside the case, and comes back with the passphrase.

The file is AES-256-GCM over compressed JSON; the key comes from the passphrase by scrypt (N = 2¹⁵, r = 8, p = 1, 16
random bytes of salt). Its head says so in the clear and is authenticated with the rest.
"""

from __future__ import annotations

import base64
import json
import os
import sqlite3
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.case import handling as labels
from comity.case.file import transaction
from comity.case.index import index_text
from comity.case.refold import refold_all
from comity.case.rows import rows
from comity.words import CaseError, Handling, InputError

SUFFIX = ".sealed"
_MAGIC = b"comity sealed 1\n"
_SALT, _NONCE = 16, 12
_COST = {"n": 2**15, "r": 8, "p": 1}
_COLUMNS = {
    "document": "key, identity, text_sha256, published, source, title, url, kind, recorded, text",
    "sighting": "document, digest, id, name, language, handling, supersedes, found, recorded",
    "decision": "key, id, nth, coder, at, kind, target, field, value, note, handling, document, document_id, start,"
    ' "end", quote, recorded',
    "receipt": "key, id, sha256, what, name, handling, as_of, recorded, body",
}
SHORTEST = 8


@dataclass(frozen=True)
class Sealed:
    """What was put into a sealed file, or came out of one. `agenda` is True if the agenda had something to hide."""

    path: Path
    documents: int
    decisions: int
    agenda: bool


def sealed_path(case: Path) -> Path:
    """Where the sealed file of a case lies: beside it.

    >>> sealed_path(Path("talks.comity")).name
    'talks.comity.sealed'
    """
    return case.with_name(case.name + SUFFIX)


def seal(connection: sqlite3.Connection, case: Path, passphrase: str) -> Sealed:
    """Moves all that is not public out of the case. Raises CaseError if a sealed file is there, or nothing to seal.

    The sealed file is on the disk before anything is taken out: a crash between the two loses nothing, and unsealing
    brings the case back to what it was.
    """
    if len(passphrase) < SHORTEST:
        raise InputError(f"the passphrase is shorter than {SHORTEST} characters", hint="take several words")
    target = sealed_path(case)
    if target.exists():
        raise CaseError(f"{target}: is there already; unseal the case first, then seal all of it anew")
    ((secure,),) = rows(connection, "PRAGMA secure_delete")
    connection.execute("PRAGMA secure_delete = ON")
    try:
        with transaction(connection, "EXCLUSIVE"):
            what = labels.hidden(connection, Handling.PUBLIC)
            content = _content(connection, what)
            if not any(content.values()):
                raise CaseError(f"{case}: all of it is public; there is nothing to seal")
            _write(target, _encrypted(json.dumps(content, ensure_ascii=True).encode(), passphrase))
            labels.take_out(connection, what)
            connection.executemany("DELETE FROM receipt WHERE key = ?", [(row[0],) for row in content["receipt"]])
        connection.execute("VACUUM")
    finally:
        connection.execute(f"PRAGMA secure_delete = {secure}")
    return Sealed(target, len(what.documents), len(what.decisions), bool(what.agendas))


def unseal(connection: sqlite3.Connection, case: Path, passphrase: str) -> Sealed:
    """Brings back what was sealed, between what was added meanwhile, and removes the sealed file.

    Raises CaseError if there is none, or the passphrase is wrong.
    """
    target = sealed_path(case)
    try:
        data = target.read_bytes()
    except FileNotFoundError:
        raise CaseError(f"{target}: there is no sealed file") from None
    content = json.loads(_decrypted(data, passphrase, target))
    with transaction(connection, "EXCLUSIVE"), labels.without_triggers(connection):
        keys = {row[0]: _document_back(connection, row) for row in content["document"]}
        for row in content["sighting"]:
            row[0] = keys.get(row[0], row[0])
            _insert(connection, "sighting", row)
        for plain, document, digest, supersedes in content["unnamed"]:
            connection.execute(
                "UPDATE OR REPLACE sighting SET supersedes = ?, digest = ? WHERE document = ? AND digest = ?",
                (supersedes, digest, document, plain),
            )
        for row in content["decision"]:
            row[11] = keys.get(row[11], row[11])
            _insert(connection, "decision", row)
        for row in content["receipt"]:
            row[-1] = base64.b64decode(row[-1])
            _insert(connection, "receipt", row)
        for version, toml in content["agenda"]:
            if rows(connection, "SELECT 1 FROM agenda WHERE version = ?", version):
                labels.reworded(connection, version, toml)
        refold_all(connection)
    target.unlink()
    return Sealed(target, len(content["document"]), len(content["decision"]), bool(content["agenda"]))


def _content(connection: sqlite3.Connection, what: labels.Hidden) -> dict[str, list[Any]]:
    """All that is to be taken out, row by row."""

    def taken(table: str, column: str, values: tuple[Any, ...]) -> list[Any]:
        sql = f"SELECT {_COLUMNS[table]} FROM {table} WHERE {column} = ? ORDER BY rowid"
        return [list(row) for value in values for row in rows(connection, sql, value)]

    private = [h.value for h in Handling if h is not Handling.PUBLIC]
    receipts = [row for label in private for row in taken("receipt", "handling", (label,))]
    for row in receipts:
        row[-1] = base64.b64encode(row[-1]).decode()
    unnamed = []
    for plain, document, digest in what.unnamed:
        sql = "SELECT supersedes FROM sighting WHERE document = ? AND digest = ?"
        ((supersedes,),) = rows(connection, sql, document, digest)
        if document not in what.documents:
            unnamed.append([plain, document, digest, supersedes])
    agendas = [rows(connection, "SELECT version, toml FROM agenda WHERE version = ?", v)[0] for v, _ in what.agendas]
    return {
        "document": taken("document", "key", what.documents),
        "sighting": taken("sighting", "document", what.documents),
        "unnamed": unnamed,
        "decision": taken("decision", "id", what.decisions),
        "receipt": receipts,
        "agenda": [list(row) for row in agendas],
    }


def _insert(connection: sqlite3.Connection, table: str, row: list[Any]) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT OR IGNORE INTO {table} ({_COLUMNS[table]}) VALUES ({marks})", row)


def _document_back(connection: sqlite3.Connection, row: list[Any]) -> int:
    """The key of a document that came back: its own, or that of the same one if it was added again meanwhile."""
    found = rows(connection, "SELECT key FROM document WHERE identity = ?", row[1])
    if found:
        return int(found[0][0])
    _insert(connection, "document", row)
    index_text(connection, row[0], row[-1])
    return int(row[0])


def _key(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # takes a while to load

    return Scrypt(salt=salt, length=32, **_COST).derive(passphrase.encode("utf-8", "surrogatepass"))


def _encrypted(content: bytes, passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    head = _MAGIC + salt + nonce
    return head + AESGCM(_key(passphrase, salt)).encrypt(nonce, zlib.compress(content, 6), head)


def _decrypted(data: bytes, passphrase: str, path: Path) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    size = len(_MAGIC) + _SALT + _NONCE
    if not data.startswith(_MAGIC) or len(data) <= size:
        raise CaseError(f"{path}: is not a sealed file")
    head = data[:size]
    salt, nonce = head[len(_MAGIC) : -_NONCE], head[-_NONCE:]
    try:
        return zlib.decompress(AESGCM(_key(passphrase, salt)).decrypt(nonce, data[size:], head))
    except InvalidTag:
        raise CaseError(f"{path}: the passphrase is wrong, or the file was changed") from None


def _write(target: Path, data: bytes) -> None:
    """Writes it whole, on the disk, and readable by its owner only."""
    part = target.with_name(f".{target.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CaseError(f"{target}: cannot be written: {error.strerror}") from None
