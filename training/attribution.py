"""Train the attribution reader on PolNeAR and print its dev figures.

usage: python -m training.attribution --data DIR --out DIR [--seed 1] [--epochs 5]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from transformers import AutoModel
from tokenizers import Tokenizer

from training import network, windows
from training.decode import characters, mask_runs, tag_runs


def scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("attributions", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def attributions(
    model: network.Reader, output: network.Output, i: int, window: windows.Window, rule: str
) -> list[dict]:
    n = len(window.ids)
    tags = output.tags[i, :n].float().numpy()
    queries, keys = output.queries[i, :n].float(), output.keys[i, :n].float()
    runs = {
        role: [r for r in tag_runs(tags[:, k]) if window.spans[r[0], 1] > 0] for k, role in enumerate(windows.ROLES)
    }
    found = []
    for run in runs["cue"]:
        cue = torch.zeros(1, 1, n)
        cue[0, 0, run[0] : run[1]] = 1
        scores = torch.sigmoid(model.links(queries[None], keys[None], cue)[0, 0]).detach().numpy()
        scores[:, 0] = scores[:, -1] = 0
        linked: dict[str, list[tuple[int, int]]] = {}
        for k, role in enumerate(windows.LINKED):
            if rule == "mask":
                chosen = mask_runs(scores[k] > 0.5)
            elif rule == "tags":
                chosen = [r for r in runs[role] if scores[k, r[0] : r[1]].mean() > 0.5]
            else:  # "both": tagged runs that the cue claims, and what it claims alone
                chosen = [r for r in runs[role] if scores[k, r[0] : r[1]].mean() > 0.5]
                if not chosen:
                    chosen = mask_runs(scores[k] > 0.5)
                chosen = [_trim(r, scores[k]) for r in chosen]
            if role == "source" and len(chosen) > 1:
                chosen = [max(chosen, key=lambda r: scores[0, r[0] : r[1]].mean())]
            linked[role] = chosen
        if linked["content"]:
            spans = {role: [list(characters(r, window.spans)) for r in linked[role]] for role in windows.LINKED}
            found.append({**spans, "cue": [list(characters(run, window.spans))]})
    return found


def _trim(run: tuple[int, int], score: np.ndarray) -> tuple[int, int]:
    """A run that the cue claims only in part is cut to that part."""
    inside = np.flatnonzero(score[run[0] : run[1]] > 0.5)
    if len(inside) and len(inside) < 0.85 * (run[1] - run[0]):
        return run[0] + int(inside[0]), run[0] + int(inside[-1]) + 1
    return run


@torch.no_grad()
def evaluate(model: network.Reader, documents: list[dict], tokenizer: Tokenizer, score: Any) -> dict[str, Any]:
    model.eval()
    out: dict[str, Any] = {}
    predictions: dict[str, dict[str, list]] = {rule: {} for rule in ("mask", "tags", "both")}
    for document in documents:
        parts = windows.windows(document["text"], tokenizer)
        per: dict[str, list] = {rule: [] for rule in predictions}
        for at in range(0, len(parts), 16):
            batch = parts[at : at + 16]
            ids, attention = network.collate([_Bare(w) for w in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                output = model(ids, attention)
            for i, window in enumerate(batch):
                for rule in predictions:
                    per[rule] += attributions(model, output, i, window, rule)
        for rule in predictions:
            predictions[rule][document["document"]] = per[rule]
    for rule, by_document in predictions.items():
        total = [0, 0, 0, 0]
        roles = {k: [0, 0, 0] for k in windows.ROLES}
        for document in documents:
            predicted = by_document[document["document"]]
            total = [
                a + b
                for a, b in zip(total, score.match(document["attributions"], predicted, document["text"]), strict=True)
            ]
            for role, t in roles.items():
                g = set().union(*(score.trimmed(a[role], document["text"]) for a in document["attributions"]), set())
                p = set().union(*(score.trimmed(a.get(role) or [], document["text"]) for a in predicted), set())
                t[0] += len(g & p)
                t[1] += len(g)
                t[2] += len(p)  # noqa: E702
        content, both, g, p = total
        out[rule] = {
            "attribution": score.prf(content, g, p)[2],
            "with_source": score.prf(both, g, p)[2],
            **{f"exact_{k}": score.prf(*v)[2] for k, v in roles.items()},
        }
    return out


class _Bare:
    def __init__(self, window: windows.Window) -> None:
        self.window = window


def groups(model: network.Reader, rate: float, decay: float) -> list[dict[str, Any]]:
    """Layer-wise learning rates: lower layers move less."""
    layers = len(model.encoder.encoder.layer)
    by_rate: dict[float, list[Any]] = {}
    for name, parameter in model.named_parameters():
        if name.startswith("encoder."):
            depth = int(name.split("layer.")[1].split(".")[0]) + 1 if "layer." in name else 0
            by_rate.setdefault(rate * decay ** (layers - depth), []).append(parameter)
        else:
            by_rate.setdefault(rate * 8, []).append(parameter)
    return [{"params": parameters, "lr": each} for each, parameters in by_rate.items()]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="the folder with polnear/")
    ask.add_argument("--score", type=Path, required=True, help="attributions.py")
    ask.add_argument("--encoder", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--epochs", type=int, default=5)
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--decay", type=float, default=0.9)
    ask.add_argument("--batch", type=int, default=12)
    ask.add_argument("--limit", type=int, default=0)
    given = ask.parse_args()
    random.seed(given.seed)
    np.random.seed(given.seed)
    torch.manual_seed(given.seed)
    tokenizer = Tokenizer.from_file(str(given.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    train = windows.load(given.data / "polnear" / "train.jsonl.gz")
    dev = windows.load(given.data / "polnear" / "dev.jsonl.gz")
    if given.limit:
        train, dev = train[: given.limit], dev[: max(4, given.limit // 8)]
    encoder = AutoModel.from_pretrained(given.encoder, attn_implementation="sdpa", add_pooling_layer=False, attention_probs_dropout_prob=0.0)
    model = network.Reader(encoder, encoder.config.hidden_size)
    examples = [e for d in train for e in windows.examples(d, tokenizer)]
    print(
        f"{len(train)} documents, {len(examples)} windows, mean {np.mean([len(e.window.ids) for e in examples]):.0f} pieces",
        flush=True,
    )
    steps = given.epochs * (len(examples) // given.batch + 1)
    optimiser = torch.optim.AdamW(groups(model, given.rate, given.decay), weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / (0.08 * steps)) * max(0.0, 1 - s / steps)
    )
    score = scorer(given.score)
    best, started = 0.0, time.time()
    given.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(given.epochs):
        model.train()
        order = list(range(len(examples)))
        random.shuffle(order)
        order = [
            i
            for k in range(0, len(order), 480)
            for i in sorted(order[k : k + 480], key=lambda i: len(examples[i].window.ids))
        ]
        batches = [order[k : k + given.batch] for k in range(0, len(order), given.batch)]
        random.shuffle(batches)
        running = 0.0
        for k, chosen in enumerate(batches):
            batch = [examples[i] for i in chosen]
            ids, attention = network.collate(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                output = model(ids, attention)
            value = network.loss(model, output, batch, attention)
            optimiser.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            running += float(value.detach())
            if k % 50 == 49:
                print(
                    f"  epoch {epoch + 1} step {k + 1}/{len(batches)} loss {running / 50:.3f} {time.time() - started:.0f} s",
                    flush=True,
                )
                running = 0.0
        figures = evaluate(model, dev, tokenizer, score)
        print(json.dumps({"epoch": epoch + 1, "seconds": round(time.time() - started), **figures}), flush=True)
        value = max(f["with_source"] for f in figures.values())
        if value > best:
            best = value
            torch.save(model.state_dict(), given.out / "model.pt")
            (given.out / "figures.json").write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
