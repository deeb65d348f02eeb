"""The dossier of one issue, in every format: only its own, in order, with numbered citations that lead somewhere."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from typing import Any

import pypdf
import pytest

from comity.desk.report import dossier
from comity.desk.report.outline import Passages
from comity.words import InputError, Review


@pytest.fixture
def tolls(brief: Any, scene: Any) -> dossier.Dossier:
    return dossier.dossier(brief, scene.ledger, "tolls")


def test_only_what_is_of_the_issue(tolls: dossier.Dossier) -> None:
    assert [r.issue for r in tolls.brief.rows] == ["tolls"]
    assert {s.issue for s in tolls.statements} == {"tolls"}
    assert tolls.brief.counts.statements == len(tolls.statements) == 3
    assert all(d.issue == "tolls" for d in tolls.brief.disagreements)
    assert tolls.brief.paragraphs == ()


def test_statements_come_in_order(tolls: dossier.Dossier) -> None:
    published = {s.document: s.published for s in tolls.brief.sources}
    days = [s.said.latest or published[s.document] or date.max for s in tolls.statements]
    assert days == sorted(days)


def test_citations_are_numbered_in_the_order_they_come(tolls: dossier.Dossier) -> None:
    shown = dossier.blocks(tolls)
    (passages,) = [b for b in shown if isinstance(b, Passages)]
    assert [number for number, _, _ in passages.rows] == [str(n) for n in range(1, len(passages.rows) + 1)]
    text = dossier.written(tolls.brief, shown, "term")
    assert isinstance(text, str)
    body, _, notes = text.partition("Passages cited")
    cited = {int(n) for group in re.findall(r"\[([\d,\s]+)\]", body) for n in group.split(",")}
    assert cited == set(range(1, len(passages.rows) + 1))
    quotes = {c.label: c.quote for c in tolls.brief.citations}
    for _, quote, credit in passages.rows:
        assert quotes[credit.partition(";")[0]] == quote
    assert "insists on a permanent toll" in notes


def test_every_format(tolls: dossier.Dossier) -> None:
    shown = dossier.blocks(tolls)
    made = dossier.written(tolls.brief, shown, "docx")
    assert made == dossier.written(tolls.brief, shown, "docx")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:  # type: ignore[arg-type]
        text = archive.read("word/document.xml").decode()
    assert 'w:anchor="p_1"' in text
    assert 'w:name="p_1"' in text
    pdf = dossier.written(tolls.brief, shown, "pdf")
    read = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)  # type: ignore[arg-type]
    assert "Tolls: dossier" in read
    assert "refuse any toll whatsoever" in read
    assert "# Tolls: dossier" in str(dossier.written(tolls.brief, shown, "md"))
    data = json.loads(dossier.as_json(tolls))
    assert (data["comity_dossier"], data["issue"]["id"], len(data["statements"])) == (1, "tolls", 3)
    with pytest.raises(InputError):
        dossier.written(tolls.brief, shown, "html")


def test_an_issue_of_which_nothing_is_said(brief: Any, scene: Any) -> None:
    made = dossier.dossier(brief, scene.ledger, "talks")
    text = str(dossier.written(made.brief, dossier.blocks(made), "term"))
    assert "Talks and channels: dossier" in text
    with pytest.raises(InputError, match="no issue is called 'nothing'"):
        dossier.dossier(brief, scene.ledger, "nothing")
    assert all(c.review in Review for c in made.brief.citations)
