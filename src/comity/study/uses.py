"""Who used which concept, for or against: what networks are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from comity.words import AUTHOR, Act, Document, InputError, Ledger, Polarity, Statement


@dataclass(frozen=True)
class Use:
    """An actor used a concept once, or so many `times`. `stance` is 1 for, 0 against, or a number on a scale; None
    where nobody can say."""

    actor: str
    concept: str
    stance: float | None = 1.0
    on: date | None = None
    document: str = ""
    times: int = 1


class ActorBy(StrEnum):
    """Whom a statement counts for: the party whose position it is, who holds it, or who said it."""

    PARTY = "party"
    HOLDER = "holder"
    SPEAKER = "speaker"


class ConceptBy(StrEnum):
    """What a statement is about: an option of an issue, an issue, or its topics."""

    OPTION = "option"
    ISSUE = "issue"
    TOPIC = "topic"


@dataclass(frozen=True)
class Taken:
    """Uses taken from a ledger, and how many of its statements gave none (no actor, no concept, or told before)."""

    uses: tuple[Use, ...]
    left_out: int = 0


_FOR = frozenset({Act.DEMAND, Act.ACCEPT, Act.OFFER, Act.CONDITION, Act.COMMIT})


def stance_of(statement: Statement) -> float | None:
    """1 if a statement is for what it is about, 0 if it is against it, None if it only speaks of it.

    Against is what is refused or worded as against; for is what is demanded, accepted, offered, promised or made a
    condition, or worded as for. An assertion, announcement or assessment without a polarity is neither.
    """
    if statement.act is Act.REJECT or statement.polarity is Polarity.CON:
        return 0.0
    if statement.act in _FOR or statement.polarity is Polarity.PRO:
        return 1.0
    return None


def uses_of(
    ledger: Ledger,
    actors: ActorBy = ActorBy.PARTY,
    concepts: ConceptBy = ConceptBy.OPTION,
    documents: Mapping[str, Document] | None = None,
) -> Taken:
    """The uses in a ledger's statements, in their order.

    An utterance told twice counts once. What an article guesses and facts on the ground are nobody's stance and are
    left out. With ConceptBy.OPTION, a statement that names no option of its issue is left out: that two parties both
    demand something of one issue does not make them agree (ConceptBy.ISSUE counts them so all the same). The day is
    that of saying, as late as it can be; where it is not known, that of publication, if `documents` are given.
    """
    found: list[Use] = []
    left_out = 0
    for statement in ledger.statements:
        actor = _actor(ledger, statement, actors)
        about = _concepts(statement, concepts)
        if statement.same_utterance_as or statement.own_guess or statement.fact or not actor or not about:
            left_out += 1
            continue
        on = statement.said.latest or statement.said.earliest
        if on is None and documents and statement.document in documents:
            on = documents[statement.document].published
        found += (Use(actor, concept, stance_of(statement), on, statement.document) for concept in about)
    return Taken(tuple(found), left_out)


def _actor(ledger: Ledger, statement: Statement, by: ActorBy) -> str | None:
    name = statement.speaker if by is ActorBy.SPEAKER else statement.holder or statement.speaker
    if by is ActorBy.PARTY:
        return ledger.agenda.party_of(statement.holder) or ledger.agenda.party_of(statement.speaker)
    return None if name == AUTHOR else name


def _concepts(statement: Statement, by: ConceptBy) -> tuple[str, ...]:
    if by is ConceptBy.TOPIC:
        return tuple(dict.fromkeys(statement.topics))
    if by is ConceptBy.ISSUE:
        return tuple(dict.fromkeys(i for i in (statement.issue, *statement.also_issues) if i))
    return (f"{statement.issue}/{statement.option}",) if statement.issue and statement.option else ()


class Duplicates(StrEnum):
    """What of several equal uses (actor, concept, stance) counts; the names are those of Discourse Network Analyzer."""

    INCLUDE = "include"
    DOCUMENT = "document"  # one a document
    WEEK = "week"  # one a calendar week (Monday to Sunday)
    MONTH = "month"
    YEAR = "year"
    ACROSSRANGE = "acrossrange"  # one altogether


def without_duplicates(uses: Iterable[Use], which: Duplicates) -> tuple[Use, ...]:
    """The uses that count, each the first of its kind. A use without a date stands for itself in WEEK, MONTH, YEAR.

    >>> one = Use("a", "tolls", document="d")
    >>> len(without_duplicates([one, one], Duplicates.DOCUMENT))
    1
    """
    if which is Duplicates.INCLUDE:
        return tuple(uses)
    seen: set[object] = set()
    kept = []
    for number, use in enumerate(uses):
        key = (use.actor, use.concept, use.stance, _stretch(use, which, number))
        if key not in seen:
            seen.add(key)
            kept.append(use)
    return tuple(kept)


def _stretch(use: Use, which: Duplicates, number: int) -> object:
    if which is Duplicates.ACROSSRANGE:
        return None
    if which is Duplicates.DOCUMENT:
        return use.document
    if use.on is None:
        return ("undated", number)
    if which is Duplicates.WEEK:
        return use.on.isocalendar()[:2]
    return (use.on.year, use.on.month) if which is Duplicates.MONTH else use.on.year


@dataclass(frozen=True)
class Window:
    """The uses of a stretch of days, both ends included."""

    first: date
    last: date
    uses: tuple[Use, ...]


def windows(uses: Iterable[Use], days: int, step: int | None = None) -> Iterator[Window]:
    """Stretches of `days` days that begin every `step` days (by default one begins where the last ends).

    They are counted from the first dated use, in days of the calendar, not in statements; the last may reach beyond
    the last use. Undated uses are in none. Raises InputError if a window has no day.

    >>> from datetime import date
    >>> found = windows([Use("a", "x", on=date(2031, 3, 1)), Use("a", "x", on=date(2031, 3, 9))], days=7)
    >>> [(str(w.first), str(w.last), len(w.uses)) for w in found]
    [('2031-03-01', '2031-03-07', 1), ('2031-03-08', '2031-03-14', 1)]
    """
    step = days if step is None else step
    if days < 1 or step < 1:
        raise InputError("a window has at least one day, and moves by at least one")
    dated = sorted(((use.on, number, use) for number, use in enumerate(uses) if use.on), key=lambda row: row[:2])
    if not dated:
        return
    start, end = dated[0][0], dated[-1][0]
    lower = 0
    while start <= end:
        last = start + timedelta(days=days - 1)
        while lower < len(dated) and dated[lower][0] < start:
            lower += 1
        upper = lower
        while upper < len(dated) and dated[upper][0] <= last:
            upper += 1
        yield Window(start, last, tuple(use for _, _, use in dated[lower:upper]))
        start += timedelta(days=step)
