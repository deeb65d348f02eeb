"""What the timeline shows, as rows: statements by the day they were said, and events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.desk.parts.phrases import ACTS, EVENT_STATUSES, REVIEWS, listing, speaker_name
from comity.words import Document, EventStatus, Ledger, LedgerEvent, Review, Statement


@dataclass(slots=True)
class Told:
    """One statement in time. `when` is the day not later than which it was said, as the ledger orders positions:
    `basis` is "said" where the text dates it, "published" where only the report is dated, "undated" if neither."""

    statement: Statement
    when: date | None
    earliest: date | None
    basis: str
    issue: str | None
    party: str | None
    review: Review


def told(ledger: Ledger, published: Mapping[str, date | None]) -> tuple[Told, ...]:
    """Every utterance of a ledger once (what several reports tell of one stands with the first), oldest first."""
    reviews = dict(ledger.reviews)
    party_of = _PartyOf(ledger)
    found: list[Told] = []
    for s in ledger.statements:
        if s.same_utterance_as is not None:
            continue
        day = s.said.latest or s.said.earliest
        when = day or published.get(s.document)
        found.append(
            Told(
                statement=s,
                when=when,
                earliest=s.said.earliest or when,
                basis="said" if day else "published" if when else "undated",
                issue=s.issue,
                party=party_of(s.holder) or party_of(s.speaker),
                review=reviews.get(s.id, Review.UNREVIEWED),
            )
        )
    found.sort(key=lambda t: (t.when or date.max, t.statement.document, t.statement.passage.start))
    return tuple(found)


class _PartyOf:
    """The party of a canonical name, each name looked up once."""

    def __init__(self, ledger: Ledger) -> None:
        self._agenda = ledger.agenda
        self._known: dict[str | None, str | None] = {}

    def __call__(self, name: str | None) -> str | None:
        if name not in self._known:
            self._known[name] = self._agenda.party_of(name)
        return self._known[name]


def events(ledger: Ledger) -> tuple[LedgerEvent, ...]:
    """The events that are more than somebody speaking (for that is what the statements are)."""
    ahead = (EventStatus.PLANNED, EventStatus.AGREED, EventStatus.POSTPONED)
    return tuple(e for e in ledger.events if e.event.type != "remarks" or e.event.status in ahead)


def words_of(told: LedgerEvent) -> str:
    """An event in words: its kind, who takes part and where."""
    event = told.event
    kind = "event" if event.type == "other" else event.type.replace("_", " ")
    who = f": {listing(event.participants)}" if event.participants else ""
    return f"{kind}{who}{f', {event.place}' if event.place else ''}"


def outlets(documents: Sequence[Document]) -> dict[str, str]:
    """Document id to its outlet, or to its id where the outlet is not known."""
    return {d.id: d.source or d.id for d in documents}


COLUMNS = (
    "date", "not before", "kind", "issue", "party", "speaker", "act or status", "words", "date is of", "outlet",
    "document", "statement", "review",
)  # fmt: skip


def statement_row(told: Told, issues: Mapping[str, str], parties: Mapping[str, str], outlet: str) -> tuple[str, ...]:
    """A statement as a row of the timeline's table."""
    s = told.statement
    return (
        _iso(told.when),
        _iso(told.earliest),
        "statement",
        issues.get(told.issue or "", told.issue or ""),
        parties.get(told.party or "", told.party or ""),
        speaker_name(s.speaker),
        ACTS[s.act],
        " ".join(s.passage.quote.split()),
        told.basis,
        outlet,
        s.document,
        s.id,
        REVIEWS[told.review],
    )


def event_row(told: LedgerEvent, outlet: str) -> tuple[str, ...]:
    """An event as a row of the timeline's table."""
    event = told.event
    return (
        _iso(event.latest or event.earliest),
        _iso(event.earliest),
        "event",
        "",
        "",
        "",
        EVENT_STATUSES[event.status],
        words_of(told),
        "told" if event.earliest or event.latest else "undated",
        outlet,
        told.documents[0] if told.documents else "",
        told.statements[0] if told.statements else "",
        told.disputed,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
