"""Verdicts on uncertain, late and corrected reports: against every completion, and case by case."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from bench.random_accords import FIRST, KINDS, Sample, incident, logics, moment, sample, verdict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from comity.accord.incidents import Log, end_of
from comity.accord.verdicts import Case, judge
from comity.accord.verdicts.findings import known_of
from comity.words import (
    Accord,
    Clause,
    Compliance,
    EventKind,
    Incident,
    InputError,
    Logic,
    Modality,
    Review,
    Standing,
    in_force,
)

EXAMPLES = int(os.environ.get("COMITY_EXAMPLES", "40"))
"""How many random logs; COMITY_EXAMPLES=1000 for the full run."""


def day(n: int) -> date:
    return date(2031, 3, 1) + timedelta(days=n)


def at(n: int) -> datetime:
    return datetime(2031, 3, 1, 12, tzinfo=UTC) + timedelta(days=n)


KIND = (EventKind("notify", ("party",)), EventKind("act", ("party",)), EventKind("hit", ("zone", "count", "id")))


def accord(applies: str, holds: str, *parameters: str, standing: Standing = Standing.AGREED) -> Accord:
    scope = tuple(k.name for k in KIND if k.name + "(" in applies + holds)
    clause = Clause("1", "One", Modality.OBLIGATION, standing, (), logic=Logic(applies, holds, parameters, scope))
    return Accord("Truce", "UTC", ("a", "b"), KIND, (clause,), starts=day(0))


def report(
    name: str, kind: str, first: int, last: int | None = None, low: int = 1, high: int | None = None, **told: str
):
    end = first if last is None else last
    return Incident(name, kind, day(first), day(end), at(end), "Post", tuple(told.items()), low, max(high or low, 1))


def watched(until: int, *kinds: str) -> list[Incident]:
    return [replace(report(f"w{k}", "coverage", 0, until, of=k), known_since=at(until)) for k in kinds]


def verdicts(a: Accord, incidents: list[Incident], until: int) -> list[Compliance]:
    return [j.decision.verdict for j in judge(a, a.clauses[0], incidents, day(until))]


OBLIGATION = ("notify(p)", "EVENTUALLY[0,5] act(p)", "p")


def test_an_act_in_time_complies_and_none_in_time_breaches():
    a, told = accord(*OBLIGATION), [report("n", "notify", 1, party="a"), *watched(20, "act", "notify")]
    assert verdicts(a, [*told, report("x", "act", 6, party="a")], 20) == [Compliance.COMPLIED]
    assert verdicts(a, [*told, report("x", "act", 7, party="a")], 20) == [Compliance.BREACHED]
    assert verdicts(a, [*told, report("x", "act", 6, party="b")], 20) == [Compliance.BREACHED]


def test_an_interval_that_straddles_the_last_day_is_disputed_and_one_inside_is_certain():
    a, told = accord(*OBLIGATION), [report("n", "notify", 1, party="a"), *watched(20, "act", "notify")]
    assert verdicts(a, [*told, report("x", "act", 5, 8, party="a")], 20) == [Compliance.DISPUTED]
    assert verdicts(a, [*told, report("x", "act", 3, 6, party="a")], 20) == [Compliance.COMPLIED]


def test_pending_while_time_is_not_up_and_while_reports_are_not_in():
    a, n = accord(*OBLIGATION), report("n", "notify", 1, party="a")
    assert verdicts(a, [n, *watched(4, "act", "notify")], 4) == [Compliance.PENDING]
    assert verdicts(a, [n, *watched(4, "act", "notify")], 20) == [Compliance.PENDING]
    early = report("x", "act", 2, party="a")
    assert verdicts(a, [n, early, *watched(4, "notify")], 4) == [Compliance.COMPLIED]  # told already


def test_absence_where_nobody_watches_is_not_verifiable():
    a = accord(*OBLIGATION)
    assert verdicts(a, [report("n", "notify", 1, party="a"), *watched(20, "notify")], 20) == [Compliance.NOT_VERIFIABLE]


def test_a_party_that_no_report_names_makes_a_dispute_for_each_and_a_breach_for_none():
    a = accord('begins() AND (p = "a" OR p = "b")', "NOT EVENTUALLY[0,5] act(p)", "p")
    found = verdicts(a, [report("x", "act", 3), *watched(20, "act")], 20)
    assert found == [Compliance.DISPUTED, Compliance.DISPUTED]
    anyone = accord("begins()", "NOT EVENTUALLY[0,5] (EXISTS p. act(p))")
    assert verdicts(anyone, [report("x", "act", 3), *watched(20, "act")], 20) == [Compliance.BREACHED]


@pytest.mark.parametrize(
    ("limit", "expected"), [(60, "breached"), (63, "disputed"), (67, "disputed"), (68, "complied")]
)
def test_counts_have_a_certain_and_a_possible_part(limit: int, expected: str):
    """Sixty events within a month for certain, seven at its edges, all with days that are not known exactly."""
    holds = f"NOT (EXISTS c. ((c <- CNT i (EVENTUALLY[0,30] (EXISTS z, n. hit(z, n, i)))) AND c >= {limit}))"
    inside = [report(f"i{k}", "hit", k % 25, k % 25 + k % 5, zone="N") for k in range(60)]
    edge = [report(f"e{k}", "hit", 29, 33, zone="N") for k in range(7)]
    far = [report(f"f{k}", "hit", 35, 36, zone="N") for k in range(5)]
    found = verdicts(accord("begins()", holds), [*inside, *edge, *far, *watched(50, "hit")], 50)
    assert [v.value for v in found] == [expected]


def test_uncertain_counts_add_up():
    holds = 'NOT (EXISTS s. ((s <- SUM n; z (ONCE[0,3] hit(z,n,i))) AND z = "N" AND s > 10))'.replace(
        "EXISTS s", "EXISTS s,z"
    )
    told = [report(f"i{k}", "hit", k, low=2, high=4, zone="N") for k in range(3)]
    a = accord("ONCE[3,3] begins()", holds)
    assert verdicts(a, [*told, *watched(9, "hit")], 9) == [Compliance.DISPUTED]  # between 6 and 12
    more = [*told, report("z", "hit", 3, low=5, zone="N")]
    assert verdicts(a, [*more, *watched(9, "hit")], 9) == [Compliance.BREACHED]  # 11 at least


def test_a_proposed_clause_and_one_without_formulas_have_no_verdict():
    assert verdicts(accord(*OBLIGATION, standing=Standing.PROPOSED), [report("n", "notify", 1, party="a")], 20) == []
    a = accord(*OBLIGATION)
    assert list(judge(a, replace(a.clauses[0], logic=None, why_not="no act"), [], day(9))) == []


def test_monitoring_verification_and_attribution_are_kept_apart():
    a = accord("begins()", "NOT EVENTUALLY[0,5] (EXISTS p. act(p))")
    x = replace(report("x", "act", 3, party="a"), attributed="A", verified_by="mission")
    (found,) = [j.finding for j in judge(a, a.clauses[0], [x, *watched(20, "act")], day(20))]
    assert (found.monitoring, found.verification) == ("reported breach", "confirmed by mission")
    assert found.attribution == "nobody yet; said to be A, on the word of Post"
    seen = replace(x, review=Review.ACCEPTED, attribution="A")
    (found,) = [j.finding for j in judge(a, a.clauses[0], [seen, *watched(20, "act")], day(20))]
    assert (found.monitoring, found.attribution) == ("breach", "A, as a person confirmed")


def test_what_would_change_a_verdict_changes_it():
    a, told = accord(*OBLIGATION), [report("n", "notify", 1, party="a"), *watched(20, "act", "notify")]
    (late,) = judge(a, a.clauses[0], [*told, report("x", "act", 8, party="a")], day(20))
    assert late.finding.would_change == "x 2 days earlier: complied"
    assert verdicts(a, [*told, report("x", "act", 6, party="a")], 20) == [Compliance.COMPLIED]
    (open_,) = judge(a, a.clauses[0], [*told, report("x", "act", 5, 8, party="a")], day(20))
    assert open_.finding.would_change == "x on 2031-03-09: breached; x on 2031-03-06: complied"


def test_an_interval_in_seconds_is_refused():
    with pytest.raises(InputError, match="clauses count days"):
        verdicts(accord("notify(p)", "EVENTUALLY[0,5d] act(p)", "p"), [report("n", "notify", 1, party="a")], 9)


# --- random logs -----------------------------------------------------------------------------------------------------


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_never_wrong_against_every_completion_and_always_settled(seed: int):
    s = sample(random.Random(seed))
    assert s is not None
    assert s.clause.logic is not None
    case = Case(s.clause.logic, dict(s.binding), s.day, known_of(s.accord, s.incidents, s.until))
    truth = verdict(s, (case.last_day - s.day).days)
    if truth is None:
        return
    bounds, decision = case.value(), case.decide()
    if bounds is not None:
        assert truth is (Compliance.BREACHED if bounds else Compliance.COMPLIED)
    found = Compliance.PENDING if decision.verdict is Compliance.NOT_VERIFIABLE else decision.verdict
    assert (found, decision.settled) == (truth, True)


def worsened(draw: random.Random, clean: list[Incident]) -> list[Incident]:
    """A raw log that comes to `clean` in the end: delayed, first told wrongly, withdrawn, told anew, in any order."""
    raw = list[Incident]()
    for i in clean:
        known = i.known_since + timedelta(days=draw.randint(0, 9))
        steps = draw.randint(0, 3)
        if not steps or i.kind == "coverage":
            raw.append(replace(i, known_since=known))
            continue
        wrong = replace(incident(draw, 0, [i.kind], 8), id=i.id, known_since=known)
        raw.append(wrong)
        last = i.id
        for k in range(steps):
            final = k == steps - 1
            form = i if final else replace(wrong, withdrawn=draw.random() < 0.4, low=0)
            name = f"{i.id}.{k}"
            raw.append(
                replace(form, id=name, corrects=last, known_since=known + timedelta(days=k + draw.randint(0, 2)))
            )
            last = name
    for k in range(draw.randint(0, 2)):  # reports that are withdrawn for good
        gone = replace(
            incident(draw, 70 + k, [KINDS[0].name, KINDS[3].name], 8), known_since=moment(draw.randint(0, 9))
        )
        raw += [gone, replace(gone, id=f"{gone.id}.x", corrects=gone.id, withdrawn=True, known_since=moment(12))]
    draw.shuffle(raw)
    return raw


def answers(s: Sample, incidents: list[Incident], until: date) -> list[tuple[object, ...]]:
    judged = judge(s.accord, s.clause, incidents, until, allowance=400)
    return [(j.binding, j.day, j.decision.verdict, j.decision.settled) for j in judged]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@example(61783)  # a correction that comes before the report it corrects
@given(st.integers(0, 10**9))
def test_late_corrected_and_shuffled_reports_come_to_the_same_verdicts(seed: int):
    draw = random.Random(seed)
    s = sample(draw)
    assert s is not None
    clean = sorted(s.incidents, key=lambda i: (i.earliest, i.id))
    raw = worsened(draw, clean)
    log = Log(tuple(raw))
    last = FIRST + timedelta(days=40)
    assert answers(s, list(log.as_known()), last) == answers(s, clean, last)

    for n in (2, 5, 9, 14):  # an as-of answer is the answer of a fresh run on what was known then
        as_of = end_of(FIRST + timedelta(days=n), "UTC")
        then = sorted((i for i in raw if i.known_since <= as_of), key=lambda i: i.id)
        fresh = list(in_force(then))
        until = FIRST + timedelta(days=n)
        assert answers(s, list(log.as_known(as_of)), until) == answers(s, fresh, until)


def test_random_clauses_cover_every_operator():
    draw = random.Random(1)
    text = " ".join(f"{x.applies} {x.holds}" for x in (logics(draw) for _ in range(400)))
    assert all(op in text for op in ("ONCE", "EVENTUALLY", "SINCE", "UNTIL", "PREVIOUS", "NEXT", "CNT", "SUM", "MAX"))
