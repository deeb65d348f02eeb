"""The shipped model gives the numbers that torch gave, within what eight bits allow."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from comity.reading import model
from comity.reading.model.decode import Settings, decode, links
from comity.reading.model.runtime import FILES, load
from comity.reading.model.windows import windows
from comity.words import InputError

shipped = pytest.mark.skipif(not model.available(), reason="no model is shipped with this checkout: make train")


@shipped
def test_numbers_are_those_of_torch() -> None:
    ours = load()
    for row in json.loads((FILES / "reference.json").read_text(encoding="utf-8")):
        (window,) = windows(row["text"], ours.tokenizer)
        scores = ours.scores(window)
        wanted = np.array(row["tags"])
        assert np.abs(scores.tags - wanted).mean() < 0.2
        assert (scores.tags.argmax(-1) == wanted.argmax(-1)).mean() > 0.98
        found = decode(scores, window.within, window.marks, ours.heads, Settings())
        assert [one.cue for one in found] == [tuple(cue) for cue in row["cues"]]
        for cue, claimed in zip(row["cues"], row["links"], strict=True):
            agree = (links(scores, ours.heads, tuple(cue)) > 0) == (np.array(claimed) > 0)
            assert agree.mean() > 0.97


@shipped
def test_the_settings_are_those_of_the_file_beside_them() -> None:
    about = json.loads((FILES / "attribution.json").read_text(encoding="utf-8"))
    assert about["sha256"] == sha256((FILES / "attribution.onnx").read_bytes()).hexdigest()
    assert sum(path.stat().st_size for path in FILES.iterdir()) < 30e6


@shipped
def test_a_quotation_and_a_paraphrase() -> None:
    text = "“We will not cede the island,” the minister told reporters. Her colleague said talks would resume."
    first, second = model.attribute(text)
    assert [text[a:b] for a, b in first.source] == ["the minister"]
    assert "We will not cede the island" in text[slice(*first.content[0])]
    assert [text[a:b] for a, b in second.source] == ["Her colleague"]
    assert [text[a:b] for a, b in second.cue] == ["said"]
    assert text[slice(*second.content[0])].startswith("talks would resume")
    for each in (first.sure, second.sure):
        assert all(0 <= x <= 1 for x in (each.source, each.cue, each.content, each.whole))


@shipped
def test_the_same_text_reads_the_same() -> None:
    text = "The envoy said the port would open.\n\n" * 40
    assert model.attribute(text) == model.attribute(text)
    assert model.attribute("") == ()


def test_a_folder_without_a_model_is_refused(tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(InputError, match="make train"):
        load(Path(str(tmp_path)))


@shipped
def test_a_model_of_an_older_form_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FILES, tmp_path, dirs_exist_ok=True)
    about = json.loads((tmp_path / "attribution.json").read_text(encoding="utf-8"))
    del about["signs"]
    (tmp_path / "attribution.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(InputError, match=r"another form.*make train"):
        load(tmp_path)
