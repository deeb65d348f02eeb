"""What another case holds, put into one that is there.

An empty one is filled, and then holds just the same. In any other nothing is changed, and nothing comes twice.

Documents are the same by `Document.identity`, decisions by their id (a hash of who decided what on which passage).
The case keeps its own agenda; it takes the other's only if it has none. Readings are made anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from comity.case import Case
from comity.desk.flow import Shows, unseen
from comity.desk.pool import Tick
from comity.words import Decision, Document, InputError, from_json

_BATCH = 256


@dataclass
class Merged:
    """What came in: ids of new and known documents; decisions added and known; what was left out, and why. `whole`: the
    case was empty, and now holds all of it."""

    whole: bool = False
    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    decisions: int = 0
    known_decisions: int = 0
    left_out: list[InputError] = field(default_factory=list)

    def __str__(self) -> str:
        if self.whole:
            return f"the case holds all of it: {len(self.new)} documents, {self.decisions} decisions"
        return (
            f"merged: {len(self.new)} documents new, {len(self.known)} known; "
            f"{self.decisions} decisions new, {self.known_decisions} known"
        )


def put_in(case: Case, lines: Callable[[], Iterable[str]], shows: Shows = unseen) -> Merged:
    """Fills the case if it is empty, else merges. `lines` gives the lines of the dump, as often as it is called: before
    any is merged, all are gone through, so that what was changed or cut is refused as a whole."""
    if case.empty:
        with shows("Filling the case"):
            case.fill(lines())
        return Merged(True, [d.id for d in case.documents()], decisions=len(case.decisions()))
    for _ in lines():
        pass
    return merge(case, lines(), shows)


def merge(case: Case, lines: Iterable[str], shows: Shows = unseen) -> Merged:
    """Adds the documents and decisions that the lines of a dump tell. Interrupted, it goes on when done again.

    Decisions are recorded now, by the coders that they name; a decision on what is not there is left out and told.
    """
    merged = Merged()
    agendas: list[dict[str, Any]] = []
    decided: list[dict[str, Any]] = []
    with shows("Adding documents") as tick:
        documents = _documents(lines, agendas, decided)
        while batch := list(islice(documents, _BATCH)):
            added = case.add(batch)
            merged.new += [id_ for id_ in added.new if id_ not in merged.new]
            merged.known += [id_ for id_ in added.known if id_ not in merged.known and id_ not in merged.new]
            merged.left_out += added.refused
            if tick:
                tick(len(merged.new) + len(merged.known), 0)
    _agenda(case, agendas, merged)
    with shows("Adding decisions") as tick:
        _decide(case, decided, merged, tick)
    return merged


def _documents(
    lines: Iterable[str], agendas: list[dict[str, Any]], decided: list[dict[str, Any]]
) -> Iterator[Document]:
    """Documents as they came in, once for each time they did; what else there is goes into the lists."""
    for number, line in enumerate(lines, start=1):
        try:
            ((kind, value),) = json.loads(line).items()
            if kind == "agenda":
                agendas.append(value)
            elif kind == "decision":
                decided.append(value)
            elif kind == "document":
                yield from _sightings(value)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"not a line of a dump: {error!r}", file="the dump", line=number) from None


def _sightings(value: dict[str, Any]) -> Iterator[Document]:
    same = {name: value[name] for name in ("text", "published", "source", "title", "url", "kind")}
    for seen in value["sightings"]:
        found: Document = from_json(Document, same | seen)
        if found.identity != value["identity"]:
            raise InputError("this document was changed since it was written", file=found.id, hint="export it again")
        yield found


def _agenda(case: Case, versions: list[dict[str, Any]], merged: Merged) -> None:
    if not versions:
        return
    own, newest = case.agenda(), versions[-1]["toml"]
    if own is None:
        for version in versions:
            case.set_agenda(version["toml"], version["coder"])
    elif own != newest:
        why = "this case keeps its own agenda; the other one was left out"
        merged.left_out.append(InputError(why, file="agenda", hint="compare the two, and edit on the page Agenda"))


def _decide(case: Case, decided: list[dict[str, Any]], merged: Merged, tick: Tick | None) -> None:
    there = {d.id for d in case.decisions()}
    now_called: dict[str, str] = {}
    moment = datetime.now(UTC)
    for done, value in enumerate(decided, start=1):
        plain = {k: v for k, v in value.items() if k not in ("nth", "document", "document_id")}
        wanted: Decision = from_json(Decision, plain | {"at": moment.isoformat()})
        then = wanted.id
        target = now_called.get(wanted.target, wanted.target)
        if then in there and target == wanted.target:
            now_called[then] = then
            merged.known_decisions += 1
            continue
        try:
            made = case.decide(replace(wanted, id="", target=target))
        except InputError as error:
            what = f"{wanted.kind.value} by {wanted.coder}: {error.what}"
            merged.left_out.append(InputError(what, file="decisions", line=done, hint=error.hint))
            continue
        now_called[then] = made.id
        merged.decisions += 1
        if tick:
            tick(done, len(decided))
