"""The ledger as a pure function of readings, agenda, documents, decisions and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from comity.ledger.cells import cells
from comity.ledger.channels import channels
from comity.ledger.edits import edit, in_force
from comity.ledger.events import told
from comity.ledger.evidence import Evidence, Take, restrict_duplicates, takes_of, with_utterances
from comity.ledger.facts import facts
from comity.ledger.horizon import weighed
from comity.ledger.issue_view import unanswered, views
from comity.ledger.oppositions import oppositions
from comity.ledger.positions import outlooks, positions
from comity.ledger.relations import relations
from comity.ledger.statuses import statuses
from comity.ledger.tensions import tensions
from comity.ledger.tensions.finding import Findings
from comity.ledger.terms import terms
from comity.ledger.utterances import utterances
from comity.words import Agenda, Decision, Document, DuplicateGroup, Ledger, Reading

VERSION = "ledger 1"
"""Raised whenever a rule changes what it derives."""


def build(
    readings: Mapping[str, Reading] | Iterable[Reading],
    agenda: Agenda,
    *,
    documents: Mapping[str, Document],
    duplicates: Iterable[DuplicateGroup] = (),
    decisions: Sequence[Decision] = (),
    as_of: date | None = None,
    known_at: date | datetime | None = None,
) -> Ledger:
    """Who stands where, since when, on whose word.

    Parameters
    ----------
    readings
        One for each document, in any order; or a mapping whose values are these.
    agenda
        Parties, actors and issues. Statements of parties and issues that it does not know are kept but derive nothing.
    documents
        Documents by id. A document that supersedes another one takes its statements out.
    duplicates
        Groups of documents with nearly one text; what they tell alike counts once.
    decisions
        What people decided, in any order; retracted ones have no effect.
    as_of
        Use documents published on or before this day only; a document without a date is then left out.
    known_at
        Use decisions recorded by then only.

    Raises
    ------
    InputError
        If two readings are of one document, or a decision fits no field.
    """
    rows = list(readings.values() if isinstance(readings, Mapping) else readings)
    edited = edit(rows, agenda, documents, in_force(decisions, known_at))
    dates = {r.document: _published(r, edited.documents) for r in rows}
    view = _in_view(rows, edited.documents, dates, as_of)
    seen = [r for r in rows if r.document in view]
    kept = [s for s in edited.statements if s.passage.document in view or s.passage.document not in dates]
    kept = [s for s in kept if s.passage.document in dates or _in_time(edited.documents.get(s.passage.document), as_of)]
    groups = restrict_duplicates(duplicates, view)
    takes = takes_of(kept, edited.names, edited.documents, dates)
    near = weighed(takes, [issue.id for issue in agenda.issues])
    heads = utterances(near, groups)
    takes = with_utterances(takes, heads)
    within = {take.id for take in near}
    near = tuple(take for take in takes if take.id in within)
    events = told(seen, near, edited.names, dates)
    evidence = Evidence(agenda, edited.names, as_of, edited.documents, near, events, edited.reviews, heads)
    return worked_out(evidence, edited.tensions, takes, groups)


def worked_out(
    evidence: Evidence, judged: Mapping[str, str], takes: Sequence[Take], duplicates: tuple[DuplicateGroup, ...]
) -> Ledger:
    """The ledger of what is weighed. `judged` says what people said of tensions; `takes` are all that count."""
    table = cells(evidence)
    opposed = oppositions(evidence, table)
    issues = views(evidence, table, opposed)
    offers = [take for view in issues for take in unanswered(view)]
    findings = Findings(evidence, table, tuple(opposed))
    return Ledger(
        agenda=evidence.agenda,
        as_of=evidence.as_of,
        statements=tuple(t.statement for t in takes),
        positions=positions(table),
        outlooks=tuple(outlooks(evidence)),
        statuses=statuses(issues),
        tensions=tensions(findings, judged),
        relations=relations(evidence),
        facts=facts(evidence),
        channels=channels(evidence, offers),
        terms=terms(evidence, table),
        events=evidence.events,
        duplicates=duplicates,
        version=VERSION,
        reviews=tuple((t.id, evidence.reviews[t.id]) for t in takes if t.id in evidence.reviews),
    )


def _published(reading: Reading, documents: Mapping[str, Document]) -> date | None:
    document = documents.get(reading.document)
    return document.published if document and document.published else reading.published


def _in_time(document: Document | None, as_of: date | None) -> bool:
    return as_of is None or (document is not None and document.published is not None and document.published <= as_of)


def _in_view(
    readings: Iterable[Reading],
    documents: Mapping[str, Document],
    dates: Mapping[str, date | None],
    as_of: date | None,
) -> set[str]:
    """Documents that count: published in time, and not superseded by one that is."""
    view = {r.document for r in readings if as_of is None or ((day := dates[r.document]) and day <= as_of)}
    by_identity: dict[str, str] = {}
    gone = set()
    for name in sorted(view):
        old = documents[name].supersedes if name in documents else None
        if old and old not in dates:
            by_identity = by_identity or {documents[d].identity: d for d in sorted(documents)}
            old = by_identity.get(old, old)
        if old:
            gone.add(old)
    return view - gone
