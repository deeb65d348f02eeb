"""Train the attribution reader on PolNeAR and print its dev figures after each epoch.

usage: python -m training.attribution --out DIR [--seed 1] [--epochs 6]

Trains on PolNeAR and on our own reports together: the first piece of a window tells which it is. Keeps the weights of
the best epoch, OUT/model.pt: by attribution F1 with source on dev and on our own reports kept apart. Deterministic on
one machine with one thread.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from comity.reading.model.decode import Heads, Scores, Settings
from comity.reading.model.windows import TALKS, Window, windows
from training import encoder, labels, measure, network, quick, talks

DATA = Path(__file__).parents[1].parent / "shared" / "data"


def tokenizer_of(folder: Path) -> Tokenizer:
    """The encoder's tokenizer, without padding and cutting."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def reader(folder: Path, attention: str = quick.NAME) -> network.Reader:
    """The network over a pretrained encoder, heads untrained. Attention dropout is off: it costs a third of a step."""
    body = AutoModel.from_pretrained(
        folder, attn_implementation=attention, add_pooling_layer=False, attention_probs_dropout_prob=0.0
    )
    return network.Reader(network.with_signs(body), body.config.hidden_size)


def heads_of(model: network.Reader) -> Heads:
    """The linker's own weights, for decoding."""
    return Heads(model.bias.detach().numpy(), model.distance.detach().numpy())


@torch.no_grad()
def scores_of(model: network.Reader, window: Window, quick: bool = True) -> Scores:
    """The network's numbers for one window; `quick` computes in bfloat16."""
    ids, signs = (torch.from_numpy(each)[None] for each in (window.ids, window.signs))
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=quick):
        output = model(ids, signs, torch.ones_like(ids))
    return Scores(*(each[0].float().numpy() for each in output))


def evaluate(model: network.Reader, documents: list[dict[str, Any]], tokenizer: Tokenizer) -> dict[str, float]:
    """F1 figures of `documents` with the settings as they are before tuning."""
    model.eval()
    read = measure.pages(documents, lambda text: windows(text, tokenizer), lambda w: scores_of(model, w))
    return measure.f1(measure.count(read, heads_of(model), Settings()))


def evaluate_talks(model: network.Reader, reports: list[talks.Report], tokenizer: Tokenizer) -> dict[str, float]:
    """Of our own reports kept apart: acts of the gold's statements, and F1 of the words that go on without a cue."""
    model.eval()
    read = measure.read_talks(
        reports, lambda text: windows(text, tokenizer, register=TALKS), lambda w: scores_of(model, w)
    )
    found = measure.of_talks(read, heads_of(model), Settings())
    own = {f"own {name}": value for name, value in measure.f1(found.found).items() if not name.startswith("exact")}
    return {**own, "acts": round(100 * found.acts, 1), "goes on": round(100 * found.goes_on, 1)}


def groups(model: network.Reader, rate: float, decay: float) -> list[dict[str, Any]]:
    """Layer-wise learning rates: lower layers move less, the new heads four times as much as the top one."""
    layers = len(model.encoder.encoder.layer)
    by_rate: dict[float, list[Any]] = {}
    for name, parameter in model.named_parameters():
        each = rate * 4
        if name.startswith("encoder."):
            depth = int(name.split("layer.")[1].split(".")[0]) + 1 if "layer." in name else 0
            each = rate * decay ** (layers - depth)
        by_rate.setdefault(each, []).append(parameter)
    return [{"params": parameters, "lr": each} for each, parameters in by_rate.items()]


def batches(examples: list[labels.Example], size: int) -> list[list[labels.Example]]:
    """Batches in random order, each of windows of like length."""
    order = list(range(len(examples)))
    random.shuffle(order)
    pools = [order[k : k + 40 * size] for k in range(0, len(order), 40 * size)]
    order = [i for pool in pools for i in sorted(pool, key=lambda i: len(examples[i].window.ids))]
    cut = [[examples[i] for i in order[k : k + size]] for k in range(0, len(order), size)]
    random.shuffle(cut)
    return cut


def epoch_of(
    model: network.Reader,
    chosen: list[list[labels.Example]],
    optimiser: Any,
    schedule: Any,
) -> Iterator[float]:
    """One pass over the batches; gives each step's loss."""
    model.train()
    for batch in chosen:
        ids, signs, attention = network.collate(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = model(ids, signs, attention)
        value = network.loss(model, output, batch, attention)
        optimiser.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        yield float(value.detach())


def options() -> argparse.ArgumentParser:
    """What can be asked for."""
    ask = argparse.ArgumentParser(prog="python -m training.attribution", description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--data", type=Path, default=DATA, help="the folder that holds polnear/")
    ask.add_argument("--encoder", type=Path, help="the folder of the pretrained encoder; by default the package's")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--epochs", type=int, default=6)
    ask.add_argument("--rate", type=float, default=3.5e-4)
    ask.add_argument("--decay", type=float, default=0.9)
    ask.add_argument("--batch", type=int, default=8)
    ask.add_argument("--talks", type=int, default=1, help="how often each of our own reports is seen an epoch")
    ask.add_argument("--limit", type=int, default=0, help="so many articles only, to try things out")
    return ask


def main() -> None:
    """Train and print figures."""
    given = options().parse_args()
    given.encoder = given.encoder or encoder.folder()
    random.seed(given.seed)
    np.random.seed(given.seed)
    torch.manual_seed(given.seed)
    tokenizer = tokenizer_of(given.encoder)
    train = labels.load(given.data / "polnear" / "train.jsonl.gz")
    dev = labels.load(given.data / "polnear" / "dev.jsonl.gz")
    if given.limit:
        train, dev = train[: given.limit], dev[: max(4, given.limit // 8)]
    model = reader(given.encoder)
    quick.quicken(model, given.seed)
    examples = [e for d in train for e in labels.examples(d, tokenizer)]
    ours = talks.load() if given.talks else []
    apart = [r for r in ours if talks.apart(r)]
    told = [e for r in ours if not talks.apart(r) for e in labels.told_examples(r, tokenizer)]
    print(
        f"seed {given.seed}: {len(train)} annotated articles, {len(examples)} windows; "
        f"{len(ours) - len(apart)} reports of our own, {len(told)} windows; {len(apart)} kept apart",
        flush=True,
    )
    steps = given.epochs * ((len(examples) + len(told) * given.talks) // given.batch + 1)
    optimiser = torch.optim.AdamW(groups(model, given.rate, given.decay), weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / (0.06 * steps)) * max(0.0, 1 - s / steps)
    )
    best, started = 0.0, time.time()
    given.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(given.epochs):
        losses = []
        drawn = random.sample(examples, len(examples)) + told * given.talks
        for value in epoch_of(model, batches(drawn, given.batch), optimiser, schedule):
            losses.append(value)
            if len(losses) % 50 == 0:
                recent = np.mean(losses[-50:])
                print(
                    f"  epoch {epoch + 1} step {len(losses)} loss {recent:.3f} {time.time() - started:.0f} s",
                    flush=True,
                )
        figures = {**evaluate(model, dev, tokenizer), **evaluate_talks(model, apart, tokenizer)}
        print(json.dumps({"epoch": epoch + 1, "seconds": round(time.time() - started), **figures}), flush=True)
        worth = figures["attribution + source"] + figures.get("own attribution + source", 0.0)
        if worth > best:
            best = worth
            torch.save(model.state_dict(), given.out / "model.pt")
            about = {"seed": given.seed, "epoch": epoch + 1, "epochs": given.epochs, "dev": figures}
            (given.out / "figures.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
