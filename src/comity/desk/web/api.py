"""The verbs of the desk as JSON, under /api; described by /api/openapi.json.

Reading needs the cookie of a session; writing also the header ``X-Comity-CSRF`` with what `/api/session` says.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, HTTPException, Query, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from comity import ledger
from comity.case import Case
from comity.desk import coding, describing, exporting, history, reviewing, showing
from comity.desk.paragraphs import paragraph_decision
from comity.desk.web import downloads
from comity.desk.web.page import Ask, Asked
from comity.desk.web.pages.import_ import begin, given_of
from comity.desk.web.state import Stale, State, TooLarge
from comity.words import Act, Certainty, Decision, DecisionKind, Handling, InputError, Ledger, Mode, to_json

router = APIRouter(prefix="/api", tags=["case"])

Row = dict[str, Any]
Label = Literal["public", "internal", "protected"]
Text = Annotated[str, Field(max_length=2000)]
Day = Annotated[date | None, Query(description="A day, YYYY-MM-DD")]
Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
FAULTS: dict[int | str, dict[str, Any]] = {
    404: {"description": "There is no such thing"},
    409: {"description": "Somebody decided on the same thing since; nothing is recorded"},
    422: {"description": "A value does not fit; nothing is recorded"},
}


class Judgement(BaseModel):
    """A decision on a statement. `seen` is the revision that the decision rests on: with it, a newer decision of
    somebody else on the same statement is not passed over."""

    model_config = ConfigDict(extra="forbid")
    statement: str = Field(max_length=500)
    kind: Literal["accept", "reject", "correct"]
    field: Text = ""
    value: Text = ""
    note: Text = ""
    handling: Label | None = None
    seen: int | None = Field(None, ge=0, le=2**62)


class Coded(BaseModel):
    """A statement that a person writes: the code points from `start` to `end` of a document."""

    model_config = ConfigDict(extra="forbid")
    document: str = Field(max_length=500)
    start: int = Field(ge=0, le=2**31)
    end: int = Field(ge=0, le=2**31)
    speaker: Text = ""
    holder: Text = ""
    act: Literal[tuple(a.value for a in Act)] = "assert"  # type: ignore[valid-type]
    issue: Text = ""
    mode: Literal[tuple(m.value for m in Mode)] = "indirect"  # type: ignore[valid-type]
    certainty: Literal[tuple(c.value for c in Certainty)] = "asserted"  # type: ignore[valid-type]
    said: Text = ""
    note: Text = ""


class Description(BaseModel):
    """What a person knows of a document. `seen` is the revision that it rests on, as with a decision."""

    model_config = ConfigDict(extra="forbid")
    document: str = Field(max_length=500)
    published: Text | None = None
    source: Text | None = None
    title: Text | None = None
    url: Text | None = None
    handling: Label | None = None
    supersedes: Text | None = None
    note: Text = ""
    seen: int | None = Field(None, ge=0, le=2**62)


class Note(BaseModel):
    """A paragraph of the analyst's own in a section of the brief."""

    model_config = ConfigDict(extra="forbid")
    section: Text
    text: str = Field(max_length=20_000)
    handling: Label = "public"


class Undo(BaseModel):
    """Decisions to take back, all or none."""

    model_config = ConfigDict(extra="forbid")
    decisions: list[Annotated[str, Field(max_length=100)]] = Field(min_length=1, max_length=1000)
    note: Text = ""


class NewAgenda(BaseModel):
    """An agenda as TOML. `seen` is the version it was made from."""

    model_config = ConfigDict(extra="forbid")
    toml: str = Field(max_length=2_000_000)
    seen: int | None = Field(None, ge=0, le=2**62)


@router.get("/session")
def session(ask: Asked) -> Row:
    """Who decides in this session, and the token for writing."""
    return {"coder": ask.coder, "csrf": ask.session.csrf}


@router.get("/case")
def case(ask: Asked) -> Row:
    """The case in figures, and its revision."""
    state = ask.state()
    if ask.desk.large:
        raise TooLarge(len(ask.register().rows))
    with ask.desk.case() as opened:
        figures = showing.summary(opened, state.material, ask.now())
    return figures | {"revision": {"decisions": state.revision.decisions, "agenda": state.revision.agenda}}


@router.get("/documents")
def documents(ask: Asked, limit: Limit = 100, offset: Offset = 0) -> Row:
    """Documents by date of publication."""
    rows = ask.register().rows
    some = rows[offset : offset + limit]
    return {"total": len(rows), "documents": showing.document_rows(some, ask.view().counts([d.id for d in some]))}


@router.get("/documents/{id_:path}", responses=FAULTS)
def document(ask: Asked, id_: str) -> Row:
    """A document with its text and its statements, in the order of the text."""
    part = ask.part_on(id_, ask.as_of)
    rows = [showing.statement_row(s, part.reviews) for s in part.statements]
    return {"document": to_json(part.document), "statements": rows}


