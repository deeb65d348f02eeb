"""How much processor time the ledger takes on a large generated record: ``python -m bench.ledger_speed [STATEMENTS]``.

The record is made by a seeded generator: parties, speakers, issues, offers, refusals, numbers, reprinted reports; one
report in five is a reprint. It stands for size and shape, not for language. Prints seconds, statements per second and
peak memory, and how many results of each kind there are.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from comity.ledger import build, gaps
from comity.words import (
    AUTHOR,
    Act,
    Actor,
    Agenda,
    Authority,
    Certainty,
    Document,
    DuplicateGroup,
    Event,
    EventStatus,
    Issue,
    Mode,
    Party,
    Polarity,
    Quantity,
    Reading,
    Said,
    Statement,
    StatusClaim,
)

QUICK = ("20000",)
PARTIES, ISSUES, PER_REPORT, REPRINTS = 12, 14, 25, 5
_SYLLABLES = ["ba", "de", "fi", "go", "lu", "ma", "ne", "po", "ri", "su", "ta", "ve", "wo", "ka", "le", "mi"]


def agenda() -> Agenda:
    """A dozen parties with three actors each, twelve issues of substance, process and prospects."""
    parties = tuple(Party(f"p{i}", f"Party{i:02d}land") for i in range(PARTIES))
    actors = tuple(
        Actor(f"a{i}_{k}", f"Speaker {i:02d} {kind.value}", party=f"p{i}", authority=kind)
        for i in range(PARTIES)
        for k, kind in enumerate((Authority.PRINCIPAL, Authority.SPOKESPERSON, Authority.OFFICIAL_UNNAMED))
    )
    issues = [Issue(f"i{n}", f"Issue {n}") for n in range(ISSUES - 2)]
    issues += [Issue("process", "Process", kind="process"), Issue("prospects", "Prospects", kind="prospects")]
    return Agenda("generated", parties, actors, tuple(issues))


def words(chance: random.Random) -> list[str]:
    """A vocabulary of 4,000 made-up words."""
    return ["".join(chance.choices(_SYLLABLES, k=3)) for _ in range(4000)]


def record(count: int, talks: Agenda) -> Iterator[tuple[Document, Reading, str | None]]:
    """Reports with about `count` statements in all, each with the id of the report that it reprints, if any."""
    chance = random.Random(20310301)
    vocabulary = words(chance)
    last: tuple[Document, Reading] | None = None
    for number in range(max(1, count // PER_REPORT)):
        name, day = f"r{number:06d}", date(2020, 1, 1) + timedelta(days=number * 2000 * PER_REPORT // max(count, 1))
        if last and number % REPRINTS == 0:
            document, reading = last
            copied = tuple(_moved(s, name, k) for k, s in enumerate(reading.statements, 1))
            yield (
                Document(name, document.text, day),
                Reading(name, day, "made", "", copied, reading.events),
                document.id,
            )
            continue
        text, statements = "", []
        for k in range(1, PER_REPORT + 1):
            statement, quote = _statement(chance, vocabulary, talks, name, k, len(text), day)
            statements.append(statement)
            text += quote + " "
        one, other = chance.sample(talks.actors, 2)
        event = Event("meeting", EventStatus.PLANNED, ((0, 20),), (one.name, other.name), None, day, day)
        last = (Document(name, text, day), Reading(name, day, "made", "", tuple(statements), (event,)))
        yield (*last, None)


def _moved(s: Statement, name: str, number: int) -> Statement:
    return replace(s, id=f"{name}#{number}", passage=replace(s.passage, document=name))


def _statement(
    chance: random.Random, vocabulary: list[str], talks: Agenda, name: str, number: int, start: int, day: date
) -> tuple[Statement, str]:
    topic = chance.randrange(40) * 100  # statements of one topic share words
    quote = " ".join([*chance.choices(vocabulary[topic : topic + 30], k=6), *chance.choices(vocabulary, k=4)])
    actor = chance.choice(talks.actors)
    own = chance.random() < 0.3
    issue = chance.choices(talks.issues, weights=[4] + [1] * (ISSUES - 1))[0]
    act = chance.choice(list(Act))
    assess = issue.kind == "prospects"
    quantity = (Quantity(n := float(chance.randrange(10, 20)), n, "month", (start, start + 3)),)
    statement = Statement(
        f"{name}#{number}",
        Document(name, "x" * start + quote).passage(start, start + len(quote)),
        Mode.AUTHOR if own else chance.choice([Mode.DIRECT, Mode.INDIRECT, Mode.REPORTED_STANCE]),
        AUTHOR if own else actor.name,
        Act.ASSESS if assess else act,
        chance.choice([Certainty.ASSERTED] * 4 + [Certainty.PREDICTED]),
        holder=None if chance.random() < 0.2 else next(p.name for p in talks.parties if p.id == actor.party),
        issue=issue.id,
        polarity=chance.choice([None, Polarity.PRO, Polarity.CON]),
        status=chance.choice([StatusClaim.CLOSE, StatusClaim.STALLED]) if assess else None,
        said=Said(None, day),
        quantities=quantity if chance.random() < 0.1 else (),
    )
    return statement, quote


def main(count: int = 500_000) -> None:
    """Build the ledger of a generated record with `count` statements and print what it took."""
    talks = agenda()
    documents, readings, copies = {}, [], []
    for document, reading, original in record(count, talks):
        documents[document.id] = document
        readings.append(reading)
        if original:
            copies.append(DuplicateGroup(original, (original, document.id), 1.0))
    number = sum(len(r.statements) for r in readings)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    ledger = build(readings, talks, documents=documents, duplicates=copies)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{number:,} statements in {len(readings):,} reports: {seconds:.1f} s, {number / seconds:,.0f} a second")
    print(f"memory: {before:.0f} MiB with the readings, {peak:.0f} MiB at the peak")
    told = sum(s.same_utterance_as is not None for s in ledger.statements)
    print(f"told again {told:,}; positions {len(ledger.positions)}; tensions {len(ledger.tensions)}; ", end="")
    print(f"relations {len(ledger.relations):,}; events {len(ledger.events):,}; gaps {len(gaps(ledger, documents))}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
