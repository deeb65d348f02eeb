"""Readings for the tests of the ledger: fictional talks made by hand, and the two reports' gold where it is there."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.ledger import load_agenda
from comity.words import (
    AUTHOR,
    Act,
    Agenda,
    Certainty,
    Document,
    Event,
    EventStatus,
    Mode,
    Polarity,
    Reading,
    Said,
    Statement,
    StatusClaim,
)

HERE = Path(__file__).parents[2]
SEEDS = HERE.parent / "shared" / "data" / "seeds"


@dataclass
class Gold:
    agenda: Agenda
    readings: list[Reading]
    documents: dict[str, Document]
    gold: dict[str, Any]
    ids: dict[str, str] = field(default_factory=dict)
    """Gold id to statement id."""

    @property
    def back(self) -> dict[str, str]:
        return {v: k for k, v in self.ids.items()}


def gold_readings() -> Gold:
    """The hand-made gold of the two reports as readings."""
    gold = json.loads((SEEDS / "seed_gold.json").read_text(encoding="utf8"))
    texts = {f.stem: f.read_text(encoding="utf8") for f in SEEDS.glob("0*.txt")}
    name = {e["id"]: e["name"] for e in gold["entities"]}
    name["author"] = AUTHOR
    documents = {
        d["id"]: Document(d["id"], texts[d["id"]], date.fromisoformat(d["date"]), source="Outlet " + d["id"][2])
        for d in gold["documents"]
    }
    ids: dict[str, str] = {}
    readings = []
    for doc_id, document in documents.items():
        statements = []
        for g in [g for g in gold["statements"] if g["doc"] == doc_id]:
            ids[g["id"]] = f"{doc_id}#{len(statements) + 1}"
            said = g["time_said"]
            statements.append(
                Statement(
                    id=ids[g["id"]],
                    passage=document.passage(g["start"], g["end"]),
                    mode=Mode(g["mode"]),
                    speaker=name[g["source"]],
                    act=Act(g["act"]),
                    certainty=Certainty(g["certainty"]),
                    holder=name[g["holder"]] if g["holder"] else None,
                    chain=tuple(name[c] for c in g["chain"]),
                    issue=g["issue"],
                    also_issues=tuple(g["also_issues"]),
                    polarity=Polarity(g["stance"]) if g["stance"] else None,
                    status=StatusClaim(g["status_claim"]) if g["status_claim"] else None,
                    fact=g["tier"] == "background",
                    absolute=" any " in g["quote"] or "at all" in g["quote"],
                    said=Said(_day(said["earliest"]), _day(said["latest"])),
                    condition=((g["condition"]["start"], g["condition"]["end"]),) if g["condition"] else (),
                )
            )
        events = tuple(
            Event(
                "review" if e["type"] == "internal_review" else e["type"],
                EventStatus(e["status"]),
                _spans(gold, e, doc_id),
                tuple(name[p] for p in e["participants"]),
                name.get(e["place"]),
                _day(e["earliest"]),
                _day(e["latest"]),
                basis=e["basis"],
            )
            for e in gold["events"]
            if _spans(gold, e, doc_id)
        )
        readings.append(Reading(doc_id, document.published, "gold", document.digest, tuple(statements), events))
    return Gold(load_agenda(HERE / "docs" / "seeds.toml"), readings, documents, gold, ids)


def _spans(gold: dict[str, Any], event: dict[str, Any], doc: str) -> tuple[tuple[int, int], ...]:
    rows = [g for g in gold["statements"] if g["id"] in event["statements"] and g["doc"] == doc]
    return tuple((g["start"], g["end"]) for g in rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.fixture(scope="session")
def seeds() -> Gold:
    if not SEEDS.is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return gold_readings()
