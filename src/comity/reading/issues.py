"""Of which issue of the agenda a statement speaks.

Each keyword is worth more the fewer issues share it and the longer it is. Words of the issue's name and description and
of its longer keywords count less, and so do other words of their families and words of one matter with them
(`kindred`), so that an agenda of few keywords will do. Issues of kind "process" and "prospects" know the words that all
talks have, and give way to a matter of substance that the same words name.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.reading import kindred
from comity.reading.kindred import family, stem
from comity.reading.wording import words as word_list
from comity.words import Agenda, Issue, Option, Statement

_WORD = re.compile(r"[a-z0-9][a-z0-9'’-]*")


PART, NAME, TOLD, KIN, GENERAL = 0.3, 0.6, 0.35, 0.4, 0.25
"""What a word is worth, before it is shared by several issues: one of a longer keyword, of the issue's name, of its
description; of one matter with these; one that all talks have."""
OPTION = 0.5
"""What a keyword of an option is worth beside one of the issue."""
PLAIN = 0.6
"""What a keyword is worth that any talks have ("offer", "draft")."""
AGAIN = 0.3
"""What weak words are worth where they are counted once more because they stand at the head."""
NAMED = 0.5
"""Score from which words name an issue."""
_FIXED = re.compile(
    r"\b(?:press release|(?:this|next|last|past|coming|each|every|the|a) (?:day|week|month|year|season)s?)\b"
    r"|\bobserv(?:e|es|ed|ing)(?= (?:the|a|an|any|its|this|that) (?:[\w-]+ )?"
    r"(?:ceasefire|cease-fire|truce|armistice|pause|agreement|accord|deal|terms?|law|treaty|rules?))"
)
"""Words in which no keyword stands: "release" in a press release, "month" in a date; who observes a truce keeps it."""


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
        names = _names(agenda)
        self.keywords: dict[str, tuple[_Keyword, ...]] = {}
        for issue in agenda.issues:
            of_options = {_key(k): k for option in issue.options for k in option.keywords}
            found = {key: _keyword(k, shared[key], len(agenda.issues), OPTION) for key, k in of_options.items()}
            for k in issue.keywords:
                plain = issue.kind == "substance" and _key(k) in kindred.papers()
                found[_key(k)] = _keyword(k, shared[_key(k)], len(agenda.issues), PLAIN if plain else 1.0)
            self.keywords[issue.id] = tuple(found.values())
        single = {key for key in shared if " " not in key}
        weights = {issue.id: _weak_words(issue, names, single) for issue in agenda.issues}
        owners = Counter(word for found in weights.values() for word in found)
        self.weak = {
            id_: {word: weight * _rarity(owners[word], len(self.issues)) for word, weight in found.items()}
            for id_, found in weights.items()
        }

    def scores(self, text: str, weak_words: float = 1.0) -> dict[str, float]:
        """The score of each issue that `text` speaks of; words that are no keywords count `weak_words` as much."""
        words = _WORD.findall(_FIXED.sub(" ", text.lower().replace("’", "'")))
        # A common word is never the stem of a keyword: "last" is not "lasting".
        stems = ["" if w in word_list("stopwords") else stem(w) for w in words]
        roots = {s: family(s) for s in stems if s}
        out: dict[str, float] = {}
        for issue in self.issues:
            told: set[str] = set()
            total = 0.0
            for keyword in self.keywords[issue.id]:
                if hit := _occurs(keyword, words, stems):
                    total += keyword.weight
                    told |= hit
            weak = self.weak[issue.id]
            best: dict[str, float] = {}
            for s, root in roots.items():
                if s not in told and (weight := max(weak.get(s, 0.0), weak.get(root, 0.0))):
                    best[root] = max(best.get(root, 0.0), weight)
            total += weak_words * sum(best.values())
            if total > 0:
                out[issue.id] = total
        return out

    def rank(
        self, parts: Sequence[tuple[str, float]], again: Sequence[tuple[str, float]] = ()
    ) -> list[tuple[Issue, float]]:
        """Issues by score over weighted texts, best first. Of texts told `again` the weak words hardly count."""
        total: dict[str, float] = dict.fromkeys((issue.id for issue in self.issues), 0.0)
        for n, (text, weight) in enumerate((*parts, *again)):
            for issue_id, score in self.scores(text, 1.0 if n < len(parts) else AGAIN).items():
                total[issue_id] += score * weight
        order = {issue.id: i for i, issue in enumerate(self.issues)}
        found = [(issue, total[issue.id]) for issue in self.issues if total[issue.id] > 0]
        return sorted(found, key=lambda x: (-x[1], order[x[0].id]))


def _names(agenda: Agenda) -> frozenset[str]:
    """Stems of the words by which the agenda names parties and actors: they tell of no issue."""
    named = [(one.name, *one.aliases) for one in agenda.parties]
    named += [(one.name, *one.aliases) for one in agenda.actors]
    return frozenset(stem(word) for names in named for name in names for word in _WORD.findall(name.lower()))


def _weak_words(issue: Issue, names: frozenset[str], keywords: set[str]) -> dict[str, float]:
    """Stems and families that speak of an issue less surely than its keywords: words of its name, of its options, of
    longer keywords and of its description, other words of the same families, and words of one matter with these."""
    vague = kindred.vague()
    told: dict[str, float] = {}

    def add(text: str, weight: float) -> None:
        for word in _WORD.findall(text.lower().rstrip("*")):
            key = stem(word)
            if len(word) < 3 or word in word_list("stopwords") or key in vague or key in names or word[0].isdigit():
                continue
            told[key] = max(told.get(key, 0.0), weight)

    for keyword in issue.keywords:
        add(keyword, PART)
    add(issue.name, NAME)
    add(issue.description, TOLD)
    out: dict[str, float] = {}
    for key, weight in told.items():
        if key not in keywords:
            out[key] = weight
        root = family(key)
        out[root] = max(out.get(root, 0.0), weight)
    kin: dict[str, float] = {}
    for group in kindred.groups():
        shared = [key for key in told if key in group]
        for key in group if shared else ():
            kin[key] = kin.get(key, 0.0) + sum(told[k] for k in shared)
    for key, strength in kin.items():
        if key not in told and key not in keywords and key not in names:
            out[key] = max(out.get(key, 0.0), min(KIN, 0.5 * strength))
    general = kindred.of_kind(issue.kind)
    for key in general:
        if key not in keywords and key not in names:
            out[key] = max(out.get(key, 0.0), GENERAL)
    return out


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


def _rarity(issues_with_it: int, issues: int) -> float:
    return math.log((1 + issues) / max(1, issues_with_it)) / math.log(1 + issues)


def _keyword(keyword: str, issues_with_it: int, issues: int, worth: float = 1.0) -> _Keyword:
    raw = _WORD.findall(keyword.lower().rstrip("*"))
    return _Keyword(
        (*raw[:-1], raw[-1] if keyword.endswith("*") else stem(raw[-1])) if raw else (),
        keyword.endswith("*"),
        worth * (1.0 + 0.5 * (len(raw) - 1)) * max(0.2, _rarity(issues_with_it, issues)),
    )


def _occurs(keyword: _Keyword, words: Sequence[str], stems: Sequence[str]) -> set[str]:
    """Stems of the first place where a keyword stands; empty if it does not."""
    n = len(keyword.words)
    if not n:
        return set()
    last = keyword.words[-1]
    for i in range(len(words) - n + 1):
        end = i + n - 1
        hit = words[end].startswith(last) if keyword.open_end else stems[end] == last
        if not hit and "-" in words[end]:
            parts = words[end].split("-")
            hit = any(p.startswith(last) if keyword.open_end else stem(p) == last for p in parts)
        if hit and all(stem(words[i + j]) == stem(keyword.words[j]) for j in range(n - 1)):
            return set(stems[i : end + 1])
    return set()


def named_first(agenda: Agenda, statements: Iterable[Statement]) -> frozenset[str]:
    """Ids of the issues that the own words of some statement name before all others."""
    scored, out = matcher(agenda), set[str]()
    for statement in statements:
        passage, body = statement.passage, statement.passage.quote
        conditions = [body[max(0, s - passage.start) : max(0, e - passage.start)] for s, e in statement.condition]
        for condition in filter(None, conditions):
            body = body.replace(condition, " ")
        for text in (body, " ".join(conditions)):
            ranked = [row for row in scored.rank([(text, 1.0)]) if row[0].kind == "substance" and row[1] >= NAMED]
            out |= {issue.id for issue, score in ranked if score == ranked[0][1]}
            if ranked:
                break  # a condition tells where nothing else does
    return frozenset(out)


@functools.lru_cache(maxsize=16)
def matcher(agenda: Agenda) -> Matcher:
    """The matcher of an agenda, made once."""
    return Matcher(agenda)
