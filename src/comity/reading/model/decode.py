"""From the network's numbers to attributions. Numpy only: training measures with the code that reads.

*Tags*: begin, inside and outside for sources, cues and contents. *Links*: given a cue, how strongly each piece belongs
to its source and to its content, begins it and ends it (bilinear, after Dozat and Manning 2017, and a learnt bias of
the signed distance). Words, not pieces, are decided on. Spans are the best segmentation of the words under the sum of
what belonging, beginning and ending say (Viterbi 1967), so that a span holds together where single words waver.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROLES = ("source", "cue", "content")
"""In the order of the network's tags."""
LINKED = ("source", "content")
"""In the order of the network's links, of which each has three: inside, beginning, end. A seventh follows: what the
same speaker goes on to say without a cue."""
MORE = 6

Floats = NDArray[np.floating[Any]]
Flags = NDArray[np.bool_]
Run = tuple[int, int]
Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Scores:
    """What the network says of a window of `n` pieces: tags n × 3 × 3, queries and keys n × 7 × depth.

    `acts`, n × 11, are there in training only: a second task, which the shipped model leaves out.
    """

    tags: Floats
    queries: Floats
    keys: Floats
    acts: Floats | None = None


@dataclass(frozen=True)
class Heads:
    """The linker's own weights: `bias` of 7, and `distance`, 7 × (2·buckets + 1)."""

    bias: Floats
    distance: Floats


@dataclass(frozen=True)
class Settings:
    """The few numbers of decoding, the same for all texts; all in log-odds but the weights and `gap`.

    `cue`, `source` and `content` are what a word must have for it to belong. `source_tags` and `content_tags` are the
    weights of the tag against the link. `borders` weighs what beginnings and ends say, `turn` is the price of each.
    `more` is what a word must have to be the speaker's without a cue, `more_turn` the price of a border there.
    """

    cue: float = 0.0
    cue_turn: float = 0.5
    source: float = 0.0
    content: float = 0.0
    source_tags: float = 0.2
    content_tags: float = 0.2
    borders: float = 0.5
    turn: float = 0.5
    more: float = 0.0
    more_turn: float = 2.0


@dataclass(frozen=True)
class Decoded:
    """One attribution in pieces; `sure` holds the raw probability of source, cue and content, before calibration.

    `more` is what the same speaker goes on to say without a cue.
    """

    source: Runs
    cue: Run
    content: Runs
    sure: tuple[float, float, float]
    more: Runs = ()


def segments(inside: Floats, enter: Floats, leave: Floats) -> list[list[Run]]:
    """The best runs ``[a, b)`` of each row: those with the greatest sum of `inside` over their members, `enter` at
    their first and `leave` at their last. All three are rows × n. Found by dynamic programming in n steps.

    >>> row = np.array([[-2.0, 3.0, -0.5, 2.0, -4.0, 1.0]])
    >>> segments(row, np.zeros_like(row), np.zeros_like(row))
    [[(1, 2), (3, 4), (5, 6)]]
    >>> segments(row, np.zeros_like(row) - 1, np.zeros_like(row))
    [[(1, 4)]]
    """
    rows = (each.tolist() for each in (inside, enter, leave))
    return [_best(*row) for row in zip(*rows, strict=True)]


def _best(inside: list[float], enter: list[float], leave: list[float]) -> list[Run]:
    """The best runs of one row, in plain numbers: rows are few and short, and numpy asks much for each step."""
    starts, after = [], []  # a member is best the first of a run; what comes before, if of no run's, ends one
    outside, within, last = 0.0, -math.inf, 0.0
    for member, first, end in zip(inside, enter, leave, strict=True):
        ended, last = within + last, end
        closes = ended > outside
        after.append(closes)
        if closes:
            outside = ended
        fresh = outside + first
        opens = fresh > within
        starts.append(opens)
        within = (fresh if opens else within) + member
    return _back(starts, after, within + last > outside)


def _back(starts: list[bool], after: list[bool], member: bool) -> list[Run]:
    """The runs of one row, from the last word to the first."""
    runs: list[Run] = []
    end = len(starts)
    for i in range(len(starts) - 1, -1, -1):
        if not member:
            member, end = after[i], i
        elif starts[i]:
            runs.append((i, end))
            member, end = after[i], i
    return runs[::-1]


