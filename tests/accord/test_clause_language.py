"""The clause language: what its forms mean, day by day, and what is refused with file and line."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from comity.accord import Monitor, TimePoint, parse_formula
from comity.accord.clauses import load_accord, open_clauses, parse_accord, signature_of
from comity.accord.clauses.writing import written
from comity.accord.clauses.zones import zones_at
from comity.accord.formula import Formula
from comity.words import Accord, InputError, Modality, Standing

ROOT = Path(__file__).parents[2]
ARRANGEMENT = ROOT / "examples" / "strait" / "arrangement.accord"

HEAD = """accord "Truce"
  text truce: kept elsewhere
  timezone: Europe/Vienna
  in force from: 1 March 2031
  last day: counted
  parties: north "Northland", south "Southland"
  bodies: watch "the Watch"
zone hill "the Hill"
zone ford "the Ford"
event left (party, zone)
event came (party, zone)
event fired (party)
event told (party)
event paused ()
event resumed ()
event freed (person)
event named (person)
event shots (zone, count)
"""


def clause(body: str, head: str = HEAD) -> Accord:
    """An accord with one clause 1."""
    lines = "".join(f"  {line.strip()}\n" for line in body.strip().splitlines())
    return parse_accord(f'{head}clause 1 "One"\n  standing: agreed\n  quote: "words"\n{lines}', "truce.accord")


Event = tuple[int, str, tuple[str | int, ...]]


def judged(accord: Accord, events: list[Event], last: int, clause_id: str = "1") -> dict[str, set[tuple[int, tuple]]]:
    """Days (0 is the first in force) and bindings on which the clause applies and on which it is violated."""
    logic = accord.clause(clause_id).logic
    assert logic
    start = accord.starts or date(2031, 3, 1)
    points = [TimePoint(i, (start + timedelta(days=i)).toordinal(), {}) for i in range(last + 1)]
    if accord.starts:
        points[0].events["begins"] = {()}
    for day, kind, values in events:
        points[day].events.setdefault(kind, set()).add(values)
    found = {}
    for name, text in (("applies", logic.applies), ("violated", f"({logic.applies}) AND NOT ({logic.holds})")):
        monitor = Monitor(parse_formula(text), signature_of(accord))
        order = [monitor.columns.index(p) for p in logic.parameters]
        found[name] = {
            (v.index, tuple(row[i] for i in order)) for v in monitor.run(points, close=True) for row in v.rows
        }
    return found


# --- deadlines ---


@pytest.mark.parametrize(
    ("deadline", "last_good"),
    [
        ("within 3 days", 3),
        ("within 3 days (last day not counted)", 2),
        ("within 1 week", 7),
        ("by day 2", 1),
        ("by 5 March 2031", 4),
        ("before 5 March 2031", 3),
        ("on the same day", 0),
        ("after 2 days and within 4 days", 4),
        ("from day 2 to day 4", 4),
    ],
)
def test_the_last_day_of_a_deadline(deadline: str, last_good: int) -> None:
    accord = clause(f"for each: party\nholder: party\nmust: told(party) {deadline}")
    for day, good in ((last_good, True), (last_good + 1, False)):
        found = judged(accord, [(day, "told", ("north",))], 12)["violated"]
        assert ((0, ("north",)) not in found) is good
        assert (0, ("south",)) in found


def test_too_early_does_not_count() -> None:
    accord = clause("for each: party\nmust: told(party) from day 3 to day 5")
    assert (0, ("north",)) in judged(accord, [(2, "told", ("north",))], 12)["violated"]
    assert (0, ("north",)) not in judged(accord, [(3, "told", ("north",))], 12)["violated"]


def test_start_by_day_two_then_complete_within_fourteen_days_of_the_start() -> None:
    accord = clause("for each: party\nmust: left(party, hill) by day 2; then left(party, ford) within 14 days")
    good: list[Event] = [(1, "left", ("north", "hill")), (15, "left", ("north", "ford"))]
    late: list[Event] = [(1, "left", ("south", "hill")), (16, "left", ("south", "ford"))]
    assert judged(accord, good + late, 20)["violated"] == {(0, ("south",))}
    assert accord.clause("1").window == (0, 15)


def test_steps_that_both_count_from_the_trigger() -> None:
    accord = clause("for each: party\nmust: left(party, hill) by day 2; and left(party, ford) within 14 days")
    assert judged(accord, [(1, "left", ("north", "hill")), (14, "left", ("north", "ford"))], 20)["violated"] == {
        (0, ("south",))
    }
    assert accord.clause("1").window == (0, 14)


def test_every_so_many_days() -> None:
    accord = clause("until: 20 March 2031\nmust: told(north) every 5 days")
    assert not judged(accord, [(d, "told", ("north",)) for d in (4, 8, 13, 18)], 30)["violated"]
    assert {day for day, _ in judged(accord, [(d, "told", ("north",)) for d in (4, 11, 16)], 30)["violated"]} == {5, 6}


def test_a_date_is_the_last_day_and_is_kept() -> None:
    assert clause("must: told(north) by 5 March 2031").clause("1").due == date(2031, 3, 5)


# --- prohibitions, exceptions, powers, gates ---


def test_a_prohibition_holds_on_every_day_for_everyone() -> None:
    accord = clause("for each: party\nholder: party\nmust not: fired(party)")
    found = judged(accord, [(3, "fired", ("south",))], 5)
    assert found["violated"] == {(3, ("south",))}
    assert len(found["applies"]) == 12
    assert accord.clause("1").modality is Modality.PROHIBITION
    assert accord.clause("1").holder == ("north", "south")


def test_except_against() -> None:
    accord = clause("for each: party\nmust not: fired(party)\nexcept: told(party) within the last 2 days")
    events: list[Event] = [(1, "told", ("north",)), (3, "fired", ("north",)), (4, "fired", ("north",))]
    assert judged(accord, events, 5)["violated"] == {(4, ("north",))}


def test_a_prohibition_after_an_event_for_some_days() -> None:
    accord = clause("for each: party\nwhen: told(party)\nmust not: fired(party) within 3 days")
    events: list[Event] = [(1, "told", ("north",)), (4, "fired", ("north",))]
    assert judged(accord, events, 9)["violated"] == {(1, ("north",))}
    assert not judged(accord, [(1, "told", ("north",)), (5, "fired", ("north",))], 9)["violated"]


def test_a_gate() -> None:
    accord = clause("may: paused()\nonly after: told(any)")
    assert judged(accord, [(2, "paused", ())], 4)["violated"] == {(2, ())}
    assert not judged(accord, [(1, "told", ("south",)), (2, "paused", ())], 4)["violated"]
    assert accord.clause("1").modality is Modality.CONDITION


def test_a_power_arises_from_what_the_other_did_and_lapses() -> None:
    accord = clause("for each: party; other party; zone\nwhen: came(other, zone)\nmay: left(party, zone) within 2 days")
    assert accord.clause("1").modality is Modality.POWER
    events: list[Event] = [(1, "came", ("south", "hill")), (3, "left", ("north", "hill"))]
    assert not judged(accord, events, 5)["violated"]
    assert judged(accord, [*events, (4, "left", ("north", "hill"))], 5)["violated"] == {(4, ("north", "hill"))}
    own: list[Event] = [(1, "came", ("north", "hill")), (2, "left", ("north", "hill"))]
    assert judged(accord, own, 5)["violated"] == {(2, ("north", "hill"))}, "one's own coming gives no power"


# --- reciprocity, suspension, release, reparation, thresholds ---


def test_in_step_before_or_after() -> None:
    accord = clause(
        "for each: party; other party; zone\nin step with: left(other, zone)\nmust: left(party, zone) within 2 days"
    )

    def at(north: int, south: int) -> set[tuple[int, tuple]]:
        events: list[Event] = [(north, "left", ("north", "hill")), (south, "left", ("south", "hill"))]
        return judged(accord, events, 12)["violated"]

    assert not at(4, 6)
    assert not at(6, 4)
    assert at(4, 7) == {(4, ("south", "north", "hill")), (7, ("north", "south", "hill"))}


def test_suspension_stops_the_clock_and_resumption_starts_it_anew() -> None:
    accord = clause("for each: party\nwhen: named(any)\nmust: told(party) within 2 days\n"
                    "suspended while: paused() until resumed()")  # fmt: skip
    base: list[Event] = [(1, "named", ("p",)), (2, "paused", ()), (6, "resumed", ())]
    north: list[Event] = [(8, "told", ("north",))]
    found = judged(accord, base + north, 12)
    assert (6, ("north",)) in found["applies"]
    assert found["violated"] == {(6, ("south",))}
    assert not judged(accord, [(0, "paused", ()), (1, "named", ("p",))], 9)["violated"]


def test_unless_before_the_time_is_up() -> None:
    accord = clause("for each: person\nwhen: named(person)\nmust: freed(person) within 3 days\nunless: paused()")
    assert judged(accord, [(1, "named", ("p",)), (5, "paused", ())], 9)["violated"] == {(1, ("p",))}
    assert not judged(accord, [(1, "named", ("p",)), (4, "paused", ())], 9)["violated"]


def test_persons_are_those_whom_reports_name() -> None:
    accord = clause("for each: person\nwhen: named(person)\nmust: freed(person) within 3 days")
    events: list[Event] = [(1, "named", ("p",)), (2, "named", ("q",)), (3, "freed", ("p",))]
    assert judged(accord, events, 9)["violated"] == {(2, ("q",))}


def test_termination() -> None:
    accord = clause("for each: party\nmust not: fired(party)\nterminated by: paused()")
    assert judged(accord, [(2, "paused", ()), (3, "fired", ("north",))], 5)["violated"] == set()
    assert judged(accord, [(1, "fired", ("north",)), (2, "paused", ())], 5)["violated"] == {(1, ("north",))}


TWO = 'clause 0 "Base"\n  standing: agreed\n  quote: "words"\n  for each: party\n  '


def test_reparation_counts_from_the_day_the_breach_is_certain() -> None:
    head = f"{HEAD}{TWO}must: told(party) within 3 days\n"
    accord = clause("for each: party\nwhen: breach of 0\nmust: left(party, hill) within 2 days", head)
    assert accord.clause("1").window == (3, 5)
    found = judged(accord, [(5, "left", ("north", "hill")), (6, "left", ("south", "hill"))], 12)
    assert found["applies"] == {(0, ("north",)), (0, ("south",))}
    assert found["violated"] == {(0, ("south",))}
    assert "what follows a breach" not in accord.clause("0").unstated


def test_reparation_after_a_forbidden_act() -> None:
    head = f"{HEAD}{TWO}must not: fired(party)\n"
    accord = clause("for each: party\nwhen: breach of 0\nmust: told(party) within 2 days", head)
    found = judged(accord, [(2, "fired", ("north",)), (5, "told", ("north",))], 9)
    assert found["violated"] == {(2, ("north",))}


def test_thresholds_count_reports_and_independent_sources() -> None:
    accord = clause("for each: zone\nwhen: at least 3 came(any, zone) in 4 days from 2 sources\n"
                    "must: told(north) within 1 days")  # fmt: skip
    assert {e.name: e.arguments for e in accord.events}["came"] == ("party", "zone", "source", "id")

    def days(*reports: tuple[int, str]) -> set[int]:
        events: list[Event] = [(d, "came", ("north", "hill", s, str(i))) for i, (d, s) in enumerate(reports)]
        return {day for day, _ in judged(accord, events, 12)["applies"]}

    assert days((1, "a"), (2, "b"), (4, "a")) == {4}
    assert days((1, "a"), (2, "b"), (5, "a")) == set(), "five days"
    assert days((1, "a"), (2, "a"), (4, "a")) == set(), "one source"
    assert days((1, "a"), (1, "a"), (1, "b")) == {1}, "two reports of one day are two"


def test_thresholds_add_counts_where_the_event_has_them() -> None:
    accord = clause("for each: zone\nwhen: at least 100 shots(zone) in 2 days\nmust: told(north) within 1 days")
    events: list[Event] = [
        (1, "shots", ("hill", 60, "1")),
        (2, "shots", ("hill", 40, "2")),
        (2, "shots", ("ford", 99, "3")),
    ]
    assert judged(accord, events, 5)["applies"] == {(2, ("hill",))}


def test_definitions_are_opened() -> None:
    head = HEAD + "define hostile (party)\n  means: fired(party) or came(party, any)\n"
    accord = clause("for each: party\nmust not: hostile(party)", head)
    assert judged(accord, [(1, "came", ("north", "ford")), (2, "fired", ("south",))], 4)["violated"] == {
        (1, ("north",)), (2, ("south",)),
    }  # fmt: skip
    assert accord.clause("hostile").modality is Modality.DEFINITION


def test_an_accord_that_begins_with_an_event() -> None:
    head = HEAD.replace("in force from: 1 March 2031", "in force on: told(north)")
    accord = clause("for each: party\nmust not: fired(party)", head)
    assert (accord.starts, accord.begins_on) == (None, "told")
    assert judged(accord, [(0, "fired", ("south",)), (1, "told", ("north",)), (2, "fired", ("south",))], 4)[
        "violated"
    ] == {(2, ("south",))}


# --- standing, slots, quotations, zones ---


def test_what_nobody_stated_is_listed_and_assumptions_are_marked() -> None:
    accord = parse_accord(
        HEAD
        + 'clause 1 "One"\n  standing: proposed by north\n  quote: "words"\n  must: told(any) assumed within 9 days\n'
    )
    found = accord.clause("1")
    assert (found.standing, found.proposer) == (Standing.PROPOSED, ("north",))
    assert found.unstated == (
        "who acts", "towards whom", "how fast", "for how long", "watched by whom", "what follows a breach",
    )  # fmt: skip
    assert found.inferred == ("deadline",)


def test_a_clause_that_cannot_be_monitored_says_why() -> None:
    found = clause("not monitored because: good faith names no act").clause("1")
    assert found.logic is None
    assert found.why_not == "good faith names no act"


def test_a_duty_and_a_prohibition_that_meet_are_pointed_out(tmp_path: Path) -> None:
    ban = 'clause 2 "Two"\n  standing: agreed\n  quote: "words"\n  for each: party\n  must not: left(party, any)\n'
    duty = 'clause 1 "One"\n  standing: agreed\n  quote: "words"\n  must: left(north, hill) within 3 days\n'
    path = tmp_path / "a.accord"
    path.write_text(HEAD + duty + ban, encoding="utf8")
    assert "clause 1 obliges to what clause 2 forbids: left" in open_clauses(path).doubts()
    path.write_text(HEAD + duty + ban.replace("for each: party", "for each: party in south"), encoding="utf8")
    assert not any("obliges" in doubt for doubt in open_clauses(path).doubts())


def test_a_quotation_over_a_line_end_is_cited_as_the_text_has_it() -> None:
    text = HEAD + 'clause 1 "One"\n  standing: agreed\n  quote: "cease all fire"\n  must: told(north) by day 1\n'
    cited = parse_accord(text, "a", {"truce": "Both cease\n  all fire."}).clause("1").cited[0]
    assert (cited.quote, cited.start) == ("cease\n  all fire", 5)


def test_zones_by_geometry() -> None:
    accord = load_accord(ARRANGEMENT)
    assert zones_at(accord, -20.0, 40.4) == ("north",)
    assert zones_at(accord, -20.0, 40.2) == ("median",)
    assert zones_at(accord, 0.0, 0.0) == ()


def test_the_example_speaks_every_form_and_every_clause_can_be_kept_and_broken() -> None:
    opened = open_clauses(ARRANGEMENT)
    assert opened.doubts() == ()
    assert {c.modality for c in opened.accord.clauses} == set(Modality)
    assert all(cited.start is not None for c in opened.accord.clauses for cited in c.cited)


@pytest.mark.data
def test_formulas_are_written_so_that_they_read_back_the_same() -> None:
    folder = ROOT.parent / "shared" / "data" / "monitoring"
    if not folder.exists():
        pytest.skip("the formulas of the shared data folder are not here")
    formulas = {
        str(json.loads(line)["formula"])
        for name in ("mfotl_cases.jsonl", "mfotl_random.jsonl")
        for line in (folder / name).read_text(encoding="utf8").splitlines()
    }
    read = list[Formula]()
    for text in formulas:
        with suppress(InputError):  # a few use what the engine declares outside its fragment
            read.append(parse_formula(text))
    assert len(read) > 300
    for formula in read:
        assert str(parse_formula(written(formula))) == str(formula)


# --- refusals ---


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("must: told(noth) by day 1", "line 22, must, told(party): unknown party or body 'noth'; did you mean north?"),
        ("must: left(north, hil) by day 1", "line 22, must, left(zone): unknown zone 'hil'; did you mean hill?"),
        ("must: tol(north) by day 1", "line 22, must: unknown event 'tol'; did you mean told?"),
        ("must: left(north) by day 1", "line 22, must: left takes party, zone; found 1 values"),
        ("must: told(north)", "line 22, must: no deadline: a duty without one is never breached"),
        ("must: told(north) by 31 February 2031", "line 22, must: no such day: 31 February 2031"),
        ("must: told(north) by 28 February 2031", "line 22, must: a date before the accord is in force (2031-03-01)"),
        ("when: left(north, any)\nmust: told(north) within 2 months", "line 23, must: months and years differ"),
        ("must: told(north) within 0 months", "line 22, must: 0 months"),
        ("must: told(north) within 5 days of 3 March 2031", "line 22, must: 5 days of a date"),
        ("must: told(north) within 24 hours", "line 22, must: hours: reports give days"),
        ("must: told(north) from 9 March 2031 to 5 March 2031", "line 22, must: the last day comes before the first"),
        ("must: told(north) within 36526 days", "line 22, must: 36526 days are more than a hundred years"),
        ("must: told(north) by 2 March 2231", "line 22, must: a date more than a hundred years after"),
        ("must: told(north) assumed within 9 days", "line 22, must: agreed, and yet something is assumed"),
        ("must: told(north) within 9 days\nassumed: holder", "line 23, assumed: agreed, and yet something is assumed"),
        ("must: told(north) quickly", "line 22, must: cannot be read from 'quickly' on"),
        ("must: freed(person) by day 1", "line 22, must, freed(person): nothing says which person 'person' is"),
        ("for each: person\nmust: freed(person) by day 1", "nothing says which person is meant"),
        ("holder: nort\nmust: told(north) by day 1", "line 22, holder: unknown party or body 'nort'"),
        ("verified by: wach\nmust: told(north) by day 1", "unknown party or body 'wach'; did you mean watch?"),
        ("must: told(north) by day 1\nafter: 9", "line 23, after: unknown clause '9'"),
        ("must: told(north) by day 1\nafter: 1", "line 23, after: clause 1 has to come before itself"),
        ("must: told(north) by day 1\nmay: paused()", "line 23, may: must and may in one clause"),
        ("mst: told(north) by day 1", "line 22, mst: unknown field; did you mean must?"),
        ("when: breach of 1\nmust: told(north) by day 1", "line 22, when: clause 1 is defined by its own breach"),
        ("when: breach of 7\nmust: told(north) by day 1", "line 22, when: unknown clause '7'"),
        ("for each: party\nmust not: fired(party)\nexcept: fired(party)", "line 24, except: clause 1 takes back all"),
        ("when: paused()\nif: not paused()\nmust: told(north) by day 1", "line 23, if: clause 1 can never apply"),
        ("when: told(any)\nexcept: told(any)\nmust: paused() by day 1", "line 23, except: clause 1 never applies"),
        ("standing: agreed\nmust: told(north) by day 1", "line 22, standing: stands twice"),
        ("until: 1 February 2031\nmust not: fired(north)", "line 22, until: a date before the accord is in force"),
        ("holder: north", "line 19: the clause says nothing that can be monitored"),
    ],
)  # fmt: skip
def test_what_a_clause_cannot_say(body: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        clause(body)
    message = str(caught.value)
    assert message.startswith("truce.accord, line ")
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("timing", "last"),
    [
        ("within 2 months", date(2031, 5, 1)),
        ("within 2 months (last day not counted)", date(2031, 4, 30)),
        ("within 1 year", date(2032, 3, 1)),
        ("within 1 month of 31 January 2032", date(2032, 2, 29)),
    ],
)
def test_months_are_counted_from_a_date(timing: str, last: date) -> None:
    accord = clause(f"must: told(north) {timing}")
    assert accord.clauses[0].due == last
    assert f"{last.day} {last:%B %Y} being the last day" in accord.clauses[0].paraphrase


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  timezone: Europe/Vienna\n", "", "line 1, timezone: no time zone"),
        ("Europe/Vienna", "Europe/Viena", "line 3, timezone: unknown time zone 'Europe/Viena'"),
        ("1 March 2031", "31 April 2031", "line 4, in force from: no such day: 31 April 2031"),
        (', south "Southland"', "", "line 6: an accord has two parties or more"),
        ("zone ford", "zone hill", "line 9: zone 'hill' stands twice; first on line 8"),
        ("event told (party)", "event told (part y)", "line 13: not an argument: 'part y'"),
        ("timezone", "tmezone", "line 3: unknown field 'tmezone'; did you mean timezone?"),
        ("  last day: counted\n", "", "line 21, must: does the last day count?"),
        ("zone ford", "  zone: x\nzone ford", "line 9: unknown field 'zone'"),
        ('zone ford "the Ford"', 'zone ford "the Ford"\n  band: 5 km around 200 1, 2 2', "line 10, band: longitude"),
        ('zone ford "the Ford"', 'zone ford "the Ford"\n  geojson: {"type": "Point"}', "line 10, geojson: no GeoJSON"),
        ("truce: kept", "truce: missing.txt #", "line 2, text: the cited text cannot be read"),
        ("  in force from: 1 March 2031\n", "  in force from: 1 March 2031\n  in force until: 1 March 2030\n",
         "line 5: in force until a day before it begins"),
        ("event paused ()", "event begins ()", "line 14: begins is the first day in force"),
    ],
)  # fmt: skip
def test_what_a_header_cannot_say(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in HEAD
    text = (
        HEAD.replace(old, new)
        + 'clause 1 "One"\n  standing: agreed\n  quote: "words"\n  must: told(north) within 3 days\n'
    )
    (tmp_path / "a.accord").write_text(text, encoding="utf8")
    with pytest.raises(InputError) as caught:
        load_accord(tmp_path / "a.accord")
    assert f"a.accord, {said}" in str(caught.value)


def test_a_quotation_that_does_not_occur_is_refused_where_it_goes_wrong() -> None:
    text = HEAD + 'clause 1 "One"\n  standing: agreed\n  quote: "cease all shooting"\n  must: told(north) by day 1\n'
    with pytest.raises(InputError, match=r"line 21, quote: these words do not occur in truce.*only 'cease all'"):
        parse_accord(text, "a.accord", {"truce": "Both cease all fire."})


@pytest.mark.parametrize(
    ("means", "said"),
    [
        ("fired(party) and not fired(party)", "can never be met"),
        ("foul(party) or fired(party)", "foul is defined by itself"),
        ("party is north and party is south and fired(party)", "can never be met"),
    ],
)
def test_definitions_that_contradict_themselves(means: str, said: str) -> None:
    head = HEAD + f"define foul (party)\n  means: {means}\n"
    with pytest.raises(InputError, match=rf"truce.accord, line 19, means: .*{said}"):
        clause("for each: party\nmust not: foul(party)", head)


def test_a_clause_that_asks_for_what_its_definition_excludes() -> None:
    head = HEAD + "define quiet (party)\n  means: not fired(party)\n"
    with pytest.raises(InputError, match=r"line 26, if: clause 1 can never apply"):
        clause("for each: party\nwhen: fired(party)\nif: quiet(party)\nmust: told(party) by day 1", head)


def test_line_ends_and_marks_of_other_systems_do_not_matter(tmp_path: Path) -> None:
    text = HEAD + 'clause 1 "One"\n  standing: agreed\n  quote: "words"\n  must: told(north) by day 1\n'
    (tmp_path / "a.accord").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_accord(tmp_path / "a.accord") == parse_accord(text)
    (tmp_path / "b.accord").write_bytes(text.replace("Northland", "N\xf6rdland").encode("latin-1"))
    with pytest.raises(InputError, match=r"b.accord: not UTF-8 \(byte \d+\); save the file as UTF-8"):
        load_accord(tmp_path / "b.accord")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        load_accord(tmp_path / "none.accord")
