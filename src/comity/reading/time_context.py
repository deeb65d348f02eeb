"""In what tense a time expression is used, and whether a text is news or a history."""

from __future__ import annotations

import re
from datetime import date

from comity.reading.time_lexicon import Token

_FUTURE_WORDS = """
    will shall 'll ’ll would going to due scheduled expected expects expect plans plan planned set poised slated must
    may can could should might hopes intends upcoming
"""
_PAST_WORDS = """
    was were had did said told met went came took made gave got became began held left fell rose saw sent spoke wrote
    won lost led ran struck shot broke brought bought built caught drew fought found flew grew heard kept knew laid
    lay paid sat sold slept stood swore taught thought threw understood wore withdrew chose drove forgot hid sought
"""
_FUTURE = frozenset(_FUTURE_WORDS.split())
_PAST = frozenset(_PAST_WORDS.split())
_STOP = frozenset(".;!?:")


def tense(text: str, found: list[Token], start: int, end: int) -> int:
    """-1, 0 or 1 for past, unknown or future: the nearest word before the expression that tells, else after it."""
    lead = found[start - 1].word if start else ""
    if lead in ("since", "ended"):
        return -1
    if lead in ("until", "till", "due", "payable"):
        return 1
    for i in range(start - 1, max(-1, start - 40), -1):
        token = found[i]
        if token.word in _STOP and (token.word != "." or _sentence_end(text, token)):
            break
        sign = _sign(found, i)
        if sign:
            return sign
    for i in range(end, min(len(found), end + 30)):
        token = found[i]
        if token.word in _STOP and (token.word != "." or _sentence_end(text, token)):
            break
        sign = _sign(found, i)
        if sign:
            return sign
    return 0


def _sentence_end(text: str, token: Token) -> bool:
    return text[token.end : token.end + 2].strip()[:1] == "" or text[token.end : token.end + 1].isspace()


def _sign(found: list[Token], i: int) -> int:
    word = found[i].word
    if word in ("to", "by", "until", "may", "set", "can", "plan", "due"):
        after = found[i + 1] if i + 1 < len(found) else None
        if word == "to" and after is not None and after.code == "_" and not after.word.endswith(("ed", "ing", "s")):
            before = found[i - 1].word if i else ""
            if any(found[j].word == "had" for j in range(max(0, i - 4), i)):
                return -1
            return (
                0
                if before
                in ("according", "had", "used", "able", "failed", "went", "back", "forced", "continued", "began")
                else 1
            )
        if word == "due" or (word == "set" and after is not None and after.word in ("to", "for")):
            return 1
        return 1 if word in ("may", "can", "plan") and found[i].code == "_" else 0
    if word in _FUTURE:
        before = found[i - 1].word if i else ""
        if word in ("expected", "planned", "scheduled") and before in ("had", "was", "were"):
            return 1
        return 1
    if word in _PAST:
        return -1
    if (
        len(word) > 4
        and word.endswith("ed")
        and word not in ("united", "need", "indeed", "proceed", "exceed", "succeed", "hundred")
    ):
        return -1
    return 0


_FULL_YEAR = re.compile(r"(?<![\d$£€,.])(1\d{3}|20\d\d)(?![\d,.]\d)")
_DEICTIC = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:last|next|this) "
    r"(?:week|month|year|night))\b",
    re.I,
)


def is_narrative(text: str, published: date | None) -> bool:
    """True for histories: years other than that of publication are many, words that lean on publication are few."""
    if published is None:
        return True
    years = sum(abs(int(m[1]) - published.year) > 1 for m in _FULL_YEAR.finditer(text))
    return years >= 5 and years > 2 * len(_DEICTIC.findall(text))
