"""The brief of a large case: what a person waits for at once, and the rest, which is worked out meanwhile.

The matrix and what changed are looked up. Everything that compares many statements (dates, disagreements, what would
have to move, channels, terms, facts) is worked out in a process of its own from what the ledger weighs. Neither lists
every document nor every statement: what is left out is counted.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Any

from comity import __version__, ledger
from comity.case import Case
from comity.case.paging import listed
from comity.desk.brief import make_brief
from comity.desk.keeping import Figures
from comity.desk.parts import bottom_line, labels, matrix, phrases, weak_points
from comity.desk.parts.values import Brief, Citation, Counts, Line, Paragraph, line
from comity.desk.register import Register
from comity.desk.report.outline import MOST_QUOTED
from comity.desk.report.wording import counts_told
from comity.ledger import Matrix
from comity.reading import READER
from comity.words import Agenda, Change, Gap, Handling, Ledger, Position, Review, State

MOST_CITED = 4
"""Labels of one entry of the matrix, and of a change; all that supports it has a page of its own."""
MOST_LABELS = 12
"""Labels of one entry of another section."""
MOST = 60
"""Entries of one section; the rest is counted."""


class Letters(Mapping[str, str]):
    """Document id to letter, worked out when asked for: those of the first `until` documents."""

    def __init__(self, register: Register, until: int) -> None:
        self._register, self._until = register, until

    def __getitem__(self, id_: str) -> str:
        at = self._register.places[id_]
        if at >= self._until:
            raise KeyError(id_)
        return labels.letter(at)

    def __iter__(self) -> Iterator[str]:
        return (row.id for row in self._register.rows[: self._until])

    def __len__(self) -> int:
        return self._until


class Labels(Mapping[str, str]):
    """Statement id to label, worked out when asked for; ids without a number of their own have none here."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def __getitem__(self, id_: str) -> str:
        document, _, number = id_.rpartition("#")
        if not (number.isascii() and number.isdigit()):
            raise KeyError(id_)
        return f"{self._letters[document]}{int(number):02}"

    def __iter__(self) -> Iterator[str]:
        return iter(())  # they are too many to be listed

    def __len__(self) -> int:
        return 0


class Citations(Mapping[str, Citation]):
    """What stands behind a label, without its words: those are looked up when the label is opened."""

    def __init__(self, known: Sequence[Citation] = ()) -> None:
        self._known = {c.label: c for c in known}

    def __getitem__(self, label: str) -> Citation:
        return self._known.get(label) or _without_words(label)

    def get(self, label: str, default: Any = None) -> Any:
        """What is known of a label with its words; what has none is not made for this."""
        return self._known.get(label, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, label: object) -> bool:
        return True


@lru_cache(maxsize=1 << 14)
def _without_words(label: str) -> Citation:
    return Citation(label, _letter(label), 0, 0, "", None, "", None, (), None, None, None, None, "")


@dataclass(frozen=True)
class Sums:
    """Figures of all documents up to each, in the order of the register, so that those of any date are looked up."""

    statements: Sequence[int]
    attributed: Sequence[int]
    quoted: Sequence[int]
    reporters: Sequence[int]
    stances: Sequence[int]
    reviewed: Sequence[int]

    @classmethod
    def of(cls, register: Register, figures: Mapping[str, Figures]) -> Sums:
        none = Figures(0, 0, 0, 0, 0, 0)
        rows = [figures.get(row.id, none) for row in register.rows]
        return cls(*(array("q", accumulate((getattr(r, n) for r in rows), initial=0)) for n in Figures.__slots__))


@dataclass(frozen=True)
class Rest:
    """What is worked out meanwhile: a brief of which only these sections count, and how many entries each has in
    all."""

    brief: Brief
    all: Mapping[str, int]


