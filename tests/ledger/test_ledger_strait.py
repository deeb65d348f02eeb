"""The example's gold as readings: what the ledger makes of sixteen reports over eight days."""

from __future__ import annotations

from datetime import date

import pytest

from comity.ledger import build, changes, gaps
from comity.words import ChangeKind, DuplicateGroup, Ledger


@pytest.fixture(scope="module")
def reprint(strait) -> DuplicateGroup:
    """The agency's report of 3 March and the paper that reprinted it."""
    names = sorted(strait.documents)
    return DuplicateGroup(names[4], (names[4], names[5]), 0.8)


@pytest.fixture(scope="module")
def ledger(strait, reprint) -> Ledger:
    return build(strait.readings, strait.agenda, documents=strait.documents, duplicates=[reprint])


def test_statuses(strait, ledger) -> None:
    gold = {row["issue"]: row["status"] for row in strait.gold["issue_status"]}
    wrong = {s.issue for s in ledger.statuses if s.state.value != gold[s.issue]}
    assert wrong <= {"crew"}  # an offer to answer an offer: offered for us, open for the gold


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


def test_an_offer_is_made_withdrawn_and_answered(strait, reprint) -> None:
    def on(day: int) -> Ledger:
        return build(
            strait.readings, strait.agenda, documents=strait.documents, duplicates=[reprint], as_of=date(2031, 3, day)
        )

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
    free, hit = list(ledger.tensions), 0
    for row in strait.gold["tensions"]:
        one, other = ({strait.ids[i] for i in row[side]} for side in ("statements", "against"))
        for tension in free:
            named = {*tension.statements, *tension.against}
            if one & named and other & named and len(named - one - other) <= 4:
                hit += 1
                free.remove(tension)
                break
    assert hit >= 13
    assert hit / len(ledger.tensions) >= 0.8


def test_cells_hold_the_golds_acts(strait, ledger) -> None:
    cells = {(p.party, p.issue): p.act.value for p in ledger.positions}
    right = 0
    for row in strait.gold["ledger"]:
        empty = row["position"] is None or row["firmness"] in ("forecast", "guess")
        got = cells.get((row["party"], row["issue"]))
        right += got == (None if empty else row["act"])
        assert not (empty and got), row
    assert right >= 23


def test_no_guess_supports_a_position(strait, ledger) -> None:
    own = {strait.ids[i] for i in strait.gold["author_asserted"]}
    for position in ledger.positions:
        assert not own & {*position.statements, *position.qualified_by}
