"""Reports that the reader was not made for: their golds agree with their texts, and reading them gets no worse."""

from __future__ import annotations

from collections import Counter

import pytest
from bench import unseen

from comity.ledger import load_agenda

FOLDERS = unseen.negotiations()
FIRST = {"found": 80, "issue": 62, "act": 48, "holder": 71}
"""What was found and right in the open ones, of 114 core statements, when they were first read."""


def test_there_are_open_ones() -> None:
    assert [folder.name for folder in FOLDERS[:2]] == ["open_a", "open_b"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_gold_agrees_with_its_reports_and_its_agenda(folder: unseen.Path) -> None:
    gold = unseen.gold_of(folder)
    tiers = Counter(one["tier"] for one in gold["statements"])
    assert tiers["core"] >= 30
    assert len({one["doc"] for one in gold["statements"]}) == 2
    agenda = load_agenda(folder / "agenda.toml")
    assert {one["issue"] for one in gold["statements"]} <= {issue.id for issue in agenda.issues}
    for one in gold["tensions"]:
        assert not set(one["statements"]) & set(one["against"]), one["id"]


def test_the_open_ones_are_read_no_worse_than_at_first() -> None:
    sums: Counter[str] = Counter()
    for name in ("open_a", "open_b"):
        counts, _, _ = unseen.measured(unseen.UNSEEN / name)
        sums.update(counts)
    assert {key: sums[key] for key in FIRST if sums[key] < FIRST[key]} == {}
    assert sums["matched"] / sums["predicted"] >= 0.65
    assert sums["leaks"] <= 1
    assert sums["inexact"] == 0
