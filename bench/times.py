"""Time expressions against TimeML gold: python -m bench.times [--peers]

The rules were made on two thirds of the files of each corpus; every third file (sorted by name) was kept unseen. Prints
value F1 of both parts, as ../shared/score/timex.py counts, and, where they are installed, what recognizers-text and
dateparser reach on the same files.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from comity.reading.times import find_times

SHARED = Path(__file__).parents[1].parent / "shared"
Found = list[tuple[int, int, str]]
Finder = Callable[[str, date | None], Found]


def comity(text: str, published: date | None) -> Found:
    """Start, end and value of each expression."""
    return [(t.start, t.end, t.value) for t in find_times(text, published)]


def dateparser_finder() -> Finder | None:
    """dateparser's search, or None if it is not installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None

    def find(text: str, published: date | None) -> Found:
        base = datetime.combine(published or date(2000, 1, 1), datetime.min.time())
        out: Found = []
        at = 0
        for words, when in search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base}) or []:
            start = text.find(words, at)
            if start >= 0:
                out.append((start, start + len(words), when.date().isoformat()))
                at = start + len(words)
        return out

    return find


def recognizers_finder() -> Finder | None:
    """recognizers-text's date and time model, or None if it is not installed."""
    try:
        from recognizers_date_time import Culture, recognize_datetime
    except ImportError:
        return None

    def find(text: str, published: date | None) -> Found:
        base = datetime.combine(published or date(2000, 1, 1), datetime.min.time())
        out: Found = []
        for result in recognize_datetime(text, Culture.English, reference=base):
            values = (result.resolution or {}).get("values") or [{}]
            out.append((result.start, result.end + 1, str(values[-1].get("timex", ""))))
        return out

    return find


def score(paths: Iterable[Path], find: Finder, timex: Any) -> dict[str, float]:
    """Strict, relaxed and value F1 (in per cent) over files, and words per second."""
    n: Counter[str] = Counter()
    words, seconds = 0, 0.0
    for path in paths:
        doc, gold = timex.parse(path)
        published = date.fromisoformat(doc["published"]) if doc["published"] else None
        before = time.perf_counter()
        free = find(doc["text"], published)
        seconds += time.perf_counter() - before
        words += len(doc["text"].split())
        n["all"] += len(gold) + len(free)
        for g in gold:
            n["strict"] += any((s, e) == (g["start"], g["end"]) for s, e, _ in free)
            over = [t for t in free if t[0] < g["end"] and g["start"] < t[1]]
            if over:
                best = max(over, key=lambda t: min(g["end"], t[1]) - max(g["start"], t[0]))
                free.remove(best)
                n["relaxed"] += 1
                n["value"] += best[2] == g["value"]
    out = {kind: 200 * n[kind] / max(1, n["all"]) for kind in ("strict", "relaxed", "value")}
    return out | {"words per second": words / max(seconds, 1e-9)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true", help="measure peers too (slow)")
    given = parser.parse_args()
    folder = SHARED / "data" / "timex"
    if not folder.exists():
        print("no gold beside the checkout: nothing measured")
        return 0
    sys.path.insert(0, str(SHARED / "score"))
    import timex

    finders: dict[str, Finder | None] = {"comity": comity}
    if given.peers:
        finders |= {"recognizers-text": recognizers_finder(), "dateparser": dateparser_finder()}
    for corpus in ("timebank", "wikiwars"):
        files = sorted((folder / corpus).glob("*.tml"))
        parts = {"developed on": [f for i, f in enumerate(files) if i % 3 != 2], "unseen": files[2::3], "all": files}
        for name, find in finders.items():
            if find is None:
                print(f"{corpus:9s} {name}: not installed")
                continue
            for part, paths in parts.items():
                figures = score(paths, find, timex)
                shown = "  ".join(f"{kind} {value:.1f}" for kind, value in figures.items() if "words" not in kind)
                print(f"{corpus:9s} {name:16s} {part:12s} {shown}  {figures['words per second']:8.0f} words/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
