"""Between two trainings: weights that go part of the way from the first to what it was trained on to.

usage: python -m training.blend --first out/first/model.pt --second out/train/model.pt --out out/blend [--share 0.7]

Weights after a second training on other texts are far from where they were only in what those texts teach; part of the
way keeps most of what the first training taught (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"). What
only the second has, it keeps.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch


def blended(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor], share: float) -> dict[str, torch.Tensor]:
    """`share` of the second and the rest of the first; a head that has grown keeps its new rows."""
    out = {}
    for name, value in second.items():
        out[name] = value.clone()
        if name in first:
            rows = tuple(slice(n) for n in first[name].shape)
            out[name][rows] = (1 - share) * first[name] + share * value[rows]
    return out


def main() -> None:
    """Write the weights and the second's figures beside them."""
    ask = argparse.ArgumentParser(prog="python -m training.blend", description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--first", type=Path, required=True)
    ask.add_argument("--second", type=Path, required=True)
    ask.add_argument("--share", type=float, default=0.7, help="how much of the second")
    ask.add_argument("--out", type=Path, required=True)
    given = ask.parse_args()
    first, second = (torch.load(path, map_location="cpu", weights_only=True) for path in (given.first, given.second))
    given.out.mkdir(parents=True, exist_ok=True)
    torch.save(blended(first, second, given.share), given.out / "model.pt")
    shutil.copy(given.second.with_name("figures.json"), given.out / "figures.json")


if __name__ == "__main__":
    main()
