"""States that no list has are known by what only states have."""

from __future__ import annotations

import pytest

from comity.reading import read
from comity.words import Document, Entity


def entities(text: str) -> dict[str, Entity]:
    return {e.name: e for e in read(Document(id="s", text=text)).entities}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Nordvik's fisheries minister, Ines Vane, said she would sign.", "Nordvik"),
        ("Talks failed, the Karsk defence ministry said. Karsk would not move.", "Karsk"),
        ("The government of Estmark said it would sign.", "Estmark"),
        ("Ministers from Nordvik and Estmark met on Monday. Estmark said it would sign.", "Estmark"),
        ("The Faren Islands' parliament met. The Faren Islands want a vote.", "Faren Islands"),
    ],
)
def test_a_state_is_known_by_one_mention_of_its_offices(text: str, state: str) -> None:
    assert entities(text)[state].type == "state"
    assert entities(text)[state].party == state


@pytest.mark.parametrize(
    "text",
    [
        "President Rehn spoke first. Rehn's government would fall, he said.",
        "Tomas Rehn spoke first. Rehn's cabinet would meet, he said.",
        "The Vellish foreign ministry said it would sign.",
        "Sunday's government meeting was long, Ada Holt said.",
        "Orla Fenwick's ministry said it would sign.",
    ],
)
def test_people_and_days_are_no_states(text: str) -> None:
    assert not [e for e in entities(text).values() if e.type == "state"]


def test_whose_minister_it_is_whom_the_state_s_name_shows() -> None:
    found = entities("Ingrid Vane, Nordvik's fisheries minister, met Jonas Petri, Estmark's defence minister.")
    assert (found["Ingrid Vane"].party, found["Jonas Petri"].party) == ("Nordvik", "Estmark")
