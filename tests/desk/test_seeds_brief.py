"""The brief of the two reports that the product must serve first, against the hand-made gold beside the checkout."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from comity.desk import flow
from comity.desk.parts.values import Brief
from comity.ledger import load_agenda
from comity.words import Mode

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "data" / "seeds"
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not SEEDS.exists(), reason="the shared data folder is not beside the checkout"),
]


@pytest.fixture(scope="module")
def seeds() -> Brief:
    agenda = load_agenda(ROOT / "docs" / "seeds.toml")
    return flow.brief_of(flow.from_paths(sorted(SEEDS.glob("0*.txt")), agenda))


def test_issues_and_their_states(seeds: Brief) -> None:
    gold = {s["issue"]: s["status"] for s in json.loads((SEEDS / "seed_gold.json").read_text())["issue_status"]}
    states = {row.issue: row.state.value for row in seeds.rows}
    assert set(states) == set(gold)
    same = [issue for issue, state in gold.items() if states[issue] == state]
    assert len(same) >= 9, {issue: (state, states[issue]) for issue, state in gold.items() if states[issue] != state}


def test_the_next_meeting_has_its_day(seeds: Brief) -> None:
    assert any(d.earliest == d.latest == date(2025, 12, 28) and d.type == "meeting" for d in seeds.ahead)
    assert any("Sunday 28 December 2025" in line.text for line in seeds.bottom_line)


def test_no_guess_of_an_article_supports_a_position(seeds: Brief) -> None:
    modes = {c.label: c.mode for c in seeds.citations}
    entries = [e for row in seeds.rows for cell in row.cells for e in cell.entries if not e.outlook]
    assert entries
    assert all(modes[label] is not Mode.AUTHOR for e in entries for label in e.cites[:1])
