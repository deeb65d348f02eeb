"""Issues proposed from what statements are about: the matters that most of them name, most named first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log

from comity.ledger.evidence import STANCES
from comity.ledger.matters import (
    BESIDE,
    OFFHAND,
    Mention,
    dated,
    heads,
    in_passing,
    known,
    mentions,
    points_back,
    word_stem,
)
from comity.ledger.topic_names import issue_named
from comity.words import Document, Issue, Mode, Statement

MOST_ISSUES = 10
STAND, TOLD, ASIDE = 2.0, 1.0, 0.5
"""What a stand counts, what else somebody says, and what the article says itself."""
LEAST_KNOWN, LEAST = 1.0, 2.0
"""The least that an issue must weigh: a matter that any talks may have, and one of these talks alone."""
TITLED = 1.0
"""What it counts for a matter to stand in a title."""
LEAST_SHARE = 0.01
"""The least share of all that is said that an issue must weigh."""
OFTEN = 0.2
"""How much it helps a matter to be named often in the texts."""
SHARED = 0.35
"""What a statement still counts for other matters when an issue has taken it."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

PROCESS = Issue(
    "process",
    "Process",
    "talks, channels, meetings and the plan under discussion",
    ("talks", "meet*", "negotiat*", "dialogue", "contact*", "envoy*", "delegation*", "mediat*", "summit", "round",
     "session", "draft", "text", "agenda", "negotiating table", "discussion*", "visit"),
    kind="process",
)  # fmt: skip
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
    statements: Sequence[Statement], names: frozenset[str], documents: Sequence[Document] = ()
) -> tuple[Issue, ...]:
    """Up to `MOST_ISSUES` issues of substance, then process and prospects. `names` are stems of words in names.

    The matter that most statements speak of comes first: stands count double, what the article says itself half, and
    what the texts often name counts more. What it takes hardly counts for those that follow, and so on. A matter that
    not any talks may have must be spoken of by two, a title being one.
    """
    texts = [document.text for document in documents]
    titled = {key for document in documents for key in _keys(document.title or "")}
    spoken = _spoken(statements, names | _voices(statements))
    for key in [key for key, row in spoken.items() if _venue(row, texts)]:
        del spoken[key]
    told = [_worth(s) for s in statements]
    worth = list(told)
    often = Counter(key for text in texts for key in _keys(text))
    least_of_all = LEAST_SHARE * sum(worth)
    least = {key: max(least_of_all, _least(key, row, statements, key in titled)) for key, row in spoken.items()}
    full = {
        key: sum(worth[n] * m.weight for n, m in row.items()) + (TITLED if key in titled else 0.0)
        for key, row in spoken.items()
    }
    chosen: list[str] = []
    left = dict.fromkeys(spoken)
    while left and len(chosen) < MOST_ISSUES:
        weight = {
            key: sum(worth[n] * m.weight for n, m in spoken[key].items()) * (1 + OFTEN * log(max(1, often[key])))
            for key in left
        }
        enough = [key for key in left if full[key] >= least[key]]
        if not enough:
            break
        chosen.append(min(enough, key=lambda k: (-round(weight[k], 6), k)))
        del left[chosen[-1]]
        for n, m in spoken[chosen[-1]].items():
            worth[n] *= 1 - m.weight * (1 - SHARED)
    issues: list[Issue] = []
    for key in _main(chosen, spoken, told):
        found = [(statements[n], m) for n, m in sorted(spoken[key].items())]
        issues.append(issue_named(key, found, issues, {PROCESS.id, PROSPECTS.id}))
    return (*issues, PROCESS, PROSPECTS)


