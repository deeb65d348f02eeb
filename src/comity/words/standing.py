"""Who stands where: the values of the ledger. All are derived; each names the rule that derived it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.words.agenda import Agenda
from comity.words.statement import Act, Event, Quantity, Statement
from comity.words.text import DuplicateGroup


class Firmness(StrEnum):
    """How firmly a position is held, firmest first. ``|`` gives the firmer of two."""

    FIRM = "firm"
    CONDITIONAL = "conditional"
    SOFT = "soft"

    def __or__(self, other: Firmness) -> Firmness:
        order = list(Firmness)
        return min(self, other, key=order.index)


class Provenance(StrEnum):
    """On whose word a position rests, nearest to the party first. ``|`` gives the nearer of two."""

    OWN_WORDS = "own_words"  # quoted
    PARAPHRASE = "paraphrase"  # reported speech
    REPORTER = "reporter"  # the reporter's account of a stance, without a speech act

    def __or__(self, other: Provenance) -> Provenance:
        order = list(Provenance)
        return min(self, other, key=order.index)


class Review(StrEnum):
    """Whether a person has looked at what a machine proposed."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    WRITTEN = "written"  # by a person from the start


class State(StrEnum):
    """State of an issue."""

    AGREED = "agreed"
    OFFERED = "offered"
    OPEN = "open"
    BLOCKED = "blocked"
    CONTESTED = "contested"
    CLAIMED = "claimed"  # by one side
    SILENT = "silent"


class ChangeKind(StrEnum):
    """How a position differs between two dates."""

    NEW = "new"
    MOVED = "moved"
    HARDENED = "hardened"
    SOFTENED = "softened"
    REAFFIRMED = "reaffirmed"
    WITHDRAWN = "withdrawn"


class TensionKind(StrEnum):
    """Why statements cannot all hold, or do not fit."""

    POSITION = "position_conflict"  # parties want what excludes each other
    ASSESSMENT = "assessment_conflict"  # near or far, moving or not
    SOURCE = "source_conflict"  # two sources tell it differently
    SCOPE = "scope_conflict"  # flat here, conditional or partial there
    STATUS = "status_conflict"  # open here, settled there
    FORMAT = "format_conflict"  # who talks to whom
    FEASIBILITY = "feasibility"  # required, and doubted to be possible
    AMBIGUITY = "internal_ambiguity"  # one speaker, two readings
    INFERENCE = "inference"  # what follows from some contradicts others


class RelationKind(StrEnum):
    """What looks like a contradiction or a repetition and is not."""

    CORROBORATION = "corroboration"
    SAME_UTTERANCE = "same_utterance"
    COMPLEMENTARY = "complementary"
    SAME_OCCASION = "same_day_same_speaker"


@dataclass(frozen=True)
class Position:
    """A party's stand on an issue as of a date.

    `summary` is made of quoted words only. `statements` support it, newest first; `qualified_by` are statements
    that soften or bound it; `origins` counts independent origins (an utterance reprinted or told twice counts once).
    `since` is the date since which it stands, as far as known: of saying, else of publication.
    """

    party: str
    issue: str
    summary: str
    act: Act
    firmness: Firmness
    provenance: Provenance
    statements: tuple[str, ...]
    rule: str
    since: date | None = None
    qualified_by: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    origins: int = 1
    review: Review = Review.UNREVIEWED
    marks: tuple[str, ...] = ()
    """What else a reader should know, in words ("unnamed officials only", "told by another side")."""


@dataclass(frozen=True)
class Outlook:
    """What others forecast or guess about a party on an issue. Shown beside positions, never as one."""

    party: str
    issue: str
    summary: str
    statements: tuple[str, ...]
    rule: str


@dataclass(frozen=True)
class Status:
    """State of an issue with the statements that make it so.

    `mark` qualifies the state in words ("on a reporter's reading", "one side only"); empty if nothing to add.
    """

    issue: str
    state: State
    why: str
    statements: tuple[str, ...]
    rule: str
    mark: str = ""
    review: Review = Review.UNREVIEWED


@dataclass(frozen=True)
class Change:
    """A position that differs between two dates. `before` or `after` is None for new and withdrawn ones."""

    party: str
    issue: str
    kind: ChangeKind
    before: Position | None
    after: Position | None
    statements: tuple[str, ...]
    rule: str
    on: date | None = None


