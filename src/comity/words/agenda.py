"""The agenda of one negotiation: parties, actors and their roles, issues and their options.

Names in an agenda are canonical: a `Statement` names its speaker and holder by `Actor.name` or
`Party.name`. Ids are short and stable; the ledger's tables are keyed by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Authority(StrEnum):
    """With what authority an actor speaks for a party, strongest first."""

    PRINCIPAL = "principal"
    SPOKESPERSON = "spokesperson"
    ENVOY = "envoy"
    OFFICIAL_UNNAMED = "official_unnamed"
    OTHER = "other"


class Role(StrEnum):
    """What an actor or a party is in the negotiation."""

    PARTY = "party"
    MEDIATOR = "mediator"
    GUARANTOR = "guarantor"
    VERIFIER = "verifier"
    RATIFIER = "ratifier"


@dataclass(frozen=True)
class Party:
    """A side in the negotiation. `interests` and `batna` are what only a person can say."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = (Role.PARTY,)
    interests: str = ""
    batna: str = ""


@dataclass(frozen=True)
class Actor:
    """A person or body that speaks or acts; `party` is the id of the party it speaks for, if any.

    `kind` is "person", "group", "body", "outlet" or "place".
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    authority: Authority = Authority.OTHER
    roles: tuple[Role, ...] = ()
    kind: str = "person"


@dataclass(frozen=True)
class Option:
    """One way to settle an issue. `value` and `unit` place it on a scale where there is one."""

    id: str
    name: str
    keywords: tuple[str, ...] = ()
    value: float | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Issue:
    """A question under negotiation. `keywords` are words or phrases that speak of it (case ignored;
    a trailing ``*`` matches any ending: ``territor*``). `kind` is "substance", "process" (talks, channels,
    meetings) or "prospects" (assessments of how near a deal is)."""

    id: str
    name: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    kind: str = "substance"


@dataclass(frozen=True)
class SourceGrade:
    """A person's grade of an outlet or actor as a source, free text (for instance "B2")."""

    source: str
    grade: str


@dataclass(frozen=True)
class Agenda:
    """Parties, actors and issues of one negotiation. The order of the file is the order shown."""

    title: str = ""
    parties: tuple[Party, ...] = ()
    actors: tuple[Actor, ...] = ()
    issues: tuple[Issue, ...] = ()
    grades: tuple[SourceGrade, ...] = ()
    proposed: bool = False
    """True while no person has edited it."""

    def party(self, party_id: str) -> Party:
        """The party with this id; KeyError if there is none."""
        for party in self.parties:
            if party.id == party_id:
                return party
        raise KeyError(party_id)

    def issue(self, issue_id: str) -> Issue:
        """The issue with this id; KeyError if there is none."""
        for issue in self.issues:
            if issue.id == issue_id:
                return issue
        raise KeyError(issue_id)

    def party_of(self, name: str | None) -> str | None:
        """The id of the party that a canonical name (or id) is or speaks for, or None."""
        if not name:
            return None
        wanted = name.casefold()
        for party in self.parties:
            if wanted in (party.id.casefold(), party.name.casefold()):
                return party.id
        for actor in self.actors:
            if wanted in (actor.id.casefold(), actor.name.casefold()):
                return actor.party
        return None
