"""Timeline: statements, events and what lies ahead; numbers of parties and how far apart they are."""

from __future__ import annotations

from fastapi.responses import Response

from comity.desk.pictures.marks import sides_of
from comity.desk.web.page import Asked
from comity.desk.web.pages import PAGES, pictures
from comity.desk.web.pages.worked_out import worked

page = PAGES["timeline"]

PER_PAGE = 100


@page.router.get("/timeline")
def show(ask: Asked, n: int = 1) -> Response:
    """The timeline of the issues, parties and days asked for, with its table."""
    found = worked(ask)
    ledger = ask.desk.wide().spread(ask.as_of).standing if found is not None else ask.ledger()
    line = pictures.shown(ask, "timeline")
    table = line.picture.table
    n = min(max(1, n), max(1, -(-len(table.rows) // PER_PAGE)))
    query = ask.request.query_params
    return ask.html(
        "timeline.html.j2",
        line=line,
        gap=pictures.shown(ask, "gap"),
        rows=table.records((n - 1) * PER_PAGE, n * PER_PAGE),
        total=len(table.rows),
        n=n,
        per_page=PER_PAGE,
        issues=[(i.id, i.name) for i in ledger.agenda.issues],
        parties=list(sides_of(ledger).items()),
        chosen_issues=query.getlist("issue"),
        chosen_parties=query.getlist("party"),
        first=query.get("first", ""),
        last=query.get("last", ""),
        worked=found,
        more=_query(ask, n + 1),
        back=_query(ask, n - 1),
    )


def _query(ask: Asked, n: int) -> str:
    from urllib.parse import urlencode

    kept = [(k, v) for k, v in ask.request.query_params.multi_items() if v and k != "n"]
    return f"/timeline?{urlencode([*kept, ('n', n)])}#table"
