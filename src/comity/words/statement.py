"""What one document says, as a reader takes it: statements, events, times, mentions, segments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import prod

from comity.words.text import Passage, Span

AUTHOR = "author"
"""The speaker of whatever the article itself says."""


class Mode(StrEnum):
    """How a statement is reported."""

    DIRECT = "direct"  # words in quotation marks
    INDIRECT = "indirect"  # paraphrase under a speech cue with a source
    MIXED = "mixed"  # paraphrase with partial quotation
    REPORTED_STANCE = "reported_stance"  # the author states a party's stance without a speech act
    AUTHOR = "author"  # the author's own assertion, forecast or opinion


class Act(StrEnum):
    """What is done with the words."""

    DEMAND = "demand"
    REJECT = "reject"
    ACCEPT = "accept"
    OFFER = "offer"
    CONDITION = "condition"
    COMMIT = "commit"
    ANNOUNCE = "announce"
    ASSERT = "assert"
    ASSESS = "assess"
    DECLINE_TO_SAY = "decline_to_say"


class Certainty(StrEnum):
    """How sure the statement is made to sound."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    PREDICTED = "predicted"
    INFERRED = "inferred"
    SPECULATIVE = "speculative"
    OPINION = "opinion"


class Polarity(StrEnum):
    """For or against the proposition as worded."""

    PRO = "pro"
    CON = "con"


class StatusClaim(StrEnum):
    """What a statement says of the state of an issue or of the talks."""

    OPEN = "open"  # unresolved, still discussed
    AGREED = "agreed"
    CLAIMED_AGREED = "claimed_agreed"  # told as settled, by one side
    CLOSE = "close"  # a deal is near
    PROGRESS = "progress"
    STALLED = "stalled"  # no change, no movement
    ONGOING = "ongoing"  # talks go on
    SCHEDULED = "scheduled"
    NEAR_LIMIT = "near_limit"  # gone as far as possible
    UNKNOWN = "unknown"  # said to be unknowable


class SegmentKind(StrEnum):
    """What a stretch of text is. Only BODY, POST and QUOTED_DOCUMENT are read for statements."""

    BODY = "body"
    HEADER = "header"  # date, dateline, byline, metadata glued to the text
    HEADING = "heading"
    CREDIT = "credit"  # of a photo
    CAPTION = "caption"
    POST = "post"  # an embedded social-media post
    POST_RESIDUE = "post_residue"  # links, handle and date left over from a post
    QUOTED_DOCUMENT = "quoted_document"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True)
class Said:
    """When something was said: bounds (None: unknown), and the expression that says so, if any."""

    earliest: date | None = None
    latest: date | None = None
    expression: Span | None = None


@dataclass(frozen=True)
class Quantity:
    """A number with its unit as a statement gives it: ``low <= value <= high``.

    `unit` is singular and lower-case ("month", "tonne", "per cent", "km", "person"); `span` is where it stands;
    `of` says what is counted, if known.
    """

    low: float
    high: float
    unit: str
    span: Span
    of: str = ""


@dataclass(frozen=True)
class Chances:
    """How likely each part of a statement is right, 0 to 1; None where the reader does not tell.

    `words`: the passage, whole and no more. `issue` is None also where there is no agenda, `time` where nothing in the
    text tells when it was said.
    """

    words: float | None = None
    speaker: float | None = None
    holder: float | None = None
    act: float | None = None
    issue: float | None = None
    time: float | None = None

    @property
    def all(self) -> float:
        """The chance that all of it is right, if one part fails regardless of another.

        >>> Chances(words=0.9, speaker=0.8, act=0.5).all
        0.36
        """
        told = (self.words, self.speaker, self.holder, self.act, self.issue, self.time)
        return round(prod(each for each in told if each is not None), 3)


