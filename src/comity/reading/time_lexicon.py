"""Words of time: what class each word is of, and what it is worth. Vocabulary only, no rules.

A class is one character, so that a text becomes a string of classes over which the grammar's patterns run:

    M month   m a word that may be a month   W weekday   w its abbreviation   S season   s may be a season
    U unit    u units (plural)   Q quarter or half   K weekend   P part of the day
    d number of one or two digits   D other number   Y four-digit year   n number in words   o ordinal
    B decade ("1990s")   E early/late/mid   e beginning/middle/end   q few, several
    t today, yesterday, tomorrow, tonight   L last, past   X next, coming   H this   G that, same
    A ago   R later, earlier, before, after   V now, recently, soon   i each, every, per   j about, more than, at least
    c clock time   p a.m., p.m.   z time zone   b BC   f fiscal, full   h half   l -long, -old   k period, time, date
    T the   a a, an   F of   N and, or, to   O in, on, for   - , . ' themselves   _ any other word
"""

from __future__ import annotations

import re
from typing import NamedTuple

from comity.reading.dates_in_words import MONTHS, WEEKDAYS
from comity.reading.numbers import CARDINALS, MULTIPLIERS, ORDINALS, digits, words_to_number, year_in_words

UNITS = {
    "second": "S",
    "minute": "m",
    "hour": "H",
    "day": "D",
    "night": "N",
    "week": "W",
    "fortnight": "F",
    "month": "M",
    "year": "Y",
    "decade": "E",
    "century": "C",
    "millennium": "L",
}
"""Units by their letter here: m minutes, M months, N nights, F fortnights, E decades, C centuries, L millennia."""

_UNIT_PLURALS = {
    "seconds": "S",
    "minutes": "m",
    "mins": "m",
    "hours": "H",
    "hrs": "H",
    "days": "D",
    "nights": "N",
    "weeks": "W",
    "fortnights": "F",
    "months": "M",
    "years": "Y",
    "yrs": "Y",
    "decades": "E",
    "centuries": "C",
    "millennia": "L",
    "quarters": "Q",
    "weekends": "K",
    "summers": "SU",
    "winters": "WI",
    "springs": "SP",
    "autumns": "FA",
}
SEASONS = {"summer": "SU", "winter": "WI", "autumn": "FA", "fall": "FA", "spring": "SP"}
PARTS = {
    "morning": "MO",
    "mornings": "MO",
    "afternoon": "AF",
    "afternoons": "AF",
    "evening": "EV",
    "evenings": "EV",
    "night": "NI",
    "nights": "NI",
    "overnight": "NI",
    "dawn": "MO",
    "noon": "12:00",
    "midday": "12:00",
    "midnight": "24:00",
    "dusk": "EV",
    "lunchtime": "AF",
}
REFS = {
    "now": "PRESENT_REF",
    "currently": "PRESENT_REF",
    "presently": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "current": "PRESENT_REF",
    "recent": "PAST_REF",
    "recently": "PAST_REF",
    "lately": "PAST_REF",
    "previously": "PAST_REF",
    "formerly": "PAST_REF",
    "former": "PAST_REF",
    "soon": "FUTURE_REF",
    "shortly": "FUTURE_REF",
    "future": "FUTURE_REF",
}
SETS = {
    "hourly": "PT1H",
    "daily": "XXXX-XX-XX",
    "everyday": "XXXX-XX-XX",
    "weekly": "XXXX-WXX",
    "monthly": "XXXX-XX",
    "annually": "XXXX",
    "annual": "XXXX",
    "yearly": "XXXX",
    "nightly": "XXXX-XX-XXTNI",
}
DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
DECADES = {
    "twenties": 192,
    "thirties": 193,
    "forties": 194,
    "fifties": 195,
    "sixties": 196,
    "seventies": 197,
    "eighties": 198,
    "nineties": 199,
}

_CLASSES: dict[str, str] = {}


def _put(code: str, words: str) -> None:
    for word in words.split():
        _CLASSES[word] = code


_put("M", " ".join(m for m in MONTHS if m not in ("may", "march", "mar", "jun", "jan", "dec")))
_put("M", "jan dec jun")
_put("m", "may march mar")
_put("W", "monday tuesday wednesday thursday friday saturday sunday")
_put("w", "mon tue tues wed weds thu thur thurs fri sat sun")
_put("S", "summer winter autumn")
_put("s", "fall spring")
_put("U", " ".join(UNITS))
_put("u", " ".join(_UNIT_PLURALS))
_put("Q", "quarter half")
_put("K", "weekend")
_put("P", " ".join(p for p in PARTS if p not in ("night", "nights")))
_put("t", "today yesterday tomorrow tonight")
_put("L", "last past previous preceding")
_put("X", "next coming following upcoming succeeding ensuing")
_put("H", "this these")
_put("G", "that same those")
_put("A", "ago")
_put("R", "later earlier before after afterwards afterward thereafter previously")
_put("V", " ".join(w for w in REFS if w != "previously"))
_put("i", "each every per")
_put(
    "j",
    "about around nearly almost roughly approximately some only just barely more less than at least most over under up",
)
_put("E", "early late mid")
_put("e", "beginning start middle end")
_put("q", "few several many couple numerous")
_put("p", "am pm")
_put("z", "gmt utc est edt cst cdt mst mdt pst pdt cet cest bst msk local")
_put("b", "bc bce")
_put("f", "fiscal full calendar financial")
_put("l", "long old")
_put("k", "period time date moment")
_put("T", "the")
_put("a", "a an")
_put("F", "of")
_put("N", "and or to until through")
_put("O", "in on for within during since by over at until from")
for _word in CARDINALS:
    _CLASSES[_word] = "n"
