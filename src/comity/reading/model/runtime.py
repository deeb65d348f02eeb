"""The shipped attribution model, run by onnxruntime on one thread.

The session is opened when it is first asked for, once a process: a fork before that shares nothing, and a process that
never asks pays nothing. One window is run at a time, without padding, so that a window's numbers never depend on its
neighbours in a batch.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.reading.model.calibration import Curve
from comity.reading.model.decode import Decoded, Heads, Scores, Settings, characters, decode
from comity.reading.model.windows import SIGNS, TALKS, Window, windows
from comity.words import InputError, Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FILES = Path(__file__).parent / "files"
"""Where the shipped model is: attribution.onnx, attribution.json, tokenizer.json."""


@dataclass(frozen=True)
class Sure:
    """How likely each part is right, from 0 to 1, calibrated on text that the model was not trained on.

    `whole` is the chance that the content and its source are both right, `more` that of what goes on without a cue: the
    same for all, the share that was right in reports kept apart.
    """

    source: float
    cue: float
    content: float
    whole: float
    more: float = 0.0


@dataclass(frozen=True)
class Triple:
    """Who (source), by which words (cue), is reported to have said or thought what (content).

    Spans are characters of the text, in order; `source` is empty where nobody is named. A content has several spans
    where the cue interrupts it. `more` is what the same speaker goes on to say in sentences without a cue.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    sure: Sure
    more: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Model:
    """A model with all that belongs to it: session, tokenizer, the linker's weights, thresholds and calibration."""

    name: str
    session: InferenceSession
    tokenizer: Tokenizer
    heads: Heads
    settings: Settings
    curves: Mapping[str, Curve]
    more: float = 0.0

    def scores(self, window: Window) -> Scores:
        """What the network says of one window."""
        given = {"ids": window.ids[None], "signs": window.signs[None]}
        return Scores(*(each[0] for each in self.session.run(None, given)))

    def attribute(self, text: str, register: str = TALKS) -> tuple[Triple, ...]:
        """The attributions of `text`, in order of their cues, as annotators of `register` would have them."""
        return tuple(
            self._triple(one, window)
            for window in windows(text, self.tokenizer, register=register)
            for one in decode(self.scores(window), window.within, window.marks, self.heads, self.settings)
        )

    def _triple(self, one: Decoded, window: Window) -> Triple:
        source, cue, content = (
            self.curves[role](p) for role, p in zip(("source", "cue", "content"), one.sure, strict=True)
        )
        whole = self.curves["whole"](one.sure[0] * one.sure[1] * one.sure[2])
        return Triple(
            tuple(characters(r, window.spans) for r in one.source),
            (characters(one.cue, window.spans),),
            tuple(characters(r, window.spans) for r in one.content),
            Sure(source, cue, content, whole, self.more),
            tuple(characters(r, window.spans) for r in one.more),
        )


def available(folder: Path = FILES) -> bool:
    """True if a model lies in `folder`."""
    return all((folder / name).exists() for name in ("attribution.onnx", "attribution.json", "tokenizer.json"))


@functools.lru_cache(maxsize=2)
def load(folder: Path = FILES) -> Model:
    """The model in `folder`, opened once a process.

    Raises
    ------
    InputError
        If a file of the model is missing or is not that of the settings beside it.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    if not available(folder):
        raise InputError(
            "no attribution model here", file=str(folder), hint="make train builds one; or read with rules"
        )
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    about: dict[str, Any] = json.loads((folder / "attribution.json").read_text(encoding="utf-8"))
    if about.get("signs") != SIGNS:
        raise InputError(
            f"the model is of another form: this version gives it {SIGNS} signs of how words are written",
            file=str(folder / "attribution.json"),
            field="signs",
            hint="make train builds one of today's form; or read with rules",
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(folder / "attribution.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # one node for sum and norm takes longer than two
    )
    heads = Heads(*(np.array(about["heads"][k], dtype=np.float32) for k in ("bias", "distance")))
    curves = {name: Curve.of(points) for name, points in about["calibration"].items()}
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Model(
        about["name"],
        session,
        tokenizer,
        heads,
        Settings(**about["settings"]),
        curves,
        about["more"],
    )


def attribute(text: str, register: str = TALKS) -> tuple[Triple, ...]:
    """Who is reported to have said or thought what in `text`, by the shipped model.

    A pure function of the text on one kind of processor; between kinds the last digits of a confidence may differ.
    """
    return load().attribute(text, register)
