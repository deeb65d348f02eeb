"""Write the trained reader as int8 ONNX, with the numbers that a test compares without torch.

usage: python -m training.export --weights MODEL.pt --out DIR [--name NAME]

Writes attribution.onnx, attribution.json (the linker's own weights, thresholds, calibration, what it was trained on)
and tokenizer.json into OUT, and reference.json: torch's float32 numbers for a few sentences. Weights of every matrix
product are quantised to 7 of 8 bits a channel: with the eighth, processors without VNNI instructions overflow and the
model would read differently there. Thresholds and calibration already in OUT/attribution.json are kept.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from comity.reading.model.decode import Settings, decode, links
from comity.reading.model.windows import SIGNS, windows
from training import encoder, network
from training.attribution import heads_of, reader, scores_of, tokenizer_of

OPSET = 17
INPUTS = ("ids", "signs")
OUTPUTS = ("tags", "queries", "keys")
REFERENCE = (
    "“We will not cede the island,” the minister told reporters on Monday. Her colleague said talks would resume "
    "once the fleet had left.",
    "According to a report in the Harbour Gazette, the envoy believes that both sides want a longer truce.",
    "The council met for three hours and adjourned.",
)
"""Sentences of our own: a quotation and a paraphrase, a chain, and one without attribution."""


class _Unpadded(torch.nn.Module):
    """The network for one window without padding: no mask of attention, a plain tuple as output."""

    def __init__(self, model: network.Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, signs: torch.Tensor) -> tuple[torch.Tensor, ...]:
        body = self.model.encoder
        embedded = body.embeddings(input_ids=ids, token_type_ids=signs)
        hidden = body.encoder(embedded, attention_mask=None).last_hidden_state
        return tuple(self.model.heads(hidden)[: len(OUTPUTS)])


def onnx_of(model: network.Reader, path: Path) -> None:
    """The float32 graph. Reading never pads, and a mask would cost a tenth of the time."""
    free = {0: "batch", 1: "pieces"}
    torch.onnx.export(
        _Unpadded(model).eval(),
        (torch.randint(1000, 20000, (1, 40)), torch.randint(SIGNS, (1, 40))),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=dict.fromkeys((*INPUTS, *OUTPUTS), free),
        opset_version=OPSET,
        dynamo=False,
    )


def quantised(whole: Path, path: Path) -> None:
    """The int8 graph."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)


def reference(model: network.Reader, tokenizer: Any) -> list[dict[str, Any]]:
    """Torch's numbers for the sentences of `REFERENCE`: tags, and the links of each cue."""
    out = []
    for text in REFERENCE:
        (window,) = windows(text, tokenizer)
        scores = scores_of(model, window, quick=False)
        cues = [one.cue for one in decode(scores, window.within, window.marks, heads_of(model), Settings())]
        claimed = [np.round(links(scores, heads_of(model), cue), 3).tolist() for cue in cues]
        out.append({"text": text, "tags": np.round(scores.tags, 3).tolist(), "cues": cues, "links": claimed})
    return out


def kept_settings(known: dict[str, Any]) -> dict[str, float]:
    """The settings of an earlier export, as long as they are those that decoding asks for; else those before tuning."""
    plain = vars(Settings())
    found: dict[str, float] = known.get("settings", plain)
    return found if found.keys() == plain.keys() else plain


def main() -> None:
    """Export and say how large the files are."""
    ask = argparse.ArgumentParser(prog="python -m training.export", description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--encoder", type=Path, help="by default the package's")
    ask.add_argument("--weights", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--name", default="comity-attribution/0.4")
    given = ask.parse_args()
    given.encoder = given.encoder or encoder.folder()
    model = reader(given.encoder, attention="eager")
    model.load_state_dict(torch.load(given.weights, map_location="cpu", weights_only=True))
    model.eval()
    tokenizer = tokenizer_of(given.encoder)
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        onnx_of(model, whole)
        quantised(whole, given.out / "attribution.onnx")
    shutil.copy(given.encoder / "tokenizer.json", given.out / "tokenizer.json")
    heads = heads_of(model)
    path = given.out / "attribution.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    straight = [[0.0, 0.0], [1.0, 1.0]]
    about = {
        "name": given.name,
        "signs": SIGNS,
        "more": known.get("more", 0.0),
        "settings": kept_settings(known),
        "calibration": known.get("calibration", dict.fromkeys(("source", "cue", "content", "whole"), straight)),
        "trained": json.loads(given.weights.with_name("figures.json").read_text(encoding="utf-8")),
        "sha256": sha256((given.out / "attribution.onnx").read_bytes()).hexdigest(),
        "heads": {"bias": heads.bias.tolist(), "distance": np.round(heads.distance, 5).tolist()},
    }
    path.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    reference_path = given.out / "reference.json"
    reference_path.write_text(json.dumps(reference(model, tokenizer)) + "\n", encoding="utf-8")
    for each in sorted(given.out.iterdir()):
        print(f"{each.name:20} {each.stat().st_size / 1e6:6.2f} MB")


if __name__ == "__main__":
    main()
