"""Every file that leaves through the browser leaves a receipt: found by following each link and form that gives one."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from comity.case import Case
from comity.desk.cli import main

PAGES = ("/brief", "/export", "/timeline", "/network?concepts=issue", "/tensions", "/deal", "/history", "/documents",
         "/agenda", "/search?q=flow", "/review", "/import")  # fmt: skip
API = ("/api/brief?format=html", "/api/export/ledger?format=json", "/api/export/statements?format=csv")


def files_of(page: str) -> set[str]:
    """Addresses that a page offers to save, by link or by form: each choice of a form's first list."""
    found = {unescape(where) for where in re.findall(r'<a href="([^"]+)" download', page)}
    for where, form in re.findall(r'<form [^>]*action="(/export/[^"]+)"[^>]*>(.*?)</form>', page, re.S):
        fields = re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.S)
        chosen = {name: re.findall(r"<option(?: value=\"([^\"]*)\")?>([^<]*)", options) for name, options in fields}
        values = {name: [value or text for value, text in options] for name, options in chosen.items()}
        for varied, options in values.items():
            for one in options:
                query = {name: each[0] for name, each in values.items()} | {varied: one}
                if 'name="since" value="" required' in form:
                    query["since"] = "2031-03-05"
                found.add(f"{where}?{urlencode(query)}")
    return found


def test_every_file_leaves_a_receipt(window: Any, case_path: Path) -> None:
    pages = [window.get(path) for path in PAGES]
    addresses = sorted(set(API).union(*map(files_of, pages)))
    kinds = {re.split(r"[?.]", where)[0] for where in addresses}
    assert {"/export/brief", "/export/case", "/export/codings", "/export/difference", "/export/dossier", "/export/list",
            "/pictures/timeline", "/pictures/gap", "/pictures/network", "/deal/model"} <= kinds  # fmt: skip
    seen = {}
    for where in addresses:
        if re.search(r"\.(png|svg)\?", where) and ("handling=" in where or "/network" in where):
            continue  # one that is drawn is enough: these take the longest
        answer = window.client.get(where)
        assert answer.status_code == 200, (where, answer.text[:300])
        assert answer.headers["content-disposition"].startswith("attachment"), where
        seen[hashlib.sha256(answer.content).hexdigest()] = (where, answer.headers["x-comity-export"])
    with Case.open(case_path) as case:
        receipts = {r.sha256: r for r in case.receipts()}
    assert [where for digest, (where, _) in seen.items() if digest not in receipts] == []
    assert all(receipts[digest].id.startswith(id_) and receipts[digest].name for digest, (_, id_) in seen.items())


def test_nothing_else_gives_files() -> None:
    web = Path(__file__).parents[2] / "src" / "comity" / "desk" / "web"
    named = [p.name for p in web.rglob("*.py") if "content-disposition" in p.read_text(encoding="utf-8").lower()]
    assert named == ["downloads.py"]


def test_what_was_saved_is_called_back(window: Any, case_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    queue = window.client.get("/api/queue").json()["statements"]
    window.get("/export/brief?format=md")
    window.get("/pictures/timeline.csv?save=1")
    window.get("/export/list?what=positions&format=csv&as_of=2031-03-04")
    of_later = next(row for row in queue if row["id"].startswith("harbour"))
    window.client.post("/api/decisions", json={"statement": of_later["id"], "kind": "reject"},
                       headers={"x-comity-csrf": window.csrf})  # fmt: skip
    with pytest.raises(SystemExit):
        main(["recall", str(case_path), "-q", "--format", "csv"])
    told = capsys.readouterr().out
    assert "talks-brief" in told
    assert "talks-timeline.csv" in told
    assert "talks-positions.csv" not in told  # as of an earlier day
