"""History: every edit by whom; undo any of them, one or several; versions of the agenda."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from comity.desk import history
from comity.desk.web.page import Asked, Filled
from comity.desk.web.pages import PAGES
from comity.desk.web.state import Stale
from comity.words import DecisionKind, InputError

page = PAGES["history"]

PER_PAGE = 100


@page.router.get("/history")
def show(ask: Asked, coder: str = "", kind: str = "", target: str = "", n: int = 1) -> Response:
    """Edits, newest first; of one coder, one kind, or on what begins with a target."""
    n = max(1, n)
    with ask.desk.case() as case:
        found = history.some(case, coder=coder, kind=kind, target=target, offset=(n - 1) * PER_PAGE, limit=PER_PAGE)
        if found.total and not found.edits:
            n = -(-found.total // PER_PAGE)
            found = history.some(case, coder=coder, kind=kind, target=target, offset=(n - 1) * PER_PAGE, limit=PER_PAGE)
        versions = case.agenda_versions()
    return ask.html(
        "history.html.j2",
        edits=found.edits,
        total=found.total,
        n=n if found.total else 1,
        per_page=PER_PAGE,
        coders=found.coders,
        coder_chosen=coder,
        kind=kind,
        target=target,
        kinds=[k.value for k in DecisionKind if k is not DecisionKind.RETRACT],
        versions=list(reversed(versions)),
        retract=DecisionKind.RETRACT,
    )


async def _several(request: Request) -> list[str]:
    return [value for value in (await request.form()).getlist("id") if isinstance(value, str)]


@page.router.post("/history/undo")
def undo(ask: Asked, ids: Annotated[list[str], Depends(_several)], form: Filled) -> Response:
    """Undoes the edits chosen; of a retraction, that brings back what it undid."""
    if not ids:
        raise InputError("no edit is chosen", hint="tick some, or use the button of one")
    with ask.desk.writing() as case:
        history.undo_all(case, ids, ask.coder, form.get("note", "").strip())
    return ask.to("/history")


@page.router.post("/history/agenda/{version}")
def back_to(ask: Asked, version: int, form: Filled) -> Response:
    """Makes an earlier version of the agenda the newest one."""
    with ask.desk.case() as case:
        found = next((v for v in case.agenda_versions() if v.version == version), None)
    if found is None:
        raise InputError(f"the agenda has no version {version}")
    seen = form.get("seen", "")
    try:
        ask.desk.set_agenda(found.toml, ask.coder, seen=int(seen) if seen.isdigit() else None)
    except Stale:
        raise InputError(
            "the agenda was changed after this page was shown", hint="look at the new version first"
        ) from None
    return ask.to("/history")
