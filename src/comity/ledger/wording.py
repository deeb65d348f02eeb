"""Words as the ledger compares them: stems, meaning classes, time expressions. General English, no names.

Nothing here parses. Two quotes are compared by the content words that they share, after inflection is folded and
words of one meaning are put together. All lists are about language; names come from the agenda.
"""

from __future__ import annotations

import re
from functools import lru_cache

from comity.words import fold

_WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+(?:'[^\W_]+)?")

_FUNCTION_WORDS = """
a about above after again against akin all also am an and another any apart are as at be because been before being
below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down dr during each
else even ever few for from further get given had has hasn't have haven't having he he's her here hers herself him
himself his how however i i'm i've if in include includes including into is isn't it it's its itself just me more
most mr mrs ms must my myself no nor not now of off on once only or other ought our ours ourselves out over own per
said same say says shall she she's should shouldn't so some still such than that that's the their theirs them
themselves then there there's these they they're they've this those through to too toward towards under until up
upon us very via was wasn't we we'll we're we've were weren't what when where which while who whom why will with
within without won't would wouldn't yet you your yours yourself hadn't
"""
STOP = frozenset(_FUNCTION_WORDS.split())

_COMMON_IN_TALKS = """
accept agree agreement back call come country day deal delegate delegation demand draft earlier envoy framework give
go government insist issue keep leader make matter minister month need negotiation negotiator offer official oppose
part party people plan point position president proposal propose put question recent refuse reject report
representative require rule seek side spokesman spokesperson spokeswoman stance state statement support take talk
tell text thing time today want way week word year
"""
GENERIC = frozenset(_COMMON_IN_TALKS.split())
"""Words that nearly every report of talks has: they do not tell what two statements share."""

_CLASSES = (
    "lot many much numerous plenty several",
    "cede yield surrender relinquish concede cession concession",
    "land territory territorial region area",
    "truce ceasefire armistice",
    "withdraw withdrawal pullback pullout retreat redeploy redeployment",
    "soldier troop force army",
    "prisoner captive detainee pow",
    "guarantee assurance safeguard",
    "monitor monitoring verify verification supervise supervision observe observer inspect inspection",
    "enforce enforcement",
    "permanent lasting durable final perpetual perpetuity",
    "temporary interim provisional transitional",
    "recognise recognize recognition",
    "sanction embargo",
    "referendum plebiscite",
    "vote election ballot poll",
    "meet meeting summit",
    "talk negotiation dialogue discussion conversation",
    "begin start commence launch",
    "end finish conclude stop halt cease",
    "buy purchase",
    "pay payment",
    "aid assistance relief",
    "close near nearby imminent",
    "decide settle resolve solve settled",
    "difficult hard tough thorny",
    "hurdle obstacle barrier impediment stumbling",
    "release free freed liberate",
    "raise increase hike",
    "cut reduce lower reduction decrease",
    "fund money financing finance",
    "border frontier boundary",
    "weapon arm armament",
    "worker staff personnel employee",
    "full complete entire entirety whole total fully completely entirely",
    "attack invade invasion assault offensive strike",
    "reply response respond answer",
    "fish catch fishing",
    "quota limit cap ceiling",
)

_SUFFIXES = """
ational:ate ization:ize isation:ise fulness:ful iveness:ive ations:ate ation:ate ments:ment ities:ity sses:ss
ying:y ies:y ied:y ings: ing: edly: ed: ches:ch shes:sh xes:x zes:z s: ly:
"""
_ENDINGS = tuple((ending, other) for ending, _, other in (pair.partition(":") for pair in _SUFFIXES.split()))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """`word` without its inflection: a light suffix stripper in the manner of Porter (1980), not his algorithm.

    >>> stem("withdrawing"), stem("withdraws"), stem("policies"), stem("guarantees") == stem("guarantee")
    ('withdraw', 'withdraw', 'polici', True)
    """
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.isalpha():
        for ending, other in _ENDINGS:
            least = 5 if ending == "ly" else 3  # "finally", not "family"
            if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
                word = word[: len(word) - len(ending)] + other
                break
        if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiouls":
            word = word[:-1]
    if len(word) > 3:
        word = word.rstrip("e")
    return word[:-1] + "i" if len(word) > 3 and word[-1] == "y" else word


_CLASS_OF = {stem(word): stem(line.split()[0]) for line in _CLASSES for word in line.split()}
_GENERIC_STEMS = frozenset(stem(word) for word in GENERIC) | frozenset(
    _CLASS_OF[stem(word)] for word in GENERIC if stem(word) in _CLASS_OF
)


def meaning(word: str) -> str:
    """The class of `word`: one name for words of one meaning, else its stem.

    >>> meaning("pullback") == meaning("withdrawal"), meaning("ceasefires") == meaning("truce")
    (True, True)
    """
    root = stem(word)
    return _CLASS_OF.get(root, root)


@lru_cache(maxsize=131072)
def content(text: str) -> tuple[str, ...]:
    """Meanings of the content words of `text`, in order, each once. Numbers count; function words do not.

    >>> content("They will not withdraw heavy forces")
    ('withdraw', 'heavi', 'soldier')
    """
    plain = (
        fold(text).replace("pull back", "pullback").replace("pull out", "pullout").replace("cease-fire", "ceasefire")
    )
    plain = plain.replace("give up", "cede").replace("given up", "cede").replace("hand over", "cede")
    plain = (
        plain.replace("no longer", "no")
        .replace("handed over", "cede")
        .replace("pull-back", "pullback")
        .replace("pull-out", "pullout")
    )
    found = dict.fromkeys(meaning(word) for word in _WORD.findall(plain) if word not in STOP and len(word) > 1)
    return tuple(found)


def telling(stems: frozenset[str], names: frozenset[str]) -> frozenset[str]:
    """`stems` without the words that every report of talks has and without the names in `names`."""
    return stems - _GENERIC_STEMS - names


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard index of two sets of meanings, 0 to 1 (Jaccard 1901).

    >>> likeness(frozenset("ab"), frozenset("bc"))
    0.3333333333333333
    """
    if not one or not other:
        return 0.0
    both = len(one & other)
    return both / (len(one) + len(other) - both)


_NEGATOR = re.compile(r"\b(?:not|no|never|nor|neither|without|hardly)\b|n't\b")


def affirms(text: str, stems: frozenset[str]) -> bool:
    """True if the first word of `text` with a meaning in `stems` has no negation before it.

    >>> affirms("it looks like a temporary truce, not peace", frozenset(content("truce")))
    True
    >>> affirms("it is not a temporary truce", frozenset(content("truce")))
    False
    """
    plain = fold(text)
    for match in _WORD.finditer(plain):
        if meaning(match[0]) in stems:
            return not _NEGATOR.search(plain[: match.start()])
    return False


_HORIZON = re.compile(
    r"\b(before|by|until|till|after|since|within|in|on|during|from)\s+"
    r"((?:the\s+|this\s+|next\s+|last\s+|end of\s+|new\s+|coming\s+)*"
    r"(?:year|new year|month|week|weekend|spring|summer|autumn|fall|winter|today|tomorrow|yesterday"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|christmas|easter|ramadan|\d{4}|\d{1,2}(?:st|nd|rd|th)?)"
    r"(?:\s+(?:\d{1,4}|days?|weeks?|months?|years?|of\s+\w+))*)\b"
)


@lru_cache(maxsize=65536)
def horizons(text: str) -> frozenset[str]:
    """Time expressions in `text`, folded, with their preposition: what must agree if two quotes tell one utterance.

    >>> sorted(horizons("Much can be done before the new year, or by 12 May."))
    ['before new year', 'by 12']
    """
    return frozenset(
        f"{m[1]} {' '.join(w for w in m[2].split() if w not in ('the', 'this', 'coming'))}"
        for m in _HORIZON.finditer(fold(text))
    )


_MOMENT = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|spring|summer|autumn|winter|(?:19|20)\d\d)\b"
)


@lru_cache(maxsize=65536)
def moments(text: str) -> frozenset[str]:
    """Months, weekdays, seasons and years that `text` names; "may" only where it is written as a month.

    >>> sorted(moments("not in May but in December 2031; it may rain"))
    ['2031', 'december', 'may']
    """
    plain = re.sub(r"\bmay\b", " ", text)
    return frozenset(m[1] for m in _MOMENT.finditer(plain.casefold()))
