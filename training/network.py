"""One small encoder, three kinds of head on the same pass.

*Tags*: BIO over pieces, one head a role (source, cue, content); spans of different roles may overlap.
*Links*: given a cue, how strongly each piece belongs to its source and to its content, begins them and ends them, and
belongs to what the same speaker goes on to say without a cue: seven bilinear scores of the cue and the piece (Dozat and
Manning 2017, for arcs) plus a learnt bias of their signed distance. So nested and interrupted contents need no special
case.
*Acts*: of each piece, what is done with the words, if they state anything; a statement's is the mean over its pieces.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from comity.reading.model.windows import SIGNS
from training.talks import ACTS, NONE

DEPTH = 64
BUCKETS = 32
LINKS = 7
"""Inside, beginning and end of the source; the same of the content; what goes on without a cue."""
SAID = (*ACTS, NONE)
"""In the order of the acts' head."""
BORDER = 0.02
"""What a border weighs in the loss, summed over pieces, where belonging is their mean."""
MORE = 2.0
ACT = 0.5
"""What going on without a cue weighs, and the act of a statement."""


class Output(NamedTuple):
    """What one pass gives."""

    tags: Tensor  # batch × pieces × 3 roles × 3
    queries: Tensor  # batch × pieces × 7 × depth
    keys: Tensor  # batch × pieces × 7 × depth
    acts: Tensor  # batch × pieces × acts


