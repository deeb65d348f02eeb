"""Shared for the tests of the reading room: readings of single sentences under one small agenda."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.reading import read
from comity.words import Actor, Agenda, Authority, Document, Issue, Party, Reading

HERE = Path(__file__).parent


@functools.lru_cache(maxsize=1)
def specification() -> dict[str, Any]:
    return tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=1)
def sentence_agenda() -> Agenda:
    """The agenda at the head of `sentences.toml`."""
    data = specification()["agenda"]
    return Agenda(
        title=data["title"],
        parties=tuple(Party(p["id"], p["name"], tuple(p["aliases"])) for p in data["party"]),
        actors=tuple(
            Actor(a["id"], a["name"], tuple(a["aliases"]), a["party"], Authority(a["authority"])) for a in data["actor"]
        ),
        issues=tuple(
            Issue(i["id"], i["name"], keywords=tuple(i["keywords"]), kind=i.get("kind", "substance"))
            for i in data["issue"]
        ),
    )


@pytest.fixture(scope="session")
def agenda() -> Agenda:
    return sentence_agenda()


@pytest.fixture(scope="session")
def reading_of() -> Callable[[str], Reading]:
    """Reads a text published on Friday 1 May 2037 under the agenda of the sentences."""

    @functools.lru_cache(maxsize=512)
    def read_text(text: str) -> Reading:
        return read(Document(id="s", text=text, published=date(2037, 5, 1)), sentence_agenda())

    return read_text
