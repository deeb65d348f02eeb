"""The desk behind the pages: one case, what was last folded from it, and the edits that go into it.

Pages are served by many threads. A case belongs to the thread that opened it, so each opens its own for as long as
it needs it; what is folded from the case (material, ledgers, briefs) are frozen values that all share. They are kept
per revision of the case and dropped when it goes on.
"""

from __future__ import annotations

import functools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from comity.case import Case, Revision, effective
from comity.desk import flow
from comity.desk.flow import Material
from comity.desk.paragraphs import paragraphs_of
from comity.desk.parts.values import Brief
from comity.desk.register import Register
from comity.desk.web.behind import Behind
from comity.desk.web.lookups import LARGE, Lookups
from comity.words import (
    Agenda,
    Decision,
    DecisionKind,
    Document,
    DuplicateGroup,
    Handling,
    InputError,
    Ledger,
    Reading,
)

if TYPE_CHECKING:
    from comity.desk.web.wide import Wide
    from comity.desk.web.wide_view import WideView

KEPT = 48
"""Folded values (ledgers, briefs …) that are kept at once."""
KEPT_OF_LARGE = 8
"""The same of a large case, where each may be large."""
PATIENCE = 6.0
"""Seconds that a person waits for a page before it shows what it last knew."""
SLOW = 1.0
"""Seconds of processor time from which a fold is not waited for."""
CHEAP = 0.4
"""Seconds of processor time up to which a fold is worth making before anybody asks for it."""
_CHANGE_DOCUMENTS = (DecisionKind.DOCUMENT, DecisionKind.RETRACT)

_Value = TypeVar("_Value")


class Stale(Exception):
    """Raised for an edit of what was decided on after its page was shown; `decisions` are those made since."""

    def __init__(self, decisions: tuple[Decision, ...]) -> None:
        super().__init__("decided on since")
        self.decisions = decisions


class TooLarge(InputError):
    """Raised where a large case is asked for as a whole."""

    def __init__(self, documents: int) -> None:
        super().__init__(
            f"with {documents:,} documents this is not shown in the browser", hint="the command line has it"
        )


class Unread(tuple[Reading, ...]):
    """The readings of a large case: nobody may ask for them all."""

    documents: int

    def __new__(cls, documents: int) -> Unread:
        made = super().__new__(cls)
        made.documents = documents
        return made

    def __iter__(self) -> Iterator[Reading]:
        raise TooLarge(self.documents)


@dataclass(frozen=True)
class State:
    """All of a case at one revision."""

    revision: Revision
    material: Material
    groups: tuple[DuplicateGroup, ...]


