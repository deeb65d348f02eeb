"""How fast the workbench answers on a large generated case, with eight people clicking.

usage: python -m bench.desk [--documents N] [--statements S] [--seconds T] [--people P] [--keep FILE]

Makes a case of N made-up reports with S statements, all read, starts `comity serve` on it as a process of its own, and
prints what a person waits for: opening, the matrix as of a date that nobody has looked at and one that somebody has,
the difference of two dates, search, an edit, and the first byte of any page while eight people click and one more asks
for the tensions and the deals of other dates; beside each the processor time that the server worked for it, which other
busy programs change less; then the memory that the server and its other processes have at most, what they share counted
once. The figures asked for at 500,000 statements and 20,000 documents stand beside them.

With --keep, the case is made in FILE unless it is there, and what is measured is a copy: a case that is folded stays
as it is. Of a case that is folded only in part, the dates asked for are those that are.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench.ledger_speed import agenda as made_agenda
from bench.ledger_speed import record
from comity.case import Case, Kept
from comity.ledger import Daybook, agenda_toml, parse_agenda
from comity.reading import READER
from comity.record import number
from comity.words import Reading

QUICK = ("--documents", "80", "--statements", "2000", "--seconds", "4")
CALL = "import sys; from comity.desk.cli import main; main(sys.argv[1:])"


def make(path: Path, documents: int, statements: int) -> None:
    """A case of that size; statements of a report are those of its text, in order."""
    toml = agenda_toml(replace(made_agenda(), title="Generated"))
    talks = parse_agenda(toml, file="generated")
    each = max(1, statements // documents)
    made = record(documents * 25, talks)
    with Case.create(path, toml, coder="bench") as case:
        while batch := list(islice(made, 256)):
            rows = []
            for document, reading, _ in batch:
                outlet = f"Outlet {sum(document.id.encode()) % 9}"
                (document,) = number([replace(document, source=outlet)], for_case=True)
                kept = tuple(
                    replace(s, id=f"{document.id}#{n}", passage=replace(s.passage, document=document.id))
                    for n, s in enumerate(reading.statements[:each], 1)
                )
                made_of = Reading(document.id, document.published, READER, document.digest, kept, reading.events)
                rows.append((document, made_of))
            case.add(document for document, _ in rows)
            case.put_readings(((reading, case.agenda_hash) for _, reading in rows), [d for d, _ in rows])


def copy(path: Path, to: Path) -> None:
    """A copy of a case as it is now, even while something goes on in it."""
    with (
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as before,
        closing(sqlite3.connect(to)) as after,
    ):
        before.backup(after)


class Person:
    """A browser with one connection."""

    def __init__(self, address: str, let_in: Callable[[], None]) -> None:
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=600)
        self.headers: dict[str, str] = {}
        _, headers, _ = self.ask("GET", f"/?{parts.query}")
        let_in()
        self.headers["cookie"] = headers["set-cookie"].partition(";")[0]
        self.headers["x-comity-csrf"] = json.loads(self.ask("GET", "/api/session")[2])["csrf"]

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, str], bytes]:
        data = json.dumps(body) if body is not None else None
        extra = {"content-type": "application/json"} if data else {}
        answer = self._answer(method, path, data, self.headers | extra)
        headers = {k.lower(): v for k, v in answer.getheaders()}
        return answer.status, headers, answer.read()

    def _answer(self, method: str, path: str, data: str | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        """As browsers do: a connection that the server closed while nobody asked is opened again."""
        try:
            self.connection.request(method, path, data, headers)
            return self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.connection.close()
            self.connection.request(method, path, data, headers)
            return self.connection.getresponse()

    def first_byte(self, path: str) -> float:
        """Milliseconds until the first byte of a page; the page is then read to its end."""
        began = time.perf_counter()
        answer = self._answer("GET", path, None, self.headers)
        answer.read(1)
        waited = (time.perf_counter() - began) * 1000
        answer.read()
        return waited

    def ready(self, path: str) -> float:
        """Milliseconds until a page is there, however often it says that it is busy."""
        began = time.perf_counter()
        while self.ask("GET", path)[0] == 503:
            time.sleep(0.2)
        return (time.perf_counter() - began) * 1000


class Clock:
    """Tells what a person waited and what the server's processor worked for it: busy machines change that less."""

    def __init__(self, server: int) -> None:
        self.server = server

    def worked(self) -> float:
        """Milliseconds of processor time of the server so far."""
        fields = Path(f"/proc/{self.server}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def settle(self) -> None:
        """Waits until the server has had nothing to do for a second: after the first page it loads the others."""
        before = -1.0
        while self.worked() > before + 20:
            before = self.worked()
            time.sleep(1)

    def told(self, name: str, action: Callable[[], Iterable[float]], wanted: str = "") -> None:
        """Median and 95th percentile of what `action` gives, and processor time for each, beside what is asked for."""
        before = self.worked()
        values = list(action())
        each = (self.worked() - before) / len(values)
        worst = statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
        print(f"{name:52}{statistics.median(values):8.0f} ms{worst:8.0f} ms{each:8.0f} ms   {wanted}", flush=True)


def memory(process: int, field: str = "VmRSS", file: str = "status") -> float:
    """MB that a process has, or had at most ("VmHWM"); 0 of one that has just ended."""
    try:
        status = Path(f"/proc/{process}/{file}").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status if line.startswith(field)), 0.0)


