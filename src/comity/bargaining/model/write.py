"""A model as text: TOML for people, JSON with the same fields for programs. `parse_model` reads both back."""

from __future__ import annotations

import json
import re
from typing import Any

from comity.words import Choice, Issue, NegotiationModel, OptionOrder, Package, Preference, Rule, RuleKind

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_ISSUE_DEFAULT_KIND = "substance"


def model_json(model: NegotiationModel) -> str:
    """The model as JSON text, ending in a newline."""
    return json.dumps(model_data(model), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def model_toml(model: NegotiationModel) -> str:
    """The model as TOML text, ending in a newline.

    >>> from comity.words import Option, Party
    >>> issue = Issue("quota", "Quota", options=(Option("low", "low"), Option("high", "high")))
    >>> print(model_toml(NegotiationModel("Fish", (issue,), (Party("a", "A"),))))
    title = "Fish"
    <BLANKLINE>
    [[issue]]
    id = "quota"
    name = "Quota"
    options = ["low", "high"]
    <BLANKLINE>
    [[party]]
    id = "a"
    name = "A"
    <BLANKLINE>
    """
    lines: list[str] = []
    data = model_data(model)
    for key, value in data.items():
        if not _tables(value) and not isinstance(value, dict):
            lines.append(f"{_key(key)} = {_value(value)}")
    for key, value in data.items():
        if isinstance(value, dict):
            lines += ["", f"[{_key(key)}]", *_body(value)]
        elif _tables(value):
            for item in value:
                lines += ["", f"[[{_key(key)}]]", *_body(item)]
    return "\n".join(lines).strip("\n") + "\n"


def _body(table: dict[str, Any]) -> list[str]:
    lines = []
    for key, value in table.items():
        if key == "options" and _tables(value):
            rows = ",\n".join(f"  {_value(item)}" for item in value)
            lines.append(f"options = [\n{rows},\n]")
        else:
            lines.append(f"{_key(key)} = {_value(value)}")
    return lines


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _key(key: str) -> str:
    return key if _BARE.match(key) else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return repr(value)


def model_data(model: NegotiationModel) -> dict[str, Any]:
    """The model as plain data with the fields of a model file; empty fields are left out."""
    data = {
        "title": model.title,
        "missing": list(model.missing),
        "issue": [_issue(issue) for issue in model.issues],
        "party": [
            _lean(
                id=p.id,
                name=p.name,
                aliases=list(p.aliases),
                roles=[] if [r.value for r in p.roles] == ["party"] else [r.value for r in p.roles],
                interests=p.interests,
                batna=p.batna,
            )
            for p in model.parties
        ],
        "red_line": [
            _lean(id=x.id, party=x.party, issue=x.issue, refuses=list(x.refuses), **_marks(x)) for x in model.red_lines
        ],
        "condition": [
            _lean(id=x.id, party=x.party, when=_choice(x.when), requires=[_choice(c) for c in x.requires], **_marks(x))
            for x in model.conditions
        ],
        "stated": [
            _lean(
                party=x.party,
                issue=x.issue,
                favours=list(x.favours),
                provenance=x.provenance.value,
                statements=list(x.statements),
                quote=x.quote,
            )
            for x in model.stated
        ],
        "rule": [_rule(rule) for rule in model.rules],
        "preference": [_preference(preference) for preference in model.preferences],
        "control": [
            _lean(party=c.party, issue=c.issue, irreversible=[list(m) for m in c.irreversible]) for c in model.controls
        ],
        "step": [
            _lean(
                id=s.id,
                name=s.name,
                when=None if s.when is None else _choice(s.when),
                after=list(s.after),
                gate=s.gate,
                party=s.party,
                statements=list(s.statements),
            )
            for s in model.steps
        ],
        "flag": [
            _lean(id=f.id, text=f.text, citation=f.citation, touches=[_choice(c) for c in f.touches])
            for f in model.flags
        ],
        "draft": [_package(model, draft) for draft in model.drafts],
        "status_quo": None if model.status_quo is None else _package(model, model.status_quo),
    }
    return _lean(**data)


def _lean(**fields: Any) -> dict[str, Any]:
    return {k: v for k, v in fields.items() if v is not None and v != "" and v != [] and v != {} and v is not False}


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _bounds(low: float, high: float) -> Any:
    return _number(low) if low == high else [_number(low), _number(high)]


def _marks(held: Any) -> dict[str, Any]:
    return {
        "firmness": held.firmness.value,
        "provenance": held.provenance.value,
        "statements": list(held.statements),
        "quote": held.quote,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    if len(choice.options) == 1:
        return {"issue": choice.issue, "option": choice.options[0]}
    return {"issue": choice.issue, "options": list(choice.options)}


def _issue(issue: Issue) -> dict[str, Any]:
    options: list[Any] = [
        o.id
        if o.name == o.id and not o.keywords and o.value is None and o.unit is None
        else _lean(
            id=o.id,
            name=o.name,
            keywords=list(o.keywords),
            value=None if o.value is None else _number(o.value),
            unit=o.unit,
        )
        for o in issue.options
    ]
    if not all(isinstance(option, str) for option in options):
        options = [option if isinstance(option, dict) else {"id": option} for option in options]
    return _lean(
        id=issue.id,
        name=issue.name,
        description=issue.description,
        keywords=list(issue.keywords),
        kind="" if issue.kind == _ISSUE_DEFAULT_KIND else issue.kind,
        options=options,
    )


def _rule(rule: Rule) -> dict[str, Any]:
    choices = [_choice(choice) for choice in rule.choices]
    tied = {"ban": choices} if rule.kind is RuleKind.BAN else {"when": choices[0], "requires": choices[1:]}
    return _lean(id=rule.id, **tied, note=rule.note, statements=list(rule.statements))


def _preference(p: Preference) -> dict[str, Any]:
    worths: dict[str, dict[str, Any]] = {}
    for worth in p.worths:
        worths.setdefault(worth.issue, {})[worth.option] = _bounds(worth.low, worth.high)
    rankings: dict[str, list[Any]] = {}
    for order in p.rankings:
        rankings.setdefault(order.issue, []).append(_chain(order))
    return _lean(
        party=p.party,
        scale=None if p.scale is None else [_number(bound) for bound in p.scale],
        reservation=None if p.reservation is None else _number(p.reservation),
        reservation_rule=p.reservation_rule.value,
        weights={w.issue: _bounds(w.low, w.high) for w in p.weights},
        worths=worths,
        joint=[{"choices": [_choice(c) for c in j.choices], "worth": _number(j.worth)} for j in p.joint],
        rankings=rankings,
        priorities=list(p.priorities),
        tiers=[[list(package) for package in tier] for tier in p.tiers],
        statements=list(p.statements),
    )


def _chain(order: OptionOrder) -> Any:
    if any(sign in name or name != name.strip() for tier in order.tiers for name in tier for sign in "=>"):
        return [list(tier) for tier in order.tiers]
    return " > ".join(" = ".join(tier) for tier in order.tiers)


def _package(model: NegotiationModel, package: Package) -> dict[str, Any]:
    options = {issue.id: option for issue, option in zip(model.issues, package.options, strict=True)}
    return _lean(name=package.name, options=options)
