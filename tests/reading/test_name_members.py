"""A group that a plural names is that of whoever the singular is told of."""

from __future__ import annotations

import pytest

from comity.reading import read
from comity.words import Document, Entity


def entities(text: str) -> dict[str, Entity]:
    return {e.name: e for e in read(Document(id="m", text=text)).entities}


@pytest.mark.parametrize(
    ("text", "person", "party"),
    [
        ("The Liberals want a vote. Liberal leader Marek Dvor ruled out a tax.", "Marek Dvor", "Liberals"),
        (
            "The Highlanders left. A truce is near, Highlander military spokesman Orm Vik said.",
            "Orm Vik",
            "Highlanders",
        ),
        ("The Greens want a vote. Green co-leader Petra Halm said she would walk out.", "Petra Halm", "Greens"),
    ],
)
def test_whose_leader_the_singular_tells(text: str, person: str, party: str) -> None:
    assert entities(text)[person].party == party


def test_a_name_like_a_plural_is_no_group_without_an_office() -> None:
    found = entities("The Browns came late. Mara Brown said she would sign. Brown left.")
    assert found["Mara Brown"].party is None


def test_what_his_party_promised_is_the_party_s_own() -> None:
    text = "The Liberals want a vote. Liberal leader Marek Dvor said his party had promised voters lower taxes."
    (promise,) = [s for s in read(Document(id="m", text=text)).statements if "promised" in s.passage.quote]
    assert promise.holder == "Liberals"
