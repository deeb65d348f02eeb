"""comity picture: from a case to a file, in every format, of public material only unless asked."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_every_picture_is_written_in_every_format(comity: Run, case: Path) -> None:
    for name in ("timeline", "gap", "matrix", "network"):
        for format_, begins in (("svg", b"<svg"), ("json", b"{"), ("csv", b"")):
            path = case.parent / f"{name}.{format_}"
            ran = comity("picture", case, name, "-o", path)
            assert ran.code == 0, ran.err
            assert path.read_bytes().startswith(begins)
        whole = json.loads((case.parent / f"{name}.json").read_text(encoding="utf-8"))
        with (case.parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert head == whole["table"]["columns"]
        assert len(rows) == len(whole["table"]["rows"]) > 0
        assert whole["spec"]["$schema"].endswith("vega-lite/v6.json")
    assert comity("picture", case, "gap", "-o", case.parent / "gap.png").code == 0
    assert (case.parent / "gap.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_of_the_screen_is_text_and_a_png_is_not(comity: Run, case: Path) -> None:
    ran = comity("picture", case, "timeline", "--format", "csv", "--issue", "flow")
    issues = {row["issue"] for row in csv.DictReader(io.StringIO(ran.out)) if row["kind"] == "statement"}
    assert (ran.code, issues) == (0, {"Guaranteed flow"})
    assert comity("picture", case, "timeline", "--format", "png").code == 2
    assert "no format is given" in comity("picture", case, "timeline").err
    assert "no issue is called 'flows'" in comity("picture", case, "timeline", "--issue", "flows", "-o", "a.svg").err
    assert not Path("a.svg").exists()
    assert "tells no format" in comity("picture", case, "gap", "-o", "gap.gif").err


def test_what_is_not_public_stays_out_unless_asked(comity: Run, case: Path) -> None:
    from datetime import UTC, datetime

    from comity.case import Case
    from comity.words import Decision, DecisionKind

    with Case.open(case) as opened:
        second = opened.documents()[1].id
        opened.decide(
            Decision("", "ada", datetime.now(UTC), DecisionKind.DOCUMENT, second, field="handling", value="protected")
        )
    public = comity("picture", case, "timeline", "--format", "csv").out
    asked = comity("picture", case, "timeline", "--format", "csv", "--handling", "protected").out
    assert "12 months" not in public
    assert "12 months" in asked
