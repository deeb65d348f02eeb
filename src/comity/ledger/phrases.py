"""What a quote says of itself by its wording: it requires, doubts, takes back, agrees. General English, no names.

Each test looks at one quote only. A reader may have said the same in a field (act, certainty, status); these tests
serve where the field cannot say it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from comity.words import fold

asked = lru_cache(maxsize=1 << 15)  # a quote is asked again for every date and edit


def whole(*alternatives: str) -> re.Pattern[str]:
    """One pattern of whole words out of several alternatives."""
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b")


_REQUIRED = whole(
    r"must|have to|has to|need(?:s|ed)?|requires?|required|shall|unless|precondition|prerequisite|depends? on",
    r"only (?:if|when|after|once|through|by|with)|without which|(?:is|are) necessary",
)
_NOT_WITHOUT = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|cannot)\b.*\b(?:unless|until|without)\b|n't\b.*\bunless\b"
)
_UNTIL = whole("until|unless|before")
_READINESS = whole(
    "discuss|consider|explore|talk about|look at|open to|think about|study|examine|be flexible|hopes?|would like"
)
_DOUBT = whole(
    r"hard to see|difficult to (?:see|imagine|hold|carry out|implement)|unlikely|not likely|impossible|not possible",
    r"doubt(?:s|ed|ful)?|unrealistic|unworkable|infeasible|not feasible|no way|far-fetched",
    r"can't be|cannot (?:be|happen)|none (?:is|was|has been) (?:planned|scheduled|foreseen|in sight)",
    r"(?:unclear|not clear) (?:how|whether)|remains to be seen|question(?:s|ed)? whether|any ?time soon|hardly",
)
_NEVER_MOVED = whole(
    r"(?:won'?t|will not|would not|wouldn'?t|ha[sd] not|ha[sd]n'?t|have not|haven'?t|do(?:es)? not|do(?:es)?n'?t"
    r"|did not|didn'?t|refus\w+ to) (?:move|budge|shift|compromise|concede|yield|soften|change|give)\w*",
    r"(?:no|without) (?:change|movement|concessions?|compromise|flexibility|sign of (?:movement|compromise))",
    r"unmoved|intransigent|inflexible|immovable|dug in",
)
_STAND = "(?:offer|proposal|demand|claim|condition|pledge|commitment|promise|insistence|objections?|support|draft)"
_WITHDRAWN = whole(
    r"(?:withdr(?:aws?|ew|awn|awing)|retract\w*|rescind\w*|revok\w*|tak(?:es?|en|ing) back|took back|abandon\w*"
    r"|drop(?:s|ped|ping)?|scrap(?:s|ped|ping)?|walk(?:s|ed|ing)? back|pull(?:s|ed|ing)? back)"
    rf"(?: \w+){{0,4}}? {_STAND}",
    r"(?:offer|proposal|pledge|promise)s?(?: \w+){0,6}? (?:no longer|off the table|withdrawn|void|lapsed|expired|dead)",
    r"off the table|no longer (?:offers?|insists?|demands?|requires?|stands? by)",
)
_AGREED = whole(
    "concluded|finali[sz]ed|clinched|done deal|agreed|agree|signed|consensus",
    "agreement (?:was|has been|is) reached|reached (?:an? )?agreement",
)
_NOT_AGREED = whole(
    r"(?:not|no|never|yet to|nothing)(?: \w+){0,3} (?:agreed|agree|agreement|signed|consensus)",
    r"\w+n't(?: \w+){0,2} (?:agreed|agree|signed)",
)
_UNSETTLED = whole(
    "(?:signed|agreed|accepted|settled) nothing",
    "nothing (?:is|was) (?:final|settled|agreed)",
    "still (?:under way|ongoing|going on)",
    "unresolved|unsettled|(?:still|remains?|remained|left) (?:wide )?open|far from (?:settled|agreed)",
)
_HOLDS = whole(
    "holds?|controls?|occup(?:y|ies)|seized|captured|administers?|possess(?:es)?|governs?|in the hands of",
    r"under \w+(?:\s\w+)? (?:control|occupation|rule|administration)",
    r"(?:has|have) (?:\w+ )?under (?:its|their|his|her) control",
    r"(?:don'?t|doesn'?t|do not|does not) (?:currently )?have|remains? (?:closed|shut|in force)",
)
_GIVES_AWAY = whole(
    r"sign(?:s|ed|ing)?(?: \w+){0,4}? away|hand(?:s|ed|ing)?(?: \w+){0,4}? over|gave up",
    r"giv(?:e|es|en|ing)(?: \w+){0,4}? up",
    r"ced(?:e|es|ed|ing)|surrender\w*|relinquish\w*|yield\w*|part(?:s|ed|ing)? with|trad(?:e|es|ed|ing)(?: away)?",
    r"let(?:s|ting)? go of|cession|handover",
)
_DIRECT = whole("direct(?:ly)?|face[- ]to[- ]face|in person|same room|across the table")
_CONTACT = whole(
    r"talk(?:s|ed|ing)?|met|meet(?:s|ing|ings)?|negotiat\w+|contacts?|dialogue|call(?:s|ed)?|phoned|spoke|speak",
    r"visit(?:s|ed)?|summit|engag\w+|discuss\w*|consultations?|rounds?|session",
)

_BRIGHT = whole(
    r"bridgeable|within reach|in sight|at hand|common ground|breakthrough|optimis(?:m|tic\w*)|hopeful|confident",
    r"promising|encourag\w+",
    r"progress|headway|clos(?:e|er) (?:to|than)|close|nearer|near(?:ly|ing)?|narrow(?:s|ed|ing|er)?",
    r"smaller than|on track",
    r"(?:can|could|might|may|will|would) be (?:signed|initialled|concluded|settled|sealed|struck|done|reached|bridged)",
    r"agree(?:d|ment) on (?:all|most|nearly all)",
    r"(?:most|all) (?:of the )?(?:main |key |big )?(?:points|issues|questions)",
    r"(?:days|hours|weeks|a breath|a whisker) away|constructive|thaw|turning point|light at the end",
    r"touching distance|(?:with)?in (?:the coming |a few |two |three )?(?:days|weeks|hours)",
    r"by the end of (?:the|next) week",
    r"going well|going (?:very|really) well|almost (?:there|done|ready)|nine tenths|90 per ?cent",
)
_DARK = whole(
    r"divided|(?:far|miles|poles|worlds) apart|no deal|no agreement|deadlock\w*|stalemate|stuck|impasse",
    r"logjam|no closer",
    r"collaps\w+|pessimis\w+|bleak|gloom\w*|hopeless|doomed|dead end|setback|broke(?:n)? (?:down|off|up)",
    r"brink of failure",
    r"(?:nothing|nobody|no one|neither|none) (?:has |had |have )?(?:moved|budged|blinked|changed|shifted|yielded)",
    r"no (?:progress|headway|movement|breakthrough)|unlikely|not likely|hard to see|doubt(?:s|ed|ful)?",
    r"gulf|chasm|fail(?:ed|ure|ing)?",
    r"would(?: not|n't) bet|(?:fewer|less) than|wide(?:r|ned)?|distance remains",
    r"remain(?:s|ed)? (?:stuck|apart|divided|blocked|wide)|(?:a )?long way (?:off|to go|from)|still wide|unrealistic",
    r"too (?:early|soon) to|nowhere|waste of time|brink of collapse|(?:in )?no hurry|no rush|premature|weeks of work",
    r"worst|no grounds for|no movement|no date|made up|wishful",
)
_NOT_BEFORE = re.compile(
    r"\b(?:not|no|never|hardly|without|nor|neither|n't)\b(?:\W+\w+){0,3}\W*$|n't(?:\W+\w+){0,3}\W*$"
)


def _negated(plain: str, match: re.Match[str]) -> bool:
    return _NOT_BEFORE.search(plain[: match.start()]) is not None


def unnegated(words: re.Pattern[str], text: str) -> bool:
    """True if `text`, folded, has one of `words` with no negation right before it.

    >>> unnegated(whole("fair"), "a Fair offer"), unnegated(whole("fair"), "not a fair offer")
    (True, False)
    """
    plain = fold(text)
    return any(not _negated(plain, match) for match in words.finditer(plain))


@asked
def outlook(text: str) -> int:
    """+1 if the words of `text` find an outcome near or moving, -1 if far or stuck, 0 if neither or both.

    >>> outlook("the gap was bridgeable"), outlook("still divided, far apart"), outlook("not close to a deal")
    (1, -1, -1)
    """
    plain = fold(text)
    dark = bool(_DARK.search(plain))
    for match in _BRIGHT.finditer(plain):
        if _negated(plain, match):
            dark = True
        else:
            return 0 if dark else 1
    return -1 if dark else 0


@asked
def requires(text: str) -> bool:
    """True if `text` words a requirement (must, only if, requires, not without).

    >>> requires("it must go through parliament"), requires("we would like it")
    (True, False)
    """
    plain = fold(text)
    return bool(_REQUIRED.search(plain) or _NOT_WITHOUT.search(plain))


@asked
def bars(text: str) -> bool:
    """True if `text` refuses only until or unless something happens.

    >>> bars("no treaty would pass without a vote"), bars("no boat leaves if they stay")
    (True, False)
    """
    return bool(_NOT_WITHOUT.search(fold(text)) or _UNTIL.search(fold(text)))


@asked
def readies(text: str) -> bool:
    """True if `text` goes no further than readiness to talk (discuss, consider, open to)."""
    return bool(_READINESS.search(fold(text)))


@asked
def doubts(text: str) -> bool:
    """True if `text` doubts that something can be done or will happen (hard to see, unlikely)."""
    return bool(_DOUBT.search(fold(text)))


@asked
def immovable(text: str) -> bool:
    """True if `text` calls a side unmoving (will not budge, no change)."""
    return bool(_NEVER_MOVED.search(fold(text)))


@asked
def withdraws(text: str) -> bool:
    """True if `text` takes back an offer, demand or promise (not: withdraws troops).

    >>> withdraws("the offer of 5 May is no longer on the table"), withdraws("ready to withdraw its heavy guns")
    (True, False)
    """
    return bool(_WITHDRAWN.search(fold(text)))


@asked
def agrees(text: str) -> bool:
    """True if `text` tells of an agreement, not of the lack of one.

    >>> agrees("it was agreed to go on"), agrees("nothing has been agreed")
    (True, False)
    """
    plain = fold(text)
    return bool(_AGREED.search(plain)) and not _NOT_AGREED.search(plain)


@asked
def unsettled(text: str) -> bool:
    """True if `text` tells that something is not agreed or still open.

    >>> unsettled("nothing has been agreed"), unsettled("the fee is unresolved"), unsettled("the fee was agreed")
    (True, True, False)
    """
    plain = fold(text)
    return bool(_NOT_AGREED.search(plain) or _UNSETTLED.search(plain))


@asked
def possesses(text: str) -> bool:
    """True if `text` tells who holds or lacks something on the ground."""
    return bool(_HOLDS.search(fold(text)))


@asked
def gives_away(text: str) -> bool:
    """True if `text` speaks of giving something out of one's hands (cede, sign away, hand over)."""
    return bool(_GIVES_AWAY.search(fold(text)))


@asked
def direct(text: str) -> bool:
    """True if `text` says that sides deal with each other directly."""
    return bool(_DIRECT.search(fold(text)))


@asked
def in_contact(text: str) -> bool:
    """True if `text` tells of talks, meetings, calls or other contact."""
    return bool(_CONTACT.search(fold(text)))
