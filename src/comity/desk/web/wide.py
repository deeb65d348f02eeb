"""A large case as the server holds it: looked up, never in memory as a whole.

Three things stand behind it: the case file itself; the ledger's daybook, which knows who stood where on any day; and
what the desk keeps beside it (`comity.desk.keeping`). The last two are folded in a process of its own after an import,
and the pages wait for that once; after a decision they go on from what they had.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

from comity.case import Kept, Revision
from comity.case.paging import kinds_since
from comity.desk import dated, keeping
from comity.desk.folding import fold_in_process
from comity.desk.pool import Tick
from comity.desk.web.apart import Apart
from comity.desk.web.behind import Behind, Busy
from comity.desk.web.turns import Turns
from comity.ledger import Daybook
from comity.reading import READER
from comity.words import (
    Agenda,
    ComityError,
    InputError,
)

if TYPE_CHECKING:
    from comity.desk.columns import Columns
    from comity.desk.web.state import Desk
    from comity.desk.web.wide_view import WideView

KEPT = 48
"""Values looked up (matrices, differences) that are kept in memory at once."""
COUNTED = 4
"""Pictures of all statements that are kept in memory at once."""
MANY = 5_000
"""Decisions from which on the queue is folded anew."""
QUIET = 20.0
"""Seconds without a decision after which older days are folded."""
LOOK_AGAIN = 60.0
"""Seconds after which the daybook is looked at anew while it is being folded."""
AT_ONCE = 0.05
"""Seconds that a page waits for what is worked out meanwhile: so that what is there at once is shown at once."""

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
        self._asked: tuple[Revision | None, float] = (None, 0.0)
        self._stop = threading.Event()
        self._spreading = threading.RLock()
        self._counting = threading.RLock()
        self._columns: tuple[Revision, int, Columns] | None = None
        self._spreads: OrderedDict[Hashable, Any] = OrderedDict()
        self._fault: tuple[Revision, ComityError] | None = None

    def view(self) -> WideView:
        """The case as it is now. Raises Busy while it is folded for the first time."""
        from comity.desk.web.wide_view import WideView

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
        """What was counted in the columns, found again among the last things counted in them.

        One count goes on at a time: two of them take twice the memory and no less time.
        """
        with self._spreading:
            if key in self._spreads:
                self._spreads.move_to_end(key)
                return cast(_Value, self._spreads[key])
        with self._counting:
            with self._spreading:
                if key in self._spreads:  # somebody else asked for the same
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
            work = self.folding.start(("refresh", now), lambda: self._refresh(now))
            if self._asked[0] != now:
                self._asked = (now, time.monotonic())
            left = AT_ONCE - (time.monotonic() - self._asked[1])  # one page waits, not each part of each
            with suppress(Busy):  # then the page says that it does not show the newest edits yet
                self.folding.wait(work, max(0.0, left), None)
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
