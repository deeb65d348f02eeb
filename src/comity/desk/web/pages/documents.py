"""Documents: all of them; one in full with its statements marked; words chosen in it become a statement."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import quote as in_path

from fastapi import HTTPException
from fastapi.responses import Response

from comity.case import Case
from comity.desk import coding, describing, showing
from comity.desk.web.page import Ask, Asked, Filled
from comity.desk.web.pages import PAGES
from comity.desk.web.pages.evidence import document_of
from comity.desk.web.spans import Mark, html, segments
from comity.desk.web.state import Stale
from comity.desk.web.statements import choices
from comity.words import ComityError, Decision, Document, Handling, Passage, Review, target_of

page = PAGES["documents"]

WINDOW = 40_000
"""Characters of a text that one page shows."""
MOST_MARKS = 400
"""Statements that are marked and listed on one page."""
PER_PAGE = 100


@page.router.get("/documents")
def listed(ask: Asked, text: str = "", n: int = 1) -> Response:
    """Documents by date, with what was found in each."""
    found = ask.register().holding(text)
    n = min(max(1, n), 1 + (len(found) - 1) // PER_PAGE if found else 1)
    shown = found[(n - 1) * PER_PAGE : n * PER_PAGE]
    rows = showing.document_rows(shown, ask.view().counts([d.id for d in shown]))
    return ask.html("documents.html.j2", rows=rows, total=len(found), n=n, per_page=PER_PAGE, text=text)


@page.router.get("/documents/{id_:path}")
def one(ask: Asked, id_: str, at: int = 0, n: int = 0) -> Response:
    """A document; of a long one the part that holds the place `at`, or part `n` (from 1)."""
    return _shown(ask, document_of(ask, id_), (n - 1) * WINDOW if n else at)


@page.router.post("/documents/{id_:path}")
def code(ask: Asked, id_: str, form: Filled) -> Response:
    """Records a statement on the words chosen, or on words given."""
    part = ask.part_on(id_)
    document = part.document
    at = int(form.get("start", "") or 0) if form.get("start", "").isdigit() else 0
    try:
        where = _place(document, form)
        wanted = coding.Coding(
            *(form.get(name, "").strip() for name in ("speaker", "holder", "act", "issue", "mode", "certainty", "said"))
        )
        speaker = wanted.speaker or "author"

        def make(case: Case) -> Decision:
            note = form.get("note", "").strip()
            return coding.code(case, part.material, document, where, wanted, coder=ask.coder, note=note)

        seen = form.get("seen", "")
        anyway = bool(form.get("anyway")) or not seen.isdigit()
        ask.desk.decide(make, seen=None if anyway else int(seen), target=target_of(where, speaker))
    except Stale as stale:
        return _shown(ask, document, at, 409, form=form, stale=stale)
    except ComityError as error:
        return _shown(ask, document, at, 422, form=form, fault=str(error))
    return ask.to(f"/documents/{in_path(document.id)}?at={where.start}#s{where.start}-{where.end}")


@page.router.post("/documents-described")
def describe(ask: Asked, form: Filled) -> Response:
    """Records what a person knows of a document: day, outlet, title, handling."""
    document = document_of(ask, form.get("document", ""))
    given = {field: form[field] for field in describing.FIELDS if field in form}
    note, seen = form.get("note", "").strip(), form.get("seen", "")

    def make(case: Case) -> Decision:
        return describing.describe(case, document.id, given, coder=ask.coder, note=note)[-1]

    try:
        anyway = bool(form.get("anyway")) or not seen.isdigit()
        ask.desk.decide(make, seen=None if anyway else int(seen), target=document.id)
    except Stale as stale:
        ask.edited()
        return _shown(ask, document_of(ask, document.id), 0, 409, known=given, others=stale)
    except ComityError as error:
        return _shown(ask, document, 0, 422, known=given, fault=str(error))
    ask.edited()
    return ask.to(f"/documents/{in_path(document.id)}?described=1#about")


def _place(document: Document, form: dict[str, str]) -> Passage:
    start, end, words = form.get("start", ""), form.get("end", ""), form.get("words", "")
    if start.isdigit() and end.isdigit():
        found = coding.passage(document, int(start), int(end))
        if not words or "".join(words.split()) == "".join(found.quote.split()):
            return found
    nth = form.get("nth", "")
    return coding.place(document, words, int(nth) if nth.isdigit() else 0)


def _shown(
    ask: Ask,
    document: Document,
    at: int,
    status: int = 200,
    *,
    form: dict[str, str] | None = None,
    stale: Stale | None = None,
    fault: str = "",
    known: dict[str, str] | None = None,
    others: Stale | None = None,
) -> Response:
    length = len(document.text)
    if at < 0 or at > length:
        raise HTTPException(404, f"{document.id} has {length} characters")
    seen = ask.revision.decisions
    part = ask.part_on(document.id)
    reviews = part.reviews
    n = at // WINDOW
    start, end = n * WINDOW, min(length, (n + 1) * WINDOW)
    own = [s for s in part.statements if s.passage.start < end and s.passage.end > start]
    shown = own[:MOST_MARKS]
    marks = [
        Mark(s.passage.start, s.passage.end, number, _class(reviews.get(s.id, Review.UNREVIEWED)))
        for number, s in enumerate(shown, 1)
    ]
    values: dict[str, Any] = {
        "document": document,
        "marked": html(document.text, segments(start, end, marks)),
        "statements": list(enumerate(shown, 1)),
        "more": len(own) - len(shown),
        "reviews": reviews,
        "unreviewed": Review.UNREVIEWED,
        "issues": {i.id: i.name for i in part.material.agenda.issues},
        "n": n + 1,
        "parts": max(1, -(-length // WINDOW)),
        "seen": seen,
        "form": defaultdict(str, form or {}),
        "stale": stale,
        "fault": fault,
        "choices": choices(ask),
        "names": coding.names(part.material, list({s.speaker for s in shown})),
        "found": {f.field: f.place for f in document.found},
        "known": describing.described(document) | (known or {}),
        "others": others,
        "described": known is not None or "described" in ask.request.query_params,
        "labels": [h.value for h in Handling],
    }
    return ask.html("document.html.j2", status, **values)


def _class(review: Review) -> str:
    return "raw" if review is Review.UNREVIEWED else "seen"
