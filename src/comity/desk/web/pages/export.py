"""Pass on: the brief in every format, lists, the whole case. Public material only, unless asked."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fastapi.responses import Response

from comity.desk.exporting import WHAT
from comity.desk.web import downloads
from comity.desk.web.page import Asked, Page
from comity.words import Handling

page = Page("export", "Pass on", 95, "brief, lists, the whole case")


@page.router.get("/export")
def show(ask: Asked) -> Response:
    """What can be passed on."""
    labels = [h.value for h in Handling]
    return ask.html(
        "export.html.j2",
        labels=labels,
        what=WHAT,
        brief_formats=downloads.BRIEF_FORMATS,
        list_formats=downloads.LIST_FORMATS,
        strictest=ask.desk.strictest().value,
    )


@page.router.get("/export/brief")
def brief(ask: Asked, format: str = "html", handling: str = "") -> Response:
    """The brief as a file."""
    return downloads.brief_as(ask.desk, format, downloads.handling_of(handling), ask.as_of, ask.since)


@page.router.get("/export/case")
def whole(ask: Asked, handling: str = "") -> Response:
    """The case as `comity mail` sends it: one file that any Comity opens."""
    with tempfile.TemporaryDirectory(prefix="comity-") as folder, ask.desk.case() as case:
        path = Path(folder) / "case.comity"
        case.mail(path, handling=downloads.handling_of(handling))
        content = path.read_bytes()
    return downloads.attached(content, f"{ask.desk.path.stem}-copy.comity", "comity")


@page.router.get("/export/list")
def listed(ask: Asked, what: str, format: str = "jsonl", handling: str = "") -> Response:
    """A list as a file."""
    return downloads.list_as(ask.desk, what, format, downloads.handling_of(handling), ask.as_of)
