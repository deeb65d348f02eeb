"""CAMEO codes as PLOVER events, by the table of the Open Event Data Alliance that stands beside this file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Coded(NamedTuple):
    """What a code stands for: the PLOVER event, its mode and context (either may be empty), and the code in words."""

    event: str
    mode: str
    context: str
    words: str


@cache
def _table() -> dict[str, Coded]:
    text = files("comity.accord.incidents").joinpath("cameo.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {code: Coded(*rest) for code, *rest in rows}


def plover(code: str) -> Coded | None:
    """The PLOVER event of a CAMEO code; None where the table has none (statements and appeals, 01 and 02).

    A code with more digits than the table knows counts as the one that it is part of, down to three digits.

    >>> plover("0871").event, plover("0871").mode, plover("0871").words
    ('retreat', 'ceasefire', 'Declare truce, ceasefire')
    >>> plover("010") is None
    True
    """
    for known in (code, code[:4], code[:3]):
        if found := _table().get(known):
            return found
    return None
