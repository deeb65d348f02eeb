"""The answer with a brief in it, and where its date lies among those of the documents."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fastapi.responses import Response
from markupsafe import Markup

from comity.desk.parts.values import Brief
from comity.desk.report.outline import CROWD
from comity.desk.web.page import Ask


def place(ask: Ask, days: Sequence[date]) -> int:
    """Index of the last of `days` that is not after the date asked for; -1 if all are, or if there are none."""
    return bisect_right(days, ask.as_of) - 1 if ask.as_of else len(days) - 1


def answer(ask: Ask, brief: Brief, body: Markup, days: Sequence[date]) -> Response:
    """The page of a brief, or for htmx only what depends on the dates."""
    values: dict[str, Any] = {
        "brief": brief,
        "body": body,
        "days": days,
        "at": max(0, place(ask, days)),
        "latest": brief.as_of,
        "crowd": CROWD,
        "week_before": brief.as_of - timedelta(days=7) if brief.as_of else None,
    }
    return ask.part("brief.html.j2", "dated", **values) if ask.partial else ask.html("brief.html.j2", **values)
