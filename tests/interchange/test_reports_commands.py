"""comity dossier and comity difference, from a case."""

from __future__ import annotations

import pytest


def test_every_format(case, comity, tmp_path):
    for suffix in ("docx", "pdf", "md", "json", "txt"):
        ran = comity("dossier", "flow", case, "-o", f"flow.{suffix}")
        assert ran.code == 0, ran.err
        assert "; export " in ran.err
        ran = comity("difference", case, "--since", "2031-03-05", "-o", f"week.{suffix}")
        assert ran.code == 0, ran.err
        assert (tmp_path / f"flow.{suffix}").stat().st_size
        assert (tmp_path / f"week.{suffix}").stat().st_size
    assert "Tashq accepts the flow" in comity("dossier", "flow", case, "-q").out
    out = comity("difference", case, "--since", "2031-03-05", "-q").out
    assert "Lowland Wire" in out
    assert "Harbour Post" not in out.partition("New documents")[2].partition("Passages cited")[0]


def test_no_protected_word_leaves(case, comity, tmp_path):
    ids = comity("export", case, "statements", "--format", "csv", "-q").out.splitlines()
    flow = next(row.partition(",")[0] for row in ids if "accepts the flow" in row)
    document = flow.partition("#")[0]
    assert comity("review", case, "--accept", flow, "--note", "Marchpane", "--label", "protected", "-q").code == 0
    assert comity("note", case, "moves", "Ask Marchpane.", "--label", "protected", "-q").code == 0
    for command in (("dossier", "flow", case), ("difference", case, "--since", "2031-03-05")):
        for suffix in ("md", "json", "txt"):
            assert comity(*command, "-o", f"x.{suffix}").code == 0
            content = (tmp_path / f"x.{suffix}").read_text()
            assert document in content or "Lowland" in content
            for word in ("Marchpane", "Zubrowka", "the quarry"):
                assert word not in content


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("dossier", "wine", "sill.comity"), "no issue is called 'wine'"),
        (("dossier", "flow", "sill.comity", "-o", "x.xlsx"), "tells no format"),
        (("dossier", "flow", "sill.comity", "--format", "pdf"), "cannot be shown"),
        (("dossier", "flow", "sill.comity", "--as-of", "1999-01-01"), "no document was published"),
        (("dossier", "flow", "sill.comity", "other.txt"), "cannot be mixed"),
        (("difference", "sill.comity"), "--since"),
        (("difference", "sill.comity", "--since", "2031-03-06", "--as-of", "2031-03-05"), "is not before"),
    ],
)
def test_errors(case, comity, arguments, told):
    ran = comity(*arguments)
    assert ran.code == 2
    assert told in ran.err
