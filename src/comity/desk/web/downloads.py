"""What leaves through the browser: named, typed, of what the handling asked for admits (public unless asked), and with
a receipt in the case, so that it can be called back."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi.responses import Response

from comity.desk import exports, flow, reporting
from comity.desk.exporting import WHAT, export
from comity.desk.interchange import converting, of_case
from comity.desk.interchange.offsets import Unit
from comity.desk.report import difference as difference_
from comity.desk.report import dossier as dossier_
from comity.desk.report import written
from comity.desk.web.state import Desk, State, TooLarge
from comity.words import Handling, InputError, Ledger, Statement

TYPES = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "jsonld": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
    "table": "text/plain; charset=utf-8",
    "toml": "application/toml",
    "ics": "text/calendar; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "zip": "application/zip",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
BRIEF_FORMATS = ("html", "md", "json", "docx", "pdf")
REPORT_FORMATS = ("docx", "pdf", "md", "json")
LIST_FORMATS = ("jsonl", "json", "csv")
CODING_FORMATS = ("jsonld", "csv", "parquet", "dna")
CASE_FORMATS = ("comity", "zip")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only time in an archive of ours: the same case gives the same bytes."""


def handling_of(text: str) -> Handling:
    """A label by its name; empty is public. Raises InputError."""
    try:
        return Handling(text or "public")
    except ValueError:
        known = ", ".join(h.value for h in Handling)
        raise InputError(f"no handling is called {text!r}", field="handling", hint=f"there are {known}") from None


def ledger_of(desk: Desk, state: State, as_of: date | None, handling: Handling) -> Ledger:
    """The ledger as of a date, of what `handling` admits."""
    if handling is Handling.PROTECTED:
        return desk.ledger(as_of, state)
    return desk.folded(
        ("ledger of", as_of, handling), lambda s: flow.ledger_of(s.material.admitted(handling), as_of), state
    )


def brief_as(desk: Desk, format_: str, handling: Handling, as_of: date | None, since: date | None) -> Response:
    """The brief as a file. Raises InputError for an unknown format."""
    _known(format_, BRIEF_FORMATS)
    brief, id_ = exports.with_id(desk.brief(as_of, since, handling))
    documents = desk.state().material.admitted(handling).documents
    day = f"-{brief.as_of}" if brief.as_of else ""
    name = f"{desk.path.stem}-brief{day}.{format_}"
    return kept(desk, written(brief, documents, format_), name, f"brief {format_}", handling, as_of, id_)


def difference_as(desk: Desk, format_: str, handling: Handling, as_of: date | None, since: date | None) -> Response:
    """What is different between two dates, as a file. Raises InputError without a date to compare with."""
    _known(format_, REPORT_FORMATS)
    if since is None:
        raise InputError("no date to compare with", field="since", hint="say since when")
    state = desk.state()
    brief = desk.brief(as_of, since, handling, state)
    before, after = ledger_of(desk, state, since, handling), ledger_of(desk, state, as_of, handling)
    found = difference_.difference(before, after)
    brief, id_ = reporting.identified(brief, found)
    content = (
        difference_.as_json(found)
        if format_ == "json"
        else dossier_.written(brief, difference_.blocks(found, brief), format_)
    )
    name = f"{desk.path.stem}-difference-{since}{f'-{brief.as_of}' if brief.as_of else ''}.{format_}"
    return kept(desk, content, name, f"difference {format_}", handling, as_of, id_)


def dossier_as(
    desk: Desk, issue: str, format_: str, handling: Handling, as_of: date | None, since: date | None
) -> Response:
    """All about one issue, as a file."""
    _known(format_, REPORT_FORMATS)
    state = desk.state()
    brief = desk.brief(as_of, since, handling, state)
    found = dossier_.dossier(brief, ledger_of(desk, state, as_of, handling), issue)
    found, id_ = reporting.identified_dossier(found)
    content = (
        dossier_.as_json(found) if format_ == "json" else dossier_.written(found.brief, dossier_.blocks(found), format_)
    )
    name = f"{desk.path.stem}-{issue}.{format_}"
    return kept(desk, content, name, f"dossier {format_}", handling, as_of, id_, found.statements)


