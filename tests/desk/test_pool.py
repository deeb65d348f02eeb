"""Reading many documents: the same readings in the same order, however many processes read."""

from __future__ import annotations

from typing import Any

import pytest

from comity.desk.pool import read_all
from comity.record import Failure
from comity.words import Agenda, Document, InputError, Reading


def documents(count: int) -> list[Document]:
    return [Document(f"d{i}", f"Tam Ruddock said on Friday that he would not pay {i} crowns.") for i in range(count)]


def fake(document: Document, agenda: Agenda | None = None) -> Reading:
    if document.id == "d1":
        raise InputError("a text of no use", file=document.id)
    if document.id == "d2":
        raise RuntimeError("a fault of ours\nwith two lines")
    return Reading(document.id, None, "fake", document.digest)


def test_order_and_failures() -> None:
    ticks: list[tuple[int, int]] = []
    made = list(read_all(documents(4), None, reader=fake, progress=lambda *tick: ticks.append(tick)))
    assert [type(each) for each in made] == [Reading, Failure, Failure, Reading]
    assert ticks == [(1, 4), (2, 4), (3, 4), (4, 4)]
    told = [str(each) for each in made if isinstance(each, Failure)]
    assert told[0] == "d1: a text of no use"
    assert told[1] == "d2: the reader failed: RuntimeError: a fault of ours with two lines"


@pytest.mark.slow
def test_two_processes_read_the_same_as_one() -> None:
    alone = list(read_all(documents(6), None, workers=1))
    both = list(read_all(documents(6), None, workers=2))
    assert both == alone
    assert all(isinstance(each, Reading) for each in both)


@pytest.mark.slow
def test_leaving_early_ends_the_processes() -> None:
    made: Any = read_all(documents(20), None, workers=2)
    assert isinstance(next(made), Reading)
    made.close()
