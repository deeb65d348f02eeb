"""Stand: everything that supports a party's position on an issue, newest first, a page at a time. Of large cases, where
the brief lists only the newest."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException
from fastapi.responses import Response

from comity.desk.web.page import Asked
from comity.desk.web.pages import PAGES
from comity.words import Review

page = PAGES["stand"]

PER_PAGE = 50


@page.router.get("/stand")
def show(ask: Asked, party: str = "", issue: str = "", told: bool = False, n: int = 1) -> Response:
    """What a party says on an issue; with `told`, what others tell of it."""
    agenda = ask.agenda()
    who = next((p.name for p in agenda.parties if p.id == party), None)
    what = next((i.name for i in agenda.issues if i.id == issue), None)
    if who is None or what is None:
        raise HTTPException(404, f"the agenda has no party {party!r}" if who is None else f"no issue {issue!r}")
    n = max(1, n)
    found = ask.view().stand(party, issue, ask.as_of, told=told, offset=(n - 1) * PER_PAGE, limit=PER_PAGE)
    register = ask.register()
    values: dict[str, Any] = {
        "party": party,
        "issue": issue,
        "who": who,
        "what": what,
        "told": told,
        "rows": [(s, register.find(s.document), found.reviews.get(s.id, Review.UNREVIEWED)) for s in found.statements],
        "total": found.total,
        "weighed": found.weighed,
        "n": n,
        "per_page": PER_PAGE,
    }
    if ask.partial:
        return ask.part("stand.html.j2", "stand", **values)
    return ask.html("stand.html.j2", **values)
