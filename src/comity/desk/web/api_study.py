"""The verbs of the other pages as JSON, under /api: tensions, networks, pictures, agreement, voices, deals, accords,
reports, and what was passed on."""

from __future__ import annotations

import json
from typing import Any, Literal

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from comity.desk import judging
from comity.desk.report import watch_plain
from comity.desk.web import downloads
from comity.desk.web.api import FAULTS, Day, Label, Limit, Offset, Row, Text
from comity.desk.web.page import Asked
from comity.desk.web.pages import accord as accord_page
from comity.desk.web.pages import coders as coders_page
from comity.desk.web.pages import deal as deal_page
from comity.desk.web.pages import network as network_page
from comity.desk.web.pages import pictures as pictures_page
from comity.desk.web.pages import tensions as tensions_page
from comity.desk.web.state import Stale, TooLarge
from comity.study import cell_sources, voices
from comity.words import Handling, to_json

router = APIRouter(prefix="/api", tags=["study"])

ReportFormat = Literal["json", "md", "docx", "pdf"]


class Verdict(BaseModel):
    """What a person says of a tension. `seen` is the revision that it rests on, as with a decision."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(max_length=500)
    verdict: Literal[judging.VERDICTS]  # type: ignore[valid-type]
    note: Text = ""
    seen: int | None = Field(None, ge=0, le=2**62)


@router.get("/tensions", responses=FAULTS)
def tensions(
    ask: Asked,
    as_of: Day = None,
    show: Literal["", "decided", "all"] = "",
    kind: str = "",
    issue: str = "",
    party: str = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Row:
    """Statements against statements: those that nobody has judged, those judged (`show=decided`), or all."""
    judged, found = tensions_page.verdicts(ask), tensions_page.tensions_of(ask)
    wanted = tensions_page.Wanted(show, kind, issue, party)
    keys = tensions_page.fitting(found.index, wanted, judged)
    rows = [
        to_json(row)
        | {"judged": judged[row.key].value if row.key in judged else ""}
        | {"by": judged[row.key].coder if row.key in judged else ""}
        for row in found.rows(keys[offset : offset + limit])
    ]
    return {"total": len(keys), "seen": ask.revision.decisions, "tensions": rows}


@router.post("/tensions", status_code=201, responses=FAULTS)
def judge(ask: Asked, wanted: Verdict, as_of: Day = None) -> Row:
    """Says of a tension that it is real, explained, or a double of another."""
    try:
        done = tensions_page.record(ask, wanted.key, wanted.verdict, wanted.note, wanted.seen)
    except Stale:
        raise HTTPException(409, "somebody judged it since; nothing is recorded") from None
    return {"decision": to_json(done)}


@router.get("/network", responses=FAULTS)
def network(
    ask: Asked,
    as_of: Day = None,
    mode: str = "",
    aggregation: str = "",
    normalisation: str = "",
    actors: str = "",
    concepts: str = "",
    first: Day = None,
    last: Day = None,
) -> Row:
    """Who aligns with whom; the values are those of `comity network`."""
    drawn = network_page.made(ask, network_page.wanted(ask))
    return {"network": to_json(drawn.network), "total": drawn.network.total, "notes": list(drawn.picture.notes)}


@router.get("/pictures/{name}", responses=FAULTS)
def picture(
    ask: Asked,
    name: Literal[pictures_page.NAMES],  # type: ignore[valid-type]
    as_of: Day = None,
    first: Day = None,
    last: Day = None,
    limit: Limit = 1000,
    offset: Offset = 0,
) -> Row:
    """A picture as its Vega-Lite specification and its table. The query of the page narrows it (`issue`, `party`)."""
    made = pictures_page.drawn(ask, pictures_page.wanted_of(ask.request, name))
    return {
        "title": made.title,
        "description": made.description,
        "notes": list(made.notes),
        "spec": made.spec,
        "total": len(made.table.rows),
        "rows": made.table.records(offset, offset + limit),
    }


@router.get("/agreement", responses=FAULTS)
def agreement(ask: Asked) -> Row:
    """How far coders agree, field by field and on stretches; `coder`, repeated, chooses whom. The machine is one."""
    return coders_page.agreement_of(ask)


@router.get("/voices", responses=FAULTS)
def voice(ask: Asked, as_of: Day = None, cells: bool = False) -> Row:
    """Each party's share of voice; with `cells`, the independent origins behind each position, unnamed ones apart."""
    if ask.desk.large:
        raise TooLarge(len(ask.register().rows))
    made, documents = ask.ledger(), {d.id: d for d in ask.material.documents}
    if cells:
        return {"cells": [to_json(cell) for cell in cell_sources(made, documents)]}
    return {"voices": [to_json(one) | {"share": round(one.share, 4)} for one in voices(made, documents)]}


@router.get("/deal/{question}", responses=FAULTS)
def deal(
    ask: Asked,
    question: Literal["blockers", "openings", "frontier"],
    as_of: Day = None,
    floors: bool = False,
    reporter: bool = True,
) -> Any:
    """What blocks a deal, what would open one, which packages no other betters: asked of the model of this window."""
    return to_json(deal_page.result(ask, question, floors, reporter))


@router.get("/accord", responses=FAULTS)
def accord(
    ask: Asked,
    accord: str,
    incidents: str = "",
    clause: str = "",
    as_of: Day = None,
    first: Day = None,
    covered: Day = None,
) -> Any:
    """An agreed text watched over reports: names of files that lie beside the case."""
    return json.loads(watch_plain.plain(accord_page.watched(ask, accord, incidents, clause)))


@router.get("/difference", responses=FAULTS, response_class=Response)
def difference(
    ask: Asked, since: Day, as_of: Day = None, format: ReportFormat = "json", handling: Label = "public"
) -> Response:
    """What is different between two dates, cited."""
    return downloads.difference_as(ask.desk, format, Handling(handling), ask.as_of, ask.since)


@router.get("/dossier/{issue}", responses=FAULTS, response_class=Response)
def dossier(
    ask: Asked,
    issue: str,
    as_of: Day = None,
    since: Day = None,
    format: ReportFormat = "json",
    handling: Label = "public",
) -> Response:
    """All about one issue, cited."""
    return downloads.dossier_as(ask.desk, issue, format, Handling(handling), ask.as_of, ask.since)


@router.get("/exports", responses=FAULTS)
def passed_on(ask: Asked, corrected: bool = False) -> Row:
    """What was passed on, newest first, and what of it holds something since corrected."""
    rows = downloads.receipts(ask.desk)
    return {"exports": [row for row in rows if row["cells"] or row["why"] or not corrected]}