def list_as(desk: Desk, what: str, format_: str, handling: Handling, as_of: date | None) -> Response:
    """What a case holds, as `comity export` gives it."""
    if what not in WHAT:
        raise InputError(f"nothing is called {what!r}", hint=f"there are {', '.join(WHAT)}")
    _known(format_, LIST_FORMATS)
    state = desk.state()
    made = ledger_of(desk, state, as_of, handling)
    content = export(what, state.material.admitted(handling), made, format_)
    return kept(desk, content, f"{desk.path.stem}-{what}.{format_}", f"{what} {format_}", handling, as_of)


def codings_as(desk: Desk, format_: str, handling: Handling) -> Response:
    """The codings of people and readers, as `comity convert` gives them."""
    _known(format_, CODING_FORMATS)
    state = desk.state()
    material, made = state.material.admitted(handling), ledger_of(desk, state, None, handling)
    codings = of_case.codings_of(material, made)
    content = converting.written(codings, material.documents, material.agenda, f".{format_}", Unit.CODE_POINTS)
    id_, statements = exports.content_id(list(codings)), [c.statement for c in codings]
    name = f"{desk.path.stem}-codings.{format_}"
    return kept(desk, content, name, f"codings {format_}", handling, None, id_, statements)


def case_as(desk: Desk, format_: str, handling: Handling) -> Response:
    """The case as one file that any Comity opens, or as open files in a zip archive."""
    _known(format_, CASE_FORMATS)
    with tempfile.TemporaryDirectory(prefix="comity-") as folder, desk.case() as case:
        id_ = converting.folder_of(case, Path(folder) / "open", handling)
        path = Path(folder) / f"case.{format_}"
        if format_ == "zip":
            _pack(Path(folder) / "open", path, desk.path.stem)
        else:
            case.mail(path, handling=handling)
        content = path.read_bytes()
    name = f"{desk.path.stem}-copy.comity" if format_ == "comity" else f"{desk.path.stem}-folder.zip"
    return kept(desk, content, name, "copy" if format_ == "comity" else "folder zip", handling, None, id_)


def receipts(desk: Desk) -> list[dict[str, Any]]:
    """What was passed on, newest first; `cells` and `why` say what of it was corrected since. Raises TooLarge."""
    if desk.large:
        raise TooLarge(len(desk.look.register().rows))
    state = desk.state()
    with desk.case() as case:
        given = case.receipts()
    made = desk.ledger(None, state)
    changed = {id(each.receipt): each for each in exports.recalled(given, state.material, made)}
    rows = []
    for one in reversed(given):
        since = changed.get(id(one))
        gone = [f"{since.gone} passages are no longer in the case"] if since and since.gone else []
        rows.append(
            {
                "export": one.id[: exports.SHOWN],
                "what": one.what,
                "name": one.name,
                "handling": one.handling.value,
                "recorded": one.recorded.date().isoformat(),
                "cells": [list(cell) for cell in since.cells] if since else [],
                "why": [f"{place}: {why}" for place, why in since.passages] + gone if since else [],
            }
        )
    return rows


def _pack(folder: Path, target: Path, inside: str) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for each in sorted(p for p in folder.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(f"{inside}/{each.relative_to(folder).as_posix()}", _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, each.read_bytes())


def _known(format_: str, formats: Sequence[str]) -> None:
    if format_ not in formats:
        raise InputError(f"no format is called {format_!r}", field="format", hint=f"use {', '.join(formats)}")


def kept(
    desk: Desk,
    content: str | bytes,
    name: str,
    what: str,
    handling: Handling,
    as_of: date | None,
    id_: str = "",
    statements: Sequence[Statement] | None = None,
    of_case: bool = True,
) -> Response:
    """A file to keep, with its receipt in the case: of all that `handling` admits, or of some statements.

    `id_` is a hash of what it holds, by default of the content; `of_case` is False for what rests on no passage.
    """
    id_ = id_ or exports.content_id(content if isinstance(content, str) else content.hex())
    holds: dict[str, str] = {}
    if of_case:
        state = desk.state()
        made, documents = ledger_of(desk, state, as_of, handling), state.material.admitted(handling).documents
        holds = exports.held(made, documents, statements)
    with desk.case() as case:
        shown = exports.keep(case, content, id=id_, what=what, output=name, handling=handling, as_of=as_of, holds=holds)
    answer = attached(content, name, name.rpartition(".")[2])
    answer.headers["x-comity-export"] = shown
    return answer


def attached(content: str | bytes, name: str, format_: str) -> Response:
    """A file to keep: never shown as a page of the desk."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name)
    heading = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(
        data, media_type=TYPES.get(format_, "application/octet-stream"), headers={"content-disposition": heading}
    )
