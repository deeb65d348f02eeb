"""Agenda: nothing is changed without a preview; every edit is a version or a decision, and can be undone."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from comity.case import Case, effective
from comity.ledger import parse_agenda
from comity.words import Agenda


def agenda_of(path: Path) -> Agenda:
    with Case.open(path) as case:
        toml = case.agenda()
    assert toml is not None
    return parse_agenda(toml)


def versions(path: Path) -> int:
    with Case.open(path) as case:
        return len(case.agenda_versions())


def hidden(page: str) -> dict[str, str]:
    found = re.search(r'action="/agenda/(?:set|names)">(.*?)</form>', page, re.S)
    assert found
    return {n: html.unescape(v) for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', found[1]) if n != "csrf"}


def test_a_rename_is_previewed_made_and_undone(window: Any) -> None:
    page = window.post(
        "/agenda/preview", 200, action="change", kind="party", id="tamland", name="Tamland Union", aliases="the Tams",
        roles=["party"],
    ).text  # fmt: skip
    assert "name = &#34;Tamland Union&#34;" in page
    assert versions(window.path) == 1, "a preview writes nothing"
    window.post("/agenda/set", **hidden(page))
    window.keep_readings()
    party = agenda_of(window.path).party("tamland")
    assert (party.name, party.aliases) == ("Tamland Union", ("the Tams", "Tamland"))
    assert "Tamland Union" in window.get("/brief")
    window.post("/history/agenda/1", seen="2")
    assert agenda_of(window.path).party("tamland").name == "Tamland"
    assert versions(window.path) == 3, "no version is lost"


def test_merging_issues_shows_which_cells_move(window: Any) -> None:
    page = window.post("/agenda/preview", 200, action="merge", kind="issue", id="tolls", keep="flow").text
    cells = re.findall(r'data-head="Issue"><bdi>(.*?)</bdi></td><td data-head="Party"[^>]*>(.*?)</td>', page)
    assert ("Tolls", "<bdi>Orsenne</bdi>") in cells
    assert ("Guaranteed flow", "<bdi>Orsenne</bdi>") in cells
    window.post("/agenda/set", **hidden(page))
    merged = agenda_of(window.path)
    assert [i.id for i in merged.issues] == ["flow", "prospects"]
    assert merged.issue("flow").keywords == ("flow", "toll*")
    assert [o.id for o in merged.issue("flow").options] == ["none", "permanent"]


def test_a_split_takes_what_is_ticked(window: Any) -> None:
    page = window.post(
        "/agenda/preview", 200, action="split", kind="issue", id="tolls", name="Winter toll",
        taking=["toll*", "permanent"],
    ).text  # fmt: skip
    window.post("/agenda/set", **hidden(page))
    split = agenda_of(window.path)
    assert [i.id for i in split.issues] == ["flow", "tolls", "winter_toll", "prospects"]
    assert split.issue("winter_toll").keywords == ("toll*",)
    assert [o.id for o in split.issue("winter_toll").options] == ["permanent"]
    assert [o.id for o in split.issue("tolls").options] == ["none"]
    fault = window.post("/agenda/preview", 422, action="split", kind="issue", id="tolls", name="x", taking=[]).text
    assert "nothing is taken" in fault


def test_adding_removing_moving_and_what_is_refused(window: Any) -> None:
    for form in (
        {"action": "add", "kind": "option", "under": "tolls", "name": "A toll in winter"},
        {"action": "add", "kind": "actor", "under": "orsenne", "name": "Jon Marrow"},
        {"action": "remove", "kind": "actor", "id": "ruddock"},
        {"action": "up", "kind": "issue", "id": "tolls"},
    ):
        window.post("/agenda/set", **hidden(window.post("/agenda/preview", 200, **form).text))
        window.keep_readings()
    made = agenda_of(window.path)
    assert [i.id for i in made.issues] == ["tolls", "flow", "prospects"]
    assert [o.id for o in made.issue("tolls").options] == ["none", "permanent", "a_toll_in_winter"]
    assert [(a.id, a.party) for a in made.actors] == [("varga", "orsenne"), ("jon_marrow", "orsenne")]
    refused = window.post(
        "/agenda/preview", 422, action="change", kind="actor", id="varga", name="Ilse Varga", authority="queen"
    ).text
    assert "is no authority" in refused
    assert 'value="Ilse Varga"' in refused, "what was typed is kept"
    window.get("/agenda/actor/nobody", status=404)
    assert "no edit" in window.post("/agenda/preview", 422, action="burn", kind="x", id="").text


def test_two_windows_never_lose_an_agenda(window: Any) -> None:
    mine = hidden(window.post("/agenda/preview", 200, action="add", kind="issue", name="Barges").text)
    theirs = hidden(window.post("/agenda/preview", 200, action="add", kind="issue", name="Turbines").text)
    window.post("/agenda/set", **theirs)
    window.keep_readings()
    refused = window.post("/agenda/set", 409, **mine).text
    assert "Somebody changed the agenda" in refused
    assert [i.name for i in agenda_of(window.path).issues][-1] == "Turbines"
    window.post("/agenda/set", **hidden(refused))
    assert [i.name for i in agenda_of(window.path).issues][-1] == "Barges"
    assert versions(window.path) == 3


def test_two_names_are_one_actor_until_that_is_taken_back(window: Any) -> None:
    form = {"name": "Tam Ruddock", "other": "Ilse Varga", "verdict": "same", "note": "a test"}
    page = window.post("/agenda/preview", 200, action="names", **form).text
    assert "<dt>Statements under the first name</dt><dd>4 now, 0 then</dd>" in page
    window.post("/agenda/names", **hidden(page))
    with Case.open(window.path) as case:
        (made,) = effective(case.decisions())
    assert (made.kind.value, made.target, made.value, made.note) == ("same", "Tam Ruddock", "Ilse Varga", "a test")
    assert 'value="' + made.id in window.get("/agenda")
    window.post("/agenda/names/undo", decision=made.id)
    with Case.open(window.path) as case:
        assert effective(case.decisions()) == ()


def test_by_hand_and_with_a_mistake(window: Any) -> None:
    page = window.get("/agenda/text")
    toml = html.unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S)[1])  # type: ignore[index]
    assert "nothing changes" in window.post("/agenda/preview", 200, action="text", toml=toml).text.lower()
    wrong = window.post("/agenda/preview", 422, action="text", toml=toml.replace("[[party]]", "[[partie]]", 1)).text
    assert "partie" in wrong.split('role="alert"')[1][:200]
    assert "[[partie]]" in html.unescape(wrong.split("<textarea")[1]), "what was typed is kept"


def test_corrections_that_would_lose_their_issue_are_told(window: Any) -> None:
    from datetime import UTC, datetime

    from comity.words import Decision, DecisionKind

    with Case.open(window.path) as case:
        passage = case.documents()[0].passage(0, 7)
        target = f"{passage.document}:{passage.start}-{passage.end}:x"
        case.decide(Decision("", "ada", datetime.now(UTC), DecisionKind.CORRECT, target, "issue", "tolls"))
    page = window.post("/agenda/preview", 200, action="merge", kind="issue", id="tolls", keep="flow").text
    assert "1 correction by people name an issue that is no more (tolls)" in page


def test_the_command_line_edits_and_undoes(
    case_path: Path, read_by_hand: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from comity.desk.cli import main

    monkeypatch.setattr("comity.desk.flow.read_all", read_by_hand)

    def run(*args: object, code: int = 0) -> str:
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in args])
        assert int(ended.value.code or 0) == code
        printed = capsys.readouterr()
        return printed.out + printed.err

    told = run("amend", "rename", case_path, "issue", "tolls", "Fees", "--preview")
    assert '+name = "Fees"' in told
    assert agenda_of(case_path).issue("tolls").name == "Tolls"
    run("amend", "rename", case_path, "issue", "tolls", "Fees", "--coder", "ben", "-q")
    assert agenda_of(case_path).issue("tolls").name == "Fees"
    run("amend", "undo", case_path, "--coder", "ben", "-q")
    assert agenda_of(case_path).issue("tolls").name == "Tolls"
    told = run("amend", "same", case_path, "Tam Ruddock", "Ilse Varga", "--preview", "--coder", "ben")
    assert "Guaranteed flow" in told
    assert "no party is called 'x'; there are orsenne, tamland" in run(
        "amend", "remove", case_path, "party", "x", "-q", code=2
    )


@pytest.mark.slow
def test_everybody_can_edit_it(tab: Any, accessible: Any) -> None:
    from playwright.sync_api import expect

    tab.go("/agenda")
    accessible(tab.page)
    tab.page.get_by_role("link", name="Tolls").click()
    accessible(tab.page)
    tab.page.locator("form.stacked input[name=name]").first.fill("Tolls and fees")
    tab.page.get_by_role("button", name="See what it changes").click()
    expect(tab.page.locator("pre.changed")).to_contain_text('+name = "Tolls and fees"')
    accessible(tab.page)
