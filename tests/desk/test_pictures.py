"""Pictures as pure functions of a ledger: specification, table, notes; the same each time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from comity.desk.pictures import export
from comity.desk.pictures.choosing import Wanted, picture_of
from comity.desk.pictures.gap import gap
from comity.desk.pictures.marks import OTHERS
from comity.desk.pictures.matrix import matrix
from comity.desk.pictures.timeline import named_apart, timeline
from comity.desk.pictures.values import Picture
from comity.words import Gap, GapPoint, InputError, Said


def rows_of(spec: Any, field: str) -> list[dict[str, Any]]:
    """All rows of a specification's data that have this field, each once (layers may share rows)."""
    found = _rows_of(spec, field)
    return list({json.dumps(row, sort_keys=True): row for row in found}.values())


def _rows_of(spec: Any, field: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if isinstance(spec, dict):
        values = spec.get("data", {}).get("values", []) if isinstance(spec.get("data"), dict) else []
        found += [row for row in values if field in row]
        for value in spec.values():
            found += _rows_of(value, field)
    elif isinstance(spec, list):
        for value in spec:
            found += _rows_of(value, field)
    return found


def column(picture: Picture, name: str) -> list[Any]:
    return [record[name] for record in picture.table.records()]


def test_every_utterance_of_the_ledger_stands_once_in_the_timeline(scene: Any) -> None:
    picture = timeline(scene.ledger, scene.documents)
    once = {s.id for s in scene.ledger.statements if s.same_utterance_as is None}
    told = [r["statement"] for r in picture.table.records() if r["kind"] == "statement"]
    assert sorted(told) == sorted(once)
    drawn = sum(row["statements"] for row in rows_of(picture.spec, "statements"))
    dated = [r for r in picture.table.records() if r["kind"] == "statement" and r["date"]]
    assert drawn == len(dated) < len(told)
    assert any("without a date" in note for note in picture.notes)


def test_a_day_of_saying_comes_before_the_day_of_publication(scene: Any) -> None:
    said = Said(date(2031, 2, 20), date(2031, 2, 22))
    first, *rest = scene.ledger.statements
    moved = replace(scene.ledger, statements=(replace(first, said=said), *rest))
    row = next(r for r in timeline(moved, scene.documents).table.records() if r["statement"] == first.id)
    assert (row["date"], row["not before"], row["date is of"]) == ("2031-02-22", "2031-02-20", "said")
    row = next(r for r in timeline(scene.ledger, scene.documents).table.records() if r["statement"] == first.id)
    assert (row["date"], row["date is of"]) == ("2031-03-04", "published")


def test_the_timeline_keeps_the_issues_parties_and_days_asked_for(scene: Any) -> None:
    tolls = timeline(scene.ledger, scene.documents, issues=["tolls"])
    assert set(column(tolls, "issue")) == {"Tolls", ""}
    assert {r["kind"] for r in tolls.table.records() if not r["issue"]} == {"event"}
    orsenne = timeline(scene.ledger, scene.documents, parties=["orsenne"])
    assert {r["party"] for r in orsenne.table.records() if r["kind"] == "statement"} == {"Orsenne"}
    others = timeline(scene.ledger, scene.documents, parties=[OTHERS])
    assert {r["party"] for r in others.table.records() if r["kind"] == "statement"} == {""}
    late = timeline(scene.ledger, scene.documents, since=date(2031, 3, 5), until=date(2031, 3, 14))
    days = [d for d in column(late, "date") if d]
    assert days
    assert min(days) >= "2031-03-05"
    assert max(days) <= "2031-03-14"


def test_a_meeting_that_is_planned_is_drawn_open_and_named(scene: Any) -> None:
    picture = timeline(scene.ledger, scene.documents)
    events = {row["status"]: row for row in rows_of(picture.spec, "status")}
    assert events["planned"]["open"]
    assert not events["held"]["open"]
    assert any(row.get("label", "").startswith("Orsenne and") for row in rows_of(picture.spec, "open"))
    assert {row["text"] for row in rows_of(picture.spec, "text")} == {"as of 2031-03-07"}


def test_too_many_marks_are_put_together_and_the_picture_says_so(scene: Any) -> None:
    base = next(s for s in scene.ledger.statements if s.issue == "tolls" and s.holder == "Orsenne")
    start = date(2031, 1, 1)
    many = tuple(
        replace(base, id=f"{base.document}#{n + 100}", said=Said(start + timedelta(n), start + timedelta(n)))
        for n in range(90)
    )
    ledger = replace(scene.ledger, statements=many)
    by_day, by_week = timeline(ledger, scene.documents), timeline(ledger, scene.documents, most=20)
    assert len(rows_of(by_day.spec, "statements")) == 90
    weeks = rows_of(by_week.spec, "statements")
    assert len(weeks) <= 20
    assert sum(row["statements"] for row in weeks) == 90
    assert all(date.fromisoformat(row["date"]).weekday() == 0 for row in weeks)
    assert "Marks are put together by week; the table has each statement." in by_week.notes
    assert sum(r["kind"] == "statement" for r in by_week.table.records()) == 90


def test_no_party_has_a_colour_of_its_own(scene: Any) -> None:
    for picture in (timeline(scene.ledger, scene.documents), gap(scene.ledger, scene.gaps), matrix(scene.ledger)):
        text = json.dumps({k: v for k, v in picture.spec.items() if k != "config"})
        for colour in re.findall(r"#[0-9a-fA-F]{6}", text):
            red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
            assert max(red, green, blue) - min(red, green, blue) <= 24, f"{picture.name}: {colour} is no grey"
    shapes = next(
        layer["encoding"]["shape"]["scale"]
        for layer in timeline(scene.ledger, scene.documents).spec["layer"]
        if layer["encoding"].get("shape", {}).get("field") == "party"
    )
    assert len(set(shapes["range"])) == len(shapes["domain"]) >= 2


def test_the_gap_says_how_far_apart_the_numbers_are_after_each(scene: Any) -> None:
    picture = gap(scene.ledger, scene.gaps)
    assert [(r["party"], r["low"], r["distance after it"]) for r in picture.table.records()] == [
        ("Orsenne", 6, None),
        ("Free Cities of Marrowdale and the Lower Fens", 18, 12),
        ("Orsenne", 12, 6),
    ]
    spans = rows_of(picture.spec, "bottom")
    assert [(s["date"], s["bottom"], s["top"], s["label"]) for s in spans] == [
        ("2031-03-04", 6, 18, "12 apart"),
        ("2031-03-06", 12, 18, "6 apart"),
    ]
    assert "6 months apart, narrowing" in picture.description


def test_numbers_that_meet_and_numbers_that_are_ranges() -> None:
    from comity.words import Agenda, Issue, Ledger, Party

    agenda = Agenda("Fish", (Party("a", "Aldermark"), Party("b", "Brenland")), issues=(Issue("quota", "Quota"),))
    points = (
        GapPoint("a", date(2031, 1, 1), 10, 20, "x#1"),
        GapPoint("b", date(2031, 1, 2), 40, 50, "x#2"),
        GapPoint("a", date(2031, 1, 3), 30, 45, "x#3"),
        GapPoint("b", None, 44, 44, "x#4"),
    )
    widths = ((date(2031, 1, 2), 20.0), (date(2031, 1, 3), 0.0))
    ledger = Ledger(agenda, date(2031, 1, 5), ())
    picture = gap(ledger, [Gap("quota", "tonne", "", points, 0.0, widths, "gap.numbers")])
    spans = rows_of(picture.spec, "bottom")
    assert [(s["bottom"], s["top"], s["label"]) for s in spans] == [(20, 40, "20 apart"), (42.5, 42.5, "they meet")]
    assert picture.notes == ("1 number without a date is in the table only.",)
    assert len(picture.table.rows) == 4
    lines = [row for row in rows_of(picture.spec, "middle") if "tip" not in row]
    assert max(row["date"] for row in lines) == "2031-01-05", "a line goes on to the date of the ledger"


def test_without_numbers_the_gap_says_so_and_can_be_drawn(scene: Any) -> None:
    picture = gap(scene.ledger, [])
    assert picture.table.rows == ()
    assert "No issue has numbers" in export.svg(picture)


def test_the_matrix_holds_every_position_and_no_forecast_as_one(scene: Any) -> None:
    picture = matrix(scene.ledger)
    records = picture.table.records()
    firm = [r for r in records if r["firmness"] != "forecast by others"]
    assert len(firm) == len(scene.ledger.positions)
    assert len(records) - len(firm) == len(scene.ledger.outlooks) == 1
    marks = rows_of(picture.spec, "kind")
    assert {m["kind"] for m in marks} <= {"firm", "conditional", "soft", "forecast by others"}
    one = next(m for m in marks if m["row"] == "turbines")
    assert one["kind"] == "firm"
    assert one["label"].endswith("+1")
    assert len(matrix(scene.ledger, parties=["orsenne"], issues=["tolls"]).table.rows) == 1


@pytest.mark.parametrize("name", ["timeline", "gap", "matrix", "network"])
def test_a_picture_is_the_same_whenever_it_is_made(scene: Any, name: str) -> None:
    first, second = (picture_of(Wanted(name), scene.ledger, scene.documents) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", ["timeline", "gap", "matrix", "network"])
def test_a_specification_fits_the_schema_of_vega_lite(scene: Any, name: str) -> None:
    import altair

    spec = picture_of(Wanted(name), scene.ledger, scene.documents).spec
    read = altair.Chart.from_dict(spec, validate=True)
    assert read.to_dict()["config"]["font"].startswith("Liberation")


def test_its_svg_is_the_same_whatever_was_drawn_before(scene: Any) -> None:
    first = export.svg(timeline(scene.ledger, scene.documents))
    assert "clip" in first
    assert export.svg(timeline(scene.ledger, scene.documents)) == first


@pytest.mark.parametrize("name", ["timeline", "matrix", "network"])
def test_an_svg_holds_no_script_and_loads_nothing(scene: Any, name: str) -> None:
    drawn = export.svg(picture_of(Wanted(name), scene.ledger, scene.documents))
    assert drawn.startswith("<svg")
    assert "<script" not in drawn
    assert "javascript:" not in drawn
    assert re.findall(r'(?:href|src)="([^"#]*)"', drawn) == []
    assert set(re.findall(r'"(https?://[^"]+)"', drawn)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_hostile_names_stay_text(scene: Any) -> None:
    evil = "<script>alert(1)</script>\x1b[31m\u202e"
    agenda = replace(
        scene.ledger.agenda, issues=tuple(replace(i, name=f"{evil}{i.id}") for i in scene.ledger.agenda.issues)
    )
    drawn = export.svg(timeline(replace(scene.ledger, agenda=agenda), scene.documents))
    assert "<script" not in drawn
    assert "\x1b" not in drawn


def test_a_png_is_one(scene: Any) -> None:
    assert export.png(gap(scene.ledger, scene.gaps)).startswith(b"\x89PNG\r\n")


def test_what_there_is_not_is_refused_by_name(scene: Any) -> None:
    with pytest.raises(InputError, match="no issue is called 'tols'; there are flow"):
        picture_of(Wanted("timeline", issues=("tols",)), scene.ledger, scene.documents)
    with pytest.raises(InputError, match="no party is called 'x'"):
        picture_of(Wanted("matrix", parties=("x",)), scene.ledger, scene.documents)
    with pytest.raises(InputError, match="is after"):
        picture_of(Wanted("timeline", since=date(2031, 2, 2), until=date(2031, 1, 1)), scene.ledger, scene.documents)


def test_names_of_events_ahead_do_not_lie_on_one_another() -> None:
    days = [f"2031-03-{n:02}" for n in range(1, 29)]
    rows = [{"row": "event|meeting", "first": day, "last": day, "what": day} for day in days]
    others = [{"row": "event|vote", "first": "2031-03-02", "last": "2031-03-02", "what": "a vote"}]
    named = named_apart([*reversed(rows), *others], [*rows, *others])
    assert [(row["row"], row["first"]) for row in named if row["row"] == "event|vote"] == [("event|vote", "2031-03-02")]
    assert [row["first"] for row in named if row["row"] == "event|meeting"] == [days[0], days[7], days[14], days[21]]
