"""The brief as a value: a pure function of the ledger and what the desk knows beside it.

What is said and in which order is decided here; how it looks is decided in `comity.desk.report`, one module a format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from comity.desk.parts import bottom_line, dates, labels, matrix, moves, phrases, weak_points
from comity.desk.parts.values import Brief, Contact, Disagreement, Fit, Line, Paragraph, Promise, Words
from comity.words import Change, Document, Gap, Handling, Ledger, Reading, RelationKind

SLOTS = ("obligor", "act", "beneficiary", "trigger", "response", "verifier", "duration", "gate", "order")
"""Slots of a term in the order shown."""


def make_brief(
    ledger: Ledger,
    documents: Sequence[Document],
    *,
    readings: Sequence[Reading] = (),
    since: date | None = None,
    changes: Sequence[Change] = (),
    gaps: Sequence[Gap] = (),
    paragraphs: Sequence[Paragraph] = (),
    handling: Handling = Handling.PUBLIC,
    made_by: Sequence[tuple[str, str]] = (),
    notes: Sequence[str] = (),
    letters: Mapping[str, str] | None = None,
    citing: bool = True,
) -> Brief:
    """The brief of a ledger.

    Parameters
    ----------
    ledger
        As of the brief's date.
    documents
        Those the ledger was built from. One that was published after the ledger's date, or that `handling` does not
        admit, is left out, and so is an undated one where the ledger has a date.
    readings
        For what the reader refused to read.
    since, changes
        The earlier date, and how positions differ from it.
    gaps
        Numbers of several parties on one issue.
    paragraphs
        The analyst's own words; those that `handling` does not admit are left out.
    made_by
        Names and values of whatever made it: version, reader, settings.
    notes
        Further weak points that the caller knows of (files that could not be read).
    letters
        Document id to letter, where `documents` are not all of those that have one.
    citing
        If False, it has no citations, and the texts of `documents` are not looked at.
    """
    reviewed = dict(ledger.reviews)
    shown = [d for d in documents if handling.admits(d.handling) and _in_time(d, ledger.as_of)]
    as_of = ledger.as_of or max((d.published for d in shown if d.published), default=None)
    letters = labels.letters_of(shown) if letters is None else letters
    names = labels.labels_of(ledger.statements, letters)
    columns, rows = matrix.columns(ledger), matrix.rows(ledger, names)
    sources = labels.sources(ledger, shown, letters)
    counts = weak_points.counts_of(ledger, sources, reviewed)
    distances = matrix.distances(gaps, names)
    ahead, recent = dates.dated(ledger, as_of, names, letters)
    shifts = matrix.shifts(changes, names)
    since_text = phrases.long_date(since) if since else ""
    return Brief(
        title=ledger.agenda.title or "State of play",
        as_of=as_of,
        since=since,
        handling=handling,
        agenda_proposed=ledger.agenda.proposed,
        counts=counts,
        columns=columns,
        bottom_line=bottom_line.bottom_line(rows, columns, ahead, shifts, since_text),
        rows=rows,
        shifts=shifts,
        ahead=ahead,
        recent=recent,
        disagreements=_disagreements(ledger, names),
        fits=_fits(ledger, names),
        distances=distances,
        moves=moves.moves(ledger, rows, columns, distances, names),
        contacts=_contacts(ledger, names, {c.id: c.name for c in columns}),
        promises=_promises(ledger, names),
        facts=_facts(ledger, names),
        weak_points=weak_points.weak_points(ledger, readings, counts, columns, rows, sources, names, notes),
        paragraphs=tuple(p for p in paragraphs if handling.admits(p.handling)),
        sources=sources,
        citations=labels.citations(ledger, shown, names, reviewed, letters) if citing else (),
        made_by=tuple(made_by),
    )


def _in_time(document: Document, as_of: date | None) -> bool:
    return as_of is None or (document.published is not None and document.published <= as_of)


def _disagreements(ledger: Ledger, names: Mapping[str, str]) -> tuple[Disagreement, ...]:
    shown = [t for t in ledger.tensions if matrix.cites(t.statements, names) and matrix.cites(t.against, names)]
    return tuple(
        Disagreement(
            number=number,
            kind=tension.kind,
            issue=tension.issue,
            text=tension.text,
            one=matrix.cites(tension.statements, names),
            other=matrix.cites(tension.against, names),
            rule=tension.rule,
        )
        for number, tension in enumerate(shown, 1)
    )


def _fits(ledger: Ledger, names: Mapping[str, str]) -> tuple[Fit, ...]:
    """What looks like a contradiction or a repetition and is not, by kind."""
    groups: dict[RelationKind, list[tuple[str, ...]]] = {}
    for relation in ledger.relations:
        labels = matrix.cites(relation.statements, names)
        if len(labels) > 1:
            groups.setdefault(relation.kind, []).append(labels)
    return tuple(Fit(kind, tuple(dict.fromkeys(groups[kind]))) for kind in RelationKind if kind in groups)


def _contacts(ledger: Ledger, names: Mapping[str, str], parties: Mapping[str, str]) -> tuple[Contact, ...]:
    return tuple(
        Contact(
            ends=channel.ends,
            through=channel.through,
            last=phrases.period(channel.last, channel.last),
            next=phrases.period(channel.next, channel.next),
            awaiting=parties.get(channel.awaiting, channel.awaiting) if channel.awaiting else None,
            precondition=channel.precondition,
            cites=matrix.cites(channel.statements, names),
        )
        for channel in ledger.channels
    )


def _promises(ledger: Ledger, names: Mapping[str, str]) -> tuple[Promise, ...]:
    return tuple(
        Promise(
            summary=term.summary,
            issue=term.issue,
            slots=tuple((slot, str(getattr(term, slot))) for slot in SLOTS),
            cites=matrix.cites(term.statements, names),
        )
        for term in ledger.terms
    )


def _facts(ledger: Ledger, names: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(
        Line((Words(phrases.clip(fact.summary, 240), quoted=True),), matrix.cites(fact.statements, names))
        for fact in ledger.facts
    )
