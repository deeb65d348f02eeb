"""A case as a folder: any text that a case can hold comes back to the byte."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.case import Case
from comity.desk.interchange import folder
from comity.words import Decision, DecisionKind, Document, Handling

text = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("\r\n\x85\u2028\x00🕊\u0301"), min_size=1)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.tuples(text, text, st.sampled_from(Handling)), min_size=1, max_size=3, unique_by=lambda t: t[0]), text
)
def test_any_text_comes_back(given_, note):
    with tempfile.TemporaryDirectory() as place:
        where = Path(place)
        with Case.create(where / "one.comity", 'title = "T"\n# 🕊\r\n', coder="ada") as case:
            made = [Document(f"d/{n}", t, title=title, handling=h) for n, (t, title, h) in enumerate(given_)]
            case.add(made)
            case.decide(Decision("", note, datetime.now(UTC), DecisionKind.PARAGRAPH, "brief", "moves", note, note))
            lines = list(case.dump())
        id_ = folder.write(lines, where / "folder", Handling.PROTECTED)
        with Case.load_dump(where / "two.comity", folder.read(where / "folder")) as again:
            assert list(again.dump()) == lines
            assert {d.text for d in again.documents()} == {t for t, _, _ in given_}
        assert folder.write(lines, where / "folder2", Handling.PROTECTED) == id_