class Desk:
    """One case as many threads use it.

    What takes longer than `patience` seconds goes on behind the pages, which meanwhile show what they last knew.
    """

    def __init__(
        self, path: str | Path, workers: int | None = None, patience: float = PATIENCE, large: int = LARGE
    ) -> None:
        self.path = Path(path)
        self.look = Lookups(self.path, large)
        self.workers = workers
        self.patience = patience
        self.imports = 0
        """Imports that go on: while there are some, pages stay with what they last knew."""
        self._writing = threading.Lock()
        self._behind = Behind()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._newest: OrderedDict[Hashable, Any] = OrderedDict()
        self._keeping = threading.Lock()
        self._state: State | None = None
        self._wide: Wide | None = None
        self._light: State | None = None
        self._light_documents: tuple[Register, tuple[Document, ...]] | None = None
        self._cost: dict[Hashable, float] = {}
        with self.case():  # a case that cannot be used is told at once
            pass

    @contextmanager
    def case(self) -> Iterator[Case]:
        """The case, for this thread: to write where the disk allows it."""
        with flow.opened(self.path) as case:
            yield case

    @contextmanager
    def writing(self) -> Iterator[Case]:
        """The case to write into; of this server's threads one at a time."""
        with self._writing, Case.open(self.path) as case:
            yield case

    @contextmanager
    def importing(self) -> Iterator[Case]:
        """The case for an import, which takes long and puts in a little at a time: edits go on beside it."""
        self.imports += 1
        try:
            with Case.open(self.path) as case:
                yield case
        finally:
            self.imports -= 1

    def revision(self) -> Revision:
        """How far the case has got by now."""
        return self.look.revision()

    @property
    def large(self) -> bool:
        """True if the case is not taken into memory as a whole: then there is no `state` of it."""
        return self.look.large

    def wide(self) -> WideView:
        """What pages see of a large case. Raises Busy while it is folded for the first time."""
        return self._wider().view()

    def _wider(self) -> Wide:
        from comity.desk.web.wide import Wide

        with self._keeping:
            self._wide = self._wide or Wide(self)
        return self._wide

    @property
    def behind(self) -> bool:
        """True while something newer than what pages show is being folded."""
        return self._behind.working or (self._wide is not None and self._wide.behind)

    # what is folded

    def state(self, patience: float | None = None) -> State:
        """The case as it is now, with all readings; those that are missing are made.

        Where that takes longer than `patience`, the newest state that is known; raises Busy if there is none.
        """
        if self.large:
            raise TooLarge(len(self.look.register().rows))
        known = self._state
        with self.case() as case:
            now = case.revision()
            if known is not None and (known.revision == now or self.imports):
                return known
            if known is not None:
                on = self._gone_on(case, known)
                if on is not None:
                    self._state = on
                    return on
        work = self._behind.start(("state", now), self._anew)
        return self._behind.wait(work, self.patience if patience is None else patience, known)

    def _anew(self) -> State:
        from comity.record import duplicates

        with self.case() as case:
            before = case.revision()
            material = flow.from_case(case, workers=self.workers, shows=self._behind.shows)
            after = case.revision()
        # readings may have been made on the way; whatever else has come in is for the next time
        same = replace(after, readings=before.readings) == before
        self._state = State(after if same else before, material, tuple(duplicates(material.documents)))
        return self._state

    def _gone_on(self, case: Case, known: State) -> State | None:
        """The state after decisions that leave documents and readings as they are; None if more has changed."""
        now = case.revision()
        if replace(now, decisions=known.revision.decisions) != known.revision:
            return None
        decisions = case.decisions()
        by_id = {d.id: d for d in decisions}
        new = (by_id[id_] for id_ in case.decided_since(known.revision.decisions) if id_ in by_id)
        if any(_root(d, by_id).kind in _CHANGE_DOCUMENTS for d in new):
            return None
        stand = effective(decisions)
        material = replace(known.material, decisions=stand, paragraphs=paragraphs_of(stand))
        return State(now, material, known.groups)

    def light(self) -> State:
        """A large case without what makes it large: its documents without their texts, no readings, and what people
        decided. Where those are asked for, TooLarge is raised."""
        now, documents = self.look.revision(), self.look.register()
        with self._keeping:
            if self._light is not None and self._light.revision == now:
                return self._light
        known = self._light_documents
        if known is None or known[0] is not documents:
            known = self._light_documents = (documents, tuple(row.document for row in documents.rows))
        with self.case() as case:
            decisions = effective(case.decisions())
        material = Material(
            known[1], Unread(len(documents.rows)), self.look.agenda()[0] or Agenda(), decisions,
            paragraphs=paragraphs_of(decisions),
        )  # fmt: skip
        self._light = State(now, material, ())
        return self._light

    def folded(self, key: Hashable, fold: Callable[[State], _Value], state: State | None = None) -> _Value:
        """What `fold` makes of the state, found again as long as the state is the same. `key` names the fold and all
        that it depends on beside the state.

        Where that takes longer than a person should wait, what it last made of an earlier state; raises Busy if there
        is none.
        """
        state = state or (self.light() if self.large else self.state())
        whole = (state.revision, key)
        with self._keeping:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return cast(_Value, self._kept[whole])
            older: _Value | None = self._newest.get(key)
        now = state

        def made() -> _Value:
            if older is not None and self._state is not None and self._state.revision > now.revision:
                return older  # edits came faster than folds: the newest state is folded when it is asked for
            began = time.thread_time()
            value = fold(now)
            self._cost[key] = time.thread_time() - began
            return self._keep(whole, value)

        work = self._behind.start(whole, made)
        # what is known to be slow is not waited for where something older will do
        patience = 0.0 if older is not None and self._cost.get(key, 0) > SLOW else self.patience
        return self._behind.wait(work, patience, older)

    def ahead(self, key: Hashable, fold: Callable[[State], object]) -> None:
        """Begins a fold that is likely to be asked for next, if the worker has nothing else to do."""
        state = self._state
        if state is None or self.behind or self.imports or max(list(self._cost.values()), default=0) > CHEAP:
            return
        whole, now = (state.revision, key), state
        with self._keeping:
            known = whole in self._kept
        if not known:
            self._behind.start(whole, lambda: self._keep(whole, fold(now)), asked=False)

    def _keep(self, whole: tuple[Revision, Hashable], value: _Value) -> _Value:
        revision, key = whole
        with self._keeping:
            self._kept[whole] = self._newest[key] = value
            self._newest.move_to_end(key)
            for old in [k for k in self._kept if cast(tuple[Revision, Any], k)[0] < revision]:
                del self._kept[old]
            most = KEPT_OF_LARGE if self.large else KEPT
            for kept in (self._kept, self._newest):
                while len(kept) > most:
                    kept.popitem(last=False)
            self._cost = {k: cost for k, cost in self._cost.items() if k in self._newest}
        return value

    def ledger(self, as_of: date | None = None, state: State | None = None) -> Ledger:
        """Who stands where as of a date, of everything that the case holds (now, or in a `state`). Raises TooLarge of a
        large case: what is worked out for a date of it is kept in the case (see `comity.desk.dated`)."""
        if self.large:
            raise TooLarge(len(self.look.register().rows))
        return self.folded(("ledger", as_of), lambda s: flow.ledger_of(s.material, as_of, s.groups), state)

    def brief(
        self,
        as_of: date | None = None,
        since: date | None = None,
        handling: Handling = Handling.PROTECTED,
        state: State | None = None,
    ) -> Brief:
        """The brief of what `handling` admits. Raises InputError if `since` is not before `as_of`."""
        return self.folded(*self._brief(as_of, since, handling), state)

    def brief_ahead(self, as_of: date, since: date | None) -> None:
        """Begins to fold the brief of a date that a person is likely to look at next."""
        self.ahead(*self._brief(as_of, since, self.strictest()))

    def _brief(
        self, as_of: date | None, since: date | None, handling: Handling
    ) -> tuple[Hashable, Callable[[State], Brief]]:
        def fold(state: State) -> Brief:
            known = functools.partial(self.ledger, state=state)
            return flow.brief_of(state.material, as_of=as_of, since=since, handling=handling, known=known)

        return ("brief", as_of, since, handling), fold

    def strictest(self, state: State | None = None) -> Handling:
        """The label that all of the case together has."""
        return self.folded("strictest", _strictest, state)

    # what people do

    def decide(self, make: Callable[[Case], Decision], *, seen: int | None, target: str) -> Decision:
        """Records what `make` decides on `target`. Raises Stale, and records nothing, if there are decisions on it
        that are newer than the one numbered `seen`: the person has not seen them. With None that does not matter."""
        with self.writing() as case:
            if seen is not None:
                self._unseen(case, seen, target)
            return make(case)

    def set_agenda(self, toml: str, coder: str, *, seen: int | None) -> bool:
        """Makes `toml` the agenda. Raises Stale, and changes nothing, if its version is no longer `seen`."""
        with self.writing() as case:
            if seen is not None and case.revision().agenda != seen:
                raise Stale(())
            return case.set_agenda(toml, coder)

    def _unseen(self, case: Case, seen: int, target: str) -> None:
        newer = set(case.decided_since(seen, target))
        if newer:
            raise Stale(tuple(d for d in case.decisions() if d.id in newer))


def _root(decision: Decision, by_id: dict[str, Decision]) -> Decision:
    """What a retraction goes back to: the decision itself if it is none."""
    while decision.kind is DecisionKind.RETRACT and decision.target in by_id:
        decision = by_id[decision.target]
    return decision


def _strictest(state: State) -> Handling:
    label = Handling.PUBLIC
    for document in state.material.documents:
        label |= document.handling
    for decision in state.material.decisions:
        label |= decision.handling
    return label
