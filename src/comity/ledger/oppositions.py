"""What excludes what: stances of two parties on one issue that cannot both come true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from comity.ledger.cells import Cell, same_thing
from comity.ledger.evidence import Evidence, Take
from comity.ledger.figures import Figure
from comity.ledger.opposites import agreeing
from comity.ledger.phrases import gives_away
from comity.ledger.rulebook import rule
from comity.ledger.wording import affirms
from comity.words import Act, Certainty, Mode

NEWEST = 12
"""Of each party's standing stances on an issue, this many newest of either sign are compared with the others'."""
Pair = tuple[Take, Take, str]
_RULES = ("opposition.option", "opposition.refusal", "opposition.only_two", "opposition.both_keep")
_WANTING = frozenset({Act.DEMAND, Act.CONDITION, Act.OFFER, Act.COMMIT, Act.ACCEPT})


@dataclass(frozen=True)
class Opposition:
    """Standing stances of one party against those of another on an issue."""

    issue: str
    one: tuple[Take, ...]
    other: tuple[Take, ...]
    rule: str

    @property
    def since(self) -> date:
        """The day since which both sides stand against each other: that of the later side's first word."""
        return max(min(t.when for t in self.one), min(t.when for t in self.other))

    @property
    def takes(self) -> tuple[Take, ...]:
        return self.one + self.other


def standing(cell: Cell) -> list[Take]:
    """What a party wants or refuses on an issue now."""
    return [t for t in cell.stances if t.act is not Act.ANNOUNCE]


@rule("opposition.numbers", "counting")
def numbers_apart(cells: Iterable[Cell]) -> tuple[list[Take], list[Take], Gap] | None:
    """Parties put forward numbers in one unit that do not meet: the two furthest apart, each with the newest number
    that it stands by (a principal's, spokesperson's or envoy's, if there is one, or an account)."""
    newest: dict[str, tuple[list[Take], Figure]] = {}
    for cell in cells:
        rows = [t for t in standing(cell) if t.sign > 0 and t.figures]
        rows = [t for t in rows if not t.weak] or rows
        if rows:
            figure = rows[0].figures[0]
            same = [t for t in rows if any(f.same_unit(figure) and f.apart(figure) == 0 for f in t.figures)]
            newest[cell.party] = (same, figure)
    sides = list(newest.values())
    pairs = [(a, b) for n, a in enumerate(sides) for b in sides[n + 1 :] if a[1].same_unit(b[1])]
    widest = max(pairs, key=lambda pair: pair[0][1].apart(pair[1][1]), default=None)
    if widest is None or not widest[0][1].apart(widest[1][1]):
        return None
    (one, a), (other, b) = widest
    return one, other, Gap(a.apart(b), a.unit or b.unit)


@dataclass(frozen=True)
class Gap:
    """How far numbers are apart, in their unit (empty if the text leaves it out)."""

    width: float
    unit: str


def oppositions(evidence: Evidence, table: Mapping[tuple[str, str], Cell]) -> list[Opposition]:
    """Pairs of sides whose standing stances exclude each other, in the agenda's order of issues and parties."""
    rank = {party.id: number for number, party in enumerate(evidence.agenda.parties)}
    found = []
    for issue in evidence.by_issue:
        sides = {p: _newest(rows) for p in rank if (p, issue) in table and (rows := standing(table[p, issue]))}
        if len(sides) < 2:
            continue
        pairs = _by_sides(excluding(sides), rank)
        for one, other in sorted(pairs, key=lambda key: (rank[key[0]], rank[key[1]])):
            both = pairs[one, other]
            mine, theirs = dict.fromkeys(a for a, _, _ in both), dict.fromkeys(b for _, b, _ in both)
            found.append(Opposition(issue, tuple(mine), tuple(theirs), both[0][2]))
    return found


def _newest(takes: list[Take]) -> list[Take]:
    """The newest of each sign."""
    return [t for sign in (1, -1, 0) for t in [u for u in takes if u.sign == sign][:NEWEST]]


