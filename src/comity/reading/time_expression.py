"""What a time expression says, before it is known when it was said: the value, and the register of rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from comity.reading.time_lexicon import Token


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression: tokens ``[start, end)`` and what they say.

    kind
        "calendar" (fields below; what is not said is to be filled in), "step" (`sign` times `amount` `unit` from
        `anchor`), "unit" (`direction` `unit`: this week, last year), "duration", "set", "ref".
    direction
        "last", "next", "this", "that" or "" where none is said.
    amount
        None if vague ("a few", "several").
    anchor
        "published" (ago, from now) or "reference" (later, earlier: counted from the date last spoken of).
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str = ""
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    bc: bool = False
    weekend: bool = False
    part: str = ""
    clock: str = ""
    direction: str = ""
    unit: str = ""
    amount: float | None = 0.0
    sign: int = 0
    anchor: str = ""
    value: str = ""
    edge: str = ""


Builder = Callable[[list[Token], "re.Match[str]"], Expression | None]
RULES: list[tuple[re.Pattern[str], Builder]] = []


def rule(pattern: str) -> Callable[[Builder], Builder]:
    def register(builder: Builder) -> Builder:
        RULES.append((re.compile(pattern), builder))
        return builder

    return register


def at(found: list[Token], m: re.Match[str], group: str) -> Token | None:
    i = m.start(group) if group in m.re.groupindex else -1
    return found[i] if i >= 0 else None


def say(m: re.Match[str], kind: str, **fields: object) -> Expression:
    return Expression(m.start(), m.end(), kind, **fields)  # type: ignore[arg-type]


def direction_of(heads: list[Token]) -> str:
    words = {t.word for t in heads}
    if words & {"last", "past", "previous", "preceding"}:
        return "last"
    if words & {"next", "coming", "following", "upcoming", "succeeding", "ensuing"}:
        return "next"
    if words & {"that", "same", "those"}:
        return "that"
    if words & {"this", "these", "current"}:
        return "this"
    return ""
