"""What is kept in a large case for its pages: which statements wait for review and in which order, what the ledger
rests on, how many statements each document has, who speaks.

All of it is folded from the whole case at once, and looked up a little at a time. It is a projection: dropped without
loss, and folded anew when the case has gone on.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

from comity import ledger
from comity.case import Case, Revision
from comity.case.paging import decided_documents, listed
from comity.case.shelf import shelve, shelved
from comity.desk import columns, reviewing
from comity.desk.part import part_of_case
from comity.desk.pool import Tick
from comity.desk.register import Register
from comity.ledger.daybook.days import NEVER, day_of
from comity.reading import READER
from comity.words import AUTHOR, Agenda, Ledger, Mode, Review, Statement, fold, target_of

NAME = "desk"
"""Under which the rows stand among the projections."""
SOURCE = f"3; {ledger.VERSION}; {READER}"
"""What they were folded with: rows of another version are none."""
PER_ROW = 500
"""Statements of the queue that stand in one row."""
MOST_NAMES = 2_000
"""Names that can be chosen from, those first that say most."""

Place = tuple[int, float, str]
"""Where a statement stands in the queue: minus what it bears on, the reader's confidence, its id."""


@dataclass(frozen=True)
class Waits:
    """A statement of the queue. `target` is what decisions on it are on."""

    id: str
    bears_on: int
    confidence: float
    target: str


@dataclass(frozen=True)
class About:
    """What is kept of the statements of one document. `bears_on` leaves out those that nothing rests on; `rests` are
    the positions (party, issue) that a statement supports; `same` its utterance's first telling."""

    bears_on: dict[str, int] = field(default_factory=dict)
    rests: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """What was kept: of which revision, and figures of the whole. `first` are the first places of the queue's rows."""

    revision: Revision
    statements: int
    reviewed: int
    waiting: int
    first: tuple[Place, ...]
    names: tuple[str, ...]
    """Everybody who speaks, those first that say most."""
    unknown: tuple[tuple[str, int], ...]
    """Speakers and holders that the agenda does not know, and how often they say something."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Statements of one document that count: all, those under a speaker, of these with quoted words, the reporter's
    own, of these accounts of a stance; and how many of all a person has looked at."""

    statements: int
    attributed: int
    quoted: int
    reporters: int
    stances: int
    reviewed: int


def keep_all(case: Case, agenda: Agenda, agenda_hash: str, made: Ledger, tick: Tick | None = None) -> None:
    """Keeps what pages look up. `made` is the ledger of all of the case, with what it weighs; statements are taken from
    the case a document at a time."""
    revision = case.revision()
    shelve(case, NAME, SOURCE, dict(_rows(case, revision, agenda, agenda_hash, made, tick)), [""])


def _rows(
    case: Case, revision: Revision, agenda: Agenda, agenda_hash: str, made: Ledger, tick: Tick | None
) -> Iterator[tuple[str, bytes]]:
    weight = reviewing.weights(made)
    queue: list[tuple[int, float, str, str]] = []
    names: Counter[str] = Counter()
    holders: Counter[str] = Counter()
    held: Counter[str] = Counter()
    issues: Counter[str | None] = Counter()
    options: Counter[tuple[str | None, str | None]] = Counter()
    figures: dict[str, Figures] = {}
    listed_ = Register(listed(case))
    making = columns.Making()
    for n, (row, ends, statements, reviews) in enumerate(_statements(case, agenda, agenda_hash, listed_), 1):
        making.add(row, ends, statements, reviews)
        if ends < NEVER:
            statements = ()  # of all documents together another one stands for it
        figures[row.id] = figures_of(statements, reviews)
        for s in statements:
            names[s.speaker] += 1
            holders.update({s.speaker, s.holder or s.speaker})
            held[s.holder or s.speaker] += 1
            issues[s.issue] += 1
            options[s.issue, s.option] += 1
            if reviews.get(s.id, Review.UNREVIEWED) is Review.UNREVIEWED:
                queue.append((-weight.get(s.id, 0), s.confidence, s.id, target_of(s.passage, s.speaker)))
        if tick:
            tick(n, len(listed_.rows))
    queue.sort()
    first = []
    for n in range(0, len(queue), PER_ROW):
        some = queue[n : n + PER_ROW]
        first.append(some[0][:3])
        yield f"queue {n // PER_ROW:06}", _packed([(id_, -less, sure, on) for less, sure, id_, on in some])
    yield from making.made().packed().items()
    yield "figures", _packed({document: astuple(each) for document, each in figures.items()})
    yield from _about(made, weight)
    known = {fold(n) for p in agenda.parties for n in (p.name, *p.aliases)}
    known |= {fold(n) for a in agenda.actors for n in (a.name, *a.aliases)}
    unknown = Counter({name: count for name, count in holders.items() if name != AUTHOR and fold(name) not in known})
    yield "tally", _packed([_most(held), _most(names), list(issues.items()), [[*k, n] for k, n in options.items()]])
    head = {
        "revision": astuple(revision),
        "statements": sum(each.statements for each in figures.values()),
        "reviewed": sum(each.reviewed for each in figures.values()),
        "waiting": len(queue),
        "first": first,
        "names": [name for name, _ in _most(names)],
        "unknown": _most(unknown),
    }
    yield "head", _packed(head)


