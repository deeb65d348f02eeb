"""Every command on the page about these pages runs, one after another, on the case made by hand."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "desk" / "pages.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_commands_of_the_page_run(
    case_path: Path, read_by_hand: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    from comity.desk.cli import main

    monkeypatch.setattr("comity.desk.flow.read_all", read_by_hand)
    monkeypatch.chdir(case_path.parent)
    monkeypatch.setenv("COMITY_CODER", "ada")
    lines = [line for block in BLOCKS for line in block.splitlines() if line.startswith("comity ")]
    assert len(lines) >= 12
    for line in lines:
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(line)[1:])
        printed = capsys.readouterr()
        assert not ended.value.code, f"{line}\n{printed.err}"
    for name in ("timeline.svg", "flow.png", "gap.svg", "matrix.csv", "network.json"):
        assert (case_path.parent / name).stat().st_size > 0
