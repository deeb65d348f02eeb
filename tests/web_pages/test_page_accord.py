"""Accord: clauses watched from files beside the case, and nothing from anywhere else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "strait"


@pytest.fixture
def beside(case_path: Path) -> Path:
    """The folder of the case, with an agreed text and reports in it."""
    for name in ("arrangement.accord", "arrangement.txt", "incidents.csv"):
        shutil.copy(EXAMPLE / name, case_path.parent)
    return case_path.parent


CHOSEN = "accord=arrangement.accord&incidents=incidents.csv"


def test_clauses_stand_over_time_and_every_mark_opens_its_finding(beside: Path, window: Any) -> None:
    import re

    page = window.get(f"/accord?{CHOSEN}")
    assert "Clauses over time" in page
    targets = re.findall(r'<a class="v \w+" href="#([^"]+)"', page)
    assert targets
    assert all(f'id="{t}"' in page for t in targets)
    assert page.count("<h1") == 1
    assert page.count("<main") == 1


def test_what_was_known_earlier_is_less(beside: Path, window: Any) -> None:
    early, late = (
        json.loads(window.get(f"/accord/as.json?{CHOSEN}&as_of={day}")) for day in ("2031-03-20", "2031-05-31")
    )
    assert early != late
    assert "BEGIN:VCALENDAR" in window.get(f"/accord/as.ics?{CHOSEN}&as_of=2031-03-20")
    assert "no format" in window.get(f"/accord/as.exe?{CHOSEN}", status=422)


@pytest.mark.parametrize("name", ["../talks.comity", "/etc/passwd", "arrangement.txt", "nothing.accord"])
def test_no_other_file_can_be_named(beside: Path, window: Any, name: str) -> None:
    page = window.client.get("/accord", params={"accord": name})
    assert page.status_code == 422
    assert "lies beside the case" in page.text


def test_a_text_with_a_mistake_is_told_with_its_line(beside: Path, window: Any) -> None:
    (beside / "broken.accord").write_text('accord "Truce"\n  timezone: Nowhere/Else\n', encoding="utf-8")
    assert "broken.accord, line" in window.get("/accord?accord=broken.accord", status=422)


def test_without_a_text_there_are_the_terms_as_reported(window: Any) -> None:
    page = window.get("/accord")
    assert "Terms as reported" in page
    assert "There is none yet" in page


@pytest.mark.slow
def test_it_can_be_read_by_everybody(beside: Path, tab: Any, accessible: Any) -> None:
    tab.go("/accord")
    accessible(tab.page)
    tab.go(f"/accord?{CHOSEN}")
    accessible(tab.page)
