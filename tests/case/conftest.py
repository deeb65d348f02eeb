"""What the tests of the case file share: documents, readings and decisions of a fictional negotiation, and a clock."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from comity.case import Case
from comity.words import Act, Decision, DecisionKind, Document, Mode, Reading, Statement

START = datetime(2031, 3, 1, tzinfo=UTC)
TEXT = "Envoys of Aldermark met in Port Sorrel. “The buffer zone stays,” said Ilva Maren. Talks go on."


@dataclass
class Ticking:
    """A clock that moves on by a minute each time that it is read."""

    now: datetime = START
    ticks: Iterator[int] = field(default_factory=itertools.count)

    def __call__(self) -> datetime:
        return START + timedelta(minutes=next(self.ticks))


def document(stem: str = "report", text: str = TEXT, published: date | None = date(2031, 3, 2), **more) -> Document:
    made = Document(stem, text, published, name=f"{stem}.txt", **{"source": "Harbour Wire"} | more)
    return made.renamed(f"{stem}-{made.identity[:8]}")


def reading(of: Document, reader: str = "reader-1", quote: str = "The buffer zone stays") -> Reading:
    start = of.text.index(quote)
    passage = of.passage(start, start + len(quote))
    statement = Statement(f"{of.id}#1", passage, Mode.DIRECT, "Ilva Maren", Act.DEMAND, chain=("author", "Ilva Maren"))
    return Reading(of.id, of.published, reader, of.digest, (statement,))


def decision(kind: DecisionKind, target: str, field: str = "", value: str = "", **more) -> Decision:
    return Decision("", more.pop("coder", "ada"), START, kind, target, field, value, **more)


@pytest.fixture
def make_document() -> Callable[..., Document]:
    return document


@pytest.fixture
def make_reading() -> Callable[..., Reading]:
    return reading


@pytest.fixture
def make_decision() -> Callable[..., Decision]:
    return decision


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talks.comity"


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def case(path: Path, clock: Ticking) -> Iterator[Case]:
    with Case.create(path, clock=clock) as made:
        yield made
