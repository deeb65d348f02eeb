"""Numbers that parties put forward on one issue, as lines in time, and the distance between them as it narrows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import altair as alt

from comity.desk.parts.phrases import counted, long_date, number, sentence_case, units
from comity.desk.pictures.drawing import as_dict, data
from comity.desk.pictures.marks import INK, PAPER, SOFT, dashes, party_names, shapes
from comity.desk.pictures.values import Cell, Picture, Spec, Table
from comity.words import Gap, Ledger

_WIDTH, _HEIGHT = 640, 180
_X = alt.Scale(type="utc", nice=False, padding=14)
_AXIS = alt.Axis(grid=True, labelOverlap=True, format="%-d %b %Y", tickCount=7, tickMinStep=86_400_000)
_AMOUNTS = alt.Axis(format=",~f", labelOverlap=True)
COLUMNS = ("issue", "unit", "of", "date", "party", "low", "high", "distance after it", "statement")

Row = dict[str, Any]


def gap(ledger: Ledger, gaps: Sequence[Gap], *, issues: Collection[str] = ()) -> Picture:
    """The numbers of every issue on which two or more parties gave one in the same unit.

    Parameters
    ----------
    ledger
        As of the picture's date; names parties and issues.
    gaps
        What `comity.ledger.gaps` gives.
    issues
        Ids to keep; all where empty.

    Returns
    -------
    Picture
        One panel a gap. Each party has its dash and shape; a bar joins the nearest ends of the newest ranges and says
        how far apart they are. Undated numbers are in the table only.
    """
    names = {i.id: i.name for i in ledger.agenda.issues}
    parties = party_names(ledger)
    shown = [g for g in gaps if not issues or g.issue in issues]
    panels = [p for g in shown if (p := _panel(g, names, parties, ledger.as_of)) is not None]
    undated = sum(point.on is None for g in shown for point in g.points)
    notes = (
        [f"{counted(undated, 'number')} without a date {'is' if undated == 1 else 'are'} in the table only."]
        if undated
        else []
    )
    return Picture(
        name="gap",
        title="Numbers put forward",
        description=_description(shown, names),
        spec=_spec(panels),
        table=Table(COLUMNS, tuple(row for g in shown for row in _table(g, names, parties))),
        notes=tuple(notes),
    )


def _table(g: Gap, names: dict[str, str], parties: dict[str, str]) -> list[tuple[Cell, ...]]:
    after = dict(g.widths)
    rows: list[tuple[Cell, ...]] = []
    for n, point in enumerate(g.points):
        last_of_day = n + 1 == len(g.points) or g.points[n + 1].on != point.on
        width = after.get(point.on) if last_of_day else None
        day = point.on.isoformat() if point.on else ""
        party = parties.get(point.party, point.party)
        rows.append(
            (names.get(g.issue, g.issue), g.unit, g.of, day, party, point.low, point.high, width, point.statement)
        )
    return rows


def _panel(g: Gap, names: dict[str, str], parties: dict[str, str], as_of: date | None) -> Any:
    dated = [p for p in g.points if p.on is not None]
    if not dated:
        return None
    unit = _unit(g)
    end = max([*(p.on for p in dated if p.on), *([as_of] if as_of else [])])
    used = [p for p in parties if any(point.party == p for point in dated)]
    used += sorted({p.party for p in dated} - set(used))
    called = [parties.get(p, p) for p in used]
    lines, points = [], []
    for party in used:
        own = [p for p in dated if p.party == party]
        for p in own:
            row = _row(p.on, p.low, p.high, parties.get(party, party))
            lines.append(row)
            amount = number(p.low) if p.low == p.high else f"{number(p.low)} to {number(p.high)}"
            tip = f"{parties.get(party, party)}: {amount} {unit}, {long_date(p.on) if p.on else ''}"
            points.append({**row, "tip": tip, "statement": p.statement})
        if own[-1].on and own[-1].on < end:
            lines.append(_row(end, own[-1].low, own[-1].high, parties.get(party, party)))
    forms, strokes = shapes(parties.values()), dashes(parties.values())
    shape = alt.Scale(domain=called, range=[forms.get(c, "circle") for c in called])
    dash = alt.Scale(domain=called, range=[strokes.get(c, [1, 0]) for c in called])
    x = alt.X("date:T", scale=_X, title=None, axis=_AXIS)
    y_scale = alt.Scale(zero=False, padding=16)
    y = alt.Y("middle:Q", scale=y_scale, title=unit, axis=_AMOUNTS)
    drawn = alt.Chart(data(lines))
    layers: list[Any] = [
        drawn.mark_area(interpolate="step-after", fill=INK, fillOpacity=0.12, aria=False).encode(
            x=x, y=alt.Y("low:Q", scale=y_scale, title=unit, axis=_AMOUNTS), y2="high:Q", detail="party:N"
        ),
        drawn.mark_line(interpolate="step-after", stroke=INK, aria=False).encode(
            x=x, y=y, strokeDash=alt.StrokeDash("party:N", scale=dash, title="Party")
        ),
        alt.Chart(data(points))
        .mark_point(filled=True, color=INK, size=70, stroke=PAPER, strokeWidth=0.6)
        .encode(x=x, y=y, shape=alt.Shape("party:N", scale=shape, title="Party"), tooltip="tip:N", description="tip:N"),
    ]
    spans = _spans(g, as_of)
    if spans:
        chart = alt.Chart(data(spans))
        layers += [
            chart.mark_rule(stroke=SOFT, strokeWidth=3, opacity=0.7, aria=False).encode(
                x=x, y=alt.Y("bottom:Q", scale=y_scale, title=unit, axis=_AMOUNTS), y2="top:Q"
            ),
            chart.mark_text(align="left", dx=6, baseline="middle", color=SOFT, aria=False).encode(
                x=x, y=alt.Y("halfway:Q", scale=y_scale, title=unit, axis=_AMOUNTS), text="label:N"
            ),
        ]
    title = alt.TitleParams(names.get(g.issue, g.issue), subtitle=_state(g))
    return alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT, title=title)


def _unit(g: Gap) -> str:
    """What the numbers count, in the plural."""
    if not g.unit:
        return g.of or "number"
    return units(2, f"{g.unit} of {g.of}" if g.of else g.unit).partition(" ")[2]


def _row(day: date | None, low: float, high: float, party: str) -> Row:
    when = day.isoformat() if day else ""
    return {"date": when, "low": low, "high": high, "middle": (low + high) / 2, "party": party}


def _spans(g: Gap, as_of: date | None) -> list[Row]:
    """After each day on which the distance changed: from where to where it reaches, and how far that is."""
    newest: dict[str, tuple[float, float]] = {}
    changed = {day for day, _ in g.widths if day}
    found: dict[str, Row] = {}
    for n, point in enumerate(g.points):
        newest[point.party] = (point.low, point.high)
        if n + 1 < len(g.points) and g.points[n + 1].on == point.on:
            continue
        if point.on not in changed or point.on is None or len(newest) < 2:
            continue
        bottom, top = min(high for _, high in newest.values()), max(low for low, _ in newest.values())
        label = f"{number(top - bottom)} apart" if top > bottom else "they meet"
        middle = (top + bottom) / 2
        found[point.on.isoformat()] = {
            "date": point.on.isoformat(),
            "bottom": bottom if top > bottom else middle,
            "top": top if top > bottom else middle,
            "halfway": middle,
            "label": label,
        }
    return list(found.values())


def _state(g: Gap) -> str:
    if g.width == 0:
        return "The newest numbers meet"
    apart = f"{units(g.width, g.unit) if g.unit else number(g.width)} apart"
    return sentence_case(f"{apart}, narrowing" if g.narrowing else apart)


def _description(shown: Sequence[Gap], names: dict[str, str]) -> str:
    if not shown:
        return "On no issue did two parties give a number in the same unit."
    told = "; ".join(f"{names.get(g.issue, g.issue)}: {_state(g).lower()}" for g in shown)
    return f"Numbers put forward in time. {told}."


def _spec(panels: list[Any]) -> Spec:
    if not panels:
        empty = alt.Chart(data([{"label": "No issue has numbers of two parties in one unit"}]))
        return as_dict(empty.mark_text(align="left").encode(text="label:N", x=alt.value(0)).properties(name="empty"))
    chart = alt.vconcat(*panels, spacing=28) if len(panels) > 1 else panels[0]
    return as_dict(chart.properties(padding=8))
