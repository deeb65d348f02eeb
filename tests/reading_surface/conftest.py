"""What the tests of the reading's surface share: the parser, loaded once, and the folder of shared data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.reading import events, names, pronouns, quantities, segments, times
from comity.reading.again import again
from comity.reading.no_person import bodies_told
from comity.reading.parse import parse
from comity.words import Agenda, Reading

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.exists():
        pytest.skip("no folder ../shared beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def surface() -> Callable[..., Reading]:
    """A function that reads only the surface of a text: segments, times, entities, mentions, events."""

    def read(
        text: str, published: date | None = date(2031, 3, 7), agenda: Agenda | None = None, **given: Any
    ) -> Reading:
        stretches = segments.segment(text)
        doc = parse(text, stretches)
        entities, mentions = names.find_entities(doc, agenda, stretches, given.get("source"))
        entities = bodies_told(doc, entities, mentions)
        entities, mentions = again(doc, entities, mentions)
        mentions = pronouns.resolve(doc, entities, mentions)
        found = times.find_times(text, published, doc, stretches)
        happened = events.find_events(doc, found, mentions, entities, published)
        return Reading(
            document="a",
            published=published,
            reader="surface",
            text_sha256="",
            events=happened,
            times=found,
            mentions=mentions,
            entities=entities,
            segments=stretches,
        )

    return read


@pytest.fixture(scope="session")
def counted() -> Callable[[str], list[tuple[float, float, str, str]]]:
    """A function that gives the quantities of a text as (low, high, unit, of)."""

    def count(text: str) -> list[tuple[float, float, str, str]]:
        found = quantities.find_quantities(parse(text), times.find_times(text, date(2031, 3, 7)))
        return [(q.low, q.high, q.unit, q.of) for q in found]

    return count
