"""The golds of chains and of the climate talks: offsets exact, and the figures that the docs give."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REPORTS = HERE.parents[1].parent / "shared" / "data" / "negotiations" / "enb_climate_reports.jsonl.gz"


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("chains.jsonl", 150),
        ("chains_fresh.jsonl", 60),
        ("chains_last.jsonl", 40),
        ("chains_more.jsonl", 60),
        ("chains_apart.jsonl", 60),
    ],
)
def test_every_chain_is_in_its_text(name: str, least: int) -> None:
    found = rows(name)
    assert len(found) >= least
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        for told in row["told"]:
            assert row["text"][told["start"] : told["end"]] == told["quote"]
            assert all(name in row["text"] for name in told["chain"])


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("enb_propositions.jsonl", 200),
        ("enb_propositions_unseen.jsonl", 60),
        ("enb_propositions_fresh.jsonl", 100),
        ("enb_propositions_last.jsonl", 60),
        ("enb_propositions_new.jsonl", 60),
        ("enb_propositions_aside.jsonl", 60),
    ],
)
def test_every_proposition_of_the_climate_talks_is_in_its_sentence(name: str, sentences: int) -> None:
    if not REPORTS.exists():
        pytest.skip("the shared data are not beside the checkout")
    found = rows(name)
    wanted = {row["document"] for row in found}
    with gzip.open(REPORTS, "rt", encoding="utf-8") as lines:
        texts = {r["id"]: r["text"] for r in map(json.loads, lines) if r["id"] in wanted}
    assert len(found) == sentences
    for row in found:
        text = texts[row["document"]]
        for proposition in row["propositions"]:
            spans = [proposition["predicate"], *(span for actor in proposition["actors"] for span in actor)]
            for start, end in spans:
                assert row["start"] <= start < end <= row["end"]
                words = text[start:end]
                assert words == words.strip()
                assert not (text[start - 1].isalnum() and words[0].isalnum())
                assert not (text[end].isalnum() and words[-1].isalnum())
            assert proposition["polarity"] in ("report", "support", "oppose")
