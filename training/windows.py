"""Documents as windows of word pieces, and gold attributions as labels over them.

A window holds whole paragraphs, as many as fit into `SIZE` pieces, so that context costs no speed. A paragraph that is
too long is cut at the last sentence-like stop that fits.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

SIZE = 256
ROLES = ("source", "cue", "content")
LINKED = ("source", "content")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


@dataclass(frozen=True)
class Window:
    """Pieces of one stretch of text: ids with [CLS] and [SEP], and the character span of each piece ((0, 0) for those)."""

    ids: np.ndarray
    spans: np.ndarray


def load(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def windows(text: str, tokenizer: Any, size: int = SIZE) -> list[Window]:
    """The windows of `text`, in order; every piece stands in exactly one."""
    room = size - 2
    current: list[tuple[int, int, int]] = []
    found: list[list[tuple[int, int, int]]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        encoded = tokenizer.encode(paragraph[0], add_special_tokens=False)
        base = paragraph.start()
        pieces = [(i, base + s, base + e) for i, (s, e) in zip(encoded.ids, encoded.offsets, strict=True)]
        if len(current) + len(pieces) > room and current:
            found.append(current)
            current = []
        while len(pieces) > room:
            stops = [
                k for k in range(room // 2, room) if text[pieces[k][1] : pieces[k][2]] in (".", "!", "?", "”", '"')
            ]
            cut = (stops[-1] + 1) if stops else room
            found.append(pieces[:cut])
            pieces = pieces[cut:]
        current += pieces
    if current:
        found.append(current)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    return [
        Window(
            np.array([cls, *(i for i, _, _ in pieces), sep], dtype=np.int64),
            np.array([(0, 0), *((s, e) for _, s, e in pieces), (0, 0)], dtype=np.int64),
        )
        for pieces in found
    ]


def mask(spans: list[list[int]], window: Window) -> np.ndarray:
    """1 for each piece that lies in one of the spans."""
    out = np.zeros(len(window.ids), dtype=np.int64)
    starts, ends = window.spans[:, 0], window.spans[:, 1]
    for s, e in spans:
        out |= ((starts < e) & (ends > s) & (ends > starts)).astype(np.int64)
    return out


def bio(spans: list[list[int]], window: Window) -> np.ndarray:
    """0 outside, 1 first piece of a span, 2 inside."""
    out = np.zeros(len(window.ids), dtype=np.int64)
    for s, e in sorted(spans, key=lambda span: span[0] - span[1]):  # longest first: inner spans keep their own start
        inside = np.flatnonzero(mask([[s, e]], window))
        if len(inside):
            out[inside[1:]] = 2
            out[inside[0]] = 1
    return out


@dataclass(frozen=True)
class Example:
    """A window with its labels: `tags` (roles × pieces), `cues` (one row of piece mask a gold cue) and `links`
    (cue × linked role × pieces)."""

    window: Window
    tags: np.ndarray
    cues: np.ndarray
    links: np.ndarray


def examples(document: dict[str, Any], tokenizer: Any) -> list[Example]:
    out = []
    for window in windows(document["text"], tokenizer):
        attributions = document["attributions"]
        tags = np.stack([bio([span for a in attributions for span in a.get(r) or []], window) for r in ROLES])
        cues, links = [], []
        for a in attributions:
            cue = mask(a.get("cue") or [], window)
            if cue.any():
                cues.append(cue)
                links.append(np.stack([mask(a.get(role) or [], window) for role in LINKED]))
        n = len(window.ids)
        out.append(
            Example(
                window,
                tags,
                np.array(cues, dtype=np.int64).reshape(-1, n),
                np.array(links, dtype=np.int64).reshape(-1, len(LINKED), n),
            )
        )
    return out
