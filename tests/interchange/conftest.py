"""Codings of every kind, in texts with all that makes offsets hard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import strategies as st

from comity.case import Case
from comity.desk.cli import main
from comity.desk.interchange.codings import Coding
from comity.reading import READER
from comity.words import (
    Act,
    Certainty,
    Coder,
    Document,
    DocumentKind,
    Found,
    Handling,
    Mode,
    Polarity,
    Quantity,
    Reading,
    Review,
    Said,
    Statement,
    StatusClaim,
)

LETTERS = st.sampled_from("abc .,é\u0301ïш\u05d0\u0645\u200f\u202e🕊👩🏽‍🚀“”\n\t\"'<&>=+-@[{;漢\u2028\x0b")
TEXT = st.text(LETTERS, min_size=3, max_size=60).map(lambda t: t.replace("\r", ""))
NAME = st.one_of(st.text(LETTERS, min_size=1, max_size=12), st.sampled_from(["=1+1", '"x"', "[1]", "-", "null", "1"]))
MAYBE = st.none() | NAME
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))


@st.composite
def documents(draw, number: int = 1) -> Document:
    return Document(
        f"doc-{number}",
        draw(TEXT),
        draw(DAYS),
        draw(MAYBE),
        draw(MAYBE),
        draw(st.none() | st.just(f"https://harbour.example/{number}")),
        draw(st.none() | st.just("en")),
        draw(st.sampled_from(DocumentKind)),
        draw(st.sampled_from(Handling)),
        name=draw(st.just("") | NAME),
        found=tuple(
            draw(st.lists(st.builds(Found, st.just("title"), st.just("head"), st.just("") | NAME), max_size=2))
        ),
    )


@st.composite
def statements(draw, of: Document, number: int) -> Statement:
    def span():
        start = draw(st.integers(0, len(of.text) - 1))
        return start, draw(st.integers(start + 1, len(of.text)))

    spans = lambda: tuple(span() for _ in range(draw(st.integers(0, 2))))  # noqa: E731
    words = lambda: tuple(draw(st.lists(NAME, max_size=2)))  # noqa: E731
    numbers = st.floats(-1e6, 1e6, allow_nan=False)
    return Statement(
        f"{of.id}#{number}",
        of.passage(*span()),
        draw(st.sampled_from(Mode)),
        draw(NAME),
        draw(st.sampled_from(Act)),
        draw(st.sampled_from(Certainty)),
        draw(MAYBE),
        words(),
        draw(MAYBE),
        words(),
        draw(MAYBE),
        draw(st.none() | st.sampled_from(Polarity)),
        draw(st.none() | st.sampled_from(StatusClaim)),
        draw(st.booleans()),
        draw(st.booleans()),
        Said(draw(DAYS), draw(DAYS), draw(st.none() | st.just(span()))),
        spans(),
        spans(),
        spans(),
        spans(),
        tuple(
            Quantity(draw(numbers), draw(numbers), draw(NAME), span(), draw(st.just("") | NAME))
            for _ in range(draw(st.integers(0, 1)))
        ),
        words(),
        draw(MAYBE),
        draw(MAYBE),
        draw(st.floats(0, 1)),
        draw(MAYBE),
    )


@st.composite
def records(draw) -> tuple[tuple[Document, ...], tuple[Coding, ...]]:
    """Some documents and codings of them, each with a number of its own."""
    given = tuple(draw(documents(number)) for number in range(1, draw(st.integers(1, 2)) + 1))
    found = []
    for number in range(1, draw(st.integers(0, 3)) + 1):
        of = draw(st.sampled_from(given))
        coder = Coder(draw(NAME), draw(st.sampled_from(["person", "reader"])))
        note = draw(st.just("") | TEXT)
        made = draw(statements(of, number))
        found.append(Coding(made, coder, draw(st.sampled_from(Review)), draw(st.sampled_from(Handling)), note))
    return given, tuple(found)


@pytest.fixture(scope="session")
def record():
    """A strategy of documents and codings, for tests that draw."""
    return records()


@pytest.fixture(scope="session")
def any_text():
    """A strategy of texts with all that makes offsets hard."""
    return TEXT


AGENDA = """title = "Sill"

[[party]]
id = "orsenne"
name = "Orsenne"
interests = "the quarry"

[[party]]
id = "tashq"
name = "Tashq"
batna = "Zubrowka waits"

[[actor]]
id = "varga"
name = "Ilse Varga"
party = "orsenne"
authority = "principal"

[[issue]]
id = "tolls"
name = "Tolls"
keywords = ["toll*"]

[[issue.option]]
id = "none"
name = "No toll"

[[issue]]
id = "flow"
name = "Flow"
keywords = ["flow"]
"""
FIRST = "Ilse Varga said: “No toll will stand.” 🕊 Tashq demands a toll, an official said. Orsenne offers the flow."
SECOND = "Tashq accepts the flow. Ilse Varga said again: “No toll will stand.” Nobody else spoke of the quarry."


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def comity(capsys, monkeypatch):
    """Runs a command as from the shell, in this process."""
    monkeypatch.setenv("COMITY_CODER", "ada")
    monkeypatch.delenv("COMITY_PASSPHRASE", raising=False)

    def run(*args: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        printed = capsys.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def case(tmp_path, monkeypatch) -> Path:
    """A case of two reports, with readings made by hand, so that no parser is needed."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "sill.comity"
    given = (
        Document("one", FIRST, date(2031, 3, 4), "Harbour Post", "One", "https://harbour.example/1"),
        Document("two", SECOND, date(2031, 3, 6), "Lowland Wire", name="two.txt"),
    )
    told = {
        "one": [
            ("No toll will stand", "Ilse Varga", Act.REJECT, "tolls", Mode.DIRECT, "Orsenne", "none", Polarity.PRO),
            ("Tashq demands a toll", "official", Act.DEMAND, "tolls", Mode.INDIRECT, "Tashq", None, None),
            ("Orsenne offers the flow", "author", Act.OFFER, "flow", Mode.REPORTED_STANCE, "Orsenne", None, None),
        ],
        "two": [
            ("Tashq accepts the flow", "author", Act.ACCEPT, "flow", Mode.REPORTED_STANCE, "Tashq", None, None),
            ("No toll will stand", "Ilse Varga", Act.REJECT, "tolls", Mode.DIRECT, "Orsenne", "none", Polarity.PRO),
        ],
    }
    with Case.create(path, AGENDA, coder="ada") as made:
        made.add([d.renamed(f"{d.id}-{d.identity[:8]}") for d in given])
        readings = []
        for document in made.documents():
            found = []
            for n, (quote, who, act, issue, mode, holder, option, polarity) in enumerate(told[document.id[:3]], 1):
                start = document.text.index(quote)
                passage = document.passage(start, start + len(quote))
                chain = ("author",) if who == "author" else ("author", who)
                found.append(
                    Statement(
                        f"{document.id}#{n}", passage, mode, who, act, holder=holder, issue=issue, option=option,
                        polarity=polarity, chain=chain, content=(passage.span,),
                    )
                )  # fmt: skip
            readings.append(
                (Reading(document.id, document.published, READER, document.digest, tuple(found)), made.agenda_hash)
            )
        made.put_readings(readings)
    return path
