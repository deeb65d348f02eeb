"""A small case made by hand (nothing is read by a model), its application, and a browser on it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from comity.case import Case
from comity.desk.web.app import make_app
from comity.desk.web.serving import hosts_of
from comity.desk.web.sessions import Sessions
from comity.reading import READER
from comity.words import (
    AUTHOR,
    Act,
    Agenda,
    Document,
    Event,
    EventStatus,
    Handling,
    Mode,
    Polarity,
    Quantity,
    Reading,
    Said,
    Statement,
)

AGENDA = """title = "Sill water talks"

[[party]]
id = "orsenne"
name = "Orsenne"

[[party]]
id = "tamland"
name = "Tamland"

[[actor]]
id = "varga"
name = "Ilse Varga"
aliases = ["Varga"]
party = "orsenne"
authority = "principal"

[[actor]]
id = "ruddock"
name = "Tam Ruddock"
aliases = ["Ruddock"]
party = "tamland"
authority = "envoy"

[[issue]]
id = "flow"
name = "Guaranteed flow"
keywords = ["flow"]

[[issue]]
id = "tolls"
name = "Tolls"
keywords = ["toll*"]

[[issue.option]]
id = "none"
name = "No toll"

[[issue.option]]
id = "permanent"
name = "A permanent toll"

[[issue]]
id = "prospects"
name = "Prospects"
kind = "prospects"
keywords = ["deal"]
"""
FIRST = """Tamland demands 18 months of guaranteed flow, Tam Ruddock said on 3 March. “We refuse any toll,” he said.

Orsenne insists on a permanent toll, Ilse Varga said. Orsenne offers 6 months of guaranteed flow. The delegations meet
on 14 March in Port Amity."""
SECOND = """Orsenne offers 12 months of guaranteed flow, Ilse Varga said on 6 March. “No deal is near,” Varga said.

