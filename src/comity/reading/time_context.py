"""In what tense a time expression is used, and whether a text is news or a history."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from comity.reading.time_lexicon import Token

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Token as Parsed

_FUTURE_WORDS = """
    will shall 'll ’ll would going due scheduled expected expects expect plans planned slated must could should might
    hopes intends upcoming poised
"""
_PAST_WORDS = """
    was were had did said told met went came took made gave got became began held left fell rose saw sent spoke wrote
    won lost led ran struck shot broke brought bought built caught drew fought found flew grew heard kept knew laid
    lay paid sat sold slept stood swore taught thought threw understood wore withdrew chose drove forgot hid sought
"""
_FUTURE = frozenset(_FUTURE_WORDS.split())
_PAST = frozenset(_PAST_WORDS.split())
_NOT_PAST = frozenset({"united", "need", "indeed", "proceed", "exceed", "succeed", "hundred", "speed", "agreed"})
_BEFORE_TO = frozenset(
    {"according", "had", "used", "able", "failed", "went", "back", "forced", "continued", "began", "managed"}
)
_STOP = frozenset(".;!?:")
_REACH_BACK, _REACH_AHEAD = 40, 30

_PLANNING = frozenset(
    {"expect", "schedule", "plan", "set", "slate", "intend", "hope", "want", "agree", "promise", "vow", "pledge", "aim"}
    | {"prepare", "propose", "urge", "ask", "demand", "order", "due", "be", "need", "decide", "offer", "threaten"}
)
_POSTPONED = frozenset(
    {"postponed", "off", "delayed", "moved", "extended", "rescheduled", "deferred", "adjourned", "back"}
)

_EXPECTING = frozenset({"expect", "schedule", "await", "invite", "slate"})
"""Verbs that speak of what is to come even in the past: "she expected both on Wednesday"."""

_TIMETABLED = frozenset(
    {"meet", "expire", "begin", "start", "open", "close", "end", "leave", "arrive", "travel", "visit", "vote", "resume"}
    | {"fly", "host", "convene", "return"}
)
"""Verbs whose present speaks of what is set for later: "the offer expires on Friday"."""


def tense(text: str, found: list[Token], start: int, end: int, doc: Doc | None = None) -> int:
    """-1, 0 or 1 for past, unknown or future, of the verb that the expression of tokens ``[start, end)`` goes with.

    With a parse it is the verb above the expression; without one, or where that verb does not tell, the nearest word
    before the expression that tells, else after it.
    """
    lead = found[start - 1].word if start else ""
    if lead in ("since", "ended"):
        return -1
    if lead in ("until", "till", "due", "payable"):
        return 1
    if lead == "to" and any(t.word in _POSTPONED for t in found[max(0, start - 4) : start]):
        return 1
    if doc is not None:
        sign = _parsed(doc, found[start].start)
        if sign:
            return sign
    for places in (range(start - 1, max(-1, start - _REACH_BACK), -1), range(end, min(len(found), end + _REACH_AHEAD))):
        for i in places:
            token = found[i]
            if token.word in _STOP and (token.word != "." or text[token.end : token.end + 1].strip() == ""):
                break
            sign = _sign(found, i) if doc is None or token.word != "to" else 0  # a parse knows which "to" is of a verb
            if sign:
                return sign
    return 0


def _sign(found: list[Token], i: int) -> int:
    """What one word tells of tense."""
    word = found[i].word
    before = found[i - 1].word if i else ""
    after = found[i + 1] if i + 1 < len(found) else None
    if word == "to":
        if after is None or after.code != "_" or after.word.endswith(("ed", "ing", "s")) or before in _BEFORE_TO:
            return 0
        return -1 if any(t.word == "had" for t in found[max(0, i - 4) : i]) else 1
    if word == "set":
        return 1 if after is not None and after.word in ("to", "for") else 0
    if word in ("may", "can", "plan"):
        return 1 if found[i].code == "_" else 0
    if word in _FUTURE:
        return 1
    if word in _PAST:
        return -1
    if len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST:
        return 0 if before in ("be", "being") else -1  # "can be decided": the word before tells
    return 0


def _parsed(doc: Doc, offset: int) -> int:
    """The tense of the verb above the token at `offset` of the parse."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    if span is None or not len(span):
        return 0
    node = span[0]
    for _ in range(6):
        if node.head == node:
            break
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            sign = _verb_tense(node)
            if sign or node.tag_ != "VBG":
                return sign
    return 0


def _verb_tense(verb: Parsed) -> int:
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if helpers & {"will", "'ll", "’ll", "wo", "shall", "would", "should", "may", "might", "can", "could", "must"}:
        return 1
    if verb.lemma_.lower() in _EXPECTING and "had" not in helpers:
        return 1
    if verb.tag_ == "VBD" or helpers & {"was", "were", "had", "did", "has", "have", "'ve", "’ve"}:
        return -1
    if "to" in helpers and verb.dep_ in ("xcomp", "ccomp", "acl", "advcl"):
        governor = verb.head
        if any(c.lower_ == "had" for node in (governor, governor.head) for c in node.children):
            return -1
        return 1 if governor.lemma_.lower() in _PLANNING or governor.pos_ == "ADJ" else 0
    if verb.tag_ == "VBN" and not helpers:
        return -1
    return 1 if verb.tag_ in ("VBP", "VBZ") and verb.lemma_.lower() in _TIMETABLED else 0


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
