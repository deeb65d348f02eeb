"""Incident files: every format read and written, and every row that cannot be used told with its line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from comity.accord.incidents import Log, end_of, fitted, geojson, ics, jsonld, load, load_mapping
from comity.accord.incidents import csv as table
from comity.words import (
    Accord,
    Clause,
    Compliance,
    EventKind,
    Finding,
    Incident,
    InputError,
    Modality,
    Standing,
    Zone,
    in_force,
)

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
HEAD = "id,kind,earliest,latest,known_since,source,low,high,zone\n"
SQUARE = '{"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}'


def accord(**more: object) -> Accord:
    kinds = (EventKind("fire", ("party", "zone", "id")), EventKind("act", ("party",)))
    base = {"zones": (Zone("north", "the north", SQUARE),), "starts": date(2031, 3, 1), "names": (("a", "Aldermark"),)}
    return Accord("Truce", "Europe/Vienna", ("a", "b"), kinds, (), **{**base, **more})  # type: ignore[arg-type]


def read(tmp_path: Path, text: str, **more: object):
    path = tmp_path / "incidents.csv"
    path.write_text(text, encoding="utf-8")
    return load([str(path)], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",fire,2031-03-01,,,P,,,", "line 2, id: empty"),
        ("a,,2031-03-01,,,P,,,", "line 2, kind: empty"),
        ("a,fire,2031-02-30,,,P,,,", "line 2, earliest: not a date: '2031-02-30'; use YYYY-MM-DD"),
        ("a,fire,1 Marz 2031,,,P,,,", "not a date"),
        ("a,fire,2031-03-05,2031-03-01,,P,,,", "line 2, latest: 2031-03-01 comes before 2031-03-05"),
        ("a,fire,2031-03-05,,2031-03-01,P,,,", "line 2, known_since: known on 2031-03-01, before it happened"),
        ("a,fire,2031-03-01,,2031-03-01T10:00,P,,,", "has no time zone; write +00:00 after it or give --timezone"),
        ("a,fire,2031-03-01,,,P,5,2,", "line 2, high: 2 is less than the low count 5"),
        ("a,fire,2031-03-01,,,P,many,,", "line 2, low: not a whole number: 'many'"),
        ("a,fire,2031-03-01,,,P,-1,,", "less than nothing"),
        ('a,fire,2031-03-01,,,P,,,"the ""north"""', "double quote"),
    ],
)
def test_a_bad_row_is_told_with_line_and_field_and_the_rest_is_read(tmp_path: Path, row: str, said: str):
    found = read(tmp_path, HEAD + row + "\nb,fire,2031-03-01,,,P,,,\n")
    assert [i.id for i in found.incidents] == ["b"]
    assert said in str(found.faults[0])


def test_an_id_given_twice_is_told_with_both_lines(tmp_path: Path):
    found = read(tmp_path, HEAD + "a,fire,2031-03-01,,,P,,,\na,fire,2031-03-02,,,P,,,\n")
    assert len(found.incidents) == 1
    assert "line 3, id: 'a' was given before (line 2)" in str(found.faults[0])
    with pytest.raises(InputError, match="two incidents have the id 'a'"):
        Log((found.incidents[0], found.incidents[0]))


def test_time_going_backwards_is_at_fault_in_strict_mode_only(tmp_path: Path):
    text = HEAD + "a,fire,2031-03-01,,2031-03-05,P,,,\nb,fire,2031-03-01,,2031-03-04,P,,,\n"
    assert len(read(tmp_path, text).incidents) == 2
    strict = read(tmp_path, text, strict=True)
    assert "line 3, known_since: time goes back" in str(strict.faults[0])


def test_corrections_in_a_circle_are_refused():
    day, at = date(2031, 3, 1), datetime(2031, 3, 1, tzinfo=UTC)
    a, b = (Incident(x, "fire", day, day, at, "P", corrects=y) for x, y in (("a", "b"), ("b", "a")))
    with pytest.raises(InputError, match="circle"):
        Log((a, b))


def test_an_unknown_time_zone_is_refused():
    with pytest.raises(InputError, match="no time zone is called 'Mars/Base'"):
        end_of(date(2031, 3, 1), "Mars/Base")


def test_a_table_that_is_none_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match="not a table of incidents"):
        read(tmp_path, "name,when\nx,y\n")


