"""Networks of a ledger as pictures: actors and what they take a stand on, or actors alone, drawn and as elements."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import altair as alt

from comity.desk.parts.phrases import clip, counted, number
from comity.desk.pictures.drawing import as_dict, data
from comity.desk.pictures.marks import INK, PAPER, SOFT, party_names
from comity.desk.pictures.values import Cell, Picture, Spec, Table
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
    without_duplicates,
)
from comity.words import Document, Ledger

MOST_TIES = 240
"""More ties than this are not drawn: the strongest are, and the picture says so."""
_RADIUS, _WIDTH, _STEP = 230, 460, 46


@dataclass(frozen=True)
class Asked:
    """Which network. `concepts` None takes options where the ledger names any, else issues."""

    mode: Mode = Mode.TWO_MODE
    aggregation: Aggregation = Aggregation.SUBTRACT
    normalisation: Normalisation = Normalisation.NO
    actors: ActorBy = ActorBy.PARTY
    concepts: ConceptBy | None = None
    duplicates: Duplicates = Duplicates.INCLUDE
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Drawn:
    """A network with its picture and its elements for Cytoscape; `uses` are those that went in, by day."""

    network: Network
    picture: Picture
    elements: tuple[dict[str, Any], ...]
    uses: tuple[Use, ...]


def uses(ledger: Ledger, documents: Sequence[Document], asked: Asked) -> tuple[tuple[Use, ...], ConceptBy, int]:
    """What the network is made of, each with a day (of saying, else of publication), what its concepts are, and how
    many statements gave nothing."""
    by = asked.concepts
    if by is None:
        named = any(s.option and s.issue for s in ledger.statements)
        by = ConceptBy.OPTION if named else ConceptBy.ISSUE
    taken = uses_of(ledger, asked.actors, by)
    published = {d.id: d.published for d in documents}
    dated = (u if u.on else replace(u, on=published.get(u.document)) for u in taken.uses)
    return without_duplicates(dated, asked.duplicates), by, taken.left_out


def network(ledger: Ledger, documents: Sequence[Document], asked: Asked | None = None) -> Drawn:
    """The network asked for.

    Parameters
    ----------
    ledger
        As of the picture's date.
    documents
        Those the ledger was built from: they give the day of publication where no day of saying is known.
    asked
        Mode, aggregation, normalisation, who counts as an actor, what as a concept, which days.

    Returns
    -------
    Drawn
        Actors are circles, concepts squares. A tie is as wide as it is strong; what is against (or apart) is dashed.
        Each node keeps its place from one stretch of days to the next. The table has every tie.

    Raises
    ------
    InputError
        If aggregation or normalisation do not go with the mode.
    """
    asked = asked or Asked()
    found, by, left_out = uses(ledger, documents, asked)
    inside = [u for u in found if _in(u, asked)]
    actors = list(dict.fromkeys(sorted(u.actor for u in found)))
    concepts = list(dict.fromkeys(sorted(u.concept for u in found)))
    undated = sum(u.on is None for u in found)
    made, picture, elements = drawn_of(ledger, inside, actors, concepts, by, asked, left_out, undated)
    return Drawn(made, picture, elements, tuple(found))


def drawn_of(
    ledger: Ledger,
    inside: Sequence[Use],
    actors: list[str],
    concepts: list[str],
    by: ConceptBy,
    asked: Asked,
    left_out: int,
    undated: int,
    notes: tuple[str, ...] = (),
) -> tuple[Network, Picture, tuple[dict[str, Any], ...]]:
    """The network of the uses `inside` the days asked for, its picture and its elements. `ledger` names parties and
    issues; `actors` and `concepts` are all there are, `left_out` and `undated` count what gave no use or has no day."""
    names = _names(ledger, by)
    actors.sort(key=lambda a: (_rank(ledger, a), names(a)))
    concepts.sort(key=lambda c: (_concept_rank(ledger, c), names(c)))
    if asked.mode is Mode.TWO_MODE:
        made = two_mode(inside, asked.aggregation, asked.normalisation, actors=actors, concepts=concepts)
    else:
        made = one_mode(inside, asked.aggregation, asked.normalisation, of=asked.mode, actors=actors, concepts=concepts)
    ties = sorted(made.ties(), key=lambda t: (-abs(t[2]), t[0], t[1]))
    drawn, places = ties[:MOST_TIES], _places(made)
    table = tuple(_row(made, asked, names, *tie) for tie in ties)
    picture = Picture(
        name="network",
        title=_title(asked),
        description=f"{_title(asked)}: {_size(made)}, {counted(len(ties), 'tie')}; the table has each.",
        spec=_spec(made, drawn, places, names, _title(asked), _subtitle(asked, made)),
        table=Table(("from", "to", "value", "mode", "aggregation", "normalisation"), table),
        notes=(*_notes(by, asked, left_out, made, len(ties), undated), *notes),
    )
    return made, picture, tuple(_elements(made, drawn, places, names))


def _size(made: Network) -> str:
    if made.mode is Mode.TWO_MODE:
        return f"{counted(len(made.rows), 'actor')}, {counted(len(made.columns), 'concept')}"
    return counted(len(made.rows), "actor" if made.mode is Mode.ACTORS else "concept")


def _in(use: Use, asked: Asked) -> bool:
    if asked.since is None and asked.until is None:
        return True
    if use.on is None:
        return False
    return (asked.since is None or use.on >= asked.since) and (asked.until is None or use.on <= asked.until)


def _names(ledger: Ledger, by: ConceptBy) -> _Names:
    known = dict(party_names(ledger))
    for issue in ledger.agenda.issues:
        if by is ConceptBy.ISSUE:
            known.setdefault(issue.id, issue.name)
        known.update({f"{issue.id}/{option.id}": f"{issue.name}: {option.name}" for option in issue.options})
    return _Names(known)


@dataclass(frozen=True)
class _Names:
    """What an id is called."""

    known: Mapping[str, str]

    def __call__(self, key: str) -> str:
        return self.known.get(key, key)


def _rank(ledger: Ledger, actor: str) -> int:
    order = [*(p.id for p in ledger.agenda.parties), *(p.name for p in ledger.agenda.parties)]
    return order.index(actor) if actor in order else len(order)


def _concept_rank(ledger: Ledger, concept: str) -> int:
    order = [i.id for i in ledger.agenda.issues]
    issue = concept.partition("/")[0]
    return order.index(issue) if issue in order else len(order)


def _places(made: Network) -> dict[tuple[str, str], tuple[float, float]]:
    """Where each node stands, by kind and name: two columns, or a circle that begins at the top."""
    if made.mode is Mode.TWO_MODE:
        height = _STEP * max(len(made.rows), len(made.columns), 1)
        left = {("row", r): (0.0, height * (i + 0.5) / len(made.rows)) for i, r in enumerate(made.rows)}
        right = {
            ("column", c): (float(_WIDTH), height * (i + 0.5) / len(made.columns)) for i, c in enumerate(made.columns)
        }
        return left | right
    count = max(1, len(made.rows))
    radius = max(_RADIUS, count * 9)
    turns = [2 * math.pi * i / count for i in range(count)]
    return {
        ("row", r): (round(radius * (1 + math.sin(t)), 3), round(radius * (1 - math.cos(t)), 3))
        for r, t in zip(made.rows, turns, strict=False)
    }


def _other(made: Network) -> str:
    return "column" if made.mode is Mode.TWO_MODE else "row"


def _kind(made: Network, side: str) -> str:
    if made.mode is Mode.TWO_MODE:
        return "actor" if side == "row" else "concept"
    return "actor" if made.mode is Mode.ACTORS else "concept"


def _row(made: Network, asked: Asked, names: _Names, one: str, other: str, value: float) -> tuple[Cell, ...]:
    shown = int(value) if value == int(value) else round(value, 6)
    return (names(one), names(other), shown, made.mode.value, asked.aggregation.value, asked.normalisation.value)


def _against(made: Network, value: float) -> bool:
    return made.aggregation is Aggregation.CONFLICT or value < 0


def _width(value: float, most: float) -> float:
    """From 1 to 8; a lone statement stays thin where nothing is normalised."""
    return round(1 + 7 * abs(value) / (max(most, 4.0) if most >= 1 else most), 2) if most else 1.0


def _spec(
    made: Network,
    ties: Sequence[tuple[str, str, float]],
    places: Mapping[tuple[str, str], tuple[float, float]],
    names: _Names,
    title: str,
    subtitle: str,
) -> Spec:
    most = max((abs(t[2]) for t in ties), default=0.0)
    lines: list[dict[str, Any]] = []
    for n, (one, other, value) in enumerate(ties):
        along = 0.36 + 0.07 * (n % 5)  # figures of ties that cross stand apart
        (x, y), (x2, y2) = places["row", one], places[_other(made), other]
        against = _against(made, value)
        lines.append(
            {
                "x": x,
                "y": y,
                "x2": x2,
                "y2": y2,
                "kind": "against" if against else "for",
                "width": _width(value, most),
                "label": number(round(value, 3)),
                "xm": x + (x2 - x) * along,
                "ym": y + (y2 - y) * along,
                "tip": f"{names(one)} – {names(other)}: {number(round(value, 6))}",
            }
        )
    nodes = [
        {
            "x": x,
            "y": y,
            "kind": _kind(made, side),
            "label": clip(names(key), 44),
            "side": _side(made, side, x),
        }
        for (side, key), (x, y) in places.items()
    ]
    xs, ys = [p[0] for p in places.values()] or [0.0], [p[1] for p in places.values()] or [0.0]
    reach = {"x": [min(xs) - 10, max(xs) + 10], "y": [max(ys) + 24, min(ys) - 24]}
    sx, sy = (alt.Scale(domain=reach[axis], nice=False, zero=False) for axis in ("x", "y"))

    def at(field: str, scale: alt.Scale, way: Any) -> Any:
        return way(f"{field}:Q", scale=scale, axis=None)

    edges = alt.Chart(data(lines)).encode(x=at("x", sx, alt.X), y=at("y", sy, alt.Y))
    wording = _wording(made)
    dash = alt.Scale(domain=["for", "against"], range=[[1, 0], [6, 4]])
    layers: list[Any] = []
    if lines:
        legend = alt.Legend(title="Tie", labelExpr=f"datum.value == 'for' ? '{wording[0]}' : '{wording[1]}'")
        layers += [
            edges.mark_rule(stroke=SOFT, opacity=0.75).encode(
                x2="x2:Q",
                y2="y2:Q",
                strokeDash=alt.StrokeDash("kind:N", scale=dash, legend=legend),
                strokeWidth=alt.StrokeWidth("width:Q", scale=None),
                tooltip="tip:N",
                description="tip:N",
            ),
        ]
        if len(lines) <= 60:
            layers.append(
                alt.Chart(data(lines))
                .mark_text(fontSize=10, stroke=PAPER, strokeWidth=3, strokeJoin="round", aria=False)
                .encode(x=at("xm", sx, alt.X), y=at("ym", sy, alt.Y), text="label:N")
            )
            layers.append(
                alt.Chart(data(lines))
                .mark_text(fontSize=10, aria=False)
                .encode(x=at("xm", sx, alt.X), y=at("ym", sy, alt.Y), text="label:N")
            )
    shape = alt.Scale(domain=["actor", "concept"], range=["circle", "square"])
    legend_of_nodes = alt.Legend(title="Node") if made.mode is Mode.TWO_MODE else None
    layers.append(
        alt.Chart(data(nodes))
        .mark_point(filled=True, size=130, color=INK, opacity=1)
        .encode(
            x=at("x", sx, alt.X),
            y=at("y", sy, alt.Y),
            shape=alt.Shape("kind:N", scale=shape, legend=legend_of_nodes),
            description="label:N",
        )
    )
    beside: tuple[tuple[str, Any, int], ...] = (("left", "right", -10), ("right", "left", 10))
    for side, align, dx in beside:
        some = [n for n in nodes if n["side"] == side]
        if some:
            layers.append(
                alt.Chart(data(some))
                .mark_text(align=align, dx=dx, fontWeight="bold", fontSize=12, aria=False)
                .encode(x=at("x", sx, alt.X), y=at("y", sy, alt.Y), text="label:N")
            )
    named = [layer.properties(name=f"layer_{n}") for n, layer in enumerate(layers)]
    chart = alt.layer(*named).properties(
        width=reach["x"][1] - reach["x"][0],
        height=reach["y"][0] - reach["y"][1],
        padding=8,
        title=alt.TitleParams(title, subtitle=subtitle, offset=10),
    )
    return as_dict(chart)


def _side(made: Network, side: str, x: float) -> str:
    if made.mode is Mode.TWO_MODE:
        return "left" if side == "row" else "right"
    return "right" if x >= max(_RADIUS, len(made.rows) * 9) - 0.001 else "left"


def _wording(made: Network) -> tuple[str, str]:
    if made.aggregation is Aggregation.IGNORE:
        return "speaks of it" if made.mode is Mode.TWO_MODE else "in common", "–"
    if made.mode is Mode.TWO_MODE:
        return "more for than against", "more against than for"
    return "agree", "disagree"


def _elements(
    made: Network,
    ties: Sequence[tuple[str, str, float]],
    places: Mapping[tuple[str, str], tuple[float, float]],
    names: _Names,
) -> list[dict[str, Any]]:
    """Nodes and edges as Cytoscape.js takes them, with their places."""
    ids = {key: f"n{i}" for i, key in enumerate(places)}
    found: list[dict[str, Any]] = [
        {
            "group": "nodes",
            "data": {
                "id": ids[side, key],
                "key": key,
                "label": names(key),
                "kind": _kind(made, side),
                "side": _side(made, side, x),
            },
            "position": {"x": x, "y": y},
        }
        for (side, key), (x, y) in places.items()
    ]
    most = max((abs(t[2]) for t in ties), default=0.0)
    found += [
        {
            "group": "edges",
            "data": {
                "id": f"e{n}",
                "source": ids["row", one],
                "target": ids[_other(made), other],
                "value": value,
                "width": _width(value, most),
                "label": number(round(value, 3)),
                "kind": "against" if _against(made, value) else "for",
            },
        }
        for n, (one, other, value) in enumerate(ties)
    ]
    return found


_TITLES = {Mode.TWO_MODE: "Actors and concepts", Mode.ACTORS: "Actors", Mode.CONCEPTS: "Concepts"}

_VALUES = {
    Aggregation.IGNORE: "how often, for or against",
    Aggregation.CONGRUENCE: "how often alike",
    Aggregation.CONFLICT: "how often apart",
    Aggregation.SUBTRACT: "one less the other",
    Aggregation.COMBINE: "for, against or both",
}


def _title(asked: Asked) -> str:
    norm = "" if asked.normalisation is Normalisation.NO else f", {asked.normalisation.value.replace('_', ' ')}"
    return f"{_TITLES[asked.mode]}: {_VALUES[asked.aggregation]}{norm}"


def _subtitle(asked: Asked, made: Network) -> str:
    days = ""
    if asked.since or asked.until:
        days = f" from {asked.since or '…'} to {asked.until or '…'}"
    return f"{counted(made.uses, 'statement')}{days}; sum {number(round(made.total, 4))}"


def _notes(by: ConceptBy, asked: Asked, left_out: int, made: Network, ties: int, undated: int) -> tuple[str, ...]:
    notes = ["What an article guesses and reported facts are nobody’s stance and are left out."]
    if by is ConceptBy.ISSUE and asked.aggregation is not Aggregation.IGNORE:
        notes.append(
            "Concepts are issues: two parties that both demand something of one issue count as alike, whatever it is."
        )
    if left_out:
        notes.append(f"{counted(left_out, 'statement')} left out: no actor, no concept, or told before.")
    if made.left_out:
        notes.append(f"{counted(made.left_out, 'statement')} left out: neither for nor against.")
    if undated and (asked.since or asked.until):
        notes.append(f"{counted(undated, 'statement')} without a date: in no stretch of days.")
    if ties > MOST_TIES:
        notes.append(f"The {MOST_TIES} strongest of {ties:,} ties are drawn; the table has all.")
    return tuple(notes)
