from __future__ import annotations

from collections.abc import Callable

import pytest

Counted = Callable[[str], list[tuple[float, float, str, str]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They want 18 months.", (18, 18, "month", "")),
        ("a 12-month ceasefire", (12, 12, "month", "ceasefire")),
        ("a quota of 360,000 tonnes of cod", (360000, 360000, "tonne", "cod")),
        ("It takes between six and eight weeks.", (6, 8, "week", "")),
        ("It takes 6-8 weeks.", (6, 8, "week", "")),
        ("about 7,200 ceasefire violations", (7200, 7200, "violation", "ceasefire violation")),
        ("two-thirds of the fleet", (2 / 3, 2 / 3, "share", "fleet")),
        ("40 per cent of the vote", (40, 40, "per cent", "vote")),
        ("at least 15% of shares", (15, 15, "per cent", "share")),
        ("a fund of $3 billion", (3e9, 3e9, "dollar", "")),
        ("three to four million people", (3e6, 4e6, "person", "people")),
        ("up to 180 days", (0, 180, "day", "")),
        ("two hundred and five prisoners", (205, 205, "prisoner", "prisoner")),
    ],
)
def test_a_number_with_its_unit(counted: Counted, text: str, expected: tuple[float, float, str, str]) -> None:
    (found,) = counted(text)
    assert found[:2] == pytest.approx(expected[:2])
    assert found[2:] == expected[2:]


@pytest.mark.parametrize(
    "text",
    ["Article 5 and Resolution 2202", "the Group of 77", "On 5 March 2031 at 11:30", "one of the ministers", "in 1994"],
)
def test_numbers_that_count_nothing(counted: Counted, text: str) -> None:
    assert counted(text) == []
