"""The reader is chosen on the command line, and every result names it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from comity.desk.cli import comity

REPORT = "The Norwegian minister said Norway would lift the ban if quotas were cut. Talks go on."


def read(tmp_path: Path, *options: str) -> list[dict[str, object]]:
    file = tmp_path / "a.txt"
    file.write_text(REPORT, encoding="utf-8")
    done = CliRunner().invoke(comity, ["read", str(file), "--published", "2031-03-04", "-q", *options])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_reading_names_its_reader(tmp_path: Path) -> None:
    assert str(read(tmp_path)[0]["reader"]).startswith("comity-rules/")
    assert str(read(tmp_path, "--reader", "model")[0]["reader"]).startswith("comity-model/")


def test_a_case_is_read_with_the_rules(tmp_path: Path) -> None:
    case = tmp_path / "talks.comity"
    assert CliRunner().invoke(comity, ["new", str(case)]).exit_code == 0
    done = CliRunner().invoke(comity, ["brief", str(case), "--reader", "model"])
    assert done.exit_code != 0
    assert "a case is read with the rules" in (done.output + str(done.exception))
