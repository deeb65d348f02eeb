"""How a quote takes a side by its wording: turns down, shuts out, finds good enough, studies, runs out of time.

As in `comity.ledger.phrases`, each test looks at one quote only; these serve where a reader saw no stand in it.
"""

from __future__ import annotations

import re

from comity.ledger.phrases import asked, unnegated, whole
from comity.words import fold

_DISAPPROVES = whole(
    r"premature|unacceptable|absurd|ridiculous|nonsense|insult\w*|ransom|blackmail|extortion|non-starter|trap|ploy",
    r"too (?:little|late|early|low|high|short|long|vague|much|far|soon|weak)|not (?:good )?enough|insufficient",
    r"inadequate|farce|falls? short|out of the question|one-sided|unfair|humiliat\w*|capitulation|surrender",
    r"back door|red line|(?:blank|bad) cheque|a step (?:back|too far)|a (?:joke|mistake|provocation)|worthless",
    r"betray\w*|charade|stunt|diktat|dead on arrival|wishful|not serious|unserious|robbery|madness|suicid\w*",
    r"un\w{3,}ables?|in\w{3,}ible|unjust|unrealistic|illusory|bankrupt\w*|ruin\w*|cripple\w*|laughable|ransom\w*",
)
_SHUTS_OUT = re.compile(
    r"\bthere (?:will|would|can|could|must|shall|should) (?:be no|never be)\b"
    r"|(?:\b(?:not|never|nothing|nowhere)|n't) (?:\w+ ){0,2}?"
    r"(?:on the (?:menu|table|cards|agenda)|up for|for sale|negotiable|an option|to be had)\b"
    r"|\bnot (?:one|a single) (?:\w+ ){0,3}?(?:will|would|shall|leaves?|goes)\b"
    r"|\bno (?:\w+ ){1,3}?(?:will|would|shall) (?!be (?:needed|necessary))"
    r"|\b(?:nobody|no one) (?:will|would|shall|may|can)\b"
    r"|\bout of bounds\b|\boff[- ]limits\b"
    r"|\b(?:veto|block|boycott)(?:s|ed|ing)?\b|\bbring(?:s|ing)? down\b|\b(?:walk|storm)(?:s|ed|ing)? out\b"
    r"|\bleave the (?:government|coalition|talks|table)\b|\bvot(?:es?|ed|ing) against\b"
    r"|\bno (?:question of|place for|room for|interest in|appetite for|intention of)\b"
    r"|(?:\b(?:not|never|nor)|n't) (?:\w+ ){0,2}?(?:accept|sign|support|approve|ratify|tolerate|hear of|recogni[sz]e)\b"
    r"|\bnot (?:part of|required|needed|necessary)\b"
    r"|\b(?:oppos|resist|reject|exclud|refus)(?:e[sd]?|s|ed|ing)\b|\bruled? out\b|\bobject(?:s|ed|ing) to\b"
)
_WELCOMES = whole(
    r"acceptable|welcom(?:e[sd]?|ing)|reasonable|a (?:good|fair) (?:basis|offer|idea|start)|long overdue",
    r"(?:can|could|would|might) (?:live with|defend|accept|support|sign)|in favou?r of|the only way|indispensable",
    r"prais(?:e[sd]?|ing)|applaud(?:s|ed|ing)?|(?:last|final) (?:word|offer)|supports?|backs|defend(?:s|ed|ing)",
    r"worth (?:trying|considering|discussing)",
)
_REFUSES = r"(?:not|never|n't|nor|refus\w+ to) (?:\w+ ){0,2}?(?:accept|sign|back|support|approve|ratify|allow|agree to)"
_INSISTS = whole(
    rf"(?:against|opposes?|opposed|rejects?|rejected|refus\w+|{_REFUSES}) (?:\w+ ){{0,8}}?"
    r"(?:without|that (?:does|do|did|would|will) not|that (?:does|do|did)n't|lacking|unless|if it (?:does|did) not)",
    r"(?:not|n't|never|refus\w+ to) (?:budge|yield|compromise|waver|give (?:way|ground)|back down|move) (?:on|over)",
    r"(?:no|nothing) \w+ without",
)
_DISMISSES = whole(
    r"(?:dismiss|disown|disavow|correct|contradict|distanc)\w* (?:\w+ ){0,3}?(?:remarks?|words?|comments?|statements?"
    r"|suggestions?|interview|from)",
    r"(?:spoke|speaking|speaks) (?:only )?for (?:him|her|them)sel(?:f|ves)",
    r"not (?:the )?(?:party|government) (?:line|policy)",
)
_SETS_AGAINST = whole(r"insist\w*|prefer\w*|rather|instead|whereas|while|but|yet|however|by contrast|for its part")
_COUNTS = whole(
    r"numbers?|figures?|puts?|counts?|counted|estimat\w+|arrives? at|speaks? of|spoke of|total(?:s|led)?",
)
_MIND = whole(
    r"(?:regard|consider|want|favou?r|ask|seek|prefer|insist|find|think|believe|refuse|oppose|demand|reject|resist"
    r"|object|claim|maintain|plan|intend|see)s?|would (?:rather|like|have|keep|leave|not)|is (?:asking|seeking)",
)
_ECHO = whole(
    r"agree[sd]?|confirm\w*|welcom\w*|thank\w*|too|also|likewise|same|so (?:does|did|do)|accept\w*|ready",
    r"shares?|shared|prais\w*|concur\w*|joint\w*|both|willing|support\w*|backs?|backed|echo(?:es|ed|ing)",
    r"in (?:return|exchange)",
)
_TEXT = whole(r"(?:draft|version|text|proposal|paper|document|plan)s?")
_RECORD = re.compile(
    r"^(?:an?|the|yet the|but the|in (?:the|an?)|\w+)?\s?(?:\w+ ){0,2}?(?:drafts?|texts?|documents?|audits?|records?"
    r"|photographs?|pictures|images|minutes|contract|logbooks?|letters?|stud(?:y|ies)|polls?|papers?|footage)\b"
)
_GOOD = whole(
    r"model for|encouraging|promising|constructive|interesting|historic|generous|sensible|courageous|brave|excellent",
    r"businesslike|cordial|step forward|good (?:news|basis|idea|sign)|breakthrough|welcome",
)
_STUDIES = whole(
    r"(?:examin|study|consider|explor|look|weigh|discuss|work)ing (?:\w+ ){0,3}?"
    r"(?:formulas?|options?|ways?|ideas?|variants?|alternatives?|proposals?|solutions?|arrangements?|at|on)",
    r"(?:open|ready|prepared|willing) to (?:discuss|consider|explore|study|examine|look at|talk about)",
)
_SECOND_BEST = whole(
    r"compromis\w+|second best|fall-?back|if need be|at a pinch|might (?:live with|settle for|accept)",
    r"(?:could|might|can|may) be (?:discussed|considered|explored|looked at|talked about)",
    r"(?:not|n't|never) (?:exclud\w+|rul\w+ out)|door open|could (?:live with|imagine)|would settle for",
)
_SETS_DATE = whole(
    r"(?:supposed|due|scheduled|planned|meant|set|expected) (?:\w+ ){0,5}?(?:by|on|before|for|in)",
    r"deadline|timetable|schedule|(?:will|would|shall) (?:\w+ ){0,5}?(?:by|on|before|from) (?:\d|the (?:end|first))",
    r"must (?:\w+ ){1,5}by",
)
_OUT_OF_TIME = whole(
    r"(?:is|are|was) dead|too (?:late|soon|short|early)",
    r"(?:cannot|can not|can't|could not|couldn't|won't|will not) (?:hold|be (?:met|kept|held|done|paid|ready))",
    r"not enough time|out of time|at the earliest|slip(?:s|ped|ping)?"
    r"|need(?:s|ed)? (?:at least |another |more |up to )?(?:\w+ )?(?:more )?"
    r"(?:days|weeks|months|years|time)|overtaken|unrealistic|impossible to (?:meet|keep|hold)|miss(?:ed|es)? the",
)


