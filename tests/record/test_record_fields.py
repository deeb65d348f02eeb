from __future__ import annotations

from datetime import date

import pytest

from comity.record.fields.dates import find_dates, parse_date
from comity.record.fields.filename import from_name
from comity.record.fields.head import read_head
from comity.record.fields.language import detect
from comity.record.fields.outlets import is_outlet

DAY = date(2031, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2031-03-04", "2031/03/04", "2031.3.4", "2031-03-04T23:59:00+03:00", "4 March 2031", "4th March, 2031",
        "March 4, 2031", "March 4th 2031", "Mar. 4, 2031", "4-Mar-2031", "4 MAR 31", "04.03.2031", "4.3.2031",
        "4 de marzo de 2031", "4 mars 2031", "4. März 2031", "4 марта 2031", "4 березня 2031", "the 4th of March 2031",
        "2031年3月4日", "Tuesday, 4 March 2031",
    ],
)  # fmt: skip
def test_one_day_in_many_forms(text: str) -> None:
    assert [hit.value for hit in find_dates(text)] == [DAY]


@pytest.mark.parametrize(
    "text",
    ["31 February 2031", "version 1.2.2031.4", "20310304", "in March 2031", "2031", "call 555-2031-03", "33/44/2031",
     "a 4 to 5 split", "May 2031", "room 3 May"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert [hit.value for hit in find_dates(text) if hit.value] == []


def test_dates_that_can_be_read_two_ways_are_not_guessed() -> None:
    assert [(hit.value, hit.note) for hit in find_dates("03/04/2031")] == [
        (None, "'03/04/2031' can be 3 April or 4 March 2031")
    ]
    assert find_dates("25/04/2031")[0].value == date(2031, 4, 25)
    assert find_dates("04/25/2031")[0].value == date(2031, 4, 25)
    assert find_dates("04/04/2031")[0].value == date(2031, 4, 4)


def test_two_digit_years() -> None:
    assert find_dates("9 NOV 88")[0].value == date(1988, 11, 9)
    assert find_dates("9 NOV 26")[0].value == date(2026, 11, 9)


@pytest.mark.parametrize(
    "value",
    ["Tue, 04 Mar 2031 23:30:00 -0500", "2031-03-04T23:30:00Z", "D:20310304233000-05'00'", "20310304T233000",
     "4 Mar 2031 23:30", "20310304"],
)  # fmt: skip
def test_metadata_dates_stay_in_their_zone(value: str) -> None:
    hit = parse_date(value)
    assert hit is not None
    assert hit.value == DAY


HEADS = [
    ("The Strait Observer\nThe port | Published: 2031-03-04\nBy Ana Ruiz\n\nThe talks", DAY, "The Strait Observer"),
    ("No deal\n\nHarbour Gazette\n4 March 2031\nBy our correspondent\n\nThe talks", DAY, "Harbour Gazette"),
    ("Press conference\n4 March 2031\n\nThe talks", DAY, None),
    (" date 2031-03-04 Several issues remain open.", DAY, None),
    ("Date: 4 March 2031\nSource: Harbour Times\n\nTalks went on.", DAY, "Harbour Times"),
    ("Published: Tuesday, March 4, 2031 at 10:15\n\nTalks went on.", DAY, None),
    ("Published 4 March 2031 by the desk\nTalks", DAY, None),
    ("Talks go on in the old port\nBy Ana Ruiz, Harbour Times, 4 March 2031\n\nThe delegations", DAY, "Harbour Times"),
    ("Talks go on in the old port\nBy ANA RUIZ and J. DOE | March 4, 2031\n\nThe delegations", DAY, None),
    ("Talks go on\n\nBy Ana Ruiz\nHarbour Times | 4 March 2031\n\nThe delegations", DAY, "Harbour Times"),
    ("SAN SALVADOR, 9 NOV 88 (TCS TELEVISION) -- [TEXT] THE MINISTER", date(1988, 11, 9), "TCS TELEVISION"),
    ("SAN JOSE (COSTA RICA), 2 JUN 89 (ACAN-EFE) -- [TEXT] THE FRONT", date(1989, 6, 2), "ACAN-EFE"),
    ("GENEVA, March 4, 2031 (AFP) — The delegations", DAY, "AFP"),
    ("GENEVA (Reuters) - The delegations met on 3 March 2031.", None, "Reuters"),
    ("(AP) — The delegations met.", None, "AP"),
    ("Geneva, 4 March 2031\n\nThe delegations met.", DAY, None),
    ("Tuesday 4 March 2031 14:05 GMT\nThe delegations met.", DAY, None),
    ("2031-03-04\nThe delegations met.", DAY, None),
    ("2031-03-04 The delegations met.", DAY, None),
    ("**Published:** 2031-03-04\n**Source:** The Strait Observer\n\nThe delegations met.", DAY, "The Strait Observer"),
    ("Last updated: 5 March 2031\nPublished: 4 March 2031\n\nThe delegations met.", DAY, None),
    ("Source: Harbour Times, 4 March 2031\nThe delegations met.", DAY, "Harbour Times"),
    ("4 March 2031 | Harbour Times\n\nThe delegations met.", DAY, "Harbour Times"),
    ("On 3 March 2031 the parties signed a protocol in the old port.", None, None),
    ("The parties signed a protocol on 3 March 2031.\nThey will meet again.", None, None),
    ("Talks\n\nThe envoy arrived on\n3 March 2031 and will stay until the ministers of both sides meet.", None, None),
    ("The ministers of both sides have met here again\nand agreed that talks that were broken off in the spring\n"
     "will start again in the old port. The last was\nheld on 3 May 2030.\n4 May 2030", None, None),
    ("Source close to the talks: no deal before Sunday.", None, None),
    ("The source (a diplomat) - who asked not to be named - said no.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "source"), HEADS)
def test_heads(text: str, day: date | None, source: str | None) -> None:
    head = read_head(text)
    assert head.published == day
    assert head.source == source


def test_head_says_why_a_date_was_not_used() -> None:
    assert read_head("Published: 03/04/2031\n\nThe talks").date_note == "'03/04/2031' can be 3 April or 4 March 2031"
    assert read_head("GENEVA, March 4 (Reuters) - The talks").date_note == "'March 4' has no year"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Title: No deal in the old port\n\nThe talks", "No deal in the old port"),
        ("No deal in the old port\n\nThe talks went on.", "No deal in the old port"),
        ("# No deal in the old port\n\nThe talks went on.", "No deal in the old port"),
        ("The talks went on.\n\nThere was no deal.", None),
        ("The talks went on and on\nwithout a deal in sight.", None),
        ("- no deal in the old port\n\nThe talks", None),
        ("Source: Harbour Times\n\nThe talks", None),
        ("Geneva, 4 March 2031\n\nThe talks", None),
        ("A headline and nothing else", None),
        (
            "The Strait Observer\nPublished: 2031-03-04\n\nEverything but the rock\n\nThree days of talks.",
            "Everything but the rock",
        ),
        (" date 2031-03-04 No deal in the old port\n\nThe talks went on.", "No deal in the old port"),
        (" date 2031-03-04 There was no deal in the old port.\n\nThe talks went on.", None),
        ("No deal in the old port\n4 March 2031\nBy our correspondent\n\nThe talks", "No deal in the old port"),
        ("No deal in the old port\nGENEVA, March 4 (Reuters) - The talks", "No deal in the old port"),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert read_head(text).title == title


def test_addresses_in_the_head() -> None:
    assert (
        read_head("https://www.harbourtimes.example/a?b=1\nThe talks").url == "https://www.harbourtimes.example/a?b=1"
    )
    labelled = read_head("Source: https://www.harbourtimes.example/a\nThe talks")
    assert (labelled.url, labelled.source) == ("https://www.harbourtimes.example/a", "harbourtimes.example")
    assert read_head("The text is at https://example.org/a and elsewhere.").url is None


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("2031-03-04_harbour-times_talks-resume", (DAY, "Harbour Times", "talks resume")),
        ("20310304_afp_talks-resume", (DAY, "AFP", "talks resume")),
        ("20310304-talks", (DAY, None, None)),
        ("2031_03_04_strait_observer", (DAY, "Strait Observer", None)),
        ("2031-03-04 Harbour Times - No deal yet", (DAY, "Harbour Times", "No deal yet")),
        ("009_2031-03-04_strait-observer", (DAY, "Strait Observer", None)),
        ("harbour-times_2031-03-04_talks", (DAY, "Harbour Times", "talks")),
        ("4-march-2031-talks", (DAY, None, None)),
        ("2031-03-04_talks-resume", (DAY, None, None)),
        ("2031-03-04_harbour-times", (DAY, "Harbour Times", None)),
        ("r07_harbour-times", (None, "Harbour Times", None)),
        ("000_de3578db003816b6", (None, None, None)),
        ("report (1)", (None, None, None)),
        ("99991399", (None, None, None)),
    ],
)
def test_file_names(stem: str, expected: tuple[date | None, str | None, str | None]) -> None:
    assert from_name(stem)[:3] == expected


def test_a_file_name_with_a_date_of_two_readings() -> None:
    assert from_name("talks 03-04-2031")[3] == "'03-04-2031' can be 3 April or 4 March 2031"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("THE DELEGATIONS WILL MEET AGAIN ON MONDAY. NEITHER SIDE WOULD SAY WHAT HAD BEEN OFFERED SO FAR.", "en"),
        ("Las delegaciones se reunirán de nuevo el lunes. Ninguna de las partes quiso decir qué se ofreció.", "es"),
        ("Делегації знову зустрінуться в понеділок. Жодна зі сторін не сказала, що було запропоновано.", "uk"),
        ("Talks resumed.", None),
        ("", None),
        ("1 2 3 4 5 " * 40, None),
    ],
)  # fmt: skip
def test_language(text: str, code: str | None) -> None:
    assert detect(text) == code


def test_what_is_an_outlet() -> None:
    assert all(
        map(is_outlet, ["Harbour Times", "The Strait Observer", "reuters", "ACAN-EFE News Agency", "example.org"])
    )
    assert not any(map(is_outlet, ["Geneva", "talks resume", "A press conference was held in the old port", "", "Sun"]))