def _main(chosen: Sequence[str], spoken: Mapping[str, Mapping[int, Mention]], told: Sequence[float]) -> list[str]:
    """Of the matters chosen those that some statement speaks of first of all, or by name in what somebody says."""
    best: dict[int, tuple[float, int, str]] = {}
    for place, key in enumerate(chosen):
        for n, m in spoken[key].items():
            best[n] = min(best.get(n, (0.0, 0, "")), (-m.weight, place, key))
    kept = {key for _, _, key in best.values()}
    named = {key for key in chosen if any(m.label and told[n] >= TOLD for n, m in spoken[key].items())}
    return [key for key in chosen if key in kept | named]


def _keys(text: str) -> list[str]:
    """The keys under which the words of a text would be matters."""
    return [known(word) or word_stem(word) for word in _WORD.findall(text)]


def _voices(statements: Iterable[Statement]) -> frozenset[str]:
    """Stems of the names of who speaks or holds: "Iceland" is no matter where Iceland rejects something."""
    names = {name for s in statements for name in (s.holder, s.speaker) if name and name[:1].isupper()}
    return frozenset(word_stem(word) for name in names if len(name.split()) <= 2 for word in name.split())


def _worth(statement: Statement) -> float:
    if statement.fact or statement.mode is Mode.AUTHOR:
        return ASIDE
    return STAND if statement.act in STANCES else TOLD


def _least(key: str, row: Mapping[int, Mention], statements: Sequence[Statement], titled: bool) -> float:
    """The least that a matter must weigh; one of these talks alone is no issue if one voice only names it, unless
    what it names is something made ("independent study")."""
    if all(m.weight == BESIDE for m in row.values()):
        return float("inf")
    if known(key) or dated(key):
        return LEAST_KNOWN
    voices = {statements[n].holder or statements[n].speaker for n in row}
    made = any(m.label and points_back(m.label[-1]) for m in row.values())
    return LEAST if len(voices) + titled > 1 or made else float("inf")


def _venue(row: Mapping[int, Mention], texts: Iterable[str]) -> bool:
    """True of a place that the texts mostly name to say where something is or whence it comes."""
    labels = {" ".join(m.label) for m in row.values() if m.label}
    if not labels or not all(label[0].isupper() for label in labels):
        return False
    name = "|".join(re.escape(label) for label in sorted(labels))
    where = re.compile(rf"(\b(?:in|at|from|near|outside|around|to)\s+(?:the\s+)?)?\b(?:{name})\b")
    told = [match[1] is not None for text in texts for match in where.finditer(text)]
    return 2 * sum(told) >= max(1, len(told))


def _spoken(statements: Sequence[Statement], names: frozenset[str]) -> dict[str, dict[int, Mention]]:
    """Matters by key, with the numbers of the statements that name them and how."""
    found: dict[str, dict[int, Mention]] = defaultdict(dict)

    def add(number: int, mention: Mention) -> None:
        best = found[mention.key].get(number)
        if best is None or (mention.weight, bool(mention.label)) > (best.weight, bool(best.label)):
            found[mention.key][number] = mention

    for number, statement in enumerate(statements):
        named = [mention for topic in statement.topics for mention in mentions(topic, names)]
        keys = {mention.key for mention in named}
        passing = in_passing(" ".join(_WORD.findall(statement.passage.quote)))
        for mention in (*named, *(Mention(key, OFFHAND) for key in passing if key not in keys)):
            add(number, mention)
    meant = _meant(found)
    for number, statement in enumerate(statements):
        for head in heads(statement.topics):
            if head in meant and number not in found[meant[head]]:
                add(number, Mention(meant[head], BESIDE))  # "the mission", where a monitoring mission is spoken of
    return dict(found)


def _meant(found: Mapping[str, Mapping[int, Mention]]) -> dict[str, str]:
    """The matter that a noun means where it stands alone: the one that is called by it most."""
    called: dict[str, Counter[str]] = defaultdict(Counter)
    for key, row in found.items():
        for mention in row.values():
            if mention.label and points_back(mention.label[-1]):
                called[word_stem(mention.label[-1])][key] += 1
    return {head: min(keys, key=lambda k: (-keys[k], k)) for head, keys in called.items()}
