"""Folding: every document into the register, then every day into lines; and what a decision touches, anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from comity.ledger.daybook.context import Context, context, printed
from comity.ledger.daybook.days import NEVER, UNDATED, WINDOW, day_of
from comity.ledger.daybook.lines import written
from comity.ledger.daybook.occasions import Occasions
from comity.ledger.daybook.register import Ints, Register
from comity.ledger.daybook.sheets import by_document, sheet
from comity.ledger.daybook.source import Source
from comity.ledger.daybook.storing import Mark, alterations_kept, made_of, mark_kept, register_kept
from comity.ledger.daybook.takes import Documents, Takes
from comity.ledger.daybook.telling import Telling
from comity.ledger.daybook.weighing import Weigher
from comity.ledger.daybook.windows import key, pack
from comity.ledger.events import EventTold, events_told
from comity.ledger.evidence import Take
from comity.ledger.utterances import WINDOW as TOLD_WITHIN
from comity.ledger.utterances import is_utterance, one_reprint, one_utterance
from comity.words import Agenda, Decision, DuplicateGroup, Review

Progress = Callable[[int, int], object]
_BATCH = 200
_DOCUMENTS = 4000
"""While days are folded, the statements of this many documents are remembered."""
_ALTERED = 5000
"""With more rows altered than these a register is kept whole anew."""


def _content(take: Take) -> tuple[object, ...]:
    """All that a take holds but for its place."""
    return (take.statement, take.holder, take.speaker, take.when, take.published, take.authority, take.outlet)


class Folding:
    """Everything in memory that a fold needs. Not for several threads."""

    def __init__(self, about: Context, source: Source, register: Register, mark: Mark) -> None:
        self.about, self.source, self.register, self.mark = about, source, register, mark
        self.takes = Takes(source, register, about.names, about.documents, about.decisions)
        self.texts = Documents(source, about.decisions, about.documents)
        self.weigher = Weigher(about.agenda, about.names, about.documents, self.texts)
        self.occasions = Occasions(source)
        self.issues = {issue.id: issue for issue in about.agenda.issues}

    def go_on(self, about: Context) -> None:
        """Takes another context, of the same names."""
        self.about = about
        self.takes.documents, self.takes.decisions = about.documents, about.decisions
        self.texts = Documents(self.source, about.decisions, about.documents)
        self.weigher.documents, self.weigher.texts = about.documents, self.texts

    @classmethod
    def begun(
        cls, agenda: Agenda, source: Source, groups: Iterable[DuplicateGroup], progress: Progress | None
    ) -> Folding:
        """Puts every document into a new register, and keeps that."""
        number, fixed, moving = source.state()
        about = context(agenda, source)
        register = Register(superseded=about.superseded(source), printed=printed(groups), marks=dict(about.marks))
        names = sorted({*about.read, *about.decisions}, key=lambda n: (day_of(about.published(n)), n))
        register.name_documents(names)
        folding = cls(about, source, register, Mark(made_of(agenda), number, fixed, moving, NEVER))
        folding.occasions.forget()
        folding._register(names, progress)
        folding.mark = replace(folding.mark, folded_from=UNDATED // WINDOW + 1)
        source.clear()
        source.put(register_kept(register) | folding.occasions.kept() | mark_kept(folding.mark))
        return folding

    def _register(self, names: Sequence[str], progress: Progress | None) -> None:
        telling = Telling(self.register.printed)
        dated = [name for name in names if self.about.published(name) is not None]
        for start in range(0, len(dated), _BATCH):
            sheets = [(name, *self._sheet(name)) for name in dated[start : start + _BATCH]]
            rows = self.register.add(sheets, self.about.agenda)
            takes = [take for _, sheet, _ in sheets for take in sheet]
            day = self.about.published(sheets[0][0])
            if day is not None:
                telling.forget(day)
            self.register.tell(list(telling.pairs(list(zip(rows.tolist(), takes, strict=True)))))
            if progress:
                progress(start + len(sheets), 2 * len(names))
        for name in names[len(dated) :]:
            self.occasions.note(name, self.source.reading(name), self.about.marks.get(name, ""))
            self._added(name)

    def _sheet(self, name: str) -> tuple[tuple[Take, ...], dict[str, Review]]:
        """All takes of a document, and marks of review; its events are noted."""
        raw = self.source.reading(name)
        self.occasions.note(name, raw, self.about.marks.get(name, ""))
        return self.takes.sheet(name, raw)

    def _added(self, name: str, keeping: Mapping[str, int] | None = None) -> Ints:
        """Puts one document into the register, compared with all that it may tell again. Takes whose ids are in
        `keeping` are there already."""
        takes, reviews = self.takes.sheet(name)
        rows = self.register.add([(name, takes, reviews)], self.about.agenda, keeping)
        new = [take for take in takes if not keeping or take.id not in keeping]
        self.takes.keep(rows.tolist(), new)
        found = []
        for row, take in zip(rows.tolist(), new, strict=True):
            others = [other for other in self._candidates(row, take) if other != row]
            for other, one in zip(others, self.takes.of(others), strict=True):
                if self._one(one, take) and (other not in rows or other < row):
                    found.append((other, row))
        self.register.tell(found)
        return rows

    def _candidates(self, row: int, take: Take) -> list[int]:
        """Rows that may tell the same utterance: of the speaker, about the same time, or printed alike."""
        c = self.register.columns
        speaker = (c["speaker"] == c["speaker"][row]) & (c["begins"] < NEVER)
        near = speaker & (np.abs((c["order"] >> 41) - (c["order"][row] >> 41)) <= 2 * TOLD_WITHIN.days)
        if take.published is not None:
            days = np.abs(c["begins"] - c["begins"][row])
            near &= (days <= TOLD_WITHIN.days) | (c["begins"] == UNDATED)
        group = self.register.printed.get(take.document)
        if group is not None:
            alike = [n for n, name in enumerate(self.register.docs) if self.register.printed.get(name) == group]
            near |= speaker & np.isin(c["doc"], alike)
        return [int(n) for n in np.flatnonzero(near)]

    def _one(self, one: Take, other: Take) -> bool:
        near = abs(one.when - other.when) <= 2 * TOLD_WITHIN
        if near and is_utterance(one) and is_utterance(other) and one_utterance(one, other):
            return True
        original = self.register.printed
        group = original.get(one.document)
        alike = group is not None and group == original.get(other.document) and bool(one.stems and other.stems)
        return alike and one.statement.mode is other.statement.mode and one_reprint(one, other)

    def events_told(self, name: str, published: date | None) -> list[EventTold]:
        """What a document tells of events."""
        return events_told(name, self.occasions.of(name, self.about.marks), self.about.names, published)

    # days

    def fold_days(self, progress: Progress | None = None) -> None:
        """Folds the windows of days that are not folded yet, the newest first."""
        days = self.register.days()
        windows = sorted({int(day) // WINDOW for day in days}, reverse=True)
        todo = [window for window in windows if window < self.mark.folded_from]
        done = len(windows) - len(todo)
        with self.takes.remembering(_DOCUMENTS):
            for window in todo:
                kept: dict[str, bytes | None] = {}
                for issue, lines in self.window(window, list(self.issues)).items():
                    kept[key(issue, window)] = pack(lines)
                self.mark = replace(self.mark, folded_from=window)
                self.source.put(kept | mark_kept(self.mark))
                done += 1
                if progress:
                    progress(len(windows) + done, 2 * len(windows))
        self.mark = replace(self.mark, folded_from=0)
        self.source.put(mark_kept(self.mark))

    def window(self, window: int, issues: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
        """Lines of a window: one on its first day on which anything happens, then one whenever there is another."""
        days = self.register.days()
        inside = days[(days >= window * WINDOW) & (days < (window + 1) * WINDOW)]
        lines: dict[str, list[tuple[int, str]]] = {issue: [] for issue in issues}
        before: dict[str, tuple[bytes, tuple[tuple[int, int], ...]]] = {}
        for day in inside.tolist():
            for issue, line in self.day(day, issues, before):
                lines[issue].append((day, line))
        return lines

    def day(
        self,
        day: int,
        issues: Sequence[str],
        before: dict[str, tuple[bytes, tuple[tuple[int, int], ...]]] | None = None,
    ) -> Iterator[tuple[str, str]]:
        """The line of each issue on a day; with `before`, only of those whose statements are others than there."""
        register = self.register
        weighed = register.weighed(day)
        heads = register.heads(weighed)
        place = register.columns["place"]
        for issue in issues:
            rows = register.table(issue).rows
            rows = rows[weighed[rows]]
            rows = rows[np.argsort(place[rows])]
            told = tuple((row, heads[row]) for row in rows.tolist() if row in heads) if heads else ()
            now = (rows.tobytes(), told)
            if before is not None:
                if before.get(issue) == now:
                    continue
                before[issue] = now
            yield issue, self._line(day, issue, rows.tolist(), dict(told))

    def _line(self, day: int, issue: str, rows: Sequence[int], heads: Mapping[int, int]) -> str:
        takes = self.takes.of(rows)
        row = {take.id: number for take, number in zip(takes, rows, strict=True)}
        ids = {number: id_ for id_, number in row.items()}
        utterance = {ids[number]: f"row {head}" for number, head in heads.items()}
        reviews = {id_: Review(mark) for id_, number in row.items() if (mark := self.register.reviews.get(number))}
        found = self.weigher.standing(self.issues[issue], takes, utterance, reviews)
        return written(day, found, row)

    # after a decision

    def refold(self, names: Iterable[str], state: tuple[int, str, str]) -> list[str]:
        """Folds the statements of some documents anew, and the days on which that makes a difference.

        `state` is that of the source then. Returns the keys of the windows that were put anew.
        """
        old_days = set(self.register.days().tolist())
        spans: dict[str, list[tuple[int, int]]] = {}
        ends, before = self.about.superseded(self.source), self.register.superseded
        self.register.superseded = ends
        marks, self.register.marks = self.register.marks, dict(self.about.marks)
        others = {name for name in ends.keys() | before.keys() if ends.get(name) != before.get(name)}
        changed = sorted(others.union(names))
        self.register.name_documents(changed)
        decided = by_document(self.source.decisions(self.mark.decisions))
        for name in changed:
            if marks.get(name) != self.about.marks.get(name):
                self.occasions.note(name, self.source.reading(name), self.about.marks.get(name, ""))
            rows = self.register.rows_of(name)
            same = name not in others and marks.get(name) == self.about.marks.get(name)
            keeping = self._unchanged(name, rows, decided.get(name, ())) if same else {}
            gone = rows[~np.isin(rows, np.array(list(keeping.values()), np.int32))]
            self._reach(gone, spans)
            self.register.drop(gone)
            self.takes.forget(gone.tolist())
            if name in self.about.read or name in self.about.decisions:
                self._reach(self._added(name, keeping), spans)
        moved = old_days ^ set(self.register.days().tolist())
        kept: dict[str, bytes | None] = {}
        folded = self.mark.folded_from
        for window in {day // WINDOW for day in moved}:
            for issue in self.issues:
                spans.setdefault(issue, []).append((window * WINDOW, window * WINDOW + 1))
        for issue, reaches in spans.items():
            if issue in self.issues:
                for window in sorted(self._windows(reaches)):
                    if window >= folded:
                        kept[key(issue, window)] = pack(self.window(window, [issue])[issue])
        self.mark = replace(self.mark, decisions=state[0], moving=state[2])
        many = len(self.register) - self.register.whole + len(self.register.altered)
        whole = many > _ALTERED or before != ends
        kept |= (register_kept if whole else alterations_kept)(self.register)
        self.source.put(kept | self.occasions.kept() | mark_kept(self.mark))
        return list(kept)

    def _unchanged(self, name: str, rows: Ints, decided: Sequence[Decision]) -> dict[str, int]:
        """Ids and rows of a document's statements that are the same as before, when `decided` stood."""
        day = day_of(self.about.published(name))
        if not len(rows) or bool(np.any(self.register.columns["begins"][rows] != day)):
            return {}
        raw, document = self.source.reading(name), self.about.documents.get(name)
        takes, reviews = sheet(raw, document, decided, self.about.names)
        old = {take.id: (_content(take), reviews.get(take.id)) for take in takes}
        takes, reviews = self.takes.sheet(name, raw)
        new = {take.id: (_content(take), reviews.get(take.id)) for take in takes}
        ids = self.register.all_ids(rows)
        return {id_: row for row, id_ in ids.items() if id_ in new and old.get(id_) == new[id_]}

    def _windows(self, reaches: Iterable[tuple[int, int]]) -> set[int]:
        """Windows in which anything happens that some reaches touch."""
        days = self.register.days()
        found: set[int] = set()
        for first, last in reaches:
            inside = days[(days >= first // WINDOW * WINDOW) & (days < (last // WINDOW + 1) * WINDOW)]
            found.update((inside // WINDOW).tolist())
        return found

    def _reach(self, rows: Ints, spans: dict[str, list[tuple[int, int]]]) -> None:
        """Adds, for each issue on which rows bear, the days from when they count until enough newer ones do."""
        c = self.register.columns
        told = set(rows.tolist())
        more = set(told)
        while more:  # whatever may be joined to them as one utterance
            near = np.array(sorted(more), np.int32)
            pairs = self.register.pairs
            hit = np.isin(pairs[:, 0], near) | np.isin(pairs[:, 1], near)
            more = set(pairs[hit].ravel().tolist()) - told
            told |= more
        groups = self.register.members[np.isin(self.register.members[:, 0], np.array(sorted(told), np.int32))]
        issues = {self.register.groups[int(g)][0] for g in set(groups[:, 1].tolist())}
        for row in rows.tolist():
            first = int(c["begins"][row])
            last = max((self._until(row, int(g)) for r, g in groups.tolist() if r == row), default=first)
            for issue in issues:
                if issue is not None:
                    spans.setdefault(issue, []).append((first, last))

    def _until(self, row: int, group: int) -> int:
        """The day by which so many newer rows of the group count for good that this one is no longer weighed."""
        table = self.register.table(self.register.groups[group][0])
        rows = table.rows[table.group == group]
        newer = rows[: int(np.flatnonzero(rows == row)[0])]
        c = self.register.columns
        newer = c["begins"][newer[c["ends"][newer] == NEVER]]
        room = int(table.room[table.groups == group][0])
        return int(np.partition(newer, room - 1)[room - 1]) if len(newer) >= room else UNDATED
