"""Model files: TOML or JSON with the same fields, read with exact errors and written so that a person can edit them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from comity.bargaining.model.check import check, package_of
from comity.bargaining.model.options import read_issue
from comity.bargaining.model.table import Table
from comity.bargaining.model.worths import read_choice, read_preference
from comity.words import (
    Condition,
    Control,
    Firmness,
    InputError,
    Issue,
    LegalFlag,
    NegotiationModel,
    Package,
    Party,
    Provenance,
    RedLine,
    Role,
    Rule,
    RuleKind,
    Stated,
    Step,
)

MOST_BYTES = 64 * 2**20


def load_model(path: str | Path) -> NegotiationModel:
    """The model in a ``.toml`` or ``.json`` file.

    Raises
    ------
    InputError
        One line with file, line or field, and what to do.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"larger than {MOST_BYTES // 2**20} MiB", file=str(path), hint="is this a model file?")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", file=str(path)) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", file=str(path), hint="save it as UTF-8") from None
    return parse_model(text, file=str(path), as_json=path.suffix.lower() == ".json")


def parse_model(text: str, *, file: str | None = None, as_json: bool = False) -> NegotiationModel:
    """The model that `text` (TOML, or JSON with the same fields) describes.

    >>> text = '''
    ... [[issue]]
    ... id = "quota"
    ... options = ["low", "high"]
    ... [[party]]
    ... id = "a"
    ... [[red_line]]
    ... party = "a"
    ... issue = "quota"
    ... refuses = ["low"]
    ... '''
    >>> parse_model(text).red_lines[0].refuses
    ('low',)
    """
    try:
        data = _json(text, file) if as_json else tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}", file=file) from None
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", file=file, line=error.lineno) from None
    except RecursionError:
        raise InputError("nested too deeply", file=file) from None
    return check(_model(Table(data, file)), file)


def _json(text: str, file: str | None) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(f"field {twice!r} stands there twice", file=file)
        return table

    def refuse(constant: str) -> Any:
        raise InputError(f"not a finite number: {constant}", file=file)

    return json.loads(text, object_pairs_hook=once, parse_constant=refuse)


def _model(top: Table) -> NegotiationModel:
    issues = tuple(read_issue(table) for table in top.tables("issue"))
    quo = top.table("status_quo")
    model = NegotiationModel(
        title=top.text("title", ""),
        issues=issues,
        parties=tuple(_party(table) for table in top.tables("party")),
        red_lines=tuple(_red_line(table, issues, i) for i, table in enumerate(top.tables("red_line"))),
        conditions=tuple(_condition(table, i) for i, table in enumerate(top.tables("condition"))),
        stated=tuple(_stated(table) for table in top.tables("stated")),
        rules=tuple(_rule(table, i) for i, table in enumerate(top.tables("rule"))),
        preferences=tuple(read_preference(table, issues) for table in top.tables("preference")),
        controls=tuple(_control(table) for table in top.tables("control")),
        steps=tuple(_step(table) for table in top.tables("step")),
        flags=tuple(_flag(table, i) for i, table in enumerate(top.tables("flag"))),
        drafts=tuple(_package(table, issues) for table in top.tables("draft")),
        status_quo=None if quo is None else _package(quo, issues),
        missing=top.texts("missing"),
    )
    top.done()
    return model


def _party(table: Table) -> Party:
    party_id = table.text("id")
    roles = table.texts("roles") or ("party",)
    known = {role.value for role in Role}
    for role in roles:
        if role not in known:
            table.error(f"{role!r} is none of {', '.join(sorted(known))}", "roles")
    party = Party(
        id=party_id,
        name=table.text("name", party_id),
        aliases=table.texts("aliases"),
        roles=tuple(Role(role) for role in roles),
        interests=table.text("interests", ""),
        batna=table.text("batna", ""),
    )
    table.done()
    return party