“A deal is close,” Tam Ruddock told the Harbour Post. <script>document.title = "taken"</script>"""
PRIVATE = """Tamland would accept a permanent toll, Tam Ruddock said in confidence."""


@dataclass
class _Maker:
    document: Document
    made: list[Statement]

    def say(self, quote: str, who: str, act: Act, issue: str, *, holder: str | None = None, on: date | None = None,
            months: float | None = None, option: str | None = None, mode: Mode = Mode.INDIRECT,
            polarity: Polarity | None = None) -> None:  # fmt: skip
        start = self.document.text.index(quote)
        passage = self.document.passage(start, start + len(quote))
        amount = re.search(r"\d+ months", quote)
        span = (start + amount.start(), start + amount.end()) if amount else (start, start + 1)
        self.made.append(
            Statement(
                id=f"{self.document.id}#{len(self.made) + 1}",
                passage=passage,
                mode=mode,
                speaker=who,
                act=act,
                holder=holder,
                chain=(AUTHOR, who),
                issue=issue,
                option=option,
                polarity=polarity,
                said=Said(on, on),
                content=(passage.span,),
                quantities=(Quantity(months, months, "month", span, "guaranteed flow"),) if months else (),
                topics=("flow",),
                confidence=0.8,
            )
        )


def _readings(documents: tuple[Document, ...]) -> list[Reading]:
    first, second, private = (_Maker(d, []) for d in documents)
    third, sixth = date(2031, 3, 3), date(2031, 3, 6)
    first.say("demands 18 months of guaranteed flow", "Tam Ruddock", Act.DEMAND, "flow", holder="Tamland", on=third,
              months=18)  # fmt: skip
    first.say("We refuse any toll", "Tam Ruddock", Act.REJECT, "tolls", holder="Tamland", mode=Mode.DIRECT,
              option="permanent", polarity=Polarity.CON)  # fmt: skip
    first.say("insists on a permanent toll", "Ilse Varga", Act.DEMAND, "tolls", holder="Orsenne", option="permanent",
              polarity=Polarity.PRO)  # fmt: skip
    first.say("offers 6 months of guaranteed flow", "Ilse Varga", Act.OFFER, "flow", holder="Orsenne", months=6)
    second.say("offers 12 months of guaranteed flow", "Ilse Varga", Act.OFFER, "flow", holder="Orsenne", on=sixth,
               months=12)  # fmt: skip
    second.say("No deal is near", "Ilse Varga", Act.ASSESS, "prospects", holder="Orsenne", mode=Mode.DIRECT)
    second.say("A deal is close", "Tam Ruddock", Act.ASSESS, "prospects", holder="Tamland", mode=Mode.DIRECT)
    private.say("would accept a permanent toll", "Tam Ruddock", Act.ACCEPT, "tolls", holder="Tamland",
                option="permanent", polarity=Polarity.PRO)  # fmt: skip
    at = FIRST.index("The delegations")
    meeting = Event("meeting", EventStatus.PLANNED, ((at, len(FIRST)),), ("Orsenne", "Tamland"), "Port Amity",
                    date(2031, 3, 14), date(2031, 3, 14))  # fmt: skip
    return [
        Reading(m.document.id, m.document.published, READER, m.document.digest, tuple(m.made),
                (meeting,) if m is first else ())
        for m in (first, second, private)
    ]  # fmt: skip


DOCUMENTS = (
    Document("meridian", FIRST, date(2031, 3, 4), "The Meridian", "Apart"),
    Document("harbour", SECOND, date(2031, 3, 6), "Harbour Post", "Nearer"),
    Document("private", PRIVATE, date(2031, 3, 6), "a diplomat", handling=Handling.PROTECTED),
)


def make_case(path: Path) -> Path:
    """A case with three documents, one of them protected, and their readings."""
    with Case.create(path, AGENDA, coder="ada") as case:
        case.add(DOCUMENTS)
    keep_readings(path)
    return path


def keep_readings(path: Path) -> None:
    """The readings made by hand, as if they had been made with the agenda that the case has now."""
    with Case.open(path) as case:
        case.put_readings([(reading, case.agenda_hash) for reading in _readings(DOCUMENTS)])


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    return make_case(tmp_path / "talks.comity")


@pytest.fixture
def read_by_hand() -> Callable[..., Iterator[Reading]]:
    """In place of the model, which takes seconds: the readings made by hand, whatever the agenda."""

    def read_all(documents: Sequence[Document], agenda: Agenda | None, **_: object) -> Iterator[Reading]:
        known = {reading.document: reading for reading in _readings(DOCUMENTS)}
        return (known[document.id] for document in documents)

    return read_all


@dataclass
class Window:
    """The application as one browser window sees it, without a browser."""

    client: TestClient
    csrf: str
    path: Path

    def keep_readings(self) -> None:
        """Spares the model: what the agenda that was just set would be read with is put in by hand."""
        keep_readings(self.path)

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    def post(self, path: str, status: int = 303, **form: Any) -> Any:
        answer = self.client.post(path, data={"csrf": self.csrf, **form}, follow_redirects=False)
        assert answer.status_code == status, answer.text
        return answer


@pytest.fixture
def window(case_path: Path) -> Iterator[Window]:
    sessions = Sessions("ada")
    app = make_app(case_path, sessions=sessions, hosts=hosts_of(8750), workers=0, patience=60.0)
    with TestClient(app, base_url="http://127.0.0.1:8750") as client:
        client.get(f"/?token={sessions.token()}")
        csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/brief").text)
        assert csrf
        yield Window(client, csrf[1], case_path)


@dataclass
class Served:
    """A desk on a port of its own."""

    base: str
    address: str
    path: Path


@pytest.fixture
def served(case_path: Path) -> Iterator[Served]:
    yield from serve(case_path)


def serve(path: Path) -> Iterator[Served]:
    import socket

    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    sessions = Sessions("ada")
    app = make_app(path, sessions=sessions, hosts=hosts_of(port), workers=0, patience=60.0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    base = f"http://127.0.0.1:{port}"
    yield Served(base, f"{base}/?token={sessions.token()}", path)
    server.should_exit = True
    thread.join(10)
    listening.close()


@dataclass
class Tab:
    """A browser's page that remembers what went wrong: console errors, and requests that left this machine."""

    page: Any
    base: str
    faults: list[str]

    def go(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")

    def drawn(self) -> None:
        """Waits until every picture of the page is drawn."""
        waiting = self.page.locator("[data-spec]:not([data-ready]):not(:has(.fault))")
        while waiting.count():  # the page's policy forbids to wait for a function
            waiting.first.wait_for(state="detached", timeout=60_000)


@pytest.fixture
def tab(chromium: Any, served: Served) -> Iterator[Tab]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(30_000)
    faults: list[str] = []
    page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: faults.append(f"error: {e}"))
    page.on(
        "request",
        lambda r: (
            None if r.url.startswith(served.base) or r.url.startswith("data:") else faults.append(f"left: {r.url}")
        ),
    )
    page.goto(served.address)
    yield Tab(page, served.base, faults)
    context.close()
    assert faults == []


@pytest.fixture
def accessible() -> Callable[[Any], None]:
    """Checks that axe finds no serious fault on a page."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Any) -> None:
        found = Axe().run(page).response["violations"]
        serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]
        assert serious == []

    return check
