"""Scenarios, pictures and the road: every clause on file can be kept and broken, and two semantics agree."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from comity.accord import parse_formula
from comity.accord.clauses import ClauseFile, Outcome, Scenario, open_clauses, parse_accord, roadmap
from comity.accord.clauses.formulas import Meanings
from comity.accord.clauses.scenarios import Scenarios
from comity.accord.textbook import domain, holds
from comity.accord.verdicts import judge
from comity.words import Clause, Compliance, Incident, Standing

ROOT = Path(__file__).parents[2]
FILES = [
    *sorted((ROOT / "examples" / "strait").glob("*.accord")),
    ROOT / "docs" / "seeds.accord",
    *sorted((ROOT / "docs" / "accord").glob("*.accord")),
]


@pytest.fixture(scope="module")
def opened() -> dict[str, ClauseFile]:
    return {path.stem: open_clauses(path) for path in FILES}


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_every_monitorable_clause_has_scenarios_that_fulfil_and_breach_it(
    opened: dict[str, ClauseFile], name: str
) -> None:
    file = opened[name]
    for clause in file.accord.clauses:
        outcomes = {s.outcome for s in file.scenarios(clause)}
        assert {Outcome.FULFILS, Outcome.BREACHES} <= outcomes or clause.logic is None, clause.id


def by_textbook(file: ClauseFile, clause: Clause, scenario: Scenario) -> tuple[bool, set[int]]:
    """Whether the clause applies on the scenario's trigger day, and the days on which it is violated: textbook."""
    assert clause.logic
    points = Scenarios(Meanings(file.tree)).log(scenario.facts, scenario.last)
    applies, kept = parse_formula(clause.logic.applies), parse_formula(clause.logic.holds)
    binding = dict(scenario.binding)
    values = [*domain(points, applies), *domain(points, kept)]
    values = list(dict.fromkeys([*values, *binding.values()]))
    days = [i for i in range(len(points)) if holds(applies, points, i, dict(binding), values)]
    decided = scenario.last - (clause.window[1] if clause.window else 0)
    violated = {i for i in days if i <= decided and not holds(kept, points, i, dict(binding), values)}
    return scenario.trigger in days, violated


@pytest.mark.parametrize("name", ["arrangement", "july2020"])
def test_textbook_semantics_agree_on_short_scenarios(opened: dict[str, ClauseFile], name: str) -> None:
    file, compared = opened[name], 0
    for clause in file.accord.clauses:
        if clause.logic is None or "<-" in clause.logic.applies:
            continue
        for scenario in file.scenarios(clause):
            if scenario.last > 14:
                continue
            bound, violated = by_textbook(file, clause, scenario)
            assert bool(violated) == (scenario.outcome is Outcome.BREACHES), (clause.id, scenario.name)
            assert bound == (scenario.outcome is not Outcome.FREE) or scenario.outcome is Outcome.BREACHES
            compared += 1
    assert compared >= 12


def as_reports(file: ClauseFile, scenario: Scenario) -> list[Incident]:
    """The scenario as incidents, and the word of somebody who watched on every day."""
    first, last = scenario.first, scenario.first + timedelta(days=scenario.last)
    known = datetime(last.year + 1, 1, 1, tzinfo=UTC)
    found = [Incident("watched", "coverage", first, last, known, "observer 1")]
    for number, fact in enumerate(scenario.facts, start=1):
        day = scenario.day(fact)
        found.append(
            Incident(f"i{number}", fact.kind, day, day, known, fact.source, fact.arguments, fact.count, fact.count)
        )
    return found


@pytest.mark.parametrize("name", ["arrangement", "snapback", "july2020"])
def test_verdicts_over_the_scenarios_as_reports_say_the_same(opened: dict[str, ClauseFile], name: str) -> None:
    file, compared = opened[name], 0
    for clause in file.accord.clauses:
        if clause.logic is None or clause.standing is not Standing.AGREED:
            continue
        for scenario in file.scenarios(clause):
            until = scenario.first + timedelta(days=scenario.last)
            decided = scenario.last - (clause.window[1] if clause.window else 0)
            verdicts = {
                ((j.day - scenario.first).days): j.decision.verdict
                for j in judge(file.accord, clause, as_reports(file, scenario), until)
                if j.binding == scenario.binding
            }
            here = {day: v for day, v in verdicts.items() if day <= decided}
            breached = Compliance.BREACHED in here.values()
            assert breached == (scenario.outcome is Outcome.BREACHES), (clause.id, scenario.name, here)
            if scenario.outcome is Outcome.FULFILS:
                assert here[scenario.trigger] is Compliance.COMPLIED, (clause.id, scenario.name, here)
            if scenario.outcome is Outcome.FREE:
                assert scenario.trigger not in here
            compared += 1
    assert compared >= 12


