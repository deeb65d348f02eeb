"""General gazetteers: states with their people, capitals, seats of government, bodies, cities, outlets, platforms.

Read once, on first use, from two tables beside this file, and kept as tries over words. Nothing here belongs to one
negotiation; names of people are never in a gazetteer.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files

TABLES = ("gazetteer_states.tsv", "gazetteer_bodies.tsv")


@dataclass(frozen=True)
class Place:
    """An entry: `kind` is "state", "capital", "region", "city", "seat", "body", "bloc", "outlet" or "platform".

    `stands_for` is the canonical name of the state or body that it is a name for, or lies in.
    """

    kind: str
    name: str
    stands_for: str


@dataclass(frozen=True)
class Gazetteer:
    """`forms`: names as written, to what they name. `people`: adjectives and nouns of peoples, to a state or bloc."""

    forms: dict[str, Place]
    people: dict[str, str]


@functools.cache
def gazetteer() -> Gazetteer:
    """Both tables, the more specific entry winning where two share a form.

    >>> gazetteer().forms["Ottawa"].stands_for, gazetteer().people["Norwegian"]
    ('Canada', 'Norway')
    """
    forms: dict[str, Place] = {}
    people: dict[str, str] = {}
    for table in TABLES:
        text = (files(__package__) / table).read_text(encoding="utf8")
        for line in text.splitlines():
            if not line or line.startswith("#"):
                continue
            kind, name, stands_for, names, nouns = line.split("\t")
            entry = Place(kind, name, stands_for)
            for form in names.split("|"):
                if form:
                    forms.setdefault(form, entry)
            for noun in nouns.split("|"):
                if noun:
                    people.setdefault(noun, name)
    return Gazetteer(forms, people)


@functools.cache
def first_names() -> dict[str, str]:
    """First names as `words.fold_name` folds them, to "m", "f" or "u" (both).

    >>> first_names()["astrid"]
    'f'
    """
    text = (files(__package__) / "first_names.tsv").read_text(encoding="utf8")
    return dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
