"""Channels: who talks to whom, through whom, last and next contact, whose answer is awaited, on what precondition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from comity.ledger.evidence import Evidence, Take
from comity.ledger.phrases import in_contact
from comity.ledger.rulebook import rule, rules
from comity.words import Act, Authority, Channel, EventStatus, LedgerEvent

_CONTACTS = frozenset({"meeting", "talks", "call", "visit", "contact"})
_DONE = (EventStatus.HELD, EventStatus.ONGOING)
_AHEAD = (EventStatus.PLANNED, EventStatus.AGREED)
_CARRIERS = (Authority.ENVOY,)
_SHOWN = 12


@dataclass
class _Line:
    """A channel in the making; ends and carriers are names."""

    through: dict[str, None] = field(default_factory=dict)
    statements: dict[str, None] = field(default_factory=dict)
    events: list[int] = field(default_factory=list)
    last: date | None = None
    next: date | None = None
    awaiting: str | None = None
    precondition: str = ""
    rules: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Contact:
    """One trace of a channel that a rule found: its ends (party ids or names) and what it adds."""

    ends: frozenset[str]
    through: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    event: int | None = None
    last: date | None = None
    next: date | None = None
    awaiting: str | None = None
    precondition: str = ""


def channels(evidence: Evidence, offers: Iterable[Take]) -> tuple[Channel, ...]:
    """Channels with the traces of all rules put together, one for each set of ends, ends and channels alphabetical."""
    lines: dict[tuple[str, ...], _Line] = {}
    waiting = tuple(offers)
    shown: dict[frozenset[str], tuple[str, ...]] = {}
    for r in rules("channel"):
        for contact in r.function(evidence, waiting):
            ends = shown.get(contact.ends)
            if ends is None:
                ends = shown[contact.ends] = tuple(sorted(evidence.names.shown(end) for end in contact.ends))
            _add(lines.setdefault(ends, _Line()), contact, r.name)
    return tuple(
        Channel(
            ends,
            tuple(sorted(line.through)),
            tuple(line.statements)[:_SHOWN],
            ", ".join(line.rules),
            line.last,
            line.next,
            line.awaiting,
            line.precondition,
            tuple(sorted(set(line.events))),
        )
        for ends, line in sorted(lines.items())
    )


def _add(line: _Line, contact: Contact, name: str) -> None:
    line.rules[name] = None
    line.through.update(dict.fromkeys(contact.through))
    line.statements.update(dict.fromkeys(contact.statements))
    if contact.event is not None:
        line.events.append(contact.event)
    if contact.last:
        line.last = max(line.last or contact.last, contact.last)
    if contact.next:
        line.next = min(line.next or contact.next, contact.next)
    line.awaiting = line.awaiting or contact.awaiting
    line.precondition = line.precondition or contact.precondition


@rule("channel.event", "channel")
def from_events(evidence: Evidence, offers: tuple[Take, ...]) -> Iterator[Contact]:
    """A meeting, call, visit, contact or round of talks of two or more sides is a contact on the channel between them;
    mediators, guarantors and verifiers beside two sides, and envoys, are whom it goes through. A contact that is over
    gives the last date, one ahead the next; a cancelled one gives none."""
    known: dict[tuple[str, ...], tuple[frozenset[str], tuple[str, ...]]] = {}
    for number, told in enumerate(evidence.events):
        if told.event.type not in _CONTACTS:
            continue
        sides = told.event.participants
        if sides not in known:
            known[sides] = _ends(evidence, told)
        ends, through = known[sides]
        if len(ends) < 2:
            continue
        event, today = told.event, evidence.today
        last = event.latest if event.status in _DONE else None
        if last and today and last > today:
            last = today
        coming = event.earliest if event.status in _AHEAD else None
        if coming and today and coming < today:
            coming = event.latest if event.latest and event.latest >= today else None
        yield Contact(ends, through, told.statements, number, last, coming)


def _ends(evidence: Evidence, told: LedgerEvent) -> tuple[frozenset[str], tuple[str, ...]]:
    """Sides of an event as party ids, and whom the contact goes through."""
    names, sides, carriers = evidence.names, set(), []
    for name in told.event.participants:
        party = names.party(name)
        if party:
            sides.add(party)
        actor = names.actor(name)
        if actor and actor.authority in _CARRIERS:
            carriers.append(actor.name)
    between = {side for side in sides if names.goes_between(side)}
    if len(sides - between) >= 2:
        carriers += [names.shown(side) for side in sorted(between)]
        sides -= between
    return frozenset(sides), tuple(carriers)


@rule("channel.told", "channel")
def from_statements(evidence: Evidence, offers: tuple[Take, ...]) -> Iterator[Contact]:
    """A statement on the process that speaks of contact between two parties shows a channel between them."""
    for take in _process(evidence):
        sides = talking(evidence, take)
        if len(sides) == 2 and in_contact(take.quote) and take.sign >= 0:
            yield Contact(frozenset(sides), statements=(take.id,))


@rule("channel.precondition", "channel")
def preconditions(evidence: Evidence, offers: tuple[Take, ...]) -> Iterator[Contact]:
    """A party that meets or talks only on a condition sets a precondition for its channel to whom it names."""
    for take in _process(evidence):
        if take.supports and take.act is Act.CONDITION and take.conditional and take.holder:
            sides = talking(evidence, take)
            words = evidence.condition(take)
            if len(sides) == 2 and words:
                yield Contact(frozenset(sides), statements=(take.id,), precondition=words)


@rule("channel.awaiting", "channel")
def awaiting(evidence: Evidence, offers: tuple[Take, ...]) -> Iterator[Contact]:
    """After an offer without an answer, the answer of the party that the offer names is awaited."""
    for take in offers:
        named = [party for party in evidence.names.parties_in(take.quote) if party != take.holder]
        addressee = evidence.names.party(take.statement.addressee)
        to = addressee if addressee and addressee != take.holder else named[0] if len(named) == 1 else None
        if to and take.holder:
            yield Contact(frozenset((take.holder, to)), statements=(take.id,), awaiting=evidence.names.shown(to))


def talking(evidence: Evidence, take: Take) -> list[str]:
    """Ids of the parties that a statement shows in contact, sorted: those it names other than as an owner, and the
    party that speaks of itself."""
    named = evidence.names.parties_in(take.quote)
    sides = {party for party, places in named.items() if any(not owner for _, _, owner in places)}
    if len(sides) < 2 and take.attributed and take.holder:
        sides.add(take.holder)
    return sorted(sides)


def _process(evidence: Evidence) -> Iterator[Take]:
    for issue in evidence.agenda.issues:
        if issue.kind == "process":
            yield from (t for t in evidence.by_issue[issue.id] if not t.statement.fact)
