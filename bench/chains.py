"""Chains and nesting, who says it and through whom: python -m bench.chains [-v] [--reader NAME] [--gold apart]

The gold, tests/reading_model/chains.jsonl, is 162 short texts of our own with 170 reported propositions, each with
whoever carried it, outermost first. Others were written before rules were made and first measured without looking at
what is wrong: `chains_fresh.jsonl`, 60 texts of unlike build; `chains_last.jsonl`, 40 in the plain manner of news;
`chains_more.jsonl`, 61 in that manner, some of several sentences; since then all three were developed on.
`chains_apart.jsonl`, 62 drawn at random from the 123 written with `more`, is for totals only: `-v` refuses it.
docs/judged.md has the figures.

A predicted statement is right if its passage overlaps the proposition (Jaccard index of the letters at least 0.5, or
covered as in `bench.measures.overlaps`) and its whole chain is right: as many links, each with the words of the gold's
name or these among its own. A stance that the text reports of somebody counts with its holder as the last link.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.measures import Counted, letters, overlaps
from comity.reading import DEFAULT, READERS, read
from comity.words import AUTHOR, Document, Mode, Statement

GOLDS = Path(__file__).parents[1] / "tests" / "reading_model"
FILES = {"own": "chains.jsonl"} | {n: f"chains_{n}.jsonl" for n in ("fresh", "last", "more", "apart")}
QUICK = ()
_SMALL = frozenset({"the", "a", "an", "of", "to", "its", "his", "her", "s"})


def words(name: str) -> frozenset[str]:
    """The words of a name that count.

    >>> sorted(words("the mayor’s office"))
    ['mayor', 'office']
    """
    return frozenset(re.findall(r"\w+", name.casefold())) - _SMALL


def same(a: str, b: str) -> bool:
    """True if one name has all the words of the other."""
    x, y = words(a), words(b)
    return bool(x and y) and (x <= y or y <= x)


def chain_of(statement: Statement) -> tuple[str, ...]:
    """Who carried a statement, outermost first, without the article."""
    links = tuple(name for name in statement.chain if name != AUTHOR)
    if statement.mode is Mode.REPORTED_STANCE and statement.holder and (not links or links[-1] != statement.holder):
        return (*links, statement.holder)
    return links


def right(gold: Mapping[str, Any], statement: Statement, text: str, whole: bool) -> float:
    """How well a statement covers a gold proposition; 0 if its chain (`whole`) or its speaker is another."""
    chain, wanted = chain_of(statement), gold["chain"]
    if not chain or not same(chain[-1], wanted[-1]):
        return 0.0
    if whole and (len(chain) != len(wanted) or not all(same(a, b) for a, b in zip(chain, wanted, strict=True))):
        return 0.0
    start, end = statement.passage.span
    return overlaps(letters(text, gold["start"], gold["end"]), letters(text, start, end))


def count(records: Sequence[Mapping[str, Any]], reader: str, whole: bool, wrong: list[str]) -> Counted:
    """Hits, gold and predictions; what went wrong is appended to `wrong`."""
    total = Counted(0, 0, 0)
    for record in records:
        text = record["text"]
        told = [s for s in read(Document(id=record["id"], text=text), reader=reader).statements if chain_of(s)]
        free, hits = list(told), 0
        for gold in record["told"]:
            best = max(free, key=lambda s: right(gold, s, text, whole), default=None)
            if best is not None and right(gold, best, text, whole):
                free.remove(best)
                hits += 1
            else:
                wrong.append(f"{record['id']} missed {' > '.join(gold['chain'])}: {text}")
        wrong += [f"{record['id']} false {' > '.join(chain_of(s))}: {s.passage.quote}" for s in free]
        total += Counted(hits, len(record["told"]), len(told))
    return total


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("-v", "--verbose", action="store_true", help="list what was missed and what is false")
    options.add_argument("--reader", choices=tuple(READERS), default=DEFAULT)
    options.add_argument("--gold", choices=tuple(FILES), default="own", help="which texts")
    chosen = options.parse_args(arguments)
    if chosen.verbose and chosen.gold == "apart":
        options.error("the texts kept apart are for totals only")
    lines = (GOLDS / FILES[chosen.gold]).read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    print(f"{READERS[chosen.reader]}, {len(records)} texts with {sum(len(r['told']) for r in records)} propositions")
    for title, whole in (("whole chain", True), ("speaker", False)):
        wrong: list[str] = []
        print(f"  {title:12} {count(records, chosen.reader, whole, wrong)}")
        if chosen.verbose and whole:
            print("\n".join(wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
