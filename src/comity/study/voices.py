"""Whose voice the record carries: each party's share, and what is said by nobody named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.words import AUTHOR, Authority, Document, Ledger, Mode, Statement

_JOINS = frozenset({"of", "in", "from", "to", "at", "with", "on", "for", "by", "near", "inside"})

NOBODY = ""
"""The party of speakers that speak for none."""


@dataclass(frozen=True)
class Voice:
    """What one party (or nobody's speakers, or the articles themselves) has in the record.

    `statements` count each utterance once, however often it is told; `share` is of all statements. `own_words` are
    quoted, `unnamed` said by officials or others without a name, `speakers` counts named speakers, `documents` and
    `outlets` those that carry it.
    """

    party: str
    name: str
    statements: int
    share: float
    own_words: int
    unnamed: int
    speakers: int
    documents: int
    outlets: int


def voices(ledger: Ledger, documents: Mapping[str, Document]) -> tuple[Voice, ...]:
    """Each party's share of voice, in the agenda's order; then those who speak for none, then the articles' own."""
    told_once = [s for s in ledger.statements if not s.same_utterance_as]
    groups: dict[str, list[Statement]] = {party.id: [] for party in ledger.agenda.parties}
    groups |= {NOBODY: [], AUTHOR: []}
    for statement in told_once:
        groups[_whose(ledger, statement)].append(statement)
    names = {party.id: party.name for party in ledger.agenda.parties} | {NOBODY: "others", AUTHOR: "the articles"}
    return tuple(_voice(ledger, party, names[party], said, len(told_once), documents) for party, said in groups.items())


def _whose(ledger: Ledger, statement: Statement) -> str:
    """The party whose people say it. What a reporter tells of a stance is the article's."""
    if statement.speaker == AUTHOR:
        return AUTHOR
    return ledger.agenda.party_of(statement.speaker) or NOBODY


def _voice(
    ledger: Ledger, party: str, name: str, said: list[Statement], total: int, documents: Mapping[str, Document]
) -> Voice:
    unnamed = [s for s in said if is_unnamed(ledger, s.speaker)]
    carriers = {s.document for s in said}
    outlets = {d.source for i in carriers if (d := documents.get(i)) and d.source}
    return Voice(
        party,
        name,
        len(said),
        len(said) / total if total else 0.0,
        sum(s.mode in (Mode.DIRECT, Mode.MIXED) for s in said),
        len(unnamed),
        len({s.speaker for s in said} - {s.speaker for s in unnamed} - {AUTHOR}),
        len(carriers),
        len(outlets),
    )


def is_unnamed(ledger: Ledger, speaker: str) -> bool:
    """True if a speaker is no named person or body: an unnamed official of the agenda, or one described and not named.

    A description begins with a common word and ends with one, or goes on after a preposition ("a person close to …").
    A name is never merged with such a speaker by the machine; only a person can judge the two to be one.
    """
    if speaker == AUTHOR:
        return False
    for actor in ledger.agenda.actors:
        if speaker in (actor.name, actor.id):
            return actor.authority is Authority.OFFICIAL_UNNAMED
    if any(speaker in (party.name, party.id) for party in ledger.agenda.parties):
        return False
    words = [w for w in speaker.split() if any(c.isalpha() for c in w)]
    return bool(words) and words[0][0].islower() and (words[-1][0].islower() or not _JOINS.isdisjoint(words))


@dataclass(frozen=True)
class CellSources:
    """What a cell rests on: independent origins, outlets and speakers; `unnamed` are the speakers without a name."""

    party: str
    issue: str
    origins: int
    statements: int
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
    speakers: tuple[str, ...]
    unnamed: tuple[str, ...]


def cell_sources(ledger: Ledger, documents: Mapping[str, Document]) -> tuple[CellSources, ...]:
    """For each position its sources, in the order of the ledger."""
    by_id = {s.id: s for s in ledger.statements}
    found = []
    for position in ledger.positions:
        said = [by_id[i] for i in position.statements if i in by_id]
        ids = tuple(dict.fromkeys(s.document for s in said))
        speakers = tuple(dict.fromkeys(s.speaker for s in said if s.speaker != AUTHOR))
        found.append(
            CellSources(
                position.party,
                position.issue,
                position.origins,
                len(said),
                ids,
                tuple(sorted({d.source for i in ids if (d := documents.get(i)) and d.source})),
                speakers,
                tuple(name for name in speakers if is_unnamed(ledger, name)),
            )
        )
    return tuple(found)
