"""Agenda: parties, actors, aliases, issues, options; every edit is shown with what it changes before it is made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request
from fastapi.responses import Response

from comity.desk import amending, flow, previewing
from comity.desk.previewing import Preview
from comity.desk.web.page import Ask, Asked, Filled
from comity.desk.web.pages import PAGES
from comity.desk.web.state import Stale
from comity.ledger import agenda_toml, parse_agenda
from comity.words import (
    Actor,
    Agenda,
    Authority,
    DecisionKind,
    InputError,
    Issue,
    Option,
    Party,
    Role,
)

page = PAGES["agenda"]

MOST_REREAD = 60
"""Documents that a preview reads again; more are for `comity amend … --exact`."""
MOST_NAMES = 60
_SEVERAL = ("roles", "taking")
_LINES = ("aliases", "keywords")


async def _several(request: Request) -> dict[str, list[str]]:
    form = await request.form()
    return {name: [v for v in form.getlist(name) if isinstance(v, str)] for name in form}


Form = Annotated[dict[str, list[str]], Depends(_several)]


@page.router.get("/agenda")
def show(ask: Asked) -> Response:
    """The whole agenda, names that it does not know, and the judgements on names."""
    agenda = ask.agenda()
    count = ask.view().tally(ask.as_of)
    return ask.html(
        "agenda.html.j2",
        agenda=agenda,
        proposed=ask.view().proposed,
        versions=ask.revision.agenda,
        by_party={
            p.id: sum(n for name, n in count.held.items() if agenda.party_of(name) == p.id) for p in agenda.parties
        },
        by_actor={a.id: count.said.get(a.name, 0) for a in agenda.actors},
        by_issue=count.issues,
        by_option=count.options,
        party_names={p.id: p.name for p in agenda.parties},
        unknown=count.unknown[:MOST_NAMES],
        judged=[d for d in ask.material.decisions if d.kind in (DecisionKind.SAME, DecisionKind.DIFFERENT)],
        names=_names(agenda, count.unknown),
        seen=ask.revision.agenda,
    )


@page.router.get("/agenda/text")
def text(ask: Asked) -> Response:
    """The agenda as TOML, to edit by hand."""
    return _text(ask, agenda_toml(ask.agenda()))


@page.router.get("/agenda/{kind}/{id_:path}")
def one(ask: Asked, kind: str, id_: str) -> Response:
    """One entry with its fields, and what can be done with it."""
    return _one(ask, kind, id_)


@page.router.post("/agenda/preview")
def preview(ask: Asked, form: Form) -> Response:
    """What an edit would change. Nothing is written."""
    first = {name: values[0] for name, values in form.items() if values}
    action, kind, id_ = first.get("action", ""), first.get("kind", ""), first.get("id", "")
    try:
        if action == "names":
            return _names_preview(ask, first)
        agenda, told, same = _edited(ask.agenda(), action, kind, id_, first, form)
    except InputError as error:
        if action == "text":
            return _text(ask, first.get("toml", ""), 422, str(error))
        if kind and id_ and action != "remove":
            return _one(ask, kind, id_, 422, str(error), first)
        raise
    return _previewed(ask, agenda, told, same, first, exact=bool(first.get("exact")))


@page.router.post("/agenda/set")
def set_(ask: Asked, form: Filled) -> Response:
    """Makes a previewed agenda the agenda of the case, as a new version."""
    seen = form.get("seen", "")
    if not seen.isdigit() and not form.get("anyway"):
        raise InputError("this form does not say which agenda it was made from", hint="load the page again")
    agenda = parse_agenda(form.get("toml", ""))
    try:
        ask.desk.set_agenda(agenda_toml(agenda), ask.coder, seen=None if form.get("anyway") else int(seen))
    except Stale:
        ask.edited()  # by somebody else
        return _previewed(ask, agenda, form.get("told", ""), None, form, exact=False, stale=True)
    return ask.to("/agenda")


@page.router.post("/agenda/names")
def judge(ask: Asked, form: Filled) -> Response:
    """Records that two names are one actor, or two."""
    with ask.desk.writing() as case:
        amending.judge_names(
            case,
            form.get("name", ""),
            form.get("other", ""),
            form.get("verdict") == "same",
            coder=ask.coder,
            note=form.get("note", "").strip(),
        )
    return ask.to("/agenda#names")


@page.router.post("/agenda/names/undo")
def unjudge(ask: Asked, form: Filled) -> Response:
    """Takes a judgement on names back."""
    with ask.desk.writing() as case:
        case.undo(form.get("decision", ""), ask.coder)
    return ask.to("/agenda#names")


def _edited(
    agenda: Agenda, action: str, kind: str, id_: str, first: Mapping[str, str], form: Mapping[str, list[str]]
) -> tuple[Agenda, str, tuple[str, str] | None]:
    """The agenda after an edit, what the edit is in words, and (gone, kept) where issues are merged."""
    if action == "change":
        fields: dict[str, Any] = {}
        for name in amending.FIELDS.get(kind, ()):
            if name in _LINES:
                fields[name] = re.split(r"[\r\n]+", first.get(name, ""))
            elif name in _SEVERAL:
                fields[name] = form.get(name, [])
            else:  # "kind" of the form says what is edited; the field of that name travels as "sort"
                fields[name] = first.get("sort" if name == "kind" else name, "")
        return amending.change(agenda, kind, id_, fields), f"Change {_called(agenda, kind, id_)}", None
    if action == "add":
        name = first.get("name", "").strip()
        return amending.add(agenda, kind, name, under=first.get("under", "")), f"Add the {kind} “{name}”", None
    if action == "remove":
        return amending.remove(agenda, kind, id_), f"Remove {_called(agenda, kind, id_)}", None
    if action == "merge":
        keep = first.get("keep", "")
        told = f"Merge {_called(agenda, kind, id_)} into {_called(agenda, kind, keep)}"
        return amending.merge(agenda, kind, keep, id_), told, (id_, keep) if kind == "issue" else None
    if action == "split":
        name = first.get("name", "").strip()
        told = f"Split “{name}” from {_called(agenda, kind, id_)}"
        return amending.split(agenda, kind, id_, name, form.get("taking", [])), told, None
    if action in ("up", "down"):
        by = -1 if action == "up" else 1
        return amending.move(agenda, kind, id_, by), f"Move {_called(agenda, kind, id_)} {action}", None
    if action == "text":
        return parse_agenda(first.get("toml", ""), file="agenda"), "Change the agenda by hand", None
    raise InputError(f"{action!r} is no edit", field="action", hint="change, add, remove, merge, split, up, down, text")


def _called(agenda: Agenda, kind: str, id_: str) -> str:
    return f"the {kind} “{amending.entry(agenda, kind, id_).name}”"


def _previewed(
    ask: Ask,
    agenda: Agenda,
    told: str,
    same: tuple[str, str] | None,
    form: Mapping[str, str],
    *,
    exact: bool,
    stale: bool = False,
) -> Response:
    seen = ask.state().revision.agenda
    material, before = ask.material, ask.now()
    if exact and len(material.documents) > MOST_REREAD:
        raise InputError(
            f"{len(material.documents)} documents are too many to read again here",
            hint="use `comity amend … --preview --exact`",
        )

    def again(new: Agenda) -> flow.Material:
        with ask.desk.case() as case:  # what is read is kept, so that setting this agenda reads nothing twice
            return flow.from_case(case, new, workers=ask.desk.workers)

    made = previewing.preview(material, before, agenda, same_issue=same, reread=again if exact else None)
    return _shown(ask, made, told, form, seen=seen, stale=stale, can_read=len(material.documents) <= MOST_REREAD)


def _names_preview(ask: Ask, form: Mapping[str, str]) -> Response:
    name, other = (" ".join(form.get(n, "").split()) for n in ("name", "other"))
    if not name or not other or name == other:
        raise InputError("two different names are needed", field="name")
    same = form.get("verdict") == "same"
    made = previewing.preview_names(ask.material, ask.now(), name, other, same, ask.coder)
    told = f"“{name}” and “{other}” are {'one actor' if same else 'two actors'}"
    return _shown(ask, made, told, form, seen=ask.state().revision.agenda)


def _shown(
    ask: Ask,
    made: Preview,
    told: str,
    form: Mapping[str, str],
    *,
    seen: int,
    stale: bool = False,
    can_read: bool = False,
) -> Response:
    kept = {k: v for k, v in form.items() if k not in ("csrf", "exact", "seen", "told", "anyway", "toml")}
    return ask.html(
        "agenda_preview.html.j2",
        409 if stale else 200,
        made=made,
        told=told,
        form=kept,
        seen=seen,
        stale=stale,
        can_read=can_read and not made.exact and not stale,
        documents=len(ask.material.documents),
    )


def _one(
    ask: Ask, kind: str, id_: str, status: int = 200, fault: str = "", form: Mapping[str, str] | None = None
) -> Response:
    agenda = ask.agenda()
    if kind not in amending.KINDS or id_ not in dict(amending.entries(agenda, kind)):
        raise HTTPException(404, f"the agenda has no {kind} {id_!r}")
    found = amending.entry(agenda, kind, id_)
    others = [(i, e.name) for i, e in amending.entries(agenda, kind) if i != id_ and _same_issue(kind, i, id_)]
    return ask.html(
        "agenda_entry.html.j2",
        status,
        kind=kind,
        id=id_,
        entry=found,
        values=_values(found) | {k: v for k, v in (form or {}).items() if k in amending.FIELDS[kind]},
        parts=_parts(found),
        others=others,
        parties=[(p.id, p.name) for p in agenda.parties],
        authorities=[(a.value, a.value.replace("_", " ")) for a in Authority],
        roles=[r.value for r in Role],
        kinds=[(k, k) for k in ("person", "group", "body", "outlet", "place")]
        if kind == "actor"
        else [("substance", "substance"), ("process", "process"), ("prospects", "prospects")],
        fault=fault,
    )


def _same_issue(kind: str, one: str, other: str) -> bool:
    return kind != "option" or one.partition("/")[0] == other.partition("/")[0]


def _values(found: amending.Entry) -> dict[str, Any]:
    """The fields of an entry as a form shows them."""
    if isinstance(found, Party):
        return {
            "name": found.name,
            "aliases": "\n".join(found.aliases),
            "roles": [r.value for r in found.roles],
            "interests": found.interests,
            "batna": found.batna,
        }
    if isinstance(found, Actor):
        return {
            "name": found.name,
            "aliases": "\n".join(found.aliases),
            "party": found.party or "",
            "authority": found.authority.value,
            "roles": [r.value for r in found.roles],
            "kind": found.kind,
        }
    if isinstance(found, Issue):
        return {
            "name": found.name,
            "description": found.description,
            "keywords": "\n".join(found.keywords),
            "kind": found.kind,
        }
    value = "" if found.value is None else f"{found.value:g}"
    return {"name": found.name, "keywords": "\n".join(found.keywords), "value": value, "unit": found.unit or ""}


def _parts(found: amending.Entry) -> list[tuple[str, str]]:
    """What a split can take: aliases or keywords, and options of an issue."""
    if isinstance(found, Issue):
        return [(k, k) for k in found.keywords] + [(o.id, f"option: {o.name}") for o in found.options]
    if isinstance(found, Option):
        return [(k, k) for k in found.keywords]
    return [(a, a) for a in found.aliases]


def _text(ask: Ask, toml: str, status: int = 200, fault: str = "") -> Response:
    return ask.html("agenda_text.html.j2", status, toml=toml, fault=fault)


def _names(agenda: Agenda, unknown: Sequence[tuple[str, int]]) -> list[str]:
    return sorted({*(p.name for p in agenda.parties), *(a.name for a in agenda.actors), *(n for n, _ in unknown)})
