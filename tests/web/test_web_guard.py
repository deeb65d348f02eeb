"""What is let in: Host, Origin, token, cookie, CSRF token; sizes and times; what every answer carries."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from comity.desk.web.guard import Guard
from comity.desk.web.serving import LOOPBACK, _listen
from comity.desk.web.sessions import MOST_TOKENS, Sessions

HOST = "127.0.0.1:8750"
FORM = "application/x-www-form-urlencoded"


def anybody(served: Any) -> TestClient:
    return TestClient(served.app, base_url=f"http://{HOST}", follow_redirects=False)


def test_without_a_session_nothing_is_answered(served: Any) -> None:
    client = anybody(served)
    for url in ("/", "/brief", "/api/case", "/api/openapi.json", "/assets/desk.css", "/nowhere"):
        assert client.get(url).status_code == 403, url
    assert client.get("/?token=wrong").status_code == 403
    assert client.get("/brief", headers={"cookie": f"{served.sessions.cookie}=wrong"}).status_code == 403
    assert client.get("/brief", headers={"cookie": "=;;\x01 odd"}).status_code == 403


def test_a_token_works_once_and_its_cookie_is_strict(served: Any) -> None:
    client, token = anybody(served), served.sessions.token()
    let_in = client.get(f"/?token={token}")
    assert let_in.status_code == 303
    assert let_in.headers["location"] == "/"
    cookie = let_in.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/brief").status_code == 200
    assert anybody(served).get(f"/?token={token}").status_code == 403
    assert client.get(f"/?token={token}").status_code == 303  # it is let in by its cookie
    another = served.sessions.token()
    assert client.get(f"/?token={another}").status_code == 303
    assert anybody(served).get(f"/?token={another}").status_code == 403


def test_old_tokens_become_void() -> None:
    sessions = Sessions("ada")
    first = sessions.token()
    for _ in range(MOST_TOKENS):
        last = sessions.token()
    assert sessions.exchange(first) is None
    assert sessions.exchange(last) is not None
    assert sessions.exchange("") is None


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:8750", ""])
def test_another_host_is_refused(served: Any, host: str) -> None:
    assert served.client.get("/brief", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:8750", "http://127.0.0.1:9999"])
def test_another_origin_is_refused(served: Any, origin: str) -> None:
    headers = {"origin": origin}
    assert served.client.get("/brief", headers=headers).status_code == 403
    form = {"csrf": served.csrf, "coder": "bo"}
    assert served.client.post("/coder", data=form, headers=headers).status_code == 403


def test_a_request_that_another_site_made_is_refused(served: Any) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert served.client.post("/coder", data={"csrf": served.csrf, "coder": "bo"}, headers=headers).status_code == 403


def test_every_unsafe_request_needs_the_token_of_its_window(served: Any) -> None:
    client = served.client
    other = served.another().csrf
    for csrf in ({}, {"csrf": "wrong"}, {"csrf": other}):
        assert client.post("/coder", data={"coder": "bo", **csrf}).status_code == 403
    paths = [
        (method, url)
        for url, verbs in client.get("/api/openapi.json").json()["paths"].items()
        for method in verbs
        if method in ("post", "put", "delete", "patch")
    ]
    assert len(paths) > 5
    for method, url in paths:
        assert client.request(method, url, json={}).status_code == 403, url
        assert client.request(method, url, json={}, headers={"x-comity-csrf": "wrong"}).status_code == 403, url
    assert client.post("/import", files={"files": ("a.txt", b"x")}).status_code == 403
    assert client.post("/coder", content=b"csrf", headers={"content-type": "text/plain"}).status_code == 403
    many = "&".join(f"a{n}=1" for n in range(2000))
    assert client.post("/coder", content=many, headers={"content-type": FORM}).status_code == 400
    assert served.post("/coder", coder="bo").status_code == 303
    assert client.get("/api/session").json()["coder"] == "bo"


def test_every_answer_carries_its_policy(served: Any) -> None:
    for url in ("/brief", "/api/case", "/assets/desk.css", "/nowhere", "/?token=x"):
        headers = served.client.get(url).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert served.client.get("/brief").headers["cache-control"] == "no-store"
    assert "content-security-policy" in anybody(served).get("/").headers


def test_fastapis_own_pages_are_off(served: Any) -> None:
    for url in ("/docs", "/redoc", "/openapi.json"):
        assert served.client.get(url).status_code == 404


def test_an_upload_beyond_the_limit_is_refused(path: Path, serve: Any) -> None:
    served = serve(path, upload_limit=1000)
    big = {"files": ("a.txt", b"x" * 5000)}
    answer = served.client.post(f"/import?csrf={served.csrf}", files=big)
    assert answer.status_code == 413

    def pieces() -> Any:  # without a length that could be checked beforehand
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(50):
            yield b"x" * 100
        yield b"\r\n--b--\r\n"

    headers = {"content-type": "multipart/form-data; boundary=b"}
    assert served.client.post(f"/import?csrf={served.csrf}", content=pieces(), headers=headers).status_code == 413


def asked(guard: Guard, sessions: Sessions, receive: Any, method: str = "POST") -> int:
    """The status that a request gets whose body `receive` gives."""
    session = sessions.exchange(sessions.token())
    assert session is not None
    headers = [(b"host", HOST.encode()), (b"cookie", f"{sessions.cookie}={session.key}".encode())]
    headers += [(b"x-comity-csrf", session.csrf.encode()), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": method, "path": "/", "query_string": b"", "headers": headers}
    said: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        said.append(dict(message))

    asyncio.run(guard(scope, receive, send))
    return int(said[0]["status"])


async def _reads(scope: Any, receive: Any, send: Any) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_a_body_that_does_not_come_and_a_page_that_does_not_answer_are_given_up() -> None:
    sessions = Sessions("ada")

    async def never() -> Any:
        await asyncio.sleep(30)

    async def at_once() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(30)

    assert asked(Guard(_reads, sessions, [HOST], body_wait=0.05), sessions, never) == 408
    assert asked(Guard(slow, sessions, [HOST], answer_wait=0.05), sessions, at_once) == 503
    assert asked(Guard(_reads, sessions, [HOST]), sessions, at_once) == 200


def test_it_listens_on_this_machine_only() -> None:
    with _listen(0) as made:
        assert made.getsockname()[0] == LOOPBACK
        made.listen()
        port = made.getsockname()[1]
        with socket.create_connection((LOOPBACK, port), timeout=2):
            pass
