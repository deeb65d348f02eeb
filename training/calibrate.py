"""Fit and check the confidence of the exported model.

usage: python -m training.calibrate --model DIR [--write] [--plot FILE.svg]

Fits a rising curve for each part (source, cue, content, and content with source) on our own reports kept apart from
training, read as the product reads. What the fit is worth is told by crossing: the curves of each half of the reports
are tried on the other half, and the expected calibration error before and after is printed. Needs no torch.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from comity.reading.model.calibration import Curve, expected_calibration_error, fit
from comity.reading.model.decode import Decoded, decode
from comity.reading.model.runtime import Model, load
from comity.reading.model.windows import TALKS, windows
from training import measure, talks
from training.reliability import plot

PARTS = ("source", "cue", "content", "whole")
Spans = Sequence[Sequence[int]]
Pairs = list[tuple[float, bool]]


def outcomes(model: Model, documents: list[dict[str, Any]]) -> dict[str, list[tuple[float, bool]]]:
    """Raw probability of each part of each prediction, and whether it was right."""
    read = measure.pages(documents, lambda text: windows(text, model.tokenizer, register=TALKS), model.scores)
    out: dict[str, list[tuple[float, bool]]] = {part: [] for part in PARTS}
    for document, scored in read:
        for window, scores in scored:
            for one in decode(scores, window.within, window.marks, model.heads, model.settings):
                right = judged(measure.spans(one, window), document)
                for part, raw in zip(PARTS, raws(one), strict=True):
                    out[part].append((raw, right[part]))
    return out


def raws(one: Decoded) -> tuple[float, float, float, float]:
    """The probabilities before calibration, that of content and source together last."""
    source, cue, content = one.sure
    return source, cue, content, source * cue * content


def judged(predicted: dict[str, list[tuple[int, int]]], document: dict[str, Any]) -> dict[str, bool]:
    """Which parts are right, by the gold attribution whose content (else whose cue) agrees best."""
    text = document["text"]
    best = max(
        document["attributions"],
        key=lambda g: (_jaccard(g["content"], predicted["content"], text), _meets(g["cue"], predicted["cue"])),
        default=None,
    )
    if best is None:
        return dict.fromkeys(PARTS, False)
    content = _jaccard(best["content"], predicted["content"], text) >= 0.5
    cue = _meets(best["cue"], predicted["cue"])
    related = content or cue
    named, given = best.get("source") or [], predicted["source"]
    source = related and (_meets(named, given) or not (named or given))
    return {"source": source, "cue": cue, "content": content, "whole": content and source}


def _letters(spans: Spans, text: str) -> set[int]:
    return {i for s, e in spans for i in range(s, min(e, len(text))) if not text[i].isspace()}


def _jaccard(a: Spans, b: Spans, text: str) -> float:
    x, y = _letters(a, text), _letters(b, text)
    return len(x & y) / max(1, len(x | y))


def _meets(a: Spans, b: Spans) -> bool:
    return any(s < f and g < e for s, e in a for g, f in b)


def main() -> None:
    """Fit, print and write."""
    ask = argparse.ArgumentParser(prog="python -m training.calibrate", description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--model", type=Path, required=True)
    ask.add_argument("--write", action="store_true")
    ask.add_argument("--plot", type=Path)
    given = ask.parse_args()
    model = load(given.model)
    apart = talks.kept_apart()
    documents = [{"document": r.name, "text": r.text, "attributions": r.attributions()} for r in apart]
    halves = [outcomes(model, documents[k::2]) for k in (0, 1)]
    both = {part: halves[0][part] + halves[1][part] for part in PARTS}
    curves = {part: fit(*zip(*pairs, strict=True)) for part, pairs in both.items()}
    after = {part: _crossed(halves[0][part], halves[1][part]) for part in PARTS}
    figures = {}
    for part in PARTS:
        before, now = _error(both[part]), _error(after[part])
        figures[part] = {"before": round(before, 3), "after": round(now, 3)}
        print(f"{part:8} {len(both[part])} predictions, calibration error {before:.3f} before, {now:.3f} after")
    if given.plot:
        plot(after, given.plot)
    if given.write:
        _write(given.model / "attribution.json", curves, figures)


def _crossed(first: Pairs, second: Pairs) -> Pairs:
    """Each half with the chances that the curve of the other half gives."""
    curves = (fit(*zip(*half, strict=True)) for half in (second, first))
    return [(curve(p), right) for curve, half in zip(curves, (first, second), strict=True) for p, right in half]


def _error(pairs: Pairs) -> float:
    return expected_calibration_error([p for p, _ in pairs], [r for _, r in pairs])


def _write(path: Path, curves: dict[str, Curve], figures: dict[str, Any]) -> None:
    about = json.loads(path.read_text(encoding="utf-8"))
    about["calibration"] = {part: [list(point) for point in curve.points] for part, curve in curves.items()}
    about["calibration_error"] = figures
    path.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
