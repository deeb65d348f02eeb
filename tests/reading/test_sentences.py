"""Every case of `sentences.toml`: the statement rules by example."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from comity.words import Mode, Reading, Statement

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))[
    "case"
]


def overlap(a: str, b: str, text: str) -> float:
    """Jaccard index of the characters of two quotes of `text`, white space ignored."""
    spans = []
    for quote in (a, b):
        at = text.find(quote)
        spans.append({i for i in range(at, at + len(quote)) if not text[i].isspace()} if at >= 0 else set())
    return len(spans[0] & spans[1]) / max(1, len(spans[0] | spans[1]))


def shown(statements: tuple[Statement, ...]) -> str:
    rows = (
        f"{s.mode.value} {s.speaker} [{s.holder}] {s.act.value} {s.certainty.value}: {s.passage.quote}"
        for s in statements
    )
    return "\n".join(rows)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_case(case: dict[str, Any], reading_of: Callable[[str], Reading]) -> None:
    reading = reading_of(case["text"])
    if "skipped" in case:
        assert any(case["skipped"] in case["text"][k.start : k.end] for k in reading.skipped), shown(reading.statements)
        return
    if "nobody" in case:
        given = [s for s in reading.statements if s.holder == case["nobody"] and s.mode is not Mode.AUTHOR]
        assert not given, shown(tuple(given))
        return
    near = [s for s in reading.statements if overlap(case["says"], s.passage.quote, case["text"]) >= 0.5]
    assert near, f"no statement says {case['says']!r}; there are:\n{shown(reading.statements)}"
    best = max(near, key=lambda s: overlap(case["says"], s.passage.quote, case["text"]))
    expected = {"certainty": "asserted", **case}
    found = {
        "speaker": best.speaker,
        "mode": best.mode.value,
        "act": best.act.value,
        "certainty": best.certainty.value,
        "holder": best.holder,
        "chain": list(best.chain),
        "fact": best.fact,
    }
    wanted = {key: expected[key] for key in found if key in expected}
    assert {key: found[key] for key in wanted} == wanted, shown(reading.statements)
