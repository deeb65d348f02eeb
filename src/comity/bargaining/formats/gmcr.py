"""GMCR option form as JSON (``.gmcr``): decision makers with yes/no options, infeasible states, preferences.

Options are numbered from 0; a condition is a list of ``[option, "Y" or "N"]``. Preferences are conditions, the most
important first (``{"compound": true, "members": […]}`` for one of several), or, with ``useManualPreferenceVectors``,
the numbers of the feasible states from best to worst (a list within the list for equals). Feasible states are numbered
from 1 in rising order of their decimal form, in which option k counts ``2**k``.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from comity.bargaining.conflict import make_movers, make_space
from comity.bargaining.model.check import check
from comity.words import (
    Choice,
    Control,
    InputError,
    Issue,
    NegotiationModel,
    Option,
    Party,
    Preference,
    Rule,
    RuleKind,
)

_MOST_OPTIONS = 20
_YES_NO = ("no", "yes")


def load_gmcr(path: str | Path) -> NegotiationModel:
    """The model in a ``.gmcr`` file. Raises InputError with file and field."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", file=str(path)) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", file=str(path)) from None
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", file=str(path), line=error.lineno) from None
    except RecursionError:
        raise InputError("nested too deeply", file=str(path)) from None
    return _Reader(data, str(path)).model()