for _word in ORDINALS:
    _CLASSES[_word] = "o"
_CLASSES["second"] = "o"
for _word in DECADES:
    _CLASSES[_word] = "B"

_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d(?!\d)|\d{1,2}(?P<sep>[./])\d{1,2}(?P=sep)\d{4}(?!\d))|(?P<decade>(?:\d\d|['’‘`])?\d0['’]?s\b)|(?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<clock>\d{1,2}:\d\d(?::\d\d)?)|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<meridiem>[ap]\.m\.?(?!\w)|[ap]m\b)|(?P<era>B\.?C\.?(?:E\.?)?(?!\w)|A\.?D\.(?!\w))"
    r"|(?P<possessive>['’]s?\b)|(?P<word>[^\W\d_]+)|(?P<other>[^\s\w])|(?P<rest>\w)",
    re.I,
)


class Token(NamedTuple):
    """A word or mark: its class, lower-case text, place, and its worth as a number, month or weekday."""

    code: str
    word: str
    start: int
    end: int
    value: float = 0.0
    capital: bool = False


def tokens(text: str) -> list[Token]:
    """The words and marks of `text`, numbers in words joined to one token.

    >>> "".join(t.code for t in tokens("the last twenty four hours, by May 5"))
    'TLnu,Omd'
    """
    out: list[Token] = []
    for m in _TOKEN.finditer(text):
        kind, raw = m.lastgroup or "", m.group()
        start, end = m.span()
        if out and start < out[-1].end:  # the full stop of an abbreviation, taken with it
            continue
        word = raw.lower()
        code, value = "_", 0.0
        if kind == "word":
            code = _CLASSES.get(word, "_")
            if code == "_":
                if out and out[-1].code == "n" and word in MULTIPLIERS:
                    code = "n"
            elif code in "Mm":
                value = MONTHS[word]
                if code == "m" and not (raw[0].isupper() and word != "mar"):
                    code = "_"
                elif len(word) <= 4 and word not in ("may", "june", "july") and text[end : end + 1] == ".":
                    end += 1
            elif code in "Ww":
                value = WEEKDAYS[word]
                if not raw[0].isupper():
                    code = "_"
                elif code == "w" and text[end : end + 1] == ".":
                    end += 1
            elif code == "n":
                value = float(CARDINALS[word])
            elif code == "o":
                value = float(ORDINALS[word])
        elif kind == "number":
            value = digits(raw) or 0.0
            if len(raw) == 4 and raw.isdigit() and 1000 <= value < 2200:
                code = "Y"
            else:
                code = "d" if len(raw) <= 2 else "D"
        elif kind == "ordinal":
            code, value = "o", float(re.sub(r"\D", "", raw))
        elif kind == "clock":
            code = "c"
        elif kind == "meridiem":
            code = "p"
        elif kind == "era":
            code = "b" if word[0] == "b" else "_"
        elif kind == "decade":
            code = "B"
        elif kind == "iso":
            code = "I"
        elif kind == "possessive":
            code = "'"
        elif kind == "other":
            code = {"-": "-", "–": "-", "—": "_", ",": ",", ".": ".", "/": "/", "(": "(", "’": "'", "'": "'"}.get(
                raw, "_"
            )
        out.append(Token(code, word, start, end, value, raw[0].isupper()))
    return _join_numbers(out)


def _join_numbers(found: list[Token]) -> list[Token]:
    out: list[Token] = []
    i = 0
    while i < len(found):
        token = found[i]
        if (
            token.code == "a"
            and i + 1 < len(found)
            and found[i + 1].word in ("hundred", "thousand", "million", "dozen")
        ):
            token = Token("n", "one", token.start, token.end, 1.0)
            found[i] = token
        if token.code != "n":
            out.append(token)
            i += 1
            continue
        j = i + 1
        while j < len(found):
            gap_joined = found[j].code == "n" or found[j].word in MULTIPLIERS
            linked = found[j].word in ("and", "-") and j + 1 < len(found) and found[j + 1].code == "n"
            # "five and six" are two numbers; "hundred and six" and "twenty-six" are one.
            if linked and (found[j - 1].word in MULTIPLIERS or (found[j].word == "-" and _tens(found[j - 1].word))):
                j += 2
            elif gap_joined:
                j += 1
            else:
                break
        words = [t.word for t in found[i:j] if t.word != "-"]
        year = year_in_words(words)
        value = words_to_number(words)
        if year:
            out.append(Token("Y", " ".join(words), token.start, found[j - 1].end, float(year)))
        elif value is not None:
            out.append(Token("n", " ".join(words), token.start, found[j - 1].end, value))
        else:
            out.extend(found[i:j])
        i = j
    return out


def _tens(word: str) -> bool:
    return CARDINALS.get(word, 0) in range(20, 100, 10)


def unit_of(word: str) -> str:
    """The letter of a unit's name, singular or plural."""
    return UNITS.get(word) or _UNIT_PLURALS.get(word) or {"quarter": "Q", "half": "h"}.get(word, "")
