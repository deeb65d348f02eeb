"""What must precede what: the clauses of an accord in stages, stated order and inferred order kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comity.words import Accord, Clause


@dataclass(frozen=True)
class Link:
    """`before` precedes `after`; `inferred` if no text says so; `why` in a word."""

    before: str
    after: str
    inferred: bool
    why: str


@dataclass(frozen=True)
class Roadmap:
    """Stages of clause ids: nothing in a stage waits for anything in the same or a later one."""

    stages: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]


def roadmap(accord: Accord) -> Roadmap:
    """The order of an accord's clauses.

    A link is stated by `after`, or inferred: marked so in the file, or because one clause's trigger or condition is an
    event that another clause promises (`why` then names the event).
    """
    clauses = [c for c in accord.clauses if c.modality.value != "definition"]
    links = list[Link]()
    for clause in clauses:
        for name in clause.after:
            inferred = f"after:{name}" in clause.inferred
            links += [
                Link(c.id, clause.id, inferred, "no text says so" if inferred else "stated")
                for c in clauses if name in (c.id, c.id.split("/")[0])
            ]  # fmt: skip
    for clause in clauses:
        for other in clauses:
            shared = _promised(other) & _awaited(clause)
            known = any({link.before, link.after} == {clause.id, other.id} for link in links)
            if shared and other.id != clause.id and not known and not _waits(links, other.id, clause.id):
                links.append(Link(other.id, clause.id, True, f"waits for {min(shared).replace('_', ' ')}"))
    return Roadmap(_stages([c.id for c in clauses], links), tuple(links))


def _promised(clause: Clause) -> set[str]:
    """Events that a clause obliges somebody to bring about."""
    return _names(clause.act) if clause.modality.value == "obligation" and clause.logic else set()


def _awaited(clause: Clause) -> set[str]:
    """Events that a clause's trigger waits for."""
    return _names(clause.trigger) if clause.logic else set()


def _names(text: str) -> set[str]:
    return set(re.findall(r"([A-Za-z_]\w*)\s*\(", text))


def _waits(links: Sequence[Link], first: str, last: str) -> bool:
    """True if `first` already comes after `last`."""
    seen, open_ = set[str](), [last]
    while open_:
        here = open_.pop()
        if here == first:
            return True
        if here not in seen:
            seen.add(here)
            open_ += [link.after for link in links if link.before == here]
    return False


def _stages(ids: Sequence[str], links: Sequence[Link]) -> tuple[tuple[str, ...], ...]:
    before = {i: {link.before for link in links if link.after == i} for i in ids}
    done, stages = set[str](), list[tuple[str, ...]]()
    while len(done) < len(ids):
        stage = tuple(i for i in ids if i not in done and before[i] <= done)
        if not stage:  # a circle was refused when the file was read
            stage = tuple(i for i in ids if i not in done)
        stages.append(stage)
        done |= set(stage)
    return tuple(stages)
