"""The encoder made quick to train on a CPU: attention whose backward pass keeps what the forward pass computed, and
dropout that draws bytes. Both compute what the originals do, up to rounding and to which numbers are drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AttentionInterface
from transformers.masking_utils import AttentionMaskInterface, eager_mask

NAME = "kept"


class _Attend(torch.autograd.Function):
    """Scaled dot-product attention. Fused attention computes its probabilities anew on the way back, which on a CPU
    takes a third of a training step; here they are kept."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, scaling: float) -> Tensor:
        n, heads, t, depth = q.shape
        q, k, v = (each.reshape(n * heads, t, depth) for each in (q * scaling, k, v))
        scores = torch.bmm(q, k.transpose(1, 2))
        if mask is not None:
            scores.view(n, heads, t, t).add_(mask.to(scores.dtype))
        likely = torch.softmax(scores, -1)
        out = torch.bmm(likely, v)
        ctx.save_for_backward(q, k, v, likely, out)
        ctx.scaling = scaling
        return out.view(n, heads, t, depth)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        q, k, v, likely, out = ctx.saved_tensors
        shape = grads[0].shape
        grad = grads[0].reshape(out.shape)
        of_v = torch.bmm(likely.transpose(1, 2), grad)
        of_scores = torch.bmm(grad, v.transpose(1, 2))
        of_scores.sub_((grad * out).sum(-1, keepdim=True)).mul_(likely)
        of_q = torch.bmm(of_scores, k) * ctx.scaling
        of_k = torch.bmm(of_scores.transpose(1, 2), q)
        return of_q.view(shape), of_k.view(shape), of_v.view(shape), None, None


def _attend(
    module: nn.Module, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scaling: float, **_: Any
) -> tuple[Tensor, None]:
    return _Attend.apply(query, key, value, mask, scaling).transpose(1, 2).contiguous(), None


AttentionInterface.register(NAME, _attend)
AttentionMaskInterface.register(NAME, eager_mask)


class Dropout(nn.Module):
    """Dropout by random bytes: the share is rounded to a 256th."""

    def __init__(self, share: float, draw: np.random.Generator) -> None:
        super().__init__()
        self.p = share
        self.least = round(share * 256)
        self.draw = draw

    def forward(self, values: Tensor) -> Tensor:
        if not self.training or not self.least:
            return values
        drawn = torch.frombuffer(bytearray(self.draw.bytes(values.numel())), dtype=torch.uint8).view(values.shape)
        return values * ((drawn >= self.least).to(values.dtype) * (256 / (256 - self.least)))


def quicken(model: nn.Module, seed: int) -> None:
    """Puts the quick dropout in place of the usual one, everywhere in `model`."""
    draw = np.random.Generator(np.random.SFC64(seed))
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Dropout):
                setattr(module, name, Dropout(child.p, draw))
