"""Numbers in words and digits."""

from __future__ import annotations

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINAL_UNITS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_ORDINAL_TENS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"

CARDINALS: dict[str, int] = {word: i for i, word in enumerate(_UNITS.split())}
CARDINALS |= {word: 10 * i for i, word in enumerate(_TENS.split(), start=2)}
CARDINALS["fourty"] = 40
MULTIPLIERS: dict[str, int] = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "mn": 10**6,
    "bn": 10**9,
}
ORDINALS: dict[str, int] = {word: i for i, word in enumerate(_ORDINAL_UNITS.split())}
ORDINALS |= {word: 10 * i for i, word in enumerate(_ORDINAL_TENS.split(), start=2)}
ORDINALS |= {"hundredth": 100}
FRACTIONS: dict[str, float] = {
    "half": 1 / 2,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 1 / 4,
    "quarters": 1 / 4,
    "fourth": 1 / 4,
    "fourths": 1 / 4,
    "fifth": 1 / 5,
    "fifths": 1 / 5,
    "tenth": 1 / 10,
    "tenths": 1 / 10,
}

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z|\d+(?:\.\d+)?\Z")


def digits(token: str) -> float | None:
    """The number that `token` is in digits, thousands commas allowed, or None.

    >>> digits("7,200"), digits("2.5"), digits("12:30")
    (7200.0, 2.5, None)
    """
    return float(token.replace(",", "")) if _DIGITS.match(token) else None


def words_to_number(words: list[str]) -> float | None:
    """The number spelt by lower-case `words` ("two hundred and five", "twenty", "2 million"), or None.

    >>> words_to_number(["three", "hundred", "and", "sixty", "thousand"])
    360000.0
    """
    total, current, seen = 0.0, 0.0, False
    for word in words:
        if word in ("and", "-"):
            continue
        if word in CARDINALS:
            value = float(CARDINALS[word])
        elif word in MULTIPLIERS:
            factor = MULTIPLIERS[word]
            current = (current if seen else 1) * factor
            if factor >= 1000:
                total, current = total + current, 0.0
            seen = True
            continue
        else:
            figure = digits(word)
            if figure is None:
                return None
            value = figure
        current, seen = current + value, True
    return total + current if seen else None


def year_in_words(words: list[str]) -> int | None:
    """A year read aloud ("nineteen ninety four", "two thousand"), or None.

    >>> year_in_words(["nineteen", "ninety", "four"])
    1994
    """
    if len(words) in (2, 3) and words[0] in ("eighteen", "nineteen", "twenty"):
        tail = words_to_number(words[1:])
        if tail is not None and 10 <= tail < 100 and words[1] in CARDINALS:
            return 100 * CARDINALS[words[0]] + int(tail)
    if words[:2] == ["two", "thousand"]:
        return int(words_to_number(words) or 0) or None
    return None
