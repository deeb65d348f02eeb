"""What leaves through the browser: named, typed, and of what the handling asked for admits (public unless asked)."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from fastapi.responses import Response

from comity.desk import flow
from comity.desk.exporting import WHAT, export
from comity.desk.report import written
from comity.desk.web.state import Desk, State
from comity.words import Handling, InputError, Ledger

TYPES = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv; charset=utf-8",
    "table": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
BRIEF_FORMATS = ("html", "md", "json", "docx", "pdf")
LIST_FORMATS = ("jsonl", "json", "csv")


def handling_of(text: str) -> Handling:
    """A label by its name; empty is public. Raises InputError."""
    try:
        return Handling(text or "public")
    except ValueError:
        known = ", ".join(h.value for h in Handling)
        raise InputError(f"no handling is called {text!r}", field="handling", hint=f"there are {known}") from None


def brief_as(desk: Desk, format_: str, handling: Handling, as_of: date | None, since: date | None) -> Response:
    """The brief as a file. Raises InputError for an unknown format."""
    if format_ not in BRIEF_FORMATS:
        raise InputError(f"no format is called {format_!r}", field="format", hint=f"use {', '.join(BRIEF_FORMATS)}")
    brief = desk.brief(as_of, since, handling)
    documents = desk.state().material.admitted(handling).documents
    day = f"-{brief.as_of}" if brief.as_of else ""
    return attached(written(brief, documents, format_), f"{desk.path.stem}-brief{day}.{format_}", format_)


def list_as(desk: Desk, what: str, format_: str, handling: Handling, as_of: date | None) -> Response:
    """What a case holds, as `comity export` gives it."""
    if what not in WHAT:
        raise InputError(f"nothing is called {what!r}", hint=f"there are {', '.join(WHAT)}")
    if format_ not in LIST_FORMATS:
        raise InputError(f"no format is called {format_!r}", field="format", hint=f"use {', '.join(LIST_FORMATS)}")

    def admitted_ledger(state: State) -> Ledger:
        return flow.ledger_of(state.material.admitted(handling), as_of)

    state = desk.state()
    made = desk.folded(("exported ledger", handling, as_of), admitted_ledger, state)
    content = export(what, state.material.admitted(handling), made, format_)
    return attached(content, f"{desk.path.stem}-{what}.{format_}", format_)


def attached(content: str | bytes, name: str, format_: str) -> Response:
    """A file to keep: never shown as a page of the desk."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name)
    heading = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(
        data, media_type=TYPES.get(format_, "application/octet-stream"), headers={"content-disposition": heading}
    )
