"""What a noun takes up that another voice has said: "the demand", "Northland's offer", "such a claim"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from comity.ledger.wording import content
from comity.words import Act

_FROM = r"(?:the|this|that|these|those|(?:no |any )?such(?: an?)?|both|either|his|her|its|their|[\w.-]+['’]s?)"
_STARTS = re.compile(r"(?P<head>an? [a-z]+)(?: (?:that|which))? (?!of\b|for\b|to\b|by\b|from\b|on\b)\w")


@dataclass(frozen=True)
class Label:
    """A noun that takes up what was said: with the words before it, and the acts that it can mean."""

    noun: str
    of: str
    acts: frozenset[Act]
    claim: bool
    """True if it is something that is told, not wanted."""

    @property
    def stem(self) -> frozenset[str]:
        return frozenset(content(self.noun))


@cache
def _data() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, frozenset[Act]], frozenset[str]]:
    data = tomllib.loads(resources.files(__package__).joinpath("labels.toml").read_text(encoding="utf-8"))
    acts: dict[str, frozenset[Act]] = {}
    claims = set()
    for row in data["label"]:
        for word in row["words"].split():
            acts[word] = acts.get(word, frozenset()) | {Act(act) for act in row["acts"].split()}
            if row.get("told"):
                claims.add(word)
    nouns = "|".join(sorted(acts, key=lambda word: (-len(word), word)))
    within = re.compile(rf"\b(?P<of>{_FROM}(?: [\w.'’-]+){{0,2}}?) (?P<noun>{nouns})s?\b")
    opens = re.compile(rf"\b(?P<of>an?) (?:[\w-]+ )?(?P<noun>{nouns})(?: (?:that|which))?(?: \w+)?\s*$")
    return within, opens, acts, frozenset(claims)


def labels_in(text: str) -> list[Label]:
    """The nouns in `text` that take up what somebody has said.

    >>> [(one.noun, one.of) for one in labels_in("Southland's latest offer was no use, nor was the pier")]
    [('offer', "Southland's latest")]
    >>> labels_in("made an offer to the town")
    []
    """
    within, _, acts, claims = _data()
    return [Label(m["noun"], m["of"], acts[m["noun"]], m["noun"] in claims) for m in within.finditer(text)]


def label_before(text: str) -> Label | None:
    """The noun in apposition at the end of `text`, whose relative clause follows.

    >>> label_before("wants the pier closed, a demand that").noun
    'demand'
    """
    _, opens, acts, claims = _data()
    m = opens.search(text)
    return Label(m["noun"], "", acts[m["noun"]], m["noun"] in claims) if m else None


def label_opening(text: str) -> Label | None:
    """The noun in apposition with which `text` begins, its relative clause and all.

    >>> label_opening("a charge the harbour office rejects").noun
    'charge'
    >>> label_opening("a charge of theft")
    """
    m = _STARTS.match(text)
    return label_before(m["head"]) if m else None


@cache
def label_stems() -> frozenset[str]:
    """Meanings of these nouns: two statements that share one need not speak of the same thing."""
    return frozenset(stem for noun in _data()[2] for stem in content(noun))
