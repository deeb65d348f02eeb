"""Word lists and patterns of wording, read from `wording.toml`: language that the rules look for, kept as data."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources
from typing import Any


@functools.lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("wording.toml").read_text(encoding="utf-8"))


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """The patterns of one section ("act.offer") as one expression over lower-case text with straight apostrophes.

    >>> bool(pattern("act.reject").search("they won't accept it"))
    True
    """
    section: Any = _data()
    for key in name.split("."):
        section = section[key]
    return re.compile(r"(?:\b|(?=n't))(?:" + "|".join(section["patterns"]) + r")(?!\w)", re.S)


@functools.cache
def words(name: str) -> frozenset[str]:
    """One word list.

    >>> "ready" in words("ready")
    True
    """
    return frozenset(_data()["words"][name].split())


@functools.cache
def statuses() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of each status, in the order in which they are tried."""
    return tuple((name, pattern(f"status.{name}")) for name in _data()["status"])


def plain(text: str) -> str:
    """`text` as the patterns see it: lower case, straight apostrophes and quotation marks, single spaces.

    >>> plain("They  won’t")
    "they won't"
    """
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split())