def test_a_mapping_reads_another_table(tmp_path: Path):
    (tmp_path / "m.toml").write_text(
        'kind = "fire"\nsource = "Register"\nprefix = "r-"\n[columns]\nid = "no"\nearliest = "from"\nlatest = "to"\n'
        'zone = "district"\n[values.zone]\n"North district" = "north"\n'
    )
    (tmp_path / "incidents.csv").write_text("no,from,to,district\n7,2031-03-01,2031-03-02,North district\n")
    found = load([str(tmp_path / "incidents.csv")], mapping=load_mapping(str(tmp_path / "m.toml")))
    (one,) = found.incidents
    assert (one.id, one.kind, one.latest.day, one.source) == ("r-7", "fire", 2, "Register")
    assert one.arguments == (("zone", "north"),)
    (tmp_path / "m.toml").write_text("colums = 1")
    with pytest.raises(InputError, match="unknown key 'colums'"):
        load_mapping(str(tmp_path / "m.toml"))


def test_what_csv_and_json_write_they_read_back(tmp_path: Path):
    day, at = date(2031, 3, 1), datetime(2031, 3, 2, 9, 30, tzinfo=UTC)
    incidents = [
        Incident(
            "a", "fire", day, date(2031, 3, 2), at, "Post, Daily", (("zone", "north"),), 2, 5, quote='"no"\nand left'
        ),
        Incident(
            "b", "fire", day, day, at, "P", (("party", "a"),), corrects="a", withdrawn=True, longitude=1.5, latitude=2.0
        ),
    ]  # fmt: skip
    for name, text in (("i.csv", table.written(incidents)), ("i.json", jsonld.written(incidents))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        found = load([str(tmp_path / name)])
        assert (found.incidents, found.faults) == (incidents, [])


def test_json_ld_and_geojson_keep_source_date_and_place():
    day, at = date(2031, 3, 1), datetime(2031, 3, 2, 9, 30, tzinfo=UTC)
    incidents = [
        Incident("a", "fire", day, day, at, "Post", quote="Fire was heard", longitude=1.5, latitude=2.0),
        Incident("b", "fire", day, day, at, "Post", corrects="a"),
    ]
    graph = json.loads(jsonld.linked(incidents))["@graph"]
    assert graph[0]["prov:generatedAtTime"]["@value"] == "2031-03-02T09:30:00+00:00"
    assert graph[1]["prov:wasRevisionOf"] == {"@id": "comity:incident:a"}
    assert graph[2]["oa:hasTarget"]["oa:hasSelector"][0]["oa:exact"] == "Fire was heard"
    placed = json.loads(geojson.written(incidents))
    assert placed["features"][0]["geometry"]["coordinates"] == [1.5, 2.0]
    assert placed["left_out"] == 1


def test_deadlines_as_a_calendar():
    clause = Clause("2", "Withdrawal; boats", Modality.OBLIGATION, Standing.AGREED, ())
    finding = Finding("2", (("party", "a"),), date(2031, 3, 1), None, Compliance.PENDING, "time is not up")
    due = [(date(2031, 3, 15), finding)]
    text = ics.written(replace(accord(), clauses=(clause,)), due, datetime(2031, 3, 2, tzinfo=UTC))
    assert "DTSTART;VALUE=DATE:20310315\r\n" in text
    assert "SUMMARY:2 Withdrawal\\; boats (party Aldermark)\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_names_are_fitted_places_become_zones_and_the_rest_is_told():
    day, at = date(2031, 3, 2), datetime(2031, 3, 2, tzinfo=UTC)
    known = [
        Incident("a", "fire", day, day, at, "P", (("party", "ALDERMARK"),), longitude=1, latitude=1),
        Incident("b", "fire", day, day, at, "P", (("zone", "The North"),)),
        Incident("c", "fire", day, day, at, "P", (("zone", "south"),)),
        Incident("d", "fire", day, day, at, "P", (("party", "Nobody"),)),
        Incident("e", "storm", day, day, at, "P"),
        Incident("f", "storm", day, day, at, "P"),
        Incident("g", "fire", date(2031, 2, 27), date(2031, 2, 28), at, "P"),
        Incident("h", "coverage", day, day, at, "P", (("of", "storm"),)),
    ]
    kept, faults = fitted(accord(), known)
    assert [i.arguments for i in kept] == [(("party", "a"), ("zone", "north")), (("zone", "north"),)]
    said = " | ".join(map(str, faults))
    assert "c: no zone is called 'south'; known: north" in said
    assert "d: no party is called 'Nobody'" in said
    assert "2 incidents of kind 'storm'" in said
    assert "g (2031-02-28) comes before the accord (2031-03-01)" in said
    assert "h watches for 'storm'" in said


def test_acled_and_plover(tmp_path: Path):
    (tmp_path / "acled.csv").write_text(
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,admin1,location,latitude,"
        "longitude,geo_precision,source,notes,fatalities,timestamp\n"
        "XY12,14 March 2031,2,Explosions/Remote violence,Shelling,A,B,North,Town,1.0,2.0,1,Post,Shells,3,1931500800\n"
    )
    (one,) = load([str(tmp_path / "acled.csv")]).incidents
    assert (one.kind, one.earliest.day, one.latest.day) == ("explosions_remote_violence", 11, 17)
    assert one.known_since.year == 2031
    assert dict(one.arguments)["fatalities"] == "3"
    (tmp_path / "e.json").write_text(
        '[{"id": "D", "event": "DOCUMENT"}, {"id": "E1", "date": "2031-03-01", "event": "AGREE", '
        '"publication": "Post", "source": [{"actorText": "Aldermark"}, {"actorText": "Brask"}], "text": "Agreed."},]'
    )
    found = load([str(tmp_path / "e.json")])
    assert found.incidents[0].arguments == (("source_actor", "Aldermark and Brask"),)
    assert "earliest: empty" in str(found.faults[0])


ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n"
)


