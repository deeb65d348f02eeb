from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from comity.words import Reading

Surface = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Aldo Merikanto met Siri Halvorsen. He left first.", "He", "Aldo Merikanto"),
        ("Aldo Merikanto met Siri Halvorsen. She left first.", "She", "Siri Halvorsen"),
        ("Aldo Merikanto said he would meet Daniel Otieno only if the port opened.", "he", "Aldo Merikanto"),
        ("Aldo Merikanto told reporters that Daniel Otieno had come. He gave no details.", "He", "Aldo Merikanto"),
        ("Norway has said many times it will not sign.", "it", "Norway"),
        ("Norway kept its promise.", "its", "Norway"),
        ("Kenya shared what was told by Kenyan envoy Daniel Otieno after his talks.", "his", "Daniel Otieno"),
        (
            "Norwegian President Siri Halvorsen left. The Norwegian president gave no details.",
            "The Norwegian president",
            "Siri Halvorsen",
        ),
        ("The Ostra power plant is shut. The plant is the largest.", "The plant", "Ostra power plant"),
        ("Kenya refused to vote. The country has had no vote since.", "The country", "Kenya"),
    ],
)
def test_what_stands_for_whom(surface: Surface, text: str, word: str, name: str) -> None:
    reading = surface(text)
    names = {e.id: e.name for e in reading.entities}
    at = [m.start() for m in re.finditer(rf"\b{word}\b", text)][-1]
    linked = [names[m.entity] for m in reading.mentions if (m.start, m.end) == (at, at + len(word))]
    assert linked == [name]


@pytest.mark.parametrize(
    "text",
    [
        "It is unlikely that Norway signs.",
        "Norway waits. It’s hard to see how Kenya could sign.",
        "Siri Halvorsen wants guarantees. They are like those of old.",
    ],
)
def test_what_stands_for_nothing_named_is_left_open(surface: Surface, text: str) -> None:
    reading = surface(text)
    assert not [m for m in reading.mentions if m.kind == "pronoun"]
