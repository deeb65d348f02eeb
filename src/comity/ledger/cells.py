"""Cells: what one party says on one issue, and which of it still stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from comity.ledger.evidence import Evidence, Take
from comity.ledger.figures import renumbered
from comity.ledger.phrases import bars, readies, requires, withdraws
from comity.ledger.rulebook import rule
from comity.words import Act, Certainty, Firmness, Provenance, StatusClaim

_GIVING = frozenset({Act.ACCEPT, Act.OFFER, Act.COMMIT})
_COMPARED = 40
"""A lesser voice is compared with this many newest stances of the others."""


@dataclass(frozen=True)
class Cell:
    """What supports a party's position on an issue, newest first.

    `stances`, `claims` and `views` stand; `past` was superseded or taken back; `also` speaks of the issue beside
    another one; `weak` was said with less authority than the newest word of a principal and does not agree with it.
    """

    evidence: Evidence
    party: str
    issue: str
    stances: tuple[Take, ...] = ()
    claims: tuple[Take, ...] = ()
    views: tuple[Take, ...] = ()
    also: tuple[Take, ...] = ()
    past: tuple[Take, ...] = ()
    weak: tuple[Take, ...] = ()
    taken_back: tuple[Take, ...] = field(default=())


def newest_first(takes: Iterable[Take]) -> list[Take]:
    """Takes by date said, newest first; on one day the higher authority, own words and ledger order decide."""
    return sorted(takes, key=attrgetter("order"))


def cells(evidence: Evidence) -> dict[tuple[str, str], Cell]:
    """All cells with at least one supporting statement, in the agenda's order of issues and parties."""
    found = {}
    for topic in evidence.agenda.issues:
        main, also = supporting(evidence, topic.id)
        for party in evidence.agenda.parties:
            if party.id in main or party.id in also:
                found[party.id, topic.id] = cell_of(
                    evidence, party.id, topic.id, main.get(party.id, []), also.get(party.id, [])
                )
    return found


def supporting(evidence: Evidence, issue: str) -> tuple[dict[str, list[Take]], dict[str, list[Take]]]:
    """By party, what supports its position on an issue: said of it mainly, and said of it beside another one."""
    main: dict[str, list[Take]] = {}
    also: dict[str, list[Take]] = {}
    for take in evidence.by_issue[issue]:
        if take.supports and take.holder:
            main.setdefault(take.holder, []).append(take)
    for take in evidence.also[issue]:
        if take.supports and take.holder and (take.stance or take.statement.status is StatusClaim.CLAIMED_AGREED):
            also.setdefault(take.holder, []).append(take)
    return main, also


def cell_of(evidence: Evidence, party: str, issue: str, main: list[Take], also: list[Take]) -> Cell:
    kind = evidence.kind(issue)
    rows = newest_first(main)
    back = [take for take in rows if withdraws(take.quote)]
    rows = [take for take in rows if take in back or not any(_within(take, word) for word in back)] if back else rows
    others = set(rows).difference(back)
    speaking = [take for take in rows if take in others or take.act in (Act.REJECT, Act.ACCEPT, Act.OFFER)]
    stances = [take for take in speaking if take.stance]
    gone = {take.id for take in superseded(stances)} | {take.id for take in taken_back(stances, back)}
    claims = [t for t in speaking if t.act is Act.ASSERT and is_claim(t, kind)]
    weak = {take.id for take in outranked([t for t in stances if t.id not in gone])}
    return Cell(
        evidence,
        party,
        issue,
        tuple(t for t in stances if t.id not in gone | weak),
        tuple(claims or (t for t in newest_first(also) if t.statement.status is StatusClaim.CLAIMED_AGREED)),
        tuple(t for t in speaking if t.act is Act.ASSESS and is_view(t, kind)),
        tuple(t for t in newest_first(also) if t.stance),
        tuple(t for t in stances if t.id in gone),
        tuple(t for t in stances if t.id in weak),
        tuple(back),
    )


def _within(take: Take, word: Take) -> bool:
    """True if a take is part of the words that take something back: the offer named there is no new one."""
    inner, outer = take.statement.passage, word.statement.passage
    same = inner.document == outer.document and outer.start <= inner.start and inner.end <= outer.end
    return same and inner.span != outer.span


@rule("claim.what_counts", "counting")
def is_claim(take: Take, kind: str) -> bool:
    """An assertion is a claim on an issue of substance if it takes a side or tells a state of the issue; on the talks
    themselves every assertion is one."""
    return kind != "substance" or take.statement.polarity is not None or take.statement.status is not None


@rule("view.what_counts", "counting")
def is_view(take: Take, kind: str) -> bool:
    """An assessment is a view on an issue of substance if it takes a side; "still open" alone is no stand, it bears on
    the status. On talks and prospects every assessment is a view."""
    return kind != "substance" or (
        take.statement.polarity is not None and take.statement.status is not StatusClaim.OPEN
    )


