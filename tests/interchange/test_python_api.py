"""The package's door: cheap to import, and values that show themselves in a notebook."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

import comity as package
from comity.notebook import NotebookLedger, ledger_html, network_html, shown
from comity.study import one_mode
from comity.words import InputError, Ledger, dumps


class Checked(HTMLParser):
    """Tags open and close in order, and nothing that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "style", "img", "iframe")
        assert all(name in ("title",) for name, _ in attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def checked(html: str) -> str:
    parser = Checked()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser.text


def test_import_is_cheap():
    heavy = "spacy numpy pyarrow altair fastapi typst docx cryptography"
    code = f"import comity, sys; print([m for m in {heavy!r}.split() if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_a_ledger_shows_its_matrix(case):
    with package.open(case) as talks:
        ledger = talks.ledger(as_of="2031-03-06")
        early = talks.ledger(as_of="2031-03-05")
        again = talks.ledger(as_of="2031-03-06")
    assert isinstance(ledger, Ledger)
    text = checked(ledger._repr_html_())
    assert "Sill, as of 2031-03-06" in text
    assert "“No toll will stand”" in text
    assert "“Tashq accepts the flow”" not in checked(early._repr_html_())
    assert re.search(r'<span title="(one|two)-[0-9a-f]{8}#1', ledger._repr_html_())
    assert ledger == again
    assert hash(ledger) == hash(again)
    assert ledger != early
    plain = Ledger(*(getattr(ledger, f) for f in Ledger.__dataclass_fields__))
    assert plain == ledger
    assert ledger == plain
    assert dumps(plain) == dumps(ledger)
    assert ledger_html(plain) == ledger._repr_html_()


def test_nothing_in_a_ledger_reaches_the_page_as_markup(case):
    from dataclasses import replace

    with package.open(case) as talks:
        ledger = talks.ledger()
    evil = '<script>alert(1)</script>"'
    agenda = replace(
        ledger.agenda,
        title=evil,
        parties=tuple(replace(p, name=evil) for p in ledger.agenda.parties),
        issues=tuple(replace(i, name=evil) for i in ledger.agenda.issues),
    )
    positions = tuple(replace(p, summary=evil) for p in ledger.positions)
    made = shown(replace(ledger, agenda=agenda, positions=positions))
    assert isinstance(made, NotebookLedger)
    assert "<script" not in made._repr_html_()
    checked(made._repr_html_())


def test_what_a_workspace_gives(case):
    with package.open(case, write=False) as talks:
        network = one_mode(talks.uses(concepts="issue"))
        assert checked(network_html(network)).startswith("actors, congruence")
        assert [v.name for v in talks.voices()][:2] == ["Orsenne", "Tashq"]
        assert len(talks.difference("2031-03-05").documents) == 1
        assert talks.search("quarry")[0].document.startswith("two-")
        assert talks.agreement().coders[0].kind == "reader"
        page = talks.brief()
        text = checked(page._repr_html_())
        assert "Who" not in text[:3]
        assert "No toll will stand" in text
        with pytest.raises(InputError, match="not known"):
            talks.uses(actors="people")
        with pytest.raises(InputError, match="not a date"):
            talks.ledger(as_of="yesterday")
