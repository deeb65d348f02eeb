"""For whom people speak: an office of a state speaks for it; a citizen, a party or a former minister does not."""

from __future__ import annotations

import pytest

from comity.reading import read
from comity.words import Document

SETTING = " Vostria and Belvara are neighbours. The Vostrian army and the Belvaran army stayed where they were."


def holders(sentence: str) -> list[tuple[str, str | None]]:
    """Speaker and holder of the statements of `sentence`, told where both states are known."""
    reading = read(Document(id="d", text=sentence + SETTING))
    return [(s.speaker, s.holder) for s in reading.statements if s.passage.start < len(sentence)]


@pytest.mark.parametrize(
    ("sentence", "speaker", "holder"),
    [
        ("Vostrian envoy Ada Holt said the plan was unacceptable.", "Ada Holt", "Vostria"),
        ("Vostrian officials said the plan was unacceptable.", "Vostrian officials", "Vostria"),
        ("The Vostrian foreign ministry rejected the plan.", "Vostrian foreign ministry", "Vostria"),
        ("A spokesman for the Vostrian foreign ministry said it was unacceptable.", None, "Vostria"),
        ("A source in the Vostrian delegation said it was unacceptable.", None, "Vostria"),
        ("Vostrian economist Ada Holt said the plan was unacceptable.", "Ada Holt", "Ada Holt"),
        ("Vostrian opposition leader Ada Holt said the plan was unacceptable.", "Ada Holt", "Ada Holt"),
        ("Former Vostrian president Ada Holt said the plan was unacceptable.", "Ada Holt", "Ada Holt"),
        ("Ada Holt, a farmer from Vostria, said the plan was unacceptable.", "Ada Holt", "Ada Holt"),
        ("Vostrian experts said the plan was unacceptable.", "Vostrian experts", "Vostrian experts"),
        ("Vostrian farmers demanded a new border.", "Vostrian farmers", "Vostrian farmers"),
        ("Vostrian rebels rejected the truce.", "Vostrian rebels", "Vostrian rebels"),
        ("The Free Vostrian Army rejected the truce.", "Free Vostrian Army", "Free Vostrian Army"),
        ("The Vostrian Communist Party rejected the truce.", "Vostrian Communist Party", "Vostrian Communist Party"),
        ("A spokesman for the rebels said the truce was unacceptable.", "spokesman for the rebels", "rebels"),
        ("The Vostrian envoy to Belvara said the plan was unacceptable.", None, "Vostria"),
        ("The Belvaran ambassador to Vostria, Ann Poe, said the plan was unacceptable.", "Ann Poe", "Belvara"),
        ("Belvara's ambassador to Vostria said the plan was unacceptable.", None, "Belvara"),
        ("The mayor of Lisk, Ida Kern, said the plan was unacceptable.", "Ida Kern", "Lisk"),
    ],
)
def test_only_an_office_speaks_for_a_state(sentence: str, speaker: str | None, holder: str) -> None:
    assert [h for s, h in holders(sentence) if speaker in (None, s)] == [holder]


def test_two_spokesmen_are_two() -> None:
    text = "A spokesman for the union said it would strike. A spokesman for the company said it would wait."
    assert [s.speaker for s in read(Document(id="d", text=text)).statements] == [
        "spokesman for the union",
        "spokesman for the company",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Belvaran foreign minister, Jan Lund, said the plan was dead.",
        "The plan was dead, said the Belvaran foreign minister, Jan Lund.",
        "Jan Lund, the Belvaran foreign minister, said the plan was dead.",
        "Its foreign minister, Jan Lund, said the plan was dead.",
    ],
)
def test_the_name_beside_an_office_says_whose_it_is(sentence: str) -> None:
    """Another minister who was named before does not get the words."""
    before = "Vostrian foreign minister Ada Holt spoke first. Belvara listened. "
    reading = read(Document(id="d", text=before + sentence + SETTING))
    said = [s.speaker for s in reading.statements if "dead" in s.passage.quote]
    assert said == ["Jan Lund"]


@pytest.mark.parametrize(
    ("sentence", "speaker", "holder"),
    [
        ("Harrakat official Omar al-Haddad said talks would go on.", "Omar al-Haddad", "Harrakat"),
        ("Omar al-Haddad, a senior Harrakat official, said talks would go on.", "Omar al-Haddad", "Harrakat"),
        ("KLF commander Omar al-Haddad said talks would go on.", "Omar al-Haddad", "KLF"),
        ("Gazette editor Ann Poe said talks would go on.", "Ann Poe", "Ann Poe"),
        ("On Monday envoy Ann Poe said talks would go on.", "Ann Poe", "Ann Poe"),
        ("Senior envoy Ann Poe said talks would go on.", "Ann Poe", "Ann Poe"),
    ],
)
def test_an_office_of_a_body_that_no_list_has(sentence: str, speaker: str, holder: str) -> None:
    assert holders(sentence) == [(speaker, holder)]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Bashir al-Haddad", "Al-Haddad"),
        ("Abdel Karim el-Sayed", "El-Sayed"),
        ("Ada Lund-Berg", "Lund-Berg"),
        ("Ursula von der Heide", "Heide"),
        ("Jean-Marc de la Rive", "Rive"),
        ("Said bin Rashid Al Nour", "Al Nour"),
    ],
)
def test_names_with_particles_and_hyphens_are_one(full: str, short: str) -> None:
    text = f"Envoy {full} said talks would go on. {short} said no date was set."
    assert [s.speaker for s in read(Document(id="d", text=text)).statements] == [full, full]


def test_it_that_speaks_is_a_body_and_no_call() -> None:
    text = "The two leaders spoke by phone, Belvara said. The call was useful, it added." + SETTING
    said = [s.speaker for s in read(Document(id="d", text=text)).statements if "useful" in s.passage.quote]
    assert said == ["Belvara"]


@pytest.mark.parametrize("sentence", ["Belvara has ruled it out.", "Belvara turned that down.", "Belvara rejected it."])
def test_what_is_refused_may_be_a_pronoun(sentence: str) -> None:
    reading = read(Document(id="d", text="Vostria wants a vote. " + sentence))
    assert [(s.act.value, s.holder) for s in reading.statements][-1] == ("reject", "Belvara")


def test_how_a_draft_was_seen_is_no_part_of_what_it_says() -> None:
    text = "According to the draft, seen by the Gazette, both armies would pull back."
    (only,) = read(Document(id="d", text=text)).statements
    assert only.passage.quote == "both armies would pull back"


def test_who_is_set_off_from_the_others_is_meant_next() -> None:
    text = (
        "President Tomas Karo met the crews. Minister Pedro Salas insisted the army would stay. Karo himself has been "
    )
    text += "more vague: in a speech on Sunday he said the door was open."
    said = {s.passage.quote: s.speaker for s in read(Document(id="k", text=text)).statements}
    assert said["the door was open"] == "Tomas Karo"
