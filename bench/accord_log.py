"""Made-up logs of an agreement's twenty zones, one for each formula of the benches. The same seed, the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

ZONES = 20
_STEP = 120  # seconds: at most so long from one event to the next


@dataclass(frozen=True)
class Question:
    """A formula (its rows are breaches), the signature of its log, and how an event of that log is drawn."""

    name: str
    about: str
    signature: str
    formula: str
    event: Callable[[Random, int], str]


def _zone(draw: Random) -> str:
    return f'"zone {draw.randint(1, ZONES)}"'


def _often(draw: Random) -> str:
    """Some zones come up often, some hardly ever."""
    return f'"zone {min(ZONES, 1 + int(draw.expovariate(0.45)))}"'


def _preceded(draw: Random, _: int) -> str:
    return f"crossed({_zone(draw)})" if draw.random() < 0.5 else f"notified({_often(draw)})"


def _answered(draw: Random, _: int) -> str:
    return f"asked({_zone(draw)})" if draw.random() < 0.5 else f"answered({_often(draw)})"


def _since(draw: Random, _: int) -> str:
    name = draw.choices(["fired", "ceased", "resumed"], [6, 2, 2])[0]
    return f"{name}({_zone(draw)})"


def _count(draw: Random, number: int) -> str:
    return f"shelled({number},{_often(draw)})"


def _join(draw: Random, _: int) -> str:
    kind, unit, party = draw.random(), draw.randint(1, 200), draw.choice(["a", "b", "c"])
    if kind < 0.6:
        return f"moved({unit},{_zone(draw)})"
    return f'assigned({unit},"{party}")' if kind < 0.9 else f'closed({_zone(draw)},"{party}")'


QUESTIONS = (
    Question(
        "preceded", "a crossing that nobody announced within the week before",
        "crossed(string) notified(string)",
        "crossed(z) AND NOT ONCE[0,7d] notified(z)", _preceded,
    ),
    Question(
        "answered", "a question without an answer within two days",
        "asked(string) answered(string)",
        "asked(z) AND NOT EVENTUALLY[0,2d] answered(z)", _answered,
    ),
    Question(
        "since", "fire in a zone where fire has ceased within the week and was not resumed",
        "fired(string) ceased(string) resumed(string)",
        "fired(z) AND ((NOT resumed(z)) SINCE[0,7d] ceased(z))", _since,
    ),
    Question(
        "count", "a shelling that makes more than 3,500 in its zone within a week",
        "shelled(int,string)",
        "shelled(i,z) AND (n <- CNT j; z ONCE[0,7d] shelled(j,z)) AND 3500 < n", _count,
    ),
    Question(
        "join", "a unit assigned within the week to a party moves in a zone closed to that party within the hour",
        "moved(int,string) assigned(int,string) closed(string,string)",
        "moved(u,z) AND (ONCE[0,7d] assigned(u,p)) AND (ONCE[0,1h] closed(z,p))", _join,
    ),
)  # fmt: skip


def lines(question: Question, seed: int = 1) -> Iterator[str]:
    """An endless log, one event a time-point and line."""
    draw, time, number = Random(seed), 0, 0
    while True:
        time += draw.randint(0, _STEP)
        yield f"@{time} {question.event(draw, number)}\n"
        number += 1


def log(question: Question, events: int, seed: int = 1) -> bytes:
    """A log of so many events."""
    return "".join(islice(lines(question, seed), events)).encode()
