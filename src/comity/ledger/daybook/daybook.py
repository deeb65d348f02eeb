"""The daybook: what stands on every issue on every day, folded once and looked up ever after."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from comity.ledger.changes import NO_DAY, compared
from comity.ledger.daybook.context import context, printed
from comity.ledger.daybook.days import WINDOW, date_of, day_of
from comity.ledger.daybook.folding import Folding, Progress
from comity.ledger.daybook.lines import Line, Standing, read, rows_in
from comity.ledger.daybook.register import Register
from comity.ledger.daybook.source import Source
from comity.ledger.daybook.storing import Mark, load
from comity.ledger.daybook.values import Matrix, NotFolded, Page
from comity.ledger.daybook.whole import tensions_of, whole
from comity.ledger.daybook.windows import Windows
from comity.ledger.rulebook import rules
from comity.words import Agenda, Change, DuplicateGroup, Ledger, Review, Statement, Tension

_MANY = 400
"""If more documents than these have changed, everything is folded anew."""
_DIRECT = 64
"""Issues worked out without a fold that are remembered."""
_FOUND = 2
"""Matrices that are remembered: a page shows one, and how it differs from another."""


class Daybook:
    """What stood on any day. One for all threads of a server; make a new one when the agenda has changed.

    `fold` is long and is made once, in a process of its own if there is one; `refresh` brings in what was decided
    since. Everything that is answered equals what `comity.ledger.build` gives for the date.
    """

    def __init__(self, agenda: Agenda, source: Source) -> None:
        self.agenda, self.source = agenda, source
        self._lock = threading.RLock()
        self._windows = Windows(source)
        self._direct: OrderedDict[tuple[str, int], Line] = OrderedDict()
        self._found: dict[tuple[Mark | None, date | None], tuple[Matrix, dict[int, str]]] = {}
        self._folding: Folding | None = None
        self._register: Register | None = None
        self._mark: Mark | None = None
        self.reload()

    # state

    def reload(self) -> None:
        """Looks at what another process has folded."""
        with self._lock:
            found = load(self.source, self.agenda)
            self._mark, self._register = found if found else (None, None)
            self._folding = None
            self._windows.forget_all()
            self._forget()

    @property
    def state(self) -> str:
        """ "none", "partly" or "folded"."""
        if self._mark is None:
            return "none"
        return "folded" if self._mark.folded_from <= 0 else "partly"

    @property
    def folded_from(self) -> date | None:
        """The day from which on every day is folded; None if all are, or none is."""
        return date_of(self._mark.folded_from * WINDOW) if self._mark and self._mark.folded_from > 0 else None

    def fold(self, progress: Progress | None = None, groups: Iterable[DuplicateGroup] = ()) -> None:
        """Folds everything: the newest days first. Goes on where an earlier fold was interrupted. `groups` are the
        documents that carry nearly one text."""
        with self._lock:
            if self.state != "partly" or not self._current():
                self._folding = Folding.begun(self.agenda, self.source, groups, progress)
                self._register, self._mark = self._folding.register, self._folding.mark
                self._windows.forget_all()
                self._forget()
            folding = self._working()
        folding.fold_days(progress)
        self._mark = folding.mark

    def _current(self) -> bool:
        mark = self._mark
        return mark is not None and (mark.decisions, mark.fixed, mark.moving) == self.source.state()

    def refresh(self, groups: Iterable[DuplicateGroup] | None = None) -> bool:
        """Brings in what was decided, read or taken out since the fold; only the days on which it makes a difference
        are folded anew. With `groups`, what documents are now known to carry nearly one text, too.

        Returns False, and changes nothing, if only a new `fold` can: when the agenda or the reader is another, a person
        judged two names to be one, or very many documents are new.
        """
        with self._lock:
            if self._mark is None or self._register is None:
                return False
            state = self.source.state()
            if state[1] != self._mark.fixed:
                return False
            if groups is None and (state[0], state[2]) == (self._mark.decisions, self._mark.moving):
                return True
            new = tuple(self.source.decided_since(self._mark.decisions))
            known = self._folding
            only_decided = known is not None and groups is None and state[2] == self._mark.moving
            about = known.about if known is not None and only_decided else context(self.agenda, self.source)
            touched = about.touched(new)
            if touched is None:
                return False
            if only_decided:
                about = about.after(self.source, touched)
            touched |= _differ(self._register.marks, about.marks)
            if groups is not None:
                now = printed(groups)
                touched |= _differ(self._register.printed, now)
                self._register.printed = now
            if len(touched) > _MANY:
                return False
            if known is not None and only_decided:
                known.go_on(about)
            else:
                self._folding = Folding(about, self.source, self._register, self._mark)
            folding = self._working()
            changed = folding.refold(touched, state)
            self._mark = folding.mark
            self._windows.forget(changed)
            self._forget()
            return True

    def _forget(self) -> None:
        self._direct.clear()
        self._found = {}

    def _working(self) -> Folding:
        """What folds, with all that it needs in memory: made when it is first needed."""
        if self._folding is None:
            if self._mark is None or self._register is None:
                raise NotFolded("nothing has been folded yet; fold the case first")
            self._folding = Folding(context(self.agenda, self.source), self.source, self._register, self._mark)
        return self._folding

    # answers

    def matrix(self, as_of: date | None = None) -> Matrix:
        """Who stands where as of a date (None: everything, with what has no date). Raises NotFolded."""
        return self._matrix(as_of)[0]

    def _matrix(self, as_of: date | None) -> tuple[Matrix, dict[int, str]]:
        """The matrix, and the ids of all rows that it names."""
        key = (self._mark, as_of)
        found = self._found.get(key)
        if found is None:
            found = self._looked_up(as_of)
            others = list(self._found.items())[1 - _FOUND :]
            self._found = dict([*others, (key, found)])  # at once: other threads may be reading
        return found

    def _looked_up(self, as_of: date | None) -> tuple[Matrix, dict[int, str]]:
        register = self._registered()
        day = day_of(as_of)
        found, ids = self._standing(register, day, [issue.id for issue in self.agenda.issues])
        outlooks = [o for each in found.values() for o in each.outlooks]
        ranks = {rule.name: n for n, rule in enumerate(rules("outlook"))}
        matrix = Matrix(
            as_of,
            tuple(p for each in found.values() for p in each.positions),
            tuple(sorted(outlooks, key=lambda o: ranks.get(o.rule, len(ranks)))),
            tuple(each.status for each in found.values()),
            register.supporting(day),
            int(np.count_nonzero(register.counting(day))),
        )
        return matrix, ids

    def difference(self, since: date | None, as_of: date | None) -> tuple[Change, ...]:
        """How positions differ between two dates: the same as `comity.ledger.changes` of two ledgers."""
        register = self._registered()
        (before, old), (after, now) = self._matrix(since), self._matrix(as_of)
        first, last = day_of(since), day_of(as_of)
        columns = register.columns
        begins, ends, told, place = columns["begins"], columns["ends"], columns["said"], columns["place"]
        row = {id_: number for ids in (old, now) for number, id_ in ids.items()}
        back = register.all_ids(np.array(sorted(register.back), np.int32))
        row |= {id_: number for number, id_ in back.items()}

        def known(id_: str) -> bool:
            return bool(begins[row[id_]] <= first < ends[row[id_]])

        def said(id_: str) -> date | None:
            number = row[id_]
            if not begins[number] <= last < ends[number]:
                return None
            return date.fromordinal(day) if (day := int(told[number])) else NO_DAY

        fresh: dict[str | None, list[tuple[str, str | None]]] = {}
        new = [r for r in back if begins[r] <= last < ends[r] and not begins[r] <= first < ends[r]]
        for number in sorted(new, key=lambda r: int(place[r])):
            issue, party = register.back[number]
            fresh.setdefault(issue, []).append((back[number], party))
        return compared(self.agenda, before.positions, after.positions, known, said, fresh)

    def evidence(
        self,
        party: str,
        issue: str,
        as_of: date | None = None,
        *,
        offset: int = 0,
        limit: int = 50,
        told: bool = False,
    ) -> Page:
        """The statements that support a party's position on an issue, newest first; with `told`, those about the party
        that do not (forecasts, accounts of others)."""
        with self._lock:
            register, day = self._registered(), day_of(as_of)
            table = register.table(issue)
            mine = np.array([g[1] == party and g[2] is not told and not g[4] for g in register.groups] or [False])
            rows = table.rows[mine[table.group] & register.counting(day)[table.rows]]
            rows = rows[np.argsort(register.columns["order"][rows])]
            shown = rows[offset : offset + limit]
            weighed = register.weighed(day)
            takes = self._working().takes.of(shown.tolist())
            within = frozenset(t.id for t, row in zip(takes, shown.tolist(), strict=True) if weighed[row])
            ids = register.all_ids(shown)
            marks = {ids[r]: Review(register.reviews[r]) for r in shown.tolist() if r in register.reviews}
            return Page(len(rows), tuple(t.statement for t in takes), within, marks)

    def statements(self, ids: Iterable[str]) -> dict[str, Statement]:
        """Statements by id, as people decided; those that do not count on any day are left out."""
        with self._lock:
            register, wanted = self._registered(), set(ids)
            rows: list[int] = []
            for name in dict.fromkeys(id_.rpartition("#")[0] for id_ in wanted):
                found = register.all_ids(register.rows_of(name))
                rows += [row for row, id_ in found.items() if id_ in wanted]
            return {take.id: take.statement for take in self._working().takes.of(rows)}

    def ledger(self, as_of: date | None = None) -> Ledger:
        """The whole ledger on what is weighed, tensions and all: what `build` gives, but that `statements` (and with
        them `reviews`) hold only what is weighed, and duplicates are left out. Takes seconds on a large record."""
        with self._lock:
            return whole(self._working(), as_of)

    def tensions(self, as_of: date | None = None) -> tuple[Tension, ...]:
        """The tensions of the whole ledger, without its other parts. `statements` gives their words."""
        with self._lock:
            return tensions_of(self._working(), as_of)

    def let_go(self) -> None:
        """Gives back most of the memory that whole ledgers took; the next one makes its statements anew."""
        with self._lock:
            if self._folding is not None:
                self._folding.takes.let_go()

    def retold(self, as_of: date | None = None) -> list[str]:
        """Ids of the weighed statements that tell an utterance which another of them stands for."""
        register = self._registered()
        heads = register.heads(register.weighed(day_of(as_of)))
        return register.ids(row for row, head in heads.items() if row != head)

    # how

    def _registered(self) -> Register:
        if self._register is None:
            raise NotFolded("nothing has been folded yet; fold the case first")
        return self._register

    def _standing(
        self, register: Register, day: int, issues: Sequence[str]
    ) -> tuple[dict[str, Standing], dict[int, str]]:
        """What stands on issues on a day, and the ids of all rows that it names."""
        days = register.days()
        place = int(np.searchsorted(days, day, "right")) - 1
        at = int(days[place]) if place >= 0 else 0
        mark = self._mark
        folded = mark is not None and place >= 0 and at // WINDOW >= mark.folded_from
        lines = {issue: self._windows.line(issue, at) if folded else None for issue in issues}
        missing = [issue for issue, line in lines.items() if line is None]
        lines |= self._directly(at, missing) if missing else {}
        rows = np.array(sorted({r for line in lines.values() for r in rows_in(line or [])}), np.int32)
        ids = register.all_ids(rows)
        return {issue: read(line, issue, ids) for issue, line in lines.items() if line is not None}, ids

    def _directly(self, day: int, issues: Sequence[str]) -> dict[str, Line]:
        """Issues on a day that is not folded, worked out now."""
        with self._lock:
            wanted = [issue for issue in issues if (issue, day) not in self._direct]
            if wanted:
                for issue, line in self._working().day(day, wanted):
                    self._direct[issue, day] = json.loads(line)
            found = {issue: self._direct[issue, day] for issue in issues}
            while len(self._direct) > _DIRECT:
                self._direct.popitem(last=False)
            return found


def _differ(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    """Keys whose values differ."""
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
