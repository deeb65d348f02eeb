"""What a daybook answers for a date is what the whole ledger of that date says, whatever record and decisions."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.ledger import Daybook, NotFolded, build, changes, horizon
from comity.ledger.edits import in_force
from comity.words import (
    AUTHOR,
    Act,
    Agenda,
    Certainty,
    Decision,
    DecisionKind,
    Document,
    DuplicateGroup,
    Event,
    EventStatus,
    Mode,
    Passage,
    Polarity,
    Quantity,
    Reading,
    Said,
    Statement,
    StatusClaim,
    reading_to_json,
    statement_to_json,
    target_of,
)

_VOCABULARY = """
Aldermark Brennia Cordia will not never must if unless half quota island boats crew release withdraw offer accept
before the new year on Sunday 12 18 months close progress no change direct talks met agreed referendum hard to see
off the table
"""
WORDS = _VOCABULARY.split()
SPEAKERS = ["Ana Holt", "an Aldermark official", "Ben Okar", "Siv Lund", "Ida Marr", "Lake Post", AUTHOR, "Nobody"]
PARTS = ("positions", "outlooks", "statuses", "tensions", "relations", "facts", "channels", "terms", "events")
DAYS = [date(2030, 5, 1) + timedelta(days=n) for n in range(24)]


def record(chance: random.Random) -> tuple[list[Reading], dict[str, Document]]:
    """Some reports, a few of them reprints, one perhaps superseded, some without a date."""
    readings: list[Reading] = []
    documents: dict[str, Document] = {}
    for n in range(chance.randint(2, 6)):
        name, published = f"d{n}", chance.choice([None, *DAYS, *DAYS])
        if readings and chance.random() < 0.25:
            first = readings[-1]
            rows = [
                replace(s, id=f"{name}#{k}", passage=replace(s.passage, document=name))
                for k, s in enumerate(first.statements, 1)
            ]
            text = documents[first.document].text
        else:
            rows, text = [], ""
            for k in range(chance.randint(2, 9)):
                quote = " ".join(chance.choices(WORDS, k=chance.randint(1, 9)))
                rows.append(statement(chance, f"{name}#{k + 1}", name, len(text), quote))
                text += quote + " "
        old = chance.choice(sorted(documents)) if documents and chance.random() < 0.3 else None
        documents[name] = Document(name, text, published, source=f"outlet {n % 2}", supersedes=old)
        sides = tuple(chance.sample(SPEAKERS[:5], 2))
        held = Event("meeting", chance.choice(list(EventStatus)), ((0, 30),), sides, None, chance.choice([None, *DAYS]))
        readings.append(Reading(name, published, "hand", "", tuple(rows), (held,)))
    return readings, documents


def statement(chance: random.Random, id_: str, name: str, start: int, quote: str) -> Statement:
    latest = chance.choice([None, *DAYS])
    number = chance.choice([None, None, 12.0, 18.0])
    return Statement(
        id_,
        Passage(name, start, start + len(quote), quote),
        chance.choice([Mode.INDIRECT, Mode.DIRECT, *Mode]),
        chance.choice(SPEAKERS),
        chance.choice(list(Act)),
        chance.choice([Certainty.ASSERTED] * 6 + list(Certainty)),
        holder=chance.choice([None, "Aldermark", "Brennia", "Ana Holt", "Ben Okar", "Nowhere"]),
        issue=chance.choice([*["quota"] * 4, "island", "process", "process", "prospects", "unknown", None]),
        also_issues=tuple(chance.choices(["quota", "island", "process"], k=chance.choice([0, 0, 1, 2]))),
        option=chance.choice([None, None, "half", "third"]),
        polarity=chance.choice([None, *Polarity]),
        status=chance.choice([None, *StatusClaim]),
        fact=chance.random() < 0.1,
        said=Said(latest - timedelta(days=2) if latest and chance.random() < 0.5 else None, latest),
        condition=((start, start + max(1, len(quote) // 2)),) if chance.random() < 0.5 else (),
        quantities=(Quantity(number, number, "month", (start, start + 1)),) if number else (),
    )


NOW = datetime(2030, 6, 1, tzinfo=UTC)


@dataclass
class Memory:
    """A record in memory, as a daybook wants it."""

    given: dict[str, Document]
    readings: list[Reading]
    made: list[Decision] = field(default_factory=list)
    kept: dict[str, bytes] = field(default_factory=dict)

    def documents(self) -> Iterable[Document]:
        return [replace(d, text="") for d in self.given.values()]

    def document(self, id_: str) -> Document:
        return self.given[id_]

    def read(self) -> Iterable[tuple[str, date | None, str]]:
        return [(r.document, r.published, str(hash(r))) for r in self.readings]

    def reading(self, id_: str) -> dict[str, Any] | None:
        return next((reading_to_json(r) for r in self.readings if r.document == id_), None)

    def decisions(self, until: int | None = None) -> Iterable[Decision]:
        return in_force(self.made[:until])

    def decided_since(self, number: int) -> Iterable[Decision]:
        by_id = {d.id: d for d in self.made}
        return [by_id[d.target] if d.kind is DecisionKind.RETRACT else d for d in self.made[number:]]

    def state(self) -> tuple[int, str, str]:
        return len(self.made), "the same", str(hash(tuple(self.readings)))

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, kept: Mapping[str, bytes | None]) -> None:
        for key, body in kept.items():
            if body is None:
                self.kept.pop(key, None)
            else:
                self.kept[key] = body

    def clear(self) -> None:
        self.kept.clear()


def decide(chance: random.Random, memory: Memory, number: int) -> Decision:
    """A decision on a statement or a document, or the retraction of one."""
    s = chance.choice([s for r in memory.readings for s in r.statements])
    kind = chance.choice(["reject", "accept", "issue", "act", "holder", "code", "published", "retract"])
    target, value, field_, passage = target_of(s.passage, s.speaker), "", "", None
    name = chance.choice(sorted(memory.given))
    made = DecisionKind.CORRECT
    if kind in ("reject", "accept"):
        made = DecisionKind(kind)
    elif kind == "code":
        made, passage = DecisionKind.CODE, memory.given[name].passage(0, min(5, len(memory.given[name].text)))
        new = Statement(f"{name}#99", passage, s.mode, "Ben Okar", Act.OFFER, holder="Brennia", issue="quota")
        target, value = target_of(passage, "Ben Okar"), json.dumps(statement_to_json(new))
    elif kind == "published":
        made, target, field_, value = DecisionKind.DOCUMENT, name, kind, str(chance.choice([*DAYS, ""]))
    elif kind == "retract" and memory.made:
        made, target = DecisionKind.RETRACT, chance.choice(memory.made).id
    else:
        field_ = kind if kind != "retract" else "issue"
        value = {"act": chance.choice(list(Act)).value, "holder": "Brennia"}.get(field_, "island")
    return Decision(
        f"e{number}", "ada", NOW + timedelta(minutes=number), made, target, field_, value, "", passage=passage
    )


def same(book: Daybook, memory: Memory, agenda: Agenda, groups: list[DuplicateGroup], dates: list[date | None]) -> None:
    wholes = {
        day: build(memory.readings, agenda, documents=memory.given, duplicates=groups, decisions=memory.made, as_of=day)
        for day in dates
    }
    for day, whole in wholes.items():
        found = book.matrix(day)
        assert found.positions == whole.positions
        assert found.outlooks == whole.outlooks
        assert found.statuses == whole.statuses
        assert found.statements == len(whole.statements)
        assert book.difference(dates[0], day) == changes(wholes[dates[0]], whole)
        part = book.ledger(day)
        for name in PARTS:
            assert getattr(part, name) == getattr(whole, name), name
        assert book.tensions(day) == whole.tensions
        assert {s.id: s for s in part.statements}.items() <= {s.id: s for s in whole.statements}.items()
        for (party, issue), count in found.supporting.items():
            page = book.evidence(party, issue, day, limit=5)
            assert page.total == count
            within = {i for p in whole.positions if (p.party, p.issue) == (party, issue) for i in p.statements}
            assert {s.id for s in page.statements} <= {s.id for s in whole.statements}
            assert page.within >= within & {s.id for s in page.statements if s.issue == issue}


few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(st.integers(0, 10**9), st.sampled_from([(8, 6, 12), (2, 1, 1)]))
def test_any_date_is_that_of_the_whole_ledger(lake, seed: int, rooms: tuple[int, int, int]) -> None:
    chance = random.Random(seed)
    readings, documents = record(chance)
    names = sorted(documents)
    groups = [DuplicateGroup(names[0], tuple(names), 0.9)] if chance.random() < 0.4 else []
    dates: list[date | None] = [chance.choice(DAYS), DAYS[-1], None]
    with pytest.MonkeyPatch.context() as patch:
        for name, room in zip(("SUPPORTING", "OTHER", "NOBODY"), rooms, strict=True):
            patch.setattr(horizon, name, room)
        memory = Memory(documents, readings)
        memory.made += [decide(chance, memory, n) for n in range(chance.randint(0, 3))]
        book = Daybook(lake, memory)
        with pytest.raises(NotFolded):
            book.matrix()
        book.fold(groups=groups)
        same(book, memory, lake, groups, dates)
        for n in range(10, 10 + chance.randint(0, 3)):
            memory.made.append(decide(chance, memory, n))
            assert book.refresh()
            same(book, memory, lake, groups, dates)
        again = Daybook(lake, memory)
        assert again.state == "folded"
        same(again, memory, lake, groups, dates)


@few
@given(st.integers(0, 10**9))
def test_new_and_other_readings_are_brought_in_with_their_events(lake, seed: int) -> None:
    chance = random.Random(seed)
    readings, documents = record(chance)
    kept, late = readings[:-1], readings[-1]
    memory = Memory({name: d for name, d in documents.items() if name != late.document}, list(kept))
    dates: list[date | None] = [chance.choice(DAYS), DAYS[-1], None]
    book = Daybook(lake, memory)
    book.fold()
    same(book, memory, lake, [], dates)
    memory.given[late.document] = documents[late.document]
    memory.readings.append(late)
    first = memory.readings[0]
    memory.readings[0] = replace(first, events=(*(replace(e, place="the lake") for e in first.events), *late.events))
    assert book.refresh()
    same(book, memory, lake, [], dates)
    same(Daybook(lake, memory), memory, lake, [], dates)
    memory.kept.pop("events")  # a fold of old, which did not keep them
    same(Daybook(lake, memory), memory, lake, [], dates)