def test_unknown_people_are_not_given_a_side(opened: dict[str, ClauseFile]) -> None:
    file = opened["seeds"]
    response = file.scenarios(file.accord.clause("response"))
    assert any("some party" in words for s in response for _, words in file.told(s))
    assert not any("Europe" in words or "Ukraine responds" in words for s in response for _, words in file.told(s))


def test_days_are_numbered_where_nobody_knows_when_it_begins(opened: dict[str, ClauseFile]) -> None:
    file = opened["seeds"]
    (first, *_) = file.scenarios(file.accord.clause("pullback"))
    assert file.told(first)[0] == ("day 0", "a peace deal comes into force")


def test_the_reported_promises_are_proposed_with_their_questions(opened: dict[str, ClauseFile]) -> None:
    accord = opened["seeds"].accord
    assert [c.id for c in accord.clauses] == [
        "guarantee", "response", "sanctions", "pullback", "access", "demilitarisation", "referendum",
    ]  # fmt: skip
    for clause in accord.clauses:
        assert clause.standing is Standing.PROPOSED
        assert clause.proposer == ("ukraine",)
        assert {"watched by whom", "for how long", "what follows a breach"} <= set(clause.unstated), clause.id
    assert {"who acts", "how fast"} <= set(accord.clause("response").unstated)
    assert {"who acts", "how fast"} <= set(accord.clause("sanctions").unstated)
    assert "how fast" in accord.clause("guarantee").unstated
    assert accord.clause("pullback").holder == ("russia", "ukraine")


def test_the_road_keeps_stated_and_inferred_order_apart(opened: dict[str, ClauseFile]) -> None:
    found = roadmap(opened["seeds"].accord)
    assert {(link.before, link.after, link.inferred) for link in found.links} == {
        ("guarantee", "response", True), ("guarantee", "sanctions", True), ("demilitarisation", "access", True),
    }  # fmt: skip
    minsk = roadmap(opened["minsk"].accord)
    stated = {(link.before, link.after) for link in minsk.links if not link.inferred}
    assert {("1", "2"), ("2", "6"), ("11", "9"), ("12", "9")} <= stated
    place = {clause: n for n, stage in enumerate(minsk.stages) for clause in stage}
    assert all(place[link.before] < place[link.after] for link in minsk.links)


def test_what_a_clause_waits_for_is_inferred_from_who_promises_it() -> None:
    text = """accord "A"
  text a: kept elsewhere
  timezone: Europe/Vienna
  in force from: 1 March 2031
  last day: counted
  parties: north "N", south "S"
event cleared ()
event opened ()
clause 1 "Open"
  standing: agreed
  quote: "q"
  when: cleared()
  must: opened() within 2 days
clause 2 "Clear"
  standing: agreed
  quote: "q"
  must: cleared() within 9 days
"""
    found = roadmap(parse_accord(text))
    assert [(k.before, k.after, k.inferred, k.why) for k in found.links] == [("2", "1", True, "waits for cleared")]
    assert found.stages == (("2",), ("1",))


def test_pictures_are_svg_with_words_for_every_mark(opened: dict[str, ClauseFile]) -> None:
    for file in opened.values():
        for clause in file.accord.clauses:
            root = ElementTree.fromstring(file.picture(clause))
            words = [t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text")]
            if clause.logic is None:
                assert "not monitored" in " ".join(words)
                continue
            for scenario in file.scenarios(clause):
                assert scenario.name in words
                for _, told in file.told(scenario):
                    assert any(re.sub(r" \(\d+ times\)$", "", told)[1:] in w for w in words)
            for element in root.iter():
                for attribute in ("x", "y", "x1", "y1", "x2", "y2"):
                    assert float(element.get(attribute, "0")) >= 0
                    assert float(element.get(attribute, "0")) <= max(
                        760.0, float((root.get("viewBox") or "").split()[3])
                    )


def test_scenarios_are_the_same_every_time() -> None:
    first, second = open_clauses(FILES[0]), open_clauses(FILES[0])
    for clause in first.accord.clauses:
        assert first.scenarios(clause) == second.scenarios(clause)
        assert first.picture(clause) == second.picture(clause)


def test_plain_words_say_the_deadline_and_who_is_bound(opened: dict[str, ClauseFile]) -> None:
    words = opened["minsk"].accord.clause("2").paraphrase
    assert "not later than 1 day after the accord comes into force, that is by 16 February 2015" in words
    assert "not later than 14 days after the step before" in words
    assert "Who is bound: the armed formations of certain areas and Ukraine" in words
    assert "Verified by the OSCE" in words
    assert opened["snapback"].accord.clause("3").window == (31, 31)
    gate = opened["arrangement"].accord.clause("11").paraphrase
    assert "only if the people of Ilmarra approve it in a referendum (then or before)" in gate
