"""What stands on an issue on a day, as one line of JSON: statements as numbers of rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.words import (
    Act,
    Firmness,
    Outlook,
    Position,
    Provenance,
    Quantity,
    Review,
    State,
    Status,
    to_json,
)

Line = list[Any]
"""Day, positions, outlooks, status: statements as numbers of rows."""


@dataclass(frozen=True)
class Standing:
    """Positions, outlooks and the status of one issue on a day."""

    positions: tuple[Position, ...]
    outlooks: tuple[Outlook, ...]
    status: Status


def written(day: int, found: Standing, row: Mapping[str, int]) -> str:
    """The line of a day. `row` gives statements their numbers."""
    positions = [
        [
            p.party,
            p.summary,
            p.act.value,
            p.firmness.value,
            p.provenance.value,
            [row[i] for i in p.statements],
            p.rule,
            p.since.isoformat() if p.since else None,
            [row[i] for i in p.qualified_by],
            list(p.options),
            to_json(p.quantities),
            p.origins,
            p.review.value,
            list(p.marks),
        ]
        for p in found.positions
    ]
    outlooks = [[o.party, o.summary, [row[i] for i in o.statements], o.rule] for o in found.outlooks]
    s = found.status
    status = [s.state.value, s.why, [row[i] for i in s.statements], s.rule, s.mark, s.review.value]
    line = [day, positions, outlooks, status]
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def rows_in(line: Sequence[Any]) -> list[int]:
    """Every row that a line names."""
    if not line:
        return []
    found = list(line[3][2])
    for p in line[1]:
        found += p[5]
        found += p[8]
    for o in line[2]:
        found += o[2]
    return found


def read(line: Sequence[Any], issue: str, ids: Mapping[int, str]) -> Standing:
    """What a parsed line tells. `ids` gives rows their statements."""
    positions = tuple(_position(p, issue, ids) for p in line[1])
    outlooks = tuple(
        Outlook(party, issue, summary, tuple([ids[r] for r in rows]), rule) for party, summary, rows, rule in line[2]
    )
    state, why, rows, rule, mark, review = line[3]
    status = Status(issue, State(state), why, tuple([ids[r] for r in rows]), rule, mark, Review(review))
    return Standing(positions, outlooks, status)


def _position(row: Sequence[Any], issue: str, ids: Mapping[int, str]) -> Position:
    (
        party,
        summary,
        act,
        firmness,
        provenance,
        rows,
        rule,
        since,
        qualified,
        options,
        quantities,
        origins,
        review,
        marks,
    ) = row
    return Position(
        party,
        issue,
        summary,
        Act(act),
        Firmness(firmness),
        Provenance(provenance),
        tuple([ids[r] for r in rows]),
        rule,
        date.fromisoformat(since) if since else None,
        tuple([ids[r] for r in qualified]),
        tuple(options),
        tuple([Quantity(float(q["low"]), float(q["high"]), q["unit"], tuple(q["span"]), q["of"]) for q in quantities]),
        origins,
        Review(review),
        tuple(marks),
    )
