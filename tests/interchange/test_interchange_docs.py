"""Every command and every block of Python in these pages runs, one after another, on a small case."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

PAGES = ("coders", "networks", "interchange", "handling", "python")
DOCS = Path(__file__).parents[2] / "docs" / "desk"
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\[[^\]\n]+\]\(([^)\s#]+)[^)]*\)")


@pytest.fixture
def talks(case, tmp_path):
    """The case under the name that the pages use, and the small files they suppose."""
    (tmp_path / "my-note.txt").write_text("Tashq would take fifteen months.", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("correct horse battery\n", encoding="utf-8")
    return case.rename(tmp_path / "talks.comity")


@pytest.mark.parametrize("page", PAGES)
def test_all_that_a_page_shows_runs(page, talks, comity, capsys):
    from comity.case import Case

    with Case.open(talks) as opened:
        ids = {d.id[:3]: d.id for d in opened.documents()}
    scope: dict[str, object] = {}
    ran = 0
    for kind, body in BLOCK.findall((DOCS / f"{page}.md").read_text(encoding="utf-8")):
        if kind == "python":
            exec(compile(body, f"{page}.md", "exec"), scope)
            ran += 1
            continue
        for line in body.splitlines():
            words = [re.sub(r"^(one|two)#", lambda m: f"{ids[m[1]]}#", w) for w in shlex.split(line)]
            if words:
                assert words[0] == "comity", line
                done = comity(*words[1:])
                assert done.code == 0, f"{line}\n{done.err}"
                ran += 1
    assert ran > 2


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    for target in LINK.findall((DOCS / f"{page}.md").read_text(encoding="utf-8")):
        assert "://" in target or (DOCS / target).exists(), target
    assert f"desk/{page}.md" in (DOCS.parent / "index.md").read_text(encoding="utf-8")
