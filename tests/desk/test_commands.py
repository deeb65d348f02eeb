"""The commands, run in this process as from the shell."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from comity import __version__
from comity.case import Case

Run = Callable[..., Any]


def statement_ids(out: str) -> list[str]:
    return [json.loads(line)["id"] for line in out.splitlines()]


def test_help_has_examples_for_every_command(comity: Run) -> None:
    listed = re.findall(r"^  (\w+) ", comity("--help").out.partition("Commands:")[2], re.M)
    assert {"brief", "read", "new", "add", "show", "search", "mail", "export", "review", "agenda", "note"} <= set(
        listed
    )
    for name in listed:
        text = comity(name, "--help").out
        assert re.search(r"Examples?:\n", text), name
        assert f"comity {name}" in text
    assert __version__ in comity("--version").out


def test_brief_of_a_folder_guesses_its_format(folder: Path, comity: Run) -> None:
    for name, head in (("b.html", "<!DOCTYPE html>"), ("b.md", "# Sill water talks"), ("b.json", "{")):
        ran = comity("brief", "reports", "--agenda", "talks.toml", "-o", name)
        assert ran.code == 0
        assert (folder / name).read_text(encoding="utf-8").startswith(head)
        assert f"{name}: 6 issues" in ran.err
    assert not list(folder.glob("*.agenda.toml")), "nothing is proposed where an agenda is given"
    shown = comity("brief", "reports", "--agenda", "talks.toml", "-q")
    assert shown.out.startswith("Sill water talks\n====")
    assert shown.err == ""
    assert "we will not sign" in shown.out.lower()


def test_brief_without_an_agenda_writes_the_proposal_beside_the_output(folder: Path, comity: Run) -> None:
    ran = comity("brief", "reports", "-o", "out/b.html")
    assert ran.code == 0
    proposed = folder / "out" / "b.agenda.toml"
    assert "edit out/b.agenda.toml and give it with --agenda" in ran.err
    assert comity("agenda", "check", proposed).code == 0
    proposed.write_text(proposed.read_text() + "\n# edited\n")
    again = comity("brief", "reports", "-o", "out/b.html")
    assert "was left as it is" in again.err
    assert proposed.read_text().endswith("# edited\n"), "an edited file is never written over"
    assert comity("brief", "reports", "-o", "out/c.md", "--agenda", proposed).code == 0
    assert "proposed by the machine" in (folder / "out" / "c.md").read_text(), "until a person says otherwise"


def test_brief_as_of_and_since(folder: Path, comity: Run) -> None:
    early = comity("brief", "reports", "--agenda", "talks.toml", "--as-of", "2031-03-04", "--format", "json", "-q")
    sources = json.loads(early.out)["brief"]["sources"]
    assert [s["document"] for s in sources] == ["2031-03-04_meridian"]
    both = comity("brief", "reports", "--agenda", "talks.toml", "--since", "2031-03-04", "--format", "json", "-q")
    shifts = json.loads(both.out)["brief"]["shifts"]
    assert {(s["party"], s["kind"]) for s in shifts if s["issue"] == "barges"} == {("tamland", "new")}
    wrong = comity("brief", "reports", "--since", "2031-03-06", "--as-of", "2031-03-04", "--agenda", "talks.toml")
    assert (wrong.code, wrong.err.splitlines()[-1].startswith("comity: --since")) == (2, True)
    none = comity("brief", "reports", "--agenda", "talks.toml", "--as-of", "2030-01-01")
    assert none.code == 2
    assert "no document was published by 2030-01-01" in none.err


def test_brief_with_calendar_and_notes(folder: Path, comity: Run) -> None:
    (folder / "notes.md").write_text("# Bottom line\nWatch the sluice.\n")
    ran = comity(
        "brief", "reports", "--agenda", "talks.toml", "--as-of", "2031-03-04", "--ics", "d.ics", "--notes", "notes.md",
        "-o", "b.md", "-q",
    )  # fmt: skip
    assert ran.code == 0
    assert "> Watch the sluice." in (folder / "b.md").read_text()
    calendar = (folder / "d.ics").read_bytes()
    assert b"DTSTART;VALUE=DATE:20310307\r\n" in calendar, "Friday, seen from Tuesday 4 March"


def test_read_prints_readings_and_then_tensions(folder: Path, comity: Run) -> None:
    ran = comity("read", *sorted((folder / "reports").iterdir()), "--agenda", "talks.toml", "-q")
    *readings, last = [json.loads(line) for line in ran.out.splitlines()]
    assert [r["document"] for r in readings] == ["2031-03-04_meridian", "2031-03-06_harbour-post"]
    for reading in readings:
        text = (folder / "reports" / f"{reading['document']}.txt").read_text(encoding="utf-8")
        for s in reading["statements"]:
            assert text[s["start"] : s["end"]] == s["quote"]
            assert s["id"].startswith(f"{reading['document']}#")
    assert list(last) == ["tensions"]
    for tension in last["tensions"]:
        one, other = tension["sides"]
        assert set(tension["statements"]) == set(one) | set(other)
        assert one
        assert other
        assert tension["rule"]
    assert any(t["kind"] == "position_conflict" for t in last["tensions"]), "18 months demanded, and rejected"


def test_read_takes_a_date_and_shows_a_table(folder: Path, comity: Run) -> None:
    (folder / "plain.txt").write_text("Ilse Varga said on Monday that Orsenne would not sign.", encoding="utf-8")
    ran = comity("read", "plain.txt", "--published", "2031-03-04", "--agenda", "talks.toml", "-q")
    reading = json.loads(ran.out.splitlines()[0])
    assert reading["published"] == "2031-03-04"
    assert reading["statements"][0]["said"]["earliest"] == "2031-03-03"
    table = comity("read", "plain.txt", "--format", "table", "--agenda", "talks.toml", "-q").out
    assert "Ilse Varga" in table
    assert max(map(len, table.splitlines())) <= 80
    assert comity("read", "plain.txt", "--published", "4 March").code == 2


def test_a_case_grows_and_the_same_again_changes_nothing(case: Path, comity: Run) -> None:
    before = list(Case.open(case).dump(projections=True))
    again = comity("add", case, "reports")
    assert again.code == 0
    assert "0 new, 2 known, 0 not usable; 0 read; 2 documents" in again.err
    with Case.open(case) as opened:
        assert list(opened.dump(projections=True)) == before


def test_the_brief_of_a_case_is_that_of_its_files(case: Path, folder: Path, comity: Run) -> None:
    of_case = json.loads(comity("brief", case, "--format", "json", "-q").out)["brief"]
    of_files = json.loads(comity("brief", "reports", "--agenda", "talks.toml", "--format", "json", "-q").out)["brief"]
    for name in ("bottom_line", "moves", "counts", "columns", "title"):
        assert of_case[name] == of_files[name]


def test_a_case_without_an_agenda_gets_a_proposal(folder: Path, comity: Run) -> None:
    assert comity("new", "bare.comity", "-q").code == 0
    assert comity("add", "bare.comity", "reports", "-q").code == 0
    assert comity("agenda", "show", "bare.comity").code == 2
    proposed = comity("agenda", "propose", "bare.comity", "-q")
    assert proposed.out == comity("agenda", "propose", "reports", "-q").out or "Orsenne" in proposed.out
    assert comity("brief", "bare.comity", "-o", "bare.md").code == 0
    assert (folder / "bare.agenda.toml").exists()
    assert "agenda set" in comity("agenda", "set", "bare.comity", "talks.toml").err
    assert 'name = "Turbines"' in comity("agenda", "show", "bare.comity").out


def test_show_goes_from_case_to_document_to_statement(case: Path, comity: Run) -> None:
    shown = comity("show", case, "-q").out
    assert "Sill water talks" in shown
    assert max(map(len, shown.splitlines())) <= 80
    rows = json.loads(comity("show", case, "--format", "json", "-q").out)["documents"]
    assert len(rows) == 2
    document = comity("show", case, rows[0]["id"][:14], "-q").out
    assert "Ilse Varga" in document
    listed = [json.loads(x) for x in comity("show", case, rows[0]["id"], "--format", "jsonl", "-q").out.splitlines()]
    turbine = next(s for s in listed if "turbine" in s["quote"])
    one = comity("show", case, turbine["id"], "-q").out
    assert "the article → Ilse Varga" in one
    assert re.search(r"»[^«]*single turbine[^«]*«", one)
    assert comity("show", case, "nothing-like-it").code == 2
    for format_ in ("json", "jsonl", "csv"):
        assert comity("show", case, turbine["id"], "--format", format_, "-q").out


def test_search_finds_passages(case: Path, comity: Run) -> None:
    found = json.loads(comity("search", case, "turbine", "--format", "json").out)
    assert len(found) == 1
    assert "turbine" in found[0]["passage"]
    assert comity("search", case, "zeppelin").out == "nothing found\n"
    assert comity("search", case, '"').code in (0, 2)


def test_review_accepts_corrects_rejects_and_undoes(case: Path, folder: Path, comity: Run) -> None:
    queue = [json.loads(x) for x in comity("review", case, "--format", "jsonl", "-q").out.splitlines()]
    assert queue == sorted(queue, key=lambda item: -item["bears_on"])
    turbine = next(item["id"] for item in queue if "turbine" in item["quote"])
    other = next(item["id"] for item in queue if item["id"] != turbine)
    accepted = comity("review", case, "--accept", turbine, "--note", "plain")
    assert accepted.code == 0
    assert comity("review", case, "--correct", other, "act=demand", "--coder", "bo", "-q").code == 0
    rows = {row["id"]: row for row in map(json.loads, comity("export", case, "statements", "-q").out.splitlines())}
    assert rows[turbine]["review"] == "accepted"
    assert (rows[other]["review"], rows[other]["act"]) == ("corrected", "demand")
    waiting = statement_ids(comity("review", case, "--format", "jsonl", "-q").out)
    assert turbine not in waiting
    assert other not in waiting
    brief = comity("brief", case, "--format", "md", "-q").out
    assert "☑" in re.sub(r"\*●.*?\*", "", brief, count=1)

    assert comity("review", case, "--reject", turbine, "-q").code == 0
    assert turbine not in comity("export", case, "statements", "-q").out
    history = [json.loads(x) for x in comity("review", case, "--history", "--format", "jsonl").out.splitlines()]
    assert [(d["kind"], d["coder"]) for d in history] == [("accept", "ada"), ("correct", "bo"), ("reject", "ada")]
    assert comity("review", case, "--undo", history[-1]["id"][:10], "-q").code == 0
    assert turbine in comity("export", case, "statements", "-q").out


@pytest.mark.parametrize(
    "change", ["act=shout", "nothing=x", "noequals", "issue=no_such_issue", "said=yesterday", "mode="]
)
def test_a_correction_that_does_not_fit_is_refused_and_not_recorded(change: str, case: Path, comity: Run) -> None:
    first = statement_ids(comity("review", case, "--format", "jsonl", "-q").out)[0]
    ran = comity("review", case, "--correct", first, change)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert comity("review", case, "--history").out == "no decisions\n"


def test_a_paragraph_survives_new_documents(case: Path, folder: Path, comity: Run) -> None:
    ran = comity("note", case, "Bottom line", "Watch the *sluice*.")
    assert ran.code == 0
    (folder / "third.txt").write_text("Tam Ruddock said on Friday that Tamland rejects any delay.", encoding="utf-8")
    assert comity("add", case, "third.txt", "--published", "2031-03-07", "-q").code == 0
    first = comity("brief", case, "--format", "html", "-q").out
    assert "Watch the *sluice*." in first
    assert "The analyst’s own words" in first
    assert comity("review", case, "--undo", ran.err.split(":")[0], "-q").code == 0
    assert "Watch the" not in comity("brief", case, "--format", "html", "-q").out


def test_mail_makes_a_copy_that_works(case: Path, folder: Path, comity: Run) -> None:
    assert comity("mail", case, "copy.comity").code == 0
    assert comity("mail", case, "copy.comity").code == 2, "no file is replaced unless asked"
    assert comity("mail", case, "copy.comity", "--replace", "-q").code == 0
    assert comity("brief", "copy.comity", "-q").out == comity("brief", case, "-q").out


def test_exports_are_the_same_in_any_order_of_import(folder: Path, comity: Run) -> None:
    files = sorted((folder / "reports").iterdir())
    for name, order in (("a", files), ("b", files[::-1])):
        assert comity("new", f"{name}.comity", "--agenda", "talks.toml", "-q").code == 0
        for path in order:
            assert comity("add", f"{name}.comity", path, "-q").code == 0
    for what in ("documents", "statements", "positions", "tensions", "events", "decisions", "readings", "ledger"):
        one, other = (comity("export", f"{name}.comity", what, "-q") for name in "ab")
        assert one == other
        assert one.code == 0
    for format_ in ("html", "md", "json", "term"):
        one, other = (comity("brief", f"{name}.comity", "--format", format_, "-q") for name in "ab")
        assert one == other


def test_every_export_in_every_format(case: Path, folder: Path, comity: Run) -> None:
    for what in ("documents", "statements", "positions", "tensions", "events", "decisions", "readings", "ledger"):
        for format_ in ("table", "json", "jsonl", "csv"):
            ran = comity("export", case, what, "--format", format_, "-q")
            if format_ == "csv" and what in ("readings", "ledger"):
                assert ran.code == 2
                continue
            assert ran.code == 0, (what, format_, ran.err)
            if format_ == "json":
                json.loads(ran.out)
            elif format_ == "jsonl":
                assert all(json.loads(line) for line in ran.out.splitlines())
            elif format_ == "csv" and ran.out:
                assert len({len(row) for row in csv.reader(io.StringIO(ran.out))}) <= 1


def test_exported_documents_come_back_the_same(case: Path, folder: Path, comity: Run) -> None:
    for format_ in ("jsonl", "csv"):
        assert comity("export", case, "documents", "--format", format_, "-o", f"out.{format_}", "-q").code == 0
        shutil.copy(f"out.{format_}", f"in.{format_}")
        assert comity("new", f"{format_}.comity", "--agenda", "talks.toml", "-q").code == 0
        assert comity("add", f"{format_}.comity", f"in.{format_}", "-q").code == 0
        with Case.open(case) as one, Case.open(folder / f"{format_}.comity") as other:
            assert [(d.text, d.published, d.source) for d in one.documents()] == [
                (d.text, d.published, d.source) for d in other.documents()
            ]


def test_python_api(case: Path, folder: Path) -> None:
    import comity as package

    page = package.brief("reports", agenda="talks.toml", as_of="2031-03-06")
    assert "Sill water talks" in str(page)
    page.write(folder / "api.html")
    assert (folder / "api.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    readings = package.read(sorted((folder / "reports").iterdir()), agenda="talks.toml")
    assert [r.document for r in readings] == ["2031-03-04_meridian", "2031-03-06_harbour-post"]
    with package.open(case) as talks:
        ledger = talks.ledger(as_of="2031-03-04")
        assert {s.document for s in ledger.statements} == {talks.documents()[0].id}
        assert talks.brief().brief.title == "Sill water talks"


def test_known_at_asks_about_recording(case: Path, folder: Path, comity: Run) -> None:
    early = comity("export", case, "documents", "--known-at", "2001-01-01", "-q")
    late = comity("export", case, "documents", "--known-at", "2999-01-01", "-q")
    assert (early.out, late.out.count("\n")) == ("", 2)
    assert comity("brief", case, "--known-at", "2001-01-01").code == 2
    assert comity("brief", "reports", "--known-at", "2999-01-01", "--agenda", "talks.toml").code == 2


def test_review_asks_on_a_terminal(case: Path, comity: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import click

    answers = iter(["c", "act=shout", "c", "act=demand", "a", "s", "r", "q"])
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    ran = comity("review", case, "-q")
    assert ran.code == 0
    assert "1 of 9" in ran.out
    assert "'shout' does not fit" in ran.err
    history = [json.loads(x) for x in comity("review", case, "--history", "--format", "jsonl").out.splitlines()]
    assert [d["kind"] for d in history] == ["correct", "accept", "reject"]