def share(process: int) -> float:
    """MB that a process has, of what several share its part only (proportional set size)."""
    return memory(process, "Pss", "smaps_rollup")


def children(process: int) -> list[int]:
    """The processes that a process started, and those that they did; none of one that has just ended."""
    found = []
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text(encoding="utf-8").split():
                found += [int(child), *children(int(child))]
    return found


class Beside:
    """Follows the memory of a server and of the processes that it starts (proportional set sizes, so that what several
    share counts once): the most that the server, the others together and `all` at one time have."""

    def __init__(self, server: int) -> None:
        self.server = self.others = self.all = 0.0
        self._server = server
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        while True:
            server, others = share(self._server), sum(share(each) for each in children(self._server))
            self.server, self.others = max(self.server, server), max(self.others, others)
            self.all = max(self.all, others + server)
            time.sleep(0.5)


def stop(server: subprocess.Popen[str]) -> None:
    """Ends a server and waits until it and its processes are gone."""
    others = children(server.pid)
    server.send_signal(signal.SIGINT)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    end = time.monotonic() + 20
    while any(memory(each) for each in others) and time.monotonic() < end:
        time.sleep(0.1)


def answered_quickly(path: Path, days: list[date]) -> list[date]:
    """Those of the days that are folded already; of a case that is not folded at all, or small, every day."""
    with Case.open(path, write=False) as case:
        agenda = parse_agenda(case.agenda() or "", file="generated")
    book = Daybook(agenda, Kept(path, READER))
    if book.state != "none":
        print(f"folded: {book.matrix(days[-1]).statements:,} statements")
    begin = book.folded_from
    if begin is None:
        return days
    left = [day for day in days if day >= begin]
    print(f"folded from {begin} on: {len(left):,} of {len(days):,} days, and only those are asked for")
    return left


