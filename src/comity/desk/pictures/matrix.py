"""Who stands where, as a picture: one row an issue, one column a party, firmness as a mark and in a word."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import altair as alt

from comity.desk.parts import matrix as parts
from comity.desk.parts.phrases import ACTS, FIRMNESS, OUTLOOK, PROVENANCE, REVIEWS, STATES, clip, counted
from comity.desk.parts.values import Entry, Row
from comity.desk.pictures.drawing import as_dict, data
from comity.desk.pictures.marks import INK, PAPER, SOFT
from comity.desk.pictures.values import Cell, Picture, Table
from comity.words import Firmness, Ledger

COLUMNS = (
    "issue", "state", "mark of state", "party", "act", "firmness", "on whose word", "words", "since", "origins",
    "review", "statements",
)  # fmt: skip
_MARKS = {Firmness.FIRM: "square", Firmness.CONDITIONAL: "diamond", Firmness.SOFT: "circle"}
_FORECAST = "forecast by others"
_CELL_WIDTH, _CELL_HEIGHT = 150, 44


def matrix(ledger: Ledger, *, issues: Collection[str] = (), parties: Collection[str] = ()) -> Picture:
    """Positions of a ledger by issue and party, with the state of each issue.

    Parameters
    ----------
    ledger
        As of the picture's date.
    issues, parties
        Ids to keep; all where empty.

    Returns
    -------
    Picture
        A filled square is firm, a diamond conditional, a circle soft; a hollow triangle is a forecast by others, which
        is no position. The words beside each mark say the same. Its table has one row a position or forecast.
    """
    labels = {s.id: s.id for s in ledger.statements}
    columns = [c for c in parts.columns(ledger) if not parties or c.id in parties]
    rows = [r for r in parts.rows(ledger, labels) if not issues or r.issue in issues]
    kept = {c.id: c.name for c in columns}
    marks = [
        m
        for row in rows
        for cell in row.cells
        if cell.party in kept
        for m in _cell(row, cell.entries, kept[cell.party])
    ]
    table = tuple(
        _record(row, entry, kept[cell.party])
        for row in rows
        for cell in row.cells
        if cell.party in kept
        for entry in cell.entries
    )
    return Picture(
        name="matrix",
        title=ledger.agenda.title or "Who stands where",
        description=f"Matrix of {counted(len(rows), 'issue')} and {counted(len(columns), 'party', 'parties')}: "
        f"{counted(sum(1 for row in table if row[5] != _FORECAST), 'position')}; the table says the same in words.",
        spec=_spec(ledger.agenda.title, rows, list(kept.values()), marks),
        table=Table(COLUMNS, table),
        notes=("An empty cell means that nothing is reported, not that the party is flexible.",),
    )


def _cell(row: Row, entries: tuple[Entry, ...], party: str) -> list[dict[str, Any]]:
    """The mark of the leading entry; how many more stand behind it is told in the words."""
    if not entries:
        return []
    first = entries[0]
    firm = FIRMNESS[first.firmness] if first.firmness else _FORECAST
    act = ACTS[first.act] if first.act else ""
    more = f" +{len(entries) - 1}" if len(entries) > 1 else ""
    source = PROVENANCE[first.provenance] if first.provenance else OUTLOOK
    return [
        {
            "row": row.issue,
            "party": party,
            "kind": firm,
            "label": f"{act}, {firm}{more}" if act else f"forecast{more}",
            "text": clip(source if first.provenance else "by others, no position", 26),
            "tip": f"{row.name} · {party}: {firm}; {source}; {REVIEWS[first.review]}. “{clip(first.summary, 160)}”",
            "statement": first.cites[0] if first.cites else "",
        }
    ]


def _record(row: Row, entry: Entry, party: str) -> tuple[Cell, ...]:
    return (
        row.name,
        STATES[row.state],
        row.mark,
        party,
        ACTS[entry.act] if entry.act else "",
        FIRMNESS[entry.firmness] if entry.firmness else _FORECAST,
        PROVENANCE[entry.provenance] if entry.provenance else OUTLOOK,
        entry.summary,
        entry.since.isoformat() if entry.since else "",
        entry.origins,
        REVIEWS[entry.review],
        " ".join(entry.cites),
    )


def _spec(title: str, rows: list[Row], parties: list[str], marks: list[dict[str, Any]]) -> dict[str, Any]:
    states = [
        {
            "row": r.issue,
            "label": clip(r.name, 34),
            "text": clip(f"{STATES[r.state]}{f', {r.mark}' if r.mark else ''}", 40),
        }
        for r in rows
    ]
    y = alt.Y("row:N", sort=None, axis=None, scale=alt.Scale(domain=[r.issue for r in rows]))
    axis = alt.Axis(orient="top", labelAngle=0, labelLimit=_CELL_WIDTH - 8, labelAlign="left", grid=False, domain=False)
    x = alt.X("party:N", sort=None, title=None, scale=alt.Scale(domain=parties, paddingOuter=0), axis=axis)
    heads = alt.Chart(data(states)).encode(y=y)
    kinds = [*(FIRMNESS[f] for f in Firmness), _FORECAST]
    shape = alt.Scale(domain=kinds, range=[*(_MARKS[f] for f in Firmness), "triangle-up"])
    fill = alt.Scale(domain=kinds, range=[INK, SOFT, PAPER, PAPER])
    legend = alt.Legend(title="How firmly")
    body = alt.Chart(data(marks)).encode(y=y, x=x)
    quiet: dict[str, Any] = {"clip": False, "aria": False}
    layers: list[Any] = [
        heads.mark_text(align="right", dy=-7, fontWeight="bold", **quiet).encode(x=alt.value(-12), text="label:N"),
        heads.mark_text(align="right", dy=8, color=SOFT, **quiet).encode(x=alt.value(-12), text="text:N"),
        body.mark_rect(fill=None, stroke="#d1d5db", aria=False),
    ]
    if marks:
        left = -_CELL_WIDTH / 2
        layers += [
            body.mark_point(size=110, strokeWidth=1.5, fillOpacity=1, strokeOpacity=1, xOffset=left + 16).encode(
                shape=alt.Shape("kind:N", scale=shape, legend=legend),
                fill=alt.Fill("kind:N", scale=fill, legend=legend),
                stroke=alt.Stroke("kind:N", scale=alt.Scale(domain=kinds, range=[INK for _ in kinds]), legend=legend),
                tooltip="tip:N",
                description="tip:N",
            ),
            body.mark_text(align="left", dx=left + 30, dy=-7, aria=False).encode(text="label:N"),
            body.mark_text(align="left", dx=left + 30, dy=8, color=SOFT, aria=False).encode(text="text:N"),
        ]
    named = [layer.properties(name=f"layer_{n}") for n, layer in enumerate(layers)]
    size = {"width": max(1, len(parties)) * _CELL_WIDTH, "height": max(1, len(rows)) * _CELL_HEIGHT}
    chart = alt.layer(*named).properties(
        **size, padding=8, title=alt.TitleParams(title or "Who stands where", offset=12)
    )
    return as_dict(chart)
