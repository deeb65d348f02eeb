"""Coders: two people code blind in two windows, agreement with intervals, and an adjudication."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from comity.case import Case
from comity.desk.web.app import make_app
from comity.desk.web.serving import hosts_of
from comity.desk.web.sessions import Sessions


class Coder:
    """A window of its own, in which one person codes."""

    def __init__(self, app: Any, sessions: Sessions, name: str) -> None:
        self.client = TestClient(app, base_url="http://127.0.0.1:8750", follow_redirects=True)
        self.client.get(f"/?token={sessions.token()}")
        self.csrf = self.client.get("/api/session").json()["csrf"]
        self.post("/coder", coder=name, back="/coders")

    def post(self, path: str, status: int = 200, **form: str) -> str:
        answer = self.client.post(path, data={"csrf": self.csrf, **form})
        assert answer.status_code == status, answer.text
        return answer.text

    def blind(self) -> tuple[str, str]:
        """Where the form of what is shown goes, and the page."""
        page = self.client.get("/coders/blind").text
        found = re.search(r'<form method="post" action="(/coders/blind/[^"]+)"', page)
        return (found[1] if found else ""), page

    def all(self, *actions: dict[str, str]) -> None:
        for action in actions:
            self.post(self.blind()[0], **action)


@pytest.fixture
def two(case_path: Path) -> tuple[Coder, Coder]:
    sessions = Sessions("ada")
    app = make_app(case_path, sessions=sessions, hosts=hosts_of(8750), workers=0, patience=60.0)
    return Coder(app, sessions, "ada"), Coder(app, sessions, "bo")


def test_two_code_blind_and_a_third_settles(two: tuple[Coder, Coder], case_path: Path) -> None:
    ada, bo = two
    accept, reject = {"action": "accept"}, {"action": "reject"}
    offer = {"action": "correct", "act": "offer", "note": "a secret note of ada"}
    assert "No person has coded anything yet" in ada.client.get("/coders").text
    ada.all(accept, offer, *[accept] * 5, reject)
    assert "You have coded all of it" in ada.blind()[1]
    where, page = bo.blind()
    assert "8 statements left, 0 coded" in page
    for _ in range(8):  # of ada nothing is to be seen, on the page and in the order
        where, page = bo.blind()
        assert "ada" not in page
        assert "secret" not in page
        bo.post(where, action="accept")
    page = bo.client.get("/coders").text
    assert "8 statements coded by two or more" in page
    row = re.search(r'<td data-head="Field">act</td>(.*?)</tr>', page, re.S)
    assert row
    assert re.search(r'data-head="α">0\.\d{3}<', row[1])
    assert re.search(r'data-head="Interval">-?\d\.\d{3} to \d\.\d{3}<', row[1])
    assert page.count("<small>machine</small>") >= 3
    with_people = bo.client.get("/coders?coder=ada&coder=bo").text
    assert "2 statements to settle" in with_people
    unit = re.search(r'name="unit" value="([^"]+)"', with_people)
    seen = re.search(r'name="seen" value="(\d+)"', with_people)
    assert unit
    assert seen
    bo.post("/coders/settle", unit=unit[1], seen=seen[1], choice="coder=ada", note="as worded")
    with Case.open(case_path) as case:
        settled = case.decisions()[-1]
    assert (settled.coder, settled.note) == ("bo", "adjudication: as worded")
    assert "1 statement to settle" in bo.client.get("/coders?coder=ada&coder=bo").text
    assert "decided on this since" in ada.post("/coders/settle", 422, unit=unit[1], seen=seen[1], choice="act=demand")
    ada.post("/coders/settle", 422, unit=unit[1], seen="999", choice="colour=red")


def test_a_window_undoes_its_own_and_a_wrong_value_is_refused(two: tuple[Coder, Coder], case_path: Path) -> None:
    ada, bo = two
    first = ada.blind()[0]
    assert 'role="alert"' in ada.post(first, 422, action="correct", said="yesterday")
    ada.post(first, action="accept")
    assert ada.blind()[0] != first
    assert "1 coded" in ada.client.get("/coders/blind").text
    ada.post("/coders/undo")
    assert ada.blind()[0] == first
    bo.post("/coders/undo", 422)
    ada.post(first, action="skip")
    assert ada.blind()[0] != first
    assert bo.blind()[0] == first
    assert ada.client.get("/coders/blind/none%231").status_code == 404


def test_the_table_of_agreement_leaves_with_a_receipt(two: tuple[Coder, Coder], case_path: Path) -> None:
    ada, _ = two
    ada.all({"action": "accept"}, {"action": "reject"})
    table = ada.client.get("/coders/agreement.csv")
    assert table.text.startswith("field,scale,alpha,low,high,equal,units")
    with Case.open(case_path) as case:
        assert [r.name for r in case.receipts()] == ["talks-agreement.csv"]
