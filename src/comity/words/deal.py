"""Negotiation model: issues with options, and what each party has said, prefers or controls.

All names inside refer to ids: of issues, of their options, of parties. A model never carries more than somebody
stated: a party that is silent on an issue is unknown there, not flexible.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comity.words.agenda import Issue, Party
from comity.words.standing import Firmness, Provenance


@dataclass(frozen=True)
class Choice:
    """An issue settled by one of these options."""

    issue: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class RedLine:
    """Options of an issue that a party has said it will not accept.

    `party` is empty for a constraint that no party holds (what a reporter reads into an offer); such a constraint
    has `provenance` REPORTER. `statements` are ids of the ledger's statements, `quote` the words of the first.
    """

    id: str
    party: str
    issue: str
    refuses: tuple[str, ...]
    firmness: Firmness = Firmness.FIRM
    provenance: Provenance = Provenance.OWN_WORDS
    statements: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True)
class Condition:
    """A party accepts `when` only together with every one of `requires` ("withdraws if mirrored")."""

    id: str
    party: str
    when: Choice
    requires: tuple[Choice, ...]
    firmness: Firmness = Firmness.CONDITIONAL
    provenance: Provenance = Provenance.OWN_WORDS
    statements: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True)
class Stated:
    """What a party has said on an issue without ruling anything out. It makes the party heard there."""

    party: str
    issue: str
    favours: tuple[str, ...] = ()
    provenance: Provenance = Provenance.OWN_WORDS
    statements: tuple[str, ...] = ()
    quote: str = ""


class RuleKind(StrEnum):
    """How a rule ties options together, whatever anybody wants."""

    BAN = "ban"  # not all of the choices at once
    REQUIRES = "requires"  # the first choice only together with every other


@dataclass(frozen=True)
class Rule:
    """A dependency between options that no party can give up: logic, law or nature."""

    id: str
    kind: RuleKind
    choices: tuple[Choice, ...]
    note: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Worth:
    """What an option is worth to a party: exact where `low == high`, else somewhere between."""

    issue: str
    option: str
    low: float
    high: float


@dataclass(frozen=True)
class Weight:
    """What an issue weighs for a party: exact where `low == high`, else somewhere between."""

    issue: str
    low: float
    high: float


@dataclass(frozen=True)
class Joint:
    """What options of several issues are worth to a party when they come together, beside their own worth."""

    choices: tuple[Choice, ...]
    worth: float


@dataclass(frozen=True)
class OptionOrder:
    """A chain of a party's ranking on one issue: tiers of options, best first; options of a tier are equal.

    Several chains on one issue make a partial ranking; options that stand in none are unranked.
    """

    issue: str
    tiers: tuple[tuple[str, ...], ...]


class ReservationRule(StrEnum):
    """When a package is acceptable beside the party's alternative to a deal."""

    AT_LEAST = "at least"  # as good as the alternative is enough
    MORE_THAN = "more than"  # it has to be better


@dataclass(frozen=True)
class Preference:
    """What a party prefers. Give one of: worths (with or without weights and joint worths), rankings of options,
    prioritised option statements (most important first), or tiers of whole packages (best first).

    A package is worth the sum over issues of weight times worth (weight 1 where none is given) plus the joint worths.
    `reservation` is the worth of the party's alternative to a deal; None: not stated, so nothing is ruled out by it.
    `scale` bounds every worth where the person declares bounds. `tiers` hold packages as option ids in issue order.
    `statements` are ids of statements that say so.
    """

    party: str
    worths: tuple[Worth, ...] = ()
    weights: tuple[Weight, ...] = ()
    joint: tuple[Joint, ...] = ()
    rankings: tuple[OptionOrder, ...] = ()
    priorities: tuple[str, ...] = ()
    tiers: tuple[tuple[tuple[str, ...], ...], ...] = ()
    reservation: float | None = None
    reservation_rule: ReservationRule = ReservationRule.AT_LEAST
    scale: tuple[float, float] | None = None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Control:
    """An issue that a party settles by its own acts. `irreversible` lists the moves (from, to) without a way back."""

    party: str
    issue: str
    irreversible: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Step:
    """Something that is done when a package is carried out, and what must be done before it.

    A step belongs to every package that makes `when` true (to every package if it is None). A gate is a step that
    somebody outside the package decides (a referendum, a ratification).
    """

    id: str
    name: str
    when: Choice | None = None
    after: tuple[str, ...] = ()
    gate: bool = False
    party: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class LegalFlag:
    """A legal point that a person set, with its citation; it stands beside every opening that touches its choices."""

    id: str
    text: str
    citation: str
    touches: tuple[Choice, ...]


@dataclass(frozen=True)
class Package:
    """One option per issue, as option ids in the order of the model's issues."""

    options: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class NegotiationModel:
    """Issues with options, parties, and what they have said, prefer and control.

    `drafts` are packages on the table; `status_quo` is where things stand now. `missing` says in words what a person
    still has to supply.
    """

    title: str
    issues: tuple[Issue, ...]
    parties: tuple[Party, ...]
    red_lines: tuple[RedLine, ...] = ()
    conditions: tuple[Condition, ...] = ()
    stated: tuple[Stated, ...] = ()
    rules: tuple[Rule, ...] = ()
    preferences: tuple[Preference, ...] = ()
    controls: tuple[Control, ...] = ()
    steps: tuple[Step, ...] = ()
    flags: tuple[LegalFlag, ...] = ()
    drafts: tuple[Package, ...] = ()
    status_quo: Package | None = None
    missing: tuple[str, ...] = ()

    def issue(self, issue_id: str) -> Issue:
        """The issue with this id; KeyError if there is none."""
        for issue in self.issues:
            if issue.id == issue_id:
                return issue
        raise KeyError(issue_id)

    def party(self, party_id: str) -> Party:
        """The party with this id; KeyError if there is none."""
        for party in self.parties:
            if party.id == party_id:
                return party
        raise KeyError(party_id)

    def preference(self, party_id: str) -> Preference | None:
        """What this party prefers, as far as stated."""
        for preference in self.preferences:
            if preference.party == party_id:
                return preference
        return None

    def heard(self, party_id: str, issue_id: str) -> bool:
        """True if the party has stated anything on the issue: a red line, a condition, a wish or a preference.

        >>> from comity.words import Issue, Option, Party
        >>> model = NegotiationModel("", (Issue("fish", "Fish", options=(Option("all", "all"),)),), (Party("a", "A"),))
        >>> model.heard("a", "fish")
        False
        """
        lines = any(line.party == party_id and line.issue == issue_id for line in self.red_lines)
        wishes = any(wish.party == party_id and wish.issue == issue_id for wish in self.stated)
        conditions = any(
            c.party == party_id and issue_id in (c.when.issue, *(choice.issue for choice in c.requires))
            for c in self.conditions
        )
        return lines or wishes or conditions or self._values(party_id, issue_id)

    def _values(self, party_id: str, issue_id: str) -> bool:
        preference = self.preference(party_id)
        if preference is None:
            return False
        if preference.tiers or preference.priorities:
            return True
        named = {worth.issue for worth in preference.worths} | {order.issue for order in preference.rankings}
        return issue_id in named | {choice.issue for joint in preference.joint for choice in joint.choices}
