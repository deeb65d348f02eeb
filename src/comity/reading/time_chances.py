"""How likely the time of a statement is right: what kind of words tell it, how fine it is, where it lies.

Of a time expression it is noted which words of time it has, the grain of its value and on which side of publication
its days lie. The weights of what was noted are fitted on texts whose times people have annotated (TimeBank and
WikiWars): ``python -m training.chances``. They tell whether the expression was taken for the right days, not whether it
tells of these words and not of something else in the sentence.
"""

from __future__ import annotations

import re
from datetime import date

from comity.words import TimeMention

_WORDS = {
    "weekday": r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend",
    "month": r"jan(?:uary)?\.?|feb(?:ruary)?\.?|march|april|may|june|july|aug(?:ust)?\.?|sept?(?:ember)?\.?"
    r"|oct(?:ober)?\.?|nov(?:ember)?\.?|dec(?:ember)?\.?",
    "season": r"spring|summer|autumn|fall|winter|quarter|half",
    "relative day": r"today|yesterday|tomorrow|tonight",
    "part of day": r"morning|noon|afternoon|evening|night|overnight|midnight|dawn|[ap]\.?m\.?|hours?|minutes?",
    "unit": r"days?|weeks?|months?|years?|decades?|century|centuries",
    "ago": r"ago",
    "from there": r"later|earlier|after|before|following|previous|same|that",
    "last": r"last|past",
    "next": r"next|coming",
    "this": r"this|current",
    "vague": r"few|several|recent|recently|now|currently|soon|once|nearly|almost|about|around|some|early|late|mid",
}
_PATTERNS = {name: re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.I) for name, words in _WORDS.items()}
_YEAR = re.compile(r"(?<!\d)1\d{3}(?!\d)|(?<!\d)20\d\d(?!\d)")
_GRAINS = {
    "day": re.compile(r"\d{4}-\d\d-\d\d"),
    "time of day": re.compile(r"\d{4}-\d\d-\d\dT.*"),
    "month long": re.compile(r"\d{4}-\d\d"),
    "year long": re.compile(r"\d{4}"),
    "week long": re.compile(r"\d{4}-W\d\d.*"),
}
FAR = 366
"""Days from publication."""


def dated(t: TimeMention) -> bool:
    """True if it can tell when something was said: days or a time of day that are known."""
    return t.type in ("DATE", "TIME") and (t.earliest is not None or t.latest is not None)


def noted(t: TimeMention, words: str, published: date | None, narrative: bool) -> frozenset[str]:
    """What can be seen of a time expression with these `words`.

    >>> day = date(2031, 3, 4)
    >>> sorted(noted(TimeMention(0, 10, "DATE", "2031-03-04", day, day), "on Tuesday", date(2031, 3, 7), False))
    ['before', 'day', 'weekday']
    """
    found = {name for name, pattern in _PATTERNS.items() if pattern.search(words)}
    found |= {"year"} if _YEAR.search(words) else set()
    found.add(next((name for name, pattern in _GRAINS.items() if pattern.fullmatch(t.value)), "other grain"))
    found.add(_side(t, published))
    if narrative:
        found.add("a history")
        found |= {"a history, no year"} if "year" not in found else set()
    return frozenset(found)


def _side(t: TimeMention, published: date | None) -> str:
    """Where the days lie, seen from publication."""
    if published is None:
        return "no publication"
    first, last = t.earliest or t.latest, t.latest or t.earliest
    assert first is not None
    assert last is not None
    if abs((published - first).days) > FAR:
        return "far"
    return "before" if last < published else "after" if first > published else "around"
