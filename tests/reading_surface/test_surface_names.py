from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.words import Actor, Agenda, Authority, Entity, Party, Reading

Surface = Callable[..., Reading]


def found(reading: Reading, text: str) -> dict[str, str]:
    """Every mention's words, to the name of its entity."""
    names = {e.id: e.name for e in reading.entities}
    return {text[m.start : m.end]: names[m.entity] for m in reading.mentions}


def entity(reading: Reading, name: str) -> Entity:
    return next(e for e in reading.entities if e.name == name)


def test_titles_belong_to_the_mention_and_tell_the_party(surface: Surface) -> None:
    text = "Norwegian Foreign Minister Siri Halvorsen met Kenyan envoy Daniel Otieno. Halvorsen left first."
    reading = surface(text)
    names = found(reading, text)
    assert names["Norwegian Foreign Minister Siri Halvorsen"] == "Siri Halvorsen"
    assert names["Halvorsen"] == "Siri Halvorsen"
    assert entity(reading, "Siri Halvorsen").party == "Norway"
    assert entity(reading, "Daniel Otieno").party == "Kenya"
    assert entity(reading, "Daniel Otieno").role == "envoy"


def test_spellings_of_a_surname_are_one_person_under_the_fullest_form(surface: Surface) -> None:
    text = "Karelyy spoke first. President Andriy Karelyy then left. Kareliy did not return."
    names = found(surface(text), text)
    assert names["Karelyy"] == names["Kareliy"] == "Andriy Karelyy"


def test_two_people_of_one_surname_stay_two(surface: Surface) -> None:
    text = "Senator Anna Holm met her brother, Senator Erik Holm. Anna Holm left."
    reading = surface(text)
    assert {e.name for e in reading.entities if e.type == "person"} == {"Anna Holm", "Erik Holm"}


def test_an_agenda_comes_before_all_lists(surface: Surface) -> None:
    agenda = Agenda(
        parties=(Party("ald", "Aldermark", ("Havna",)), Party("no", "Norway", ("Oslo",))),
        actors=(Actor("merikanto", "Aldo Merikanto", ("Merikanto",), "ald", Authority.ENVOY),),
    )
    text = "Havna said it would wait. Merikanto told Oslo so. The Norwegians agreed."
    reading = surface(text, agenda=agenda)
    ids = {text[m.start : m.end]: m.entity for m in reading.mentions}
    assert ids["Havna"] == "ald"
    assert ids["Merikanto"] == "merikanto"
    assert ids["Oslo"] == "no"
    assert ids["The Norwegians"] == "no"
    assert entity(reading, "Aldo Merikanto").party == "Aldermark"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Oslo demanded that Nairobi wait.", "Oslo", "Norway"),
        ("They met in Oslo.", "Oslo", "Oslo"),
        ("The Quai d'Orsay rejected the plan.", "The Quai d'Orsay", "France"),
        ("Talks between Oslo and Nairobi went on.", "Nairobi", "Kenya"),
        ("The Kenyan government refused.", "The Kenyan government", "Kenya"),
    ],
)
def test_capitals_and_seats_stand_for_governments_where_they_act(
    surface: Surface, text: str, words: str, name: str
) -> None:
    assert found(surface(text), text)[words] == name


def test_a_continent_as_a_place_is_not_the_party(surface: Surface) -> None:
    text = "The port is Europe’s largest. Norway and Europe will pay."
    reading = surface(text)
    by_start = {m.start: m.entity for m in reading.mentions}
    place = by_start[text.index("Europe’s")]
    party = by_start[text.index("Europe will")]
    assert place != party
    assert next(e for e in reading.entities if e.id == place).party is None


def test_sources_without_a_name_are_people_of_their_own(surface: Surface) -> None:
    text = "A senior Kenyan official said talks went on. Daniel Otieno denied it. The official did not insist."
    reading = surface(text)
    names = found(reading, text)
    assert names["A senior Kenyan official"] == "senior Kenyan official"
    assert names["The official"] == "senior Kenyan official"
    source = entity(reading, "senior Kenyan official")
    assert (source.type, source.party) == ("person", "Kenya")


def test_groups_are_known_by_whose_they_are(surface: Surface) -> None:
    text = "Merikanto's top officials confirmed it. Kenyan negotiators, led by Aldo Merikanto, left."
    names = found(surface(text), text)
    assert names["Merikanto's top officials"] == "Merikanto's top officials"
    assert names["Kenyan negotiators"] == "Kenyan negotiators"


def test_letters_and_what_they_spell_are_one(surface: Surface) -> None:
    text = "The Harbour Workers Front (HWF) refused. The HWF wants more."
    names = found(surface(text), text)
    assert names["The HWF"] == names["The Harbour Workers Front"]


def test_capitals_of_wire_text_are_read(surface: Surface) -> None:
    text = (
        "PRESIDENT ALDO MERIKANTO SAID IN OSLO THAT KENYA WOULD WAIT. MERIKANTO THEN LEFT FOR THE MEETING OF MINISTERS."
    )
    names = found(surface(text), text)
    assert names["PRESIDENT ALDO MERIKANTO"] == names["MERIKANTO"] == "Aldo Merikanto"
    assert names["KENYA"] == "Kenya"


def test_no_gazetteer_names_a_person() -> None:
    from comity.reading.gazetteer import gazetteer

    assert not {p.kind for p in gazetteer().forms.values()} & {"person", "actor"}
