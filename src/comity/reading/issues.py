"""Of which issue of the agenda a statement speaks.

Each keyword is worth more the fewer issues share it and the longer it is; the content counts most, then the noun that
the content hangs on and what its pronouns stand for, then the sentence before. Words of an issue's description count
a little. Issues of kind "process" and "prospects" give way to a matter of substance that the same words name.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from comity.reading.wording import words as word_list
from comity.words import Agenda, Issue, Option

_WORD = re.compile(r"[a-z0-9][a-z0-9'’-]*")


def stem(word: str) -> str:
    """A crude common stem: enough to match "recognise", "recognised" and "recognition" under their agenda's keyword.

    >>> stem("guarantees") == stem("guarantee"), stem("monitoring") == stem("monitor")
    (True, True)
    """
    word = word.lower().replace("’", "'").removesuffix("'s").strip("'-").replace("isation", "ization")
    word = re.sub(r"is(e|ed|ing|es)$", r"iz\1", word) if len(word) > 6 else word
    for ending in (
        "ations",
        "ation",
        "ings",
        "ing",
        "ments",
        "ment",
        "ies",
        "ied",
        "ers",
        "ed",
        "es",
        "s",
        "al",
        "ly",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True)
class _Keyword:
    words: tuple[str, ...]
    open_end: bool
    weight: float


class Matcher:
    """Scores texts against the issues of an agenda. Deterministic; ties go to the issue that stands first."""

    def __init__(self, agenda: Agenda) -> None:
        self.issues = agenda.issues
        shared: Counter[str] = Counter()
        for issue in agenda.issues:
            shared.update({_key(k) for k in issue.keywords})
        self.keywords: dict[str, tuple[_Keyword, ...]] = {}
        for issue in agenda.issues:
            found: dict[str, _Keyword] = {}
            for keyword in issue.keywords:
                found[_key(keyword)] = _keyword(keyword, shared[_key(keyword)], len(agenda.issues))
            for word in _WORD.findall(f"{issue.name} {issue.description}".lower()):
                key = stem(word)
                if word in word_list("stopwords") or len(word) < 4 or key in shared or key in found:
                    continue
                found[key] = _Keyword((key,), False, 0.35)
            self.keywords[issue.id] = tuple(found.values())

    def scores(self, text: str) -> dict[str, float]:
        """The score of each issue that `text` speaks of."""
        words = _WORD.findall(text.lower().replace("’", "'"))
        # A common word is never the stem of a keyword: "last" is not "lasting".
        stems = ["" if w in word_list("stopwords") else stem(w) for w in words]
        out: dict[str, float] = {}
        for issue in self.issues:
            total = sum(k.weight for k in self.keywords[issue.id] if _occurs(k, words, stems))
            if total > 0:
                out[issue.id] = total
        return out

    def rank(self, parts: Sequence[tuple[str, float]]) -> list[tuple[Issue, float]]:
        """Issues by score over weighted texts, best first."""
        total: dict[str, float] = dict.fromkeys((issue.id for issue in self.issues), 0.0)
        for text, weight in parts:
            for issue_id, score in self.scores(text).items():
                total[issue_id] += score * weight
        order = {issue.id: i for i, issue in enumerate(self.issues)}
        found = [(issue, total[issue.id]) for issue in self.issues if total[issue.id] > 0]
        return sorted(found, key=lambda x: (-x[1], order[x[0].id]))


def option_of(issue: Issue, text: str) -> Option | None:
    """The option of `issue` whose keywords stand in `text`, the longest keyword first."""
    lowered = text.lower().replace("’", "'")
    best: tuple[int, int] | None = None
    for i, option in enumerate(issue.options):
        for keyword in option.keywords:
            pattern = r"\b" + re.escape(keyword.lower().rstrip("*")) + (r"\w*" if keyword.endswith("*") else r"\b")
            if re.search(pattern, lowered) and (best is None or len(keyword) > best[0]):
                best = (len(keyword), i)
    return issue.options[best[1]] if best else None


def _key(keyword: str) -> str:
    return " ".join(stem(w) for w in _WORD.findall(keyword.lower().rstrip("*")))


def _keyword(keyword: str, issues_with_it: int, issues: int) -> _Keyword:
    raw = _WORD.findall(keyword.lower().rstrip("*"))
    rarity = math.log((1 + issues) / max(1, issues_with_it)) / math.log(1 + issues)
    return _Keyword(
        (*raw[:-1], raw[-1] if keyword.endswith("*") else stem(raw[-1])) if raw else (),
        keyword.endswith("*"),
        (1.0 + 0.5 * (len(raw) - 1)) * max(0.2, rarity),
    )


def _occurs(keyword: _Keyword, words: Sequence[str], stems: Sequence[str]) -> bool:
    n = len(keyword.words)
    if not n:
        return False
    last = keyword.words[-1]
    for i in range(len(words) - n + 1):
        end = i + n - 1
        hit = words[end].startswith(last) if keyword.open_end else stems[end] == last
        if not hit and "-" in words[end]:
            parts = words[end].split("-")
            hit = any(p.startswith(last) if keyword.open_end else stem(p) == last for p in parts)
        if hit and all(stem(words[i + j]) == stem(keyword.words[j]) for j in range(n - 1)):
            return True
    return False


@functools.lru_cache(maxsize=16)
def matcher(agenda: Agenda) -> Matcher:
    """The matcher of an agenda, made once."""
    return Matcher(agenda)
