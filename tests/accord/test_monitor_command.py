"""`comity monitor` prints what MonPoly prints, and says in one line what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.desk.commands.monitor import command
from comity.words import InputError


def files(folder: Path, formula: str) -> list[str]:
    (folder / "a.sig").write_text("crossed(string) notified(string)", encoding="utf8")
    (folder / "a.mfotl").write_text(formula, encoding="utf8")
    (folder / "a.log").write_text('@0 notified("north")\n@86400 crossed("north")("south")\n', encoding="utf8")
    return ["--sig", f"{folder}/a.sig", "--formula", f"{folder}/a.mfotl", "--log", f"{folder}/a.log"]


def test_crossings_nobody_was_told_of(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, files(tmp_path, "crossed(z) AND NOT ONCE[0,7d] notified(z)"))
    assert result.output == '@86400 (time point 1): ("south")\n'


def test_a_formula_without_variables_is_true_or_false(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [*files(tmp_path, 'crossed("south")'), "--verbose"])
    assert result.output.splitlines() == ["@0 (time point 0): false", "@86400 (time point 1): true"]


def test_what_is_not_monitorable_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="EVENTUALLY needs an upper bound"):
        CliRunner().invoke(command, files(tmp_path, "EVENTUALLY crossed(z)"), catch_exceptions=False)