def _statements(case: Case, agenda: Agenda, agenda_hash: str, register: Register) -> Iterator[columns.Part]:
    """The statements of each document as decided, a document at a time; also of those that another one supersedes."""
    decided = decided_documents(case)
    for row in register.rows:
        if decided is not None and row.id not in decided and not register.superseded:
            reading = case.readings(READER, agenda_hash, of=[row.id]).get(row.id)
            yield columns.Named(row.id, row.published), NEVER, reading.statements if reading else (), {}
        else:
            yield part_in(case, row.id, agenda, agenda_hash, register)


def part_in(case: Case, document: str, agenda: Agenda, agenda_hash: str, register: Register) -> columns.Part:
    """The statements of one document as decided, whether another one supersedes it or not."""
    found = case.document(document)
    part = part_of_case(case, found, agenda, agenda_hash, Register(()))
    ends = columns.end_of(ends_of(register), found.id, found.identity)
    return columns.Named(document, found.published), ends, part.statements, part.reviews


def ends_of(register: Register) -> dict[str, int]:
    """The day from which on documents, by id or identity, are superseded."""
    ends: dict[str, int] = {}
    for row in register.rows:
        if row.supersedes:
            ends[row.supersedes] = min(ends.get(row.supersedes, NEVER), day_of(row.published))
    return ends


def figures_of(statements: Iterable[Statement], reviews: Mapping[str, Review]) -> Figures:
    """Statements counted by how they are reported, as `comity.desk.parts.values.Source` counts them."""
    count = Counter[Mode]()
    seen = 0
    for s in statements:
        count[s.mode] += 1
        seen += reviews.get(s.id, Review.UNREVIEWED) is not Review.UNREVIEWED
    reporters = count[Mode.AUTHOR] + count[Mode.REPORTED_STANCE]
    all_ = sum(count.values())
    quoted = count[Mode.DIRECT] + count[Mode.MIXED]
    return Figures(all_, all_ - reporters, quoted, reporters, count[Mode.REPORTED_STANCE], seen)


def _most(count: Counter[str]) -> list[tuple[str, int]]:
    return sorted(count.items(), key=lambda each: (-each[1], each[0]))[:MOST_NAMES]


def _about(made: Ledger, weight: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    document = {s.id: s.document for s in made.statements}
    found: dict[str, dict[str, dict[str, Any]]] = {}

    def of(id_: str) -> dict[str, dict[str, Any]]:
        where = document.get(id_) or id_.rpartition("#")[0]
        return found.setdefault(where, {"bears_on": {}, "rests": {}, "same": {}})

    for id_, heavy in weight.items():
        of(id_)["bears_on"][id_] = heavy
    for position in made.positions:
        for id_ in position.statements:
            of(id_)["rests"].setdefault(id_, []).append((position.party, position.issue))
    for s in made.statements:
        if s.same_utterance_as:
            of(s.id)["same"][s.id] = s.same_utterance_as
    for where, about in found.items():
        yield f"document {where}", _packed(about)


def head(case: Case) -> Head | None:
    """What was kept last, or None."""
    row = _one(case, "head")
    if row is None:
        return None
    decisions, agenda, documents, readings, expunged = row["revision"]
    return Head(
        Revision(decisions, agenda, documents, (readings[0], readings[1]), expunged),
        row["statements"],
        row["reviewed"],
        row["waiting"],
        tuple((less, sure, id_) for less, sure, id_ in row["first"]),
        tuple(row["names"]),
        tuple((name, count) for name, count in row["unknown"]),
    )


def same_record(then: Revision, now: Revision) -> bool:
    """True if since then only decisions came in: no document, reading or agenda."""
    return (then.agenda, then.documents, then.readings, then.expunged) == (
        now.agenda, now.documents, now.readings, now.expunged
    )  # fmt: skip


def figures(case: Case) -> dict[str, Figures]:
    """The figures of each document."""
    return {document: Figures(*each) for document, each in (_one(case, "figures") or {}).items()}


def spread(case: Case) -> columns.Columns | None:
    """All statements as columns of numbers."""
    rows = shelved(case, NAME, SOURCE, f"{columns.ROWS} ")
    return columns.Columns.unpacked(rows) if rows else None


Tallies = tuple[dict[str, int], dict[str, int], dict[str | None, int], dict[tuple[str | None, str | None], int]]


def tally(case: Case) -> Tallies:
    """Statements by who holds or says them, by who says them, by issue, by issue and option."""
    held, said, issues, options = _one(case, "tally") or ([], [], [], [])
    return dict(held), dict(said), dict(issues), {(issue, option): count for issue, option, count in options}


def about(case: Case, document: str) -> About:
    """What is kept of the statements of one document."""
    row = _one(case, f"document {document}")
    if row is None:
        return About()
    rests = {id_: [(party, issue) for party, issue in pairs] for id_, pairs in row["rests"].items()}
    return About(row["bears_on"], rests, row["same"])


def queue(case: Case, begin: int = 0) -> Iterator[Waits]:
    """The queue as it was kept, from row `begin` on."""
    while True:
        rows: Sequence[Any] | None = _one(case, f"queue {begin:06}")
        if rows is None:
            return
        yield from (Waits(*row) for row in rows)
        begin += 1


def place(case: Case, of: Head, item: Place) -> int:
    """Where in the queue as it was kept an item stands, from 1; 0 if it does not."""
    n = bisect_right(of.first, item) - 1
    if n < 0:
        return 0
    rows: Iterable[Any] = _one(case, f"queue {n:06}") or ()
    at = next((at for at, row in enumerate(rows) if row[0] == item[2]), None)
    return 0 if at is None else n * PER_ROW + at + 1


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def _one(case: Case, key: str) -> Any:
    row = case.projection(NAME, key, SOURCE)
    return None if row is None else json.loads(zlib.decompress(row))
