"""Deal: the bargaining room's answers in the browser, with the sentences they rest on; models of one's own."""

from __future__ import annotations

import re
from typing import Any

import pytest

MODEL = """title = "Two villages"

[[issue]]
id = "well"
name = "The well"
options = [{ id = "shared", name = "shared" }, { id = "closed", name = "closed" }]

[[issue]]
id = "road"
name = "The road"
options = [{ id = "open", name = "open" }, { id = "toll", name = "toll" }]

[[party]]
id = "upper"
name = "Upper"

[[party]]
id = "lower"
name = "Lower"

[[preference]]
party = "upper"
reservation = 2
worths.well = { shared = 4, closed = 6 }
worths.road = { open = 1, toll = 5 }

[[preference]]
party = "lower"
worths.well = { shared = 8, closed = 0 }
worths.road = { open = 4, toll = 2 }

[[draft]]
name = "the elder's paper"
options = { well = "closed", road = "open" }
"""


def load(window: Any, text: str, name: str = "villages.toml", status: int = 303) -> Any:
    answer = window.client.post(
        f"/deal/model?csrf={window.csrf}", files={"file": (name, text.encode())}, follow_redirects=False
    )
    assert answer.status_code == status, answer.text
    return answer


def test_the_drafted_model_says_what_blocks_and_on_which_sentence(window: Any) -> None:
    page = window.get("/deal")
    assert "What blocks a deal" in page
    assert "drafted from the ledger" in page
    assert re.search(r'href="/evidence\?statement=[^"]+" hx-get="/evidence', page)
    assert "What would open a deal" in window.get("/deal?view=openings")


def test_without_preferences_a_frontier_is_refused_and_a_package_still_compared(window: Any) -> None:
    page = window.get("/deal?view=frontier")
    assert 'role="alert"' in page
    page = window.get("/deal?view=compare")
    selects = re.findall(r'<select name="(o\.[^"]+)">(.*?)</select>', page, re.S)
    assert selects
    chosen = {name: re.findall(r'<option value="([^"]+)"', options)[0] for name, options in selects}
    answer = window.client.get("/deal", params={"view": "compare", **chosen})
    assert answer.status_code == 200
    assert "What stands against it" in answer.text
    partial = window.client.get("/deal", params={"view": "compare", selects[0][0]: chosen[selects[0][0]]})
    assert len(selects) == 1 or "a package settles every issue" in partial.text


def test_a_model_of_ones_own_is_asked_in_this_window_only(window: Any) -> None:
    load(window, MODEL)
    page = window.get("/deal?view=frontier")
    assert "packages that no other betters for all, of 4" in page
    compared = window.client.get("/deal", params={"view": "compare", "draft": "the elder's paper"}).text
    assert "other packages better it for all" in compared
    assert "principles pick" in window.get("/deal?view=solutions")
    assert 'name = "Two villages"' in window.get("/deal/model.toml") or "Two villages" in window.get("/deal/model.toml")
    window.post("/deal/forget")
    assert "drafted from the ledger" in window.get("/deal")


def test_what_is_no_model_is_refused_with_its_place(window: Any) -> None:
    assert "villages.toml" in load(window, MODEL.replace("[[issue]]", "[[isue]]"), status=422).text
    assert (
        "not UTF-8"
        in window.client.post(f"/deal/model?csrf={window.csrf}", files={"file": ("a.toml", b"\xff\xfe\x00")}).text
    )
    assert window.client.post("/deal/model?csrf=no", files={"file": ("a.toml", b"")}).status_code == 403
    assert "no question is called" in window.get("/deal?view=war", status=422)


def test_the_model_as_a_file_holds_public_material_only_unless_asked(window: Any) -> None:
    quotes = ("would accept a permanent toll", "We refuse any toll")
    public = window.get("/deal/model.toml")
    whole = window.get("/deal/model.toml?handling=protected")
    assert [q in public for q in quotes] == [False, True]
    assert quotes[0] in whole


@pytest.mark.slow
def test_every_question_can_be_read_by_everybody(tab: Any, accessible: Any) -> None:
    for view in ("blockers", "openings", "compare"):
        tab.go(f"/deal?view={view}")
        accessible(tab.page)


def test_a_picture_of_an_answer_has_its_table_and_leaves_as_a_file(window: Any) -> None:
    load(window, MODEL)
    for view in ("frontier", "solutions"):
        page = window.get(f"/deal?view={view}")
        assert "<svg" in page
        assert "<table" in page
        files = {n: where.replace("&amp;", "&") for where, n in re.findall(r'href="([^"]+)" download>(\w+)</a>', page)}
        assert {"svg", "png", "csv"} <= set(files), view
        svg = window.client.get(files["svg"])
        assert svg.headers["content-disposition"].startswith("attachment")
        assert svg.text.startswith("<svg")
        assert "<script" not in svg.text
        assert window.client.get(files["png"]).content.startswith(b"\x89PNG")
        assert {"frontier": "Upper", "solutions": "Nash"}[view] in window.get(files["csv"])
    assert window.client.get("/deal/answer.svg?view=blockers").status_code == 422
    assert window.client.get("/deal/answer.exe?view=frontier").status_code == 404
