"""Whose office somebody holds, and which names are of sides: what an ordinary report takes for granted."""

from __future__ import annotations

import pytest

from comity.ledger import propose_agenda
from comity.reading import read
from comity.words import Document, Entity

SETTING = " Vostria and Belvara are neighbours. The Vostrian army and the Belvaran delegation stayed where they were."


def entities(text: str) -> dict[str, Entity]:
    return {e.name: e for e in read(Document(id="d", text=text)).entities}


def said(text: str, speaker: str) -> set[str | None]:
    """Holders of what `speaker` says."""
    return {s.holder for s in read(Document(id="d", text=text)).statements if s.speaker == speaker}


@pytest.mark.parametrize(
    ("sentence", "speaker", "holder"),
    [
        ("Vostrian Secretary of State Ada Holt said the plan was dead.", "Ada Holt", "Vostria"),
        ("Vostrian special envoy for the Lower Isles Ada Holt said the plan was dead.", "Ada Holt", "Vostria"),
        ("Vostrian ambassador to Belvara Ada Holt said the plan was dead.", "Ada Holt", "Vostria"),
        ("The head of Vostria's delegation, Ada Holt, said the plan was dead.", "Ada Holt", "Vostria"),
        ("The UN humanitarian coordinator, Ada Holt, said the plan was dead.", "Ada Holt", "United Nations"),
        ("Vostrian president Ida Kern left. Ada Holt, an aide to Kern, said the plan was dead.", "Ada Holt", "Vostria"),
        ("Ada Holt, an adviser to the Vostrian president, said the plan was dead.", "Ada Holt", "Vostria"),
        ("The Union's envoy, Vostrian diplomat Ada Holt, said the plan was dead.", "Ada Holt", "Union"),
        ("Parliament Speaker Ada Holt said the plan was dead.", "Ada Holt", "Ada Holt"),
        ("Harrakat rebel spokesman Ada Holt said the plan was dead.", "Ada Holt", "Harrakat"),
        ("Senior Harrakat official Ada Holt said the plan was dead.", "Ada Holt", "Harrakat"),
        ("Harrakat political bureau member Ada Holt said the plan was dead.", "Ada Holt", "Harrakat"),
        ("Former Harrakat leader Ada Holt said the plan was dead.", "Ada Holt", "Ada Holt"),
        ("The Harrakat's co-leader, Ada Holt, said the plan was dead.", "Ada Holt", "Harrakat"),
        ("The KLF, led by General Ada Holt, left. Holt said the plan was dead.", "Ada Holt", "KLF"),
        ("Growers of Vostria negotiator Ada Holt said the plan was dead.", "Ada Holt", "Growers of Vostria"),
        ("A Western diplomat said the plan was dead.", "Western diplomat", "Western diplomat"),
    ],
)
def test_whose_office(sentence: str, speaker: str, holder: str) -> None:
    assert said(sentence + SETTING, speaker) == {holder}


@pytest.mark.parametrize(
    ("text", "speaker", "holder"),
    [
        ("Vostria ruled it out. Foreign Minister Ada Holt said the plan was dead." + SETTING, "Ada Holt", "Vostria"),
        ("The plan was old. Shadow foreign minister Ada Holt said it was dead." + SETTING, "Ada Holt", "Ada Holt"),
        ("Norway's government agreed. Ada Holt, the government's envoy, said it was dead.", "Ada Holt", "Norway"),
        (
            "Vostria's government met Belvara's government.\n\nForeign Minister Ada Holt said the plan was dead.",
            "Ada Holt",
            "Ada Holt",
        ),
    ],
)
def test_the_state_that_is_taken_for_granted(text: str, speaker: str, holder: str) -> None:
    assert said(text, speaker) == {holder}


def test_the_army_is_that_of_the_only_state_whose_army_is_named() -> None:
    text = "Norway's army left. The army, which holds the pier, said the plan was dead. Sweden's envoy said nothing."
    assert {s.holder for s in read(Document(id="d", text=text)).statements if "dead" in s.passage.quote} == {"Norway"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Harrakat, which holds the pier, said it would stay.",
        "Talks between Vostria and Harrakat ended. Harrakat said it would stay.",
        "The militant group Harrakat said it would stay.",
        "Harrakat leader Ada Holt left. Harrakat said it would stay.",
        "Harrakat, a militant group, said it would stay.",
        "Vostrian envoy Ada Holt met Belvaran envoy Jan Ost. Harrakat said it would stay.",
    ],
)
def test_a_name_that_is_no_persons(sentence: str) -> None:
    assert entities(sentence + SETTING)["Harrakat"].type in ("group", "body")


def test_a_name_of_which_he_is_said_is_a_persons() -> None:
    text = "Envoy Ada Holt met envoy Jan Ost. Marsk said he would stay. Marsk said the plan was dead."
    assert entities(text)["Marsk"].type == "person"


def test_another_name_is_no_other_person() -> None:
    text = "General Omar Said, widely known as Sarkan, left. Sarkan said the plan was dead."
    assert said(text, "Omar Said")
    assert "Sarkan" not in entities(text)


def test_initials_are_of_the_only_body_with_these_letters() -> None:
    text = "The Lower Isles Union left. LIU spokeswoman Ada Holt said the plan was dead."
    assert said(text, "Ada Holt") == {"Lower Isles Union"}


@pytest.mark.parametrize(
    "name", ["Vostria People's Front", "Growers of Vostria", "Front for the Freedom of Vostria", "Vostrian List"]
)
def test_bodies_called_after_their_members(name: str) -> None:
    found = entities(f"The {name} said the plan was dead." + SETTING)
    assert found[name].type in ("body", "group", "other")
    assert found[name].party != "Vostria"


def test_a_given_name_of_two_syllables() -> None:
    assert "Kim Dae-sun" in entities("Envoy Kim Dae-sun said the plan was dead. Kim said no more.")


def test_part_of_a_people_is_not_its_state() -> None:
    text = "Vostrians displaced by the flood want to return, they say." + SETTING
    assert "Vostria" not in {s.holder for s in read(Document(id="d", text=text)).statements}


def test_what_a_proposed_agenda_leaves_out_still_has_its_officers() -> None:
    text = "Vostria demanded a truce. Vostria rejected the map. Belvara refused both. Belvara demanded a vote. "
    text += "Norwegian envoy Ada Holt said the plan was dead. Sweden's ministry said it was sound."
    document = Document(id="d", text=text)
    agenda = propose_agenda({"d": read(document)}, {"d": document})
    assert "Norway" not in {p.name for p in agenda.parties}
    holders = {s.speaker: s.holder for s in read(document, agenda).statements}
    assert (holders["Ada Holt"], holders["Sweden's ministry"]) == ("Norway", "Sweden")