def acled_row(number: str, precision: int, notes: str, timestamp: str) -> str:
    return (
        f"{number},2031-03-14,2031,1,Political violence,Explosions/Remote violence,Shelling/artillery/missile attack,"
        f"Forces of A,Militia of A,State forces,Civilians (B),,Civilians,State forces-Civilians,Civilian targeting,999,"
        f'Elsewhere,B Land,North,Low District,Ford,Town,54.1,10.3,{precision},Post; Courier,National,"{notes}",3,'
        f"crowd size=no report,{timestamp}\n"
    )


def test_every_column_of_acled_that_says_something_is_kept(tmp_path: Path):
    path = tmp_path / "acled.csv"
    path.write_text(ACLED + acled_row("XY1", 1, 'Shells hit ""the ford"".', "1931500800"))
    (one,) = load([str(path)]).incidents
    told = dict(one.arguments)
    assert (told["actor1"], told["with1"], told["actor2"]) == ("Forces of A", "Militia of A", "Civilians (B)")
    assert (told["region"], told["district"], told["subdistrict"], told["where"]) == (
        "North", "Low District", "Ford", "Town",
    )  # fmt: skip
    assert told["sub_event"] == "Shelling/artillery/missile attack"
    assert (told["civilians"], told["tags"], told["country"]) == (
        "Civilian targeting",
        "crowd size=no report",
        "B Land",
    )
    assert one.quote == 'Shells hit "the ford".'
    assert one.source == "Post; Courier"
    assert one.reliability == "precision of time 1, of place 1, sources National"
    assert (one.longitude, one.latitude, one.low, one.high) == (10.3, 54.1, 1, 1)


def test_a_place_that_is_not_exact_gives_no_coordinates(tmp_path: Path):
    path = tmp_path / "acled.csv"
    path.write_text(ACLED + acled_row("XY1", 3, "", "1931500800") + acled_row("XY2", 2, "", ""))
    assert [(i.longitude, i.latitude) for i in load([str(path)]).incidents] == [(None, None), (None, None)]


def test_a_later_version_of_an_acled_row_corrects_it_and_the_same_again_is_listed(tmp_path: Path):
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(ACLED + acled_row("XY1", 1, "three shells", "1931500800"))
    new.write_text(ACLED + acled_row("XY1", 1, "four shells", "1931800800") + acled_row("XY1", 1, "x", "1931800800"))
    found = load([str(old), str(new)])
    assert [(i.id, i.corrects) for i in found.incidents] == [("acled-XY1", ""), ("acled-XY1@1931800800", "acled-XY1")]
    (now,) = in_force(found.incidents)
    assert (now.id, now.quote) == ("acled-XY1", "four shells")
    assert "was given before" in str(found.faults[0])