@asked
def insists(text: str) -> bool:
    """True if a refusal is worded so that it demands: against anything without it, no step back from it.

    >>> insists("will vote against any text that does not name the island"), insists("will not budge on quotas")
    (True, True)
    >>> insists("will not accept the offer")
    False
    """
    return bool(_INSISTS.search(fold(text)))


@asked
def disapproves(text: str) -> bool:
    """True if the words of `text` turn down what they judge (premature, too little), with no negation before them.

    >>> disapproves("the offer was premature"), disapproves("that is not unfair")
    (True, False)
    """
    return unnegated(_DISAPPROVES, text)


@asked
def shuts_out(text: str) -> bool:
    """True if `text`, told as a plain assertion, leaves something no place: a refusal in all but name.

    >>> shuts_out("there would be no pardon for smugglers"), shuts_out("the lighthouse is not on the menu")
    (True, True)
    >>> shuts_out("there was no pardon last year"), shuts_out("did not exclude a pardon")
    (False, False)
    """
    return unnegated(_SHUTS_OUT, text)


@asked
def welcomes(text: str) -> bool:
    """True if the words of `text` find what they judge good enough, with no negation before them.

    >>> welcomes("the fee was acceptable"), welcomes("the fee was not acceptable")
    (True, False)
    """
    return unnegated(_WELCOMES, text)


