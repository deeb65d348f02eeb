"""Models that several tests share."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from random import Random

import pytest

from comity.bargaining.model import parse_model
from comity.words import (
    Choice,
    Condition,
    Issue,
    Joint,
    NegotiationModel,
    Option,
    Party,
    Preference,
    RedLine,
    ReservationRule,
    Rule,
    RuleKind,
    Weight,
    Worth,
)

FISHERY = """
title = "A fishery between two shores"

[[issue]]
id = "quota"
name = "Quota of the southern shore"
range = {from = 10, to = 40, step = 10, unit = "per cent"}

[[issue]]
id = "review"
name = "Review"
options = [{id = "yearly", name = "every year"}, {id = "never", name = "no review"}]

[[issue]]
id = "light"
name = "Lighthouse"
options = ["north", "south", "joint"]

[[party]]
id = "north"
name = "Northland"

[[party]]
id = "south"
name = "Southland"

[[party]]
id = "third"
name = "Third"

[[red_line]]
id = "N1"
party = "north"
issue = "quota"
accepts = ["10", "20"]
statements = ["a#1"]
quote = "not a fish more than a fifth"

[[red_line]]
id = "S1"
party = "south"
issue = "quota"
refuses = ["10", "20"]
firmness = "firm"
provenance = "reporter"
statements = ["a#2"]

[[condition]]
id = "S2"
party = "south"
when = {issue = "light", option = "north"}
requires = [{issue = "review", option = "yearly"}]
statements = ["a#3"]

[[rule]]
ban = [{issue = "light", option = "joint"}, {issue = "review", option = "never"}]

[[preference]]
party = "north"
reservation = 30
scale = [0, 100]
weights = {quota = 1, review = 0.5, light = 0.25}
functions = {quota = {best = 10, worst = 40}}
worths = {review = {yearly = 40, never = 0}, light = {north = 100, south = 0, joint = 60}}

[[preference]]
party = "south"
reservation = 20
reservation_rule = "more than"
worths.quota = {10 = 0, 20 = 10, 30 = 30, 40 = 50}
worths.review = {yearly = 10, never = 5}
worths.light = {north = 0, south = 30, joint = 20}
joint = [{choices = [{issue = "quota", option = "40"}, {issue = "review", option = "yearly"}], worth = -5}]

[[control]]
party = "north"
issue = "review"
irreversible = [["yearly", "never"]]

[[step]]
id = "survey"
name = "a count of the stock"

[[step]]
id = "share"
name = "the larger share is fished"
when = {issue = "quota", options = ["30", "40"]}
after = ["survey", "vote"]

[[step]]
id = "vote"
name = "the assembly votes"
gate = true

[[flag]]
text = "a court ruled on the lighthouse"
citation = "Ruling 12 (2019), paragraph 4"
touches = [{issue = "light", options = ["north", "south"]}]

[[draft]]
name = "mediator's draft"
options = {quota = "20", review = "yearly", light = "joint"}

