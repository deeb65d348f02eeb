"""What a brief holds, whatever format it is written in. Frozen dataclasses; texts are English and final.

Every claim carries labels (``A08``: document A, its statement 8), and every label is found in `Brief.citations`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.desk.parts.phrases import bare, clip
from comity.words import (
    NOT_STATED,
    Act,
    Certainty,
    ChangeKind,
    DocumentKind,
    Firmness,
    Handling,
    Mode,
    Provenance,
    RelationKind,
    Review,
    Role,
    Span,
    State,
    TensionKind,
)

QUOTES = " · "
"""What the ledger puts between two quotations of one summary."""


MOST_QUOTES = 2
"""Quotations of one position that are shown in a cell."""


def quotes_of(summary: str) -> tuple[str, ...]:
    """The quotations of a summary, each by itself and without quotation marks of its own."""
    return tuple(dict.fromkeys(clip(bare(one)) for one in summary.split(QUOTES)))


@dataclass(frozen=True)
class Words:
    """A run of text: ours, or (`quoted`) the exact words of a document; `name` marks the name of an issue."""

    text: str
    quoted: bool = False
    name: bool = False


@dataclass(frozen=True)
class Line:
    """A sentence or entry with the labels it rests on."""

    words: tuple[Words, ...]
    cites: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The line without its labels; quoted words in curly quotation marks.

        >>> Line((Words("Rejects "), Words("any toll", quoted=True))).text
        'Rejects “any toll”'
        """
        return "".join(f"“{w.text}”" if w.quoted else w.text for w in self.words)


def line(text: str, cites: tuple[str, ...] = ()) -> Line:
    """A line of our own words."""
    return Line((Words(text),), cites)


@dataclass(frozen=True)
class Source:
    """One document of the brief. `letter` names it in labels; `attributed`, `quoted`, `reporters` and `stances`
    count its statements: under a speaker, of these in quotation marks, the reporter's own, and of these the accounts
    of a party's stance. `reprint_of` is the letter of the document that it repeats, if it does."""

    letter: str
    document: str
    outlet: str | None
    title: str | None
    published: date | None
    url: str | None
    kind: DocumentKind
    handling: Handling
    statements: int
    attributed: int
    quoted: int
    reporters: int
    stances: int
    reprint_of: str | None = None
    superseded: bool = False


@dataclass(frozen=True)
class Citation:
    """A passage that the brief can point to, with everything a reader needs to weigh it.

    `chain` is outermost first, in words ("the article", "Axios", …). `same_as` are labels of other tellings of the
    same utterance. `statement` is None for the passage of an event.
    """

    label: str
    letter: str
    start: int
    end: int
    quote: str
    statement: str | None
    speaker: str
    holder: str | None
    chain: tuple[str, ...]
    mode: Mode | None
    act: Act | None
    certainty: Certainty | None
    issue: str | None
    said: str
    condition: tuple[str, ...] = ()
    condition_spans: tuple[Span, ...] = ()
    review: Review = Review.UNREVIEWED
    confidence: float = 1.0
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A party of the matrix, in the agenda's order."""

    id: str
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Entry:
    """One line of a cell. A position has firmness and provenance; an outlook (what others forecast) has neither."""

    summary: str
    cites: tuple[str, ...]
    rule: str
    act: Act | None = None
    firmness: Firmness | None = None
    provenance: Provenance | None = None
    since: date | None = None
    qualified_by: tuple[str, ...] = ()
    origins: int = 1
    review: Review = Review.UNREVIEWED
    marks: tuple[str, ...] = ()

    @property
    def quotes(self) -> tuple[str, ...]:
        """The first of the summary's quotations, each by itself: the rest are behind the labels."""
        return quotes_of(self.summary)[:MOST_QUOTES]

    @property
    def outlook(self) -> bool:
        return self.firmness is None


@dataclass(frozen=True)
class Cell:
    """What a party is reported to hold on an issue; no entries: nothing in the sources."""

    party: str
    issue: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Row:
    """An issue with its state and its cells in the order of the columns."""

    issue: str
    name: str
    description: str
    kind: str
    state: State
    mark: str
    why: str
    cites: tuple[str, ...]
    rule: str
    review: Review
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Shift:
    """A position that differs from the earlier date. `was` is what led before, `now` what was not said before."""

    party: str
    issue: str
    kind: ChangeKind
    was: tuple[str, ...]
    now: tuple[str, ...]
    on: date | None
    cites: tuple[str, ...]
    rule: str


