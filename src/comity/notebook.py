"""How values look in a notebook: a ledger as its matrix, a network as its table. Plain HTML, no script, no style sheet.

Nothing here changes a value: a `NotebookLedger` is a `Ledger` and equal to one that holds the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from comity.words import Ledger, Review

if TYPE_CHECKING:  # the desk takes a second to load
    from comity.study import Network

MOST_TIES = 200
"""Rows of a network shown at once."""


@dataclasses.dataclass(frozen=True, eq=False)
class NotebookLedger(Ledger):
    """A ledger that shows its matrix in a notebook."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ledger) and _fields(self, Ledger) == _fields(other, Ledger)

    def __hash__(self) -> int:
        return hash(_fields(self, Ledger))

    def _repr_html_(self) -> str:
        return ledger_html(self)


def shown(ledger: Ledger) -> NotebookLedger:
    """The same ledger, to be shown in a notebook.

    >>> from comity.words import Agenda
    >>> ledger = Ledger(Agenda("Talks"), None, ())
    >>> shown(ledger) == ledger, shown(ledger)._repr_html_()[:7]
    (True, '<table>')
    """
    return NotebookLedger(*_fields(ledger, Ledger))


def _fields(value: Any, of: type) -> tuple[Any, ...]:
    return tuple(getattr(value, field.name) for field in dataclasses.fields(of))


def ledger_html(ledger: Ledger) -> str:
    """The matrix of a ledger as an HTML table: a row an issue, a column a party; marks and words, not colours.

    Words in quotation marks are the documents' own. Hovering over one names the statements it rests on.
    """
    from comity.desk.parts import matrix, phrases
    from comity.desk.parts.values import quotes_of
    from comity.desk.report.outline import FIRMNESS, LEGEND, OUTLOOK, PROVENANCE, REVIEWED, UNREVIEWED

    ids = {s.id: s.id for s in ledger.statements}
    columns, rows = matrix.columns(ledger), matrix.rows(ledger, ids)
    known = {s.id for s in ledger.statements}
    reviewed = sum(review is not Review.UNREVIEWED for id_, review in ledger.reviews if id_ in known)
    as_of = f"as of {ledger.as_of}" if ledger.as_of else "of all documents"
    title = f"{ledger.agenda.title or 'State of play'}, {as_of}"
    counts = f"{phrases.counted(len(known), 'statement')}, {reviewed} reviewed by a person"
    body = []
    for row in rows:
        cells = []
        for cell in row.cells:
            entries = []
            for e in cell.entries:
                marks = OUTLOOK
                if e.firmness is not None and e.provenance is not None:
                    marks = f"{FIRMNESS[e.firmness]}{PROVENANCE[e.provenance]}"
                seen = UNREVIEWED if e.review is Review.UNREVIEWED else REVIEWED
                words = "; ".join(f"“{escape(q)}”" for q in quotes_of(e.summary)[:2])
                rests = escape(", ".join(e.cites), quote=True)
                entries.append(f'<span title="{rests}">{marks}{seen} {words}</span>')
            cells.append("<br>".join(entries) or "–")
        mark = f", {row.mark}" if row.mark else ""
        state = escape(f"{phrases.STATES[row.state]}{mark}")
        body.append(_row("td", [f"<b>{escape(row.name)}</b>", *cells, state]))
    head = _row("th", ["Issue", *(escape(c.name) for c in columns), "State"])
    return (
        f"<table><caption>{escape(title)}. {escape(counts)}.<br><small>{escape(LEGEND)}</small></caption>"
        f"<thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"
    )


def network_html(network: Network) -> str:
    """The ties of a network as an HTML table, strongest first."""
    ties = sorted(network.ties(), key=lambda tie: (-abs(tie[2]), tie[0], tie[1]))
    rows = [(escape(a), escape(b), f"{value:g}") for a, b, value in ties[:MOST_TIES]]
    rest = f"; {len(ties) - MOST_TIES} more" if len(ties) > MOST_TIES else ""
    caption = f"{network.mode.value}, {network.aggregation.value}, normalisation {network.normalisation.value}{rest}"
    return table_html(("one", "other", "value"), rows, caption)


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """A plain HTML table; cells are HTML already."""
    body = "".join(_row("td", row) for row in rows)
    title = f"<caption>{escape(caption)}</caption>"
    return f"<table>{title}<thead>{_row('th', head)}</thead><tbody>{body}</tbody></table>"


def _row(tag: str, cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"
