"""What clauses mean, against arithmetic on days written down a second time, over random histories."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.accord import Monitor, TimePoint, parse_formula
from comity.accord.clauses import parse_accord, signature_of
from comity.words import Accord

LAST = 14
START = date(2031, 3, 1)
PARTIES = ("north", "south")

HEAD = """accord "Truce"
  text truce: kept elsewhere
  timezone: Europe/Vienna
  in force from: 1 March 2031
  last day: counted
  parties: north "Northland", south "Southland"
event asked (party)
event did (party)
event freed (party)
event paused ()
event resumed ()
event seen (party)
clause 1 "One"
  standing: agreed
  quote: "words"
  for each: party
"""

Events = frozenset[tuple[int, str, str]]
events = st.frozensets(
    st.tuples(st.integers(0, LAST), st.sampled_from(["asked", "did", "freed"]), st.sampled_from(PARTIES)), max_size=14
)
pauses = st.frozensets(st.tuples(st.integers(0, LAST), st.sampled_from(["paused", "resumed"]), st.just("")), max_size=4)


def accord_of(body: str) -> Accord:
    return parse_accord(HEAD + "".join(f"  {line}\n" for line in body.splitlines()))


def violated(accord: Accord, happened: Events) -> set[tuple[int, str]]:
    """(day, party) on which the engine finds clause 1 violated, the log being over after its last day."""
    logic = accord.clause("1").logic
    assert logic
    points = [TimePoint(i, (START + timedelta(days=i)).toordinal(), {}) for i in range(LAST + 1)]
    points[0].events["begins"] = {()}
    for day, kind, party in happened:
        points[day].events.setdefault(kind, set()).add((party,) if party else ())
    monitor = Monitor(parse_formula(f"({logic.applies}) AND NOT ({logic.holds})"), signature_of(accord))
    place = monitor.columns.index("party")
    return {(v.index, str(row[place])) for v in monitor.run(points, close=True) for row in v.rows}


def days(happened: Events, kind: str, party: str = "") -> set[int]:
    return {d for d, k, p in happened if (k, p) == (kind, party)}


@settings(max_examples=40, deadline=None)
@given(events, st.integers(1, 5), st.integers(0, 5))
def test_duties_with_release_and_exception(happened: Events, low: int, more: int) -> None:
    high = low + more
    accord = accord_of(
        f"when: asked(party)\nmust: did(party) from day {low} to day {high}\nunless: freed(party)\n"
        "except: did(party) within the last 1 day"
    )
    expected = set()
    for party in PARTIES:
        did, freed = days(happened, "did", party), days(happened, "freed", party)
        for t in days(happened, "asked", party):
            excepted = bool(did & {t, t - 1})
            kept = bool(did & set(range(t + low, t + high + 1))) or bool(freed & set(range(t, t + high + 1)))
            if not excepted and not kept:
                expected.add((t, party))
    assert violated(accord, happened) == expected


@settings(max_examples=40, deadline=None)
@given(events, st.integers(0, 4), st.integers(0, 4))
def test_steps_one_after_the_other(happened: Events, first: int, second: int) -> None:
    accord = accord_of(
        f"when: asked(party)\nmust: did(party) from day 0 to day {first}; then freed(party) from day 0 to day {second}"
    )
    expected = set()
    for party in PARTIES:
        did, freed = days(happened, "did", party), days(happened, "freed", party)
        for t in days(happened, "asked", party):
            if not any(freed & set(range(d, d + second + 1)) for d in did & set(range(t, t + first + 1))):
                expected.add((t, party))
    assert violated(accord, happened) == expected


@settings(max_examples=40, deadline=None)
@given(events, st.integers(0, 4))
def test_in_step(happened: Events, within: int) -> None:
    accord = parse_accord(
        HEAD.replace("for each: party", "for each: party; other party")
        + f"  in step with: did(other)\n  must: did(party) within {within} days\n"
    )
    expected = set()
    for party, other in (PARTIES, PARTIES[::-1]):
        mine = days(happened, "did", party)
        for t in days(happened, "did", other):
            if not mine & set(range(t - within, t + within + 1)):
                expected.add((t, party))
    assert violated(accord, happened) == expected


@settings(max_examples=40, deadline=None)
@given(events, pauses)
def test_prohibitions_rest_while_suspended_and_begin_with_their_trigger(happened: Events, held: Events) -> None:
    accord = accord_of(
        "when: asked(party)\nmust not: did(party)\nexcept: freed(party)\nsuspended while: paused() until resumed()"
    )
    everything = happened | held
    expected, resting = set(), False
    for t in range(LAST + 1):
        if t in days(everything, "paused"):
            resting = True  # on the day of both, the suspension begins
        elif t in days(everything, "resumed"):
            resting = False
        for party in PARTIES:
            begun = any(d <= t for d in days(happened, "asked", party))
            broken = t in days(happened, "did", party) and t not in days(happened, "freed", party)
            if begun and broken and not resting:
                expected.add((t, party))
    assert violated(accord, everything) == expected


@settings(max_examples=40, deadline=None)
@given(events, st.integers(0, 3), st.integers(1, 4))
def test_a_power_and_its_condition(happened: Events, low: int, more: int) -> None:
    accord = accord_of(
        f"when: asked(party)\nmay: did(party) from day {low} to day {low + more}\nonly if: freed(party) has happened"
    )
    expected = set()
    for party in PARTIES:
        for t in days(happened, "did", party):
            arisen = days(happened, "asked", party) & set(range(t - low - more, t - low + 1))
            if not arisen or not any(d <= t for d in days(happened, "freed", party)):
                expected.add((t, party))
    assert violated(accord, happened) == expected


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, LAST), st.sampled_from(PARTIES), st.sampled_from("abc")), max_size=12),
    st.integers(1, 3), st.integers(1, 4), st.integers(1, 3),
)  # fmt: skip
def test_thresholds(reports: list[tuple[int, str, str]], least: int, window: int, sources: int) -> None:
    accord = accord_of(
        f"when: at least {least} seen(party) in {window} days from {max(sources, 2)} sources\n"
        "must: paused() from day 20 to day 21"
    )
    logic = accord.clause("1").logic
    assert logic
    points = [TimePoint(i, (START + timedelta(days=i)).toordinal(), {}) for i in range(LAST + 1)]
    points[0].events["begins"] = {()}
    for number, (day, party, source) in enumerate(reports):
        points[day].events.setdefault("seen", set()).add((party, source, str(number)))
    monitor = Monitor(parse_formula(logic.applies), signature_of(accord))
    found = {(v.index, str(row[0])) for v in monitor.run(points, close=True) for row in v.rows}
    expected = set()
    for party in PARTIES:
        reached = False
        for t in range(LAST + 1):
            here = [s for d, p, s in reports if p == party and t - window < d <= t]
            now = len(here) >= least and len(set(here)) >= max(sources, 2)
            if now and not reached:
                expected.add((t, party))
            reached = now
    assert found == expected