class Reader(nn.Module):
    """The encoder with its heads."""

    def __init__(self, encoder: nn.Module, hidden: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(hidden, 9)
        with torch.no_grad():  # most pieces are outside: begin there
            self.tags.bias.copy_(torch.tensor([2.0, -1.0, 0.0]).repeat(3))
        self.query = nn.Sequential(nn.Linear(hidden, LINKS * DEPTH), nn.GELU())
        self.key = nn.Sequential(nn.Linear(hidden, LINKS * DEPTH), nn.GELU())
        self.mix = nn.Parameter(torch.eye(DEPTH).repeat(LINKS, 1, 1) / DEPTH**0.5)
        self.bias = nn.Parameter(torch.tensor([-4.0, -6.0, -6.0, -2.0, -5.0, -5.0, -4.0]))
        self.distance = nn.Parameter(torch.zeros(LINKS, 2 * BUCKETS + 1))
        self.acts = nn.Linear(hidden, len(SAID))

    def forward(self, ids: Tensor, signs: Tensor, attention: Tensor) -> Output:
        hidden = self.encoder(input_ids=ids, token_type_ids=signs, attention_mask=attention).last_hidden_state
        return self.heads(self.dropout(hidden))

    def heads(self, hidden: Tensor) -> Output:
        """What the heads say of the encoder's last states (batch × pieces × width)."""
        n, t, _ = hidden.shape
        tags = self.tags(hidden).view(n, t, 3, 3)
        queries = torch.einsum("ntrd,rde->ntre", self.query(hidden).view(n, t, LINKS, DEPTH), self.mix)
        keys = self.key(hidden).view(n, t, LINKS, DEPTH)
        return Output(tags, queries, keys, self.acts(hidden))

    def links(self, queries: Tensor, keys: Tensor, cues: Tensor) -> Tensor:
        """Scores (batch × cues × 7 × pieces) for cues given as piece masks (batch × cues × pieces)."""
        weight = cues / cues.sum(-1, keepdim=True).clamp(min=1)
        query = torch.einsum("bct,btrd->bcrd", weight, queries)
        scores = torch.einsum("bcrd,btrd->bcrt", query, keys)
        first = cues.argmax(-1)
        offsets = torch.arange(keys.shape[1])[None, None, :] - first[:, :, None]
        distance = self.distance[:, bucket(offsets)].permute(1, 2, 0, 3)
        return scores + self.bias[:, None] + distance


def bucket(offsets: Tensor) -> Tensor:
    """Signed logarithmic distance buckets, 0 to 2·BUCKETS."""
    size = torch.clamp((torch.log2(offsets.abs().float() + 1) * 4).long(), max=BUCKETS)
    return torch.where(offsets < 0, BUCKETS - size, BUCKETS + size)


def loss(model: Reader, output: Output, batch: list[Any], attention: Tensor) -> Tensor:
    """What is to be made small: tags, links of the gold's cues, and acts of its statements."""
    return _of_tags(output, batch, attention) + _of_links(model, output, batch, attention) + _of_acts(output, batch)


def _of_tags(output: Output, batch: list[Any], attention: Tensor) -> Tensor:
    tags = torch.stack([_padded(e.tags.T, attention.shape[1]) for e in batch])
    flat = nn.functional.cross_entropy(output.tags.float().reshape(-1, 3), tags.reshape(-1), reduction="none")
    keep = attention[:, :, None].expand(-1, -1, 3).reshape(-1).float()
    return 3 * (flat * keep).sum() / keep.sum()


def _of_links(model: Reader, output: Output, batch: list[Any], attention: Tensor) -> Tensor:
    most = max(len(e.cues) for e in batch)
    if not most:
        return torch.zeros(())
    cues, links = cue_tensors(batch, most, attention.shape[1])
    scores = model.links(output.queries.float(), output.keys.float(), cues)
    per = nn.functional.binary_cross_entropy_with_logits(scores, links, reduction="none")
    there = cues.any(-1).float()
    weight = there[:, :, None] * attention[:, None, :].float()
    summed = (per * weight[:, :, None, :]).sum(-1)
    mean = summed / weight.sum(-1, keepdim=True).clamp(min=1)
    borders = summed[:, :, [1, 2, 4, 5]].sum()
    found = 2 * (4 * mean[:, :, 0].sum() + mean[:, :, 3].sum() + BORDER * borders) / there.sum()
    told = torch.tensor([float(e.told) for e in batch])[:, None] * there  # where it is known what goes on
    return found + MORE * (mean[:, :, 6] * told).sum() / told.sum().clamp(min=1)


def _of_acts(output: Output, batch: list[Any]) -> Tensor:
    means, right = [], []
    for i, example in enumerate(batch):
        for start, end, act in example.acts:
            means.append(output.acts[i, start:end].float().mean(0))
            right.append(act)
    if not right:
        return torch.zeros(())
    return ACT * nn.functional.cross_entropy(torch.stack(means), torch.tensor(right), label_smoothing=0.1)


def cue_tensors(batch: list[Any], most: int, length: int) -> tuple[Tensor, Tensor]:
    """Which pieces are of each cue, and what each should link: batch × cues × pieces, and × 7 ×."""
    cues = torch.zeros(len(batch), most, length)
    links = torch.zeros(len(batch), most, LINKS, length)
    for i, example in enumerate(batch):
        k, n = example.cues.shape
        cues[i, :k, :n] = torch.from_numpy(example.cues)
        links[i, :k, :, :n] = torch.from_numpy(example.links)
    return cues, links


def _padded(array: Any, length: int) -> Tensor:
    tensor = torch.from_numpy(array.copy())
    return nn.functional.pad(tensor, (0, 0, 0, length - len(tensor)))


def collate(batch: list[Any]) -> tuple[Tensor, Tensor, Tensor]:
    """Piece ids, their signs, and which of them are there: batch × pieces."""
    length = max(len(e.window.ids) for e in batch)
    ids, signs, attention = (torch.zeros(len(batch), length, dtype=torch.long) for _ in range(3))
    for i, example in enumerate(batch):
        here = len(example.window.ids)
        ids[i, :here] = torch.from_numpy(example.window.ids)
        signs[i, :here] = torch.from_numpy(example.window.signs)
        attention[i, :here] = 1
    return ids, signs, attention


def with_signs(encoder: nn.Module) -> nn.Module:
    """The encoder with a vector for each sign of a piece, which all begin as that of the first of two texts."""
    before = encoder.embeddings.token_type_embeddings.weight.data  # type: ignore[union-attr]
    encoder.embeddings.token_type_embeddings = nn.Embedding.from_pretrained(  # type: ignore[union-attr]
        before[:1].repeat(SIGNS, 1), freeze=False
    )
    return encoder
