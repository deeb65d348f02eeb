"""Events told by several reports, and channels made of them."""

from __future__ import annotations

from datetime import date

from comity.ledger import dates_ahead
from comity.words import AUTHOR, EventStatus


def told(talks, report: str, day: int, quote: str = "They will meet.", **event) -> None:
    talks.report(report, day)
    talks.says(report, AUTHOR, "assert", quote, "process")
    talks.event(report, **event)


SUMMIT = {"kind": "meeting", "participants": ("Ana Holt", "Ben Okar"), "earliest": 9, "latest": 9}


def test_one_meeting_told_twice_is_one(talks) -> None:
    told(talks, "r1", 3, status="planned", place="Lakeside", **SUMMIT)
    told(talks, "r2", 4, status="planned", **SUMMIT)
    (event,) = talks.ledger().events
    assert (event.documents, event.disputed) == (("r1", "r2"), "")
    assert event.statements == ("r1#1", "r2#1")
    assert event.event.place == "Lakeside"


def test_a_planned_meeting_is_held(talks) -> None:
    told(talks, "r1", 3, status="planned", **SUMMIT)
    told(talks, "r2", 10, status="held", **SUMMIT)
    (event,) = talks.ledger().events
    assert event.event.status is EventStatus.HELD
    assert talks.ledger(as_of=date(2030, 5, 5)).events[0].event.status is EventStatus.PLANNED


def test_a_cancelled_meeting_says_who_told_what(talks) -> None:
    told(talks, "r1", 3, status="planned", **SUMMIT)
    told(talks, "r2", 4, status="cancelled", **SUMMIT)
    (event,) = talks.ledger().events
    assert event.disputed == "status: planned (r1), cancelled (r2)"
    assert talks.ledger().channels[0].next is None


def test_another_place_stays_another_event_and_says_so(talks) -> None:
    told(talks, "r1", 3, status="planned", place="Lakeside", **SUMMIT)
    told(talks, "r2", 4, status="planned", place="Port Alder", **SUMMIT)
    one, two = talks.ledger().events
    assert one.disputed == "maybe the same as: meeting in Port Alder, 2030-05-09 (r2)"
    assert two.disputed == "maybe the same as: meeting in Lakeside, 2030-05-09 (r1)"


def test_other_days_and_other_sides_are_other_events(talks) -> None:
    told(talks, "r1", 3, status="planned", **SUMMIT)
    told(talks, "r2", 4, status="planned", **{**SUMMIT, "earliest": 20, "latest": 20})
    told(talks, "r3", 4, status="planned", **{**SUMMIT, "participants": ("Ana Holt", "Ida Marr")})
    assert [e.disputed for e in talks.ledger().events] == ["", "", ""]


def test_dates_ahead(talks) -> None:
    told(talks, "r1", 3, status="planned", **SUMMIT)
    told(talks, "r2", 3, status="held", **{**SUMMIT, "earliest": 1, "latest": 1})
    ledger = talks.ledger(as_of=date(2030, 5, 4))
    assert [e.event.earliest for e in dates_ahead(ledger)] == [date(2030, 5, 9)]
    assert dates_ahead(ledger, date(2030, 5, 10)) == ()


def test_a_channel_has_ends_carriers_and_dates(talks) -> None:
    told(talks, "r1", 3, "They met.", kind="talks", status="held", participants=("Siv Lund", "Ana Holt", "Ida Marr"),
         earliest=2, latest=2)  # fmt: skip
    told(talks, "r2", 4, status="planned", **SUMMIT)
    (line,) = talks.ledger().channels
    assert line.ends == ("Aldermark", "Brennia")
    assert line.through == ("Cordia", "Ida Marr", "Siv Lund")
    assert (line.last, line.next) == (date(2030, 5, 2), date(2030, 5, 9))
    assert line.events == (0, 1)
    assert line.rule == "channel.event"


def test_a_precondition(talks) -> None:
    talks.report("r1", 3)
    i = talks.says("r1", "Ana Holt", "condition", "we meet Brennia only if the boats leave", "process",
                   "only if the boats leave")  # fmt: skip
    (line,) = talks.ledger().channels
    assert (line.ends, line.precondition) == (("Aldermark", "Brennia"), "only if the boats leave")
    assert i in line.statements


def test_events_of_a_report_without_a_date_do_not_break(talks) -> None:
    talks.report("r1", None)
    talks.says("r1", AUTHOR, "assert", "They met.", "process")
    talks.event("r1", "meeting", "held", ("Ana Holt", "Ben Okar"))
    assert len(talks.ledger().events) == 1
    assert talks.ledger(as_of=date(2030, 5, 9)).events == ()