@dataclass(frozen=True)
class Dated:
    """An event: `when` in words with the day of the week, `what` in words, `note` if told otherwise elsewhere."""

    when: str
    earliest: date | None
    latest: date | None
    what: str
    status: str
    type: str
    place: str | None
    participants: tuple[str, ...]
    cites: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Disagreement:
    """A tension with the labels of both sides, for their quotes to be shown side by side."""

    number: int
    kind: TensionKind
    issue: str | None
    text: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    rule: str


@dataclass(frozen=True)
class Point:
    """A number that a party put forward: ``low <= value <= high``, with the label of its passage."""

    party: str
    on: date | None
    low: float
    high: float
    cite: str


@dataclass(frozen=True)
class Distance:
    """Numbers of several parties on one issue in one unit, oldest first, and how far apart the newest are.

    `widths` is the distance after each number in turn; `of` says what is counted, if known.
    """

    issue: str
    unit: str
    of: str
    points: tuple[Point, ...]
    width: float
    widths: tuple[float, ...]
    narrowing: bool
    rule: str


@dataclass(frozen=True)
class Fit:
    """Groups of statements that look like a contradiction or a repetition, and why they are none."""

    kind: RelationKind
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Contact:
    """A channel, in words."""

    ends: tuple[str, ...]
    through: tuple[str, ...]
    last: str
    next: str
    awaiting: str | None
    precondition: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Promise:
    """A term under negotiation: slots in the order of `Term`, each with its value or "not stated"."""

    summary: str
    issue: str | None
    slots: tuple[tuple[str, str], ...]
    cites: tuple[str, ...]

    @property
    def stated(self) -> tuple[tuple[str, str], ...]:
        """The slots that somebody reported."""
        return tuple((name, value) for name, value in self.slots if value != NOT_STATED)

    @property
    def unstated(self) -> tuple[str, ...]:
        """The names of the slots that nobody reported."""
        return tuple(name for name, value in self.slots if value == NOT_STATED)


@dataclass(frozen=True)
class Paragraph:
    """The analyst's own words in a section of the brief. Never made, changed or dropped by the machine."""

    section: str
    text: str
    coder: str = ""
    handling: Handling = Handling.PUBLIC


@dataclass(frozen=True)
class Counts:
    """Statements of the brief: all of them, and how they are reported."""

    documents: int
    statements: int
    attributed: int
    quoted: int
    reporters: int
    stances: int
    reviewed: int
    positions: int
    positions_reviewed: int


@dataclass(frozen=True)
class Brief:
    """Everything that a brief says, in the order it is said.

    `as_of` is the date it speaks of, `since` the earlier date that changes are counted from. `made_by` names
    version, reader and settings. Nothing here depends on the clock.
    """

    title: str
    as_of: date | None
    since: date | None
    handling: Handling
    agenda_proposed: bool
    counts: Counts
    columns: tuple[Column, ...]
    bottom_line: tuple[Line, ...]
    rows: tuple[Row, ...]
    shifts: tuple[Shift, ...]
    ahead: tuple[Dated, ...]
    recent: tuple[Dated, ...]
    disagreements: tuple[Disagreement, ...]
    fits: tuple[Fit, ...]
    distances: tuple[Distance, ...]
    moves: tuple[Line, ...]
    contacts: tuple[Contact, ...]
    promises: tuple[Promise, ...]
    facts: tuple[Line, ...]
    weak_points: tuple[Line, ...]
    paragraphs: tuple[Paragraph, ...]
    sources: tuple[Source, ...]
    citations: tuple[Citation, ...]
    made_by: tuple[tuple[str, str], ...]

    def name_of(self, party_or_issue: str | None) -> str:
        """The name of a party or issue id, or the id itself where the agenda lacks it."""
        for column in self.columns:
            if column.id == party_or_issue:
                return column.name
        for row in self.rows:
            if row.issue == party_or_issue:
                return row.name
        return party_or_issue or ""
