"""Blockers and openings against brute force over all subsets of stated positions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest

from comity.bargaining.blocks import blockers, openings, roadmap
from comity.bargaining.blocks.cheapest import cheapest
from comity.bargaining.blocks.minimal import minimal_sets
from comity.bargaining.blocks.satisfy import satisfy
from comity.bargaining.blocks.stand import stands_of
from comity.bargaining.model import parse_model
from comity.bargaining.pareto.layers import Deadline
from comity.words import InputError, NegotiationModel, Package, ReservationRule


def violated(model: NegotiationModel, packages_of, verdicts_of, utility=None) -> set[frozenset[str]]:
    """For every package that satisfies the rules (and floors, with `utility`): what it crosses."""
    rule_ids = {rule.id for rule in model.rules}
    found = set()
    for package in packages_of(model):
        verdicts = verdicts_of(model, package)
        crossed = frozenset(name for name, ok in verdicts.items() if not ok)
        if not crossed & rule_ids and (utility is None or utility(model, package)):
            found.add(crossed)
    return found


def brute_openings(crossings: set[frozenset[str]]) -> set[frozenset[str]]:
    return {c for c in crossings if not any(other < c for other in crossings)}


def brute_blockers(crossings: set[frozenset[str]], ids: list[str]) -> set[frozenset[str]]:
    """Minimal sets that every package crosses: hitting sets of all crossings, tried by size."""
    found: list[frozenset[str]] = []
    for size in range(1, len(ids) + 1):
        for chosen in map(frozenset, combinations(ids, size)):
            if all(chosen & crossed for crossed in crossings) and not any(f <= chosen for f in found):
                found.append(chosen)
    return set(found)


def keeps_floors(model: NegotiationModel, package: tuple[str, ...]) -> bool:
    picked = {issue.id: option for issue, option in zip(model.issues, package, strict=True)}
    for p in model.preferences:
        if p.reservation is None:
            continue
        weights = {w.issue: Fraction(str(w.low)) for w in p.weights}
        total = sum(
            weights.get(w.issue, Fraction(1)) * Fraction(str(w.low)) for w in p.worths if picked[w.issue] == w.option
        )
        total += sum(Fraction(str(j.worth)) for j in p.joint if all(picked[c.issue] in c.options for c in j.choices))
        low = Fraction(str(p.reservation))
        if total < low or (total == low and p.reservation_rule is ReservationRule.MORE_THAN):
            return False
    return True


def tighter(model: NegotiationModel) -> NegotiationModel:
    """The same model with every party refusing one more option, so that blockers are common."""
    from comity.words import RedLine

    lines = list(model.red_lines)
    for p, party in enumerate(model.parties):
        issue = model.issues[p % len(model.issues)]
        option = issue.options[(p // 2) % len(issue.options)]
        lines.append(RedLine(f"{party.id} more", party.id, issue.id, (option.id,)))
        other = model.issues[(p + 1) % len(model.issues)]
        lines.append(RedLine(f"{party.id} most", party.id, other.id, (other.options[p % len(other.options)].id,)))
    return replace(model, red_lines=tuple(lines))


def test_equal_brute_force_without_floors(random_model, seeds, packages_of, verdicts_of, record_property) -> None:
    blocked = compared = 0
    for seed in seeds:
        model = tighter(random_model(seed))
        crossings = violated(model, packages_of, verdicts_of)
        if not crossings:
            with pytest.raises(InputError, match="the rules alone leave no package"):
                blockers(model)
            continue
        ids = [line.id for line in model.red_lines] + [condition.id for condition in model.conditions]
        result = blockers(model)
        expected = set() if frozenset() in crossings else brute_blockers(crossings, ids)
        assert {frozenset(s.id for s in b.stands) for b in result.blockers} == expected, seed
        assert result.complete
        assert result.possible == (frozenset() in crossings)
        if result.package is not None:
            assert all(verdicts_of(model, result.package.options).values())
        found = openings(model, count=10_000, alone=False)
        assert {frozenset(s.id for s in o.gives) for o in found.openings} == brute_openings(crossings), seed
        assert found.complete
        assert found.least == min(map(len, crossings))
        for opening in found.openings:
            broken = {name for name, ok in verdicts_of(model, opening.package.options).items() if not ok}
            assert broken == {stand.id for stand in opening.gives}
        blocked += bool(expected)
        compared += 1
    assert blocked > len(seeds) / 3
    record_property("compared", compared)


def test_solver_finds_the_same_openings(random_model, seeds_or, packages_of, verdicts_of) -> None:
    pytest.importorskip("ortools")
    for seed in seeds_or(25):
        model = tighter(random_model(seed))
        crossings = violated(model, packages_of, verdicts_of)
        if not crossings:
            continue
        found = cheapest(model, stands_of(model), floors=False, count=10_000, deadline=Deadline(None))
        held = stands_of(model)
        assert {frozenset(held[i][0].id for i in gives) for gives, _ in found.sets} == brute_openings(crossings), seed
        assert found.proved
        assert found.complete


def test_openings_with_floors_equal_brute_force(
    random_model, seeds_or, packages_of, verdicts_of, record_property
) -> None:
    pytest.importorskip("ortools")
    compared = 0
    for seed in seeds_or(40):
        model = tighter(random_model(seed))
        if seed % 2:  # every other model with positions on single issues only, for the walk by levels
            plain = tuple(replace(p, joint=()) for p in model.preferences)
            model = replace(model, conditions=(), rules=(), preferences=plain)
        if all(p.reservation is None for p in model.preferences):
            with pytest.raises(InputError, match="no party states an alternative"):
                openings(model, floors=True)
            continue
        crossings = violated(model, packages_of, verdicts_of, keeps_floors)
        if not crossings:
            with pytest.raises(InputError, match=r"no concession opens a deal|the rules alone"):
                openings(model, floors=True)
            continue
        found = openings(model, floors=True, count=10_000, alone=False)
        assert {frozenset(s.id for s in o.gives) for o in found.openings} == brute_openings(crossings), seed
        assert found.complete
        assert found.proved
        few = openings(model, floors=True, count=2, alone=False)
        numbers = sorted(len(o) for o in brute_openings(crossings))
        assert [o.number for o in few.openings] == numbers[:2], seed
        assert all(keeps_floors(model, o.package.options) for o in found.openings)
        compared += 1
    assert compared > 5
    record_property("compared", compared)


@pytest.mark.parametrize("narrow", [((3, 99), (6, 0)), ((2, 0),)])
def test_levels_walked_in_part_are_finished_by_the_solver(
    narrow, monkeypatch, random_model, packages_of, verdicts_of
) -> None:
    pytest.importorskip("ortools")
    monkeypatch.setattr("comity.bargaining.blocks.levels.WIDTHS", narrow)
    compared = 0
    for seed in range(60):
        model = tighter(random_model(seed))
        plain = tuple(replace(p, joint=()) for p in model.preferences)
        model = replace(model, conditions=(), rules=(), preferences=plain)
        crossings = violated(model, packages_of, verdicts_of, keeps_floors)
        if not crossings or all(p.reservation is None for p in model.preferences):
            continue
        expected = brute_openings(crossings)
        found = openings(model, floors=True, count=10_000, alone=False)
        assert {frozenset(s.id for s in o.gives) for o in found.openings} == expected, seed
        few = openings(model, floors=True, count=2, alone=False)
        assert [o.number for o in few.openings] == sorted(map(len, expected))[:2], seed
        compared += 1
    assert compared > 10


def test_blockers_with_floors_equal_brute_force(
    random_model, seeds_or, packages_of, verdicts_of, record_property
) -> None:
    pytest.importorskip("ortools")
    compared = 0
    for seed in seeds_or(14):
        model = tighter(random_model(seed))
        owners = [p.party for p in model.preferences if p.reservation is not None]
        if not owners or not violated(model, packages_of, verdicts_of):
            continue
        crossings = set()
        rule_ids = {rule.id for rule in model.rules}
        for package in packages_of(model):
            crossed = frozenset(name for name, ok in verdicts_of(model, package).items() if not ok)
            below = frozenset(
                f"floor of {party}"
                for party in owners
                if not keeps_floors(
                    replace(model, preferences=tuple(p for p in model.preferences if p.party == party)), package
                )
            )
            if not crossed & rule_ids:
                crossings.add(crossed | below)
        ids = sorted({name for crossed in crossings for name in crossed})
        expected = set() if frozenset() in crossings else brute_blockers(crossings, ids)
        result = blockers(model, floors=True)
        assert {frozenset(s.id for s in b.stands) for b in result.blockers} == expected, seed
        assert result.possible == (frozenset() in crossings)
        compared += 1
    assert compared > 4
    record_property("compared", compared)


def test_what_a_party_alone_could_do(random_model, seeds_or, packages_of, verdicts_of, record_property) -> None:
    compared = 0
    for seed in seeds_or(60):
        model = tighter(random_model(seed))
        crossings = violated(model, packages_of, verdicts_of)
        if not crossings or frozenset() in crossings:
            continue
        holder = {stand.id: stand.party for stand, _ in stands_of(model)}
        result = openings(model)
        assert [block.party for block in result.blocks] == [party.id for party in model.parties]
        for block in result.blocks:
            own = [c for c in crossings if {holder[name] for name in c} == {block.party}]
            assert (block.alone is None) == (not own)
            if block.alone is not None:
                assert block.alone.number == min(map(len, own))
        compared += 1
    record_property("compared", compared)


NAMES = """
[[issue]]
id = "quota"
name = "Quota"
options = [{id = "low", name = "a fifth"}, {id = "high", name = "a half"}]
[[issue]]
id = "boats"
name = "Boats"
options = [{id = "stay", name = "they stay"}, {id = "leave", name = "they leave"}]
[[issue]]
id = "mirror"
name = "The others' boats"
options = [{id = "stay", name = "they stay"}, {id = "leave", name = "they leave"}]
[[party]]
id = "a"
name = "Aldermark"
[[party]]
id = "b"
name = "Bergen Bay"
[[party]]
id = "c"
name = "Cape Dun"
roles = ["mediator"]
[[red_line]]
id = "a1"
party = "a"
issue = "quota"
refuses = ["high"]
statements = ["d#1"]
quote = "never a half"
[[red_line]]
id = "b1"
party = "b"
issue = "quota"
refuses = ["low"]
provenance = "reporter"
statements = ["d#2"]
[[condition]]
id = "a2"
party = "a"
when = {issue = "boats", option = "leave"}
requires = [{issue = "mirror", option = "leave"}]
statements = ["d#3"]
[[red_line]]
id = "b2"
party = "b"
issue = "boats"
refuses = ["stay"]
[[flag]]
text = "a treaty of 1911 names the quota"
citation = "Treaty of 1911, article 3"
touches = [{issue = "quota", option = "high"}]
"""


def test_says_on_whose_word_and_who_is_not_heard() -> None:
    model = parse_model(NAMES)
    result = blockers(model)
    assert [tuple(s.id for s in b.stands) for b in result.blockers] == [("a1", "b1")]
    assert result.blockers[0].on_reporter
    assert result.blockers[0].issues == ("quota",)
    assert [s.text for s in result.blockers[0].stands] == [
        "Aldermark refuses Quota: a half",
        "Bergen Bay refuses Quota: a fifth",
    ]
    without = blockers(model, reporter=False)
    assert without.possible
    assert without.blockers == ()
    assert ("b", "mirror") in {(u.party, u.issue) for u in without.unheard}
    assert "c" not in {u.party for u in without.unheard}  # a mediator is not waited for
    found = openings(model)
    assert [[s.id for s in o.gives] for o in found.openings] == [["a1"], ["b1"]]
    assert [o.on_reporter for o in found.openings] == [False, True]
    assert [[f.citation for f in o.flags] for o in found.openings] == [["Treaty of 1911, article 3"], []]
    assert found.method.exact


def test_conditional_offer_counts_like_any_position() -> None:
    """Neither firmness nor who holds it makes one opening come before another of the same number."""
    model = parse_model(NAMES)
    soft = replace(
        model,
        red_lines=tuple(
            replace(line, firmness=f) for line, f in zip(model.red_lines, ["soft", "firm", "firm"], strict=True)
        ),
    )
    order = [[s.id for s in o.gives] for o in openings(soft).openings]
    assert order == [[s.id for s in o.gives] for o in openings(model).openings]


def test_roadmap_waits_for_gates(fishery: NegotiationModel) -> None:
    stages = roadmap(fishery, Package(("30", "yearly", "joint")))
    assert [[step.id for step in stage.steps] for stage in stages] == [["survey", "vote"], ["share"]]
    assert [step.id for step in stages[0].gates] == ["vote"]
    stages = roadmap(fishery, Package(("10", "yearly", "joint")))
    assert [[step.id for step in stage.steps] for stage in stages] == [["survey", "vote"]]


def test_rules_that_leave_nothing() -> None:
    text = """
    issue = [{id = "a", options = ["x", "y"]}]
    party = [{id = "p"}]
    rule = [{ban = [{issue = "a", option = "x"}]}, {ban = [{issue = "a", option = "y"}]}]
    """
    for ask in (blockers, openings):
        with pytest.raises(InputError, match="the rules alone leave no package"):
            ask(parse_model(text))


def test_satisfy_backtracks() -> None:
    """Three pigeons, two holes: no package, found only by trying."""
    from comity.bargaining.meets import Meet

    banned = [Meet(((a, 1 << h), (b, 1 << h))) for h in range(2) for a, b in combinations(range(3), 2)]
    assert satisfy((2, 2, 2), banned) is None
    assert satisfy((2, 2, 3), banned) == (0, 1, 2)
    assert satisfy((2, 2), []) == (0, 0)


def test_minimal_sets_stop_where_told() -> None:
    result = minimal_sets(12, lambda chosen: len(chosen) < 6, most=5)
    assert not result.complete
    assert len(result.impossible) + len(result.give_up) == 5