def _by_sides(pairs: Iterable[Pair], rank: Mapping[str, int]) -> dict[tuple[str, str], list[Pair]]:
    """Pairs by their two parties in the agenda's order; of several rules the first of `_RULES` only."""
    rows: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for a, b, name in pairs:
        one, other = a.holder or "", b.holder or ""
        rows[(one, other) if rank[one] < rank[other] else (other, one)].append(
            (a, b, name) if rank[one] < rank[other] else (b, a, name)
        )
    best = {key: min((name for _, _, name in found), key=_RULES.index) for key, found in rows.items()}
    return {key: [pair for pair in found if pair[2] == best[key]] for key, found in rows.items()}


def excluding(sides: Mapping[str, list[Take]]) -> Iterator[Pair]:
    """Pairs of takes of different parties that exclude each other, with the rule that says so.

    A refusal is compared only with what shares a word with it (see also `only_two`).
    """
    wanting = [t for rows in sides.values() for t in rows if t.sign > 0]
    refusing: dict[str, list[Take]] = defaultdict(list)
    for take in (t for rows in sides.values() for t in rows if t.sign < 0):
        for word in take.words:
            refusing[word].append(take)
    for take in wanting:
        shared: dict[Take, int] = {}
        for word in take.words:
            for other in refusing.get(word, ()):
                shared[other] = shared.get(other, 0) + 1
        for other, words in shared.items():
            enough = words >= 2 or words * 2 >= min(len(take.words), len(other.words))  # see `same_thing`
            if not enough or take.holder == other.holder:
                continue
            if refusal_excludes(take, other) and same_thing(take, other) and not agreeing(take.quote, other.quote):
                yield take, other, "opposition.refusal"
    yield from _options(sides)
    yield from only_two(sides)
    yield from both_keep(sides)


@rule("opposition.only_two", "counting")
def only_two(sides: Mapping[str, list[Take]]) -> Iterator[Pair]:
    """Where exactly two parties take flat stands on an issue, a flat demand of one and a flat refusal of the other that
    both name the subject exclude each other, even if they share no further word. A lesser voice does not count."""
    plain = {party: [t for t in rows if flat(t) and not t.weak] for party, rows in sides.items()}
    if len([party for party, rows in plain.items() if rows]) != 2:
        return
    mine, theirs = ([t for t in rows if t.stems & t.subject] for rows in plain.values() if rows)
    for a in mine:
        for b in theirs:
            opposed = {a.act, b.act} == {Act.DEMAND, Act.REJECT} and a.sign * b.sign < 0
            if opposed and not agreeing(a.quote, b.quote):
                yield a, b, "opposition.only_two"


@rule("opposition.both_keep", "counting")
def both_keep(sides: Mapping[str, list[Take]]) -> Iterator[Pair]:
    """Two parties each refuse flatly to give the same thing away (cede, sign away, hand over): each holds it to be its
    own. Two refusals of something else may well agree."""
    keeping = {party: [t for t in rows if _keeps(t)] for party, rows in sides.items()}
    parties = [party for party, rows in keeping.items() if rows]
    for number, one in enumerate(parties):
        for other in parties[number + 1 :]:
            for a in keeping[one]:
                yield from ((a, b, "opposition.both_keep") for b in keeping[other] if _one_thing(a, b))


def _keeps(take: Take) -> bool:
    return take.act is Act.REJECT and flat(take) and gives_away(take.quote)


def _one_thing(one: Take, other: Take) -> bool:
    both = one.stems & other.stems
    return bool(both & (one.telling | one.subject)) or bool(one.stems & one.subject and other.stems & other.subject)


def _options(sides: Mapping[str, list[Take]]) -> Iterator[Pair]:
    """Pairs that `option_excludes`; one take a party, option and sign is enough."""
    named: dict[str, list[Take]] = {}
    for party, rows in sides.items():
        first: dict[tuple[str | None, int, bool], Take] = {}
        for take in rows:
            first.setdefault((take.statement.option, take.sign, flat(take)), take)
        named[party] = [take for (option, _, _), take in first.items() if option]
    parties = [party for party, rows in named.items() if rows]
    for number, one in enumerate(parties):
        for other in parties[number + 1 :]:
            for a in named[one]:
                yield from ((a, b, "opposition.option") for b in named[other] if option_excludes(a, b))


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
    """One party refuses (or speaks against) the same thing that the other demands, offers, requires, accepts or commits
    to. A refusal of nobody's demand opposes nobody."""
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
