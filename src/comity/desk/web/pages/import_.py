"""Import: files dropped or chosen; how far it has got; what failed and why."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import File, Form, HTTPException, UploadFile
from fastapi.responses import Response

from comity.desk.web import jobs
from comity.desk.web.page import Ask, Asked
from comity.desk.web.pages import PAGES
from comity.record import Given
from comity.words import DocumentKind, Handling, InputError

page = PAGES["import"]

_CHUNK = 1024 * 1024
_DEEPEST = 8
_ODD = re.compile(r"[\x00-\x1f\x7f/\\:]+")


@page.router.get("/import")
def show(ask: Asked) -> Response:
    """The form, and the imports of this server."""
    return ask.html("import.html.j2", jobs=ask.jobs.listed(), **_choices(ask))


@page.router.get("/import/{number}")
def one(ask: Asked, number: int) -> Response:
    """How far an import has got."""
    job = ask.jobs.find(number)
    if job is None:
        raise HTTPException(404, f"there is no import {number} in this server")
    if ask.partial:
        return ask.part("job.html.j2", "job", job=job)
    return ask.html("job.html.j2", job=job)


@page.router.post("/import")
def upload(
    ask: Asked,
    files: Annotated[list[UploadFile], File()],
    published: Annotated[str, Form()] = "",
    source: Annotated[str, Form(max_length=200)] = "",
    kind: Annotated[str, Form()] = "",
    label: Annotated[str, Form()] = "",
) -> Response:
    """Takes the files and begins to import them."""
    given = given_of(published, source, kind, label)
    return ask.to(f"/import/{begin(ask, files, given).number}")


def begin(ask: Ask, files: list[UploadFile], given: Given) -> jobs.Job:
    """Puts the files into a folder and starts the import. Raises InputError if there are none."""
    named = [file for file in files if file.filename]
    if not named:
        raise InputError("no files came", hint="choose some, or drop them on the page")
    folder = jobs.folder()
    try:
        names = list(dict.fromkeys(_keep(folder, file) for file in named))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return ask.jobs.start(folder, names, ask.coder, given)


def given_of(published: str, source: str, kind: str, label: str) -> Given:
    """What the person knows of the files. Notes and private texts are internal unless said otherwise."""
    try:
        day = date.fromisoformat(published) if published else None
        meant = DocumentKind(kind) if kind else None
        handling = Handling(label) if label else None
    except ValueError as error:
        raise InputError(str(error), hint="choose from the form") from None
    if handling is None and meant in (DocumentKind.NOTE, DocumentKind.PRIVATE):
        handling = Handling.INTERNAL
    return Given(published=day, source=" ".join(source.split()) or None, kind=meant, handling=handling)


def _keep(folder: Path, file: UploadFile) -> str:
    """Writes a file where it lay below what was dropped; the first part of that, or another if it is taken."""
    given = (file.filename or "").rpartition("\\")[2]
    parts = [part for part in given.split("/") if part.strip(". ")] or ["file"]
    plain = [_ODD.sub("_", part).lstrip(".")[-150:] or "file" for part in parts[-_DEEPEST:]]
    path, n = folder.joinpath(*plain), 2
    while path.exists() or not _free(path.parent, folder):
        name = Path(plain[0])
        path, n = folder.joinpath(f"{name.stem}-{n}{name.suffix}", *plain[1:]), n + 1
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        shutil.copyfileobj(file.file, out, _CHUNK)
    return path.relative_to(folder).parts[0]


def _free(path: Path, root: Path) -> bool:
    """True if a folder is there or can be made: no file has its name, or one of those above it."""
    return path == root or (not path.is_file() and _free(path.parent, root))


def _choices(ask: Ask) -> dict[str, Any]:
    return {
        "kinds": [k.value for k in DocumentKind],
        "labels": [h.value for h in Handling],
        "count": len(ask.register().rows),
    }
