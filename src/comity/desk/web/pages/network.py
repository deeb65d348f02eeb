"""Network: actors and what they take a stand on, who is alike, who is apart; over windows of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from fastapi import HTTPException
from fastapi.responses import JSONResponse, Response

from comity.desk.interchange import gexf, graphml
from comity.desk.interchange.graph import graph_of
from comity.desk.pictures.network import Asked as AskedNetwork
from comity.desk.pictures.network import Drawn, network
from comity.desk.pictures.spread_network import network_of, windows_of
from comity.desk.web import downloads
from comity.desk.web.page import Ask, Asked
from comity.desk.web.pages import PAGES, pictures
from comity.desk.web.state import TooLarge
from comity.study import (
    ONE_MODE,
    TWO_MODE,
    ActorBy,
    Aggregation,
    ConceptBy,
    Mode,
    Normalisation,
    Window,
    one_mode,
    two_mode,
    windows,
)
from comity.words import Handling, InputError

page = PAGES["network"]

GRAPHS = ("graphml", "gexf")
MOST_WINDOWS = 200
MOST_ROWS = 400
MOST_DAYS = 36_600

MODES = (
    (Mode.TWO_MODE, "actors and concepts"),
    (Mode.ACTORS, "actors among themselves"),
    (Mode.CONCEPTS, "concepts among themselves"),
)
AGGREGATIONS = (
    (Aggregation.IGNORE, "ignore: how often, whatever the stance"),
    (Aggregation.CONGRUENCE, "congruence: the same stance"),
    (Aggregation.CONFLICT, "conflict: opposite stances"),
    (Aggregation.SUBTRACT, "subtract: one less the other"),
    (Aggregation.COMBINE, "combine: which stances occur"),
)
NORMALISATIONS = {
    Normalisation.NO: "none",
    Normalisation.AVERAGE: "average activity (as in DNA)",
    Normalisation.JACCARD: "jaccard (as in DNA)",
    Normalisation.COSINE: "cosine (as in DNA)",
    Normalisation.ACTIVITY: "activity (as in DNA)",
    Normalisation.PROMINENCE: "prominence (as in DNA)",
    Normalisation.PLAIN_JACCARD: "Jaccard, as in mathematics",
    Normalisation.PLAIN_COSINE: "cosine, as in mathematics",
    Normalisation.TF_IDF: "tf-idf",
}
ACTORS = ((ActorBy.PARTY, "parties"), (ActorBy.HOLDER, "those who hold it"), (ActorBy.SPEAKER, "those who say it"))
CONCEPTS = ((ConceptBy.OPTION, "options"), (ConceptBy.ISSUE, "issues"), (ConceptBy.TOPIC, "topics"))


@dataclass(frozen=True)
class Row:
    """One window of days: what is in it, and the address that shows it."""

    first: date
    last: date
    uses: int
    ties: int
    total: float
    where: str
    shown: bool


@page.router.get("/network")
def show(ask: Asked, window: int = 0, step: int = 0) -> Response:
    """The network asked for, with its ties as a table and, on request, windows over time."""
    fault = ""
    status = 200
    try:
        asked = wanted(ask)
        drawn = made(ask, asked)
        rows = _windows(ask, asked, drawn, window, step)
        shown = _with_graphs(ask, pictures.shown(ask, "network"))
    except InputError as error:
        fault, status = str(error), 422
        asked = AskedNetwork()
        drawn, rows, shown = made(ask, asked), [], None
    table = drawn.picture.table.records()
    return ask.html(
        "network.html.j2",
        status,
        fault=fault,
        asked=asked,
        drawn=drawn,
        it=shown,
        rows=table[:MOST_ROWS],
        ties=len(table),
        windows=rows,
        window=window or "",
        step=step or "",
        first=asked.since or "",
        last=asked.until or "",
        modes=[(m.value, t) for m, t in MODES],
        aggregations=[(a.value, t) for a, t in AGGREGATIONS],
        normalisations=[
            ("one-mode", [(n.value, NORMALISATIONS[n]) for n in ONE_MODE]),
            ("two-mode", [(n.value, NORMALISATIONS[n]) for n in TWO_MODE if n is not Normalisation.NO]),
        ],
        actors=[(a.value, t) for a, t in ACTORS],
        concepts=[(c.value, t) for c, t in CONCEPTS],
        elements=f"/network/elements.json?{urlencode(_kept(ask))}",
    )


@page.router.get("/network/elements.json")
def elements(ask: Asked) -> Response:
    """The network as Cytoscape.js takes it."""
    drawn = made(ask, wanted(ask))
    return JSONResponse({"elements": list(drawn.elements), "description": drawn.picture.description})


@page.router.get("/network/as.{format_}")
def graph(ask: Asked, format_: str, handling: str = Handling.PUBLIC.value) -> Response:
    """The network as a graph for other tools, with all attributes: of public material, unless more is asked for."""
    if format_ not in GRAPHS:
        raise HTTPException(404, f"no graph is called {format_}")
    desk, as_of, label = ask.desk, ask.as_of, downloads.handling_of(handling)
    if desk.large:
        raise TooLarge(len(ask.register().rows))
    state = ask.state()
    documents = state.material.admitted(label).documents
    drawn = network(downloads.ledger_of(desk, state, as_of, label), documents, wanted(ask))
    content = (graphml if format_ == "graphml" else gexf).dumps(graph_of(drawn.network, state.material.agenda))
    return downloads.kept(desk, content, f"{desk.path.stem}-network.{format_}", f"network {format_}", label, as_of)


def _with_graphs(ask: Ask, shown: pictures.Shown) -> pictures.Shown:
    if ask.desk.large:
        return shown
    query = urlencode([*_kept(ask), ("save", "1")])
    return replace(shown, files=(*shown.files, *((f, f"/network/as.{f}?{query}") for f in GRAPHS)))


def wanted(ask: Ask) -> AskedNetwork:
    """The network that a query asks for. Raises InputError."""
    return pictures.asked_for(pictures.wanted_of(ask.request, "network"))


def made(ask: Ask, asked: AskedNetwork) -> Drawn:
    """The network, made once for each state of the case."""
    desk, as_of = ask.desk, ask.as_of
    if desk.large:
        return desk.wide().picture(as_of, ("network", asked), lambda spread: network_of(spread, asked))
    return desk.folded(
        ("network", asked, as_of), lambda s: network(desk.ledger(as_of, s), s.material.documents, asked), ask.state()
    )


def _windows(ask: Ask, asked: AskedNetwork, drawn: Drawn, days: int, step: int) -> list[Row]:
    if days <= 0:
        return []
    if max(days, step) > MOST_DAYS:
        raise InputError(f"a window of more than {MOST_DAYS} days", field="window", hint="take a shorter one")
    rows: list[Row] = []
    for found in _stretches(ask, asked, drawn, days, step or None):
        if len(rows) == MOST_WINDOWS:
            raise InputError(
                f"more than {MOST_WINDOWS} windows", field="window", hint="take longer windows or larger steps"
            )
        if asked.mode is Mode.TWO_MODE:
            each = two_mode(found.uses, asked.aggregation, asked.normalisation)
        else:
            each = one_mode(found.uses, asked.aggregation, asked.normalisation, of=asked.mode)
        kept = [(k, v) for k, v in _kept(ask) if k not in ("first", "last")]
        more = [("first", found.first.isoformat()), ("last", found.last.isoformat()), ("window", str(days))]
        more += [("step", str(step))] if step else []
        where = f"/network?{urlencode([*kept, *more])}"
        is_shown = (asked.since, asked.until) == (found.first, found.last)
        rows.append(Row(found.first, found.last, each.uses, len(each.ties()), each.total, where, is_shown))
    return rows


def _stretches(ask: Ask, asked: AskedNetwork, drawn: Drawn, days: int, step: int | None) -> Iterator[Window]:
    if ask.desk.large:
        return windows_of(ask.desk.wide().spread(ask.as_of), asked, days, step)
    return windows(drawn.uses, days, step)


def _kept(ask: Ask) -> list[tuple[str, str]]:
    return [(k, v) for k, v in ask.request.query_params.multi_items() if v and k not in ("window", "step")]
