"""The reference page names every format, suffix and field, and its examples run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comity.record import formats
from comity.record.columns import MAPPABLE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def test_every_format_and_suffix_is_documented() -> None:
    section = PAGE.split("## What is read")[1].split("\n### ")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section, re.MULTILINE))
    for each in formats():
        assert each.name in rows
        assert set(each.suffixes) - {".tgz"} <= set(rows[each.name].replace(",", " ").split())


def test_every_field_is_documented() -> None:
    section = PAGE.split("### Columns of JSON lines and CSV")[1].split("\n## ")[0].replace("the outlet", "source")
    for field in MAPPABLE:
        assert field in section or field == "published"


def test_written_formats_are_documented() -> None:
    section = PAGE.split("## What is written")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == {f.name for f in formats() if f.write}


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
def test_the_examples_run(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "formats.md", "exec"), {})
