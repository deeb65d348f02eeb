"""Readings as other tools take them: one JSON object a document, then the tensions that need several documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.desk.listing import table
from comity.desk.parts.phrases import clip
from comity.words import Ledger, Reading, dumps, reading_to_json


def lines(readings: Sequence[Reading], ledger: Ledger) -> str:
    """One line a reading in the shared form, `same_utterance_as` as the ledger has it, then a line of tensions.

    A tension's `statements` are those of both sides, its `sides` keep them apart.
    """
    same = {s.id: s.same_utterance_as for s in ledger.statements}
    rows = []
    for reading in readings:
        row = reading_to_json(reading)
        for statement in row["statements"]:
            statement["same_utterance_as"] = same.get(statement["id"])
        rows.append(row)
    return "".join(dumps(row) + "\n" for row in [*rows, {"tensions": tensions(ledger)}])


def tensions(ledger: Ledger) -> list[dict[str, Any]]:
    """The ledger's tensions as plain values."""
    return [
        {
            "kind": t.kind.value,
            "statements": list(dict.fromkeys((*t.statements, *t.against))),
            "sides": [list(t.statements), list(t.against)],
            "against": list(t.against),
            "issue": t.issue,
            "rule": t.rule,
            "text": t.text,
        }
        for t in ledger.tensions
    ]


def tables(readings: Sequence[Reading], ledger: Ledger) -> str:
    """The same to be looked at: a table a document, then the tensions."""
    parts = []
    for reading in readings:
        rows = [
            {
                "no": s.id.rpartition("#")[2],
                "speaker": s.speaker,
                "act": s.act,
                "mode": s.mode,
                "issue": s.issue,
                "words": f"“{clip(s.passage.quote, 120)}”",
            }
            for s in reading.statements
        ]
        head = f"{reading.document} ({reading.published or 'no date'}): {len(rows)} statements"
        parts.append(f"{head}\n{table(rows, ['no', 'speaker', 'act', 'mode', 'issue', 'words']) if rows else ''}")
    told = [{"kind": t.kind, "one_side": list(t.statements), "the_other": list(t.against)} for t in ledger.tensions]
    if told:
        parts.append(f"Tensions: {len(told)}\n{table(told, ['kind', 'one_side', 'the_other'])}")
    return "\n".join(parts)
