"""Every picture on every page has its table there, leaves as SVG, PNG and CSV, and tells nothing by colour alone."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import pytest

PAGES = {
    "/timeline": ("timeline", "gap"),
    "/network?concepts=issue": ("network",),
    "/network?concepts=issue&mode=actors&aggregation=congruence": ("network",),
}
_GREY = 28
"""The most by which the parts of a colour may differ: more, and it has a hue."""


def figures(page: str) -> list[str]:
    return re.findall(r'<figure class="picture".*?</figure>', page, re.S)


@pytest.mark.parametrize("path", PAGES)
def test_each_has_its_table_and_its_files(window: Any, path: str) -> None:
    page = window.get(path)
    shown = figures(page)
    assert len(shown) == len(PAGES[path])
    for figure, name in zip(shown, PAGES[path], strict=True):
        files = {text: unescape(where) for where, text in re.findall(r'href="([^"]+)" download>(\w+)</a>', figure)}
        assert {"svg", "png", "csv"} <= set(files), name
        assert 'alt="' in figure  # without scripts a still picture, described
        svg = window.client.get(files["svg"])
        assert svg.headers["content-type"].startswith("image/svg+xml")
        assert svg.text.startswith("<svg")
        assert _hues(svg.text) == []
        assert window.client.get(files["png"]).content.startswith(b"\x89PNG")
        rows = list(csv.DictReader(io.StringIO(window.client.get(files["csv"]).text)))
        assert rows, name
        table = page.split("</figure>", shown.index(figure) + 1)[-1]
        assert "<table" in table
        first = rows[0]
        for column in ("party", "from", "issue"):
            if first.get(column):
                assert first[column] in unescape(table), (name, column)


def test_parties_stand_in_the_order_of_the_agenda_and_have_no_hue(window: Any) -> None:
    page = window.get("/brief")
    heads = re.findall(r'<th scope="col"[^>]*>(?:<bdi>)?(\w+)', page)
    order = [name for name in heads if name in ("Orsenne", "Tamland")]
    assert order[:2] == ["Orsenne", "Tamland"]


def test_style_sheets_give_no_side_a_colour(window: Any) -> None:
    """Hues are for links, marked words and focus alike, never for a party, a state or a verdict."""
    for sheet in ("desk.css", "brief.css", "pictures.css"):
        text = window.get(f"/assets/{sheet}")
        for rule in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            if re.search(r"party|chip|agreed|blocked|contested|claimed|silent|moved|hardened|softened", rule[0]):
                assert _hues(rule[1]) == [], rule


def _hues(text: str) -> list[str]:
    found = []
    for colour in re.findall(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b", text):
        whole = "".join(c * 2 for c in colour[1:]) if len(colour) == 4 else colour[1:]
        parts = [int(whole[i : i + 2], 16) for i in (0, 2, 4)]
        if max(parts) - min(parts) > _GREY:
            found.append(colour)
    found += re.findall(r"\b(?:red|green|blue|orange|purple|yellow)\b(?=[;\"\s])", text)
    return found
