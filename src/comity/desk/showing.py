"""What `comity show` tells: a case, a document with its statements, a statement with its chain and its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from comity.case import Case
from comity.case.paging import Listed
from comity.desk.flow import Material
from comity.desk.listing import table
from comity.desk.parts import phrases
from comity.desk.report.clean import isolated
from comity.words import Document, InputError, Ledger, Review, Statement, to_json

CONTEXT = 240
"""Characters shown on each side of a passage."""


def summary(case: Case, material: Material, made: Ledger) -> dict[str, Any]:
    """What a case holds, in figures."""
    reviews = dict(made.reviews)
    dates = sorted(d.published for d in material.documents if d.published)
    return {
        "case": case.path.name,
        "title": material.agenda.title,
        "agenda": "proposed by the machine" if material.proposed or material.agenda.proposed else "edited by a person",
        "documents": len(material.documents),
        "published": f"{dates[0]} to {dates[-1]}" if dates else "no dates",
        "statements": len(made.statements),
        "reviewed": sum(review is not Review.UNREVIEWED for review in reviews.values()),
        "positions": len(made.positions),
        "tensions": len(made.tensions),
        "decisions": len(material.decisions),
    }


def documents(material: Material, made: Ledger) -> list[dict[str, Any]]:
    """One row a document."""
    counts: dict[str, int] = {}
    for s in made.statements:
        counts[s.document] = counts.get(s.document, 0) + 1
    return document_rows(material.documents, counts)


def document_rows(documents: Iterable[Document | Listed], counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """One row a document; `counts` are the statements of each."""
    return [
        {
            "id": d.id,
            "published": to_json(d.published),
            "source": d.source,
            "title": d.title,
            "statements": counts.get(d.id, 0),
            "handling": d.handling.value,
            "kind": str(d.kind),
            "url": d.url,
            "language": d.language,
        }
        for d in documents
    ]


def statement_row(s: Statement, reviews: Mapping[str, Review]) -> dict[str, Any]:
    """One row for a statement."""
    return {
        "id": s.id,
        "speaker": s.speaker,
        "holder": s.holder,
        "act": s.act.value,
        "issue": s.issue,
        "mode": s.mode.value,
        "certainty": s.certainty.value,
        "quote": s.passage.quote,
        "start": s.passage.start,
        "end": s.passage.end,
        "chain": list(s.chain),
        "confidence": s.confidence,
        "same_utterance_as": s.same_utterance_as,
        "review": reviews.get(s.id, Review.UNREVIEWED).value,
    }


def find(material: Material, made: Ledger, id_: str) -> Document | Statement:
    """The document or statement with this id, or the only one whose id begins so. Raises InputError."""
    by_id: dict[str, Document | Statement] = {d.id: d for d in material.documents}
    by_id |= {s.id: s for s in made.statements}
    if id_ in by_id:
        return by_id[id_]
    close = sorted(known for known in by_id if known.startswith(id_) and "#" not in known.removeprefix(id_))
    if len(close) == 1:
        return by_id[close[0]]
    if close:
        raise InputError(f"{id_!r} may be any of {', '.join(close[:5])}", hint="give more of the id")
    raise InputError(f"no document or statement is called {id_!r}", hint="`comity show CASE` lists the documents")


def statement_text(s: Statement, document: Document, made: Ledger, material: Material) -> str:
    """A statement with its chain, and its passage between marks in the text around it."""
    reviews = dict(made.reviews)
    named = {i.id: i.name for i in material.agenda.issues}
    rests = [f"{p.party} on {p.issue}" for p in made.positions if s.id in p.statements]
    text, start, end = document.text, s.passage.start, s.passage.end
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    rows = [
        ("chain", " → ".join(phrases.speaker_name(name) for name in s.chain)),
        ("holder", s.holder or "–"),
        ("told as", phrases.MODES[s.mode]),
        ("act", f"{phrases.ACTS[s.act]}, {phrases.CERTAINTIES[s.certainty]}"),
        ("issue", named.get(s.issue or "", s.issue or "–")),
        ("said", phrases.period(s.said.earliest, s.said.latest)),
        ("condition", "; ".join(text[a:b] for a, b in s.condition) or "–"),
        ("same utterance as", s.same_utterance_as or "–"),
        ("position", "; ".join(rests) or "supports none"),
        ("confidence", phrases.sure(s.confidence, s.chances) or "–"),
        ("review", phrases.REVIEWS[reviews.get(s.id, Review.UNREVIEWED)]),
    ]
    head = f"{s.id} · {document.source or 'outlet not found'}, {document.published or 'date not found'}"
    shown = "".join(f"  {name:18} {isolated(value)}\n" for name, value in rows)
    edges = ("…" if start > CONTEXT else "", "…" if end + CONTEXT < len(text) else "")
    marked = f"{edges[0]}{isolated(before)} »{isolated(s.passage.quote)}« {isolated(after)}{edges[1]}"
    return f"{head}\n{shown}\n{marked}\n"


def document_text(document: Document, made: Ledger) -> str:
    """A document's fields and a table of its statements."""
    found = {f.field: f.place for f in document.found}
    fields = [
        ("title", document.title),
        ("outlet", document.source),
        ("published", document.published),
        ("address", document.url),
        ("language", document.language),
        ("handling", document.handling.value),
        ("file", document.name),
    ]
    place = {"outlet": "source", "address": "url"}
    head = "".join(
        f"  {name:10} {isolated(str(value))}{_found(found.get(place.get(name, name)))}\n"
        for name, value in fields
        if value
    )
    reviews = dict(made.reviews)
    rows = [statement_row(s, reviews) for s in made.statements if s.document == document.id]
    for row in rows:
        row["quote"] = f"“{phrases.clip(row['quote'], 110)}”"
        row["no"] = row["id"].rpartition("#")[2]
    listed = table(rows, ["no", "speaker", "act", "issue", "quote", "review"]) if rows else "  no statements\n"
    return f"{document.id}\n{head}\n{listed}"


def _found(place: str | None) -> str:
    return f" ({place})" if place else ""
