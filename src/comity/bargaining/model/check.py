"""Whether a model makes sense: every name known, no contradiction of a party with itself, rankings without cycles."""

from __future__ import annotations

import math
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NoReturn

from comity.words import (
    Choice,
    InputError,
    NegotiationModel,
    OptionOrder,
    Package,
    Preference,
    RuleKind,
)


def check(model: NegotiationModel, file: str | None = None) -> NegotiationModel:
    """`model` itself if every reference and number holds.

    Raises
    ------
    InputError
        One line with file and field: no issues, unknown or repeated ids, a party that refuses every option of an
        issue, a ranking or an order of steps that runs in a circle, numbers outside the declared scale.
    """
    _Checker(model, file).run()
    return model


class _Checker:
    def __init__(self, model: NegotiationModel, file: str | None) -> None:
        self.model, self.file = model, file
        self.options = {issue.id: {option.id for option in issue.options} for issue in model.issues}
        self.parties = {party.id for party in model.parties}

    def fail(self, what: str, field: str, hint: str | None = None) -> NoReturn:
        raise InputError(what, file=self.file, field=field, hint=hint)

    def run(self) -> None:
        model = self.model
        if not model.issues:
            self.fail("no issues", "issue", "a model needs at least one issue with two options")
        if not model.parties:
            self.fail("no parties", "party", "a model needs at least one party")
        self.unique("issue", [issue.id for issue in model.issues])
        self.unique("party", [party.id for party in model.parties])
        for i, issue in enumerate(model.issues):
            if not issue.options:
                self.fail(f"issue {issue.id!r} has no option", f"issue[{i}].options")
        self.red_lines()
        self.conditions_and_rules()
        self.preferences()
        self.steps()
        for i, control in enumerate(model.controls):
            self.party(control.party, f"control[{i}].party")
            for move in control.irreversible:
                self.choice(Choice(control.issue, move), f"control[{i}].irreversible")
            self.choice(Choice(control.issue, ()), f"control[{i}].issue")
        twice = [issue for issue, party in pairwise(sorted(c.issue for c in model.controls)) if issue == party]
        if twice:
            self.fail(f"issue {twice[0]!r} is controlled twice", "control", "one party an issue")
        for i, flag in enumerate(model.flags):
            self.choices(flag.touches, f"flag[{i}].touches")
        for i, draft in enumerate(model.drafts):
            self.package(draft.options, f"draft[{i}]")
        if model.status_quo is not None:
            self.package(model.status_quo.options, "status_quo")
        for i, wish in enumerate(model.stated):
            self.party(wish.party, f"stated[{i}].party")
            self.choice(Choice(wish.issue, wish.favours), f"stated[{i}]")

    def unique(self, kind: str, ids: list[str]) -> None:
        for i, name in enumerate(ids):
            if name in ids[:i]:
                self.fail(f"id {name!r} stands there twice", f"{kind}[{i}].id")

    def party(self, party: str, field: str) -> None:
        if party not in self.parties:
            self.fail(f"no party {party!r}", field, f"parties are {_listed(p.id for p in self.model.parties)}")

    def choice(self, choice: Choice, field: str) -> None:
        if choice.issue not in self.options:
            self.fail(f"no issue {choice.issue!r}", field, f"issues are {_listed(self.options)}")
        for option in choice.options:
            if option not in self.options[choice.issue]:
                known = _listed(o.id for o in self.model.issue(choice.issue).options)
                self.fail(f"issue {choice.issue!r} has no option {option!r}", field, f"options are {known}")

    def choices(self, choices: Iterable[Choice], field: str) -> None:
        for choice in choices:
            self.choice(choice, field)

    def package(self, options: tuple[str, ...], field: str) -> None:
        if len(options) != len(self.model.issues):
            self.fail(f"names {len(options)} options, the model has {len(self.model.issues)} issues", field)
        for issue, option in zip(self.model.issues, options, strict=True):
            self.choice(Choice(issue.id, (option,)), field)

    def red_lines(self) -> None:
        lines = self.model.red_lines
        refused: dict[tuple[str, str], set[str]] = {}
        for i, line in enumerate(lines):
            if line.party:
                self.party(line.party, f"red_line[{i}].party")
            self.choice(Choice(line.issue, line.refuses), f"red_line[{i}].refuses")
            if not line.party:
                continue
            refused.setdefault((line.party, line.issue), set()).update(line.refuses)
            if refused[line.party, line.issue] == self.options[line.issue]:
                who = f"{line.party!r} refuses every option of {line.issue!r}"
                self.fail(f"contradictory red lines: {who}", f"red_line[{i}]", "a party has to accept one option")

    def conditions_and_rules(self) -> None:
        ids = [line.id for line in self.model.red_lines] + [c.id for c in self.model.conditions]
        self.unique("red_line or condition", ids)
        for i, condition in enumerate(self.model.conditions):
            self.party(condition.party, f"condition[{i}].party")
            self.choices((condition.when, *condition.requires), f"condition[{i}]")
            if any(choice.issue == condition.when.issue for choice in condition.requires):
                self.fail("requires something of the issue it is about", f"condition[{i}].requires", "use a red line")
        for i, rule in enumerate(self.model.rules):
            self.choices(rule.choices, f"rule[{i}]")
            if len(rule.choices) < (2 if rule.kind is RuleKind.REQUIRES else 1):
                self.fail("names too few choices", f"rule[{i}]")

    def preferences(self) -> None:
        seen: set[str] = set()
        for i, preference in enumerate(self.model.preferences):
            field = f"preference[{i}]"
            self.party(preference.party, f"{field}.party")
            if preference.party in seen:
                self.fail(f"second preference of {preference.party!r}", field, "put it all in one")
            seen.add(preference.party)
            self.preference(preference, field)

    def preference(self, preference: Preference, field: str) -> None:
        forms = {
            "worths": bool(preference.worths or preference.joint),
            "rankings": bool(preference.rankings),
            "priorities": bool(preference.priorities),
            "tiers": bool(preference.tiers),
        }
        given = [name for name, there in forms.items() if there]
        if len(given) != 1 and set(given) != {"worths", "rankings"}:
            found = " and ".join(given) or "none"
            self.fail(f"give one of worths, rankings, priorities, tiers; found {found}", field)
        worths: set[tuple[str, str]] = set()
        for worth in preference.worths:
            self.choice(Choice(worth.issue, (worth.option,)), f"{field}.worths")
            if (worth.issue, worth.option) in worths:
                self.fail(f"{worth.issue}.{worth.option} has two worths", f"{field}.worths")
            worths.add((worth.issue, worth.option))
            self.in_scale(preference, worth.low, worth.high, f"{field}.worths.{worth.issue}.{worth.option}")
        self.complete(worths, f"{field}.worths")
        ranked = {order.issue for order in preference.rankings} & {issue for issue, _ in worths}
        if ranked:
            self.fail(f"{min(ranked)!r} has both worths and a ranking", field)
        for weight in preference.weights:
            self.choice(Choice(weight.issue, ()), f"{field}.weights")
            if not 0 <= weight.low <= weight.high < math.inf:
                self.fail(f"not a weight: {weight.low:g} to {weight.high:g}", f"{field}.weights.{weight.issue}")
        for joint in preference.joint:
            self.choices(joint.choices, f"{field}.joint")
            if not math.isfinite(joint.worth):
                self.fail(f"not a finite number: {joint.worth}", f"{field}.joint")
        self.rankings(preference.rankings, f"{field}.rankings")
        for tier in preference.tiers:
            for package in tier:
                self.package(package, f"{field}.tiers")
        if preference.reservation is not None and not math.isfinite(preference.reservation):
            self.fail(f"not a finite number: {preference.reservation}", f"{field}.reservation")

    def complete(self, worths: set[tuple[str, str]], field: str) -> None:
        for issue in {issue for issue, _ in worths}:
            lacking = [o.id for o in self.model.issue(issue).options if (issue, o.id) not in worths]
            if lacking:
                self.fail(f"{issue!r} lacks a worth for {lacking[0]!r}", field, "give every option of the issue one")

    def in_scale(self, preference: Preference, low: float, high: float, field: str) -> None:
        if not (math.isfinite(low) and math.isfinite(high) and low <= high):
            self.fail(f"not a worth: {low} to {high}", field)
        if preference.scale is not None:
            bottom, top = preference.scale
            if low < bottom or high > top:
                self.fail(f"worth {low if low < bottom else high:g} lies outside {bottom:g} to {top:g}", field)

    def rankings(self, rankings: tuple[OptionOrder, ...], field: str) -> None:
        below: dict[str, dict[str, set[str]]] = {}
        for order in rankings:
            for tier in order.tiers:
                self.choice(Choice(order.issue, tier), f"{field}.{order.issue}")
            edges = below.setdefault(order.issue, {})
            for better, worse in pairwise(order.tiers):
                for option in better:
                    edges.setdefault(option, set()).update(worse)
        for issue, edges in below.items():
            merged: dict[str, set[str]] = {}
            chains = [order.tiers for order in rankings if order.issue == issue]
            same = _same_tier(chains)
            for option, below_it in edges.items():
                merged.setdefault(same[option], set()).update(same[w] for w in below_it)
            try:
                TopologicalSorter(merged).prepare()
            except CycleError as error:
                self.fail(f"the ranking runs in a circle: {' > '.join(error.args[1])}", f"{field}.{issue}")

    def steps(self) -> None:
        ids = [step.id for step in self.model.steps]
        self.unique("step", ids)
        for i, step in enumerate(self.model.steps):
            if step.when is not None:
                self.choice(step.when, f"step[{i}].when")
            if step.party:
                self.party(step.party, f"step[{i}].party")
            for before in step.after:
                if before not in ids:
                    self.fail(f"no step {before!r}", f"step[{i}].after", f"steps are {_listed(ids)}")
        try:
            TopologicalSorter({step.id: step.after for step in self.model.steps}).prepare()
        except CycleError as error:
            self.fail(f"the steps wait for each other: {' after '.join(error.args[1])}", "step")


def _same_tier(chains: list[tuple[tuple[str, ...], ...]]) -> dict[str, str]:
    """Options that some chain calls equal, mapped to one representative (union of the tiers they share)."""
    root: dict[str, str] = {}

    def find(option: str) -> str:
        while root.setdefault(option, option) != option:
            option = root[option]
        return option

    for tiers in chains:
        for tier in tiers:
            for option in tier:
                first, other = sorted((find(tier[0]), find(option)))
                root[other] = first
    return {option: find(option) for option in list(root)}


def _listed(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:12]) + (" …" if len(listed) > 12 else "")


def package_of(model: NegotiationModel, options: dict[str, str], name: str = "") -> Package:
    """The package that settles every issue as `options` (issue id to option id) says."""
    return Package(tuple(options[issue.id] for issue in model.issues), name)
