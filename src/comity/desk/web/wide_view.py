"""A large case at one revision, as its pages see it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from comity.case import Case, Revision, effective
from comity.case.paging import decisions_on_none
from comity.case.shelf import words_at
from comity.desk import dated, keeping, large_brief
from comity.desk.paragraphs import paragraphs_of
from comity.desk.part import Part
from comity.desk.parts import labels
from comity.desk.parts.values import Paragraph
from comity.desk.register import Register
from comity.desk.web.behind import Busy
from comity.desk.web.decided import Decided
from comity.desk.web.views import Cited, Figures, Supporting, Tally, Waiting
from comity.desk.web.wide import Wide, Worked
from comity.ledger import Matrix
from comity.words import (
    Agenda,
    Change,
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
    from comity.desk.pictures.spread import Spread

MATRICES = 6
"""Matrices, and differences of two, that are kept in memory: one takes some megabytes."""
PAGES = 8
"""Pages put together that are kept in memory at once: one may take some megabytes."""

_Value = TypeVar("_Value")


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
        return self._wide.known(("matrix", self.stood, as_of), lambda: self._wide.book().matrix(as_of), MATRICES)

    def difference(self, since: date, as_of: date | None) -> tuple[Change, ...]:
        """How positions differ between two dates. Raises InputError if they are in the wrong order."""
        if as_of and since >= as_of:
            raise InputError(f"--since {since} is not before --as-of {as_of}", hint="give an earlier day")
        return self._wide.known(
            ("difference", self.stood, since, as_of), lambda: self._wide.book().difference(since, as_of), MATRICES
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
            again = columns.rows_of(wide.book().retold(as_of))

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


def _rest(told: Any) -> large_brief.Rest | None:
    return None if told is None else cast(large_brief.Rest, from_json(large_brief.Rest, told))
