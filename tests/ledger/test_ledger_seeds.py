"""The two reports' gold as readings: statuses, tensions of each kind, what is no contradiction, no guess as a stand."""

from __future__ import annotations

from datetime import date

import pytest
from bench.ledger_gold import cells_wrong, made, statuses_wrong, tensions_missed

from comity.ledger import dates_ahead
from comity.words import Ledger

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def ledger(seeds) -> Ledger:
    return made(seeds)


def test_statuses(seeds, ledger) -> None:
    assert statuses_wrong(seeds, ledger) == []


def test_tensions(seeds, ledger) -> None:
    missed, stray = tensions_missed(seeds, ledger)
    assert len(missed) <= 2
    assert len(stray) <= 0.2 * len(ledger.tensions)
    assert {t.kind.value for t in ledger.tensions} == {row["kind"] for row in seeds.gold["tensions"]}


def test_what_is_no_contradiction(seeds, ledger) -> None:
    found = [(r.kind.value, {seeds.back[i] for i in r.statements}) for r in ledger.relations]
    for row in seeds.gold["not_contradictions"]:
        kind = {"same_utterance": "same_utterance", "complementary": "complementary"}.get(row["kind"])
        assert any(set(row["statements"]) <= ids and kind in (None, k) for k, ids in found), row["id"]


def test_one_utterance_in_two_translations(seeds, ledger) -> None:
    told = {seeds.back[s.id]: s.same_utterance_as for s in ledger.statements if s.same_utterance_as}
    assert told == {"B12": seeds.ids["B04"]}


def test_no_guess_supports_a_position(seeds, ledger) -> None:
    own = {seeds.ids[i] for i in seeds.gold["author_asserted"]}
    for position in ledger.positions:
        assert not own & {*position.statements, *position.qualified_by}


def test_cells_are_those_of_the_gold(seeds, ledger) -> None:
    """A cell that the gold leaves empty, or fills by a forecast only, holds no position; the others hold its act."""
    assert cells_wrong(seeds, ledger) == []
    assert {(p.party, p.issue) for p in ledger.positions} <= {(r["party"], r["issue"]) for r in seeds.gold["ledger"]}


def test_the_next_date(seeds, ledger) -> None:
    assert [e.event.earliest for e in dates_ahead(ledger, date(2025, 12, 27))] == [date(2025, 12, 28)]


def test_channels_and_terms(ledger) -> None:
    lines = {c.ends: c for c in ledger.channels}
    assert lines["Ukraine", "United States"].next == date(2025, 12, 28)
    assert lines["Russia", "Ukraine"].awaiting == "Russia"
    slots = {t.issue: t for t in ledger.terms if t.rule == "term.promised"}
    assert slots["mutual_withdrawal"].obligor == "Ukraine"
    assert slots["mutual_withdrawal"].trigger.startswith("Russia mirrors")
    assert slots["sanctions"].trigger == "Russia invades Ukraine"
