"""Coders: how far people and readers agree, where they differ and what stands, and coding blind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import Response

from comity.case import Case, effective
from comity.desk import blind, coding, flow, listing, reviewing
from comity.desk.flow import Material
from comity.desk.web import downloads
from comity.desk.web.page import Ask, Asked, Filled
from comity.desk.web.pages import PAGES
from comity.desk.web.pages.evidence import facts, in_context
from comity.desk.web.state import State
from comity.desk.web.statements import FIELDS, changed, choices, values_of
from comity.study import STATEMENT, Agreement, Coded, Dispute, Unit, agreement, disputes, is_adjudication, value_of
from comity.words import ComityError, DecisionKind, Document, Handling, InputError, Ledger, Statement, to_json

page = PAGES["coders"]

REPLICATES = 1000
"""Of the bootstrap, as `comity agree` draws them."""
PER_PAGE = 20
_KINDS = {"accept": DecisionKind.ACCEPT, "reject": DecisionKind.REJECT}
_ASKED = ("field", "scale", "alpha", "low", "high", "equal", "units")


@dataclass(frozen=True)
class Differing:
    """A unit on which coders differ: its place in words, what each gave in each field, and what can be decided."""

    unit: Unit
    document: Document
    coders: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    options: tuple[tuple[str, str], ...]


@page.router.get("/coders")
def show(ask: Asked, n: int = 1) -> Response:
    """Who coded how much, how far they agree, and where they differ."""
    return _shown(ask, n)


@page.router.get("/coders/agreement.csv")
def as_csv(ask: Asked) -> Response:
    """The table of agreement as a file: it quotes nothing of the case."""
    found = _coded(ask)
    made = _agreement(ask, _chosen(ask.request, found))
    rows = [dict(zip(_ASKED, row, strict=True)) for row in _rows(made)]
    content, name = listing.render(rows, list(_ASKED), "csv"), f"{ask.desk.path.stem}-agreement.csv"
    return downloads.kept(ask.desk, content, name, "agreement csv", Handling.PUBLIC, None, of_case=False)


def agreement_of(ask: Ask) -> dict[str, Any]:
    """The agreement of the coders asked for, as the table has it."""
    found = _coded(ask)
    chosen = _chosen(ask.request, found)
    made = _agreement(ask, chosen) if len(chosen) > 1 else None
    return {
        "coders": [{"coder": c.id, "kind": c.kind} for c in found.coders if c.id in chosen],
        "units": made.units if made else 0,
        "method": made.fields[0].alpha.method if made and made.fields else "",
        "fields": [dict(zip(_ASKED, row, strict=True)) for row in _rows(made)] if made else [],
        "spans": [to_json(pair) for pair in made.pairs] if made else [],
    }


@page.router.post("/coders/settle")
def settle(ask: Asked, form: Filled) -> Response:
    """Decides between coders: what stands is marked as an adjudication, and is nobody's own coding."""
    seen, material, found = form.get("seen", ""), _material(ask), _coded(ask)
    try:
        unit = blind.unit_named(found, form.get("unit", ""))
        with ask.desk.writing() as case:
            newer = [d for t in unit.targets for d in case.decided_since(int(seen) if seen.isdigit() else 0, t)]
            if newer and not form.get("anyway"):
                raise InputError("somebody decided on this since the page was shown", hint="look at it again")
            choice, why = form.get("choice", ""), form.get("note", "").strip()
            blind.settle(case, material, found, unit.id, choice, ask.coder, why)
    except ComityError as error:
        ask.edited()
        return _shown(ask, 1, 422, fault=str(error))
    ask.edited()
    return ask.to(f"/coders?n={form.get('n', '1')}#differ")


@page.router.get("/coders/blind")
def code(ask: Asked, mine: bool = False) -> Response:
    """The first statement that this coder has not coded; with `mine`, what is coded already."""
    return _blind(ask, mine=mine)


@page.router.get("/coders/blind/{id_:path}")
def one(ask: Asked, id_: str) -> Response:
    """One statement, as the machine proposes it or this coder has it."""
    return _blind(ask, id_)


