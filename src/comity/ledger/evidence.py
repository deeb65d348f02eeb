"""The evidence: statements that count, with what every rule asks of them, indexed so that no rule scans them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from comity.ledger.figures import Figure, figures
from comity.ledger.names import Names
from comity.ledger.phrases import agrees
from comity.ledger.wording import content, telling
from comity.words import (
    AUTHOR,
    Act,
    Agenda,
    Authority,
    Certainty,
    Document,
    DuplicateGroup,
    Issue,
    LedgerEvent,
    Mode,
    Polarity,
    Provenance,
    Review,
    Statement,
    StatusClaim,
)

STANCES = frozenset({Act.REJECT, Act.DEMAND, Act.CONDITION, Act.ACCEPT, Act.OFFER, Act.COMMIT, Act.ANNOUNCE})
"""Acts by which a party takes a stand; assertions and assessments are claims and views."""

T = TypeVar("T")
Remembering = Callable[["Evidence", tuple[str, ...], list["Take"], Callable[..., Any]], Any]

_AUTHORITIES = {authority: rank for rank, authority in enumerate(Authority)}
_PROVENANCES = {provenance: rank for rank, provenance in enumerate(Provenance)}
GUESSES = frozenset({Certainty.PREDICTED, Certainty.INFERRED, Certainty.SPECULATIVE, Certainty.OPINION})
HOPEFUL = frozenset({StatusClaim.CLOSE, StatusClaim.PROGRESS, StatusClaim.AGREED, StatusClaim.CLAIMED_AGREED})
GLOOMY = frozenset({StatusClaim.OPEN, StatusClaim.STALLED, StatusClaim.UNKNOWN, StatusClaim.NEAR_LIMIT})


@dataclass(frozen=True, eq=False)
class Take:
    """One statement as the ledger takes it. Compared by identity: there is one for each statement.

    `holder` and `speaker` are ids of parties or None; `when` is the day not later than which it was said (of saying,
    else of publication, else `date.min`).
    """

    statement: Statement
    holder: str | None
    speaker: str | None
    when: date
    published: date | None
    authority: Authority
    outlet: bool
    between: bool
    names: frozenset[str]
    subject: frozenset[str]
    """Meanings of the words by which the agenda knows the issue."""

    def telling_again(self, utterance: str | None) -> Take:
        """The same take, its statement marked as telling an utterance again. Nothing else depends on that mark, so what
        was worked out of it is kept."""
        now = replace(self, statement=replace(self.statement, same_utterance_as=utterance))
        vars(now).update({name: value for name, value in vars(self).items() if name != "statement"})
        return now

    @cached_property
    def id(self) -> str:
        return self.statement.id

    @cached_property
    def quote(self) -> str:
        return self.statement.passage.quote

    @cached_property
    def issue(self) -> str | None:
        return self.statement.issue

    @cached_property
    def act(self) -> Act:
        return self.statement.act

    @cached_property
    def document(self) -> str:
        return self.statement.passage.document

    @cached_property
    def order(self) -> tuple[int, int, int, str, str]:
        """Newest first by date said; on one day the higher authority, own words and ledger order decide."""
        rank, near = _AUTHORITIES[self.authority], _PROVENANCES[self.provenance]
        return (-self.when.toordinal(), rank, near, self.document, self.id)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Meanings of the content words of the quote, names of parties and actors left out."""
        return frozenset(content(self.quote)) - self.names

    @cached_property
    def telling(self) -> frozenset[str]:
        """`stems` without what every report of talks says, and the topics that the reader saw."""
        topics = frozenset(stem for topic in self.statement.topics for stem in content(topic))
        return telling(self.stems | topics, self.names)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """`telling` in alphabetical order."""
        return tuple(sorted(self.telling))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Numbers that it puts forward."""
        return figures(self.statement)

    @cached_property
    def sign(self) -> int:
        """+1: for what it words (wants, offers, accepts, finds near); -1: against; 0: neither."""
        s = self.statement
        if s.act is Act.REJECT:
            return -1
        if s.polarity is not None:
            return 1 if s.polarity is Polarity.PRO else -1
        if s.act in STANCES:
            return 1
        return 1 if s.status in HOPEFUL else -1 if s.status in GLOOMY else 0

    @cached_property
    def attributed(self) -> bool:
        """True if somebody other than the article is said to have spoken."""
        return self.statement.mode not in (Mode.AUTHOR, Mode.REPORTED_STANCE) and self.statement.speaker != AUTHOR

    @cached_property
    def account(self) -> bool:
        """True if it is another's account of the holder: the article's, an outlet's or a go-between's."""
        return not self.attributed or self.outlet or (self.speaker is not None and self.speaker != self.holder)

    @cached_property
    def provenance(self) -> Provenance:
        if self.account:
            return Provenance.REPORTER
        own = self.statement.mode in (Mode.DIRECT, Mode.MIXED)
        return Provenance.OWN_WORDS if own else Provenance.PARAPHRASE

    @cached_property
    def supports(self) -> bool:
        """True if it may support a position of its holder.

        Never what an article says, forecasts or guesses itself; never a fact; never what one side tells of another
        (a go-between's account of a side may, and is marked).
        """
        s = self.statement
        if s.mode is Mode.AUTHOR or s.fact or self.holder is None or s.act is Act.DECLINE_TO_SAY:
            return False
        if s.mode is Mode.REPORTED_STANCE:
            return s.certainty not in GUESSES and self.speaker in (None, self.holder)
        if s.speaker == AUTHOR:
            return False
        if self.speaker in (None, self.holder):
            return not (self.outlet and s.certainty in GUESSES)
        return self.between and s.certainty is Certainty.ASSERTED

    @cached_property
    def forecast(self) -> bool:
        """True if it is an article's or outlet's forecast, guess or judgement of its holder."""
        s = self.statement
        if s.fact or self.supports or s.act is Act.DECLINE_TO_SAY:
            return False
        if s.mode is Mode.REPORTED_STANCE:
            return s.certainty in GUESSES and self.speaker in (None, self.holder)
        own = s.mode is Mode.AUTHOR or (self.outlet and self.speaker is None)
        return own and (s.act is not Act.ASSERT or s.certainty is not Certainty.ASSERTED)

    @cached_property
    def told_by_another(self) -> bool:
        """True if it is what one side tells of another."""
        return not self.supports and not self.statement.fact and self.speaker not in (None, self.holder)

    @cached_property
    def agreement(self) -> StatusClaim | None:
        """`AGREED` if it tells of an agreement, `SCHEDULED` if of a set date, flatly and without condition."""
        s = self.statement
        if s.certainty is not Certainty.ASSERTED or s.condition or self.sign < 0:
            return None
        if s.status in (StatusClaim.AGREED, StatusClaim.SCHEDULED):
            return s.status
        announced = s.act is Act.ANNOUNCE and s.status is None and agrees(self.quote)
        return StatusClaim.AGREED if announced else None

    @cached_property
    def stance(self) -> bool:
        return self.statement.act in STANCES

    @cached_property
    def conditional(self) -> bool:
        return bool(self.statement.condition)

    @cached_property
    def weak(self) -> bool:
        """True if said with less authority than a principal, spokesperson or envoy has."""
        return self.attributed and self.authority in (Authority.OFFICIAL_UNNAMED, Authority.OTHER)


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
    authority: dict[str, tuple[Authority, bool]] = {}
    stems = names.stems
    subjects = {issue.id: _subject(issue) for issue in names.agenda.issues}
    found = []
    for s in statements:
        if s.speaker not in authority:
            authority[s.speaker] = (names.authority(s.speaker), names.is_outlet(s.speaker))
        rank, outlet = authority[s.speaker]
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


@lru_cache(maxsize=1024)
def _subject(issue: Issue) -> frozenset[str]:
    words = (issue.name, *(keyword.rstrip("*") for keyword in issue.keywords))
    return frozenset(stem for word in words for stem in content(word))


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
