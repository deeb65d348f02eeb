"""Tensions: statements against statements, both passages side by side, and what a person says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException
from fastapi.responses import Response
from markupsafe import Markup

from comity.desk import judging
from comity.desk.judging import Row
from comity.desk.web.page import Ask, Asked, Filled
from comity.desk.web.pages import PAGES
from comity.desk.web.pages.evidence import in_context
from comity.desk.web.pages.worked_out import made_of, worked
from comity.desk.web.state import Stale, State
from comity.desk.web.tension_rows import Entry, Kept, Made, Tensions
from comity.words import Decision, DecisionKind, Document, Handling, InputError, Statement, TensionKind

page = PAGES["tensions"]

PER_PAGE = 50
_CONTEXT = 280


@dataclass(frozen=True)
class Side:
    """One statement of a side with its passage in context."""

    statement: Statement
    document: Document
    passage: Markup


@dataclass(frozen=True)
class Wanted:
    """Which tensions a list shows: judged or not (`show`), of a kind, an issue, a party; which page of them."""

    show: str = ""
    kind: str = ""
    issue: str = ""
    party: str = ""
    n: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Wanted:
        """As a form or a query gives it."""
        n = given.get("n", "")
        show, kind, issue, party = (given.get(name, "") for name in ("show", "kind", "issue", "party"))
        return cls(show, kind, issue, party, max(1, int(n)) if n.isdecimal() and len(n) < 9 else 1)

    def query(self, **more: Any) -> dict[str, Any]:
        """The same as a query, with more."""
        page_ = self.n if self.n > 1 else ""
        mine = {"show": self.show, "kind": self.kind, "issue": self.issue, "party": self.party, "n": page_}
        return more | {name: value for name, value in mine.items() if name not in more}


@page.router.get("/tensions")
def show(ask: Asked, at: str = "") -> Response:
    """A tension in full (`at` is its key, else the first that nobody has judged) and a page of them below."""
    return _shown(ask, at, Wanted.of(ask.request.query_params))


@page.router.post("/tensions")
def judge(ask: Asked, form: Filled) -> Response:
    """Records what a person says of a tension, and goes on to the next."""
    key, verdict, seen = form.get("key", ""), form.get("verdict", ""), form.get("seen", "")
    if verdict not in judging.VERDICTS or not (seen.isdigit() or form.get("anyway")):
        raise InputError(f"{verdict!r} decides nothing", field="verdict", hint="real, explained or double")
    note, wanted = form.get("note", "").strip(), Wanted.of(form)
    try:
        record(ask, key, verdict, note, None if form.get("anyway") else int(seen))
    except Stale as stale:
        return _shown(ask, key, wanted, status=409, stale=stale, note=note)
    if not ask.partial:
        return ask.to(ask.link("/tensions", **wanted.query()))
    return _shown(ask, "", wanted, after=key, said=f"judged {verdict}")


def record(ask: Ask, key: str, verdict: str, note: str, seen: int | None) -> Decision:
    """Says of a tension what it is. Raises InputError if there is none with this key, Stale if somebody judged it after
    `seen`; then nothing is recorded."""
    row = tensions_of(ask).find(key)
    if row is None:
        raise InputError(f"no tension has the key {key!r}", field="key", hint="load the page again")
    label = _handling(ask, row)
    try:
        return ask.desk.decide(
            lambda case: judging.record(case, key, verdict, label, coder=ask.coder, note=note), seen=seen, target=key
        )
    finally:
        ask.edited()  # by this one, or by somebody else


@page.router.post("/tensions/undo")
def undo(ask: Asked, form: Filled) -> Response:
    """Takes back what was said of a tension, and shows it again."""
    key = form.get("key", "")
    with ask.desk.writing() as case:
        done = verdicts(ask).get(key)
        if done is None:
            raise InputError("nothing was said of this tension", hint="load the page again")
        case.undo(done.id, ask.coder, form.get("note", "").strip())
    ask.edited()
    if ask.partial:
        return _shown(ask, key, Wanted(form.get("show", "")), said="undone")
    return ask.to(ask.link("/tensions", at=key))


def verdicts(ask: Ask) -> dict[str, Decision]:
    """The newest decision on each tension that somebody judged."""
    if ask.desk.large:
        return ask.desk.wide().verdicts()
    return {d.target: d for d in ask.material.decisions if d.kind is DecisionKind.TENSION}


def tensions_of(ask: Ask) -> Tensions:
    """All tensions of the date asked for, whatever was said of them."""
    found = worked(ask)
    if found is not None:
        return Kept(found)
    as_of = ask.as_of

    def fold(state: State) -> Made:
        judged = any(d.kind is DecisionKind.TENSION for d in state.material.decisions)
        made = judging.unjudged(state.material, as_of) if judged else ask.desk.ledger(as_of, state)
        return Made(tuple(judging.rows(made)))

    return ask.desk.folded(("tension rows", as_of), fold, ask.state())


def _handling(ask: Ask, row: Row) -> Handling:
    """As protected as the documents that a tension is made of."""
    register, label = ask.register(), Handling.PUBLIC
    for document in row.documents:
        found = register.find(document)
        label |= found.handling if found else Handling.PUBLIC
    return label


def _shown(
    ask: Ask,
    at: str,
    wanted: Wanted,
    *,
    status: int = 200,
    stale: Stale | None = None,
    note: str = "",
    said: str = "",
    after: str = "",
) -> Response:
    seen = ask.revision.decisions  # before anything that is shown
    found = worked(ask)
    all_, judged = tensions_of(ask), verdicts(ask)
    every, listed = all_.index, fitting(all_.index, wanted, judged)
    key = _chosen([each[0] for each in every] if at else listed, at, after)
    chosen = all_.find(key) if key else None
    place = listed.index(key) if key in listed else None
    n = min(wanted.n, max(1, -(-len(listed) // PER_PAGE)))
    names = {i.id: i.name for i in ask.agenda().issues}
    parties = {p.id: p.name for p in ask.agenda().parties}
    values: dict[str, Any] = {
        "listed": all_.rows(listed[(n - 1) * PER_PAGE : n * PER_PAGE]),
        "fitting": len(listed),
        "n": n,
        "per_page": PER_PAGE,
        "wanted": wanted,
        "judged": judged,
        "chosen": chosen,
        "place": place,
        "before": listed[place - 1] if place else None,
        "next": listed[place + 1] if place is not None and place + 1 < len(listed) else None,
        "sides": [_side(ask, chosen, which) for which in (0, 1)] if chosen else [],
        "open": sum(each[0] not in judged for each in every),
        "total": len(every),
        "names": names,
        "kinds": [k for k in sorted(TensionKind, key=lambda k: k.value) if any(e[1] == k.value for e in every)],
        "issues": [(i, name) for i, name in names.items() if any(e[2] == i for e in every)],
        "parties": [(p, name) for p, name in parties.items() if any(p in e[3] for e in every)],
        "seen": seen,
        "stale": stale,
        "note": note,
        "said": said,
        "worked": found,
        "made_of": made_of(ask, found),
    }
    if at and chosen is None and (found is None or found.head is not None):
        raise HTTPException(404, "there is no such tension now: a passage of it may have been corrected")
    if ask.partial:
        return ask.part("tensions.html.j2", "item", status, **values)
    return ask.html("tensions.html.j2", status, **values)


def fitting(index: Sequence[Entry], wanted: Wanted, judged: Mapping[str, Decision]) -> list[str]:
    """Keys of the tensions that are wanted, those first that nobody has judged."""
    first = sorted(index, key=lambda each: each[0] in judged)
    return [each[0] for each in first if _fits(each, wanted, judged)]


def _fits(each: tuple[str, str, str, Sequence[str]], wanted: Wanted, judged: Mapping[str, Decision]) -> bool:
    key, kind, issue, parties = each
    if wanted.kind not in ("", kind) or wanted.issue not in ("", issue):
        return False
    if wanted.party and wanted.party not in parties:
        return False
    return wanted.show == "all" or (key in judged) is (wanted.show == "decided")


def _chosen(keys: Sequence[str], at: str, after: str) -> str:
    if at:
        return at if at in keys else ""
    return next((key for key in keys if key != after), "")


def _side(ask: Ask, row: Row, which: int) -> list[Side]:
    found = []
    for id_ in row.sides[which]:
        part = ask.part_of(id_)
        s = part.find(id_)
        if s is not None:
            found.append(Side(s, part.document, in_context(part.document, s.passage.start, s.passage.end, _CONTEXT)))
    return found
