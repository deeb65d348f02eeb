"""The network: figures of the study, elements for Cytoscape, windows that move by days, what cannot be asked."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest


def test_for_less_against_by_party_and_option(window: Any) -> None:
    page = window.get("/network?mode=two-mode&aggregation=subtract&concepts=option")
    assert "Tolls: A permanent toll" in page
    made = json.loads(window.get("/network/elements.json?mode=two-mode&aggregation=subtract&concepts=option"))
    names = {e["data"]["id"]: e["data"]["label"] for e in made["elements"] if e["group"] == "nodes"}
    ties = {
        (names[e["data"]["source"]], names[e["data"]["target"]]): e["data"]["value"]
        for e in made["elements"]
        if e["group"] == "edges"
    }
    # one refusal and one acceptance of the other party cancel out
    assert ties == {("Orsenne", "Tolls: A permanent toll"): 1.0}


def test_parties_among_themselves(window: Any) -> None:
    query = "mode=actors&concepts=issue&aggregation=conflict"
    made = json.loads(window.get(f"/network/elements.json?{query}"))
    edges = [e["data"] for e in made["elements"] if e["group"] == "edges"]
    assert [(e["value"], e["kind"]) for e in edges] == [(1.0, "against")]
    page = window.get(f"/network?{query}")
    assert "each pair counts twice" in page
    assert "whatever it is" in page, "the page says that issues make no agreement of what is demanded"


def test_windows_move_by_days_and_nodes_keep_their_place(window: Any) -> None:
    page = window.get("/network?concepts=issue&window=3&step=1")
    rows = re.findall(r"<td>(2031-03-\d\d)</td><td>(2031-03-\d\d)</td><td class=\"num\">(\d+)</td>", page)
    assert rows[0] == ("2031-03-03", "2031-03-05", "4")
    assert len(rows) == 4
    assert "first=2031-03-04&amp;last=2031-03-06&amp;window=3" in page
    all_, some = (
        {e["data"]["label"]: e["position"] for e in json.loads(window.get(url))["elements"] if e["group"] == "nodes"}
        for url in (
            "/network/elements.json?concepts=issue",
            "/network/elements.json?concepts=issue&first=2031-03-06&last=2031-03-08",
        )
    )
    assert all_ == some


@pytest.mark.parametrize(
    "query",
    ["mode=actors&aggregation=combine", "mode=two-mode&normalisation=jaccard", "mode=star", "window=1&step=0&first=x"],
)
def test_what_does_not_go_together_is_said_on_the_page(window: Any, query: str) -> None:
    page = window.get(f"/network?{query}", status=422)
    assert 'role="alert"' in page
    assert "hint" not in page.split('role="alert"')[1][:300]


@pytest.mark.slow
def test_it_is_drawn_and_can_be_arranged(tab: Any, accessible: Any) -> None:
    tab.go("/network?concepts=issue")
    tab.page.locator("[data-elements][data-ready]").wait_for()
    assert int(tab.page.locator("[data-elements]").get_attribute("data-ready")) >= 4
    accessible(tab.page)
    tab.page.locator("[data-arrange]").click()
    tab.page.locator("[data-restore]").click()


def test_a_network_leaves_as_graphml_and_gexf(window: Any) -> None:
    page = window.get("/network?concepts=issue&mode=actors")
    for format_, root in (("graphml", "<graphml"), ("gexf", "<gexf")):
        where = re.search(rf'href="(/network/as\.{format_}\?[^"]*)"', page)
        assert where
        answer = window.client.get(unescape(where.group(1)))
        assert answer.status_code == 200
        assert root in answer.text
        assert "weight" in answer.text
    assert window.client.get("/network/as.dot").status_code == 404
