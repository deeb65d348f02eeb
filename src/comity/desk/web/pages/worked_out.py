"""What is worked out for a date of a large case: whether it is there, and what it is made of. No own page."""

from __future__ import annotations

from fastapi.responses import Response

from comity.desk.web.page import Ask, Asked
from comity.desk.web.pages import PAGES
from comity.desk.web.wide import Worked
from comity.ledger.horizon import NOBODY, OTHER, SUPPORTING

page = PAGES["worked-out"]


@page.router.get("/worked-out")
def show(ask: Asked) -> Response:
    """Nothing while a date is being worked out; then the page that asks is told to load itself again."""
    found = worked(ask)
    if found is not None and found.head is None and not found.fault:
        return Response(status_code=204)
    return Response("", headers={"hx-refresh": "true"})


@page.router.get("/worked-out/weighed")
def weighed(ask: Asked) -> Response:
    """Which statements of a long record are weighed."""
    return ask.html("weighed.html.j2", supporting=SUPPORTING, other=OTHER, nobody=NOBODY)


def worked(ask: Ask) -> Worked | None:
    """What is worked out for the date asked for, as far as it is there; None in a small case, where all is at hand."""
    return ask.desk.wide().worked(ask.as_of) if ask.desk.large else None


def made_of(ask: Ask, found: Worked | None) -> tuple[int, int] | None:
    """Of how many statements what was worked out is made, of how many that count; None where it is made of all."""
    if found is None or found.head is None:
        return None
    return found.head.weighed, ask.desk.wide().matrix(ask.as_of).statements