def buckets(offsets: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Signed logarithmic distance buckets, 0 to 2·most."""
    size = np.minimum((np.log2(np.abs(offsets).astype(np.float32) + 1) * 4).astype(np.int64), most)
    return np.where(offsets < 0, most - size, most + size)


def links(scores: Scores, heads: Heads, cue: Run) -> Floats:
    """Log-odds that each piece belongs to, begins and ends the source and the content of `cue`, and goes on: 7 × n."""
    query = scores.queries[cue[0] : cue[1]].mean(0)
    raw = np.einsum("rd,nrd->rn", query, scores.keys)
    place = buckets(np.arange(len(scores.keys)) - cue[0], (heads.distance.shape[1] - 1) // 2)
    found: Floats = raw + heads.bias[:, None] + heads.distance[:, place]
    return found


def decode(scores: Scores, within: Flags, marks: Flags, heads: Heads, settings: Settings) -> list[Decoded]:
    """The attributions of one window, in order of their cues. One without content is none.

    `within` is true for pieces that go on the word before, `marks` for those that stand for no text.
    """
    first = np.flatnonzero(~within)
    ends = np.append(first[1:], len(within))
    barred = np.where(marks[first], 1e4, 0.0)
    tags = _tagged(scores.tags, first)
    cues = _cues(tags, barred, settings)
    if not cues:
        return []
    pieces = [(int(first[a]), int(ends[b - 1])) for a, b in cues]
    linked = np.stack([links(scores, heads, cue) for cue in pieces])
    belongs = _means(linked[:, [0, 3]], first)
    begins = np.maximum.reduceat(linked[:, [1, 4]], first, axis=-1)
    stops = np.maximum.reduceat(linked[:, [2, 5]], first, axis=-1)
    weight = np.array([settings.source_tags, settings.content_tags])[:, None]
    belongs = (1 - weight) * belongs + weight * tags[[0, 2], :, 0]
    least = np.array([settings.source, settings.content])[:, None]
    runs = segments(
        (belongs - least - barred).reshape(2 * len(cues), -1),
        (settings.borders * _log_sigmoid(begins) - settings.turn).reshape(2 * len(cues), -1),
        (settings.borders * _log_sigmoid(stops) - settings.turn).reshape(2 * len(cues), -1),
    )
    likely = 1 / (1 + np.exp(-np.clip(belongs, -50, 50)))
    more = _more(_means(linked[:, MORE], first), runs, barred, settings)
    found = []
    for k, (cue, piece) in enumerate(zip(cues, pieces, strict=True)):
        source, content = runs[2 * k], runs[2 * k + 1]
        source = sorted(source, key=lambda r: (-float((belongs[k, 0, r[0] : r[1]] - settings.source).sum()), r))[:1]
        if not content:
            continue
        sure_source = _mean(likely[k, 0], source) if source else float(1 - (likely[k, 0] * (barred == 0)).max())
        sure_cue = float((1 / (1 + np.exp(-tags[1, cue[0] : cue[1], 0]))).mean())
        sure = (sure_source, sure_cue, _mean(likely[k, 1], content))
        named, told, on = (_pieces(each, first, ends) for each in (source, content, more[k]))
        found.append(Decoded(named, piece, told, sure, on))
    return found


def _more(odds: Floats, told: list[list[Run]], barred: Floats, settings: Settings) -> list[list[Run]]:
    """What goes on without a cue, for each cue: words that no content holds, each the likeliest cue's."""
    odds = odds - settings.more - barred
    for runs in told[1::2]:
        for a, b in runs:
            odds[:, a:b] = -1e4
    odds = np.where(odds == odds.max(0), odds, -1e4)
    price = np.full_like(odds, -settings.more_turn)
    return segments(odds, price, np.zeros_like(price))


def _cues(tags: Floats, barred: Floats, settings: Settings) -> list[Run]:
    inside = tags[1, :, 0] - settings.cue - barred
    enter = settings.borders * _log_sigmoid(tags[1, :, 1]) - settings.cue_turn
    return segments(inside[None], enter[None], np.zeros_like(inside)[None])[0]


def _tagged(tags: Floats, first: NDArray[np.int64]) -> Floats:
    """Of each role and word, the log-odds of belonging, and of beginning if it belongs: 3 × words × 2."""
    most = tags.max(-1, keepdims=True)
    weights = np.exp(tags - most)
    odds = np.log(weights[..., 1:].sum(-1) + 1e-9) - np.log(weights[..., 0] + 1e-9)
    begins = tags[first][..., 1] - tags[first][..., 2]
    return np.stack([_means(odds.T, first), begins.T], axis=-1)


def _means(values: Floats, first: NDArray[np.int64]) -> Floats:
    """The mean over the pieces of each word, of values whose last axis is that of the pieces."""
    count = np.diff(np.append(first, values.shape[-1]))
    found: Floats = np.add.reduceat(values, first, axis=-1) / count
    return found


def _log_sigmoid(odds: Floats) -> Floats:
    found: Floats = -np.logaddexp(0, -odds)
    return found


def _mean(likely: Floats, runs: list[Run]) -> float:
    return float(np.mean(np.concatenate([likely[a:b] for a, b in runs])))


def _pieces(runs: list[Run], first: NDArray[np.int64], ends: NDArray[np.int64]) -> Runs:
    return tuple((int(first[a]), int(ends[b - 1])) for a, b in runs)


def characters(run: Run, spans: NDArray[np.int64]) -> tuple[int, int]:
    """The characters ``[start, end)`` of a run of pieces."""
    return int(spans[run[0], 0]), int(spans[run[1] - 1, 1])