@dataclass(frozen=True)
class Statement:
    """What an actor is reported to have said, wanted, offered or refused, or what the article says itself.

    Attributes
    ----------
    id
        ``<document>#<n>``, n from 1 in order of the text.
    passage
        The content, with its quote.
    source, cue, content, condition
        Spans, in order of the text. `content` is all that the cue reports and covers at least the passage; of several
        statements cut from one attribution only the first has it, so that each attribution stands once in a reading.
    speaker
        Canonical name of who says it; `AUTHOR` for the article itself and for reported stances.
    holder
        Canonical name of whose position or outlook it describes, or None.
    chain
        Outermost first, from `AUTHOR` to the speaker.
    issue, also_issues
        Ids of the agenda's issues; None if it speaks of none of them.
    option
        Id of the option of `issue` that it favours (or refuses, with polarity con), if it names one.
    status
        What it says of the state of the issue, if it does.
    fact
        True if it reports a state of affairs on the ground (who holds what). Never a position.
    absolute
        True if worded without exception ("any", "never", "at all").
    topics
        Content noun phrases, lower-case lemmas, in order: what it is about.
    confidence
        0 to 1, of the reader in this statement as a whole.
    chances
        The same of each part, where the reader tells.
    same_utterance_as
        Id of another statement that tells the same utterance. Set by the ledger, never by a reader.
    """

    id: str
    passage: Passage
    mode: Mode
    speaker: str
    act: Act
    certainty: Certainty = Certainty.ASSERTED
    holder: str | None = None
    chain: tuple[str, ...] = (AUTHOR,)
    issue: str | None = None
    also_issues: tuple[str, ...] = ()
    option: str | None = None
    polarity: Polarity | None = None
    status: StatusClaim | None = None
    fact: bool = False
    absolute: bool = False
    said: Said = Said()
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    condition: tuple[Span, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    topics: tuple[str, ...] = ()
    addressee: str | None = None
    medium: str | None = None
    confidence: float = 1.0
    same_utterance_as: str | None = None
    chances: Chances | None = None

    @property
    def document(self) -> str:
        return self.passage.document

    @property
    def own_guess(self) -> bool:
        """True if this is the article's own and so can never support a party's position."""
        return self.mode is Mode.AUTHOR


class EventStatus(StrEnum):
    """Whether an event took place."""

    PLANNED = "planned"
    AGREED = "agreed"
    ONGOING = "ongoing"
    HELD = "held"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


@dataclass(frozen=True)
class Event:
    """A meeting, call, visit, vote, deadline, round of talks, contact or publication.

    `type` is one of "meeting", "call", "visit", "vote", "deadline", "talks", "contact", "remarks",
    "press_briefing", "post", "publication", "review", "withdrawal", "other". Participants are canonical names.
    `basis` says in words how the dates were worked out.
    """

    type: str
    status: EventStatus
    spans: tuple[Span, ...]
    participants: tuple[str, ...] = ()
    place: str | None = None
    earliest: date | None = None
    latest: date | None = None
    expression: Span | None = None
    basis: str = ""


@dataclass(frozen=True)
class TimeMention:
    """A time expression with its TIMEX3 type (DATE, TIME, DURATION, SET) and value, and the dates it spans."""

    start: int
    end: int
    type: str
    value: str
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True)
class Mention:
    """A place in the text that names or stands for an entity.

    `entity` is an agenda id where the agenda knows it, else a slug of the canonical name;
    `kind` is "name", "title", "pronoun" or "description".
    """

    start: int
    end: int
    entity: str
    kind: str = "name"


@dataclass(frozen=True)
class Entity:
    """Somebody or something mentioned in one document.

    `type` is "person", "group", "state", "body", "place", "outlet", "platform" or "other"; `party` is the
    canonical name of the party it stands for, as far as the text, the agenda or a gazetteer tells.
    """

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    role: str = ""


@dataclass(frozen=True)
class Segment:
    """A stretch of the text and what it is."""

    start: int
    end: int
    kind: SegmentKind


@dataclass(frozen=True)
class Reading:
    """Everything a reader took from one document. A pure function of document, agenda and reader version.

    `skipped` are spans that the reader refused (a broken sentence), with the reason.
    """

    document: str
    published: date | None
    reader: str
    text_sha256: str
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    times: tuple[TimeMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    segments: tuple[Segment, ...] = ()
    skipped: tuple[Skipped, ...] = field(default=())


@dataclass(frozen=True)
class Skipped:
    """A span that was not read, and why."""

    start: int
    end: int
    reason: str
