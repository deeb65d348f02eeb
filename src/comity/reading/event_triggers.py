"""Words that speak of an event, and what tense, aspect and wording say of whether it took place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.words import EventStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBS = {
    "meet": "meeting",
    "convene": "meeting",
    "confer": "talks",
    "negotiate": "talks",
    "visit": "visit",
    "call": "call",
    "phone": "call",
    "telephone": "call",
    "vote": "vote",
    "review": "review",
    "examine": "review",
    "withdraw": "withdrawal",
    "expire": "deadline",
    "lapse": "deadline",
    "run": "deadline",
    "travel": "visit",
    "fly": "visit",
}
NOUNS = {
    "meeting": "meeting",
    "summit": "meeting",
    "encounter": "meeting",
    "call": "call",
    "visit": "visit",
    "trip": "visit",
    "tour": "visit",
    "session": "talks",
    "vote": "vote",
    "referendum": "vote",
    "election": "vote",
    "ballot": "vote",
    "deadline": "deadline",
    "ultimatum": "deadline",
    "talk": "talks",
    "talks": "talks",
    "negotiation": "talks",
    "dialogue": "talks",
    "dialog": "talks",
    "consultation": "talks",
    "contact": "contact",
    "touch": "contact",
    "withdrawal": "withdrawal",
    "pullback": "withdrawal",
    "pullout": "withdrawal",
    "review": "review",
}
REMARK_NOUNS = {
    "conference": "press_briefing",
    "briefing": "press_briefing",
    "interview": "remarks",
    "speech": "remarks",
}
AUDIENCE = frozenset({"reporter", "journalist", "press", "media", "correspondent"})
SPEECH = frozenset(
    {"say", "tell", "state", "add", "announce", "declare", "write", "post", "tweet", "warn", "stress", "note", "argue"}
    | {
        "explain",
        "outline",
        "claim",
        "insist",
        "remark",
        "reiterate",
        "emphasize",
        "emphasise",
        "comment",
        "speak",
        "reply",
    }
)
POSTING = frozenset({"state", "say", "write", "post", "tweet", "announce", "add", "share", "publish"})

_LIGHT = frozenset(
    {
        "hold",
        "have",
        "conduct",
        "attend",
        "host",
        "organize",
        "organise",
        "make",
        "pay",
        "join",
        "lead",
        "chair",
        "take",
    }
)
_GOING_ON = frozenset({"continue", "resume", "proceed", "drag", "go", "remain"})
_CANCEL = frozenset({"cancel", "scrap", "abandon", "call"})
_POSTPONE = frozenset({"postpone", "delay", "defer", "suspend", "adjourn", "reschedule"})
_PLAN = frozenset({"plan", "schedule", "expect", "slate", "set", "intend", "prepare", "arrange"})
_WISHING = frozenset({"hope", "want", "wish", "doubt", "urge", "suggest", "ask", "demand"})
_AGREE = frozenset({"agree", "decide"})
_FUTURE_ADJECTIVES = frozenset(
    {"upcoming", "next", "planned", "scheduled", "forthcoming", "coming", "future", "expected"}
)
_PAST_ADJECTIVES = frozenset({"recent", "last", "latest", "previous", "past", "earlier", "yesterday"})
_ONGOING_ADJECTIVES = frozenset({"ongoing", "current", "continuing", "continued"})
_BEFORE = frozenset({"before", "ahead"})
_AFTER = frozenset({"after", "following", "since", "during", "at"})
_UNREAL = frozenset({"would", "could", "might", "should", "may", "can", "must"})


def negated(verb: Token) -> bool:
    """True if `verb` or what it hangs on as an infinitive is denied."""
    node = verb
    for _ in range(3):
        if any(c.dep_ == "neg" or c.lower_ in ("never", "no", "n't", "n’t") for c in node.children):
            return True
        if node.dep_ not in ("xcomp", "aux"):
            return False
        node = node.head
    return False


def verb_status(verb: Token) -> EventStatus | None:
    """Planned, agreed, ongoing, held and so on by the form of `verb`; None if it tells of no event (denied, unreal)."""
    if negated(verb):
        return None
    words = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.dep_ == "ccomp" and verb.head.lemma_.lower() in _WISHING:
        return None
    governor = verb.head if verb.dep_ in ("xcomp", "ccomp", "advcl", "acl") and verb.head != verb else None
    if words & {"will", "'ll", "’ll", "shall"} or "wo" in words:
        return EventStatus.PLANNED
    if words & {"would", "'d", "’d"} and _told_ahead(verb):
        return EventStatus.PLANNED
    if words & _UNREAL:
        return None
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in verb.children):
        return None
    if "to" in words or verb.tag_ == "VB":
        return _infinitive(governor)
    if verb.tag_ == "VBG":
        if words & {"is", "are", "was", "were", "'re", "'s", "been"}:
            return EventStatus.ONGOING if not words & {"was", "were"} else EventStatus.HELD
        return EventStatus.HELD if governor is not None and governor.tag_ in ("VBD", "VBN") else None
    if verb.tag_ in ("VBD", "VBN"):
        return EventStatus.HELD
    return EventStatus.ONGOING if verb.lemma_ in _GOING_ON else None


def _told_ahead(verb: Token) -> bool:
    """True for "said they would meet": what is to come, told in the past, and not under an "if" or "only"."""
    if verb.dep_ != "ccomp" or verb.head.tag_ not in ("VBD", "VBN"):
        return False
    for child in verb.children:
        if child.lower_ == "only" or (
            child.dep_ == "advcl" and any(g.lower_ in ("if", "unless") for g in child.children)
        ):
            return False
    return True


def _infinitive(governor: Token | None) -> EventStatus | None:
    """What "to meet" hangs on tells: agreed to, expected to, is to."""
    if governor is None or negated(governor):
        return None
    lemma = governor.lemma_.lower()
    if lemma in _AGREE:
        return EventStatus.AGREED
    if lemma in _PLAN or lemma in ("be", "due", "ready", "go", "travel", "fly", "return", "arrive", "gather"):
        return EventStatus.PLANNED
    return None


def noun_status(noun: Token) -> EventStatus | None:
    """The same for a noun, by its adjectives, its verb and the preposition before it."""
    adjectives = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "poss")}
    adjectives |= {c.lower_ for t in noun.children if t.dep_ == "poss" for c in t.children}
    if noun.dep_ == "compound" or any(c.lower_ == "no" for c in noun.children):
        return None
    verb = governing_verb(noun)
    lemma = verb.lemma_.lower() if verb is not None else ""
    if verb is not None and verb.dep_ == "xcomp" and noun.dep_ in ("dobj", "nsubj") and verb.head.lemma_ in _AGREE:
        return EventStatus.AGREED
    direct = verb is not None and noun.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")
    if (
        verb is not None
        and direct
        and lemma in _CANCEL
        and (lemma != "call" or any(c.lower_ == "off" for c in verb.children))
    ):
        return EventStatus.CANCELLED
    if verb is not None and direct and lemma in _POSTPONE and not negated(verb):
        return EventStatus.POSTPONED
    if adjectives & _FUTURE_ADJECTIVES:
        return EventStatus.PLANNED
    if adjectives & _PAST_ADJECTIVES:
        return EventStatus.HELD
    if adjectives & _ONGOING_ADJECTIVES:
        return EventStatus.ONGOING
    if noun.dep_ == "pobj":
        before = noun.head.lower_
        if before in _BEFORE or (before == "of" and noun.head.head.lower_ == "ahead"):
            return EventStatus.PLANNED
        if before == "on" and noun.head.head.lemma_ in _AGREE:
            return EventStatus.AGREED
        if before in _AFTER:
            return EventStatus.HELD
    if verb is not None and direct and not negated(verb):
        if lemma in _GOING_ON and noun.dep_ == "nsubj":
            return EventStatus.ONGOING if verb_status(verb) is not EventStatus.PLANNED else EventStatus.PLANNED
        if lemma in _PLAN and noun.dep_ in ("nsubjpass", "dobj"):
            return EventStatus.PLANNED
        if lemma in _LIGHT or lemma in (
            "begin",
            "start",
            "end",
            "conclude",
            "break",
            "collapse",
            "include",
            "involve",
            "focus",
            "last",
            "produce",
        ):
            return verb_status(verb)
        if lemma in _AGREE:
            return EventStatus.AGREED
    return None


def governing_verb(token: Token) -> Token | None:
    """The verb above `token`."""
    node = token
    for _ in range(8):
        if node.head == node:
            return None
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            return node
    return None
