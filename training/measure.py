"""Attribution figures of a part of PolNeAR, with the measure of bench.measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bench.measures import Counted, attributions

from comity.reading.model.decode import Decoded, Heads, Scores, Settings, characters, decode
from comity.reading.model.windows import Window

Pages = list[tuple[dict[str, Any], list[tuple[Window, Scores]]]]
"""Annotated documents, each with its windows and the network's numbers for them."""


def pages(
    documents: Iterable[dict[str, Any]], cut: Callable[[str], list[Window]], ask: Callable[[Window], Scores]
) -> Pages:
    """The network's numbers for each document; one annotated twice is asked once."""
    known: dict[str, list[tuple[Window, Scores]]] = {}
    out = []
    for document in documents:
        name = document["document"]
        if name not in known:
            known[name] = [(window, ask(window)) for window in cut(document["text"])]
        out.append((document, known[name]))
    return out


def spans(one: Decoded, window: Window) -> dict[str, list[tuple[int, int]]]:
    """A decoded attribution as spans of characters."""
    runs = {"source": one.source, "cue": (one.cue,), "content": one.content}
    return {role: [characters(r, window.spans) for r in each] for role, each in runs.items()}


def count(read: Pages, heads: Heads, settings: Settings) -> dict[str, Counted]:
    """Hits, gold and predictions of each figure."""
    total: dict[str, Counted] = {}
    for document, scored in read:
        predicted = [spans(one, w) for w, s in scored for one in decode(s, w.within, w.marks, heads, settings)]
        for name, counted in attributions(document["attributions"], predicted, document["text"]).items():
            total[name] = total.get(name, Counted(0, 0, 0)) + counted
    return total


def f1(counted: Mapping[str, Counted]) -> dict[str, float]:
    """The F1 of each figure, in per cent, one decimal."""
    return {name: round(each.f1, 1) for name, each in counted.items()}
