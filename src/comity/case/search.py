"""Search: documents that hold what was asked for, and the exact passages where it stands."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import product

from comity.case.documents import select
from comity.case.index import alike
from comity.case.query import Either, Every, Phrase, Query, parse, phrases
from comity.case.rows import Row, day
from comity.case.tokens import columns
from comity.words import Handling, InputError, Passage, Span

SNIPPET = 240
"""Length aimed at, in characters."""

RANKED = 5_000
"""As many documents are ranked by fit. Words that more than these hold tell little apart: then by date."""

_MOST_SPELLINGS = 200


@dataclass(frozen=True)
class Hit:
    """A document that was found: how well it fits (higher is better), every place, and a stretch of text to show.

    `score` is Okapi BM25 (Robertson and Walker 1994) as SQLite works it out, to six digits; None if hits come by date.
    All matches and the snippet are exact passages of the document's text; `snippet` holds one match at least.
    """

    document: str
    published: date | None
    source: str | None
    title: str | None
    handling: Handling
    score: float | None
    matches: tuple[Passage, ...]
    snippet: Passage


@dataclass(frozen=True)
class Results:
    """What a search found: how many documents in all, and a page of them.

    `by` says in what order: "fit" (best first), or "date" (newest first) where there are more than `RANKED`.
    """

    query: str
    total: int
    by: str
    hits: tuple[Hit, ...]


def search(
    connection: sqlite3.Connection,
    query: str,
    *,
    source: str | None = None,
    since: date | None = None,
    until: date | None = None,
    handling: Handling = Handling.PROTECTED,
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """Documents that `query` finds (see `comity.case.query`): see `Results` for their order.

    `since` and `until` bound the date of publication, both included; undated documents are then left out.
    """
    parsed = parse(query)
    expression = _expression(connection, parsed)
    condition, values = select(as_of=until, since=since, handling=handling, source=source)
    total = _count(connection, expression, condition, values)
    by = "fit" if total <= RANKED else "date"
    if by == "fit":
        asked, order = f"bm25(s.search) AS rank {_MATCHES_FIRST}", "rank, c.published IS NULL, c.published, c.id"
    else:
        # asking the newest documents one by one is quicker where every second one matches, and slower where few do
        often = 2 * total > _documents(connection) and offset + limit <= 100
        asked, order = f"NULL {_NEWEST_FIRST if often else _MATCHES_FIRST}", "c.published DESC, c.id DESC"
    found = connection.execute(
        f"SELECT c.document, c.id, c.published, c.source, c.title, c.handling, {asked}"
        f" WHERE s.search MATCH ? AND {condition} ORDER BY {order} LIMIT ? OFFSET ?",
        (expression, *values, limit, offset),
    ).fetchall()
    wanted = [_sets(connection, phrase) for phrase in phrases(parsed)]
    hits = []
    for key, id_, published, from_source, title, label, rank in found:
        ((text,),) = connection.execute("SELECT text FROM document WHERE key = ?", (key,))
        spans, best = _places(text, wanted)
        hits.append(
            Hit(
                document=id_,
                published=day(published),
                source=from_source,
                title=title,
                handling=Handling(label),
                score=None if rank is None else float(f"{-rank:.6g}"),
                matches=tuple(Passage(id_, start, end, text[start:end]) for start, end in spans),
                snippet=Passage(id_, *best, text[best[0] : best[1]]),
            )
        )
    return Results(query, total, by, tuple(hits))


# SQLite keeps the order of a CROSS JOIN
_MATCHES_FIRST = "FROM search s CROSS JOIN catalogue c ON c.document = s.rowid"
_NEWEST_FIRST = "FROM catalogue c CROSS JOIN search s ON s.rowid = c.document"


def _documents(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM catalogue").fetchone()[0])


def _count(connection: sqlite3.Connection, expression: str, condition: str, values: Row) -> int:
    source = "FROM search s" if condition == "1" else _MATCHES_FIRST
    sql = f"SELECT count(*) {source} WHERE s.search MATCH ? AND {condition}"
    return int(connection.execute(sql, (expression, *values)).fetchone()[0])


_Sets = tuple[tuple[frozenset[str], ...], bool]
"""For each word of a phrase the words of the index that it stands for; and whether the last may go on."""


def _sets(connection: sqlite3.Connection, phrase: Phrase) -> _Sets:
    words = (frozenset(alike(connection, word) if phrase.alike else (word,)) for word in phrase.words)
    return tuple(words), phrase.prefix


def _expression(connection: sqlite3.Connection, query: Query) -> str:
    """The query as FTS5 wants it. Words hold no ASCII but letters and digits, so quoting them is safe."""
    if isinstance(query, Phrase):
        sets, prefix = _sets(connection, query)
        spellings = list(product(*(sorted(words) for words in sets)))
        if len(spellings) > _MOST_SPELLINGS:
            raise InputError(f"there are too many spellings of {' '.join(query.words)!r}", hint="leave out the ~")
        each = [" + ".join(f'"{word}"' for word in spelling) + ("*" if prefix else "") for spelling in spellings]
        return f"({' OR '.join(each)})"
    if isinstance(query, Either):
        return f"({' OR '.join(_expression(connection, part) for part in query.parts)})"
    assert isinstance(query, Every)
    wanted = f"({' AND '.join(_expression(connection, part) for part in query.parts)})"
    for part in query.unwanted:
        wanted = f"({wanted} NOT {_expression(connection, part)})"
    return wanted


def _places(text: str, wanted: list[_Sets]) -> tuple[list[Span], Span]:
    """Every place of `wanted` (overlapping ones as one), and the stretch to show."""
    words, starts, ends = columns(text)
    places: list[tuple[int, int, int]] = []  # start, end, number of the phrase
    for number, (sets, prefix) in enumerate(wanted):
        for first in _standing(words, sets, prefix):
            places.append((starts[first], ends[first + len(sets) - 1], number))
    places.sort()
    spans: list[Span] = []
    for start, end, _ in places:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans, _snippet(places, starts, ends) if places else (0, len(text))


def _standing(words: list[str], sets: tuple[frozenset[str], ...], prefix: bool) -> list[int]:
    """Numbers of the words at which a phrase begins."""
    found: list[int] | None = None
    for place, wanted in enumerate(sets):
        going_on = tuple(wanted) if prefix and place == len(sets) - 1 else None
        if found is None:
            found = [i for i, word in enumerate(words) if (word.startswith(going_on) if going_on else word in wanted)]
        else:
            found = [
                i
                for i in found
                if i + place < len(words)
                and (words[i + place].startswith(going_on) if going_on else words[i + place] in wanted)
            ]
    return found or []


def _snippet(places: list[tuple[int, int, int]], starts: list[int], ends: list[int]) -> Span:
    """The stretch with the most different phrases, then the most places, then the first; whole words."""
    best = (0, 0, 0, 0)  # phrases, places, minus where it starts, where it ends
    last = 0
    for first, (start, end, _) in enumerate(places):
        last = max(last, first + 1)
        while last < len(places) and places[last][1] <= start + SNIPPET:
            last += 1
        inside = places[first:last]
        until = max(end, *(place[1] for place in inside))
        best = max(best, (len({place[2] for place in inside}), len(inside), -start, until))
    start, end = -best[2], best[3]
    spare = max(0, SNIPPET - (end - start)) // 2
    first = min(bisect_left(starts, start - spare), bisect_right(starts, start) - 1)
    until = max(bisect_right(ends, end + spare) - 1, bisect_left(ends, end))
    return (starts[first], ends[until])
