"""Pass on: the brief in every format, lists, the whole case. Public material only, unless asked."""

from __future__ import annotations

from fastapi.responses import Response

from comity.desk.exporting import WHAT
from comity.desk.web import downloads
from comity.desk.web.page import Asked
from comity.desk.web.pages import PAGES
from comity.words import Handling

page = PAGES["export"]

MOST_RECEIPTS = 50
"""Files passed on that the page lists."""


@page.router.get("/export")
def show(ask: Asked) -> Response:
    """What can be passed on."""
    labels = [h.value for h in Handling]
    passed_on = [] if ask.desk.large else downloads.receipts(ask.desk)
    return ask.html(
        "export.html.j2",
        labels=labels,
        what=WHAT,
        brief_formats=downloads.BRIEF_FORMATS,
        report_formats=downloads.REPORT_FORMATS,
        list_formats=downloads.LIST_FORMATS,
        issues=[(i.id, i.name) for i in ask.material.agenda.issues],
        strictest=ask.desk.strictest().value,
        passed_on=passed_on[:MOST_RECEIPTS],
        more=max(0, len(passed_on) - MOST_RECEIPTS),
        parties={p.id: p.name for p in ask.material.agenda.parties},
        names={i.id: i.name for i in ask.material.agenda.issues},
    )


@page.router.get("/export/brief")
def brief(ask: Asked, format: str = "html", handling: str = "") -> Response:
    """The brief as a file."""
    return downloads.brief_as(ask.desk, format, downloads.handling_of(handling), ask.as_of, ask.since)


@page.router.get("/export/difference")
def difference(ask: Asked, format: str = "docx", handling: str = "") -> Response:
    """What is different between two dates, as a file."""
    return downloads.difference_as(ask.desk, format, downloads.handling_of(handling), ask.as_of, ask.since)


@page.router.get("/export/dossier")
def dossier(ask: Asked, issue: str, format: str = "docx", handling: str = "") -> Response:
    """All about one issue, as a file."""
    return downloads.dossier_as(ask.desk, issue, format, downloads.handling_of(handling), ask.as_of, ask.since)


@page.router.get("/export/case")
def whole(ask: Asked, format: str = "comity", handling: str = "") -> Response:
    """The case as one file, as `comity mail` sends it, or as open files, as `comity convert` writes them."""
    return downloads.case_as(ask.desk, format, downloads.handling_of(handling))


@page.router.get("/export/codings")
def codings(ask: Asked, format: str = "jsonld", handling: str = "") -> Response:
    """Codings, for other tools."""
    return downloads.codings_as(ask.desk, format, downloads.handling_of(handling))


@page.router.get("/export/list")
def listed(ask: Asked, what: str, format: str = "jsonl", handling: str = "") -> Response:
    """A list as a file."""
    return downloads.list_as(ask.desk, what, format, downloads.handling_of(handling), ask.as_of)
