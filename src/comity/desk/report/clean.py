"""Hostile text made harmless: control characters, broken surrogates and runs of text that change direction."""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup, escape

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile(r"[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]")
_FIRST_STRONG_ISOLATE, _POP = "\u2068", "\u2069"


def clean(text: str) -> str:
    """`text` with U+FFFD for every character that no page or terminal should be sent. Length is kept.

    >>> clean("red\\x1b[31m") == "red\ufffd[31m"
    True
    """
    return _CONTROLS.sub("\ufffd", text)


def isolated(text: str) -> str:
    """`text` cleaned, on one line, and closed off where it would change the direction of its surroundings.

    >>> isolated("plain\\ntext")
    'plain text'
    """
    flat = " ".join(clean(text).split())
    if not _DIRECTION.search(flat):
        return flat
    opened = len(re.findall("[\u2066-\u2068]", flat)) - flat.count(_POP)
    return f"{_FIRST_STRONG_ISOLATE}{flat}{_POP * max(0, opened)}{_POP}"


def kept(text: str) -> str:
    """`text` isolated, with the blanks at its ends that join it to its neighbours."""
    if not text.strip():
        return " " if text else ""
    head, tail = (" " if edge.isspace() else "" for edge in (text[0], text[-1]))
    return f"{head}{isolated(text)}{tail}"


def markup(pattern: str, *values: object) -> Markup:
    """`pattern` with each value put in: plain text cleaned and escaped, markup as it is.

    >>> markup("<b>{}</b>", "a < b\\x00")
    Markup('<b>a &lt; b�</b>')
    """
    between = _between(pattern)
    if len(between) != len(values) + 1:  # places with a number or a name
        return Markup(pattern).format(*(clean(v) if type(v) is str else v for v in values))
    parts = [between[0]]
    for value, after in zip(values, between[1:], strict=True):
        parts.append(escape(clean(value) if type(value) is str else value))
        parts.append(after)
    return Markup("".join(parts))


@cache
def _between(pattern: str) -> tuple[str, ...]:
    """What stands around the places of a pattern that has only plain ones; else nothing."""
    plain = pattern.replace("{}", "")
    return () if "{" in plain or "}" in plain else tuple(pattern.split("{}"))
