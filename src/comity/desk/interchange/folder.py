"""A case as a folder of open files, and back: texts as text, the agenda as TOML, all else as JSON lines.

The folder holds what `Case.dump` tells: everything but clock times, what was exported, and what is folded from the
rest. A case made from it has the same dump, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from comity.words import Handling, InputError, fold

HEAD = "case.json"
KINDS = {"document": "documents", "agenda": "agenda", "decision": "decisions", "reading": "readings",
         "expunged": "expunged"}  # fmt: skip
_README = """This folder is a Comity case in open files.

case.json         what this is; the hash of all it holds
documents.jsonl   one document a line: source, date, title, address, labels; `file` names its text
texts/            the texts, UTF-8, exactly as they were read
agenda.jsonl      versions of the agenda; `file` names the TOML in agenda/
decisions.jsonl   what people decided, in order
readings.jsonl    what readers took from the documents
expunged.jsonl    that something was removed for good, and not what

comity convert FOLDER NEW.comity makes a case of it again. Offsets are characters (Unicode code points) of the text.
"""


def write(lines: Iterable[str], folder: str | Path, handling: Handling) -> str:
    """Writes the lines of a dump as a folder, whole or not at all; returns the id: the SHA-256 of the dump.

    Raises InputError if there is something at `folder` that is no empty folder, or it cannot be written.
    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError("is there already", file=str(folder), hint="give the name of a new folder")
    try:
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.absolute().parent))
        try:
            id_ = _write(lines, part, handling)
            part.chmod(0o755)
            if target.exists():
                target.rmdir()
            part.rename(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", file=str(folder)) from None
    return id_


def _write(lines: Iterable[str], part: Path, handling: Handling) -> str:
    digest = hashlib.sha256()
    files = {kind: (part / f"{name}.jsonl").open("w", encoding="utf-8", newline="") for kind, name in KINDS.items()}
    counts = dict.fromkeys(KINDS, 0)
    format_ = 0
    try:
        for line in lines:
            digest.update(line.encode())
            ((kind, value),) = json.loads(line).items()
            if kind == "comity_case":
                format_ = value
                continue
            counts[kind] += 1
            if kind == "document":
                value = _aside(part, "texts", f"{counts[kind]:05d}-{_name(value)}.txt", value, "text")
            elif kind == "agenda":
                value = _aside(part, "agenda", f"{value['version']:03d}.toml", value, "toml")
            files[kind].write(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n")
    finally:
        for file in files.values():
            file.close()
    id_ = digest.hexdigest()
    head = {"comity_case": format_, "id": id_, "handling": handling.value, "holds": counts}
    (part / HEAD).write_text(json.dumps(head, indent=1) + "\n", encoding="utf-8")
    (part / "README.txt").write_text(_README, encoding="utf-8")
    return id_


def _aside(part: Path, folder: str, name: str, value: dict[str, Any], field: str) -> dict[str, Any]:
    """The value with one long text in a file of its own; the place of the field is kept."""
    (part / folder).mkdir(exist_ok=True)
    (part / folder / name).write_bytes(value[field].encode())
    return {("file" if key == field else key): (f"{folder}/{name}" if key == field else v) for key, v in value.items()}


def _name(document: dict[str, Any]) -> str:
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in fold(document["sightings"][0]["id"]))
    return "-".join(part for part in kept.split("-") if part)[:60] or "document"


def is_folder(path: str | Path) -> bool:
    """True if a case lies there as a folder."""
    return (Path(path) / HEAD).is_file()


def read(folder: str | Path) -> Iterator[str]:
    """The lines of the dump that the folder was made of, for `Case.load_dump`.

    Raises InputError if a file is missing or is not what it says, and at the end if anything was changed: then nothing
    should be kept of it.
    """
    root = Path(folder)
    head = _parsed(_text(root, HEAD), root, HEAD, 1)
    if not isinstance(head, dict) or not isinstance(head.get("comity_case"), int):
        raise InputError("says nothing of a case", file=str(root / HEAD))
    digest = hashlib.sha256()

    def line(kind: str, value: Any) -> str:
        made = json.dumps({kind: value}, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
        digest.update(made.encode())
        return made

    yield line("comity_case", head["comity_case"])
    for kind, name in KINDS.items():
        file = f"{name}.jsonl"
        for number, row in enumerate(_text(root, file).split("\n"), start=1):
            if not row:
                continue
            value = _parsed(row, root, file, number)
            if kind in ("document", "agenda"):
                value = _back(root, value, "text" if kind == "document" else "toml", file, number)
            yield line(kind, value)
    if digest.hexdigest() != head.get("id"):
        raise InputError(
            "was changed since it was written", file=str(folder), hint="export the case again; change it with comity"
        )


def _back(root: Path, value: Any, field: str, file: str, number: int) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("file"), str):
        raise InputError("names no file with its text", file=str(root / file), line=number)
    name = value["file"]
    where = (root / name).resolve()
    if not where.is_relative_to(root.resolve()):
        raise InputError(f"{name!r} lies outside the folder", file=str(root / file), line=number)
    text = _text(root, name)
    return {(field if key == "file" else key): (text if key == "file" else v) for key, v in value.items()}


def _text(root: Path, name: str) -> str:
    try:
        return (root / name).read_bytes().decode()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=str(root / name)) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", file=str(root / name)) from None


def _parsed(text: str, root: Path, file: str, number: int) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"not JSON: {error}", file=str(root / file), line=number) from None
