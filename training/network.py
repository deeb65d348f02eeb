"""One small encoder, two kinds of head on the same pass.

*Tags*: BIO over pieces, one head a role (source, cue, content); spans of different roles may overlap.
*Links*: given a cue, how strongly each piece belongs to its source and to its content: a bilinear score of the cue and
the piece (Dozat and Manning 2017, for arcs) plus a learnt bias of their signed distance. So nested and interrupted
contents need no special case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

DEPTH = 128
BUCKETS = 32


@dataclass
class Output:
    tags: Tensor  # batch × pieces × 3 roles × 3
    queries: Tensor  # batch × pieces × 2 × depth
    keys: Tensor  # batch × pieces × 2 × depth


class Reader(nn.Module):
    def __init__(self, encoder: nn.Module, hidden: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(hidden, 9)
        self.query = nn.Sequential(nn.Linear(hidden, 2 * DEPTH), nn.GELU())
        self.key = nn.Sequential(nn.Linear(hidden, 2 * DEPTH), nn.GELU())
        self.mix = nn.Parameter(torch.eye(DEPTH).repeat(2, 1, 1) / DEPTH**0.5)
        self.bias = nn.Parameter(torch.zeros(2))
        self.distance = nn.Parameter(torch.zeros(2, 2 * BUCKETS + 1))

    def forward(self, ids: Tensor, attention: Tensor) -> Output:
        hidden = self.encoder(input_ids=ids, attention_mask=attention).last_hidden_state
        hidden = self.dropout(hidden)
        n, t, _ = hidden.shape
        tags = self.tags(hidden).view(n, t, 3, 3)
        queries = torch.einsum("ntrd,rde->ntre", self.query(hidden).view(n, t, 2, DEPTH), self.mix)
        keys = self.key(hidden).view(n, t, 2, DEPTH)
        return Output(tags, queries, keys)

    def links(self, queries: Tensor, keys: Tensor, cue: Tensor) -> Tensor:
        """Scores (2 × pieces) of one window for one cue (piece mask)."""
        weight = cue.float() / cue.sum()
        query = torch.einsum("t,trd->rd", weight, queries)
        scores = torch.einsum("rd,trd->rt", query, keys)
        first = int(torch.nonzero(cue)[0])
        offsets = torch.arange(keys.shape[0], device=keys.device) - first
        return scores + self.bias[:, None] + self.distance[:, bucket(offsets)]


def bucket(offsets: Tensor) -> Tensor:
    """Signed logarithmic distance buckets, 0 to 2·BUCKETS."""
    size = torch.clamp((torch.log2(offsets.abs().float() + 1) * 4).long(), max=BUCKETS)
    return torch.where(offsets < 0, BUCKETS - size, BUCKETS + size)


def loss(model: Reader, output: Output, batch: list[Any], attention: Tensor) -> Tensor:
    total = torch.zeros(())
    tags = torch.stack([_padded(e.tags.T, attention.shape[1]) for e in batch])
    flat = nn.functional.cross_entropy(output.tags.float().reshape(-1, 3), tags.reshape(-1), reduction="none")
    keep = attention[:, :, None].expand(-1, -1, 3).reshape(-1).float()
    total = total + 3 * (flat * keep).sum() / keep.sum()
    link_loss, cues = torch.zeros(()), 0
    for i, example in enumerate(batch):
        n = len(example.window.ids)
        for cue, links in zip(example.cues, example.links, strict=True):
            scores = model.links(output.queries[i, :n].float(), output.keys[i, :n].float(), torch.from_numpy(cue))
            target = torch.from_numpy(links).float()
            per = nn.functional.binary_cross_entropy_with_logits(scores, target, reduction="none")
            link_loss = link_loss + per[0].mean() * 4 + per[1].mean()
            cues += 1
    return total + (link_loss / cues * 2 if cues else 0)


def _padded(array: Any, length: int) -> Tensor:
    tensor = torch.from_numpy(array.copy())
    return nn.functional.pad(tensor, (0, 0, 0, length - len(tensor)))


def collate(batch: list[Any]) -> tuple[Tensor, Tensor]:
    length = max(len(e.window.ids) for e in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    attention = torch.zeros(len(batch), length, dtype=torch.long)
    for i, example in enumerate(batch):
        ids[i, : len(example.window.ids)] = torch.from_numpy(example.window.ids)
        attention[i, : len(example.window.ids)] = 1
    return ids, attention
