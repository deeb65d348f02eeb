"""From the network's numbers to attributions. Numpy only: training measures with the code that reads.

*Tags*: begin, inside and outside for sources, cues and contents. *Links*: given a cue, how strongly each piece belongs
to its source and to its content (bilinear, after Dozat and Manning 2017, and a learnt bias of the signed distance).
Tagged cues are taken; what belongs to each is what link and tag, weighed together, claim. The pieces of a word share
their mean, so that no span begins or ends inside a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROLES = ("source", "cue", "content")
"""In the order of the network's tags."""
LINKED = ("source", "content")
"""In the order of the network's links."""

Floats = NDArray[np.floating[Any]]
Flags = NDArray[np.bool_]
Run = tuple[int, int]
Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Scores:
    """What the network says of one window of `n` pieces: tags n × 3 × 3, queries and keys n × 2 × depth."""

    tags: Floats
    queries: Floats
    keys: Floats


@dataclass(frozen=True)
class Heads:
    """The linker's own weights: `bias` of 2, and `distance`, 2 × (2·buckets + 1)."""

    bias: Floats
    distance: Floats


@dataclass(frozen=True)
class Settings:
    """The few thresholds of decoding, each one number for all texts.

    `cue` is added to the score of "outside" for cues (below 0: more cues). `source_tags` and `content_tags` are the
    weights of the tag against the link, `source_least` and `content_least` how likely a piece must be to belong.
    Stretches of at most `gap` pieces inside a content that do not belong are taken with it.
    """

    cue: float = 0.0
    source_tags: float = 0.2
    content_tags: float = 0.2
    source_least: float = 0.5
    content_least: float = 0.5
    gap: int = 1


@dataclass(frozen=True)
class Decoded:
    """One attribution in pieces; `sure` holds the raw probability of source, cue and content, before calibration."""

    source: Runs
    cue: Run
    content: Runs
    sure: tuple[float, float, float]


def tag_runs(tags: Floats, outside: float = 0.0) -> list[Run]:
    """Runs ``[a, b)`` from the scores of outside, begin, inside (n × 3). An inside after an outside opens a run.

    >>> best = np.eye(3)[[0, 1, 2, 0, 2, 1]]
    >>> tag_runs(best)
    [(1, 3), (4, 5), (5, 6)]
    """
    moved = tags + np.array([outside, 0.0, 0.0], dtype=tags.dtype)
    runs: list[Run] = []
    start = None
    for i, tag in enumerate([*moved.argmax(-1), 0]):
        if start is not None and tag != 2:
            runs.append((start, i))
            start = None
        if tag == 1 or (tag == 2 and start is None):
            start = i
    return runs


def mask_runs(inside: Flags, gap: int = 1) -> list[Run]:
    """Runs of a mask; gaps of at most `gap` pieces are closed.

    >>> mask_runs(np.array([1, 1, 0, 1, 0, 0, 1], dtype=bool))
    [(0, 4), (6, 7)]
    """
    runs: list[Run] = []
    for i in np.flatnonzero(inside):
        if runs and i - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], int(i) + 1)
        else:
            runs.append((int(i), int(i) + 1))
    return runs


def buckets(offsets: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Signed logarithmic distance buckets, 0 to 2·most."""
    size = np.minimum((np.log2(np.abs(offsets).astype(np.float32) + 1) * 4).astype(np.int64), most)
    return np.where(offsets < 0, most - size, most + size)


def links(scores: Scores, heads: Heads, cue: Run) -> Floats:
    """Log-odds that each piece belongs to the source and to the content of `cue`: 2 × n."""
    query = scores.queries[cue[0] : cue[1]].mean(0)
    raw = np.einsum("rd,nrd->rn", query, scores.keys)
    place = buckets(np.arange(len(scores.keys)) - cue[0], (heads.distance.shape[1] - 1) // 2)
    found: Floats = raw + heads.bias[:, None] + heads.distance[:, place]
    return found


def by_word(scores: Scores, within: Flags) -> Scores:
    """The scores with the pieces of each word at their mean; only a word's first piece can begin a span."""
    if not within.any():
        return scores
    word = np.cumsum(~within) - 1
    count = np.bincount(word)

    def mean(values: Floats) -> Floats:
        flat = values.reshape(len(values), -1)
        sums = np.add.reduceat(flat, np.flatnonzero(~within), axis=0)
        out: Floats = (sums / count[:, None])[word].reshape(values.shape)
        return out

    tags = mean(scores.tags)
    tags[within, :, 2] = tags[within, :, 1:].max(-1)
    tags[within, :, 1] = -1e3
    return Scores(tags, scores.queries, mean(scores.keys))


def decode(scores: Scores, within: Flags, heads: Heads, settings: Settings) -> list[Decoded]:
    """The attributions of one window, in order of their cues. One without content is none."""
    scores = by_word(scores, within)
    tagged = 1 / (1 + np.exp(-_inside(scores.tags)))
    weight = np.array([[settings.source_tags], [settings.content_tags]])
    found = []
    for cue in tag_runs(scores.tags[:, ROLES.index("cue")], settings.cue):
        if cue[0] == 0 or cue[1] == len(tagged):
            continue  # [CLS] and [SEP]
        odds = (1 - weight) * links(scores, heads, cue) + weight * _inside(scores.tags)[:, [0, 2]].T
        claimed: Floats = 1 / (1 + np.exp(-odds))
        claimed[:, 0] = claimed[:, -1] = 0.0
        source = mask_runs(claimed[0] > settings.source_least)
        source = sorted(source, key=lambda r: (-float(claimed[0, r[0] : r[1]].mean()), r))[:1]
        content = mask_runs(claimed[1] > settings.content_least, settings.gap)
        content = [r for r in content if r[1] - r[0] > 1] or content
        if content:
            sure_source = _mean(claimed[0], source) if source else float(1 - claimed[0].max())
            sure = (sure_source, float(tagged[cue[0] : cue[1], 1].mean()), _mean(claimed[1], content))
            found.append(Decoded(tuple(source), cue, tuple(content), sure))
    return found


def _inside(tags: Floats) -> Floats:
    """Log-odds of begin or inside against outside: n × 3 roles."""
    most = tags.max(-1, keepdims=True)
    weights = np.exp(tags - most)
    found: Floats = np.log(weights[..., 1:].sum(-1) + 1e-9) - np.log(weights[..., 0] + 1e-9)
    return found


def _mean(claimed: Floats, runs: list[Run]) -> float:
    return float(np.mean(np.concatenate([claimed[a:b] for a, b in runs])))


def characters(run: Run, spans: NDArray[np.int64]) -> tuple[int, int]:
    """The characters ``[start, end)`` of a run of pieces."""
    return int(spans[run[0], 0]), int(spans[run[1] - 1, 1])