class _Reader:
    def __init__(self, data: Any, file: str) -> None:
        self.file = file
        if not isinstance(data, dict) or not isinstance(data.get("options"), list):
            self.fail("not a GMCR option form", "options")
        self.data: dict[str, Any] = data
        if not 1 <= len(data["options"]) <= _MOST_OPTIONS:
            self.fail(f"{len(data['options'])} options; 1 to {_MOST_OPTIONS} can be read", "options")
        self.issues = self._issues()

    def fail(self, what: str, field: str) -> NoReturn:
        raise InputError(what, file=self.file, field=field)

    def model(self) -> NegotiationModel:
        makers = self.data.get("decisionMakers")
        if not isinstance(makers, list) or not makers or not all(isinstance(m, dict) for m in makers):
            self.fail("no decision makers", "decisionMakers")
        rules = tuple(
            Rule(f"rule {n + 1}", RuleKind.BAN, tuple(self._choices(banned, "infeasibles")))
            for n, banned in enumerate(self.data.get("infeasibles") or [])
        )
        parties, controls, preferences = [], [], []
        for n, maker in enumerate(makers):
            field = f"decisionMakers[{n}]"
            name = str(maker.get("name") or f"DM {n + 1}")
            parties.append(Party(name, name))
            for option in self._list(maker.get("options"), f"{field}.options"):
                controls.append(Control(name, self.issues[self._number(option, field)].id, self._one_way(option)))
            preferences.append(self._preference(name, maker, rules, field))
        model = NegotiationModel(
            str(self.data.get("title") or ""),
            self.issues,
            tuple(parties),
            rules=rules,
            preferences=tuple(preferences),
            controls=tuple(controls),
        )
        return check(model, self.file)

    def _issues(self) -> tuple[Issue, ...]:
        found = []
        for n, option in enumerate(self.data["options"]):
            name = option.get("name") if isinstance(option, dict) else None
            if not isinstance(name, str) or not name.strip():
                self.fail("an option without a name", f"options[{n}].name")
            found.append(Issue(name, name, options=tuple(Option(o, o) for o in _YES_NO)))
        return tuple(found)

    def _list(self, value: Any, field: str) -> list[Any]:
        if not isinstance(value, list):
            self.fail("expected a list", field)
        return value

    def _number(self, value: Any, field: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < len(self.issues):
            self.fail(f"no option {value!r}", field)
        return value

    def _one_way(self, option: int) -> tuple[tuple[str, str], ...]:
        direction = self.data["options"][option].get("permittedDirection", "both")
        ways = {"both": (), "fwd": (("no", "yes"),), "back": (("yes", "no"),)}
        if direction not in ways:
            self.fail(f"{direction!r} is none of both, fwd, back", f"options[{option}].permittedDirection")
        return ways[direction]

    def _choices(self, condition: Any, field: str) -> list[Choice]:
        found = []
        for pair in self._list(condition, field):
            if not isinstance(pair, list) or len(pair) != 2 or pair[1] not in ("Y", "N"):
                self.fail('expected [option, "Y" or "N"]', field)
            picked = "yes" if pair[1] == "Y" else "no"
            found.append(Choice(self.issues[self._number(pair[0], field)].id, (picked,)))
        if not found:
            self.fail("an empty condition", field)
        return found

    def _statement(self, condition: Any, field: str) -> str:
        if isinstance(condition, dict):
            members = self._list(condition.get("members"), field)
            return " | ".join(f"({self._statement(member, field)})" for member in members)
        return " & ".join(
            f"{json.dumps(c.issue, ensure_ascii=False)}={c.options[0]}" for c in self._choices(condition, field)
        )

    def _preference(self, name: str, maker: dict[str, Any], rules: tuple[Rule, ...], field: str) -> Preference:
        if self.data.get("useManualPreferenceVectors") and "preferenceVector" in maker:
            return Preference(name, tiers=self._tiers(maker["preferenceVector"], rules, f"{field}.preferenceVector"))
        listed = self._list(maker.get("preferences"), f"{field}.preferences")
        return Preference(name, priorities=tuple(self._statement(c, f"{field}.preferences") for c in listed))

    def _tiers(self, vector: Any, rules: tuple[Rule, ...], field: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
        states = []
        for picks in product(_YES_NO, repeat=len(self.issues)):
            package = picks[::-1]  # the first option changes fastest: rising decimal order
            chosen = {issue.id: pick for issue, pick in zip(self.issues, package, strict=True)}
            if not any(all(chosen[c.issue] in c.options for c in rule.choices) for rule in rules):
                states.append(package)
        tiers = []
        for entry in self._list(vector, field):
            numbers = entry if isinstance(entry, list) else [entry]
            for number in numbers:
                if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(states):
                    self.fail(f"no feasible state {number!r}", field)
            tiers.append(tuple(states[number - 1] for number in numbers))
        return tuple(tiers)


def gmcr_json(model: NegotiationModel) -> str:
    """The model's conflict in option form, preferences as vectors of states.

    Raises
    ------
    InputError
        An issue has other options than no and yes, or a ranking of the states is not stated.
    """
    for issue in model.issues:
        if [option.id for option in issue.options] != list(_YES_NO):
            raise InputError(
                f"issue {issue.id!r} has other options than no and yes", hint="option form knows only these"
            )
    if len(model.issues) > _MOST_OPTIONS:
        raise InputError(f"{len(model.issues)} options", hint=f"{_MOST_OPTIONS} at most")
    space = make_space(model)
    movers = make_movers(model, space)
    # our states count the first issue highest, option form counts it lowest
    decimal = np.zeros(space.count, dtype=np.int64)
    for k, stride in enumerate(space.strides):
        decimal += (np.arange(space.count) // stride % 2) << k
    feasible = np.flatnonzero(space.feasible)
    ordered = feasible[np.argsort(decimal[feasible])]
    index = {issue.id: i for i, issue in enumerate(model.issues)}
    directions = {}
    for control in model.controls:
        ways = set(control.irreversible)
        if len(ways) > 1:
            raise InputError(f"issue {control.issue!r} cannot change at all", field="control.irreversible")
        directions[control.issue] = {("no", "yes"): "fwd", ("yes", "no"): "back"}[ways.pop()] if ways else "both"
    makers = []
    for mover in movers:
        ranks = mover.ranks[ordered]
        vector: list[Any] = []
        for rank in sorted({int(r) for r in ranks}, reverse=True):
            numbers = [int(n) + 1 for n in np.flatnonzero(ranks == rank)]
            vector.append(numbers[0] if len(numbers) == 1 else numbers)
        makers.append(
            {"name": mover.party, "options": list(mover.issues), "preferences": [], "preferenceVector": vector}
        )
    infeasibles = []
    for rule in model.rules:
        infeasibles += _banned(rule, index)
    data = {
        "program": "comity",
        "title": model.title,
        "options": [{"name": i.id, "permittedDirection": directions.get(i.id, "both")} for i in model.issues],
        "decisionMakers": makers,
        "infeasibles": infeasibles,
        "useManualPreferenceVectors": True,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _banned(rule: Rule, index: dict[str, int]) -> list[list[list[Any]]]:
    """A rule as lists of option values that may not come together."""

    def pairs(choices: list[Choice]) -> list[list[Any]] | None:
        found: dict[int, str] = {}
        for choice in choices:
            if len(set(choice.options)) == 2:
                continue
            value = "Y" if choice.options[0] == "yes" else "N"
            if found.setdefault(index[choice.issue], value) != value:
                return None
        return [[option, value] for option, value in sorted(found.items())] or None

    if rule.kind is RuleKind.BAN:
        made = [pairs(list(rule.choices))]
    else:
        first, *others = rule.choices
        made = [
            pairs([first, Choice(c.issue, tuple(o for o in _YES_NO if o not in c.options))])
            for c in others
            if len(set(c.options)) == 1
        ]
    return [banned for banned in made if banned is not None]
