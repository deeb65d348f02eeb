"""Search: words, phrases and filters; every hit opens its document at the place."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi.responses import Response
from markupsafe import Markup

from comity.case import Hit
from comity.desk.report.clean import markup
from comity.desk.web.page import Asked
from comity.desk.web.pages import PAGES
from comity.words import Handling, InputError

page = PAGES["search"]

PER_PAGE = 20


@page.router.get("/search")
def show(ask: Asked, q: str = "", source: str = "", first: str = "", last: str = "", n: int = 1) -> Response:
    """What holds the words asked for, best first."""
    values: dict[str, Any] = {"q": q, "source": source, "first": first, "last": last, "fault": "", "results": None}
    values |= {"n": 1, "per_page": PER_PAGE, "shown": shown}
    values["sources"] = ask.register().sources
    n = min(max(1, n), 500)
    if q.strip():
        try:
            with ask.desk.case() as case:
                results = case.search(
                    q,
                    source=source or None,
                    since=_day(first, "from"),
                    until=_day(last, "to"),
                    handling=Handling.PROTECTED,
                    limit=PER_PAGE,
                    offset=(n - 1) * PER_PAGE,
                )
        except InputError as error:
            return ask.html("search.html.j2", 422, **values | {"fault": str(error)})
        values |= {"results": results, "n": n}
    return ask.html("search.html.j2", **values)


def shown(hit: Hit) -> Markup:
    """The snippet of a hit with its matches marked."""
    snippet, out = hit.snippet, Markup("")
    at = snippet.start
    for match in hit.matches:
        if match.end <= snippet.start or match.start >= snippet.end:
            continue
        start, end = max(match.start, at), min(match.end, snippet.end)
        if start >= end:
            continue
        before = snippet.quote[at - snippet.start : start - snippet.start]
        out += markup("{}<mark>{}</mark>", before, snippet.quote[start - snippet.start : end - snippet.start])
        at = end
    return out + markup("{}", snippet.quote[at - snippet.start :])


def _day(text: str, field: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"not a date: {text!r}", field=field, hint="use YYYY-MM-DD") from None
