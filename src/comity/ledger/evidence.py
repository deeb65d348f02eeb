"""The evidence: statements that count, with what every rule asks of them, indexed so that no rule scans them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from comity.ledger.names import Names
from comity.ledger.take import GLOOMY, GUESSES, HOPEFUL, STANCES, Take
from comity.words import (
    AUTHOR,
    Agenda,
    Document,
    DuplicateGroup,
    LedgerEvent,
    Mode,
    Review,
    Statement,
)

__all__ = [
    "GLOOMY",
    "GUESSES",
    "HOPEFUL",
    "STANCES",
    "Evidence",
    "Take",
    "restrict_duplicates",
    "takes_of",
    "with_utterances",
]

T = TypeVar("T")
Remembering = Callable[["Evidence", tuple[str, ...], list[Take], Callable[..., Any]], Any]


@dataclass(frozen=True)
class Evidence:
    """Everything that rules look at. `takes` are those that are weighed, ordered by publication, document and place in
    the text."""

    agenda: Agenda
    names: Names
    as_of: date | None
    documents: Mapping[str, Document]
    takes: tuple[Take, ...]
    events: tuple[LedgerEvent, ...]
    reviews: Mapping[str, Review]
    utterance: Mapping[str, str]
    """Statement id to the id of the statement that stands for its utterance."""
    texts: Mapping[str, Document] | None = None
    """Documents with their texts, where `documents` leaves these out."""
    memory: Remembering | None = None
    """Where results are remembered that depend on some takes only."""

    @cached_property
    def by_id(self) -> dict[str, Take]:
        return {take.id: take for take in self.takes}

    @cached_property
    def by_issue(self) -> dict[str, list[Take]]:
        """Takes by their main issue, in the order of the agenda's issues; unknown issues are left out."""
        rows: dict[str, list[Take]] = {issue.id: [] for issue in self.agenda.issues}
        for take in self.takes:
            if take.issue in rows:
                rows[take.issue].append(take)
        return rows

    @cached_property
    def also(self) -> dict[str, list[Take]]:
        """Takes by the issues that they speak of beside their main one."""
        rows: dict[str, list[Take]] = {issue.id: [] for issue in self.agenda.issues}
        for take in self.takes:
            for issue in take.statement.also_issues:
                if issue in rows and issue != take.issue:
                    rows[issue].append(take)
        return rows

    @cached_property
    def today(self) -> date | None:
        """The date as of which the ledger stands: `as_of`, else the newest publication."""
        return self.as_of or max((take.published for take in self.takes if take.published), default=None)

    def remembered(
        self, key: tuple[str, ...], takes: list[Take], make: Callable[[Evidence, tuple[str, ...], list[Take]], T]
    ) -> T:
        """What `make` makes of takes and nothing else: found again if it was made of the same ones before."""
        if self.memory is None:
            return make(self, key, takes)
        found: T = self.memory(self, key, takes, make)
        return found

    def kind(self, issue_id: str) -> str:
        return self.agenda.issue(issue_id).kind

    def once(self, takes: Iterable[Take]) -> list[Take]:
        """`takes` with one for each utterance: the first of those given."""
        first: dict[str, Take] = {}
        for take in takes:
            first.setdefault(self.utterance.get(take.id, take.id), take)
        return list(first.values())

    def origins(self, takes: Iterable[Take]) -> int:
        """How many utterances `takes` tell."""
        return len({self.utterance.get(take.id, take.id) for take in takes})

    def source(self, take: Take) -> str:
        """Whose word a take is: its speaker, or for the article's own words its outlet, else its document."""
        if take.attributed:
            return take.statement.speaker
        document = self.documents.get(take.document)
        return (document.source if document and document.source else None) or take.document

    def words(self, take: Take, first: int, last: int) -> str:
        """What stands at ``[first, last)`` of the take's document; as far as the quote goes if there is no document."""
        start = take.statement.passage.start
        if document := (self.documents if self.texts is None else self.texts).get(take.document):
            return document.text[first:last]
        return take.quote[max(0, first - start) : max(0, last - start)]

    def condition(self, take: Take) -> str:
        """The words of a statement's condition, wherever in the document they stand."""
        return " … ".join(self.words(take, first, last).strip() for first, last in take.statement.condition)

    def review(self, ids: Iterable[str]) -> Review:
        """The review mark of what rests on these statements: unreviewed while one of them is."""
        marks = {self.reviews.get(i, Review.UNREVIEWED) for i in ids} or {Review.UNREVIEWED}
        order = (Review.UNREVIEWED, Review.CORRECTED, Review.WRITTEN, Review.ACCEPTED)
        return next((mark for mark in order if mark in marks), Review.UNREVIEWED)


def takes_of(
    statements: Iterable[Statement], names: Names, documents: Mapping[str, Document], dates: Mapping[str, date | None]
) -> tuple[Take, ...]:
    """Takes in the ledger's order: publication (unknown last), document, place in the text, id."""
    stems, subjects = names.stems, names.subjects
    found = []
    for s in statements:
        rank, outlet = names.voice(s.speaker)
        speaker = None if s.speaker == AUTHOR else names.party(s.speaker)
        holder = names.party(s.holder)
        if holder is None and s.holder is None and s.mode is not Mode.AUTHOR:
            holder = speaker
        document = documents.get(s.passage.document)
        published = document.published if document and document.published else dates.get(s.passage.document)
        when = s.said.latest or s.said.earliest or published or date.min
        between = names.goes_between(speaker)
        subject = subjects.get(s.issue or "", frozenset())
        found.append(Take(s, holder, speaker, when, published, rank, outlet, between, stems, subject))
    return tuple(sorted(found, key=_place))


def _place(take: Take) -> tuple[date, str, int, int, str]:
    passage = take.statement.passage
    return (take.published or date.max, passage.document, passage.start, passage.end, take.id)


def with_utterances(takes: Sequence[Take], utterance: Mapping[str, str]) -> tuple[Take, ...]:
    """`takes` with `same_utterance_as` set to the statement that stands for the utterance (None for that one)."""
    now = []
    for take in takes:
        head = utterance.get(take.id, take.id)
        same = None if head == take.id else head
        now.append(take if take.statement.same_utterance_as == same else take.telling_again(same))
    return tuple(now)


def restrict_duplicates(groups: Iterable[DuplicateGroup], documents: Iterable[str]) -> tuple[DuplicateGroup, ...]:
    """Duplicate groups with only the documents in view; groups of one are left out."""
    seen = set(documents)
    kept = []
    for group in groups:
        members = tuple(m for m in group.members if m in seen)
        if len(members) > 1:
            original = group.original if group.original in members else min(members)
            kept.append(replace(group, original=original, members=members))
    return tuple(sorted(kept, key=lambda g: (g.original, g.members)))
