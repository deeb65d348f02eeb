"""docs/case-file.md: what it shows runs, and the tables that it lists are those of the file."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from comity.case import Case, file

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "case-file.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_the_examples_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    first, second = blocks("python")
    exec(first, {})
    out = capsys.readouterr().out.splitlines()
    assert out == [
        "('wire-1f2e3d4c',) ()",
        "Passage(document='wire-1f2e3d4c', start=4, end=15, quote='buffer zone')",
        "Coast Courier",
        "Harbour Wire 2 ()",
        "0",
    ]
    exec(second, {})
    (console,) = blocks("console")
    if not shutil.which("sqlite3"):
        pytest.skip("the sqlite3 shell is not installed; the statements are run below")
    for line in console.splitlines():
        subprocess.run(line.removeprefix("$ "), shell=True, check=True, capture_output=True)


def test_the_statements_of_the_page_run(path):
    Case.create(path).close()
    raw = sqlite3.connect(path)
    statements = re.findall(r'"(SELECT [^"]+)"', "".join(blocks("console")))
    assert len(statements) == 3
    for statement in statements:
        raw.execute(statement)
    raw.close()


def test_the_tables_are_those_of_the_file(path):
    Case.create(path).close()
    raw = sqlite3.connect(path)
    tables = {
        name: [row[1] for row in raw.execute(f"PRAGMA table_info({name})")]
        for (name,) in raw.execute("SELECT name FROM pragma_table_list WHERE schema = 'main'")
        if not name.startswith(("sqlite_", "search_"))
    }
    raw.close()
    listed: dict[str, list[str]] = {}
    (page,) = blocks("text")
    for line in re.sub(r",\n +", ", ", page).splitlines():
        name, columns = line.split(None, 1)
        listed[name] = re.sub(r" \(.*\)", "", columns).split(", ")
    assert listed == tables


def test_the_numbers_are_those_of_the_file():
    assert f"`PRAGMA application_id` is {file.APPLICATION_ID} (" in PAGE
    assert f"{file.WAIT:.0f} seconds" in PAGE
