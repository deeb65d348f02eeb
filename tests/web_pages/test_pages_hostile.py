"""Hostile names and senseless queries: shown as text, or refused in one line; never a fault of the server."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

EVIL = '<script>alert(1)</script>"onmouseover=alert(2) \u202e<svg onload=alert(3)>'
PAGES = ("/timeline", "/tensions?show=all", "/network?concepts=issue", "/deal", "/deal?view=openings",
         "/deal?view=compare", "/accord", "/agenda", "/agenda/party/orsenne", "/agenda/issue/tolls",
         "/agenda/text")  # fmt: skip


def test_names_of_an_agenda_stay_text_on_every_page(window: Any) -> None:
    for kind, id_ in (("party", "orsenne"), ("issue", "tolls"), ("option", "tolls/permanent"), ("actor", "varga")):
        page = window.post("/agenda/preview", 200, action="change", kind=kind, id=id_, name=f"{EVIL}{kind}").text
        assert "<script>alert" not in page
        found = re.search(r'name="toml" value="([^"]*)"', page)
        seen = re.search(r'name="seen" value="(\d+)"', page)
        assert found
        assert seen
        window.post("/agenda/set", toml=html.unescape(found[1]), seen=seen[1])
        window.keep_readings()
    for path in PAGES:
        page = window.get(path)
        assert "<script>alert" not in page, path
        assert "<svg onload" not in page, path
        assert not re.search(r'<[a-z][^>]*[" ]onmouseover=', page), path
        assert "&lt;script&gt;alert" in page or path in ("/accord", "/tensions?show=all"), path  # no such name there
    drawn = window.get("/pictures/timeline.svg") + window.get("/pictures/network.svg?concepts=issue")
    assert "<script" not in drawn
    assert "<svg onload" not in drawn


@pytest.mark.parametrize(
    "path",
    [
        "/timeline?n=99999999999999999999",
        "/timeline?first=0001-01-01&last=9999-12-31",
        "/timeline?as_of=0001-01-01",
        "/network?window=999999999999",
        "/network?window=3&step=-1",
        "/network?as_of=0001-01-01&window=1",
        "/network/elements.json?mode=%00",
        "/tensions?at=%F0%9F%92%A9",
        "/deal?as_of=0001-01-01",
        "/deal?view=compare&o.tolls=%22",
        "/accord?accord=%00",
        "/accord?covered=0001-01-01",
        "/agenda/%2e%2e/x",
        "/agenda/option/tolls/none/x",
        "/pictures/network.json?aggregation=combine&mode=actors",
        "/pictures/gap.png?issue=flow&as_of=0001-01-01",
    ],
)
def test_senseless_queries_are_no_fault_of_the_server(window: Any, path: str) -> None:
    assert window.client.get(path).status_code < 500
