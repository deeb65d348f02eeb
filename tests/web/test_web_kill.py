"""A server that is killed in the middle of edits: nothing that it acknowledged is lost, and the case stays whole."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from comity.case import Case

CALL = "import sys; from comity.desk.cli import main; main(sys.argv[1:])"


class Browser:
    """A browser of the API in front of a real server."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        assert parts.hostname == "127.0.0.1"
        self._where = (parts.hostname, int(parts.port or 0))
        self._headers: dict[str, str] = {}
        status, headers, _ = self.ask("GET", f"/?{parts.query}")
        assert status == 303
        self._headers["cookie"] = headers["set-cookie"].partition(";")[0]
        self._headers["x-comity-csrf"] = json.loads(self.ask("GET", "/api/session")[2])["csrf"]

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(*self._where, timeout=60)
        try:
            data = json.dumps(body) if body is not None else None
            connection.request(method, path, data, self._headers | {"content-type": "application/json"})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()


@pytest.mark.slow
def test_kill_during_a_hundred_edits_loses_none_that_was_acknowledged(path: Path) -> None:
    command = [sys.executable, "-c", CALL, "serve", str(path), "--coder", "ada", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=path.parent) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]+", address)
            browser = Browser(address)
            acknowledged: list[str] = []
            enough = threading.Event()

            def edit(worker: int) -> None:
                for n in range(50):
                    note = f"edit {worker}-{n}"
                    body = {"section": "bottom-line", "text": note}
                    try:
                        status, _, _ = browser.ask("POST", "/api/notes", body)
                    except (OSError, http.client.HTTPException):
                        return
                    assert status == 201
                    acknowledged.append(note)
                    if len(acknowledged) >= 40:
                        enough.set()

            workers = [threading.Thread(target=edit, args=(n,)) for n in range(2)]
            for each in workers:
                each.start()
            assert enough.wait(60)
            time.sleep(0.01)
            os.kill(server.pid, signal.SIGKILL)
            for each in workers:
                each.join(60)
        finally:
            server.kill()
    assert 40 <= len(acknowledged) < 100
    with Case.open(path) as case:
        kept = {d.value for d in case.decisions()}
        assert set(acknowledged) <= kept
        assert len(kept) <= len(acknowledged) + 2  # at most the edits in flight
        assert case.check() == ()
