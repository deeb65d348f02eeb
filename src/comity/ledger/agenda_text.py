"""An agenda written as TOML for a person to read and edit. `parse_agenda` gives the same agenda back."""

from __future__ import annotations

import json
from collections.abc import Iterable

from comity.words import Agenda, Authority, Issue, Option, Party, Role

_HEAD = """\
# Agenda: who negotiates, who speaks for whom, about what. Edit freely; the ledger is refolded from it.
# aliases: other names and spellings. keywords: words that speak of an issue; `*` stands for any ending.
"""
_PROPOSED = """\
# Proposed by the program from the documents. Check parties, aliases and issues, then set this to false.
"""


def agenda_toml(agenda: Agenda) -> str:
    """`agenda` as TOML with comments. ``parse_agenda(agenda_toml(a)) == a`` for every agenda that has an issue.

    >>> from comity.words import Issue
    >>> print(agenda_toml(Agenda("Talks", issues=(Issue("fish", "Fish", keywords=("quota*",)),))).splitlines()[-3:])
    ['id = "fish"', 'name = "Fish"', 'keywords = ["quota*"]']
    """
    blocks = [_HEAD, f"title = {_text(agenda.title)}\n"]
    if agenda.proposed:
        blocks.append(f"{_PROPOSED}proposed = true\n")
    if agenda.parties:
        blocks.append("# Parties. roles: party, mediator, guarantor, verifier, ratifier. Only a person can fill in\n")
        blocks[-1] += (
            "# interests (what lies behind the demands) and batna (what the party does without an agreement).\n"
        )
    blocks += [_party(party) for party in agenda.parties]
    if agenda.actors:
        blocks.append(
            "# Actors. authority: principal, spokesperson, envoy, official_unnamed, other.\n"
            "# kind: person, group, body, outlet, place.\n"
        )
    for actor in agenda.actors:
        rows = [("id", _text(actor.id)), ("name", _text(actor.name)), ("aliases", _texts(actor.aliases))]
        rows += [("party", _text(actor.party) if actor.party else "")]
        rows += [("authority", _text(actor.authority) if actor.authority is not Authority.OTHER else "")]
        rows += [("roles", _texts(actor.roles)), ("kind", _text(actor.kind) if actor.kind != "person" else "")]
        blocks.append(_table("actor", rows))
    if agenda.issues:
        blocks.append("# Issues. kind: substance, process (talks, channels), prospects (how near a deal is).\n")
    for issue in agenda.issues:
        blocks.append(_issue(issue))
        blocks += [_option(option) for option in issue.options]
    if agenda.grades:
        blocks.append("# Your grade of a source, in your own scale.\n")
    for grade in agenda.grades:
        blocks.append(_table("source", [("source", _text(grade.source)), ("grade", _text(grade.grade))]))
    return "\n".join(blocks)


def _party(party: Party) -> str:
    roles = _texts(party.roles) or "[]"
    return _table(
        "party",
        [
            ("id", _text(party.id)),
            ("name", _text(party.name)),
            ("aliases", _texts(party.aliases)),
            ("roles", roles if party.roles != (Role.PARTY,) else ""),
            ("interests", _text(party.interests) if party.interests else ""),
            ("batna", _text(party.batna) if party.batna else ""),
        ],
    )


def _issue(issue: Issue) -> str:
    return _table(
        "issue",
        [
            ("id", _text(issue.id)),
            ("name", _text(issue.name)),
            ("kind", _text(issue.kind) if issue.kind != "substance" else ""),
            ("description", _text(issue.description) if issue.description else ""),
            ("keywords", _texts(issue.keywords)),
        ],
    )


def _option(option: Option) -> str:
    value = "" if option.value is None else repr(float(option.value))
    return _table(
        "issue.option",
        [
            ("id", _text(option.id)),
            ("name", _text(option.name)),
            ("keywords", _texts(option.keywords)),
            ("value", value),
            ("unit", _text(option.unit) if option.unit is not None else ""),
        ],
    )


def _table(name: str, rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join([f"[[{name}]]", *(f"{key} = {value}" for key, value in rows if value)]) + "\n"


def _text(value: str) -> str:
    """A basic TOML string. JSON escapes what TOML does, except DEL, which TOML wants escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _texts(values: Iterable[str]) -> str:
    items = ", ".join(_text(value) for value in values)
    return f"[{items}]" if items else ""