[status_quo]
options = {quota = "10", review = "never", light = "south"}
"""


@pytest.fixture
def fishery_text() -> str:
    return FISHERY


@pytest.fixture
def fishery() -> NegotiationModel:
    return parse_model(FISHERY, file="fishery.toml")


def _choice(random: Random, issues: tuple[Issue, ...], not_issue: str = "") -> Choice:
    issue = random.choice([issue for issue in issues if issue.id != not_issue])
    options = [option.id for option in issue.options]
    return Choice(issue.id, tuple(sorted(random.sample(options, random.randint(1, len(options) - 1)))))


def make_random_model(seed: int, *, preferences: bool = True) -> NegotiationModel:
    """A small model with 2 to 5 parties, decimal utilities, red lines, conditions, bans, dependencies, BATNAs."""
    random = Random(seed)
    issues = tuple(
        Issue(f"i{i}", f"I{i}", options=tuple(Option(f"o{j}", f"O{j}") for j in range(random.choice([2, 2, 3, 4]))))
        for i in range(random.randint(2, 4))
    )
    parties = tuple(Party(f"p{p}", f"P{p}") for p in range(random.randint(2, 5)))
    lines, conditions, rules, held = [], [], [], []
    for party in parties:
        for k in range(random.choice([0, 0, 0, 1])):
            choice = _choice(random, issues)
            lines.append(RedLine(f"{party.id} r{k}", party.id, choice.issue, choice.options))
        for k in range(random.choice([0, 0, 0, 1])):
            when = _choice(random, issues)
            conditions.append(
                Condition(f"{party.id} c{k}", party.id, when, (_choice(random, issues, not_issue=when.issue),))
            )
        decimals = random.choice([0, 0, 1, 3])
        top = random.choice([3, 10, 100])
        worths = tuple(
            Worth(issue.id, option.id, value, value)
            for issue in issues
            for option in issue.options
            for value in [round(random.uniform(-top if random.random() < 0.2 else 0, top), decimals)]
        )
        weights = tuple(
            Weight(issue.id, weight, weight)
            for issue in issues
            if random.random() < 0.3
            for weight in [round(random.random(), 2)]
        )
        joint = tuple(
            Joint((first, _choice(random, issues, not_issue=first.issue)), round(random.uniform(-top, top), decimals))
            for _ in range(random.choice([0, 0, 1, 2]))
            for first in [_choice(random, issues)]
        )
        reservation = random.choice([None, None, round(random.uniform(0, top * len(issues) / 2), 1)])
        held.append(
            Preference(
                party.id,
                worths,
                weights,
                joint,
                reservation=reservation,
                reservation_rule=random.choice(list(ReservationRule)),
            )
        )
    for k in range(random.choice([0, 0, 1, 2])):
        first = _choice(random, issues)
        other = _choice(random, issues, not_issue=first.issue)
        rules.append(Rule(f"rule {k}", random.choice(list(RuleKind)), (first, other)))
    return NegotiationModel(
        f"random {seed}",
        issues,
        parties,
        tuple(lines),
        tuple(conditions),
        rules=tuple(rules),
        preferences=tuple(held) if preferences else (),
    )


@pytest.fixture(scope="session")
def random_model() -> Callable[..., NegotiationModel]:
    return make_random_model


@pytest.fixture(scope="session")
def seeds() -> range:
    """Seeds of random models: as many as COMITY_FULL says (`python -m bench.bargaining_checks`), else the first 120."""
    return range(int(os.environ.get("COMITY_FULL") or 120))


@pytest.fixture(scope="session")
def seeds_or(seeds: range) -> Callable[[int], range]:
    """All seeds with COMITY_FULL set, else the first so many: for models that take longer."""
    return lambda few: seeds if os.environ.get("COMITY_FULL") else seeds[:few]


def all_packages(model: NegotiationModel) -> Iterator[tuple[str, ...]]:
    return itertools.product(*([option.id for option in issue.options] for issue in model.issues))


def holds(model: NegotiationModel, package: tuple[str, ...]) -> dict[str, bool]:
    """Whether a package satisfies each red line, condition and rule: the definitions, word by word."""
    picked = {issue.id: option for issue, option in zip(model.issues, package, strict=True)}

    def true(choice: Choice) -> bool:
        return picked[choice.issue] in choice.options

    verdicts = {line.id: picked[line.issue] not in line.refuses for line in model.red_lines}
    for condition in model.conditions:
        verdicts[condition.id] = not true(condition.when) or all(true(choice) for choice in condition.requires)
    for rule in model.rules:
        if rule.kind is RuleKind.BAN:
            verdicts[rule.id] = not all(true(choice) for choice in rule.choices)
        else:
            verdicts[rule.id] = not true(rule.choices[0]) or all(true(choice) for choice in rule.choices[1:])
    return verdicts


@pytest.fixture(scope="session")
def packages_of() -> Callable[[NegotiationModel], Iterator[tuple[str, ...]]]:
    return all_packages


@pytest.fixture(scope="session")
def verdicts_of() -> Callable[[NegotiationModel, tuple[str, ...]], dict[str, bool]]:
    return holds
