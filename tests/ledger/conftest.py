"""Readings for the tests of the ledger: fictional talks made by hand, and the two reports' gold where it is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bench.ledger_gold import SEEDS, Gold, seeds_gold, strait_gold

from comity.ledger import build, parse_agenda
from comity.words import (
    AUTHOR,
    Act,
    Agenda,
    Certainty,
    Document,
    Event,
    EventStatus,
    Ledger,
    Mode,
    Passage,
    Polarity,
    Position,
    Quantity,
    Reading,
    Said,
    Statement,
    StatusClaim,
)


@pytest.fixture(scope="session")
def seeds() -> Gold:
    if not SEEDS.is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return seeds_gold()


@pytest.fixture(scope="session")
def strait() -> Gold:
    """The example's gold."""
    return strait_gold()


AGENDA = """
title = "Talks on the lake"
[[party]]
id = "alder"
name = "Aldermark"
aliases = ["Port Alder", "the Aldermarkers"]
[[party]]
id = "brenn"
name = "Brennia"
aliases = ["Brennia City"]
[[party]]
id = "cord"
name = "Cordia"
roles = ["mediator"]
[[actor]]
id = "ana_ruiz"
name = "Ana Holt"
aliases = ["Holt", "President Holt"]
party = "alder"
authority = "principal"
[[actor]]
id = "alder_source"
name = "an Aldermark official"
party = "alder"
authority = "official_unnamed"
[[actor]]
id = "ben_okar"
name = "Ben Okar"
aliases = ["Okar"]
party = "brenn"
authority = "spokesperson"
[[actor]]
id = "envoy_lund"
name = "Siv Lund"
party = "brenn"
authority = "envoy"
[[actor]]
id = "mediator"
name = "Ida Marr"
party = "cord"
authority = "envoy"
[[actor]]
id = "lake_post"
name = "Lake Post"
kind = "outlet"
[[issue]]
id = "quota"
name = "Fishing quota"
keywords = ["quota*", "fish*"]
[[issue.option]]
id = "half"
name = "half each"
[[issue.option]]
id = "third"
name = "one third"
[[issue]]
id = "patrols"
name = "Patrol boats"
keywords = ["patrol*", "boat*"]
[[issue]]
id = "crew"
name = "Detained crew"
keywords = ["crew", "fishermen"]
[[issue]]
id = "island"
name = "The island"
keywords = ["island"]
[[issue]]
id = "process"
name = "Process"
kind = "process"
keywords = ["talks"]
[[issue]]
id = "prospects"
name = "Prospects"
kind = "prospects"
keywords = ["progress"]
"""


def _quantity(number: float, unit: str, quote: str, start: int) -> Quantity:
    """A number where its figures stand in the quote, else at its beginning."""
    at = start + max(0, quote.find(f"{number:g}"))
    return Quantity(number, number, unit, (at, at + 1), of="")