def at_once(
    found: Matrix,
    agenda: Agenda,
    register: Register,
    sums: Sums,
    *,
    since: date | None = None,
    changes: Sequence[Change] = (),
    paragraphs: Sequence[Paragraph] = (),
    rest: Rest | None = None,
) -> Brief:
    """The brief as far as it is looked up; with `rest`, all of it."""
    until = register.until(found.as_of)
    letters = Letters(register, until)
    names = Labels(letters)
    as_of = found.as_of or next(iter(register.period(until)[1:]), None)
    offered = {s.issue for s in found.statuses if s.state is State.OFFERED}
    made = Ledger(
        agenda,
        found.as_of,
        (),
        positions=tuple(p if p.issue in offered else _cut(p) for p in found.positions),
        outlooks=tuple(replace(o, statements=o.statements[:MOST_CITED]) for o in found.outlooks),
        statuses=found.statuses,
        version=ledger.VERSION,
    )
    columns = matrix.columns(made)
    whole = matrix.rows(made, names)  # of what is offered with every label: who offers it is told by them
    rows = tuple(
        replace(
            row,
            cites=row.cites[:MOST_CITED],
            cells=tuple(
                replace(cell, entries=tuple(replace(e, cites=e.cites[:MOST_CITED]) for e in cell.entries))
                for cell in row.cells
            )
            if row.issue in offered
            else row.cells,
        )
        for row in whole
    )
    shifts = matrix.shifts([replace(c, statements=c.statements[:MOST_CITED]) for c in changes], names)
    counts = Counts(
        documents=until,
        statements=found.statements,
        attributed=sums.attributed[until],
        quoted=sums.quoted[until],
        reporters=sums.reporters[until],
        stances=sums.stances[until],
        reviewed=sums.reviewed[until],
        positions=len(found.positions),
        positions_reviewed=sum(p.review is not Review.UNREVIEWED for p in found.positions),
    )
    ahead = rest.brief.ahead if rest else ()
    since_text = phrases.long_date(since) if since else ""
    brief = Brief(
        title=agenda.title or "State of play",
        as_of=as_of,
        since=since,
        handling=register.strictest,
        agenda_proposed=agenda.proposed,
        counts=counts,
        columns=columns,
        bottom_line=bottom_line.bottom_line(whole, columns, ahead, shifts, since_text),
        rows=rows,
        shifts=shifts,
        ahead=ahead,
        recent=(),
        disagreements=(),
        fits=(),
        distances=(),
        moves=(),
        contacts=(),
        promises=(),
        facts=(),
        weak_points=weak_points.of_large(made, counts, columns, rows, names, _notes(register, until, found.as_of)),
        paragraphs=tuple(paragraphs),
        sources=(),
        citations=rest.brief.citations if rest else (),
        made_by=(
            ("Comity", __version__),
            ("Reader", READER),
            ("Rules", ledger.VERSION),
            ("Handling", register.strictest.value),
        ),
    )
    if rest is None:
        return brief
    kept = ("sources", "recent", "disagreements", "fits", "distances", "moves", "contacts", "promises", "facts")
    return replace(brief, **{name: getattr(rest.brief, name) for name in kept})


def _cut(p: Position) -> Position:
    return replace(p, statements=p.statements[:MOST_CITED], qualified_by=p.qualified_by[:MOST_CITED])


def _notes(register: Register, until: int, as_of: date | None) -> list[Line]:
    undated, unknown = register.undated(until), register.unnamed(until)
    said = []
    if undated:
        told = phrases.counted(undated, "document")
        said.append(line(f"No date of publication was found for {told}; relative dates in them are not resolved."))
    if unknown:
        said.append(line(f"The outlet of {phrases.counted(unknown, 'document')} was not found."))
    if as_of and until < len(register.rows):
        later = len(register.rows) - until
        said.append(line(f"{later:,} of the documents given were published after this date, or have none."))
    return said


def counts_line(brief: Brief, register: Register) -> str:
    """What the brief was made from, in one paragraph."""
    until = brief.counts.documents
    return counts_told(brief.counts, register.outlets(until), register.period(until))


def rest_of(case: Case, made: Ledger, gaps: Sequence[Gap]) -> Rest:
    """The sections that compare many statements, of a ledger that holds the statements it weighs, and its gaps. Takes
    seconds."""
    register = Register(listed(case))
    wanted = {s.document for s in made.statements} | {d for e in made.events for d in e.documents}
    documents = [row.document for row in register.rows if row.id in wanted]  # without their texts, which are large
    letters = Letters(register, register.until(made.as_of))
    brief = make_brief(
        made,
        documents,
        gaps=gaps,
        handling=Handling.PROTECTED,
        letters=letters,
        citing=False,
    )
    sections = ("ahead", "recent", "disagreements", "fits", "moves", "contacts", "promises", "facts")
    cut = replace(brief, **{name: getattr(brief, name)[:MOST] for name in sections})
    fits = tuple(replace(f, groups=tuple(g[:MOST_LABELS] for g in f.groups[:MOST])) for f in cut.fits)
    disagreements = tuple(replace(d, one=d.one[:MOST_LABELS], other=d.other[:MOST_LABELS]) for d in cut.disagreements)
    cut = replace(cut, fits=fits, disagreements=disagreements, sources=(), weak_points=(), rows=(), paragraphs=())
    needed = {label for d in disagreements for side in (d.one, d.other) for label in side[:MOST_QUOTED]}
    needed |= {label for each in (*cut.ahead, *cut.recent) for label in each.cites if _letter(label).endswith("e")}
    used = {_letter(label).removesuffix("e") for label in needed}
    cited = [case.document(d.id) for d in documents if letters[d.id] in used]
    names = labels.labels_of(made.statements, letters)
    citations = labels.citations(made, cited, names, dict(made.reviews), letters, needed)
    used = {c.letter for c in citations}
    gone = {d.supersedes for d in documents}
    superseded = {d.id for d in cited if d.id in gone or d.identity in gone}
    sources = tuple(replace(s, superseded=s.document in superseded) for s in brief.sources if s.letter in used)
    cut = replace(cut, citations=citations, sources=sources)
    return Rest(cut, {name: len(getattr(brief, name)) for name in sections})


def _letter(label: str) -> str:
    """What stands before the number of a label."""
    return label.rstrip("0123456789")