@router.post("/documents", status_code=202, responses=FAULTS)
def add_documents(
    ask: Asked,
    files: Annotated[list[UploadFile], File(max_length=10_000)],
    published: Annotated[str, Form(max_length=10)] = "",
    source: Annotated[str, Form(max_length=200)] = "",
    kind: Annotated[str, Form(max_length=20)] = "",
    label: Annotated[str, Form(max_length=20)] = "",
) -> Row:
    """Begins to import files; /api/imports/{number} tells how far it has got."""
    return {"number": begin(ask, files, given_of(published, source, kind, label)).number}


@router.get("/imports/{number}", responses=FAULTS)
def imported(ask: Asked, number: Annotated[int, Field(ge=0, le=2**31)]) -> Row:
    """An import: how far it has got, what came in, what failed and why."""
    job = ask.jobs.find(number)
    if job is None:
        raise HTTPException(404, f"there is no import {number} in this server")
    result = job.result
    return {
        "number": job.number,
        "stage": job.stage,
        "done": job.done,
        "all": job.all,
        "over": job.over,
        "fault": job.fault,
        "new": result.new if result else [],
        "known": result.known if result else [],
        "failures": [{"name": f.name, "why": str(f.error)} for f in result.failures] if result else [],
    }


@router.get("/statements", responses=FAULTS)
def statements(
    ask: Asked,
    as_of: Day = None,
    issue: str = "",
    speaker: str = "",
    review: str = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Row:
    """Statements as of a date, by issue, speaker or mark of review."""
    if ask.desk.large:
        raise TooLarge(len(ask.register().rows))
    rows = [
        row
        for row in _rows(ask)
        if issue in ("", row["issue"]) and speaker in ("", row["speaker"]) and review in ("", row["review"])
    ]
    return {"total": len(rows), "statements": rows[offset : offset + limit]}


@router.get("/ledger", responses=FAULTS)
def whole_ledger(ask: Asked, as_of: Day = None) -> Any:
    """Who stands where as of a date, on whose word. Of a large case with the statements that are weighed; 503 while it
    is being worked out."""
    if ask.desk.large:
        return Response(ask.desk.wide().whole_ledger(ask.as_of), media_type="application/json")
    return _plain(ask.ledger())


@router.get("/changes", responses=FAULTS)
def changes(ask: Asked, since: date, as_of: Day = None) -> list[Row]:
    """How positions differ between two dates."""
    if ask.desk.large:
        return [_plain(change) for change in ask.desk.wide().difference(since, ask.as_of)]
    before, now = ask.desk.ledger(since), ask.ledger()
    return [_plain(change) for change in ledger.changes(before, now)]


@router.get("/brief", responses=FAULTS, response_class=Response)
def brief(
    ask: Asked,
    as_of: Day = None,
    since: Day = None,
    format: Literal["json", "html", "md", "docx", "pdf"] = "json",
    handling: Label = "public",
) -> Response:
    """The brief of what the handling admits."""
    return downloads.brief_as(ask.desk, format, Handling(handling), ask.as_of, ask.since)


@router.get("/search", responses=FAULTS)
def search(
    ask: Asked,
    q: Annotated[str, Query(max_length=1000)],
    source: str = "",
    first: Day = None,
    last: Day = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> Row:
    """Documents that hold words or phrases, with every exact place."""
    with ask.desk.case() as opened:
        found = opened.search(q, source=source or None, since=first, until=last, limit=limit, offset=offset)
    hits = [
        {
            "document": hit.document,
            "published": to_json(hit.published),
            "source": hit.source,
            "title": hit.title,
            "handling": hit.handling.value,
            "snippet": to_json(hit.snippet),
            "places": [[m.start, m.end] for m in hit.matches],
        }
        for hit in found.hits
    ]
    return {"total": found.total, "by": found.by, "hits": hits}


@router.get("/queue")
def queue(ask: Asked, limit: Limit = 20, offset: Offset = 0) -> Row:
    """Statements that wait for review: what the ledger rests on first, of these the most doubtful."""
    view = ask.view()
    seen, shown = view.revision.decisions, []
    for id_, bears_on in view.queue(offset, limit):
        part = ask.part_of(id_)
        statement = next((s for s in part.statements if s.id == id_), None)
        if statement is not None:
            shown.append(showing.statement_row(statement, part.reviews) | {"bears_on": bears_on})
    return {"total": view.waiting(()).total, "seen": seen, "statements": shown}


@router.get("/decisions", responses=FAULTS)
def decisions(ask: Asked, limit: Limit = 100, offset: Offset = 0) -> Row:
    """The history, newest first: who decided what, and whether it stands."""
    with ask.desk.case() as opened:
        found = history.some(opened, offset=offset, limit=limit)
    rows = [{"number": e.number, "stands": e.stands, "decision": to_json(e.decision)} for e in found.edits]
    return {"total": found.total, "decisions": rows}


@router.post("/decisions", status_code=201, responses=FAULTS)
def decide(ask: Asked, wanted: Judgement) -> Row:
    """Accepts, rejects or corrects a statement. It is on disk when this answers."""
    if ask.view().document_of(wanted.statement) is None:
        raise InputError(f"no statement is called {wanted.statement!r}", field="statement")
    part = ask.part_of(wanted.statement)
    material, made = part.material, part.ledger
    target = reviewing.target(material, made, wanted.statement)

    def make(opened: Case) -> Decision:
        return reviewing.decide(
            opened,
            material,
            made,
            wanted.statement,
            DecisionKind(wanted.kind),
            coder=ask.coder,
            field=wanted.field,
            value=wanted.value,
            note=wanted.note,
            handling=Handling(wanted.handling) if wanted.handling else None,
        )

    return _decided(ask, make, wanted.seen, target)


@router.post("/codings", status_code=201, responses=FAULTS)
def code(ask: Asked, wanted: Coded) -> Row:
    """Records a statement that the machine did not see."""
    part = ask.part_on(wanted.document)
    found = part.document
    where = coding.passage(found, wanted.start, wanted.end)
    said = coding.Coding(
        wanted.speaker, wanted.holder, wanted.act, wanted.issue, wanted.mode, wanted.certainty, wanted.said
    )

    def make(opened: Case) -> Decision:
        return coding.code(opened, part.material, found, where, said, coder=ask.coder, note=wanted.note)

    return _decided(ask, make, None, "")


@router.post("/descriptions", status_code=201, responses=FAULTS)
def describe(ask: Asked, wanted: Description) -> Row:
    """Records what is known of a document; fields left out stay as they are, empty ones are not known any more."""
    given = {f: v for f in describing.FIELDS if (v := getattr(wanted, f)) is not None}
    if ask.view().part(wanted.document, None) is None:
        raise InputError(f"no document is called {wanted.document!r}", field="document")

    def make(opened: Case) -> Decision:
        return describing.describe(opened, wanted.document, given, coder=ask.coder, note=wanted.note)[-1]

    return _decided(ask, make, wanted.seen, wanted.document)


@router.post("/notes", status_code=201, responses=FAULTS)
def note(ask: Asked, wanted: Note) -> Row:
    """Writes a paragraph into the brief."""
    paragraph = paragraph_decision(wanted.section, wanted.text, ask.coder, Handling(wanted.handling))
    return _decided(ask, lambda opened: opened.decide(paragraph), None, "")


@router.post("/undo", status_code=201, responses=FAULTS)
def undo(ask: Asked, wanted: Undo) -> Row:
    """Takes decisions back; of a retraction, brings back what it undid."""
    with ask.desk.writing() as opened:
        done = history.undo_all(opened, wanted.decisions, ask.coder, wanted.note)
    return {"undone": [d.target for d in done]}


@router.get("/agenda")
def agenda(ask: Asked) -> Row:
    """The agenda in force, as TOML and as JSON."""
    found = ask.agenda()
    return {
        "toml": ledger.agenda_toml(found),
        "agenda": to_json(found),
        "version": ask.revision.agenda,
        "proposed": ask.view().proposed,
    }


@router.put("/agenda", responses=FAULTS)
def set_agenda(ask: Asked, wanted: NewAgenda) -> Row:
    """Makes a TOML text the agenda. Documents are read anew with it when they are next needed."""
    ledger.parse_agenda(wanted.toml, file="the agenda")
    try:
        changed = ask.desk.set_agenda(wanted.toml, ask.coder, seen=wanted.seen)
    except Stale:
        raise HTTPException(409, "the agenda was changed since; nothing is recorded") from None
    return {"changed": changed, "version": ask.desk.revision().agenda}


@router.get("/export/{what}", responses=FAULTS, response_class=Response)
def export(
    ask: Asked,
    what: Literal[exporting.WHAT],  # type: ignore[valid-type]
    as_of: Day = None,
    format: Literal["jsonl", "json", "csv"] = "jsonl",
    handling: Label = "public",
) -> Response:
    """What the case holds, to pass on."""
    return downloads.list_as(ask.desk, what, format, Handling(handling), ask.as_of)


def _decided(ask: Ask, make: Any, seen: int | None, target: str) -> Row:
    try:
        done = ask.desk.decide(make, seen=seen, target=target)
    except Stale as stale:
        others = ", ".join(f"{d.coder}: {d.kind.value}" for d in stale.decisions)
        raise HTTPException(409, f"decided on since ({others}); nothing is recorded") from None
    return {"decision": to_json(done)}


def _rows(ask: Ask, as_of: date | Literal["asked"] | None = "asked") -> list[Row]:
    """Statements as rows, as of the date asked for, or of another."""
    day = ask.as_of if as_of == "asked" else as_of

    def fold(state: State) -> list[Row]:
        made = ask.desk.ledger(day, state)
        reviews = dict(made.reviews)
        return [showing.statement_row(s, reviews) for s in made.statements]

    return ask.desk.folded(("statement rows", day), fold)


def _plain(value: Ledger | Any) -> Row:
    plain = to_json(value)
    assert isinstance(plain, dict)
    return plain
