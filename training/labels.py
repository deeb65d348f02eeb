"""Gold attributions as labels over the pieces of a window."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.reading.model.decode import LINKED, ROLES
from comity.reading.model.windows import Window, windows

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Example:
    """A window with its labels.

    `tags` is roles × pieces (0 outside, 1 begin, 2 inside), `cues` one row of piece mask a gold cue, `links`
    cue × 6 × pieces: inside, beginning and end of the source, the same of the content.
    """

    window: Window
    tags: Labels
    cues: Labels
    links: Labels


def load(path: Path) -> list[dict[str, Any]]:
    """The records of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def mask(spans: list[list[int]], window: Window) -> Labels:
    """1 for each piece that lies in one of the spans."""
    out = np.zeros(len(window.ids), dtype=np.int64)
    starts, ends = window.spans[:, 0], window.spans[:, 1]
    for s, e in spans:
        out |= ((starts < e) & (ends > s) & (ends > starts)).astype(np.int64)
    return out


def bio(spans: list[list[int]], window: Window) -> Labels:
    """0 outside, 1 first piece of a span, 2 inside. Longest first: inner spans keep their own start."""
    out = np.zeros(len(window.ids), dtype=np.int64)
    for s, e in sorted(spans, key=lambda span: span[0] - span[1]):
        inside = np.flatnonzero(mask([[s, e]], window))
        if len(inside):
            out[inside[1:]] = 2
            out[inside[0]] = 1
    return out


def borders(spans: list[list[int]], window: Window) -> tuple[Labels, Labels, Labels]:
    """Which pieces lie in the spans, begin one and end one."""
    begin, end = (np.zeros(len(window.ids), dtype=np.int64) for _ in range(2))
    for span in spans:
        inside = np.flatnonzero(mask([span], window))
        if len(inside):
            begin[inside[0]] = end[inside[-1]] = 1
    return mask(spans, window), begin, end


def examples(document: dict[str, Any], tokenizer: Any) -> list[Example]:
    """The windows of one annotated document with their labels."""
    return [_example(window, document["attributions"]) for window in windows(document["text"], tokenizer)]


def _example(window: Window, attributions: list[dict[str, Any]]) -> Example:
    tags = np.stack([bio([span for a in attributions for span in a.get(role) or []], window) for role in ROLES])
    here = [(a, cue) for a in attributions if (cue := mask(a.get("cue") or [], window)).any()]
    links = [np.stack([each for role in LINKED for each in borders(a.get(role) or [], window)]) for a, _ in here]
    n = len(window.ids)
    return Example(
        window,
        tags,
        np.array([cue for _, cue in here], dtype=np.int64).reshape(-1, n),
        np.array(links, dtype=np.int64).reshape(-1, 3 * len(LINKED), n),
    )
