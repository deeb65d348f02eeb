"""The example's gold as readings: what the ledger makes of sixteen reports over eight days."""

from __future__ import annotations

from datetime import date

import pytest
from bench.ledger_gold import cells_wrong, made, statuses_wrong, tensions_missed

from comity.ledger import changes, gaps
from comity.words import ChangeKind, Ledger


@pytest.fixture(scope="module")
def ledger(strait) -> Ledger:
    return made(strait)


def test_statuses(strait, ledger) -> None:
    assert set(statuses_wrong(strait, ledger)) <= {
        "crew"
    }  # an offer to answer an offer: offered for us, not for the gold


def test_numbers_come_closer(ledger) -> None:
    found = {gap.unit: gap for gap in gaps(ledger)}
    assert found["month"].width == 2
    assert found["tonne"].width == 7000
    assert [width for _, width in found["month"].widths] == [6, 4, 2]
    assert all(gap.narrowing for gap in found.values())
    marks = {s.issue: s.mark for s in ledger.statuses}
    assert (marks["monitoring"], marks["herring"]) == ("2 month apart", "7000 tonne apart")


def test_a_wrong_figure_has_one_origin_and_is_a_conflict_of_sources(strait, ledger) -> None:
    said = {strait.back[s.id]: s.same_utterance_as for s in ledger.statements}
    assert said["F07"] == strait.ids["E07"]
    odd = [t for t in ledger.tensions if t.rule == "tension.number_put_back"]
    assert [[strait.back[i] for i in t.statements] for t in odd] == [["E07"]]


def test_an_offer_is_made_withdrawn_and_answered(strait) -> None:
    def on(day: int) -> Ledger:
        return made(strait, date(2031, 3, day))

    states = {day: {s.issue: s.state.value for s in on(day).statuses} for day in (3, 4, 6, 7)}
    assert states[3]["crew"] == "offered"
    assert states[4]["crew"] != "offered"
    assert [states[day]["patrols"] for day in (3, 6, 7)] == ["offered", "offered", "agreed"]
    kinds = {(c.party, c.issue): c.kind for c in changes(on(3), on(4))}
    assert kinds["corvane", "crew"] is ChangeKind.WITHDRAWN
    kinds = {(c.party, c.issue): c.kind for c in changes(on(4), on(6))}
    assert kinds["corvane", "monitoring"] is ChangeKind.MOVED
    assert kinds["ilmarra", "herring"] is ChangeKind.MOVED


def test_tensions(strait, ledger) -> None:
    missed, stray = tensions_missed(strait, ledger)
    assert len(missed) <= 12
    assert len(stray) <= 0.2 * len(ledger.tensions)


def test_cells_hold_the_golds_acts(strait, ledger) -> None:
    wrong = cells_wrong(strait, ledger)
    assert len(wrong) <= 5
    assert not any(cell.endswith("for None") for cell in wrong)


def test_no_guess_supports_a_position(strait, ledger) -> None:
    own = {strait.ids[i] for i in strait.gold["author_asserted"]}
    for position in ledger.positions:
        assert not own & {*position.statements, *position.qualified_by}
