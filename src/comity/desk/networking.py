"""Networks from a case or a DNA database, as a table, CSV, JSON, GraphML or GEXF."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from comity.desk import flow
from comity.desk.exports import held
from comity.desk.interchange import dna, gexf, graphml
from comity.desk.interchange.graph import graph_of
from comity.desk.listing import table
from comity.study import (
    ActorBy,
    Aggregation,
    ConceptBy,
    Duplicates,
    Mode,
    Network,
    Normalisation,
    Use,
    one_mode,
    two_mode,
    uses_of,
    windows,
    without_duplicates,
)
from comity.words import Agenda, Handling, InputError, dumps, to_json


@dataclass(frozen=True)
class Choice:
    """What a person asks for; empty choices take what suits the source."""

    mode: str = "two-mode"
    aggregation: str | None = None
    normalisation: str = "no"
    actors: str | None = None
    concepts: str | None = None
    qualifier: str | None = None
    duplicates: str = "include"
    window: int | None = None
    step: int | None = None


@dataclass(frozen=True)
class Dated:
    """A network, and the days it is of (None: all)."""

    network: Network
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Made:
    """Networks of one source, one a window; `left_out` counts statements that gave no use.

    `holds` is what a receipt keeps of them; empty if the source is no case.
    """

    networks: tuple[Dated, ...]
    agenda: Agenda | None
    left_out: int
    holds: Mapping[str, str] = field(default_factory=dict)


def from_source(source: str, choice: Choice, as_of: date | None, handling: Handling, shows: flow.Shows) -> Made:
    """The networks asked for, of a case or a ``.dna`` file. Raises InputError for what neither has."""
    if Path(source).suffix.lower() == ".dna":
        read = dna.read(source)
        uses = read.uses(choice.actors or dna.ACTOR, choice.concepts or dna.CONCEPT, choice.qualifier or dna.QUALIFIER)
        if as_of:
            uses = tuple(u for u in uses if u.on and u.on <= as_of)
        return made(uses, choice, None, len(read.statements(dna.TYPE)) - len(uses) if not as_of else 0)
    if choice.qualifier:
        raise InputError("a case has no such variable", field="--qualifier", hint="leave it out")
    with flow.opened(source) as opened:
        material = flow.from_case(opened, handling=handling, shows=shows).admitted(handling)
    ledger = flow.ledger_of(material, as_of)
    taken = uses_of(
        ledger,
        _one_of(ActorBy, choice.actors or "party", "--actors"),
        _one_of(ConceptBy, choice.concepts or "option", "--concepts"),
        {d.id: d for d in material.documents},
    )
    found = made(taken.uses, choice, material.agenda, taken.left_out)
    return replace(found, holds=held(ledger, material.documents))


_By = TypeVar("_By", ActorBy, ConceptBy)


def _one_of(kind: type[_By], value: str, field: str) -> _By:
    try:
        return kind(value)
    except ValueError:
        raise InputError(f"{value!r} is not known", field=field, hint=f"one of {', '.join(kind)}") from None


def made(uses: tuple[Use, ...], choice: Choice, agenda: Agenda | None, left_out: int) -> Made:
    """One network, or one a window. All windows have the same actors and concepts, so that they can be compared."""
    uses = without_duplicates(uses, Duplicates(choice.duplicates))
    if choice.step and not choice.window:
        raise InputError("a step without a window", field="--step", hint="give --window, too")
    if not choice.window:
        return Made((Dated(_network(uses, choice)),), agenda, left_out)
    actors, concepts = sorted({u.actor for u in uses}), sorted({u.concept for u in uses})
    found = tuple(
        Dated(_network(w.uses, choice, actors, concepts), w.first, w.last)
        for w in windows(uses, choice.window, choice.step)
    )
    return Made(found, agenda, left_out + sum(u.on is None for u in uses))


def _network(
    uses: tuple[Use, ...], choice: Choice, actors: list[str] | None = None, concepts: list[str] | None = None
) -> Network:
    mode, normalisation = Mode(choice.mode), Normalisation(choice.normalisation)
    if mode is Mode.TWO_MODE:
        return two_mode(
            uses, Aggregation(choice.aggregation or "ignore"), normalisation, actors=actors, concepts=concepts
        )
    aggregation = Aggregation(choice.aggregation or "congruence")
    return one_mode(uses, aggregation, normalisation, of=mode, actors=actors, concepts=concepts)


def format_of(path: str) -> str:
    """The format that a file's name tells. Raises InputError if it tells none."""
    known = {".json": "json", ".csv": "csv", ".graphml": "graphml", ".gexf": "gexf", ".txt": "table"}
    suffix = Path(path).suffix.lower()
    if suffix not in known:
        raise InputError("its name tells no format", file=path, hint=f"end it in one of {', '.join(known)}")
    return known[suffix]


def written(found: Made, format_: str) -> str | bytes:
    """The networks in a format. GraphML and GEXF hold one: of several, InputError."""
    if format_ == "json":
        return dumps([to_json(n) | {"total": n.network.total} for n in found.networks], indent=2) + "\n"
    if format_ == "csv":
        return _csv(found)
    if format_ == "table":
        return "\n".join(_table(n) for n in found.networks)
    if len(found.networks) > 1:
        raise InputError(f"{format_} holds one network, not {len(found.networks)}", hint="use json or csv")
    graph = graph_of(found.networks[0].network, found.agenda)
    return graphml.dumps(graph) if format_ == "graphml" else gexf.dumps(graph)


def _csv(found: Made) -> str:
    """The matrix; of several windows one row a tie."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if len(found.networks) == 1:
        network = found.networks[0].network
        writer.writerow(["", *(_inert(name) for name in network.columns)])
        writer.writerows([_inert(r), *map(_number, v)] for r, v in zip(network.rows, network.values, strict=True))
        return out.getvalue()
    writer.writerow(["first", "last", "row", "column", "value"])
    for n in found.networks:
        writer.writerows([n.first, n.last, _inert(a), _inert(b), _number(v)] for a, b, v in n.network.ties())
    return out.getvalue()


def _inert(name: str) -> str:
    return f"'{name}" if name[:1] in ("=", "+", "-", "@", "\t", "\r") else name


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _table(dated: Dated) -> str:
    n = dated.network
    when = f"{dated.first} to {dated.last}, " if dated.first else ""
    head = f"{n.mode.value}, {n.aggregation.value}, normalisation {n.normalisation.value}; {when}{n.uses} uses"
    head += f", {n.left_out} without a stance left out" if n.left_out else ""
    ties = sorted(n.ties(), key=lambda tie: (-abs(tie[2]), tie[0], tie[1]))
    rows = [{"one": a, "other": b, "value": round(v, 4) if v != int(v) else int(v)} for a, b, v in ties]
    body = table(rows, ["one", "other", "value"]) if rows else "no ties\n"
    return f"{head}\n{len(n.rows)} × {len(n.columns)}, sum {round(n.total, 4):g}\n\n{body}"
