"""The brief as a sequence of blocks: what the formats without a page of their own have in common.

Markdown, DOCX, PDF and the terminal each show these blocks in their way; what is said, and in which order, is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from comity.desk.parts import phrases
from comity.desk.parts.values import Brief, Citation, Dated, Entry, Fit, Line, Promise, Row, Words, line
from comity.desk.report.wording import counts_line, credit, tally
from comity.words import ChangeKind, Firmness, Handling, Provenance, Review

FIRMNESS = {Firmness.FIRM: "●", Firmness.CONDITIONAL: "◐", Firmness.SOFT: "○"}
OUTLOOK = "◌"
PROVENANCE = {Provenance.OWN_WORDS: "❝", Provenance.PARAPHRASE: "≈", Provenance.REPORTER: "✎"}
CROWD = 6
"""Parties that a printed table has room for."""
MOST_QUOTED = 3
"""Passages quoted on one side of a disagreement; the labels of the others follow."""
UNREVIEWED, REVIEWED = "☐", "☑"

LEGEND = (
    f"{FIRMNESS[Firmness.FIRM]} firm, {FIRMNESS[Firmness.CONDITIONAL]} conditional, {FIRMNESS[Firmness.SOFT]} soft, "
    f"{OUTLOOK} forecast or guess by others (not the party’s position). "
    f"{PROVENANCE[Provenance.OWN_WORDS]} own words, {PROVENANCE[Provenance.PARAPHRASE]} paraphrase, "
    f"{PROVENANCE[Provenance.REPORTER]} a reporter’s account. "
    f"{UNREVIEWED} proposed by a machine and reviewed by no person, {REVIEWED} reviewed. "
    "– nothing in the sources. Words in quotation marks are the documents’ exact words."
)


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True)
class Para:
    """A paragraph; `kind` is "lede", "note", "analyst" or empty. `by` says whose words an analyst's are."""

    line: Line
    kind: str = ""
    by: str = ""


@dataclass(frozen=True)
class Items:
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Matrix:
    """Issues by parties; a cell is a tuple of lines, empty for silence."""

    head: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class MatrixRow:
    issue: str
    state: tuple[Line, ...]
    cells: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Sides:
    """A disagreement: a title and the quotations of both sides."""

    title: str
    one: tuple[Line, ...]
    other: tuple[Line, ...]


@dataclass(frozen=True)
class Slots:
    """A promise under negotiation: what is promised, the slots that are reported, the names of the others."""

    line: Line
    slots: tuple[tuple[str, str], ...]
    unstated: tuple[str, ...]


@dataclass(frozen=True)
class Passages:
    """The passages cited: label, quotation, and whose words they are, for notes at the end."""

    rows: tuple[tuple[str, str, str], ...] = field(default=())


Block = Heading | Para | Items | Matrix | Sides | Slots | Passages


def dateline(brief: Brief) -> str:
    """What day the brief speaks of, and how it may be handled."""
    text = f"As of {phrases.long_date(brief.as_of)}" if brief.as_of else "No date"
    if brief.since:
        text += f", compared with {phrases.long_date(brief.since)}"
    if brief.handling is not Handling.PUBLIC:
        text += f". Handling: {brief.handling.value.upper()}"
    return text


def running_head(brief: Brief) -> tuple[str, str]:
    """What stands at the head of every printed page: what it is, and how it may be handled, with the export's id."""
    title = phrases.clip(brief.title, 80)
    what = f"{title} · {phrases.long_date(brief.as_of)}" if brief.as_of else title
    id_ = dict(brief.made_by).get("Export")
    label = f"Handling: {brief.handling.value.upper()}"
    return what, f"{label} · Export {id_}" if id_ else label


def outline(brief: Brief) -> Iterator[Block]:
    """The blocks of a brief, in order."""
    yield Heading(brief.title, 1)
    yield Para(line(dateline(brief)), "note")
    yield Para(line(counts_line(brief)))
    yield from _section(brief, "bottom-line", [Para(one, "lede") for one in brief.bottom_line])
    yield from _section(brief, "matrix", [Para(line(LEGEND), "note"), *_matrix_blocks(brief), *_tally(brief)])
    yield from _section(brief, "changes", _changes(brief))
    yield from _section(brief, "dates", _dates(brief))
    yield from _section(brief, "disagreements", _disagreements(brief))
    note = "On stated positions only. Nothing here is a proposal."
    yield from _section(brief, "moves", [Para(line(note), "note"), *_items(brief.moves)] if brief.moves else [])
    yield from _section(brief, "channels", _items(_contact_lines(brief)))
    yield from _section(brief, "terms", [Slots(_term(brief, t), t.stated, t.unstated) for t in brief.promises])
    yield from _section(brief, "facts", _items(brief.facts))
    yield from _section(brief, "weak-points", _items(brief.weak_points))
    yield from _section(brief, "sources", _items(_source_lines(brief)))
    yield Heading("Passages cited")
    yield Passages(tuple((c.label, c.quote, credit(c, brief)) for c in cited(brief)))
    yield Para(line(" · ".join(f"{name} {value}" for name, value in brief.made_by)), "note")


