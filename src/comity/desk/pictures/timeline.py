"""The timeline: statements by issue and party, events, and what lies ahead, on one axis of days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from comity.desk.parts.phrases import (
    ACTS,
    EVENT_STATUSES,
    bare,
    clip,
    counted,
    listing,
    long_date,
    period,
    sentence_case,
)
from comity.desk.pictures import happenings
from comity.desk.pictures.days import UNITS, start_of
from comity.desk.pictures.drawing import as_dict, data
from comity.desk.pictures.happenings import Told
from comity.desk.pictures.marks import FAINT, INK, OTHERS, PAPER, SOFT, STATUS_SHAPES, shapes, sides_of
from comity.desk.pictures.values import Picture, Rows, Spec, Table
from comity.words import Act, Document, EventStatus, Ledger, LedgerEvent

MOST_MARKS = 1500
"""More marks than this are put together by week, month or year."""
_WIDTH, _STEP, _PARTY = 760, 20, 160
_AHEAD = (EventStatus.PLANNED, EventStatus.AGREED, EventStatus.ONGOING, EventStatus.POSTPONED)
_X = alt.Scale(type="utc", nice=False, padding=14)

_ROOM = 0.25
"""Share of the axis that the name of an event takes."""
_AXIS = alt.Axis(orient="top", grid=True, labelOverlap=True, format="%-d %b %Y", tickCount=7, tickMinStep=86_400_000)

Row = dict[str, Any]


def timeline(
    ledger: Ledger,
    documents: Sequence[Document],
    *,
    issues: Collection[str] = (),
    parties: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
    most: int = MOST_MARKS,
) -> Picture:
    """Statements, events and meetings ahead in time.

    Parameters
    ----------
    ledger
        As of the picture's date; every utterance counts once.
    documents
        Those the ledger was built from: they give the day of publication where no day of saying is known.
    issues, parties
        Ids to keep (`OTHERS` for whatever no party says); all where empty.
    since, until
        First and last day drawn.
    most
        Most marks drawn; beyond it days are put together, and the picture says so.

    Returns
    -------
    Picture
        Its table has one row a statement or event, undated ones too.
    """
    published = {d.id: d.published for d in documents}
    names = {i.id: i.name for i in ledger.agenda.issues}
    sides = sides_of(ledger)
    chosen = [t for t in happenings.told(ledger, published) if _asked(t, names, issues, parties, since, until)]
    known = [t for t in chosen if t.issue in names]
    dated = [t for t in known if t.when is not None]
    shown_events = sorted(in_view(happenings.events(ledger), since, until), key=in_time)
    unit = _unit(dated, most)
    marks = _marks(dated, unit, names, sides)
    rows = rows_of(marks, shown_events)
    outlets = happenings.outlets(documents)
    listed: list[Told | LedgerEvent] = sorted([*chosen, *shown_events], key=in_time)

    def row_of(item: Told | LedgerEvent) -> tuple[str, ...]:
        if isinstance(item, Told):
            return happenings.statement_row(item, names, sides, outlets.get(item.statement.document, ""))
        return happenings.event_row(item, outlets.get(item.documents[0], "") if item.documents else "")

    return Picture(
        name="timeline",
        title=ledger.agenda.title or "Timeline",
        description=described(len(dated), [t.when for t in dated if t.when], len(shown_events)),
        spec=spec_of(ledger.agenda.title, rows, marks, shown_events, sides, _as_of(ledger, documents)),
        table=Table(happenings.COLUMNS, Rows(listed, row_of)),
        notes=notes_of(unit, len(chosen) - len(known), len(known) - len(dated), _vague(shown_events)),
    )


def in_time(item: Told | LedgerEvent) -> tuple[date, int, str]:
    """Where a row of the table stands: by day (undated last), events of a day first."""
    if isinstance(item, Told):
        return (item.when or date.max, 1, item.statement.document)
    return (item.event.latest or item.event.earliest or date.max, 0, item.documents[0] if item.documents else "")


def _asked(
    t: Told,
    names: dict[str, str],
    issues: Collection[str],
    parties: Collection[str],
    since: date | None,
    until: date | None,
) -> bool:
    if issues and t.issue not in issues:
        return False
    if parties and (t.party or OTHERS) not in parties:
        return False
    return not (t.when and ((since and t.when < since) or (until and t.when > until)))


def in_view(told: Sequence[LedgerEvent], since: date | None, until: date | None) -> list[LedgerEvent]:
    """Events that lie between two days, in part at least; those without a date are."""
    return [
        e
        for e in told
        if not (since and (e.event.latest or e.event.earliest or since) < since)
        and not (until and (e.event.earliest or e.event.latest or until) > until)
    ]


def _unit(dated: Sequence[Told], most: int) -> str:
    """The smallest unit that leaves at most so many marks."""
    places = {(t.issue, t.party, t.when) for t in dated if t.when}
    for unit in UNITS:
        start = start_of(unit)
        if len({(issue, party, start(day)) for issue, party, day in places}) <= most:
            return unit
    return UNITS[-1]


def _marks(dated: Iterable[Told], unit: str, names: dict[str, str], sides: dict[str, str]) -> list[Row]:
    """One mark for each issue, party and stretch of days, sized by its statements."""
    start, starts = start_of(unit), dict[date, date]()
    groups: dict[tuple[str, str, date], list[Told]] = defaultdict(list)
    for t in dated:
        if t.when and t.issue:
            day = starts.get(t.when) or starts.setdefault(t.when, start(t.when))
            groups[t.issue, t.party if t.party and t.party in sides else OTHERS, day].append(t)
    issue_rank, side_rank = {i: n for n, i in enumerate(names)}, {s: n for n, s in enumerate(sides)}
    made = []
    for (issue, party, day), group in sorted(
        groups.items(), key=lambda item: (issue_rank[item[0][0]], side_rank[item[0][1]], item[0][2])
    ):
        made.append(
            {
                "row": f"{issue}|{party}",
                "issue": names[issue],
                "party": sides[party],
                "date": day.isoformat(),
                "statements": len(group),
                "tip": _tip(group, day, unit, sides[party], names[issue]),
                "statement": group[-1].statement.id,
                "document": group[-1].statement.document,
            }
        )
    return made


def _tip(group: Sequence[Told], day: date, unit: str, party: str, issue: str) -> str:
    acts = Counter(t.statement.act for t in group)
    return tip(acts, group[-1].statement.passage.quote, day, unit, party, issue)


def tip(acts: Mapping[Act, int], newest: str, day: date, unit: str, party: str, issue: str) -> str:
    """What a mark says: how often what was done, and the newest words."""
    when = long_date(day) if unit == "day" else f"{unit} of {long_date(day)}"
    told: Counter[str] = Counter()
    for act, n in acts.items():
        told[ACTS[act]] += n
    counts = sorted(told.items(), key=lambda x: (-x[1], x))
    done = ", ".join(word if n == 1 else f"{word} {n} times" for word, n in counts)
    return f"{when} · {issue} · {party}: {done}. Latest: “{clip(bare(newest), 140)}”"


def rows_of(marks: Sequence[Row], shown: Sequence[LedgerEvent]) -> list[Row]:
    """The rows from top to bottom, each with its label; an issue is named on its first row only."""
    kinds = sorted({e.event.type for e in shown if e.event.earliest or e.event.latest})
    made: list[Row] = [
        {"row": f"event|{kind}", "group": "Events" if n == 0 else "", "label": _kind(kind), "band": 0}
        for n, kind in enumerate(kinds)
    ]
    issues: dict[str, int] = {}
    for mark in {m["row"]: m for m in marks}.values():
        first = mark["issue"] not in issues
        band = issues.setdefault(mark["issue"], len(issues) + 1)
        made.append(
            {
                "row": mark["row"],
                "group": clip(mark["issue"], 30) if first else "",
                "label": clip(mark["party"], 24),
                "band": band % 2,
            }
        )
    return made


def _kind(name: str) -> str:
    return "other" if name == "other" else name.replace("_", " ")


def _as_of(ledger: Ledger, documents: Sequence[Document]) -> date | None:
    return ledger.as_of or max((d.published for d in documents if d.published), default=None)


def spec_of(
    title: str,
    rows: list[Row],
    marks: list[Row],
    shown: Sequence[LedgerEvent],
    sides: dict[str, str],
    as_of: date | None,
) -> Spec:
    y = alt.Y("row:N", sort=None, axis=None, scale=alt.Scale(domain=[row["row"] for row in rows]))
    used = [name for name in sides.values() if any(m["party"] == name for m in marks)]
    forms = shapes(sides.values())
    happened = [_event(e) for e in shown if e.event.earliest or e.event.latest]
    ahead = [row for row in happened if as_of is None or row["last"] >= as_of.isoformat()]
    ahead = [row for row in ahead if row["open"]][:12]
    base = alt.Chart(data(rows)).encode(y=y)
    layers: list[Any] = [
        base.mark_rect(fill=FAINT, fillOpacity=0.45, aria=False).encode(
            x=alt.value(0), x2=alt.value(_WIDTH), opacity=alt.Opacity("band:Q", scale=None, legend=None)
        ),
        base.mark_text(align="right", baseline="middle", clip=False, aria=False).encode(
            x=alt.value(-8), text="label:N"
        ),
        base.mark_text(align="right", baseline="middle", fontWeight="bold", clip=False, aria=False).encode(
            x=alt.value(-_PARTY), text="group:N"
        ),
    ]
    if as_of is not None and rows:
        line = alt.Chart(data([{"date": as_of.isoformat(), "text": f"as of {as_of.isoformat()}"}]))
        layers.append(
            line.mark_rule(stroke=SOFT, strokeDash=[4, 3], clip=True, aria=False).encode(
                x=alt.X("date:T", scale=_X, title=None, axis=_AXIS)
            )
        )
        layers.append(
            line.mark_text(align="left", dx=4, baseline="top", color=SOFT, clip=False, aria=False).encode(
                x=alt.X("date:T", scale=_X), y=alt.value(len(rows) * _STEP + 4), text="text:N"
            )
        )
    if happened:
        layers += _event_layers(happened, ahead, y, _middle(marks, happened))
    if marks:
        layers += _mark_layers(marks, y, used, forms)
    if len(layers) > 3:
        zoom = alt.selection_interval(name="zoom", bind="scales", encodings=["x"])
        layers[-1] = layers[-1].add_params(zoom)
    for number, layer in enumerate(layers):
        layers[number] = layer.properties(name=f"layer_{number}")
    chart = alt.layer(*layers).properties(
        width=_WIDTH,
        height=max(1, len(rows)) * _STEP,
        padding=8,
        title=alt.TitleParams(title or "Timeline", subtitle=_subtitle(marks, happened), offset=22),
    )
    return as_dict(
        chart.resolve_scale(shape="independent", fill="independent", stroke="independent", size="independent")
    )


def _subtitle(marks: Sequence[Row], happened: Sequence[Row]) -> str:
    total = sum(m["statements"] for m in marks)
    return f"{counted(total, 'statement')} and {counted(len(happened), 'event')} with a date"


def _event(told: LedgerEvent) -> Row:
    event = told.event
    first, last = event.earliest or event.latest, event.latest or event.earliest
    assert first is not None
    assert last is not None
    status = EVENT_STATUSES[event.status]
    words = sentence_case(happenings.words_of(told))
    note = f" ({told.disputed})" if told.disputed else ""
    return {
        "row": f"event|{event.type}",
        "first": first.isoformat(),
        "last": last.isoformat(),
        "status": status,
        "open": event.status in _AHEAD,
        "what": words,
        "label": clip(", ".join(p for p in (listing(event.participants), event.place or "") if p), 44)
        or _kind(event.type),
        "tip": f"{words} · {status} · {period(event.earliest, event.latest)}{note}",
        "document": told.documents[0] if told.documents else "",
        "statement": told.statements[0] if told.statements else "",
    }


def _middle(marks: Sequence[Row], happened: Sequence[Row]) -> str:
    """The day in the middle of the axis: labels stand on the side where there is room."""
    days = [row[key] for row in happened for key in ("first", "last")] + [m["date"] for m in marks]
    first, last = (date.fromisoformat(pick(days)).toordinal() for pick in (min, max))
    return date.fromordinal((first + last) // 2).isoformat()


def named_apart(ahead: Sequence[Row], happened: Sequence[Row]) -> list[Row]:
    """Of events ahead those that are named: in each row the soonest, and what is far enough from the one named before
    for both names to be read."""
    days = [date.fromisoformat(row[key]).toordinal() for row in happened for key in ("first", "last")]
    room = (max(days) - min(days)) * _ROOM if days else 0
    named: list[Row] = []
    before: dict[str, int] = {}
    for row in sorted(ahead, key=lambda row: (row["first"], row["what"])):
        day = date.fromisoformat(row["first"]).toordinal()
        if row["row"] not in before or day - before[row["row"]] > room:
            before[row["row"]] = day
            named.append(row)
    return named


def _event_layers(happened: list[Row], ahead: list[Row], y: alt.Y, middle: str) -> list[Any]:
    used = [s for s in EventStatus if any(row["status"] == EVENT_STATUSES[s] for row in happened)]
    statuses = [EVENT_STATUSES[s] for s in used]
    scale = alt.Scale(domain=statuses, range=[STATUS_SHAPES[s] for s in used])
    fills = alt.Scale(domain=statuses, range=[INK if s is EventStatus.HELD else PAPER for s in used])
    legend = alt.Legend(title="Events")
    chart = alt.Chart(data(happened))
    x = alt.X("first:T", scale=_X, title=None, axis=_AXIS)
    layers: list[Any] = [
        chart.mark_rule(stroke=INK, strokeWidth=2, clip=True, aria=False).encode(y=y, x=x, x2="last:T"),
        chart.mark_point(size=70, strokeWidth=1.5, strokeOpacity=1, fillOpacity=1, clip=True).encode(
            y=y,
            x=x,
            stroke=alt.Stroke("status:N", scale=alt.Scale(domain=statuses, range=[INK for _ in used]), legend=legend),
            shape=alt.Shape("status:N", scale=scale, legend=legend),
            fill=alt.Fill("status:N", scale=fills, legend=legend),
            tooltip="tip:N",
            description="tip:N",
        ),
    ]
    sides_of: tuple[tuple[Any, int, bool], ...] = (("left", 9, False), ("right", -9, True))
    for align, dx, late in sides_of:
        some = [row for row in named_apart(ahead, happened) if (row["first"] > middle) is late]
        if some:
            named = alt.Chart(data(some)).mark_text(
                align=align, baseline="middle", dx=dx, fontStyle="italic", aria=False
            )
            layers.append(named.encode(y=y, x=alt.X("first:T" if late else "last:T", scale=_X), text="label:N"))
    return layers


def _mark_layers(marks: list[Row], y: alt.Y, used: list[str], forms: dict[str, str]) -> list[Any]:
    chart = alt.Chart(data(marks))
    most = max(m["statements"] for m in marks)
    size = alt.Size(
        "statements:Q",
        scale=alt.Scale(domain=[1, max(2, most)], range=[55, 55 if most == 1 else 420]),
        legend=None if most == 1 else alt.Legend(title="Statements", tickCount=3, format="d"),
    )
    x = alt.X("date:T", scale=_X, title=None, axis=_AXIS)
    scale = alt.Scale(domain=used, range=[forms[name] for name in used])
    points = chart.mark_point(filled=True, color=INK, fillOpacity=0.75, stroke=PAPER, strokeWidth=0.6, clip=True)
    return [
        points.encode(
            y=y,
            x=x,
            shape=alt.Shape("party:N", scale=scale, title="Said for"),
            size=size,
            tooltip="tip:N",
            description="tip:N",
        )
    ]


def described(statements: int, days: Sequence[date], events: int) -> str:
    """What is to be seen: so many statements with a day, the days, and so many events."""
    span = f" from {min(days)} to {max(days)}" if days else ""
    return (
        f"Timeline of {counted(statements, 'statement')}{span} by issue and party, "
        f"with {counted(events, 'event')}; the table says the same in words."
    )


def _vague(shown: Sequence[LedgerEvent]) -> int:
    return sum(1 for e in shown if not e.event.earliest and not e.event.latest)


def notes_of(unit: str, off_agenda: int, undated: int, vague: int) -> tuple[str, ...]:
    notes = ["An utterance that several reports tell is counted once, with the first that tells it."]
    if unit != "day":
        notes.append(f"Marks are put together by {unit}; the table has each statement.")
    if off_agenda:
        notes.append(f"{counted(off_agenda, 'statement')} on no issue of the agenda: in the table only.")
    if undated:
        notes.append(f"{counted(undated, 'statement')} without a date: in the table only.")
    if vague:
        notes.append(f"{counted(vague, 'event')} without a date: in the table only.")
    return tuple(notes)
