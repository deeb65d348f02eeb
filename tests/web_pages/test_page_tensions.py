"""Tensions: judged, undone, out of the brief where explained; by keys in the browser, and from the command line."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from comity.case import Case, effective
from comity.words import DecisionKind, Handling


def keys(page: str) -> list[str]:
    found = re.findall(r'href="/tensions\?at=([^"&]+)', html.unescape(page))
    return list(dict.fromkeys(k.replace("%3A", ":") for k in found))


def form_of(page: str) -> dict[str, str]:
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return {name: fields[name] for name in ("key", "seen")}


def test_both_passages_stand_side_by_side(window: Any) -> None:
    page = window.get("/tensions?kind=position_conflict")
    one, other = page.split("<h3>")[1:3]
    assert "<mark>offers 12 months of guaranteed flow</mark>" in one
    assert "<mark>demands 18 months of guaranteed flow</mark>" in other
    assert "Positions exclude each other" in page


def test_what_is_explained_leaves_the_brief_and_comes_back(window: Any) -> None:
    before = window.get("/tensions?kind=position_conflict")
    tensions = window.get("/brief").count("<h3>Positions exclude each other")
    form = form_of(before)
    window.post("/tensions", **form, verdict="explained", note="two different tolls")
    with Case.open(window.path) as case:
        made = [d for d in effective(case.decisions()) if d.kind is DecisionKind.TENSION]
    assert [(d.target, d.value, d.note, d.coder) for d in made] == [
        (form["key"], "explained", "two different tolls", "ada")
    ]
    shown = window.get("/brief").count("<h3>Positions exclude each other")
    assert shown == tensions - 1
    assert form["key"] not in keys(window.get("/tensions"))
    assert form["key"] in keys(window.get("/tensions?show=decided"))
    again = window.get(f"/tensions?at={form['key']}")
    assert "Judged explained by" in again
    window.post("/tensions/undo", key=form["key"])
    assert form["key"] in keys(window.get("/tensions"))
    assert window.get("/brief").count("<h3>Positions exclude each other") == tensions


def test_a_decision_is_as_protected_as_its_documents(window: Any) -> None:
    page = window.get("/tensions?show=all")
    texts = {key: window.get(f"/tensions?at={key}") for key in keys(page)}
    protected = [key for key, text in texts.items() if "would accept a permanent toll</mark>" in text]
    public = [key for key, text in texts.items() if "would accept a permanent toll</mark>" not in text]
    for key in protected[:1] + public[:1]:
        window.post("/tensions", **{**form_of(texts[key]), "seen": "9"}, verdict="real")
    with Case.open(window.path) as case:
        labels = {d.target: d.handling for d in case.decisions()}
    assert labels[public[0]] is Handling.PUBLIC
    if protected:
        assert labels[protected[0]] is Handling.PROTECTED


def test_two_windows_never_lose_a_judgement(window: Any) -> None:
    form = form_of(window.get("/tensions"))
    window.post("/tensions", **form, verdict="real")
    answer = window.post("/tensions", 409, **form, verdict="explained", note="mine")
    assert "Somebody judged this tension" in answer.text
    assert 'value="mine"' in answer.text
    with Case.open(window.path) as case:
        assert [d.value for d in case.decisions()] == ["real"]
    window.post("/tensions", **form, anyway="1", verdict="explained")
    with Case.open(window.path) as case:
        assert [d.value for d in case.decisions()] == ["real", "explained"]


def test_what_cannot_be_said_is_refused(window: Any) -> None:
    form = form_of(window.get("/tensions"))
    assert "decides nothing" in window.post("/tensions", 422, **form, verdict="maybe").text
    assert "no tension has the key" in window.post("/tensions", 422, **{**form, "key": "x"}, verdict="real").text
    window.get("/tensions?at=nothing", status=404)
    with Case.open(window.path) as case:
        assert case.decisions() == ()


def test_the_command_line_lists_and_judges(case_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from comity.desk.cli import main

    def run(*args: object) -> str:
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in args])
        assert not ended.value.code
        return capsys.readouterr().out

    listed = json.loads(run("tensions", case_path, "--format", "json", "-q"))
    key = next(row["key"] for row in listed if row["kind"] == "position_conflict")
    run("tensions", case_path, "--double", key, "--coder", "ben", "-q")
    assert key not in {row["key"] for row in json.loads(run("tensions", case_path, "--format", "json", "-q"))}
    judged = {r["key"]: r for r in json.loads(run("tensions", case_path, "--decided", "--format", "json", "-q"))}
    assert (judged[key]["judged"], judged[key]["by"]) == ("double", "ben")


@pytest.mark.slow
def test_keys_judge_and_go_on(tab: Any, served: Any, accessible: Any) -> None:
    from playwright.sync_api import expect

    tab.go("/tensions")
    accessible(tab.page)
    said = tab.page.locator("#item .lead-in")
    total = int(re.search(r"(\d+) of them not judged yet", said.inner_text())[1])  # type: ignore[index]
    assert total >= 2
    tab.page.keyboard.press("e")
    expect(said).to_contain_text(f"{total - 1} of them not judged yet")
    tab.page.keyboard.press("r")
    expect(said).to_contain_text(f"{total - 2} of them not judged yet")
    with Case.open(served.path) as case:
        assert [d.value for d in case.decisions()] == ["explained", "real"]
