"""What takes long goes on behind the pages: they show what they last knew, or say how far it has got."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from comity.case import Case
from comity.desk import flow, reviewing
from comity.desk.web.behind import Behind, Busy
from comity.desk.web.state import Desk, State
from comity.words import DecisionKind


def until(ask: Callable[[], Any]) -> Any:
    """Asks until there is an answer."""
    while True:
        try:
            return ask()
        except Busy:
            time.sleep(0.01)


def test_a_fold_is_done_once_for_all_who_ask(path: Path) -> None:
    desk, count = Desk(path, 1, 100), []

    def fold(state: State) -> int:
        count.append(1)
        return len(state.material.documents)

    threads = [threading.Thread(target=desk.folded, args=("n", fold)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert desk.folded("n", fold) == 4
    assert len(count) == 1


def test_a_slow_fold_gives_what_was_known_before_and_then_the_new(path: Path) -> None:
    desk, free = Desk(path, 1, 0.2), threading.Event()
    until(desk.state)
    assert until(lambda: desk.folded("slow", lambda s: s.revision.decisions)) == 0
    made = until(lambda: desk.ledger(None))
    with desk.writing() as case:
        (first, *_) = made.statements
        material = desk.state().material
        reviewing.decide(case, material, made, first.id, DecisionKind.ACCEPT, coder="ada")

    def slow(state: State) -> int:
        free.wait(20)
        return state.revision.decisions

    assert desk.folded("slow", slow) == 0
    assert desk.behind
    free.set()
    while desk.behind:
        time.sleep(0.01)
    assert desk.folded("slow", slow) == 1


def test_where_nothing_is_known_a_page_says_how_far_it_has_got(
    served: Any, serve: Any, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, real = threading.Event(), flow.from_case

    def slow(case: Case, **more: Any) -> Any:
        with more["shows"]("Reading") as tick:
            tick(3, 7)
            free.wait(20)
        return real(case, **more)

    monkeypatch.setattr(flow, "from_case", slow)
    waiting = serve(path, patience=0.05)
    page = waiting.client.get("/brief")
    assert page.status_code == 503
    assert "Reading: 3 of 7" in page.text
    assert 'http-equiv="refresh"' in page.text
    told = waiting.client.get("/api/case")
    assert (told.status_code, told.json()["done"], told.headers["retry-after"]) == (503, 3, "2")
    free.set()
    while waiting.app.app.state.desk.behind:
        time.sleep(0.01)
    assert waiting.client.get("/documents").status_code in (200, 503)


def test_a_fault_of_the_work_is_the_asker_s_to_see() -> None:
    behind = Behind()

    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        behind.wait(behind.start("x", fails), 5, None)
    assert not behind.working