@rule("position.superseded", "counting")
def superseded(stances: list[Take]) -> list[Take]:
    """A later stance of the same party on the issue supersedes an earlier one if it turns it round (an offer,
    acceptance or commitment after a refusal of the same thing, or a refusal after one of these; the same option with
    the other sign) or puts another number in the same unit. "The same thing": a shared option, or content words in
    common. Later is by date said; less authority never supersedes more; a reporter's account supersedes the party's
    words by a new number only."""
    later: dict[tuple[str, str], list[Take]] = defaultdict(list)
    giving: dict[str, list[Take]] = defaultdict(list)
    refusing: dict[str, list[Take]] = defaultdict(list)
    gone = []
    for take in stances:  # newest first
        gives, refuses = take.act in _GIVING, take.act is Act.REJECT
        number = [("number", "")] if take.figures else []
        option = [("option", take.statement.option)] if take.statement.option else []
        rows = [later[key] for key in number + option]
        if gives or refuses:
            turned = refusing if gives else giving
            rows += [turned[word] for word in take.telling if word in turned]
        if any(_replaces(other, take) for row in rows for other in row):
            gone.append(take)
        for row in rows[: len(number) + len(option)]:
            row.append(take)
        if gives or refuses:
            kept = giving if gives else refusing
            for word in take.telling:
                kept[word].append(take)
    return gone


def _replaces(later: Take, earlier: Take) -> bool:
    if later.when <= earlier.when or (later.weak and not earlier.weak):
        return False
    if later.sign == earlier.sign and renumbered(later.figures, earlier.figures):
        return True
    if later.provenance is Provenance.REPORTER and earlier.provenance is not Provenance.REPORTER:
        return False
    a, b = later.statement, earlier.statement
    turned = (a.act in _GIVING and b.act is Act.REJECT) or (a.act is Act.REJECT and b.act in _GIVING)
    if a.option and a.option == b.option:
        return later.sign != earlier.sign and (turned or a.act is b.act)
    return turned and same_thing(later, earlier)


def same_thing(one: Take, other: Take) -> bool:
    """True if two takes share two telling words, or half of the shorter one's, and not only words that name the
    issue."""
    both = one.telling & other.telling
    if not both - one.subject - other.subject:
        return False
    return len(both) >= 2 or len(both) * 2 >= min(len(one.telling), len(other.telling))


@rule("position.taken_back", "counting")
def taken_back(stances: list[Take], back: list[Take]) -> list[Take]:
    """When a party says that it withdraws an offer, demand or promise, its earlier offers, acceptances, commitments,
    demands and conditions on the issue that share its content no longer stand, nor what it offered on the same day; if
    none shares any, what it offered last."""
    gone: dict[str, Take] = {}
    for word in back:
        earlier = [t for t in stances if t.when <= word.when and t.act is not Act.REJECT and t.id != word.id]
        earlier = [t for t in earlier if not (word.weak and not t.weak)]
        offers = [t for t in earlier if t.act is Act.OFFER]
        meant = [t for t in earlier if (t.telling & word.telling) - t.subject] or offers[:1]
        days = {t.when for t in meant if t.act is Act.OFFER}
        gone.update({t.id: t for t in (*meant, *(t for t in offers if t.when in days))})
    return list(gone.values())


@rule("position.outranked", "counting")
def outranked(stances: list[Take]) -> list[Take]:
    """Unnamed officials and others do not change a stance that a principal, spokesperson or envoy has taken: where both
    speak on the issue and one refuses what the other would give, the weaker voice only qualifies the position."""
    signs = {t.sign for t in [t for t in stances if not t.weak][:_COMPARED]}
    return [t for t in stances if t.weak and t.sign and -t.sign in signs]


@rule("firmness", "counting")
def firmness(take: Take) -> Firmness:
    """Firm: a stance or claim said without condition and without doubt, or a requirement ("only by", "must", "not
    without"). Conditional: an offer, acceptance, commitment or announcement that depends on a condition, a deed made
    to depend on one, a refusal until something happens. Soft: hedged, predicted or guessed; readiness to discuss; a
    view."""
    s = take.statement
    if s.certainty is not Certainty.ASSERTED or s.act in (Act.ASSESS, Act.DECLINE_TO_SAY):
        return Firmness.SOFT
    if s.act is Act.CONDITION:
        firm = s.absolute or requires(outside_condition(take)) or bars(take.quote)
        return Firmness.FIRM if firm else Firmness.CONDITIONAL
    if take.conditional and (s.act is not Act.REJECT or bars(_condition(take))):
        return Firmness.CONDITIONAL
    if s.act in (Act.OFFER, Act.COMMIT, Act.ASSERT) and readies(take.quote):
        return Firmness.SOFT
    return Firmness.FIRM


def _condition(take: Take) -> str:
    """The words of the condition, as far as they stand in the quote."""
    start = take.statement.passage.start
    return " ".join(take.quote[max(0, a - start) : max(0, b - start)] for a, b in take.statement.condition)


def outside_condition(take: Take) -> str:
    """The quote without the words of its condition."""
    start, quote = take.statement.passage.start, take.quote
    for first, last in sorted(take.statement.condition, reverse=True):
        quote = quote[: max(0, first - start)] + quote[max(0, last - start) :]
    return quote