class Talks:
    """Reports of fictional talks, written statement by statement.

    `says` appends a sentence to a report and makes the statement that reads it; what a test does not name has the
    defaults of a plain paraphrase on the day of publication.
    """

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.texts: dict[str, str] = {}
        self.dates: dict[str, date | None] = {}
        self.sources: dict[str, str | None] = {}
        self.supersedes: dict[str, str] = {}
        self.statements: dict[str, list[Statement]] = {}
        self.events: dict[str, list[Event]] = {}

    def report(self, name: str, day: int | None, source: str | None = None, supersedes: str | None = None) -> str:
        """A report of 1 + `day` May 2030 (None: undated)."""
        self.texts[name] = ""
        self.dates[name] = date(2030, 5, day) if day else None
        self.sources[name] = source or f"Outlet {name}"
        self.statements[name], self.events[name] = [], []
        if supersedes:
            self.supersedes[name] = supersedes
        return name

    def says(
        self,
        report: str,
        speaker: str,
        act: str,
        quote: str,
        issue: str | None = "quota",
        condition: str = "",
        said: int | None = None,
        numbers: tuple[tuple[float, str], ...] = (),
        **more: Any,
    ) -> str:
        """A statement; returns its id. `condition` is the part of the quote that is its condition; `said` a day."""
        start = len(self.texts[report]) + (1 if self.texts[report] else 0)
        self.texts[report] += (" " if self.texts[report] else "") + quote
        own = speaker == AUTHOR
        mode = Mode(more.pop("mode", "author" if own else "indirect"))
        spans = ()
        if condition:
            at = start + quote.index(condition)
            spans = ((at, at + len(condition)),)
        day = date(2030, 5, said) if said else self.dates[report]
        for name, kind in (("polarity", Polarity), ("status", StatusClaim), ("certainty", Certainty)):
            if name in more:
                more[name] = kind(more[name])
        statement = Statement(
            id=f"{report}#{len(self.statements[report]) + 1}",
            passage=Passage(report, start, start + len(quote), quote),
            mode=mode,
            speaker=speaker,
            act=Act(act),
            holder=more.pop("holder", None),
            issue=issue,
            condition=spans,
            said=more.pop("when", Said(day if said else None, day)),
            quantities=tuple(_quantity(n, unit, quote, start) for n, unit in numbers),
            **more,
        )
        self.statements[report].append(statement)
        return statement.id

    def event(self, report: str, kind: str, status: str, participants: tuple[str, ...], **more: Any) -> None:
        """An event told over the whole report so far."""
        spans = more.pop("spans", ((0, len(self.texts[report])),))
        days = {k: date(2030, 5, more.pop(k)) for k in ("earliest", "latest") if k in more}
        self.events[report].append(Event(kind, EventStatus(status), spans, participants, **days, **more))

    @property
    def documents(self) -> dict[str, Document]:
        return {
            name: Document(
                name,
                text,
                self.dates[name],
                source=self.sources[name],
                supersedes=self.supersedes.get(name),
            )
            for name, text in self.texts.items()
        }

    @property
    def readings(self) -> list[Reading]:
        return [
            Reading(name, self.dates[name], "hand", "", tuple(self.statements[name]), tuple(self.events[name]))
            for name in self.texts
        ]

    def ledger(self, **more: Any) -> Ledger:
        return build(self.readings, self.agenda, documents=self.documents, **more)

    def rules(self) -> list[str]:
        """The rule of each tension."""
        return [t.rule for t in self.ledger().tensions]

    def sides(self, rule: str | None = None) -> list[tuple[set[str], set[str]]]:
        """Both sides of the tensions that a rule found, or that all of them did."""
        return [(set(t.statements), set(t.against)) for t in self.ledger().tensions if rule in (None, t.rule)]

    def side_by_side(self, act: str, one: str, answer: str, other: str) -> tuple[str, str]:
        """Two voices of two parties next to each other in one report, on two issues; the ids of what they say."""
        self.report("r1", 3)
        first = self.says("r1", "Ana Holt", act, one, issue="island")
        return first, self.says("r1", "Ben Okar", answer, other, issue="crew")


@pytest.fixture(scope="session")
def lake() -> Agenda:
    return parse_agenda(AGENDA)


@pytest.fixture
def talks(lake: Agenda) -> Talks:
    return Talks(lake)


def cell(ledger: Ledger, party: str, issue: str) -> Position | None:
    return next((p for p in ledger.positions if (p.party, p.issue) == (party, issue)), None)


@pytest.fixture(scope="session")
def at() -> Callable[[Ledger, str, str], Position | None]:
    """The position of a party on an issue."""
    return cell


@pytest.fixture(scope="session")
def state() -> Callable[[Ledger, str], tuple[str, str]]:
    """State and mark of an issue."""

    def of(ledger: Ledger, issue: str) -> tuple[str, str]:
        status = next(s for s in ledger.statuses if s.issue == issue)
        return status.state.value, status.mark

    return of
