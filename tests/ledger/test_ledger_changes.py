"""Changes between two dates, and numbers that come closer."""

from __future__ import annotations

from datetime import date

import pytest

from comity.ledger import changes, gaps


def between(talks, first: int, last: int):
    return changes(talks.ledger(as_of=date(2030, 5, first)), talks.ledger(as_of=date(2030, 5, last)))


STEPS = {
    "new": [None, ("demand", "Brennia wants half of the herring", "")],
    "reaffirmed": [("demand", "half of the herring is ours", ""), ("demand", "half of the herring stays our aim", "")],
    "softened": [("reject", "no crew will be released", ""), ("offer", "the crew will be released", "")],
    "hardened": [("offer", "the crew will be released", ""), ("reject", "the crew will not be released", "")],
    "moved": [("demand", "the catch must be shared", ""), ("announce", "the catch was counted", "")],
    "withdrawn": [("offer", "we offer to share the catch", ""), ("announce", "the offer is off the table", "")],
}


@pytest.mark.parametrize("kind", STEPS)
def test_each_kind_of_change(talks, kind: str) -> None:
    for day, step in zip((3, 6), STEPS[kind], strict=True):
        talks.report(f"r{day}", day)
        if step:
            act, quote, condition = step
            talks.says(f"r{day}", "Ben Okar", act, quote, "quota", condition, said=day)
    (change,) = between(talks, 4, 8)
    assert (change.party, change.issue, change.kind.value) == ("brenn", "quota", kind)
    assert change.statements == ("r6#1",)
    assert change.on == date(2030, 5, 6)
    assert change.rule.startswith("change.")


def test_firmer_and_softer_words_of_one_act(talks) -> None:
    talks.report("r3", 3)
    talks.says("r3", "Ben Okar", "accept", "Brennia accepts observers if they are few", "quota", "if they are few")
    talks.report("r6", 6)
    talks.says("r6", "Ben Okar", "accept", "Brennia accepts observers", "quota")
    assert [c.kind.value for c in between(talks, 4, 8)] == ["hardened"]


def test_a_condition_that_bounds_a_refusal_softens_it(talks) -> None:
    talks.report("r3", 3)
    talks.says("r3", "Ben Okar", "reject", "the island is not for sale", "island")
    talks.report("r6", 6)
    talks.says("r6", "Ben Okar", "condition", "if it is shared, voters of the island decide", "crew", "if it is shared",
               also_issues=("island",))  # fmt: skip
    assert ("island", "softened") in [(c.issue, c.kind.value) for c in between(talks, 4, 8)]


def test_nothing_new_is_no_change(talks) -> None:
    talks.report("r3", 3)
    talks.says("r3", "Ben Okar", "demand", "Brennia wants half of the herring")
    assert between(talks, 4, 8) == ()


def numbers(talks) -> None:
    for day, speaker, low in ((3, "Ana Holt", 18), (3, "Ben Okar", 12), (5, "Ana Holt", 16), (7, "Ben Okar", 14)):
        talks.report(f"r{day}{low}", day)
        talks.says(f"r{day}{low}", speaker, "demand", f"the mission must stay {low} months", said=day,
                   numbers=((low, "month"),))  # fmt: skip


def test_a_gap_narrows(talks) -> None:
    numbers(talks)
    (gap,) = gaps(talks.ledger())
    assert (gap.issue, gap.unit, gap.width) == ("quota", "month", 2)
    assert gap.widths == ((date(2030, 5, 3), 6), (date(2030, 5, 5), 4), (date(2030, 5, 7), 2))
    assert gap.narrowing
    assert [(p.party, p.low) for p in gap.points] == [("brenn", 12), ("alder", 18), ("alder", 16), ("brenn", 14)]
    assert gaps(talks.ledger(as_of=date(2030, 5, 3)))[0].narrowing is False


def test_a_moved_number_is_a_change(talks) -> None:
    numbers(talks)
    assert [(c.party, c.kind.value) for c in between(talks, 4, 6)] == [("alder", "moved")]


def test_one_side_or_two_units_make_no_gap(talks) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "18 months", numbers=((18, "month"),))
    talks.says("r1", "Ben Okar", "demand", "12 tonnes", numbers=((12, "tonne"),))
    assert gaps(talks.ledger()) == ()


def test_a_number_told_of_the_other_side_is_not_the_holders(talks) -> None:
    numbers(talks)
    talks.report("r9", 9)
    both = "Aldermark seeks 16 months and Brennia 14"
    talks.says("r9", "Ana Holt", "demand", both, said=9, numbers=((16, "month"), (14, "month")))
    why = "the mission must stay as long as that, because 12 months is one season"
    talks.says("r9", "Ana Holt", "demand", why, said=9, numbers=((12, "month"),))
    (gap,) = gaps(talks.ledger())
    assert gap.width == 2
    assert [(p.party, p.low) for p in gap.points][4:] == [("alder", 16)]
