"""A large case as its pages see it: looked up, never in memory as a whole.

Three things stand behind it: the case file itself; the ledger's daybook, which knows who stood where on any day; and
what the desk keeps beside it (`comity.desk.keeping`). The last two are folded in a process of its own after an import,
and the pages wait for that once; after a decision they go on from what they had.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from comity.case import Case, Kept, Revision, effective
from comity.case.paging import decisions_in_brief, decisions_on_none, kinds_since
from comity.case.shelf import words_at
from comity.desk import dated, keeping, large_brief
from comity.desk.folding import fold_in_process
from comity.desk.paragraphs import paragraphs_of
from comity.desk.part import Part
from comity.desk.parts import labels
from comity.desk.parts.values import Paragraph
from comity.desk.pool import Tick
from comity.desk.register import Register
from comity.desk.web.apart import Apart
from comity.desk.web.behind import Behind, Busy
from comity.desk.web.turns import Turns
from comity.desk.web.views import Cited, Figures, Supporting, Tally, Waiting
from comity.ledger import Daybook, Matrix
from comity.ledger.daybook.days import day_of
from comity.reading import READER
from comity.words import (
    Agenda,
    Change,
    ComityError,
    Decision,
    DecisionKind,
    Document,
    Handling,
    InputError,
    Ledger,
    NegotiationModel,
    Statement,
    from_json,
)

if TYPE_CHECKING:
    from comity.desk.columns import Columns
    from comity.desk.pictures.spread import Spread
    from comity.desk.web.state import Desk

KEPT = 48
"""Values looked up (matrices, differences) that are kept in memory at once."""
PAGES = 8
"""Pages put together that are kept in memory at once: one may take some megabytes."""
COUNTED = 6
"""Pictures of all statements that are kept in memory at once."""
MANY = 5_000
"""Decisions from which on the queue is folded anew."""
QUIET = 20.0
"""Seconds without a decision after which older days are folded."""
LOOK_AGAIN = 60.0
"""Seconds after which the daybook is looked at anew while it is being folded."""
AT_ONCE = 0.05
"""Seconds that a page waits for what is worked out meanwhile: so that what is there at once is shown at once."""
_CODING = (DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.CORRECT, DecisionKind.CODE)

_Value = TypeVar("_Value")


class Wide:
    """What all threads share of a large case."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.look = desk, desk.look
        self.apart = Apart()
        self.folding, self.turns = Behind(), Turns()
        self._lock = threading.Lock()
        self._values: defaultdict[int, OrderedDict[Hashable, Any]] = defaultdict(OrderedDict)
        self._head: tuple[bytes, keeping.Head | None] | None = None
        self._book: tuple[int, Daybook] | None = None
        self._fresh: Revision | None = None
        self._tried: Revision | None = None
        self._stop = threading.Event()
        self._spreading = threading.RLock()
        self._columns: tuple[Revision, int, Columns] | None = None
        self._spreads: OrderedDict[Hashable, Any] = OrderedDict()
        self._fault: tuple[Revision, ComityError] | None = None

    def view(self) -> WideView:
        """The case as it is now. Raises Busy while it is folded for the first time."""
        now = self.look.revision()
        head = self.head()
        if head is None and self._fault is not None and self._fault[0] == now:
            raise self._fault[1]
        if head is None or self._stale(head, now):
            work = self._fold(now)
            if head is None:
                self.folding.wait(work, self.desk.patience, None)
                head = self.head()
        if head is None:  # something came in meanwhile
            raise Busy("Folding")
        return WideView(self, now, head)

    def head(self) -> keeping.Head | None:
        """The figures of what was kept last."""
        counter = self.look.changes()
        known = self._head
        if known is None or known[0] != counter:
            with self.look.case() as case:
                known = self._head = (counter, keeping.head(case))
        return known[1]

    @property
    def behind(self) -> bool:
        """True while the pages do not show the newest edits or documents yet."""
        now, head, fresh = self.look.revision(), self.head(), self._fresh
        late = fresh is not None and fresh.decisions < now.decisions
        return self.folding.working and (late or head is None or not keeping.same_record(head.revision, now))

    def book(self) -> Daybook:
        """The ledger's daybook."""
        now = self.look.revision()
        with self._lock:
            if self._book is None or self._book[0] != now.agenda:
                agenda, _ = self.look.agenda()
                self._book = (now.agenda, Daybook(agenda or Agenda(), Kept(self.look.path, READER)))
            return self._book[1]

    def columns(self, now: Revision, head: keeping.Head) -> Columns:
        """All statements as columns of numbers, with what was decided since they were kept."""
        from comity.desk.columns import Columns

        with self._spreading:
            known = self._columns
            if known is None or known[0] != head.revision:
                with self.look.case() as case:
                    found = keeping.spread(case) or Columns.none()
                known = (head.revision, head.revision.decisions, found)
            if known[1] < now.decisions:
                known = (known[0], now.decisions, self._gone_on(known[2], known[1]))
            if self._columns is None or known[2] is not self._columns[2]:
                self._spreads.clear()  # what was counted in the others goes with them
            self._columns = known
            return known[2]

    def _gone_on(self, columns: Columns, since: int) -> Columns:
        agenda, key = self.look.agenda()
        register = self.look.register()
        with self.look.case() as case:
            changed = dict.fromkeys(document for _, _, document in kinds_since(case, since) if document)
            parts = [keeping.part_in(case, id_, agenda or Agenda(), key, register) for id_ in changed]
        return columns.with_documents(parts) if parts else columns

    def counted(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """What was counted in the columns, found again among the last things counted in them."""
        with self._spreading:
            if key in self._spreads:
                self._spreads.move_to_end(key)
                return cast(_Value, self._spreads[key])
            now = self._columns
        value = make()
        with self._spreading:
            if now is self._columns:
                self._spreads[key] = value
                while len(self._spreads) > COUNTED:
                    self._spreads.popitem(last=False)
        return value

    def worked(self, as_of: date | None, now: Revision, fresh: Revision) -> Worked:
        """What is kept of a date. Where that is not of this revision, it is worked out behind the pages."""
        with self.look.case() as case:
            head = dated.head(case, as_of)
        if head is not None and head.revision == now:
            return Worked(self, as_of, head)
        fault = ""
        if fresh.decisions == now.decisions and not self.desk.imports:  # else the daybook is not so far yet
            fault = self.turns.ask(("dated", as_of, now), lambda: self.apart.run(dated.work_out, self.look.path, as_of))
        newer = now.decisions - head.revision.decisions if head else 0
        return Worked(self, as_of, head, True, newer, fault)

    def asked(self, key: Hashable, work: Callable[..., _Value], *args: Any) -> _Value:
        """What work of a process of its own gives, as soon as it is there. Raises Busy until then, InputError if it
        cannot be had."""
        with self._lock:
            if key in self._values[KEPT]:
                self._values[KEPT].move_to_end(key)
                return cast(_Value, self._values[KEPT][key])
        fault = self.turns.ask(key, lambda: self.known(key, lambda: self.apart.run(work, *args)))
        if fault:
            raise InputError(fault)
        raise Busy("Working it out")

    def known(self, key: Hashable, make: Callable[[], _Value], most: int = KEPT) -> _Value:
        """A value that is quick to look up, found again while it is among the last ones asked for: so many of those
        that are kept up to the same number."""
        with self._lock:
            values = self._values[most]
            if key in values:
                values.move_to_end(key)
                return cast(_Value, values[key])
        value = make()
        with self._lock:
            values[key] = value
            while len(values) > most:
                values.popitem(last=False)
        return value

    def found(self, key: Hashable) -> Any:
        """A value that is known by now, or None."""
        with self._lock:
            return self._values[KEPT].get(key)

    def _stale(self, head: keeping.Head, now: Revision) -> bool:
        """True if more has come in than decisions, or very many of those."""
        if self.desk.imports or self._tried == now:
            return False
        return not keeping.same_record(head.revision, now) or now.decisions - head.revision.decisions > MANY

    def _fold(self, now: Revision) -> Future[None]:
        return self.folding.start(("fold", now), lambda: self._fold_whole(now))

    def _fold_whole(self, now: Revision) -> None:
        self._stop.clear()
        try:
            fold_in_process(self.look.path, self.desk.workers, self._shows, self._stop)
        except ComityError as error:
            self._fault = (now, error)
            raise
        finally:
            self._tried = now  # what could not be folded is not tried again until something changes
            self._book = self._fresh = None

    @contextmanager
    def _shows(self, what: str) -> Iterator[Tick]:
        """Shows how far it has got; now and then the daybook is looked at anew, for the days that were folded."""
        looked = time.monotonic()
        with self.folding.shows(what) as shown:

            def tick(done: int, all_: int) -> None:
                nonlocal looked
                if time.monotonic() - looked > LOOK_AGAIN:
                    self._book, looked = None, time.monotonic()
                shown(done, all_)

            yield tick

    def refreshed(self, now: Revision) -> Revision:
        """Lets the daybook take note of what was decided, and waits a moment for it; the revision that it knows."""
        if self._fresh is None and dated.current(Kept(self.look.path, READER)):  # as it was kept, it has everything
            self._fresh = now
        fresh = self._fresh or replace(now, decisions=-1)
        if fresh.decisions < now.decisions and not self.desk.imports:
            self._stop.set()  # older days can wait
            with suppress(Busy):  # then the page says that it does not show the newest edits yet
                self.folding.wait(self.folding.start(("refresh", now), lambda: self._refresh(now)), AT_ONCE, None)
        return self._fresh or fresh

    def _refresh(self, now: Revision) -> None:
        path = self.look.path
        if not self.apart.run(dated.refresh, path) and self._tried != now:  # names judged to be one: only a fold helps
            self._fold_whole(now)
            self.apart.run(dated.refresh, path)
        self.book().reload()
        self._fresh = now
        if self.book().state == "partly":
            timer = threading.Timer(QUIET, self._go_on, (now,))
            timer.daemon = True
            timer.start()

    def _go_on(self, now: Revision) -> None:
        """Goes on with older days, if nobody has decided anything for a while."""
        if self.look.revision().decisions == now.decisions and not self.folding.working:
            self.folding.start(("fold", now), lambda: self._fold_whole(now), asked=False)


@dataclass(frozen=True)
class Worked:
    """What is kept of a date as a page sees it. `head` is None where nothing is yet; with `waits` it is being worked
    out, and what is there is of the case before `newer` decisions. `fault` says what went wrong lately."""

    wide: Wide
    as_of: date | None
    head: dated.Head | None
    waits: bool = False
    newer: int = 0
    fault: str = ""

    def part(self, name: str) -> Any:
        """One part of it, as plain JSON; None where it is not there."""
        if self.head is None:
            return None
        key = ("part", self.as_of, self.head.stamp, name)
        found = self.wide.found(key)
        if found is None:
            found = self.looked_up(name)
            if found is not None:  # else it may come yet
                self.wide.known(key, lambda: found)
        return found

    def looked_up(self, name: str) -> Any:
        """The same of what is needed once only."""
        with self.wide.look.case() as case:
            return dated.part(case, self.as_of, self.head, name) if self.head else None


class WideView:
    """A large case at one revision."""

    def __init__(self, wide: Wide, now: Revision, head: keeping.Head) -> None:
        self._wide, self._now, self._head = wide, now, head
        self._worked: dict[date | None, Worked] = {}

    @property
    def revision(self) -> Revision:
        return self._now

    def register(self) -> Register:
        return self._wide.look.register()

    def agenda(self) -> Agenda:
        return self._wide.look.agenda()[0] or Agenda()

    @property
    def proposed(self) -> bool:
        return False

    def document(self, id_: str) -> Document | None:
        return self._wide.look.document(id_)

    def document_of(self, statement: str) -> str | None:
        return self._wide.look.document_of(statement)

    def part(self, id_: str, as_of: date | None = None) -> Part | None:
        agenda, key = self._wide.look.agenda()
        found = self._wide.look.part(id_, agenda or Agenda(), key)
        return None if found is None else found.as_of(as_of)

    def figures(self) -> Figures:
        head = self._head
        decided = self._decided()
        return Figures(head.statements, head.reviewed + len(decided.newly), head.names)

    def counts(self, documents: Iterable[str]) -> dict[str, int]:
        known = self._figures()
        return {id_: known[id_].statements for id_ in documents if id_ in known}

    def waiting(self, skipped: Collection[str]) -> Waiting:
        decided = self._decided()
        head = self._head
        first, bears = None, dict[str, int]()
        with self._wide.look.case() as case:
            for each in keeping.queue(case):
                if each.target not in decided.all and each.id not in skipped:
                    first = each.id
                    bears[each.id] = each.bears_on
                    break

        def bears_on(id_: str) -> int:
            if id_ in bears:
                return bears[id_]
            return self._about(id_).bears_on.get(id_, 0)

        total = max(0, head.waiting - len(decided.newly) - len(skipped))
        return Waiting(first, total, len(skipped), lambda id_: int(id_ == first), bears_on)

    def queue(self, offset: int, limit: int) -> list[tuple[str, int]]:
        decided = self._decided().all
        found: list[tuple[str, int]] = []
        with self._wide.look.case() as case:
            begin = offset // keeping.PER_ROW
            left = offset if begin == 0 else offset - begin * keeping.PER_ROW
            for each in keeping.queue(case, begin):
                if each.target in decided:
                    continue
                if left > 0:
                    left -= 1
                    continue
                found.append((each.id, each.bears_on))
                if len(found) == limit:
                    break
        return found

    def rests_on(self, statement: Statement, as_of: date | None) -> list[tuple[str, str]]:
        if as_of is None:
            return self._about(statement.id).rests.get(statement.id, [])
        return [(p.party, p.issue) for p in self.matrix(as_of).positions if statement.id in p.statements]

    def same_utterance(self, statement: Statement, as_of: date | None) -> str:
        return statement.same_utterance_as or self._about(statement.id).same.get(statement.id, "")

    def cited(self, label: str, as_of: date | None, since: date | None) -> Cited | None:
        letter = label.rstrip("0123456789")
        event = letter.endswith("e")
        at = labels.place(letter.removesuffix("e"))
        register = self.register()
        if at is None or at >= register.until(as_of):
            return None
        document = register.rows[at].id
        if event:
            rest = self.rest(as_of)
            found = next((c for c in rest.brief.citations if c.label == label), None) if rest else None
            return None if found is None else Cited(document, found.start, found.end, None)
        part = self.part(document, as_of)
        if part is None:
            return None
        known = labels.labels_of(part.statements, {document: letter})
        statement = next((s for s in part.statements if known.get(s.id) == label), None)
        if statement is None:
            return None
        return Cited(document, statement.passage.start, statement.passage.end, statement.id)

    def stand(self, party: str, issue: str, as_of: date | None, *, told: bool, offset: int, limit: int) -> Supporting:
        found = self._wide.book().evidence(party, issue, as_of, offset=offset, limit=limit, told=told)
        return Supporting(found.total, found.statements, found.within, found.reviews)

    def tally(self, as_of: date | None) -> Tally:
        held, said, issues, options = self._ask(keeping.tally)
        return Tally(Counter(held), Counter(said), Counter(issues), Counter(options), self._head.unknown)

    # who stands where

    @cached_property
    def stood(self) -> Revision:
        """The revision that the matrix is of: nearly always the newest."""
        return self._wide.refreshed(self._now)

    def matrix(self, as_of: date | None) -> Matrix:
        """Positions, outlooks and states as of a date."""
        return self._wide.known(("matrix", self.stood, as_of), lambda: self._wide.book().matrix(as_of))

    def difference(self, since: date, as_of: date | None) -> tuple[Change, ...]:
        """How positions differ between two dates. Raises InputError if they are in the wrong order."""
        if as_of and since >= as_of:
            raise InputError(f"--since {since} is not before --as-of {as_of}", hint="give an earlier day")
        return self._wide.known(
            ("difference", self.stood, since, as_of), lambda: self._wide.book().difference(since, as_of)
        )

    def sums(self) -> large_brief.Sums:
        """Figures of the documents up to each."""
        return self._wide.known(
            ("sums", self._head.revision), lambda: large_brief.Sums.of(self.register(), self._figures())
        )

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The analysts' own words that stand."""

        def make() -> tuple[Paragraph, ...]:
            with self._wide.look.case() as case:
                return paragraphs_of(effective(decisions_on_none(case, DecisionKind.PARAGRAPH)))

        return self._wide.known(("paragraphs", self._now), make)

    def strictest(self) -> Handling:
        """The label that all documents together have."""
        return self.register().strictest

    def worked(self, as_of: date | None) -> Worked:
        """What is worked out for a date, as far as it is there; what is not, or is old, is being worked out."""
        if as_of not in self._worked:  # one answer for all of a page
            self._worked[as_of] = self._wide.worked(as_of, self._now, self.stood)
        return self._worked[as_of]

    def blockers(self, as_of: date | None) -> Any:
        """What blocks a deal on the model that is worked out for a date, as plain JSON. Raises Busy until it is there,
        InputError if it cannot be had."""
        found, wide = self.worked(as_of), self._wide
        told = found.part("blockers")
        if told is None:
            if found.head is not None and not found.waits:
                key = ("blockers", as_of, found.head.stamp)
                fault = wide.turns.ask(key, lambda: wide.apart.run(dated.work_out, wide.look.path, as_of))
                if fault:
                    raise InputError(fault)
            raise Busy("Looking for what blocks a deal")
        return told

    def spread(self, as_of: date | None) -> Spread:
        """All statements of a date, to be counted; with the events that are worked out for it."""
        from comity.desk.pictures.spread import Events, Spread

        wide, worked = self._wide, self.worked(as_of)
        columns = wide.columns(self._now, self._head)
        key = ("spread", self.stood, as_of, worked.head and worked.head.stamp)

        def make() -> Spread:
            found, register = self.matrix(as_of), self.register()
            events = Events(worked.looked_up("events") or [])
            standing = Ledger(self.agenda(), as_of, (), found.positions, found.outlooks, found.statuses)
            again = columns.rows_of(retold(wide.book(), as_of))

            def words(places: Sequence[tuple[str, int, int]]) -> list[str]:
                return self._ask(lambda case: words_at(case, places))

            def outlet(document: str) -> str:
                row = register.find(document)
                return (row.source if row else None) or document

            newest = register.days[-1] if register.days else None
            return Spread(columns, standing, events, again, newest, words, outlet)

        return wide.counted(key, make)

    def picture(self, as_of: date | None, key: Hashable, make: Callable[[Spread], _Value]) -> _Value:
        """What `make` counts in the statements of a date, found again while nothing has changed."""
        worked = self.worked(as_of)
        whole = (key, self.stood, self._now, as_of, worked.head and worked.head.stamp)
        self._wide.columns(self._now, self._head)
        return self._wide.counted(whole, lambda: make(self.spread(as_of)))

    def rest(self, as_of: date | None) -> large_brief.Rest | None:
        """The sections of the brief that take longer; None while they are being worked out."""
        found = self.worked(as_of)
        if found.head is None:
            return None
        key = ("rest", as_of, found.head.stamp)
        return self._wide.known(key, lambda: _rest(found.looked_up("rest")))

    def answer(self, key: Hashable, name: str, model: NegotiationModel, **how: Any) -> Any:
        """A question about a model of a deal, answered in a process of its own. Raises Busy until it is there."""
        return self._wide.asked(key, dated.answered, name, model, how)

    def still(self, spec: dict[str, Any], format_: str) -> str | bytes:
        """A picture as SVG or PNG, drawn in a process of its own. Raises Busy until it is there."""
        text = json.dumps(spec)
        key = ("still", hashlib.sha256(text.encode()).hexdigest(), format_)
        return self._wide.asked(key, dated.still, text, format_)

    def whole_ledger(self, as_of: date | None) -> bytes:
        """The ledger of what is weighed as JSON. Raises Busy until it is there."""
        return self._wide.asked(("whole", self.stood, as_of), dated.whole_ledger, self._wide.look.path, as_of)

    def verdicts(self) -> dict[str, Decision]:
        """What people said of tensions and stands, by the key of the tension."""

        def make() -> dict[str, Decision]:
            with self._wide.look.case() as case:
                return {d.target: d for d in effective(decisions_on_none(case, DecisionKind.TENSION))}

        return self._wide.known(("verdicts", self._now), make)

    def kept(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """A page or another large value of this revision, found again."""
        return self._wide.known((key, self._now, self.stood), make, PAGES)

    # what was kept

    def _figures(self) -> dict[str, keeping.Figures]:
        return self._wide.known(("figures", self._head.revision), lambda: self._ask(keeping.figures))

    def _about(self, statement: str) -> keeping.About:
        document = self.document_of(statement) or ""
        return self._ask(lambda case: keeping.about(case, document))

    def _ask(self, ask: Callable[[Case], _Value]) -> _Value:
        with self._wide.look.case() as case:
            return ask(case)

    def _decided(self) -> Decided:
        return self._wide.known(("decided", self._now), lambda: self._ask(lambda c: Decided.of(c, self._head)))


def retold(book: Daybook, as_of: date | None) -> list[str]:
    """Ids of the statements that tell an utterance which another one stands for, among those weighed as of a date."""
    register = book._registered()
    heads = register.heads(register.weighed(day_of(as_of)))
    return register.ids(row for row, head in heads.items() if row != head)


def _rest(told: Any) -> large_brief.Rest | None:
    return None if told is None else cast(large_brief.Rest, from_json(large_brief.Rest, told))


class Decided:
    """Targets of the decisions on statements that stand: `all`, and those `newly` decided on since then."""

    def __init__(self, all_: frozenset[str], newly: frozenset[str]) -> None:
        self.all, self.newly = all_, newly

    @classmethod
    def of(cls, case: Case, head: keeping.Head) -> Decided:
        told = decisions_in_brief(case)
        undone: set[str] = set()
        standing = set()
        for each in reversed(told):
            if each.id in undone:
                continue
            if each.kind is DecisionKind.RETRACT:
                undone.add(each.target)
            elif each.kind in _CODING:
                standing.add(each.target)
        newer = kinds_since(case, head.revision.decisions)
        since = {target for kind, target, _ in newer if kind in _CODING}
        before = {each.target for each in told[: len(told) - len(newer)] if each.kind in _CODING}
        return cls(frozenset(standing), frozenset((standing & since) - before))
