"""What pages see of a case a document or a statement at a time.

Of a case that is in memory as a whole, `Whole` gives it; of a large one, `comity.desk.web.wide.Wide` looks it up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from comity.case import Revision
from comity.desk import reviewing
from comity.desk.part import Part, part_of_material
from comity.desk.register import Register, register
from comity.desk.web.state import Desk, State
from comity.words import AUTHOR, Agenda, Document, Ledger, Review, Statement, fold, target_of


@dataclass(frozen=True)
class Waiting:
    """The queue of review as one window sees it: the id of what comes first, how many wait, how many it skipped.

    `place` says where in it a statement stands, from 1 (0: it does not, or that is not known); `bears_on` on how much.
    """

    first: str | None
    total: int
    skipped: int
    place: Callable[[str], int]
    bears_on: Callable[[str], int]


@dataclass(frozen=True)
class Figures:
    """How many statements count, how many a person has looked at, and who speaks in them."""

    statements: int
    reviewed: int
    speakers: tuple[str, ...]


@dataclass(frozen=True)
class Cited:
    """What a label of the brief opens: a place in a document, and the statement there (of an event: None)."""

    document: str
    start: int
    end: int
    statement: str | None


@dataclass(frozen=True)
class Supporting:
    """Some of the statements behind a cell of the matrix, newest first, of `total` in all; which of them are weighed,
    and what people marked them as."""

    total: int
    statements: tuple[Statement, ...]
    weighed: frozenset[str]
    reviews: Mapping[str, Review]


@dataclass(frozen=True)
class Tally:
    """How many statements there are by who holds or says them, by who says them, by issue, and by issue and option;
    `unknown` are speakers and holders that the agenda does not know, those first that say most."""

    held: Mapping[str, int]
    said: Mapping[str, int]
    issues: Mapping[str | None, int]
    options: Mapping[tuple[str | None, str | None], int]
    unknown: Sequence[tuple[str, int]]


class View(Protocol):
    """The case at one revision."""

    @property
    def revision(self) -> Revision:
        """How far the case had got."""

    def register(self) -> Register:
        """All documents, without their texts."""

    def agenda(self) -> Agenda:
        """The agenda in force."""

    def document(self, id_: str) -> Document | None:
        """The document with this id, or None."""

    def document_of(self, statement: str) -> str | None:
        """The id of the document that a statement stands in, or None."""

    def part(self, id_: str, as_of: date | None = None) -> Part | None:
        """One document with its statements as decided, as a ledger as of a date has them; None if there is none."""

    def counts(self, documents: Iterable[str]) -> dict[str, int]:
        """How many statements that count each of these documents has."""

    def figures(self) -> Figures:
        """Figures of the whole."""

    @property
    def proposed(self) -> bool:
        """True if the machine proposed the agenda, and no person has set one."""

    def waiting(self, skipped: Collection[str]) -> Waiting:
        """What waits for review, without what was skipped."""

    def queue(self, offset: int, limit: int) -> list[tuple[str, int]]:
        """Of what waits for review, so many ids, and on how much each bears."""

    def rests_on(self, statement: Statement, as_of: date | None) -> list[tuple[str, str]]:
        """The positions (party, issue) that a statement supports as of a date."""

    def same_utterance(self, statement: Statement, as_of: date | None) -> str:
        """The id of the statement that stands for its utterance, if it is another."""

    def cited(self, label: str, as_of: date | None, since: date | None) -> Cited | None:
        """What a label of the brief of these dates opens, or None."""

    def stand(self, party: str, issue: str, as_of: date | None, *, told: bool, offset: int, limit: int) -> Supporting:
        """What supports a party's position on an issue, newest first; with `told`, what others tell of it."""

    def tally(self, as_of: date | None) -> Tally:
        """Statements counted for the agenda."""