@page.router.post("/coders/undo")
def undo(ask: Asked) -> Response:
    """Takes back this window's newest decision that stands."""
    with ask.desk.writing() as case:
        stands = {d.id for d in effective(case.decisions())}
        while ask.session.done and ask.session.done[-1] not in stands:
            ask.session.done.pop()
        if not ask.session.done:
            raise InputError("there is nothing to undo in this window", hint="the history can undo any decision")
        case.undo(ask.session.done.pop(), ask.coder)
    ask.edited()
    return _blind(ask, said="undone") if ask.partial else ask.to("/coders/blind")


@page.router.post("/coders/blind/{id_:path}")
def decide(ask: Asked, id_: str, form: Filled) -> Response:
    """Accepts, rejects, corrects or skips what the machine proposes, then goes on to the next."""
    action = form.get("action", "")
    if action == "skip":
        ask.session.skipped[id_] = None
        return _blind(ask, said="skipped") if ask.partial else ask.to("/coders/blind")
    material, made = _seen(ask)
    statement = next((s for s in made.statements if s.id == id_), None) or _proposed(material, id_)
    note = form.get("note", "").strip()
    try:
        with ask.desk.writing() as case:
            done = _recorded(case, material, made, statement, action, form, ask.coder, note)
    except ComityError as error:
        return _blind(ask, id_, 422, form=form, fault=str(error))
    ask.session.done += done
    ask.edited()
    return (
        _blind(ask, said=f"{action}ed" if action in _KINDS else "corrected") if ask.partial else ask.to("/coders/blind")
    )


def _recorded(
    case: Case, material: Material, made: Ledger, s: Statement, action: str, form: dict[str, str], coder: str, note: str
) -> list[str]:
    if action in _KINDS:
        return [reviewing.decide(case, material, made, s.id, _KINDS[action], coder=coder, note=note).id]
    if action != "correct":
        raise InputError(f"{action!r} decides nothing", field="action", hint="accept, reject, correct or skip")
    return [d.id for d in reviewing.correct(case, material, made, s.id, changed(s, form), coder=coder, note=note)]


def _material(ask: Ask) -> Material:
    """All of the case. Raises InputError for one that is too large to be gone through for a page."""
    if getattr(ask.desk, "large", False):
        raise InputError(
            "this case is too large to be gone through for a page", hint="use comity blind, agree and adjudicate"
        )
    return ask.material


def _coded(ask: Ask) -> Coded:
    _material(ask)

    def fold(state: State) -> Coded:
        with ask.desk.case() as case:
            return blind.all_coded(case, state.material)

    return ask.desk.folded("coded", fold, ask.state())


def _chosen(request: Request, found: Coded) -> tuple[str, ...]:
    """The coders asked for, or all."""
    asked = request.query_params.getlist("coder")
    return tuple(c.id for c in found.coders if not asked or c.id in asked)


def _agreement(ask: Ask, names: Sequence[str]) -> Agreement:
    """Agreement of some coders; with nobody but the machine there is none."""
    found = _coded(ask)
    return ask.desk.folded(
        ("agreement", tuple(names)), lambda _: agreement(found, coders=names, replicates=REPLICATES), ask.state()
    )


def _rows(made: Agreement) -> list[tuple[str, str, float | None, float | None, float | None, float | None, int]]:
    def short(value: float | None) -> float | None:
        return None if value is None else round(value, 3) + 0.0

    return [
        (f.field, f.alpha.scale.value, short(f.alpha.value), short(f.alpha.low), short(f.alpha.high), short(f.equal),
         f.alpha.units)
        for f in made.fields
    ]  # fmt: skip