def _red_line(table: Table, issues: tuple[Issue, ...], i: int) -> RedLine:
    issue_id = table.text("issue")
    refuses, accepts = table.texts("refuses"), table.texts("accepts")
    if bool(refuses) == bool(accepts):
        table.error("give either refuses or accepts, with at least one option")
    if accepts:
        options = next((tuple(o.id for o in issue.options) for issue in issues if issue.id == issue_id), accepts)
        unknown = [option for option in accepts if option not in options]
        if unknown:
            table.error(f"issue {issue_id!r} has no option {unknown[0]!r}", "accepts")
        refuses = tuple(option for option in options if option not in accepts)
        if not refuses:
            table.error("accepts every option: that is no red line", "accepts", "write [[stated]] instead")
    provenance = table.one_of("provenance", Provenance, Provenance.OWN_WORDS)
    party = table.text("party", "" if provenance is Provenance.REPORTER else None)
    line = RedLine(
        id=table.text("id", f"red line {i + 1}"),
        party=party,
        issue=issue_id,
        refuses=refuses,
        firmness=table.one_of("firmness", Firmness, Firmness.FIRM),
        provenance=provenance,
        statements=table.texts("statements"),
        quote=table.text("quote", ""),
    )
    table.done()
    return line


def _condition(table: Table, i: int) -> Condition:
    when = table.table("when")
    if when is None:
        table.error("field 'when' is missing", hint='when = {issue = "…", options = ["…"]}')
    requires = tuple(read_choice(item) for item in table.tables("requires"))
    if not requires:
        table.error("field 'requires' is missing", hint='requires = [{issue = "…", options = ["…"]}]')
    condition = Condition(
        id=table.text("id", f"condition {i + 1}"),
        party=table.text("party"),
        when=read_choice(when),
        requires=requires,
        firmness=table.one_of("firmness", Firmness, Firmness.CONDITIONAL),
        provenance=table.one_of("provenance", Provenance, Provenance.OWN_WORDS),
        statements=table.texts("statements"),
        quote=table.text("quote", ""),
    )
    table.done()
    return condition


def _stated(table: Table) -> Stated:
    stated = Stated(
        party=table.text("party"),
        issue=table.text("issue"),
        favours=table.texts("favours"),
        provenance=table.one_of("provenance", Provenance, Provenance.OWN_WORDS),
        statements=table.texts("statements"),
        quote=table.text("quote", ""),
    )
    table.done()
    return stated


def _rule(table: Table, i: int) -> Rule:
    if ("ban" in table) == ("when" in table):
        table.error("give either ban, or when with requires")
    if "ban" in table:
        kind, choices = RuleKind.BAN, tuple(read_choice(item) for item in table.tables("ban"))
    else:
        when = table.table("when")
        assert when is not None
        kind = RuleKind.REQUIRES
        choices = (read_choice(when), *(read_choice(item) for item in table.tables("requires")))
    rule = Rule(table.text("id", f"rule {i + 1}"), kind, choices, table.text("note", ""), table.texts("statements"))
    table.done()
    return rule


def _control(table: Table) -> Control:
    moves = []
    for i, move in enumerate(table.items("irreversible")):
        if not isinstance(move, list) or len(move) != 2 or not all(isinstance(item, str) for item in move):
            table.error('expected ["from", "to"]', f"irreversible[{i}]")
        moves.append((move[0], move[1]))
    control = Control(table.text("party"), table.text("issue"), tuple(moves))
    table.done()
    return control


def _step(table: Table) -> Step:
    when = table.table("when")
    step_id = table.text("id")
    step = Step(
        id=step_id,
        name=table.text("name", step_id),
        when=None if when is None else read_choice(when),
        after=table.texts("after"),
        gate=table.flag("gate"),
        party=table.text("party", ""),
        statements=table.texts("statements"),
    )
    table.done()
    return step


def _flag(table: Table, i: int) -> LegalFlag:
    flag = LegalFlag(
        id=table.text("id", f"flag {i + 1}"),
        text=table.text("text"),
        citation=table.text("citation"),
        touches=tuple(read_choice(item) for item in table.tables("touches")),
    )
    table.done()
    return flag


def _package(table: Table, issues: tuple[Issue, ...]) -> Package:
    name = table.text("name", "")
    inner = table.table("options")
    if inner is None:
        table.error("field 'options' is missing", hint='options = {issue = "option", …}')
    settled = {issue: inner.text(issue) for issue in inner.keys()}  # noqa: SIM118 (a Table is no mapping)
    known = [issue.id for issue in issues]
    for issue in settled:
        if issue not in known:
            inner.error(f"no issue {issue!r}", hint=f"issues are {', '.join(known)}")
    for issue in known:
        if issue not in settled:
            inner.error(f"issue {issue!r} is not settled", hint="a package names one option for every issue")
    table.done()
    return package_of(NegotiationModel("", issues, ()), settled, name)
