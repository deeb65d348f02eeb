"""A network as other tools take it: nodes and ties with named values, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from comity.study import Mode, Network
from comity.words import Agenda, InputError

Attribute = str | int | float | bool
Attributes = Mapping[str, Attribute]

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Node:
    """Something with an id of its own and values."""

    id: str
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True)
class Tie:
    """What holds two nodes together, with values (``weight`` among them)."""

    source: str
    target: str
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True)
class Graph:
    """Nodes and ties without direction; `attributes` say what it is and how it was made."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    attributes: Attributes = field(default_factory=dict)


def graph_of(network: Network, agenda: Agenda | None = None) -> Graph:
    """A network as a graph: every actor and concept a node, everything that is not 0 a tie.

    Nodes that the agenda knows carry its name, kind, roles and party.
    """
    known = _known(agenda) if agenda else {}
    row_kind = "concept" if network.mode is Mode.CONCEPTS else "actor"
    column_kind = "actor" if network.mode is Mode.ACTORS else "concept"
    # in a two-mode network, an actor and a concept may share a name
    two = network.mode is Mode.TWO_MODE

    def node(kind: str, name: str) -> Node:
        facts: Attributes = known.get(name, {})
        return Node(f"{kind}:{name}" if two else name, {"kind": kind, "name": name, **facts})

    nodes = [node(row_kind, name) for name in network.rows]
    if two:
        nodes += [node(column_kind, name) for name in network.columns]
    ties = [
        Tie(
            f"{row_kind}:{row}" if two else row,
            f"{column_kind}:{column}" if two else column,
            {"weight": weight, "sign": "negative" if weight < 0 else "positive"},
        )
        for row, column, weight in network.ties()
    ]
    about: Attributes = {
        "mode": network.mode.value,
        "aggregation": network.aggregation.value,
        "normalisation": network.normalisation.value,
        "uses": network.uses,
        "left_out": network.left_out,
    }
    return Graph(tuple(nodes), tuple(ties), about)


def _known(agenda: Agenda) -> dict[str, dict[str, Attribute]]:
    found: dict[str, dict[str, Attribute]] = {}
    for issue in agenda.issues:
        found[issue.id] = {"label": issue.name, "issue_kind": issue.kind}
        for option in issue.options:
            found[f"{issue.id}/{option.id}"] = {"label": f"{issue.name}: {option.name}", "issue": issue.id}
    for actor in agenda.actors:
        facts = {"label": actor.name, "actor_kind": actor.kind, "authority": actor.authority.value}
        facts |= {"party": actor.party} if actor.party else {}
        facts |= {"roles": " ".join(actor.roles)} if actor.roles else {}
        found[actor.id] = found[actor.name] = {**facts}
    for party in agenda.parties:
        found[party.id] = found[party.name] = {"label": party.name, "roles": " ".join(party.roles)}
    return found


def types_of(rows: Iterable[Attributes]) -> dict[str, type]:
    """The type of each attribute: of whole and broken numbers together float; of anything else mixed, str."""
    found: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, set()).add(type(value))
    return {
        name: kinds.pop() if len(kinds) == 1 else float if kinds == {int, float} else str
        for name, kinds in sorted(found.items())
    }


def written(value: Attribute) -> str:
    """A value as text: numbers so that they come back the same."""
    return str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, float) else str(value)


def parsed(text: str, kind: type, file: str | None) -> Attribute:
    """A value of this type. Raises InputError if the text is none."""
    if kind is str:
        return text
    try:
        if kind is bool:
            return {"true": True, "1": True, "false": False, "0": False}[text.strip()]
        return kind(text)  # type: ignore[no-any-return]
    except (KeyError, ValueError):
        raise InputError(f"{text[:40]!r} is no {kind.__name__}", file=file) from None


def in_xml(text: str) -> str:
    """`text` as XML can hold it: characters that it cannot as U+FFFD, every line end as a line feed."""
    return _NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
