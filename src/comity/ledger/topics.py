"""Issues proposed from what stances are about: words that keep company, most frequent first."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from comity.ledger.wording import content, telling
from comity.words import Issue, Statement, fold

MOST_ISSUES = 12
_WITH = 0.6
"""A word joins an issue if this share of the statements that have it belong to the issue."""
_PHRASES = 5

PROCESS = Issue(
    "process",
    "Process",
    "talks, channels, meetings and the plan under discussion",
    ("talks", "meet*", "negotiat*", "dialogue", "contact*", "envoy*", "delegation*", "mediat*", "summit", "round*"),
    kind="process",
)
PROSPECTS = Issue(
    "prospects",
    "Prospects",
    "assessments of closeness, progress and hurdles",
    ("progress", "close to", "deal is near", "hurdle*", "obstacle*", "breakthrough", "deadlock", "stalemate",
     "unresolved", "optimis*", "pessimis*", "constructive"),
    kind="prospects",
)  # fmt: skip
_NEVER_AN_ISSUE = """
talks meeting negotiation dialogue contact envoy delegation mediation mediator summit round session visit progress
close hurdle obstacle breakthrough deadlock stalemate unresolved optimism constructive monday tuesday wednesday
thursday friday saturday sunday january february march april may june july august september october november
december morning evening night spring summer autumn winter hour minute weekend number figure total end beginning
part rest first second third last next one two three several many thing future near new old good bad long short big
small side both other
"""
_NOT_SUBSTANCE = frozenset(content(" ".join(_NEVER_AN_ISSUE.split())))


def propose_issues(stances: Sequence[Statement], names: frozenset[str]) -> tuple[Issue, ...]:
    """Up to `MOST_ISSUES` issues of substance, then process and prospects.

    The most frequent content word starts an issue; words that mostly occur with it join; their statements are set
    aside, and so on. A word in one statement only starts nothing (unless there are very few statements).
    """
    rows = [(s, _stems(s, names)) for s in stances]
    holders: dict[str, set[int]] = defaultdict(set)
    for number, (_, stems) in enumerate(rows):
        for stem in stems:
            holders[stem].add(number)
    least = 1 if len(rows) < 6 else max(2, math.ceil(len(rows) / 200))
    left = set(range(len(rows)))
    issues: list[Issue] = []
    used: set[str] = set()
    while left and len(issues) < MOST_ISSUES:
        count = {stem: len(ids & left) for stem, ids in holders.items() if stem not in used}
        head = min(count, key=lambda stem: (-count[stem], stem), default=None)
        if head is None or count[head] < least:
            break
        members = holders[head] & left
        company = [
            stem
            for stem, ids in holders.items()
            if stem not in used and stem != head and len(ids) >= least and len(ids & members) >= _WITH * len(ids)
        ]
        used |= {head, *company}
        left -= members
        issue = _issue(head, [rows[i][0] for i in sorted(members)], {i.id for i in issues} | {"process", "prospects"})
        issues.append(issue)
    return (*issues, PROCESS, PROSPECTS)


def _stems(statement: Statement, names: frozenset[str]) -> frozenset[str]:
    """What a statement is about: its topics, or the content words of its quote if the reader gave none."""
    words = " ".join(statement.topics) or statement.passage.quote
    return frozenset(
        s
        for s in telling(frozenset(content(words)), names) - _NOT_SUBSTANCE - names
        if not s[0].isdigit() and len(s) > 2
    )


def _issue(head: str, statements: Iterable[Statement], taken: set[str]) -> Issue:
    """An issue named by its most frequent phrase, with its word's forms and frequent phrases as keywords."""
    phrases: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    for s in statements:
        for topic in s.topics:
            if head in content(topic) and len(topic.split()) <= 4:
                phrases[" ".join(topic.split())] += 1
        for word in re.findall(r"[^\W\d_]+", fold(f"{s.passage.quote} {' '.join(s.topics)}")):
            if head in content(word):
                forms[word] += 1
    ranked = sorted(phrases, key=lambda p: (-phrases[p], -len(p), p))
    words = sorted(forms, key=lambda w: (-forms[w], w))
    name = ranked[0] if ranked else words[0] if words else head
    roots = dict.fromkeys(_root(word, words) for word in words)
    phrases_kept = [p for p in ranked[:_PHRASES] if p not in words]
    keywords = tuple(dict.fromkeys([*roots, *phrases_kept]))
    slug = re.sub(r"\W+", "_", fold(name)).strip("_") or "issue"
    identity, number = slug, 2
    while identity in taken:
        identity, number = f"{slug}_{number}", number + 1
    return Issue(identity, name[:1].upper() + name[1:], "", keywords)


def _root(word: str, words: Sequence[str]) -> str:
    """`word`, or with `*` the shortest form that begins several."""
    short = min((w for w in words if word.startswith(w) and len(w) >= 4), key=len, default=word)
    return f"{short}*" if sum(w.startswith(short) for w in words) > 1 and len(short) >= 4 else word
