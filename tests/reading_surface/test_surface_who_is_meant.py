"""Whom descriptions and pronouns of plain agency prose stand for, and where they are left open."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from comity.words import Reading

Surface = Callable[..., Reading]

CASES = [
    ("Kenya's army left Ostra. Norway thanked it. The army will be back.", "The army", "Kenya's army"),
    ("Kenya's defence ministry denied this. It accused Norway of lies.", "It", "Kenya's defence ministry"),
    ("The Sarn Monetary Fund met. Norway wrote to the Fund.", "the Fund", "Sarn Monetary Fund"),
    ("The Ostra Pilots Association is angry. The union will strike.", "The union", "Ostra Pilots Association"),
    ("The Ostra Dockers union said it was ready to sign.", "it", "Ostra Dockers"),
    ("Lindalen called the rise unfair. The airline said it would appeal.", "The airline", "Lindalen"),
    ("Varko said it would attend the talks. Its fighters are in the hills.", "Its", "Varko"),
    ("Varko, which holds two towns, left the talks. It gave no reason.", "It", "Varko"),
    ("The Free Sarn Front left. The rebel group gave no reason.", "The rebel group", "Free Sarn Front"),
    (
        "Siri Halvorsen, the fisheries minister, left. Kenya waits. The minister is tired.",
        "The minister",
        "Siri Halvorsen",
    ),
    ("Aldo Merikanto left early. The 62-year-old gave no reason.", "The 62-year-old", "Aldo Merikanto"),
    ("Norway's envoy, Aldo Merikanto, left. The Norwegian gave no reason.", "The Norwegian", "Aldo Merikanto"),
    ("Aldo Merikanto did not come. His spokesman, Daniel Otieno, said he was ill.", "he", "Aldo Merikanto"),
    ("“The deal gives away the port,” it said.", "it", None),
    ("Norway met Kenya. “The deal gives away the port,” it said.", "it", "Norway"),
    ("Daniel Otieno accused Aldo Merikanto of hiding behind his office.", "his", "Aldo Merikanto"),
    ("Kenya and Norway are the guarantors. They gave no reason.", "They", None),
    ("“He must go,” Daniel Otieno said.", "He", None),
    (
        "Prime Minister Siri Halvorsen left. Kenya accused the prime minister of haste.",
        "the prime minister",
        "Siri Halvorsen",
    ),
    ("Norway’s party met. The shipowners' group was angry. It accused the party.", "It", None),
    ("The Sarn Fisheries Committee met. The shipowners' group was angry at it. The group left.", "The group", None),
    ("Aldo Merikanto spoke to Daniel Otieno. He handed him a note.", "him", "Daniel Otieno"),
    ("The rise was unfair, the Kenyan navy said. It added that ships would sail.", "It", "Kenyan navy"),
    ("“One man holds us up,” Aldo Merikanto said. He left.", "He", "Aldo Merikanto"),
    ("Norway's pilots met Daniel Otieno, of Kenya. The Norwegian left.", "The Norwegian", None),
    ("Siri Halvorsen is foreign minister. The finance minister wants less.", "The finance minister", None),
]


@pytest.mark.parametrize(("text", "word", "name"), CASES, ids=lambda c: str(c)[:50])
def test_whom_it_stands_for(surface: Surface, text: str, word: str, name: str | None) -> None:
    reading = surface(text)
    names = {e.id: e.name for e in reading.entities}
    at = [m.start() for m in re.finditer(rf"\b{word}\b", text)][-1]
    linked = [names[m.entity] for m in reading.mentions if m.end == at + len(word) and m.start >= at - 4]
    assert linked == ([name] if name else [])


def test_the_name_in_the_next_paragraph(surface: Surface) -> None:
    text = "The head of the Kenyan navy said that it was late.\n\nDaniel Otieno told reporters nobody would wait."
    reading = surface(text)
    assert "The head" in [text[m.start : m.end] for m in reading.mentions if m.entity == "daniel_otieno"]


def test_two_bodies_of_a_kind_are_left_apart(surface: Surface) -> None:
    text = "Kenya's army and Norway's army met. The army will be back."
    assert not [m for m in surface(text).mentions if text[m.start : m.end] == "The army" and "'" in m.entity]
