"""What files are that came in: whole cases, databases of Discourse Network Analyzer, codings, or reports.

A case comes as a folder of open files (loose, or in a zip) or as a copy. What a file is, is told by what it holds where
its name says too little.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from comity.desk.flow import CASE_SUFFIX
from comity.desk.interchange import folder
from comity.record import Failure
from comity.words import InputError

MOST = 4 * 1024**3
"""Bytes that a packed case may unpack to."""
_SWELL = 200
"""How many times its size a member of an archive may unpack to; text shrinks to a tenth, readings to a thirtieth."""
_PARTS = ("texts", "agenda")
_OPEN = (folder.HEAD, "README.txt", *(f"{name}.jsonl" for name in folder.KINDS.values()))


@dataclass
class Parcels:
    """Paths by what is there: folders of cases, copies of cases, databases, files of codings, and all else."""

    folders: list[Path] = field(default_factory=list)
    copies: list[Path] = field(default_factory=list)
    databases: list[Path] = field(default_factory=list)
    codings: list[Path] = field(default_factory=list)
    reports: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def sorted_out(root: Path, names: Sequence[str]) -> Parcels:
    """What the files and folders called `names` in `root` are. Packed cases are unpacked beside them, in `root`."""
    found = Parcels()
    names = list(names)
    if folder.HEAD in names and _says_case((root / folder.HEAD).read_bytes()):
        gone = _gathered(root, names)
        names = [name for name in names if name not in gone]
        found.folders.append(root / ".case")
    for name in names:
        path = root / name
        suffix = path.suffix.lower()
        if path.is_dir():
            heads = [each.parent for each in sorted(path.rglob(folder.HEAD)) if _says_case(each.read_bytes())]
            found.folders += heads
            if not heads:
                found.reports.append(path)
        elif suffix == CASE_SUFFIX:
            found.copies.append(path)
        elif suffix == ".dna":
            found.databases.append(path)
        elif suffix in (".jsonld", ".parquet") or (suffix == ".csv" and _codings(path)):
            found.codings.append(path)
        elif suffix == ".zip" and (prefix := _packed(path)) is not None:
            try:
                found.folders.append(_unpacked(path, prefix, root / f".{name}"))
            except InputError as error:
                found.failures.append(Failure(name, error))
        else:
            found.reports.append(path)
    return found


def _says_case(head: bytes) -> bool:
    try:
        value = json.loads(head)
    except ValueError:
        return False
    return isinstance(value, dict) and "comity_case" in value


def _gathered(root: Path, names: Sequence[str]) -> set[str]:
    """The open files of a case that came loose, put into a folder of their own; a browser's file chooser forgets in
    which folder a text was."""
    case, gone = root / ".case", set()
    case.mkdir()
    for name in names:
        if name in _OPEN or name in _PARTS:
            (root / name).rename(case / name)
            gone.add(name)
    wanted = _named_texts(case)
    for name in names:
        if name not in gone and name in wanted:
            place = case / wanted[name]
            place.parent.mkdir(exist_ok=True)
            (root / name).rename(place)
            gone.add(name)
    return gone


def _named_texts(case: Path) -> dict[str, str]:
    """Where the open files say that their texts are, by the last part of the name."""
    found = {}
    for name in ("documents.jsonl", "agenda.jsonl"):
        path = case / name
        for line in path.read_text("utf-8", "replace").split("\n") if path.is_file() else ():
            try:
                where = PurePosixPath(json.loads(line)["file"])
            except (ValueError, KeyError, TypeError):
                continue  # `folder.read` says what is wrong, and where
            if where.parent.name in _PARTS and len(where.parts) == 2:
                found[where.name] = str(where)
    return found


def _codings(path: Path) -> bool:
    """True for a table with the columns that codings have, and no other table has."""
    with path.open("rb") as file:
        head = file.readline(65536).decode("utf-8-sig", "replace")
    columns = set(next(csv.reader(io.StringIO(head)), ()))
    return {"document", "start", "end", "quote", "coder_kind"} <= columns


def _packed(path: Path) -> str | None:
    """The folder in an archive that holds a case, empty for its root; None if none does."""
    try:
        with zipfile.ZipFile(path) as archive:
            for info in sorted(archive.infolist(), key=lambda info: info.filename.count("/")):
                where = PurePosixPath(info.filename)
                if where.name != folder.HEAD or len(where.parts) > 3 or info.file_size > 65536 or info.flag_bits & 1:
                    continue
                if _says_case(archive.read(info)):
                    return info.filename.removesuffix(folder.HEAD)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return None  # `comity.record` says what is wrong with it
    return None


def _unpacked(path: Path, prefix: str, target: Path) -> Path:
    """Only the files that a case has, each where it has it; whatever else is in the archive stays there."""
    left = MOST
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                parts = info.filename.removeprefix(prefix).split("/")
                known = parts[0] in _OPEN if len(parts) == 1 else len(parts) == 2 and parts[0] in _PARTS
                if not info.filename.startswith(prefix) or not known or parts[-1] in ("", ".", ".."):
                    continue
                if info.file_size > max(2**20, info.compress_size * _SWELL) or info.file_size > left:
                    raise InputError(f"{parts[-1]} unpacks to too much", file=path.name, hint="drop the folder itself")
                left -= info.file_size
                place = target.joinpath(*parts)
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as packed, place.open("wb") as out:
                    shutil.copyfileobj(packed, out, 2**20)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise InputError(f"the archive is broken or cut: {error}", file=path.name) from None
    return target