@dataclass(frozen=True)
class Tension:
    """Statements against statements that cannot all hold, or do not fit."""

    kind: TensionKind
    statements: tuple[str, ...]
    against: tuple[str, ...]
    rule: str
    issue: str | None = None
    text: str = ""
    review: Review = Review.UNREVIEWED


@dataclass(frozen=True)
class Relation:
    """Statements that belong together without contradicting each other."""

    kind: RelationKind
    statements: tuple[str, ...]
    rule: str


@dataclass(frozen=True)
class Fact:
    """A reported state of affairs on the ground. Never a position."""

    issue: str | None
    summary: str
    statements: tuple[str, ...]
    rule: str


@dataclass(frozen=True)
class Channel:
    """Who talks to whom. `ends` are canonical names in alphabetical order; `through` who carries or hosts."""

    ends: tuple[str, ...]
    through: tuple[str, ...]
    statements: tuple[str, ...]
    rule: str
    last: date | None = None
    next: date | None = None
    awaiting: str | None = None
    precondition: str = ""
    events: tuple[int, ...] = ()
    """Indices into `Ledger.events`."""


NOT_STATED = "not stated"


@dataclass(frozen=True)
class Term:
    """One promise in the text under negotiation, as far as it is reported; unreported slots read "not stated"."""

    summary: str
    statements: tuple[str, ...]
    rule: str
    issue: str | None = None
    obligor: str = NOT_STATED
    beneficiary: str = NOT_STATED
    act: str = NOT_STATED
    trigger: str = NOT_STATED
    response: str = NOT_STATED
    verifier: str = NOT_STATED
    duration: str = NOT_STATED
    gate: str = NOT_STATED
    order: str = NOT_STATED


@dataclass(frozen=True)
class LedgerEvent:
    """One event, told by one or several documents."""

    event: Event
    documents: tuple[str, ...]
    statements: tuple[str, ...] = ()
    disputed: str = ""


@dataclass(frozen=True)
class GapPoint:
    """A number that a party put forward on a date: ``low <= value <= high`` in the unit of its `Gap`."""

    party: str
    on: date | None
    low: float
    high: float
    statement: str


@dataclass(frozen=True)
class Gap:
    """Numbers in one unit that parties put forward on one issue, oldest first, and how far apart they are.

    `width` is the distance between the newest ranges of the parties furthest apart (0: they meet); `widths` gives
    that distance after each date on which a number changed, so that a narrowing gap can be seen.
    """

    issue: str
    unit: str
    of: str
    points: tuple[GapPoint, ...]
    width: float
    widths: tuple[tuple[date | None, float], ...]
    rule: str

    @property
    def narrowing(self) -> bool:
        """True if the newest distance is the smallest so far and smaller than the one before it."""
        values = [width for _, width in self.widths]
        return len(values) > 1 and values[-1] < values[-2] and values[-1] == min(values)


@dataclass(frozen=True)
class Ledger:
    """Who stands where as of a date, on whose word. A pure function of readings, agenda, decisions and date.

    `statements` holds every statement that counts (published on or before `as_of`, rejected ones left out), with
    `same_utterance_as` set; everything else refers to them by id. `reviews` names those that a person has looked at.
    """

    agenda: Agenda
    as_of: date | None
    statements: tuple[Statement, ...]
    positions: tuple[Position, ...] = ()
    outlooks: tuple[Outlook, ...] = ()
    statuses: tuple[Status, ...] = ()
    tensions: tuple[Tension, ...] = ()
    relations: tuple[Relation, ...] = ()
    facts: tuple[Fact, ...] = ()
    channels: tuple[Channel, ...] = ()
    terms: tuple[Term, ...] = ()
    events: tuple[LedgerEvent, ...] = ()
    duplicates: tuple[DuplicateGroup, ...] = ()
    version: str = ""
    reviews: tuple[tuple[str, Review], ...] = ()

    def statement(self, statement_id: str) -> Statement:
        """The statement with this id; KeyError if the ledger does not hold it."""
        for statement in self.statements:
            if statement.id == statement_id:
                return statement
        raise KeyError(statement_id)
