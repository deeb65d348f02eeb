"""Weak points of the brief itself: what it rests on, who is missing, what could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.desk.parts.matrix import cites
from comity.desk.parts.phrases import counted, listing
from comity.desk.parts.values import Column, Counts, Line, Row, Source, line
from comity.words import Authority, Ledger, Provenance, Reading, Review, Role

_MOST = 6


def weak_points(
    ledger: Ledger,
    readings: Sequence[Reading],
    counts: Counts,
    columns: Sequence[Column],
    rows: Sequence[Row],
    sources: Sequence[Source],
    labels: Mapping[str, str],
    notes: Sequence[str] = (),
) -> tuple[Line, ...]:
    """One line for each weakness that the brief has; none is listed that it has not."""
    return (
        *_unreviewed(counts),
        *_on_reporters(ledger, counts, labels),
        *_voices(columns, rows),
        *_single(ledger, labels),
        *_unnamed(ledger, labels),
        *_skipped(readings, sources),
        *_undated(sources),
        *_outlets(sources),
        *_reprints(sources),
        *_agenda(ledger),
        *(line(note) for note in notes),
    )


def of_large(
    ledger: Ledger,
    counts: Counts,
    columns: Sequence[Column],
    rows: Sequence[Row],
    labels: Mapping[str, str],
    notes: Sequence[Line],
) -> tuple[Line, ...]:
    """The weak points of a brief that lists neither its documents nor its statements: those that its positions and
    figures tell, and what else the caller knows."""
    return (
        *_unreviewed(counts),
        *_on_reporters(ledger, counts, labels),
        *_voices(columns, rows),
        *_single(ledger, labels),
        *notes,
        *_agenda(ledger),
    )


def _unreviewed(counts: Counts) -> list[Line]:
    said = []
    if counts.statements > counts.reviewed:
        said.append(
            line(
                f"{counts.statements - counts.reviewed:,} of {counted(counts.statements, 'statement')} and "
                f"{counts.positions - counts.positions_reviewed:,} of {counted(counts.positions, 'position')} were "
                "proposed by a machine and reviewed by no person."
            )
        )
    return said


def _on_reporters(ledger: Ledger, counts: Counts, labels: Mapping[str, str]) -> list[Line]:
    said = []
    if counts.reporters:
        stances = f", {counts.stances:,} of them stating a party’s stance" if counts.stances else ""
        said.append(
            line(f"{counts.reporters:,} of {counted(counts.statements, 'statement')} are the reporters’ own{stances}.")
        )
    resting = [p for p in ledger.positions if p.provenance is Provenance.REPORTER]
    if resting:
        labels_of = tuple(dict.fromkeys(label for p in resting for label in cites(p.statements[:1], labels)))
        said.append(
            line(
                f"{len(resting):,} of {counted(len(ledger.positions), 'position')} "
                f"{'rests' if len(resting) == 1 else 'rest'} on a reporter’s account, not on anything "
                "that the party is quoted or paraphrased as saying.",
                labels_of[:_MOST],
            )
        )
    return said


def _voices(columns: Sequence[Column], rows: Sequence[Row]) -> list[Line]:
    said = []
    for i, column in enumerate(columns):
        if Role.PARTY not in column.roles:
            continue
        missing = [r.name for r in rows if r.kind != "prospects" and all(e.outlook for e in r.cells[i].entries)]
        if len(missing) == len([r for r in rows if r.kind != "prospects"]):
            said.append(line(f"No position of {column.name} in these sources on any issue."))
        elif missing:
            said.append(line(f"No position of {column.name} in these sources on {listing(missing)}."))
    return said


def _single(ledger: Ledger, labels: Mapping[str, str]) -> list[Line]:
    alone = [p for p in ledger.positions if p.origins <= 1]
    if not alone:
        return []
    first = tuple(dict.fromkeys(label for p in alone for label in cites(p.statements[:1], labels)))
    if len(alone) == len(ledger.positions):
        return [line("Every position has a single independent origin.", first[:_MOST])]
    return [
        line(
            f"{len(alone):,} of {counted(len(ledger.positions), 'position')} "
            f"{'has' if len(alone) == 1 else 'have'} a single independent origin.",
            first[:_MOST],
        )
    ]


def _unnamed(ledger: Ledger, labels: Mapping[str, str]) -> list[Line]:
    unnamed = {a.name for a in ledger.agenda.actors if a.authority is Authority.OFFICIAL_UNNAMED}
    ids = [s.id for s in ledger.statements if s.speaker in unnamed]
    if not ids:
        return []
    verb = "comes" if len(ids) == 1 else "come"
    return [line(f"{counted(len(ids), 'statement')} {verb} from sources without a name.", cites(ids, labels)[:_MOST])]


def _skipped(readings: Sequence[Reading], sources: Sequence[Source]) -> list[Line]:
    letters = {s.document: s.letter for s in sources}
    counts = {r.document: len(r.skipped) for r in readings if r.skipped and r.document in letters}
    if not counts:
        return []
    where = listing(f"{letters[d]}" for d in sorted(counts, key=lambda d: (len(letters[d]), letters[d])))
    total = sum(counts.values())
    return [
        line(
            f"{counted(total, 'broken or unclear passage')} {'was' if total == 1 else 'were'} not read and nothing was "
            f"guessed (in {where})."
        )
    ]


def _undated(sources: Sequence[Source]) -> list[Line]:
    letters = [s.letter for s in sources if s.published is None]
    if not letters:
        return []
    return [line(f"No date of publication was found for {listing(letters)}; relative dates in them are not resolved.")]


def _outlets(sources: Sequence[Source]) -> list[Line]:
    outlets = {s.outlet for s in sources if s.outlet}
    unknown = [s.letter for s in sources if not s.outlet]
    said = []
    if len(outlets) == 1 and not unknown:
        said.append(line(f"All documents come from one outlet, {next(iter(outlets))}."))
    if unknown:
        said.append(line(f"The outlet of {listing(unknown)} was not found."))
    return said


def _reprints(sources: Sequence[Source]) -> list[Line]:
    reprints = [f"{s.letter} of {s.reprint_of}" for s in sources if s.reprint_of]
    return [line(f"Counted once, as reprints: {listing(reprints)}.")] if reprints else []


def _agenda(ledger: Ledger) -> list[Line]:
    if not ledger.agenda.proposed:
        return []
    return [line("Parties and issues were proposed by the machine from the documents; no person has edited them.")]


def counts_of(ledger: Ledger, sources: Sequence[Source], reviews: Mapping[str, Review]) -> Counts:
    """The figures at the head of the brief."""
    done = [s for s in ledger.statements if reviews.get(s.id, Review.UNREVIEWED) is not Review.UNREVIEWED]
    return Counts(
        documents=len(sources),
        statements=sum(s.statements for s in sources),
        attributed=sum(s.attributed for s in sources),
        quoted=sum(s.quoted for s in sources),
        reporters=sum(s.reporters for s in sources),
        stances=sum(s.stances for s in sources),
        reviewed=len(done),
        positions=len(ledger.positions),
        positions_reviewed=sum(p.review is not Review.UNREVIEWED for p in ledger.positions),
    )
