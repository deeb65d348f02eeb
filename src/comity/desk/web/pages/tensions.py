"""Tensions: statements against statements, both passages side by side, and what a person says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException
from fastapi.responses import Response
from markupsafe import Markup

from comity.desk import judging
from comity.desk.judging import Judged
from comity.desk.web.page import Ask, Asked, Filled
from comity.desk.web.pages import PAGES
from comity.desk.web.pages.evidence import document_of, facts, in_context
from comity.desk.web.state import Stale
from comity.words import Document, InputError, Ledger, Statement

page = PAGES["tensions"]

_CONTEXT = 280


@dataclass(frozen=True)
class Side:
    """One statement of a side with its passage in context."""

    statement: Statement
    document: Document
    passage: Markup
    facts: list[tuple[str, str]]


@page.router.get("/tensions")
def show(ask: Asked, at: str = "", show: str = "", kind: str = "", issue: str = "") -> Response:
    """A tension in full (`at` is its key, else the first that nobody has judged) and all of them below."""
    return _shown(ask, at, show, kind, issue)


@page.router.post("/tensions")
def judge(ask: Asked, form: Filled) -> Response:
    """Records what a person says of a tension, and goes on to the next."""
    key, verdict, seen = form.get("key", ""), form.get("verdict", ""), form.get("seen", "")
    if verdict not in judging.VERDICTS or not (seen.isdigit() or form.get("anyway")):
        raise InputError(f"{verdict!r} decides nothing", field="verdict", hint="real, explained or double")
    made, note = unjudged(ask), form.get("note", "").strip()
    view = (form.get("show", ""), form.get("kind", ""), form.get("issue", ""))
    try:
        ask.desk.decide(
            lambda case: judging.judge(case, ask.material, made, key, verdict, coder=ask.coder, note=note),
            seen=None if form.get("anyway") else int(seen),
            target=key,
        )
    except Stale as stale:
        ask.edited()  # by somebody else
        return _shown(ask, key, *view, status=409, stale=stale, note=note)
    ask.edited()
    if not ask.partial:
        return ask.to(ask.link("/tensions", show=view[0], kind=view[1], issue=view[2]))
    return _shown(ask, "", *view, after=key, said=f"judged {verdict}")


@page.router.post("/tensions/undo")
def undo(ask: Asked, form: Filled) -> Response:
    """Takes back what was said of a tension, and shows it again."""
    key = form.get("key", "")
    with ask.desk.writing() as case:
        done = next((j.decision for j in judging.tensions(ask.material, unjudged(ask)) if j.key == key), None)
        if done is None:
            raise InputError("nothing was said of this tension", hint="load the page again")
        case.undo(done.id, ask.coder, form.get("note", "").strip())
    ask.edited()
    if ask.partial:
        return _shown(ask, key, form.get("show", ""), "", "", said="undone")
    return ask.to(ask.link("/tensions", at=key))


def unjudged(ask: Ask) -> Ledger:
    """The ledger with all tensions, whatever was said of them."""
    decided = any(d.kind.value == "tension" for d in ask.material.decisions)
    if not decided:
        return ask.ledger()
    as_of = ask.as_of
    return ask.desk.folded(("unjudged", as_of), lambda s: judging.unjudged(s.material, as_of), ask.state())


def _shown(
    ask: Ask,
    at: str,
    show: str,
    kind: str,
    issue: str,
    *,
    status: int = 200,
    stale: Stale | None = None,
    note: str = "",
    said: str = "",
    after: str = "",
) -> Response:
    seen = ask.state().revision.decisions  # before anything that is shown
    made = unjudged(ask)
    all_ = judging.tensions(ask.material, made)
    listed = tuple(j for j in all_ if _fits(j, show, kind, issue))
    chosen = _chosen(all_ if at else listed, at, after)
    place = next((n for n, j in enumerate(listed) if chosen and j.key == chosen.key), None)
    names = {i.id: i.name for i in ask.material.agenda.issues}
    values: dict[str, Any] = {
        "listed": listed,
        "chosen": chosen,
        "place": place,
        "before": listed[place - 1].key if place else None,
        "next": listed[place + 1].key if place is not None and place + 1 < len(listed) else None,
        "one": _side(ask, made, chosen, 0),
        "other": _side(ask, made, chosen, 1),
        "open": sum(not j.decision for j in all_),
        "total": len(all_),
        "names": names,
        "quotes": {j.key: _quotes(made, j) for j in listed},
        "kinds": sorted({j.tension.kind for j in all_}, key=lambda k: k.value),
        "issues": [(i, n) for i, n in names.items() if any(j.tension.issue == i for j in all_)],
        "show": show,
        "kind": kind,
        "issue": issue,
        "seen": seen,
        "stale": stale,
        "note": note,
        "said": said,
    }
    if at and chosen is None:
        raise HTTPException(404, "there is no such tension now: a passage of it may have been corrected")
    if ask.partial:
        return ask.part("tensions.html.j2", "item", status, **values)
    return ask.html("tensions.html.j2", status, **values)


def _fits(j: Judged, show: str, kind: str, issue: str) -> bool:
    if kind and j.tension.kind.value != kind:
        return False
    if issue and (j.tension.issue or "") != issue:
        return False
    return show == "all" or (bool(j.decision) if show == "decided" else not j.decision)


def _chosen(listed: tuple[Judged, ...], at: str, after: str) -> Judged | None:
    if at:
        return next((j for j in listed if j.key == at), None)
    return next((j for j in listed if j.key != after), None)


def _side(ask: Ask, made: Ledger, chosen: Judged | None, which: int) -> list[Side]:
    if chosen is None:
        return []
    found = []
    for s in judging.sides(made, chosen.tension)[which]:
        document = document_of(ask, s.document)
        passage = in_context(document, s.passage.start, s.passage.end, _CONTEXT)
        found.append(Side(s, document, passage, facts(ask, s, document)))
    return found


def _quotes(made: Ledger, j: Judged) -> tuple[str, str]:
    one, other = judging.sides(made, j.tension)
    return (one[0].passage.quote if one else "", other[0].passage.quote if other else "")
