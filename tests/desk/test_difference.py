"""What differs between two dates: by value, and as it is told."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

import pypdf

from comity.desk.report import difference
from comity.desk.report.dossier import written
from comity.words import ChangeKind, State


def earlier(ledger: Any) -> Any:
    """The ledger before the second report: without its statements and what rests on them."""
    late = {s.id for s in ledger.statements if not s.id.startswith("meridian")}

    def old(row: Any) -> bool:
        return not late & {*row.statements, *getattr(row, "against", ())}

    statuses = tuple(s if old(s) else replace(s, state=State.SILENT, statements=()) for s in ledger.statuses)
    return replace(
        ledger,
        statements=tuple(s for s in ledger.statements if s.id not in late),
        positions=tuple(p for p in ledger.positions if old(p)),
        statuses=statuses,
        tensions=tuple(t for t in ledger.tensions if old(t)),
    )


def test_by_value(scene: Any) -> None:
    before = earlier(scene.ledger)
    found = difference.difference(before, scene.ledger)
    assert {c.kind for c in found.changes} == {ChangeKind.NEW}
    assert {c.issue for c in found.changes} >= {"tolls", "flow", "barges"}
    states = {s.issue: (s.before.state, s.after.state) for s in found.states if s.before and s.after}
    assert states["tolls"] == (State.SILENT, State.BLOCKED)
    assert "turbines" not in states
    assert len(found.arisen) == len(scene.ledger.tensions)
    assert (found.gone, set(found.documents)) == ((), {"harbour", "naharda", "wire-copy"})
    back = difference.difference(scene.ledger, before)
    assert back.gone == found.arisen
    same = difference.difference(scene.ledger, scene.ledger)
    assert (same.changes, same.states, same.arisen, same.gone, same.documents, same.statements) == ((),) * 5 + (0,)


def test_as_it_is_told(scene: Any, brief: Any) -> None:
    found = difference.difference(earlier(scene.ledger), scene.ledger)
    shown = difference.blocks(found, brief)
    text = str(written(brief, shown, "term"))
    assert "insists on a permanent toll" in text
    body, _, notes = text.partition("Passages cited")
    cited = {int(n) for group in re.findall(r"\[([\d,\s]+)\]", body) for n in group.split(",")}
    assert cited == set(range(1, len(cited) + 1))
    assert len(re.findall(r"^\d+  “", notes, re.M)) == len(cited)
    docx = written(brief, shown, "docx")
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:  # type: ignore[arg-type]
        assert "permanent toll" in archive.read("word/document.xml").decode()
    pdf = written(brief, shown, "pdf")
    read = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)  # type: ignore[arg-type]
    assert "States of issues" in read
    assert "No position is reported" in str(
        written(brief, difference.blocks(difference.difference(scene.ledger, scene.ledger), brief), "md")
    )
    assert json.loads(difference.as_json(found))["changes"][0]["kind"] == "new"