@asked
def echoes(text: str) -> bool:
    """True if `text` has a word of agreement with no negation before it.

    >>> echoes("Northland welcomed the offer"), echoes("Northland would not accept the offer")
    (True, False)
    """
    return unnegated(_ECHO, text)


@asked
def minds(text: str) -> bool:
    """True if `text` tells what somebody wants or thinks.

    >>> minds("Northland regards the pier as its own"), minds("Northland has built a pier")
    (True, False)
    """
    return bool(_MIND.search(fold(text)))


@asked
def speaks_of_text(text: str) -> bool:
    """True if `text` speaks of a draft or another text under negotiation."""
    return bool(_TEXT.search(fold(text)))


@asked
def dismisses(text: str) -> bool:
    """True if `text` takes back another's word for one's side.

    >>> dismisses("dismissed the remark as private"), dismisses("dismissed the crew")
    (True, False)
    """
    return bool(_DISMISSES.search(fold(text)))


@asked
def counts(text: str) -> bool:
    """True if `text` speaks of how many.

    >>> counts("put the number of boats at 40"), counts("40 boats left")
    (True, False)
    """
    return bool(_COUNTS.search(fold(text)))


@asked
def sets_against(text: str) -> bool:
    """True if `text` sets one thing against another.

    >>> sets_against("wants a ferry; the town insists on a bridge"), sets_against("wants a ferry and a bridge")
    (True, False)
    """
    return bool(_SETS_AGAINST.search(fold(text)))


@asked
def on_record(text: str) -> bool:
    """True if `text` begins with a text or other record that tells something.

    >>> on_record("the draft provides for two ferries"), on_record("two ferries stand in the draft of the pier")
    (True, False)
    """
    return bool(_RECORD.search(fold(text)))


@asked
def finds_good(text: str) -> bool:
    """True if a word of praise in `text` has no negation before it.

    >>> finds_good("called the ferry a model for the region"), finds_good("called it a gift to smugglers")
    (True, False)
    """
    return unnegated(_GOOD, text)


@asked
def studies(text: str) -> bool:
    """True if `text` goes as far as to study or discuss what is at issue.

    >>> studies("was examining ways to share the pier"), studies("would share the pier")
    (True, False)
    """
    return bool(_STUDIES.search(fold(text)))


@asked
def second_best(text: str) -> bool:
    """True if `text` names something that is not wanted first, but not excluded.

    >>> second_best("did not exclude two ferries a day"), second_best("wants two ferries a day")
    (True, False)
    """
    return bool(_SECOND_BEST.search(fold(text)))


@asked
def sets_date(text: str) -> bool:
    """True if `text` says by when something is due.

    >>> sets_date("the vote is supposed to be held by 30 May"), sets_date("the vote was held")
    (True, False)
    """
    return bool(_SETS_DATE.search(fold(text)))


@asked
def runs_out_of_time(text: str) -> bool:
    """True if `text` says that there is not time enough.

    >>> runs_out_of_time("May is dead"), runs_out_of_time("we need at least 60 days"), runs_out_of_time("in May")
    (True, True, False)
    """
    return bool(_OUT_OF_TIME.search(fold(text)))
