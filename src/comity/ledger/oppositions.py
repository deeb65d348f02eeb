"""What excludes what: stances of two parties on one issue that cannot both come true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from comity.ledger.cells import Cell, same_thing
from comity.ledger.evidence import Evidence, Take
from comity.ledger.rules import rule
from comity.ledger.wording import affirms
from comity.words import Act, Certainty, Mode

NEWEST = 12
"""Of each party's standing stances on an issue, this many newest of either sign are compared with the others'."""
_WANTING = frozenset({Act.DEMAND, Act.CONDITION, Act.OFFER, Act.COMMIT, Act.ACCEPT})


@dataclass(frozen=True)
class Opposition:
    """Standing stances of one party against those of another on an issue."""

    issue: str
    one: tuple[Take, ...]
    other: tuple[Take, ...]
    rule: str

    @property
    def takes(self) -> tuple[Take, ...]:
        return self.one + self.other


def standing(cell: Cell) -> list[Take]:
    """What a party wants or refuses on an issue now: standing stances, and stances said beside another issue."""
    rows = [t for t in cell.stances if t.act is not Act.ANNOUNCE]
    rows += [t for t in cell.also if t.act is Act.REJECT or (t.act is Act.DEMAND and not t.conditional)]
    return rows


def oppositions(evidence: Evidence, table: Mapping[tuple[str, str], Cell]) -> list[Opposition]:
    """Pairs of sides whose standing stances exclude each other, in the agenda's order of issues and parties."""
    parties = [party.id for party in evidence.agenda.parties]
    found = []
    for issue in evidence.by_issue:
        sides = [(p, standing(table[p, issue])) for p in parties if (p, issue) in table]
        for number, (_, mine) in enumerate(sides):
            for _, theirs in sides[number + 1 :]:
                if not mine or not theirs:
                    continue
                pairs = list(excluding(_newest(mine), _newest(theirs)))
                if pairs:
                    one = {a.id: a for a, _, _ in pairs}
                    other = {b.id: b for _, b, _ in pairs}
                    found.append(Opposition(issue, tuple(one.values()), tuple(other.values()), pairs[0][2]))
    return found


def _newest(takes: list[Take]) -> list[Take]:
    """The newest of each sign."""
    return [t for sign in (1, -1, 0) for t in [u for u in takes if u.sign == sign][:NEWEST]]


def excluding(mine: Iterable[Take], theirs: Iterable[Take]) -> Iterator[tuple[Take, Take, str]]:
    """Pairs that exclude each other, with the rule that says so. Pairs on the same thing go before pairs that share
    only the issue: these are given only if there is none of the former."""
    pairs = [(a, b) for a in mine for b in theirs]
    close = [(a, b, "opposition.option") for a, b in pairs if option_excludes(a, b)]
    near = [(a, b, "opposition.refusal") for a, b in pairs if refusal_excludes(a, b) and same_thing(a, b)]
    far = [(a, b, "opposition.issue") for a, b in pairs if refusal_excludes(a, b) and flat(a) and flat(b)]
    yield from close or near or far


@rule("opposition.option", "counting")
def option_excludes(one: Take, other: Take) -> bool:
    """Two stances exclude each other if both name options of the issue and either want different ones or want and
    refuse the same one."""
    a, b = one.statement, other.statement
    if not a.option or not b.option or not (one.sign and other.sign):
        return False
    if a.option == b.option:
        return one.sign != other.sign
    return one.sign == other.sign == 1 and flat(one) and flat(other)


@rule("opposition.refusal", "counting")
def refusal_excludes(one: Take, other: Take) -> bool:
    """One party refuses (or speaks against) what the other demands, offers, requires or commits to: on the same thing,
    else, where both are flat, on the same issue. An unanswered refusal of nobody's demand opposes nobody."""
    return one.sign * other.sign < 0 and (
        (one.sign > 0 and one.act in _WANTING) or (other.sign > 0 and other.act in _WANTING)
    )


def flat(take: Take) -> bool:
    """True for a demand or refusal without condition or hedge."""
    s = take.statement
    return s.act in (Act.DEMAND, Act.REJECT, Act.COMMIT) and not s.condition and s.certainty is Certainty.ASSERTED


def reading_against(evidence: Evidence, issue: str, refusal: Take) -> list[Take]:
    """The article's present readings of another party that stand against a refusal or demand on the same thing: judged
    as of now, not forecast."""
    return [
        t
        for t in evidence.by_issue[issue]
        if t.statement.mode is Mode.AUTHOR
        and t.statement.certainty not in (Certainty.PREDICTED, Certainty.SPECULATIVE)
        and not t.statement.fact
        and t.holder not in (None, refusal.holder)
        and reads_against(refusal, t)
    ]


@rule("opposition.reading", "counting")
def reads_against(stance: Take, reading: Take) -> bool:
    """What is told of one party reads against the stance of another if both speak of the same thing with opposite
    signs, or if it describes, without taking a side and without a negation, the very thing that the stance refuses."""
    shared = stance.telling & reading.telling
    if reading.sign:
        return bool(shared) and reading.sign * stance.sign < 0
    described = reading.act is Act.ASSESS and reading.statement.status is None
    return stance.act is Act.REJECT and described and affirms(reading.quote, shared)
