"""The API: it is described, it does what the pages do, and nothing that is thrown at it makes it fail."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

HOST = "127.0.0.1:8750"


def test_it_is_described(served: Any) -> None:
    described = served.client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert all(path.startswith("/api/") for path in described["paths"])
    for path, verbs in described["paths"].items():
        for verb in verbs.values():
            assert verb.get("description") or verb.get("summary"), path


def test_it_does_what_the_pages_do(served: Any) -> None:
    client, headers = served.client, {"x-comity-csrf": served.csrf}
    case = client.get("/api/case").json()
    assert (case["documents"], case["reviewed"]) == (4, 0)
    queue = client.get("/api/queue").json()
    first = queue["statements"][0]
    wanted = {"statement": first["id"], "kind": "correct", "field": "act", "value": "demand", "seen": queue["seen"]}
    made = client.post("/api/decisions", json=wanted, headers=headers)
    assert made.status_code == 201
    assert client.post("/api/decisions", json=wanted, headers=headers).status_code == 409
    assert client.get("/api/case").json()["reviewed"] == 1
    assert client.get("/api/decisions").json()["decisions"][0]["stands"] is True
    undone = client.post("/api/undo", json={"decisions": [made.json()["decision"]["id"]]}, headers=headers)
    assert undone.status_code == 201
    assert client.get("/api/case").json()["reviewed"] == 0
    fits = wanted | {"seen": client.get("/api/queue").json()["seen"]}
    for wrong in ({"kind": "accept", "statement": "none#1"}, fits | {"value": "shout"}, fits | {"field": "nose"}):
        assert client.post("/api/decisions", json=wrong, headers=headers).status_code == 422
    assert client.get("/api/ledger?as_of=2031-03-01").json()["as_of"] == "2031-03-01"
    assert client.get("/api/ledger?as_of=soon").status_code == 422
    changes = client.get("/api/changes?since=2031-03-01").json()
    assert {"party", "issue", "kind"} <= set(changes[0])
    assert client.get("/api/search?q=patrol*").json()["total"] > 0
    assert json.loads(client.get("/api/brief").text)
    assert client.get("/api/brief?format=html").headers["content-disposition"].startswith("attachment")
    assert client.get("/api/export/positions?format=csv").status_code == 200
    assert client.get("/api/nothing").json() == {"detail": "There is no page at this address."}


def test_a_correction_of_a_persons_own_coding_that_does_not_fit_is_refused(served: Any) -> None:
    client, headers = served.client, {"x-comity-csrf": served.csrf}
    document = client.get("/api/documents").json()["documents"][0]["id"]
    coded = client.post(
        "/api/codings", json={"document": document, "start": 5, "end": 20, "speaker": "Q"}, headers=headers
    )
    assert coded.status_code == 201
    id_ = next(r["id"] for r in client.get("/api/statements?speaker=Q").json()["statements"])
    wrong = {"statement": id_, "kind": "correct", "field": "act", "value": "shout"}
    assert client.post("/api/decisions", json=wrong, headers=headers).status_code == 422
    assert client.get("/brief").status_code == 200


@pytest.mark.slow
def test_nothing_that_is_thrown_at_it_is_a_fault_of_the_server(served: Any) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings

    schema = schemathesis.openapi.from_dict(served.client.get("/api/openapi.json").json())
    cookie = served.client.cookies.get(served.sessions.cookie)
    client = TestClient(served.app, base_url=f"http://{HOST}", follow_redirects=False, raise_server_exceptions=False)
    faults: list[str] = []

    quiet = settings(
        max_examples=6, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    tried = 0
    for operation in schema.get_all_operations():
        strategy = operation.ok().as_strategy()

        @quiet
        @given(case=strategy)
        def throw(case: Any) -> None:
            nonlocal tried
            tried += 1
            told = case.as_transport_kwargs(base_url=f"http://{HOST}")
            headers = {str(k): str(v) for k, v in (told.get("headers") or {}).items()}
            headers |= {"x-comity-csrf": served.csrf, "cookie": f"{served.sessions.cookie}={cookie}", "host": HOST}
            wanted = {k: told[k] for k in ("params", "json", "data", "files") if told.get(k)}
            try:
                answer = client.request(told["method"], told["url"], headers=headers, **wanted)
            except (UnicodeError, TypeError, ValueError):
                return  # what the client itself cannot send
            if answer.status_code >= 500:
                faults.append(f"{told['method']} {told['url']} {wanted}: {answer.status_code}")

        throw()
    assert faults == []
    assert tried > 50
    assert served.client.get("/brief").status_code == 200
