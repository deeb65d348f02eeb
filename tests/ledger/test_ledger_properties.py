"""What holds for every ledger, whatever the readings: nothing from guesses, nothing from order, nothing unknown."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.ledger import agenda_toml, build, gaps, parse_agenda, propose_agenda
from comity.words import (
    AUTHOR,
    Act,
    Certainty,
    Decision,
    DecisionKind,
    Document,
    DuplicateGroup,
    Event,
    EventStatus,
    Ledger,
    Mode,
    Polarity,
    Quantity,
    Reading,
    Said,
    Statement,
    StatusClaim,
    dumps,
    from_json,
    target_of,
    to_json,
)

_VOCABULARY = """
Aldermark Brennia Cordia will not never must if unless half quota island boats crew release withdraw offer accept
before the new year on Sunday 12 18 months close progress no change direct talks met agreed referendum hard to see
off the table
"""
WORDS = _VOCABULARY.split()
SPEAKERS = ["Ana Holt", "an Aldermark official", "Ben Okar", "Siv Lund", "Ida Marr", "Lake Post", AUTHOR, "Nobody"]
HOLDERS = [None, "Aldermark", "Brennia", "Ana Holt", "Ben Okar", "Nowhere"]
ISSUES = [*["quota"] * 4, "island", "process", "process", "prospects", "prospects", "unknown", None]
DAYS = st.dates(date(2030, 5, 1), date(2030, 5, 20))


@st.composite
def statements(draw: st.DrawFn, document: str, number: int, start: int) -> Statement:
    quote = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9)))
    text = Document(document, "x" * start + quote)
    passage = text.passage(start, start + len(quote))
    condition = ((start, start + max(1, len(quote) // 2)),) if draw(st.booleans()) else ()
    latest = draw(st.none() | DAYS)
    number_of = draw(st.sampled_from([(), (12.0,), (18.0,)]))
    return Statement(
        id=f"{document}#{number}",
        passage=passage,
        mode=draw(st.sampled_from([Mode.INDIRECT, Mode.DIRECT, *Mode])),
        speaker=draw(st.sampled_from(SPEAKERS)),
        act=draw(st.sampled_from(Act)),
        certainty=draw(st.sampled_from([Certainty.ASSERTED] * 6 + list(Certainty))),
        holder=draw(st.sampled_from(HOLDERS)),
        issue=draw(st.sampled_from(ISSUES)),
        also_issues=tuple(draw(st.lists(st.sampled_from(["quota", "island", "process"]), max_size=2))),
        option=draw(st.sampled_from([None, None, "half", "third"])),
        polarity=draw(st.none() | st.sampled_from(Polarity)),
        status=draw(st.none() | st.sampled_from(StatusClaim)),
        fact=draw(st.sampled_from([False] * 9 + [True])),
        said=Said(latest - timedelta(days=2) if latest and draw(st.booleans()) else None, latest),
        condition=condition,
        quantities=tuple(Quantity(n, n, "month", (start, start + 1)) for n in number_of),
    )


@st.composite
def records(draw: st.DrawFn) -> tuple[list[Reading], dict[str, Document]]:
    readings, documents = [], {}
    for n in range(draw(st.integers(1, 4))):
        name, rows, start = f"d{n}", [], 0
        for k in range(draw(st.integers(2, 9))):
            rows.append(draw(statements(name, k + 1, start)))
            start = rows[-1].passage.end + 1
        published = draw(st.none() | DAYS)
        text = list(" " * max(1, start))
        for s in rows:
            text[s.passage.start : s.passage.end] = s.passage.quote
        events = tuple(
            Event(
                draw(st.sampled_from(["meeting", "call", "remarks", "vote"])),
                draw(st.sampled_from(EventStatus)),
                ((0, max(1, start)),),
                tuple(draw(st.lists(st.sampled_from(SPEAKERS[:6]), max_size=3, unique=True))),
                draw(st.sampled_from([None, "Lakeside", "Port Alder"])),
                draw(st.none() | DAYS),
                draw(st.none() | DAYS),
            )
            for _ in range(draw(st.integers(0, 2)))
        )
        documents[name] = Document(name, "".join(text), published, source=f"outlet {n % 2}")
        readings.append(Reading(name, published, "hand", "", tuple(rows), events))
    return readings, documents


def ids_in(value: Any, found: set[str]) -> set[str]:
    """Every string in a JSON value that has the form of a statement's id."""
    if isinstance(value, str):
        if value[:1] == "d" and value[2:3] == "#":
            found.add(value)
    elif isinstance(value, dict):
        for item in value.values():
            ids_in(item, found)
    elif isinstance(value, list):
        for item in value:
            ids_in(item, found)
    return found


many = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(records())
def test_no_guess_supports_a_position(lake, record) -> None:
    readings, documents = record
    ledger = build(readings, lake, documents=documents)
    by = {s.id: s for s in ledger.statements}
    for position in ledger.positions:
        for i in (*position.statements, *position.qualified_by):
            assert by[i].mode is not Mode.AUTHOR
            assert not by[i].fact
            if by[i].mode is Mode.REPORTED_STANCE:
                assert by[i].certainty in (Certainty.ASSERTED, Certainty.HEDGED)


@many
@given(records(), st.randoms(use_true_random=False))
def test_order_of_readings_changes_nothing(lake, record, chance: random.Random) -> None:
    readings, documents = record
    groups = [DuplicateGroup("d0", tuple(sorted(documents)), 0.9)] if len(documents) > 1 else []
    first = build(readings, lake, documents=documents, duplicates=groups)
    shuffled = list(readings)
    chance.shuffle(shuffled)
    names = list(documents)
    chance.shuffle(names)
    again = build(
        {r.document: r for r in shuffled}, lake, documents={n: documents[n] for n in names}, duplicates=groups
    )
    assert dumps(first) == dumps(again)
    proposed = propose_agenda(readings, documents)
    assert proposed == propose_agenda(shuffled, documents)
    assert parse_agenda(agenda_toml(proposed)) == proposed


@many
@given(records(), DAYS, st.integers(0, 5))
def test_what_counted_on_a_day_counts_later(lake, record, day: date, more: int) -> None:
    readings, documents = record
    early = build(readings, lake, documents=documents, as_of=day)
    late = build(readings, lake, documents=documents, as_of=day + timedelta(days=more))
    assert {s.id for s in early.statements} <= {s.id for s in late.statements}
    published = {name: d.published for name, d in documents.items()}
    assert all((p := published[s.passage.document]) and p <= day for s in early.statements)


@many
@given(records())
def test_every_id_referred_to_exists(lake, record) -> None:
    readings, documents = record
    ledger = build(readings, lake, documents=documents)
    known = {s.id for s in ledger.statements}
    assert ids_in(to_json(ledger), set()) <= known
    assert ids_in(to_json(gaps(ledger, documents)), set()) <= known
    assert all(0 <= n < len(ledger.events) for line in ledger.channels for n in line.events)
    assert [s.issue for s in ledger.statuses] == [issue.id for issue in lake.issues]
    for tension in ledger.tensions:
        assert not set(tension.statements) & set(tension.against)
        assert tension.statements
        assert tension.against


@many
@given(records(), st.data())
def test_a_rejected_statement_is_gone_everywhere(lake, record, data: st.DataObject) -> None:
    readings, documents = record
    rows = [s for r in readings for s in r.statements]
    if not rows:
        return
    victim = data.draw(st.sampled_from(rows))
    when = datetime(2030, 6, 1, tzinfo=UTC)
    reject = Decision("x", "p", when, DecisionKind.REJECT, target_of(victim.passage, victim.speaker))
    ledger = build(readings, lake, documents=documents, decisions=[reject])
    assert victim.id not in ids_in(to_json(ledger), set())
    kept = [Reading(r.document, r.published, r.reader, "", tuple(s for s in r.statements if s is not victim), r.events)
            for r in readings]  # fmt: skip
    assert dumps(ledger) == dumps(build(kept, lake, documents=documents))


@many
@given(records())
def test_summaries_are_quoted_words(lake, record) -> None:
    readings, documents = record
    ledger = build(readings, lake, documents=documents)
    by = {s.id: s.passage.quote for s in ledger.statements}
    for position in (*ledger.positions, *ledger.outlooks):
        quotes = [by[i] for i in position.statements]
        for piece in position.summary.split(" · "):
            assert any(piece.removesuffix("…") in quote for quote in quotes)


@many
@given(records())
def test_a_ledger_survives_json(lake, record) -> None:
    readings, documents = record
    ledger = build(readings, lake, documents=documents)
    assert dumps(from_json(Ledger, to_json(ledger))) == dumps(ledger)