def measure(path: Path, seconds: float, people: int) -> None:
    """Prints the figures of a case."""
    with Case.open(path) as case:
        shown = case.documents()
        days = sorted({d.published for d in shown if d.published})
        ids = [d.id for d in random.Random(1).sample(shown, min(50, len(shown)))]
        words = [d.text.split()[3] for d in shown[:20]]
        print(f"{len(shown):,} documents, {days[0]} to {days[-1]}")
        del shown
    days = answered_quickly(path, days)
    print(f"{'':52}{'median':>11}{'95 %':>11}{'processor':>11}   asked for")
    began = time.perf_counter()
    command = [sys.executable, "-c", CALL, "serve", str(path), "--coder", "bench", "-q"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().strip()
            clock = Clock(server.pid)

            def opened(what: str, wanted: str = "") -> None:
                waited, work = (time.perf_counter() - began) * 1000, clock.worked()
                print(f"{f'open: from the command to {what}':52}{waited:8.0f} ms{'':11}{work:8.0f} ms   {wanted}")

            person = Person(address, lambda: opened("the first answer", "1,000 ms"))
            person.ready("/brief")
            opened("the first brief")
            beside = Beside(server.pid)
            clock.settle()
            opened("all pages being loaded")
            clicks(person, clock, days, ids, words, seconds, people)
            print("memory (proportional set size), peaks:")
            print(
                f"{'  the server':52}{beside.server:8.0f} MB   (its resident set {memory(server.pid, 'VmHWM'):.0f} MB)"
            )
            print(f"{'  its other processes, together':52}{beside.others:8.0f} MB")
            print(f"{'  the server and its processes at one time':52}{beside.all:8.0f} MB{'':22}   500 MB")
        finally:
            stop(server)


def wait_for(person: Person, url: str) -> list[float]:
    """Milliseconds until a page is there, once."""
    return [person.ready(url)]


def clicks(
    person: Person, clock: Clock, days: list[date], ids: list[str], words: list[str], seconds: float,
    people: int,
) -> None:  # fmt: skip
    chance = random.Random(2)
    told = clock.told
    others = chance.sample(days, min(24, len(days)))
    some = others[:8]
    told(
        "matrix as of a date that nobody looked at",
        lambda: [person.ready(f"/brief?as_of={day}") for day in some],
        "100 ms",
    )
    told(
        "matrix as of a date that somebody looked at",
        lambda: [person.first_byte(f"/brief?as_of={d}") for d in some * 5],
        "100 ms",
    )
    pair = f"/brief?as_of={days[-1]}&since={days[len(days) // 2]}"
    pairs = [f"/brief?as_of={max(two)}&since={min(two)}" for two in zip(others[::2], others[1::2], strict=False)]
    told(
        "difference of two dates, the first time", lambda: [person.ready(url) for url in [pair, *pairs[-3:]]], "200 ms"
    )
    told("difference of two dates, again", lambda: [person.first_byte(pair) for _ in range(10)], "200 ms")
    told("search", lambda: [person.first_byte(f"/search?q={quote(w)}") for w in words], "50 ms")
    person.ready("/api/queue?limit=20")
    statements = [row["id"] for row in json.loads(person.ask("GET", "/api/queue?limit=20")[2])["statements"]]

    def edit() -> float:
        began = time.perf_counter()
        status, _, _ = person.ask("POST", "/api/decisions", {"statement": statements.pop(), "kind": "accept"})
        assert status == 201, status
        return (time.perf_counter() - began) * 1000

    told("an edit, until it is on disk", lambda: [edit() for _ in range(10)])
    person.ready("/brief")
    urls = ["/brief", *(f"/brief?as_of={d}" for d in some[:4]), pair, "/documents", "/documents?n=9", "/review"]
    urls += ["/history", "/export", "/import", "/agenda", "/timeline", "/tensions", "/network", "/deal", "/accord"]
    urls += [f"/documents/{quote(id_)}" for id_ in ids[:10]] + [f"/search?q={quote(w)}" for w in words[:5]]
    urls += [f"/evidence?statement={quote(id_)}" for id_ in statements[:10]]
    for url in urls:
        name = url.partition("?")[0].split("/")[1]
        if url in (f"/{name}", pair):
            told(f"{name if url != pair else 'difference'}, the first time", partial(wait_for, person, url))
        else:
            person.ready(url)
    alone: dict[str, float] = {}
    for name in dict.fromkeys(url.partition("?")[0].split("/")[1] for url in urls):
        some_of = [url for url in urls if url.startswith(f"/{name}")][:5]
        before = clock.worked()
        for url in some_of * 4:
            person.first_byte(url)
        alone[name] = (clock.worked() - before) / len(some_of * 4)
    waited: list[float] = []
    worst: dict[str, list[float]] = {}

    def another() -> Person:
        browser = Person.__new__(Person)
        browser.connection = http.client.HTTPConnection(person.connection.host, person.connection.port, timeout=600)
        browser.headers = person.headers
        return browser

    def ask_more() -> None:
        """One more, who asks for what is worked out for dates that nobody looked at."""
        browser, end = another(), time.perf_counter() + seconds
        for day in others[8:]:
            for page in ("tensions", "deal"):
                browser.ask("GET", f"/{page}?as_of={day}")
                time.sleep(2)
            if time.perf_counter() > end:
                return

    def click(seed: int) -> None:
        mine, browser = random.Random(seed), another()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            url = mine.choice(urls)
            waited.append(browser.first_byte(url))
            worst.setdefault(url.partition("?")[0].split("/")[1], []).append(waited[-1])
            time.sleep(mine.uniform(0.2, 0.8))

    def all_click() -> list[float]:
        threads = [threading.Thread(target=click, args=(n,)) for n in range(people)]
        threads.append(threading.Thread(target=ask_more))
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return waited

    told(f"first byte of any page, {people} people clicking", all_click, "300 ms")
    print("  of these pages, with the processor time of one answer to one person:")
    for name, times in sorted(worst.items(), key=lambda each: -statistics.median(each[1])):
        worst_20th = statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
        told_of = f"{alone[name]:8.0f} ms   {len(times)} times, {max(times):.0f} ms at most"
        print(f"  {name:50}{statistics.median(times):8.0f} ms{worst_20th:8.0f} ms{told_of}")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.comity"
        made = given.keep or path
        if not made.exists():
            make(made, given.documents, given.statements)
        if made != path:
            copy(made, path)
        print(f"{os.cpu_count()} processors; load average before: {os.getloadavg()[0]:.1f}")
        measure(path, given.seconds, given.people)
    return 0


if __name__ == "__main__":
    sys.exit(main())
