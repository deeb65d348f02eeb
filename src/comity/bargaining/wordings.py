"""Words of statements as a model shows them."""

from __future__ import annotations

import re

from comity.words import Issue, Statement, fold

MOST = 140


def clipped(text: str, most: int = MOST) -> str:
    """`text` on one line without quotation marks around it, cut at a word with “…” if longer than `most`.

    >>> clipped("“Never,  ever”, she said")
    'Never, ever”, she said'
    >>> clipped("one two three", 8)
    'one two …'
    """
    line = " ".join(text.split()).lstrip('“"').rstrip()
    if line.endswith(("”", '"')) and not set('“"') & set(line[:-1]):
        line = line[:-1]
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0] + " …"


def condition_of(statement: Statement) -> str:
    """The words of a statement's condition, as far as they stand in its quote; empty if it has none there."""
    start = statement.passage.start
    parts = [
        statement.passage.quote[a - start : b - start]
        for a, b in statement.condition
        if statement.passage.start <= a < b <= statement.passage.end
    ]
    return " … ".join(" ".join(part.split()) for part in parts)


def shared_keyword(issue: Issue, one: str, other: str) -> bool:
    """True if some keyword of the issue stands in both texts (case and accents ignored; ``*`` for any ending)."""
    texts = fold(one), fold(other)
    for keyword in issue.keywords:
        pattern = r"\b" + re.escape(fold(keyword)).replace(r"\*", r"\w*") + r"\b"
        if all(re.search(pattern, text) for text in texts):
            return True
    return False
