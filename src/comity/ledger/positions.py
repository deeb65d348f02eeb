"""Positions: a party's stand on an issue, and outlooks: what others forecast or tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from operator import attrgetter

from comity.ledger.cells import Cell, firmness, newest_first, same_thing
from comity.ledger.evidence import Evidence, Take
from comity.ledger.quotes import summary
from comity.ledger.rulebook import rule, rules
from comity.words import Act, Firmness, Outlook, Position, Provenance, Quantity

_GIVING = (Act.ACCEPT, Act.OFFER, Act.COMMIT)
_STRENGTH = (Act.REJECT, Act.DEMAND, Act.CONDITION, Act.ACCEPT, Act.OFFER, Act.COMMIT, Act.ANNOUNCE)


def positions(table: Mapping[tuple[str, str], Cell]) -> tuple[Position, ...]:
    """One position for each cell that has one, in the agenda's order."""
    found = (position(cell) for cell in table.values())
    return tuple(p for p in found if p is not None)


def position(cell: Cell) -> Position | None:
    """What the first rule that gives one makes of a cell."""
    return next((p for r in rules("position") if (p := r.function(cell)) is not None), None)


@rule("position.stance", "position")
def stance(cell: Cell) -> Position | None:
    """A party's position is what it demands, refuses, offers, accepts, requires, promises or announces on the issue,
    as far as it still stands. The newest stance leads and gives the act: on one day authority, then the party's words
    before an account, then refusal and demand before offer and announcement; an account that says the same as earlier
    words of the party leaves the lead to these. Firmness is that of the leading words, so that an old flat word does
    not outlive a new conditional one; a condition that the party adds makes what it gives conditional. Offers and
    conditions said of the issue beside another one qualify the position."""
    if not cell.stances:
        return None
    lead = leading(cell.stances)
    claims = [t for t in cell.claims if t.sign == lead.sign or cell.evidence.kind(cell.issue) == "process"]
    softer = [t for t in cell.also if t.act in (Act.OFFER, Act.CONDITION)]
    turned = [t for t in cell.stances if t is not lead and _bounds(t, lead)]
    rest = [t for t in cell.stances if t is not lead and t not in turned]
    return _position(cell, lead, [*rest, *claims], [*turned, *softer, *cell.weak], "position.stance")


@rule("position.lead", "counting")
def leading(stances: tuple[Take, ...]) -> Take:
    """The stance that gives a position its act: of the newest day without lesser voices, the party's words before an
    account. If that day has accounts only, the newest words of the party that put the same number or speak of the same
    thing lead."""
    voices = [t for t in stances if not t.weak] or list(stances)
    newest = [t for t in voices if t.when == voices[0].when]
    lead = min(newest, key=lambda t: (t.account, _STRENGTH.index(t.act)))
    if lead.account:
        said = (t for t in voices if not t.account and t.sign == lead.sign and _agree(t, lead))
        return next(said, lead)
    return lead


def _agree(words: Take, account: Take) -> bool:
    """True if an account repeats the party's words: the same number, or the same thing without another number."""
    pairs = [(a, b) for a in words.figures for b in account.figures if a.same_unit(b)]
    if pairs:
        return any(a.apart(b) == 0 for a, b in pairs)
    return same_thing(words, account)


@rule("position.claim", "position")
def claim(cell: Cell) -> Position | None:
    """Without a stance, what the party asserts on the issue is its claim: firm as an assertion, not as a commitment.
    Something told as settled together with another issue counts if the party says nothing else of this one. What
    a speaker says that others will do is the speaker's claim, never the others' position."""
    if not cell.claims:
        return None
    return _position(cell, cell.claims[0], cell.claims[1:], [*cell.views, *cell.also], "position.claim")


@rule("position.view", "position")
def view(cell: Cell) -> Position | None:
    """Without a stance or a claim, how the party judges the issue is its view: soft. Views with the other sign by the
    same party qualify it."""
    if not cell.views:
        return None
    lead = cell.views[0]
    other = [t for t in cell.views[1:] if t.sign * lead.sign < 0]
    rest = [t for t in cell.views[1:] if t.sign * lead.sign >= 0]
    return _position(cell, lead, rest, [*other, *cell.also], "position.view")


def _bounds(take: Take, lead: Take) -> bool:
    """True if a take is a conditional route beside a flat lead on the same thing."""
    flat = lead.act in (Act.REJECT, Act.DEMAND) and not lead.conditional
    return flat and take.act in (Act.OFFER, Act.CONDITION, Act.ACCEPT) and take.conditional


