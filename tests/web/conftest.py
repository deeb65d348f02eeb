"""A case of four reports on the fictional strait, read once; a server of it behind its guard, without a network."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from comity.case import Case
from comity.desk.adding import add
from comity.desk.web.app import make_app
from comity.desk.web.sessions import Sessions

EXAMPLE = Path(__file__).parents[2] / "examples" / "strait"
HOST = "127.0.0.1:8750"
REPORTS = ("001", "002", "003", "008")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case file that is copied, never changed."""
    path = tmp_path_factory.mktemp("web") / "strait.comity"
    files = [next((EXAMPLE / "reports").glob(f"{n}_*")) for n in REPORTS]
    with Case.create(path, (EXAMPLE / "agenda.toml").read_text(encoding="utf-8"), coder="ada") as case:
        add(case, files, workers=1)
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "strait.comity"))


@dataclass
class Served:
    """The application of a case and a browser that was let in."""

    path: Path
    client: TestClient
    sessions: Sessions
    app: Any
    csrf: str

    def post(self, url: str, **form: Any) -> Any:
        """A form of a page, with its token."""
        return self.client.post(url, data={"csrf": self.csrf, **form}, headers={"origin": f"http://{HOST}"})

    def another(self, coder: str = "") -> Served:
        """A second browser."""
        return let_in(self.path, self.app, self.sessions, coder)


def let_in(path: Path, app: Any, sessions: Sessions, coder: str = "") -> Served:
    client = TestClient(app, base_url=f"http://{HOST}", follow_redirects=False, raise_server_exceptions=True)
    assert client.get(f"/?token={sessions.token()}").status_code == 303
    csrf = client.get("/api/session").json()["csrf"]
    served = Served(path, client, sessions, app, csrf)
    if coder:
        assert served.post("/coder", coder=coder).status_code == 303
    return served


@pytest.fixture(scope="session")
def serve() -> Callable[..., Served]:
    """Serves a case file."""

    def make(path: Path, **limits: float) -> Served:
        sessions = Sessions("ada")
        return let_in(
            path, make_app(path, sessions=sessions, hosts=[HOST], workers=1, **{"patience": 100.0, **limits}), sessions
        )

    return make


@pytest.fixture
def served(path: Path, serve: Callable[..., Served]) -> Served:
    return serve(path)
