"""Titles of several words before a name: "Secretary of State Ada Holt", "envoy for the Lower Isles Jan Ost".

A title that goes on behind its noun ends where the matter or the place ends that the office is for.
"""

from __future__ import annotations

from comity.reading.gazetteer import first_names
from comity.reading.name_forms import Known
from comity.reading.name_view import View
from comity.reading.roles import BODIES, HONORIFICS, ROLES
from comity.words import fold_name

_LEADS = frozenset({"of", "for", "to", "on", "in"})
_JOINS = frozenset({"and", "of", "the", "'s"})
_MATTER_WORDS = """
    state defence defense finance foreign affairs interior justice trade treasury commerce labour labor energy health
    education agriculture environment climate transport transportation peace security intelligence staff economy
    economic information communications development planning water fisheries mines migration immigration home external
    internal international national human rights refugees culture tourism sport infrastructure industry war general
"""
MATTERS = frozenset(_MATTER_WORDS.split())
"""What an office is for: with capitals, too, no name."""
_LONGEST = 8
_NAME_AT_MOST = 5


def long_title(v: View, r: int, hits: dict[int, tuple[int, Known]]) -> int:
    """Where the name begins after the office at token `r` and what it is for; 0 if no name stands there.

    The title of "special envoy for the Lower Isles Jan Ost" ends before "Jan". A name is two words at least.
    """
    if v.lower[r] not in ROLES or r + 3 >= len(v.words) or v.lower[r + 1] not in _LEADS or not v.loose[r]:
        return 0
    j, whole, article = r + 2, False, False
    while j < len(v.words) and j - r <= _LONGEST and "\n\n" not in v.text[v.end(j - 1) : v.starts[j]]:
        word = v.lower[j]
        if v.initial[j] or v.tokens[j].tag_ in ("VBD", "VBZ", "MD"):
            return 0
        if j in hits and hits[j][1].type in ("state", "body", "place", "group"):
            j, whole, article = hits[j][0], True, False
        elif word in _JOINS:
            j, whole, article = j + 1, False, word in ("the", "of")
        elif word in MATTERS or word in BODIES or (not v.capital[j] and word.isalpha() and word not in _LEADS):
            j, whole, article = j + 1, True, False
        elif not v.capital[j] or not v.words[j].isalpha():
            return 0
        elif article:  # "the Lower Isles": as long as something stays for the name
            j, whole, article = _place_end(v, j), True, False
        else:
            return _after_ranks(v, j) if whole else 0
    return 0


def _place_end(v: View, j: int) -> int:
    """Where the place at `j` ends in "the Lower Isles Ada Holt": before a first name, else the last two words."""
    end = j
    while end < len(v.words) and v.capital[end] and v.words[end].isalpha():
        end += 1
    given = next((k for k in range(j + 1, end) if fold_name(v.words[k]) in first_names()), end - 2)
    return max(j + 1, given)


def _after_ranks(v: View, j: int) -> int:
    """The first token of the name at `j` itself; 0 if it is no name of two words or more."""
    while v.lower[j] in ROLES or v.lower[j].rstrip(".") in HONORIFICS or v.words[j] == ".":
        j += 1
    end = j
    while end < len(v.words) and v.capital[end] and v.words[end].isalpha() and end - j < _NAME_AT_MOST:
        if v.lower[end] in BODIES or v.words[end].isupper():
            return 0
        end += 1
    return j if end - j > 1 or v.words[end : end + 1] == ["-"] or v.lower[end : end + 1] == ["al"] else 0
