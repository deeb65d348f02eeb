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


def test_in_batch_it_prints_the_same(tmp_path: Path) -> None:
    given = files(tmp_path, "crossed(z) AND NOT ONCE[0,7d] notified(z)")
    plain = CliRunner().invoke(command, [*given, "--verbose"]).output
    assert CliRunner().invoke(command, [*given, "--verbose", "--batch"]).output == plain
    assert plain.count("time point") == 2


def test_memory_without_a_bound_is_told_before_the_log_is_read(tmp_path: Path) -> None:
    given = files(tmp_path, "crossed(z) AND NOT ONCE notified(z)")
    result = CliRunner().invoke(command, [*given[:4], "--check"])
    assert result.stderr.startswith("memory without a bound: ONCE[0,*) notified(z) keeps every binding of z")
    assert result.stdout.startswith("monitorable: ")


@pytest.mark.parametrize("way", [[], ["--batch"]])
def test_times_that_go_back_are_refused_or_put_in_order(tmp_path: Path, way: list[str]) -> None:
    given = files(tmp_path, "crossed(z) AND NOT ONCE[0,7d] notified(z)")
    (tmp_path / "a.log").write_text('@86400 crossed("north")("south")\n@0 notified("north")\n', encoding="utf8")
    with pytest.raises(InputError, match=r"a\.log, line 2: time goes back from 86400 to 0"):
        CliRunner().invoke(command, [*given, *way], catch_exceptions=False)
    result = CliRunner().invoke(command, [*given, *way, "--any-order"])
    assert result.output == '@86400 (time point 1): ("south")\n'


def test_a_log_that_is_not_there_is_told(tmp_path: Path) -> None:
    given = files(tmp_path, "crossed(z)")
    (tmp_path / "a.log").unlink()
    for way in ([], ["--batch"]):
        with pytest.raises(InputError, match="No such file"):
            CliRunner().invoke(command, [*given, *way], catch_exceptions=False)
