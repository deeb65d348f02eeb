"""Figures of observers' reports as proposed incidents: dates, bounds, passages, and what is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.accord.incidents import load
from comity.desk.cli import comity
from comity.desk.proposing import propose
from comity.words import Accord, Document, EventKind, Review, Zone

PUBLISHED = date(2031, 4, 20)


def found(text: str, **more: object):
    document = Document("r", text, published=PUBLISHED, source="the Mission")
    return propose(document, **more), document  # type: ignore[arg-type]


def test_a_total_and_what_it_includes_are_two_incidents_with_their_passages():
    text = "It recorded about 7,200 ceasefire violations, including about 1,500 explosions, between 6 and 19 April."
    proposed, document = found(text)
    total, part = proposed.incidents
    assert (total.kind, total.low, total.high) == ("ceasefire_violations", 6480, 7920)
    assert (part.kind, part.low, part.high) == ("explosions", 1350, 1650)
    assert (str(total.earliest), str(total.latest)) == ("2031-04-06", "2031-04-19")
    assert all(i.passage and i.passage.holds_in(document) for i in proposed.incidents)
    assert {i.review for i in proposed.incidents} == {Review.UNREVIEWED}


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("112 explosions", 112, 112), ("more than 40 explosions", 41, 400), ("up to 9 explosions", 1, 9),
     ("almost 200 explosions", 180, 200), ("fewer than 5 explosions", 1, 4)],
)  # fmt: skip
def test_how_a_number_is_told_bounds_it(words: str, low: int, high: int):
    (one,) = found(f"On 3 April 2031, monitors recorded {words}.")[0].incidents
    assert (one.low, one.high, str(one.earliest)) == (low, high, "2031-04-03")


def test_a_span_over_new_year_and_one_of_last_year():
    (one,) = found("Between 28 December and 3 January 2031 the Mission recorded 5 explosions.")[0].incidents
    assert (str(one.earliest), str(one.latest)) == ("2030-12-28", "2031-01-03")
    (one,) = found("Between 4 and 17 December the Mission recorded 5 explosions.")[0].incidents
    assert one.earliest.year == 2030  # published in April: December of the year before


def test_what_is_no_count_of_events_is_left_out_and_what_has_no_date_is_counted():
    assert found("On 3 April the Mission saw it for 12 hours at 30% and 5 km away, 82mm rounds.")[0].incidents == ()
    document = Document("r", "The Mission recorded 12 explosions.")
    assert (propose(document).incidents, propose(document).undated) == ((), 1)


def test_an_accord_gives_the_kinds_and_the_zones():
    accord = Accord(
        "T",
        "UTC",
        (),
        (EventKind("fighting", ("zone", "count")),),
        (),
        zones=(Zone("n", "the North"), Zone("s", "the South")),
    )
    text = (
        "Between 1 and 7 April the Mission recorded 40 ceasefire violations in the South and 3 ceasefire violations in "
        "the north, and 9 flags."
    )
    told = found(text, kinds={"ceasefire violations": "fighting"}, accord=accord)[0].incidents
    assert [(i.kind, i.low, dict(i.arguments)) for i in told] == [
        ("fighting", 40, {"zone": "s"}),
        ("fighting", 3, {"zone": "n"}),
    ]


def test_on_the_command_line_what_is_proposed_can_be_read_again(tmp_path: Path):
    report = tmp_path / "report.txt"
    report.write_text("Between 6 and 19 April, the Mission recorded about 7,200 ceasefire violations.\n")
    target = tmp_path / "i.csv"
    arguments = ["incidents", "propose", str(report), "--published", "2031-04-20", "-o", str(target), "-q"]
    CliRunner().invoke(comity, arguments, standalone_mode=False, catch_exceptions=False)
    (one,) = load([str(target)]).incidents
    assert (one.low, one.review, one.known_since.date()) == (6480, Review.UNREVIEWED, PUBLISHED)


def test_a_number_in_words_is_read_and_a_heading_is_no_part_of_the_quotation():
    text = "The Mission: summary\n\nOn 29 May 2031 it observed two patrol boats there.\nTwo sides met for two hours."
    (one,) = propose(Document("r", text)).incidents
    assert (one.kind, one.low, one.high, str(one.earliest)) == ("patrol_boats", 2, 2, "2031-05-29")
    assert one.quote == "On 29 May 2031 it observed two patrol boats there."
    assert one.passage is not None
    assert one.passage.quote == "two patrol boats"
