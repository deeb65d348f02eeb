"""One issue's dossier: its state, who stands where, all that was said of it in order, where it is disputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from comity.desk.parts import phrases
from comity.desk.parts.values import Brief, Counts, Line, Words, line
from comity.desk.report.outline import (
    Block,
    Heading,
    Items,
    Matrix,
    MatrixRow,
    Para,
    Passages,
    Sides,
    Slots,
    cited,
    outline,
)
from comity.desk.report.wording import credit
from comity.words import AUTHOR, InputError, Issue, Ledger, Mode, Review, Statement, dumps, to_json

FORMATS = ("term", "md", "json", "docx", "pdf")


@dataclass(frozen=True)
class Dossier:
    """An issue with its part of the brief, and its statements in the order they were said."""

    issue: Issue
    brief: Brief
    statements: tuple[Statement, ...]


def dossier(brief: Brief, made: Ledger, issue_id: str) -> Dossier:
    """The dossier of one issue, from the brief and the ledger it was made of. Raises InputError if there is no such.

    Statements are in order of the day they were said, as late as that may be (where it is not known, of publication),
    then of the documents. One told again comes after the first telling.
    """
    issue = next((i for i in made.agenda.issues if i.id == issue_id), None)
    if issue is None:
        known = ", ".join(i.id for i in made.agenda.issues)
        raise InputError(f"no issue is called {issue_id!r}", hint=f"there are {known}")
    rank = {s.document: (s.published, number) for number, s in enumerate(brief.sources)}
    spoken = [s for s in made.statements if issue_id in (s.issue, *s.also_issues) and s.document in rank]

    def when(s: Statement) -> tuple[str, int, int]:
        day = s.said.latest or s.said.earliest or rank[s.document][0]
        return (str(day or "9999"), rank[s.document][1], s.passage.start)

    statements = tuple(sorted(spoken, key=when))
    ids = {s.id for s in statements}
    labels = {c.label for c in brief.citations if c.statement in ids}

    def about(cites: Iterable[str]) -> bool:
        return not labels.isdisjoint(cites)

    mine = replace(
        brief,
        title=f"{issue.name}: dossier",
        bottom_line=(),
        rows=tuple(r for r in brief.rows if r.issue == issue_id),
        shifts=tuple(s for s in brief.shifts if s.issue == issue_id),
        ahead=tuple(d for d in brief.ahead if about(d.cites)),
        recent=tuple(d for d in brief.recent if about(d.cites)),
        disagreements=tuple(
            replace(d, number=n)
            for n, d in enumerate(
                (d for d in brief.disagreements if d.issue == issue_id or about((*d.one, *d.other))), 1
            )
        ),
        fits=(),
        distances=tuple(d for d in brief.distances if d.issue == issue_id),
        moves=tuple(m for m in brief.moves if about(m.cites)),
        contacts=tuple(k for k in brief.contacts if about(k.cites)),
        promises=tuple(p for p in brief.promises if p.issue == issue_id),
        facts=tuple(f for f in brief.facts if about(f.cites)),
        weak_points=(),
        paragraphs=(),
        counts=_counts(brief, statements),
    )
    letters = {c.letter for c in cited(mine)} | {c.letter for c in brief.citations if c.label in labels}
    mine = replace(mine, sources=tuple(s for s in brief.sources if s.letter in letters))
    return Dossier(issue, mine, statements)


def _counts(brief: Brief, statements: Sequence[Statement]) -> Counts:
    seen = {c.statement: c.review for c in brief.citations}
    own = [s for s in statements if s.mode in (Mode.AUTHOR, Mode.REPORTED_STANCE) or s.speaker == AUTHOR]
    return replace(
        brief.counts,
        documents=len({s.document for s in statements}),
        statements=len(statements),
        attributed=len(statements) - len(own),
        quoted=sum(s.mode in (Mode.DIRECT, Mode.MIXED) for s in statements),
        reporters=len(own),
        stances=sum(s.mode is Mode.REPORTED_STANCE for s in statements),
        reviewed=sum(seen.get(s.id, Review.UNREVIEWED) is not Review.UNREVIEWED for s in statements),
    )


def blocks(made: Dossier) -> tuple[Block, ...]:
    """The blocks of a dossier, with its citations numbered in the order they come."""
    brief = made.brief
    given = list(outline(brief))
    end = next(n for n, b in enumerate(given) if isinstance(b, Heading) and b.text == "Passages cited")
    needless = _needless(given)
    body = [b for n, b in enumerate(given[:end]) if n not in needless]
    if made.issue.description:
        body.insert(2, Para(line(made.issue.description)))
    history: list[Block] = [Heading("What was said, in order"), Items(tuple(_history(made)))]
    history = history if made.statements else []
    sources = next((n for n, b in enumerate(body) if isinstance(b, Heading) and b.text == phrases.SECTIONS["sources"]),
                   len(body))  # fmt: skip
    return numbered([*body[:sources], *history, *body[sources:], given[-1]], brief)


def _needless(given: Sequence[Block]) -> set[int]:
    """Places of what says nothing of one issue: the tally of issues, a section that says only that there is no date."""
    found = set()
    for n, block in enumerate(given[:-1]):
        following = given[n + 1]
        if isinstance(block, Matrix) and isinstance(following, Items):
            found.add(n + 1)
        if isinstance(block, Heading) and block.text == phrases.SECTIONS["dates"] and isinstance(following, Para):
            found |= {n, n + 1}
    return found


def _history(made: Dossier) -> Iterator[Line]:
    by_statement = {c.statement: c for c in made.brief.citations}
    published = {s.document: s.published for s in made.brief.sources}
    for s in made.statements:
        citation = by_statement.get(s.id)
        if citation is None:
            continue
        day = s.said.latest or s.said.earliest or published.get(s.document)
        when = phrases.short_date(day) if day else "date not found"
        again = f" (told again; first as {_first(made, s)})" if s.same_utterance_as else ""
        whose = f" for {s.holder}" if s.holder and s.holder != s.speaker else ""
        act = phrases.ACTS[s.act]
        words = (
            Words(f"{when}: ", name=True),
            Words(f"{citation.speaker}{whose}, {act}: "),
            Words(phrases.clip(phrases.bare(s.passage.quote), 240), quoted=True),
            Words(again),
        )
        yield Line(tuple(w for w in words if w.text), (citation.label,))


def _first(made: Dossier, statement: Statement) -> str:
    found = next((c.label for c in made.brief.citations if c.statement == statement.same_utterance_as), None)
    return found or "another statement"


def numbered(given: Sequence[Block], brief: Brief) -> tuple[Block, ...]:
    """The blocks with their labels as numbers, from 1 in the order they come, and the passages before the last block.

    Each passage keeps its label beside its number: other reports of the same case name it so.
    """
    numbers: dict[str, str] = {}

    def of(one: Line) -> Line:
        for label in one.cites:
            numbers.setdefault(label, str(len(numbers) + 1))
        return Line(one.words, tuple(numbers[label] for label in one.cites))

    def each(lines: Iterable[Line]) -> tuple[Line, ...]:
        return tuple(of(one) for one in lines)

    out: list[Block] = []
    for block in given:
        if isinstance(block, Para):
            out.append(replace(block, line=of(block.line)))
        elif isinstance(block, Items):
            out.append(Items(each(block.lines)))
        elif isinstance(block, Matrix):
            rows = []
            for row in block.rows:
                cells = tuple(each(cell) for cell in row.cells)
                rows.append(MatrixRow(row.issue, each(row.state), cells))
            out.append(Matrix(block.head, tuple(rows)))
        elif isinstance(block, Sides):
            out.append(Sides(block.title, each(block.one), each(block.other)))
        elif isinstance(block, Slots):
            out.append(replace(block, line=of(block.line)))
        else:
            out.append(block)
    by_label = {c.label: c for c in brief.citations}
    rows_ = tuple(
        (number, by_label[label].quote, f"{label}; {credit(by_label[label], brief)}")
        for label, number in numbers.items()
        if label in by_label
    )
    if rows_:
        out[-1:-1] = [Heading("Passages cited"), Passages(rows_)]
    return tuple(out)


def written(brief: Brief, given: Sequence[Block], format_: str) -> str | bytes:
    """Blocks in a format: ``term``, ``md``, ``docx`` or ``pdf``, as the brief looks in it. Raises InputError."""
    if format_ == "docx":
        from comity.desk.report import docx

        return docx.render(brief, given)
    if format_ == "pdf":
        from comity.desk.report import pdf

        return pdf.render(brief, given)
    if format_ == "md":
        from comity.desk.report import markdown

        return markdown.render(brief, given)
    if format_ == "term":
        from comity.desk.report import term

        return term.render(brief, blocks=given)
    raise InputError(f"no format is called {format_!r}", hint=f"use {', '.join(FORMATS)}")


def as_json(made: Dossier) -> str:
    """The dossier as JSON: the issue, its part of the brief, its statements in order."""
    return dumps({"comity_dossier": 1, **to_json(made)}, indent=1) + "\n"