def test_sub_events_become_kinds_by_a_mapping_and_a_broken_timestamp_is_listed(tmp_path: Path):
    path, by = tmp_path / "acled.csv", tmp_path / "by.toml"
    path.write_text(ACLED + acled_row("XY1", 1, "", "1931500800") + acled_row("XY2", 1, "", "yesterday"))
    by.write_text(
        '[columns]\nkind = "sub_event_type"\n[values.kind]\n"Shelling/artillery/missile attack" = "shelling"\n'
    )
    found = load([str(path)], mapping=load_mapping(str(by)))
    assert [i.kind for i in found.incidents] == ["shelling"]
    assert "line 3, timestamp: not seconds since 1970: 'yesterday'" in str(found.faults[0])


def test_cameo_codes_are_kinds_by_the_table(tmp_path: Path):
    path = tmp_path / "e.jsonl"
    path.write_text(
        '{"id": "1", "date": "2031-03-01", "eventCode": "0871", "text": "A truce."}\n'
        '{"id": "2", "date": "2031-03-02", "event": "1831", "text": "A bomb."}\n'
        '{"id": "3", "date": "2031-03-02", "event": "010"}\n'
        '{"id": "4", "date": "2031-03-02", "event": "ASSAULT", "mode": "firearms", "context": ["military", "legal"]}\n'
    )
    found = load([str(path)])
    assert [(i.kind, dict(i.arguments).get("mode"), dict(i.arguments).get("cameo")) for i in found.incidents] == [
        ("retreat", "ceasefire", "0871"), ("assault", "suicide_attack", "1831"), ("assault", "firearms", None),
    ]  # fmt: skip
    assert dict(found.incidents[2].arguments)["context"] == "military; legal"
    assert "line 3, event: CAMEO 010: PLOVER has no event for it" in str(found.faults[0])


def test_a_table_of_coded_events_with_tabs(tmp_path: Path):
    path = tmp_path / "events.tab"
    path.write_text(
        "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
        "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\t"
        "Country\tLatitude\tLongitude\n"
        "77\t2031-03-05\tForces of A\tMilitary\tA Land\tfight with artillery and tanks\t194\t-10.0\tB\tMilitary\t"
        "B Land\t9\t2\tPost\tTown\t\tNorth\tB Land\t54.1\t10.3\n"
        "78\t2031-03-05\tA\t\t\tmake statement\t010\t0.0\tB\t\t\t9\t2\tPost\t\t\t\t\t\t\n"
    )
    found = load([str(path)])
    (one,) = found.incidents
    assert (one.id, one.kind, one.source) == ("icews-77", "assault", "Post")
    assert dict(one.arguments)["mode"] == "heavy_weapons"
    assert dict(one.arguments)["source_country"] == "A Land"
    assert "CAMEO Code: '010': PLOVER has no event" in str(found.faults[0])


def test_a_long_table_with_three_bad_rows(tmp_path: Path):
    """The million of `python -m bench.incidents` in small."""
    path = tmp_path / "many.csv"
    with path.open("w") as file:
        file.write(HEAD)
        for n in range(10_000):
            bad = {500: "2031-02-30", 7_000: "soon", 9_999: ""}.get(n, f"2031-03-{n % 28 + 1:02}")
            file.write(f"i{n},fire,{bad},,,Post,1,1,north\n")
    found = load([str(path)])
    assert len(found.incidents) == 9_997
    assert [f.line for f in found.faults] == [502, 7_002, 10_001]


@pytest.mark.data
def test_ucdp_events_are_read_and_the_impossible_told():
    path = SHARED / "incidents" / "ucdp_ged_ukraine_2014_2023.cp1252.csv"
    if not path.exists():
        pytest.skip("needs the shared data folder beside the checkout")
    found = load([str(path)], "Europe/Kyiv")
    assert len(found.incidents) + len(found.faults) == 3883
    assert all("less than the low count" in f.what for f in found.faults)


@pytest.mark.data
def test_ucdp_events_in_a_window_certainly_and_possibly():
    """Days and counts are both uncertain: an event whose every day lies in the window, and whose low count is one, is
    certain in it, though no single day of it is."""
    from bench.incidents import UCDP, ucdp

    if not UCDP.exists():
        pytest.skip("needs the shared data folder beside the checkout")
    assert ucdp() == (60, 7)
