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


@pytest.mark.parametrize(
    "text",
    [
        "Icelandic Norwegian leader Orm Vik said he would sign. Iceland and Norway met.",
        "His Icelandic Norwegian counterpart, Orm Vik, said he would sign. Iceland and Norway met.",
    ],
)
def test_who_speaks_for_a_people_within_another_speaks_for_neither_state(text: str) -> None:
    assert entities(text)["Orm Vik"].party == "Icelandic Norwegians"


def test_the_rebels_are_those_whom_the_report_calls_so() -> None:
    text = (
        "NFM rebels freed two soldiers. The North Front Movement (NFM) wants a truce. The rebels said they would talk."
    )
    assert entities(text)["rebels"].party == entities(text)["North Front Movement"].party


def test_a_president_who_is_spoken_to_is_not_at_home() -> None:
    text = "Norwegian Prime Minister Orm Vik said he had told President Tomas Rehn that Norway would sign."
    assert entities(text)["Tomas Rehn"].party is None


def test_a_capital_that_is_also_the_seat_of_a_union() -> None:
    assert "European Union" in entities("EU envoy Ada Holt spoke. Brussels rejected the plan.")
    assert entities("Belgium agreed with the EU. Brussels rejected the plan, it said.")["Belgium"].aliases == (
        "Brussels",
    )


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("Alliance Secretary-General Lucia Vane said she was ready. The Alliance will sign.", "Lucia Vane", "Alliance"),
        ("UN Secretary-General Lucia Vane said she was ready.", "Lucia Vane", "United Nations"),
    ],
)
def test_a_secretary_general_has_one_title(text: str, name: str, party: str) -> None:
    assert entities(text)[name].party == party


def test_a_secretary_general_without_a_name_is_not_called_general() -> None:
    found = read(Document(id="g", text="The Secretary-General said talks would resume. Her Director-General agreed."))
    assert not [e.name for e in found.entities if e.name.startswith("-")]
    assert found.statements[0].speaker == "Secretary-General"