def _shown(ask: Ask, n: int, status: int = 200, fault: str = "") -> Response:
    seen = ask.revision.decisions
    found = _coded(ask)
    people = [c for c in found.coders if c.kind == "person"]
    names = _chosen(ask.request, found)
    made = _agreement(ask, names) if people and len(names) > 1 else None
    differing = _differing(ask, found, names)
    n = min(max(1, n), max(1, -(-len(differing) // PER_PAGE)))
    material, _ = _seen(ask)
    return ask.html(
        "coders.html.j2",
        status,
        coders=[(c, sum(u.codings.get(c.id) is not None for u in found.units), c.id in names) for c in found.coders],
        kinds={c.id: c.kind for c in found.coders},
        people=people,
        made=made,
        rows=_rows(made) if made else [],
        method=made.fields[0].alpha.method if made and made.fields else "",
        replicates=REPLICATES,
        differing=differing[(n - 1) * PER_PAGE : n * PER_PAGE],
        total=len(differing),
        n=n,
        per_page=PER_PAGE,
        left=len(blind.queue(material, ask.coder, None, mine=False)),
        query=[("coder", name) for name in ask.request.query_params.getlist("coder")],
        seen=seen,
        fault=fault,
    )


def _differing(ask: Ask, found: Coded, names: Sequence[str]) -> list[Differing]:
    """Units on which these coders differ; what was settled since differs no more for the ledger, and is left out."""
    settled = {d.target for d in ask.material.decisions if is_adjudication(d)}
    documents = {d.id: d for d in ask.material.documents}
    by_unit: dict[str, list[Dispute]] = {}
    for dispute in disputes(found, coders=names):
        if not settled & set(dispute.unit.targets):
            by_unit.setdefault(dispute.unit.id, []).append(dispute)
    return [_one(group, documents[group[0].unit.document], names) for group in by_unit.values()]


def _one(group: Sequence[Dispute], document: Document, names: Sequence[str]) -> Differing:
    unit = group[0].unit
    coders = tuple(name for name in names if name in unit.codings)
    rows, choices_ = [], [(f"coder={name}", f"as {name} has it") for name in coders]
    for dispute in group:
        values = dict(dispute.values)
        shown = tuple(str(values.get(name, value_of(unit.codings[name], dispute.field) or "–")) for name in coders)
        rows.append((dispute.field, shown))
        if dispute.field != STATEMENT:
            choices_ += [(f"{dispute.field}={v}", f"{dispute.field} is {v}") for v in dict.fromkeys(values.values())]
    return Differing(unit, document, coders, tuple(rows), (*choices_, (f"{STATEMENT}=no", "it is no statement")))


# coding blind


def _seen(ask: Ask) -> tuple[Material, Ledger]:
    """The case as this coder may see it, and its ledger."""
    _material(ask)
    coder = ask.coder
    material = blind.as_seen_by(ask.material, coder)
    return material, ask.desk.folded(
        ("blind", coder), lambda s: flow.ledger_of(blind.as_seen_by(s.material, coder), None, s.groups), ask.state()
    )


def _proposed(material: Material, id_: str) -> Statement:
    """What the reader proposes under this id. Raises 404."""
    for reading in material.readings:
        for statement in reading.statements:
            if statement.id == id_:
                return statement
    raise HTTPException(404, f"no statement is called {id_!r}")


def _blind(
    ask: Ask,
    id_: str = "",
    status: int = 200,
    *,
    form: dict[str, str] | None = None,
    fault: str = "",
    said: str = "",
    mine: bool = False,
) -> Response:
    material, made = _seen(ask)
    waiting = [row["id"] for row in blind.queue(material, ask.coder, None, mine=False)]
    listed = [i for i in waiting if i not in ask.session.skipped]
    own = blind.queue(material, ask.coder, None, mine=True)
    statement = None
    if not id_ and listed and not mine:
        id_ = listed[0]
    if id_:
        statement = next((s for s in made.statements if s.id == id_), None) or _proposed(material, id_)
    values: dict[str, Any] = {
        "statement": statement,
        "left": len(waiting),
        "skipped": len(waiting) - len(listed),
        "own": own if mine else (),
        "count": len(own),
        "fault": fault,
        "said": said,
        "can_undo": bool(ask.session.done),
    }
    if statement is not None:
        document = next(d for d in material.documents if d.id == statement.document)
        target = reviewing.target(material, made, statement.id)
        values |= {
            "document": document,
            "passage": in_context(document, statement.passage.start, statement.passage.end),
            "choices": choices(ask),
            "filled": values_of(statement) | {k: v for k, v in (form or {}).items() if k in FIELDS},
            "note": (form or {}).get("note", ""),
            "correcting": (form or {}).get("action") == "correct",
            "facts": [
                row for row in facts(ask, statement, document) if row[0] not in ("Rests on it", "Same utterance as")
            ],
            "names": coding.names(material, sorted({s.speaker for r in material.readings for s in r.statements})),
            "decisions": [d for d in material.decisions if d.target == target and d.coder == ask.coder],
        }
    if ask.partial:
        return ask.part("blind.html.j2", "item", status, **values)
    return ask.html("blind.html.j2", status, **values)