def cited(brief: Brief) -> tuple[Citation, ...]:
    """The passages that the brief points to, in the order of their labels."""
    used = set(_labels(brief))
    return tuple(c for c in brief.citations if c.label in used)


def _labels(brief: Brief) -> Iterator[str]:
    lines: list[Line] = [*brief.bottom_line, *brief.moves, *brief.facts, *brief.weak_points]
    for one in lines:
        yield from one.cites
    for row in brief.rows:
        yield from row.cites
        for cell in row.cells:
            for entry in cell.entries:
                yield from (*entry.cites, *entry.qualified_by)
    for group in (brief.shifts, brief.ahead, brief.recent, brief.contacts, brief.promises):
        for item in group:
            yield from item.cites
    for fit in brief.fits:
        for labels in fit.groups:
            yield from labels
    for tension in brief.disagreements:
        yield from (*tension.one, *tension.other)


def _section(brief: Brief, name: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """A heading, its blocks and the analyst's own paragraphs; nothing at all where there is nothing to say."""
    said = list(blocks)
    said += [Para(line(p.text), "analyst", p.coder) for p in brief.paragraphs if p.section == name]
    if said:
        yield Heading(phrases.SECTIONS[name])
        yield from said


def _items(lines: Iterable[Line]) -> list[Block]:
    said = tuple(lines)
    return [Items(said)] if said else []


def _matrix_blocks(brief: Brief) -> list[Block]:
    """A table; with more parties than a page is wide, a list of parties below each issue."""
    matrix = _matrix(brief)
    if len(brief.columns) <= CROWD:
        return [matrix]
    blocks: list[Block] = []
    for row in matrix.rows:
        blocks += [Heading(row.issue, 3), Items(row.state)]
        said = [
            Line((Words(f"{name}: ", name=True), *one.words), one.cites)
            for name, cell in zip(matrix.head[1:-1], row.cells, strict=True)
            for one in cell
        ]
        blocks += _items(said)
        silent = [name for name, cell in zip(matrix.head[1:-1], row.cells, strict=True) if not cell]
        if silent:
            blocks.append(Para(line(f"Nothing in the sources: {phrases.listing(silent)}."), "note"))
    return blocks


def _matrix(brief: Brief) -> Matrix:
    return Matrix(
        head=("Issue", *(c.name for c in brief.columns), "State"),
        rows=tuple(
            MatrixRow(
                row.name,
                (_state(row),),
                tuple(tuple(_entry(e) for e in cell.entries) for cell in row.cells),
            )
            for row in brief.rows
        ),
    )


def _state(row: Row) -> Line:
    mark = "" if not row.mark else f" {row.mark}" if row.mark.startswith("on ") else f", {row.mark}"
    if not row.cites:
        return line(f"{phrases.STATES[row.state]}{mark}")
    seen = UNREVIEWED if row.review is Review.UNREVIEWED else REVIEWED
    return Line((Words(phrases.STATES[row.state], name=True), Words(f"{mark} {seen}")), row.cites[:4])


def _entry(e: Entry) -> Line:
    seen = UNREVIEWED if e.review is Review.UNREVIEWED else REVIEWED
    marks = OUTLOOK
    if e.firmness is not None and e.provenance is not None:
        marks = f"{FIRMNESS[e.firmness]}{PROVENANCE[e.provenance]}"
    words = [Words(f"{marks}{seen} "), *_quotes(e.quotes)]
    if e.qualified_by:
        words.append(Words(f" – but see {', '.join(e.qualified_by[:3])}"))
    if e.marks:
        words.append(Words(f" ({'; '.join(e.marks)})"))
    return Line(tuple(words), e.cites)


def _quotes(quotes: Iterable[str]) -> list[Words]:
    words: list[Words] = []
    for one in quotes:
        words += [Words("; ")] if words else []
        words.append(Words(one, quoted=True))
    return words


def _tally(brief: Brief) -> list[Block]:
    return [Items(tuple(Line((Words(f"{name}: ", name=True), Words(rows or "none"))) for name, rows in tally(brief)))]


def _changes(brief: Brief) -> list[Block]:
    if brief.since is None:
        return []
    if not brief.shifts:
        return [Para(line(f"Since {phrases.long_date(brief.since)} no position is reported to have changed."))]
    lines = []
    for s in brief.shifts:
        on = f", {phrases.short_date(s.on)}" if s.on else ""
        head = Words(f"{phrases.sentence_case(phrases.CHANGES[s.kind])}: ", name=True)
        words = [head, Words(f"{brief.name_of(s.party)} on {brief.name_of(s.issue)}{on}: ")]
        if s.kind is ChangeKind.WITHDRAWN:
            words += [Words("no longer "), *_quotes(s.was)]
        elif s.was:
            words += [Words("was "), *_quotes(s.was), Words(", now "), *_quotes(s.now)]
        else:
            words += _quotes(s.now)
        lines.append(Line(tuple(words), s.cites))
    return [Para(line(f"Since {phrases.long_date(brief.since)}:"), "note"), Items(tuple(lines))]


def _dates(brief: Brief) -> list[Block]:
    blocks: list[Block] = []
    for title, dates in (("Ahead", brief.ahead), ("The two weeks before", brief.recent)):
        if dates:
            blocks += [Heading(title, 3), Items(tuple(_dated(d) for d in dates))]
    return blocks or [Para(line("No date is in the sources."))]


def _dated(d: Dated) -> Line:
    note = f" – {d.note}" if d.note else ""
    return Line((Words(f"{d.when}: ", name=True), Words(f"{d.what} ({d.status}){note}")), d.cites)


def _disagreements(brief: Brief) -> list[Block]:
    by_label = {c.label: c for c in brief.citations}

    def side(labels: tuple[str, ...]) -> tuple[Line, ...]:
        shown = [
            Line(
                (Words(phrases.clip(phrases.bare(c.quote), 240), quoted=True), Words(f" – {credit(c, brief)}")),
                (label,),
            )
            for label in labels[:MOST_QUOTED]
            for c in (by_label[label],)
        ]
        if labels[MOST_QUOTED:]:
            shown.append(Line((Words("also"),), labels[MOST_QUOTED:]))
        return tuple(shown)

    blocks: list[Block] = [
        Sides(
            f"{t.number}. {phrases.TENSIONS[t.kind]}{f' – {brief.name_of(t.issue)}' if t.issue else ''}",
            side(t.one),
            side(t.other),
        )
        for t in brief.disagreements
    ]
    if blocks:
        blocks.insert(0, Para(line("Both sides as the documents have them. Do not average them."), "note"))
    if brief.fits:
        blocks += [Para(line("No contradiction:"), "note"), Items(tuple(fit_line(f) for f in brief.fits))]
    return blocks or [Para(line("No contradiction between statements was found."))]


def fit_line(fit: Fit) -> Line:
    """A kind of agreement with its groups of labels."""
    groups = "; ".join(" = ".join(labels) for labels in fit.groups)
    return line(f"{phrases.RELATIONS[fit.kind]}: {groups}")


def _contact_lines(brief: Brief) -> Iterator[Line]:
    for k in brief.contacts:
        through = f", through {', '.join(k.through)}" if k.through else ""
        words = [Words(" – ".join(k.ends), name=True), Words(f"{through}. Last contact: {k.last}. Next: {k.next}.")]
        if k.awaiting:
            words.append(Words(f" An answer of {k.awaiting} is awaited."))
        if k.precondition:
            words += [Words(" Precondition: "), Words(k.precondition, quoted=True), Words(".")]
        yield Line(tuple(words), k.cites)


def _term(brief: Brief, term: Promise) -> Line:
    about = [Words(f"{brief.name_of(term.issue)}: ", name=True)] if term.issue else []
    return Line((*about, Words(term.summary, quoted=True)), term.cites)


def _source_lines(brief: Brief) -> Iterator[Line]:
    for s in brief.sources:
        when = phrases.short_date(s.published) if s.published else "date not found"
        extra = f"; reprint of {s.reprint_of}" if s.reprint_of else ""
        extra += "; superseded by a corrected text" if s.superseded else ""
        extra += f"; {s.handling.value}" if s.handling is not Handling.PUBLIC else ""
        place = (Words(f"{s.title or s.document}"), Words(". "), Words(s.outlet or "outlet not found"))
        text = (
            f", {when}. {phrases.counted(s.statements, 'statement')}: {s.attributed} attributed ({s.quoted} quoted), "
            f"{s.reporters} the reporter’s own{extra}."
        )
        yield Line((Words(s.letter, name=True), Words(" "), *place, Words(text), Words(f" {s.url}" if s.url else "")))
