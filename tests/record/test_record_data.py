"""Real reports, where the shared data lies beside the checkout."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from comity.record import load
from comity.record.fields.head import read_head
from comity.words import Document

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.data


def here(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs ../shared/data/{name} beside the checkout")
    return path


def test_the_text_is_the_file(one) -> None:
    paths = sorted(here("seeds").glob("0*.txt"))
    assert paths
    for path in paths:
        document = one(path)
        assert document.text == path.read_text(encoding="utf8")
        assert document.id == path.stem
        assert (document.published, document.language) == (date(2025, 12, 26), "en")


@pytest.mark.parametrize(
    ("name", "count"),
    [("negotiations/salvador_1989_cc0.jsonl", 142), ("negotiations/colombia_m19_1989_cc0.jsonl", 19),
     ("negotiations/enb_climate_reports.jsonl.gz", 638), ("agreements/ukraine_observer_reports.jsonl", 179)],
)  # fmt: skip
def test_whole_sets_are_read_without_a_failure(name: str, count: int) -> None:
    documents = list(load([here(name)]))
    assert len(documents) == count
    assert all(isinstance(document, Document) for document in documents)


def test_datelines_agree_with_the_dates_that_others_noted() -> None:
    rows = [
        json.loads(line)
        for line in here("negotiations/salvador_1989_cc0.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    dated = [(read_head(row["text"]).published, row["date"]) for row in rows if row["date"]]
    assert sum(found is not None for found, _ in dated) >= 0.95 * len(dated)
    assert [pair for pair in dated if pair[0] is not None and str(pair[0]) != pair[1]] == []
