"""Review: what no person has looked at, one at a time, decided with a key; undo."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote as in_path

from fastapi import HTTPException
from fastapi.responses import Response

from comity.case import Case, effective
from comity.desk import coding, reviewing
from comity.desk.web.page import Ask, Asked, Filled
from comity.desk.web.pages import PAGES
from comity.desk.web.pages.evidence import facts, in_context
from comity.desk.web.state import Stale
from comity.desk.web.statements import FIELDS, changed, choices, values_of
from comity.desk.web.views import Waiting
from comity.words import ComityError, Decision, DecisionKind, InputError, Statement

page = PAGES["review"]

_KINDS = {"accept": DecisionKind.ACCEPT, "reject": DecisionKind.REJECT}


def waiting(ask: Ask) -> Waiting:
    """What waits for review, without what this window skipped."""
    return ask.view().waiting(ask.session.skipped)


@page.router.get("/review")
def first(ask: Asked) -> Response:
    """The first that waits."""
    queue = waiting(ask)
    return _shown(ask, _first(ask, queue), queue)


@page.router.get("/review/{id_:path}")
def one(ask: Asked, id_: str) -> Response:
    """A statement, whether it waits or not."""
    return _shown(ask, _statement(ask, id_), waiting(ask))


def _first(ask: Ask, queue: Waiting) -> Statement | None:
    return None if queue.first is None else _statement(ask, queue.first)


@page.router.post("/review-again")
def again(ask: Asked) -> Response:
    """What was skipped waits again."""
    ask.session.skipped.clear()
    return ask.to("/review")


@page.router.post("/review-undo")
def undo(ask: Asked) -> Response:
    """Takes back the newest decision of this window's review that stands, and shows its statement again."""
    with ask.desk.writing() as case:
        stands = {d.id: d for d in effective(case.decisions())}
        while ask.session.done and ask.session.done[-1] not in stands:
            ask.session.done.pop()
        if not ask.session.done:
            raise InputError("there is nothing to undo in this window", hint="the history can undo any decision")
        undone = stands[ask.session.done.pop()]
        together = [undone]  # the fields of one correction were one decision for the person
        while ask.session.done and _together(stands.get(ask.session.done[-1]), undone):
            together.append(stands[ask.session.done.pop()])
        for each in together:
            case.undo(each.id, ask.coder)
    ask.edited()
    again = None
    if undone.passage:
        part, at = ask.part_on(undone.passage.document), undone.passage.span
        near = (s for s in part.statements if s.passage.span == at)
        again = next((s for s in near if reviewing.target(part.material, part.ledger, s.id) == undone.target), None)
    where = f"/review/{in_path(again.id)}" if again else "/review"
    return _next(ask, f"undone: {undone.kind.value}", again) if ask.partial else ask.to(where)


def _together(one: Decision | None, other: Decision) -> bool:
    return one is not None and one.kind is other.kind is DecisionKind.CORRECT and one.target == other.target


@page.router.post("/review/{id_:path}")
def decide(ask: Asked, id_: str, form: Filled) -> Response:
    """Accepts, rejects, corrects or skips a statement, then goes on to the next."""
    statement = _statement(ask, id_)
    action = form.get("action", "")
    if action == "skip":
        ask.session.skipped[statement.id] = None
        return _next(ask, "skipped")
    seen = form.get("seen", "")
    if action not in (*_KINDS, "correct") or not (seen.isdigit() or form.get("anyway")):
        raise InputError(f"{action!r} decides nothing", field="action", hint="accept, reject, correct or skip")
    try:
        done = record(ask, statement, action, form, None if form.get("anyway") else int(seen))
    except Stale as stale:
        return _shown(ask, statement, waiting(ask), 409, form=form, stale=stale)
    except ComityError as error:
        return _shown(ask, statement, waiting(ask), 422, form=form, fault=str(error))
    ask.session.done += [d.id for d in done]
    if form.get("back", "").startswith("/documents/"):
        return ask.to(form["back"])
    return _next(ask, f"{action}ed: {statement.speaker}" if action != "correct" else "corrected")


def record(ask: Ask, statement: Statement, action: str, form: dict[str, str], seen: int | None) -> tuple[Decision, ...]:
    """Puts the decision of a form into the case. Raises Stale or InputError, and then records nothing."""
    part, note = ask.part_of(statement.id), form.get("note", "").strip()
    material, made = part.material, part.ledger
    target = reviewing.target(material, made, statement.id)
    decided: list[Decision] = []

    def make(case: Case) -> Decision:
        if action == "correct":
            changes = changed(statement, form)
            decided.extend(reviewing.correct(case, material, made, statement.id, changes, coder=ask.coder, note=note))
        else:
            kind = _KINDS[action]
            decided.append(reviewing.decide(case, material, made, statement.id, kind, coder=ask.coder, note=note))
        return decided[-1]

    ask.desk.decide(make, seen=seen, target=target)
    ask.edited()
    return tuple(decided)


def _statement(ask: Ask, id_: str) -> Statement:
    """The statement as it stands now, or, where a person rejected it, as the reader proposed it. Raises 404."""
    found = ask.part_of(id_).find(id_)
    if found is None:
        raise HTTPException(404, f"no statement is called {id_!r}")
    return found


def _next(ask: Ask, said: str, statement: Statement | None = None) -> Response:
    """The next that waits (or a given one), with a word on what was done."""
    if not ask.partial:
        return ask.to("/review")
    queue = waiting(ask)
    if statement is None:
        statement = _first(ask, queue)
    return _shown(ask, statement, queue, said=said)


def _shown(
    ask: Ask,
    statement: Statement | None,
    queue: Waiting,
    status: int = 200,
    *,
    form: dict[str, str] | None = None,
    stale: Stale | None = None,
    fault: str = "",
    said: str = "",
) -> Response:
    seen = ask.revision.decisions  # before anything that is shown: what comes in meanwhile is not seen
    figures = ask.view().figures()
    values: dict[str, Any] = {
        "statement": statement,
        "queue": queue,
        "place": queue.place(statement.id) if statement else 0,
        "total": queue.total,
        "reviewed": figures.reviewed,
        "statements": figures.statements,
        "seen": seen,
        "stale": stale,
        "fault": fault,
        "said": said,
        "can_undo": bool(ask.session.done),
    }
    if statement is not None:
        part = ask.part_on(statement.document)
        document, passage = part.document, statement.passage
        target = reviewing.target(part.material, part.ledger, statement.id)
        values |= {
            "document": document,
            "passage": in_context(document, passage.start, passage.end),
            "facts": facts(ask, statement, document),
            "bears_on": queue.bears_on(statement.id),
            "choices": choices(ask),
            "filled": values_of(statement) | {k: v for k, v in (form or {}).items() if k in FIELDS},
            "note": (form or {}).get("note", ""),
            "correcting": (form or {}).get("action") == "correct",
            "action": (form or {}).get("action", ""),
            "names": coding.names(part.material, list(figures.speakers)),
            "decisions": [d for d in part.material.decisions if d.target == target],
        }
    if ask.partial:
        return ask.part("review.html.j2", "item", status, **values)
    return ask.html("review.html.j2", status, **values)
