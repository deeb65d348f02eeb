"""The measure of the example: full marks for the gold itself, and marks lost where something is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from bench.example_score import pairs, states_right, tensions_found
from bench.measures import score

from comity.words import Act, Agenda, Ledger, Mode, Passage, Reading, State, Statement, Status, Tension, TensionKind


@pytest.fixture(scope="module")
def readings(gold: dict[str, Any]) -> list[Reading]:
    """The gold as a reader would give it."""
    name = {one["id"]: one["name"] for one in gold["entities"]} | {"author": "author", None: None}
    made = []
    for document in gold["documents"]:
        statements = tuple(
            Statement(
                id=one["id"],
                passage=Passage(one["doc"], one["start"], one["end"], one["quote"]),
                mode=Mode(one["mode"]),
                speaker=name[one["source"]] or "",
                act=Act(one["act"]),
                holder=name[one["holder"]],
                issue=one["issue"],
            )
            for one in gold["statements"]
            if one["doc"] == document["id"]
        )
        made.append(Reading(document["id"], date.fromisoformat(document["date"]), "gold", "", statements))
    return made


def as_told(gold: dict[str, Any]) -> list[Tension]:
    return [
        Tension(TensionKind(one["kind"]), tuple(one["statements"]), tuple(one["against"]), "gold")
        for one in gold["tensions"]
    ]


def test_the_gold_scores_full_marks(gold: dict[str, Any], texts: dict[str, str], readings: list[Reading]) -> None:
    result = score(gold, texts, readings)
    assert (result.found, result.issue, result.act, result.holder) == (result.core,) * 4
    assert (result.matched, result.inexact, result.leaks) == (result.predicted, 0, [])
    found = pairs(gold, texts, readings)
    assert all(found.get(one["id"]) for one in gold["statements"])
    hits, false = tensions_found(gold, found, as_told(gold))
    assert (len(hits), false) == (len(gold["tensions"]), [])


def test_a_wrong_speaker_is_not_found(gold: dict[str, Any], texts: dict[str, str], readings: list[Reading]) -> None:
    first = readings[0]
    wrong = replace(first, statements=tuple(replace(s, speaker="Nobody Known") for s in first.statements))
    found = pairs(gold, texts, [wrong, *readings[1:]])
    assert not {name for name in found if name.startswith("A")}
    assert score(gold, texts, [wrong, *readings[1:]]).found < score(gold, texts, readings).found


def test_a_guess_given_to_a_party_is_a_leak(
    gold: dict[str, Any], texts: dict[str, str], readings: list[Reading]
) -> None:
    leaked = [
        replace(
            r, statements=tuple(replace(s, mode=Mode.REPORTED_STANCE) if s.id == "B17" else s for s in r.statements)
        )
        for r in readings
    ]
    assert score(gold, texts, leaked).leaks == ["B17"]


def test_a_tension_of_one_side_or_of_everything_is_none(
    gold: dict[str, Any], texts: dict[str, str], readings: list[Reading]
) -> None:
    found = pairs(gold, texts, readings)
    one_side = Tension(TensionKind.POSITION, ("B01", "B03"), ("B08",), "test")
    everything = Tension(TensionKind.POSITION, tuple(found), (), "test")
    assert tensions_found(gold, found, [one_side, everything])[0] == []


def test_states_are_compared_by_issue(gold: dict[str, Any]) -> None:
    made = Ledger(Agenda(), None, (), statuses=(Status("sarn", State.BLOCKED, "", (), "test"),))
    states = states_right(gold, made)
    assert states["sarn"] == ("blocked", "blocked")
    assert states["transit"] == ("agreed", "–")
