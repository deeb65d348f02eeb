"""Issues proposed from what statements are about: the matters that most of them name, most named first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log

from comity.ledger.evidence import STANCES
from comity.ledger.matters import OFFHAND, Mention, known, mentions
from comity.ledger.wording import stem
from comity.words import Issue, Mode, Statement, fold

MOST_ISSUES = 10
STAND = 2.0
"""What a stand counts beside a statement of fact or judgement, and the least an issue must weigh."""
LEAST_SHARE = 0.01
"""The least share of all that is said that an issue must weigh."""
ASIDE = 0.5
OFTEN = 0.2
SHARED = 0.35
"""What a statement still counts for other matters when an issue has taken it."""
MOSTLY = 0.5
"""A noun is named with the words before it where it has them in so many of its places."""
LONGEST_NAME = 4
_PHRASES = 5
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

PROCESS = Issue(
    "process",
    "Process",
    "talks, channels, meetings and the plan under discussion",
    ("talks", "meet*", "negotiat*", "dialogue", "contact*", "envoy*", "delegation*", "mediat*", "summit", "round",
     "session", "draft", "text", "agenda", "negotiating table", "discussion*", "visit"),
    kind="process",
)
PROSPECTS = Issue(
    "prospects",
    "Prospects",
    "assessments of closeness, progress and hurdles",
    ("progress", "close to", "closer", "deal", "agreement", "settlement", "far apart", "gap*", "hurdle*", "obstacle*",
     "breakthrough", "deadlock", "stalemate", "impasse", "unresolved", "optimis*", "pessimis*", "hopeful",
     "constructive", "within reach", "common ground", "sticking point*", "chances", "odds"),
    kind="prospects",
)  # fmt: skip


def propose_issues(
    statements: Sequence[Statement], names: frozenset[str], texts: Iterable[str] = ()
) -> tuple[Issue, ...]:
    """Up to `MOST_ISSUES` issues of substance, then process and prospects.

    The matter that most statements speak of comes first: stands count double, what the article says itself half, and
    what the texts often name counts more. What it takes hardly counts for those that follow, and so on. Of a matter
    that is spoken of once, a stand must speak, and it must be one that any talks may have.
    """
    rows = [_named(s, names) for s in statements]
    worth = [_worth(s) for s in statements]
    often = Counter(known(word) or stem(fold(word)) for text in texts for word in _WORD.findall(text))
    spoken: dict[str, dict[int, Mention]] = defaultdict(dict)
    for number, row in enumerate(rows):
        for mention in row:
            best = spoken[mention.key].get(number)
            if best is None or (mention.weight, bool(mention.label)) > (best.weight, bool(best.label)):
                spoken[mention.key][number] = mention
    speakers = {key: {statements[n].holder or statements[n].speaker for n in row} for key, row in spoken.items()}
    for key in [k for k, who in speakers.items() if len(who) < 2 and not known(k)]:
        del spoken[key]
    least = max(STAND, LEAST_SHARE * sum(worth))
    issues: list[Issue] = []
    left = dict.fromkeys(spoken)
    while left and len(issues) < MOST_ISSUES:
        weight = {
            key: sum(worth[n] * m.weight for n, m in spoken[key].items()) * (1 + OFTEN * log(max(1, often[key])))
            for key in left
        }
        key = min(weight, key=lambda k: (-round(weight[k], 6), k))
        if weight[key] < least:
            break
        del left[key]
        found = [(statements[n], m) for n, m in sorted(spoken[key].items())]
        issues.append(_issue(key, found, {i.id for i in issues} | {"process", "prospects"}))
        for n, m in spoken[key].items():
            worth[n] *= 1 - m.weight * (1 - SHARED)
    return (*issues, PROCESS, PROSPECTS)


def _worth(statement: Statement) -> float:
    if statement.fact or statement.mode is Mode.AUTHOR:
        return ASIDE
    return STAND if statement.act in STANCES else 1.0


def _named(statement: Statement, names: frozenset[str]) -> list[Mention]:
    """The matters that a statement names: by its topics, and by words that alone tell of a matter of any talks."""
    found = [mention for topic in statement.topics for mention in mentions(topic, names)]
    keys = {mention.key for mention in found}
    words = dict.fromkeys(known(word) for word in _WORD.findall(statement.passage.quote))
    return [*found, *(Mention(key, OFFHAND) for key in words if key and key not in keys)]


def _issue(key: str, found: Sequence[tuple[Statement, Mention]], taken: set[str]) -> Issue:
    """An issue named as the text names it most, with the forms of its words and frequent phrases as keywords."""
    phrases: Counter[tuple[str, ...]] = Counter()
    for statement, mention in found:
        if mention.label:
            written = _written(mention.label, statement.passage.quote)
            for n in range(len(written)):
                if n == len(written) - 1 or known(written[n]) == key or not known(written[-1]):
                    phrases[written[n:]] += 1
    name = _name(key, phrases)
    forms: Counter[str] = Counter()
    for statement, mention in found:
        for word in _WORD.findall(fold(statement.passage.quote)):
            if known(word) == key or stem(word) == key:
                forms[word] += 1
    words = sorted(forms, key=lambda w: (-forms[w], w))
    roots = dict.fromkeys(_root(word, words) for word in words)
    kept = [" ".join(p).lower() for p in sorted(phrases, key=lambda p: (-phrases[p], -len(p), p)) if len(p) > 1]
    keywords = tuple(dict.fromkeys([*roots, *kept[:_PHRASES]]))
    slug = re.sub(r"\W+", "_", fold(name)).strip("_") or "issue"
    identity, number = slug, 2
    while identity in taken:
        identity, number = f"{slug}_{number}", number + 1
    return Issue(identity, name[:1].upper() + name[1:], "", keywords)


def _name(key: str, phrases: Counter[tuple[str, ...]]) -> str:
    """The words that name an issue: the most frequent noun, with the words before it that it mostly has."""
    heads: Counter[str] = Counter()
    for phrase, count in phrases.items():
        if len(phrase) == 1:
            heads[phrase[0]] += count
    if not heads:
        return key
    head = max(heads, key=lambda h: (heads[h], -list(heads).index(h)))
    longer = [p for p in phrases if len(p) > 1 and p[-1] == head and len(p) <= LONGEST_NAME]
    full = max(longer, key=lambda p: (phrases[p], len(p)), default=None)
    if full is not None and phrases[full] >= MOSTLY * heads[head]:
        return " ".join(full)
    return head


def _written(label: Sequence[str], quote: str) -> tuple[str, ...]:
    """`label` with its last word as the quote has it: "practice" is "practices" there."""
    root = stem(fold(label[-1]))
    forms = [word for word in _WORD.findall(quote) if stem(fold(word)) == root]
    return (*label[:-1], (forms[0] if label[-1][0].isupper() else forms[0].lower()) if forms else label[-1])


def _root(word: str, words: Sequence[str]) -> str:
    """`word`, or with `*` the shortest form that begins several."""
    short = min((w for w in words if word.startswith(w) and len(w) >= 4), key=len, default=word)
    return f"{short}*" if sum(w.startswith(short) for w in words) > 1 and len(short) >= 4 else word
