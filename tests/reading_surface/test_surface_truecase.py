from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comity.reading.truecase import truecase


def test_names_titles_and_letters_stay_large() -> None:
    text = (
        "HAVNA, 9 MAR 31 (TCS) -- [TEXT] PRESIDENT ALDO MERIKANTO SAID IN OSLO THAT THE HARBOUR WORKERS FRONT (HWF) "
        "AND THE U.S. TROOPS MUST LEAVE BEFORE MAY 5. HE MAY STAY."
    )
    cased = truecase(text)
    for words in (
        "President Aldo Merikanto",
        "in Oslo",
        "Harbour Workers Front (HWF)",
        "U.S. troops",
        "May 5",
        "He may stay.",
    ):
        assert words in cased
    assert "said" in cased
    assert "must leave" in cased


def test_mixed_case_is_left_alone() -> None:
    assert truecase("NATO met in Oslo.") == "NATO met in Oslo."


@given(st.text())
def test_length_is_kept(text: str) -> None:
    for given_text in (text, text.upper()):
        assert len(truecase(given_text)) == len(given_text)