def _position(cell: Cell, lead: Take, rest: Iterable[Take], qualifying: Iterable[Take], name: str) -> Position:
    evidence = cell.evidence
    support = [lead, *(t for t in newest_first(rest) if t.id != lead.id)]
    qualifying = newest_first(set(qualifying).difference(support))
    today = [t for t in support if t.when == lead.when and t.sign == lead.sign and t.act is lead.act]
    once = evidence.once(support)
    main = [t for t in once if t.issue == cell.issue]
    return Position(
        party=cell.party,
        issue=cell.issue,
        summary=summary(main or once),
        act=lead.act,
        firmness=_firmness(cell, lead, today),
        provenance=reduce(lambda one, other: one | other, (t.provenance for t in today)),
        statements=tuple(t.id for t in support),
        rule=name,
        since=_since(support, lead),
        qualified_by=tuple(t.id for t in qualifying),
        options=tuple(dict.fromkeys(t.statement.option for t in support if t.statement.option)),
        quantities=_quantities(once),
        origins=evidence.origins(support),
        review=evidence.review(t.id for t in support),
        marks=tuple(_marks(cell, support)),
    )


def _firmness(cell: Cell, lead: Take, today: Iterable[Take]) -> Firmness:
    """The firmest of the leading words; conditional if the party adds a condition to what it gives."""
    firm = reduce(lambda one, other: one | other, map(firmness, today))
    if firm is Firmness.FIRM and lead.act in _GIVING:
        added = (t for t in cell.stances if t.when >= lead.when and t.act in (*_GIVING, Act.CONDITION))
        if any(t.conditional or t.act is Act.CONDITION for t in added):
            return Firmness.CONDITIONAL
    return firm


def _since(support: Iterable[Take], lead: Take) -> date | None:
    """The day of the oldest supporting statement with the lead's sign; None if no day is known."""
    days = [t.when for t in support if t.sign == lead.sign and t.when.year > 1]
    return min(days, default=None)


def _quantities(takes: Iterable[Take]) -> tuple[Quantity, ...]:
    """Numbers of the supporting statements, newest first, the newest for each unit and thing counted."""
    found: dict[tuple[str, str], Quantity] = {}
    for take in takes:
        for q in take.statement.quantities:
            found.setdefault((q.unit, q.of), q)
    return tuple(found.values())


def _marks(cell: Cell, support: list[Take]) -> Iterator[str]:
    """What a reader should know of the support beside firmness and provenance."""
    if all(t.weak and t.provenance is not Provenance.REPORTER for t in support):
        yield "no principal, spokesperson or envoy is named"
    if all(t.speaker not in (None, cell.party) for t in support):
        yield "told by a go-between"
    if all(t.issue != cell.issue for t in support):
        yield "said together with another issue"
    if cell.weak:
        yield "an unnamed or lesser voice says otherwise"
    if cell.past:
        yield "earlier words no longer stand"


def outlooks(evidence: Evidence) -> Iterator[Outlook]:
    """Outlooks of all rules, grouped by party and issue."""
    for r in rules("outlook"):
        yield from r.function(evidence)


@rule("outlook.forecast", "outlook")
def forecast(evidence: Evidence) -> Iterator[Outlook]:
    """What an article forecasts, guesses or judges of a party (its own words, or a stance told as likely) is an outlook
    on that party, shown beside its position and never as one."""
    yield from _grouped(evidence, attrgetter("forecast"), "outlook.forecast")


@rule("outlook.told_by_another_side", "outlook")
def told_by_another_side(evidence: Evidence) -> Iterator[Outlook]:
    """What one side says that another wants, refuses or will do is that side's account, not the other's position."""
    yield from _grouped(evidence, attrgetter("told_by_another"), "outlook.told_by_another_side")


def _grouped(evidence: Evidence, test: Callable[[Take], bool], name: str) -> Iterator[Outlook]:
    rows: dict[tuple[str, str], list[Take]] = {}
    for issue, takes in evidence.by_issue.items():
        for take in takes:
            if test(take) and take.holder:
                rows.setdefault((take.holder, issue), []).append(take)
    for issue in evidence.by_issue:
        for party in evidence.agenda.parties:
            if found := rows.get((party.id, issue)):
                yield evidence.remembered(("outlook", name, party.id, issue), found, _outlook)


def _outlook(evidence: Evidence, key: tuple[str, ...], takes: list[Take]) -> Outlook:
    _, name, party, issue = key
    ordered = newest_first(takes)
    return Outlook(party, issue, summary(evidence.once(ordered)), tuple(t.id for t in ordered), name)
