"""The network of a large case: the same as of a small one, counted in columns instead of from statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from comity.desk.columns import NONE, STANCES, Ints
from comity.desk.parts.phrases import counted
from comity.desk.pictures.network import Asked, Drawn, drawn_of
from comity.desk.pictures.spread import Spread
from comity.ledger.daybook.days import UNDATED
from comity.study import ActorBy, ConceptBy, Use, Window
from comity.words import AUTHOR

MOST_NODES = 400
"""Actors, and concepts, that a network of a large case has at most: those that are used most."""

Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Counted:
    """Uses, each by the places of its actor and concept, its stance and its day."""

    actors: list[str]
    concepts: list[str]
    actor: Longs
    concept: Longs
    stance: Longs
    on: Ints
    by: ConceptBy
    left_out: int

    def uses(self, at: NDArray[np.bool_] | slice = slice(None)) -> tuple[Use, ...]:
        """Those in some places, equal ones together."""
        width, levels = max(1, len(self.concepts)), len(STANCES)
        keys = (self.actor[at] * width + self.concept[at]) * levels + self.stance[at]
        found, times = np.unique(keys, return_counts=True)
        made = []
        for key, count in zip(found.tolist(), times.tolist(), strict=True):
            rest, stance = divmod(key, levels)
            actor, concept = divmod(rest, width)
            made.append(Use(self.actors[actor], self.concepts[concept], STANCES[stance], times=count))
        return tuple(made)


def counted_of(spread: Spread, asked: Asked) -> Counted:
    """The uses in the statements of a date, as `comity.study.uses_of` takes them from a ledger."""
    columns, agenda = spread.columns, spread.standing.agenda
    counting = columns.counting(spread.standing.as_of)
    by = asked.concepts
    if by is None:
        by = ConceptBy.OPTION if bool((columns["option"][counting] != NONE).any()) else ConceptBy.ISSUE
    names = list(columns.lists["names"])
    if asked.actors is ActorBy.PARTY:
        actors, actor = [p.id for p in agenda.parties], columns.party(agenda).astype(np.int64)
    else:
        holder = np.where(columns["holder"] == NONE, columns["speaker"], columns["holder"])
        actor = (columns["speaker"] if asked.actors is ActorBy.SPEAKER else holder).astype(np.int64)
        actors = names
        if AUTHOR in names:
            actor = np.where(actor == names.index(AUTHOR), NONE, actor)
    keep = counting & (columns["out"] == 0) & (actor != NONE)
    keep[spread.again] = False
    rows, concept, concepts = _concepts(spread, by)
    mine = keep[rows]
    rows, concept = rows[mine], concept[mine]
    told = np.zeros(len(columns), np.bool_)
    told[rows] = True
    left_out = int(np.count_nonzero(counting)) - int(np.count_nonzero(told))
    stance = columns["stance"][rows].astype(np.int64)
    return Counted(actors, concepts, actor[rows], concept, stance, columns.when[rows], by, left_out)


def _concepts(spread: Spread, by: ConceptBy) -> tuple[Longs, Longs, list[str]]:
    """Rows beside what they are about, and what that is called."""
    columns = spread.columns
    if by is ConceptBy.TOPIC:
        pairs = columns["topic"]
        return pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64), list(columns.lists["topics"])
    which = "option" if by is ConceptBy.OPTION else "issue"
    rows = np.flatnonzero(columns[which] != NONE)
    concept = columns[which][rows].astype(np.int64)
    if by is ConceptBy.OPTION:
        return rows, concept, list(columns.lists["options"])
    also = columns["also"]
    return (
        np.concatenate([rows, also[:, 0]]).astype(np.int64),
        np.concatenate([concept, also[:, 1]]).astype(np.int64),
        list(columns.lists["issues"]),
    )


def network_of(spread: Spread, asked: Asked) -> Drawn:
    """The network that `comity.desk.pictures.network.network` makes of the same statements, without its single uses."""
    found = counted_of(spread, asked)
    inside = np.ones(len(found.on), np.bool_)
    if asked.since:
        inside &= (found.on >= asked.since.toordinal()) & (found.on < UNDATED)
    if asked.until:
        inside &= found.on <= asked.until.toordinal()
    actors, few = _busiest(found.actors, found.actor, "actor")
    concepts, also_few = _busiest(found.concepts, found.concept, "concept")
    undated = int(np.count_nonzero(found.on >= UNDATED))
    made, picture, elements = drawn_of(
        spread.standing,
        found.uses(inside),
        actors,
        concepts,
        found.by,
        asked,
        found.left_out,
        undated,
        (*few, *also_few),
    )
    return Drawn(made, picture, elements, ())


def _busiest(names: list[str], which: Longs, what: str) -> tuple[list[str], tuple[str, ...]]:
    """The names that occur, those that occur most if they are very many; and a note if some are left out."""
    times = np.bincount(which, minlength=len(names))
    occur = np.flatnonzero(times)
    if len(occur) <= MOST_NODES:
        return sorted(names[n] for n in occur.tolist()), ()
    most = sorted(occur.tolist(), key=lambda n: (-times[n], names[n]))[:MOST_NODES]
    told = f"The {MOST_NODES} busiest of {counted(len(occur), what)} are in it."
    return sorted(names[n] for n in most), (told,)


def windows_of(spread: Spread, asked: Asked, days: int, step: int | None = None) -> Iterator[Window]:
    """The stretches of days that `comity.study.windows` makes; equal uses of one stand together."""
    found = counted_of(spread, asked)
    dated = np.flatnonzero(found.on < UNDATED)
    if not len(dated):
        return
    start, end = int(found.on[dated].min()), int(found.on[dated].max())
    while start <= end:
        last = start + days - 1
        first_day = date.fromordinal(start)
        inside = (found.on >= start) & (found.on <= last)
        yield Window(first_day, first_day + timedelta(days=days - 1), found.uses(inside))
        start += step or days
