"""Evidence: one statement in its sentence, with the chain of who told it, and what a person says of it."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException
from fastapi.responses import Response
from markupsafe import Markup

from comity.desk.report.clean import markup
from comity.desk.web.page import Ask, Asked
from comity.desk.web.pages import PAGES
from comity.words import Document, Statement

page = PAGES["evidence"]

CONTEXT = 600
"""Characters shown on each side of a passage."""


@page.router.get("/evidence")
def show(ask: Asked, statement: str = "", label: str = "") -> Response:
    """The statement with an id, or what a label of the brief opens (which may be the passage of an event)."""
    if label:
        cited = ask.view().cited(label, ask.as_of, ask.since)
        if cited is None:
            raise HTTPException(404, f"nothing is labelled {label!r} in this brief")
        statement = cited.statement or ""
        if not statement:
            where = document_of(ask, cited.document)
            event: dict[str, Any] = {
                "document": where,
                "passage": in_context(where, cited.start, cited.end),
                "start": cited.start,
                "end": cited.end,
                "statement": None,
                "label": label,
            }
            return _answer(ask, event)
    part = ask.part_of(statement, ask.as_of)
    found = next((s for s in part.statements if s.id == statement), None)
    if found is None:
        raise HTTPException(404, f"no statement is called {statement!r}")
    values: dict[str, Any] = {
        "document": part.document,
        "passage": in_context(part.document, found.passage.start, found.passage.end),
        "start": found.passage.start,
        "end": found.passage.end,
        "statement": found,
        "label": label,
        "facts": facts(ask, found, part.document),
        "review": part.reviews.get(found.id, "unreviewed"),
        "target": "",
    }
    return _answer(ask, values)


def _answer(ask: Ask, values: dict[str, Any]) -> Response:
    if ask.partial:
        return ask.part("evidence.html.j2", "evidence", **values)
    return ask.html("evidence.html.j2", **values)


def document_of(ask: Ask, id_: str) -> Document:
    """The document with this id. Raises 404."""
    found = ask.view().document(id_)
    if found is None:
        raise HTTPException(404, f"no document is called {id_!r}")
    return found


def in_context(document: Document, start: int, end: int, around: int = CONTEXT) -> Markup:
    """The passage marked in the text around it."""
    text = document.text
    first, last = max(0, start - around), min(len(text), end + around)
    return markup(
        "{}{}<mark>{}</mark>{}{}",
        "…" if first else "",
        text[first:start],
        text[start:end],
        text[end:last],
        "…" if last < len(text) else "",
    )


def facts(ask: Ask, s: Statement, document: Document) -> list[tuple[str, str]]:
    """What a reader should know of a statement in its document, as names and values."""
    from comity.desk.parts import phrases

    text = document.text
    agenda = ask.agenda()
    issues = {i.id: i.name for i in agenda.issues}
    parties = {p.id: p.name for p in agenda.parties}
    rests = [
        f"{parties.get(party, party)} on {issues.get(issue, issue)}"
        for party, issue in ask.view().rests_on(s, ask.as_of)
    ]
    rows = [
        ("Chain", " → ".join(phrases.speaker_name(name) for name in s.chain)),
        ("For", s.holder or ""),
        ("Told as", phrases.MODES[s.mode]),
        ("Act", f"{phrases.ACTS[s.act]} · {phrases.CERTAINTIES[s.certainty]}"),
        ("Issue", issues.get(s.issue or "", s.issue or "")),
        (
            "Said",
            ""
            if phrases.period(s.said.earliest, s.said.latest) == "no date"
            else phrases.period(s.said.earliest, s.said.latest),
        ),
        ("Condition", "; ".join(text[a:b] for a, b in s.condition)),
        ("Same utterance as", ask.view().same_utterance(s, ask.as_of)),
        ("Rests on it", "; ".join(rests)),
        ("Confidence", phrases.sure(s.confidence, s.chances)),
        ("Statement", s.id),
    ]
    return [(name, value) for name, value in rows if value]