class Whole:
    """A case that is in memory, in one state of it."""

    def __init__(self, desk: Desk, state: State) -> None:
        self._desk, self._state = desk, state

    @property
    def revision(self) -> Revision:
        return self._state.revision

    def register(self) -> Register:
        return self._desk.folded("register", lambda s: register(s.material.documents), self._state)

    def agenda(self) -> Agenda:
        return self._state.material.agenda

    def document(self, id_: str) -> Document | None:
        known = self._desk.folded("documents by id", lambda s: {d.id: d for d in s.material.documents}, self._state)
        return known.get(id_)

    def document_of(self, statement: str) -> str | None:
        def fold(state: State) -> dict[str, str]:
            known = {s.id: s.document for r in state.material.readings for s in r.statements}
            return known | {s.id: s.document for s in self._desk.ledger(None, state).statements}

        return self._desk.folded("documents of statements", fold, self._state).get(statement)

    def part(self, id_: str, as_of: date | None = None) -> Part | None:
        document = self.document(id_)
        if document is None:
            return None
        own = self._by_document(as_of).get(id_, ())
        return part_of_material(self._state.material, self._desk.ledger(as_of, self._state), document, tuple(own))

    def counts(self, documents: Iterable[str]) -> dict[str, int]:
        by_document = self._by_document(None)
        return {id_: len(by_document.get(id_, ())) for id_ in documents}

    def figures(self) -> Figures:
        def fold(state: State) -> Figures:
            made = self._desk.ledger(None, state)
            return Figures(len(made.statements), len(made.reviews), tuple({s.speaker for s in made.statements}))

        return self._desk.folded("figures", fold, self._state)

    @property
    def proposed(self) -> bool:
        return bool(self._state.material.proposed)

    def waiting(self, skipped: Collection[str]) -> Waiting:
        desk, state = self._desk, self._state
        items = self._queue()
        if desk.behind:  # a queue of an earlier state: what was decided since waits no more
            decided = {d.target for d in state.material.decisions}
            items = tuple(i for i in items if target_of(i.statement.passage, i.statement.speaker) not in decided)
        left = tuple(item for item in items if item.statement.id not in skipped)
        return Waiting(
            left[0].statement.id if left else None,
            len(left),
            len(items) - len(left),
            lambda id_: next((n for n, i in enumerate(left, 1) if i.statement.id == id_), 0),
            lambda id_: next((i.bears_on for i in left if i.statement.id == id_), 0),
        )

    def queue(self, offset: int, limit: int) -> list[tuple[str, int]]:
        return [(i.statement.id, i.bears_on) for i in self._queue()[offset : offset + limit]]

    def _queue(self) -> tuple[reviewing.Item, ...]:
        return self._desk.folded("queue", lambda s: reviewing.queue(self._desk.ledger(None, s)), self._state)

    def rests_on(self, statement: Statement, as_of: date | None) -> list[tuple[str, str]]:
        made = self._desk.ledger(as_of, self._state)
        return [(p.party, p.issue) for p in made.positions if statement.id in p.statements]

    def same_utterance(self, statement: Statement, as_of: date | None) -> str:
        return statement.same_utterance_as or ""

    def cited(self, label: str, as_of: date | None, since: date | None) -> Cited | None:
        brief = self._desk.brief(as_of, since, self._desk.strictest(self._state), self._state)
        found = next((c for c in brief.citations if c.label == label), None)
        if found is None:
            return None
        document = next(s.document for s in brief.sources if s.letter == found.letter)
        return Cited(document, found.start, found.end, found.statement)

    def stand(self, party: str, issue: str, as_of: date | None, *, told: bool, offset: int, limit: int) -> Supporting:
        made = self._desk.ledger(as_of, self._state)
        entries = made.outlooks if told else made.positions
        ids = [id_ for e in entries if (e.party, e.issue) == (party, issue) for id_ in e.statements]
        by_id = {s.id: s for s in made.statements if s.id in set(ids)}
        some = tuple(by_id[id_] for id_ in ids[offset : offset + limit])
        return Supporting(len(ids), some, frozenset(ids), dict(made.reviews))

    def tally(self, as_of: date | None) -> Tally:
        made = self._desk.ledger(as_of, self._state)
        return Tally(
            Counter(s.holder or s.speaker for s in made.statements),
            Counter(s.speaker for s in made.statements),
            Counter(s.issue for s in made.statements),
            Counter((s.issue, s.option) for s in made.statements),
            unknown(made.agenda, made.statements),
        )

    def _by_document(self, as_of: date | None) -> dict[str, list[Statement]]:
        desk = self._desk
        return desk.folded(
            ("statements by document", as_of), lambda s: _by_document(desk.ledger(as_of, s)), self._state
        )


def unknown(agenda: Agenda, statements: Iterable[Statement]) -> list[tuple[str, int]]:
    """Speakers and holders that the agenda does not know, those first that say most."""
    known = {fold(n) for p in agenda.parties for n in (p.name, *p.aliases)}
    known |= {fold(n) for a in agenda.actors for n in (a.name, *a.aliases)}
    count: Counter[str] = Counter()
    for s in statements:
        for name in {s.speaker, s.holder or s.speaker}:
            if name != AUTHOR and fold(name) not in known:
                count[name] += 1
    return sorted(count.items(), key=lambda item: (-item[1], item[0]))


def _by_document(made: Ledger) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for s in made.statements:
        found.setdefault(s.document, []).append(s)
    return found
