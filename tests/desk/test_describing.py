"""What a person knows of a document: by the command line, on its page, by the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from comity.case import Case
from comity.desk.cli import main
from comity.desk.describing import describe
from comity.words import Document, Handling, InputError


@pytest.fixture
def described(tmp_path: Path) -> Path:
    path = tmp_path / "talks.comity"
    with Case.create(path) as case:
        case.add([Document("one", "The envoy said on Monday that the boats stay."), Document("two", "Nobody spoke.")])
    return path


def command(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main([*args])
    return int(ended.value.code or 0)


def test_a_document_is_described_and_what_was_said_of_it_is_undone(described: Path) -> None:
    with Case.open(described) as case:
        made = describe(case, "one", {"published": "2031-03-05", "source": "Post", "title": ""}, coder="ada")
        assert [(d.field, d.value) for d in made] == [("published", "2031-03-05"), ("source", "Post")]
        assert (str(case.document("one").published), case.document("one").source) == ("2031-03-05", "Post")
        case.undo(made[1].id, "ada")
        assert case.document("one").source is None
        with pytest.raises(InputError, match="nothing differs"):
            describe(case, "one", {"published": "2031-03-05"}, coder="ada")
        before = len(case.decisions())
        for wrong in ({"source": "X", "published": "soon"}, {"title": "X", "handling": "secret"}, {"nose": "long"}):
            with pytest.raises(InputError):
                describe(case, "one", wrong, coder="ada")
        assert len(case.decisions()) == before


def test_what_is_protected_stays_out_of_a_copy_until_it_is_not(described: Path, tmp_path: Path) -> None:
    assert command("describe", str(described), "two", "--label", "protected", "--coder", "ada") == 0
    assert command("mail", str(described), str(tmp_path / "a.comity"), "-q") == 0
    assert command("describe", str(described), "two", "--label", "public", "--coder", "ada") == 0
    assert command("mail", str(described), str(tmp_path / "b.comity"), "-q") == 0
    held = []
    for name in ("a", "b"):
        with Case.open(tmp_path / f"{name}.comity") as case:
            held.append([d.id for d in case.documents()])
    assert held == [["one"], ["one", "two"]]
    assert command("describe", str(described), "two", "--published", "soon") == 2


def test_the_page_and_the_api_describe(described: Path) -> None:
    from starlette.testclient import TestClient

    from comity.desk.web.app import make_app
    from comity.desk.web.sessions import Sessions

    host, sessions = "127.0.0.1:8750", Sessions("ada")
    app: Any = make_app(described, sessions=sessions, hosts=[host], workers=1, patience=100.0)
    client = TestClient(app, base_url=f"http://{host}", follow_redirects=False)
    client.get(f"/?token={sessions.token()}")
    token = client.get("/api/session").json()["csrf"]
    origin = {"origin": f"http://{host}"}
    form = {"csrf": token, "document": "one", "published": "2031-03-05", "source": "Post", "handling": "internal"}
    answer = client.post("/documents-described", data=form | {"seen": "0"}, headers=origin)
    assert answer.status_code == 303
    page = client.get("/documents/one").text
    assert "Post" in page
    assert "5 March 2031" in page
    stale = client.post("/documents-described", data=form | {"seen": "0", "source": "Mail"}, headers=origin)
    assert stale.status_code == 409
    assert 'value="Mail"' in stale.text
    assert client.post("/documents-described", data=form, headers=origin).status_code == 422  # nothing differs
    wanted = {"document": "one", "title": "Boats", "source": ""}
    assert client.post("/api/descriptions", json=wanted, headers={"x-comity-csrf": token}).status_code == 201
    with Case.open(described) as case:
        one = case.document("one")
        assert (one.title, one.source, one.handling) == ("Boats", None, Handling.INTERNAL)
