"""The page: valid, self-contained, faithful to the documents' text, deaf to what is in them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from markupsafe import Markup

from comity.desk.parts.values import Brief, Citation, Paragraph
from comity.desk.report.clean import clean, isolated
from comity.desk.report.html import render
from comity.desk.report.passages import marked
from comity.words import Document


@pytest.fixture(scope="module")
def page(brief: Brief, scene: Any) -> str:
    return render(brief, scene.documents)


@pytest.fixture(scope="module")
def tree(page: str) -> Any:
    return lxml_html.document_fromstring(page)


def check_page(page: str) -> Any:
    """Strictly parsed, with no load from elsewhere and no reference that leads nowhere."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parser.parse(page)
    tree = lxml_html.document_fromstring(page)
    ids = [e.get("id") for e in tree.iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids)), "ids are unique"
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            assert name not in ("src", "srcset", "style", "action", "formaction", "background", "poster", "data")
            assert not name.startswith("on"), f"an event handler: {name}"
            if name.endswith("href"):
                if value.startswith("#"):
                    assert value[1:] in ids, f"{value} leads nowhere"
                else:
                    assert re.match(r"https?://", value)
                    assert element.tag == "a"
                    assert "noreferrer" in element.get("rel")
        for name in ("for", "aria-labelledby", "aria-describedby"):
            assert element.get(name) is None or element.get(name) in ids
    assert not tree.xpath("//link | //iframe | //object | //embed | //img | //base | //form")
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    for sheet in tree.xpath("//style"):
        assert "url(" not in sheet.text
        assert "@import" not in sheet.text
    return tree


def text_of(document: Any) -> str:
    """The text of a document's element, without the notes that stand beside its passages."""
    return "".join(document.xpath(".//text()[not(ancestor::span[@class='note'])]"))


def test_the_page_is_valid_and_loads_nothing(page: str) -> None:
    check_page(page)


def test_the_policy_admits_exactly_the_pages_own_style_and_script(page: str, tree: Any) -> None:
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    for tag in ("style", "script"):
        inline = re.search(f"<{tag}>(.*?)</{tag}>", page, re.S)
        assert inline
        digest = base64.b64encode(hashlib.sha256(inline.group(1).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_cited_label_opens_its_passage(page: str, tree: Any, brief: Brief) -> None:
    by_label = {c.label: c for c in brief.citations}
    labels = [a.get("href")[1:] for a in tree.xpath("//a[contains(@class, 'ref')]")]
    assert len(labels) > 30
    for label in set(labels):
        marks = tree.xpath(f"//mark[@id='{label}']")
        assert len(marks) == 1
        assert by_label[label].quote.startswith(text_of(marks[0]))


def test_the_documents_stand_in_full_and_unchanged(page: str, scene: Any, brief: Brief) -> None:
    tree = lxml_html.document_fromstring(page)
    for source in brief.sources:
        shown = tree.xpath(f"//article[@id='doc-{source.letter}']//div[contains(@class, 'text')]")[0]
        assert text_of(shown) == next(d.text for d in scene.documents if d.id == source.document)


def test_each_passage_says_who_through_whom_how_and_whether_reviewed(tree: Any) -> None:
    note = tree.xpath("//mark[@id='A05']/following-sibling::span[1]")[0].text_content()
    assert "senior Fenlands official" in note
    assert "the article → Harbour Post → senior Fenlands official" in note
    assert "paraphrase with partial quotation" in note
    assert "unreviewed" in note
    assert "Back to:" in note


def test_the_matrix_has_real_headers_and_says_marks_in_words(tree: Any, brief: Brief) -> None:
    heads = [h.text_content().strip() for h in tree.xpath("//table//thead//th[@scope='col']")]
    assert heads == ["Issue", *(c.name for c in brief.columns), "State"]
    assert len(tree.xpath("//table//tbody//th[@scope='row']")) == len(brief.rows)
    cells = tree.xpath("//table//td[contains(@class, 'cell')]")
    assert len(cells) == len(brief.rows) * len(brief.columns)
    spoken = " ".join(c.text_content() for c in cells)
    for words in ("firm,", "conditional,", "soft,", "own words,", "paraphrase,", "reporter’s account,", "unreviewed,",
                  "accepted by a person,", "Forecast by others:", "nothing in the sources"):  # fmt: skip
        assert words in spoken


def test_only_unreviewed_cells_are_marked_unreviewed(tree: Any, brief: Brief) -> None:
    entries = [e for row in brief.rows for cell in row.cells for e in cell.entries]
    marked_so = tree.xpath("//div[contains(@class, 'entry') and contains(@class, 'unreviewed')]")
    assert len(marked_so) == sum(e.review.value == "unreviewed" for e in entries)
    assert 0 < len(marked_so) < len(entries)


def test_landmarks_and_a_skip_link(tree: Any) -> None:
    assert tree.xpath("//main")
    assert tree.xpath("//nav[@aria-label]")
    assert tree.xpath("//html/@lang") == ["en"]
    assert tree.xpath("//a[@class='skip']/@href") == ["#bottom-line"]
    assert len(tree.xpath("//h1")) == 1


def test_footnotes_hold_every_cited_quote_for_paper(tree: Any) -> None:
    notes = {li.xpath("b")[0].text: li.text_content() for li in tree.xpath("//section[@class='footnotes']//li")}
    for label in {a.get("href")[1:] for a in tree.xpath("//a[contains(@class, 'ref')]")}:
        assert label in notes


HOSTILE = (
    "<script>alert(1)</script> said “</mark></div><img src=x onerror=alert(2)>” & \u202egnp.exe\u202c "
    '"><svg onload=alert(3)> {{ 7*7 }} {% raw %} javascript:alert(4) \x00\x1b[31m \r\n é 👩‍👩‍👧 مرحبا </style></script>'
)


def test_hostile_text_shows_as_text(scene: Any, brief_of: Callable[..., Brief]) -> None:
    document = Document(HOSTILE, HOSTILE, None, HOSTILE, HOSTILE, "javascript:alert(5)", 'en" onload="x')
    statement = replace(
        scene.ledger.statements[0],
        id=f"{HOSTILE}#1",
        passage=document.passage(3, len(HOSTILE) - 3),
        speaker=HOSTILE,
        holder=HOSTILE,
        chain=(HOSTILE, HOSTILE),
        condition=((5, 40),),
    )
    agenda = replace(
        scene.ledger.agenda,
        title=HOSTILE,
        parties=tuple(replace(p, name=HOSTILE) for p in scene.ledger.agenda.parties),
        issues=tuple(replace(i, name=HOSTILE, description=HOSTILE) for i in scene.ledger.agenda.issues),
    )
    position = replace(scene.ledger.positions[0], summary=HOSTILE, statements=(statement.id,))
    tension = replace(scene.ledger.tensions[0], statements=(statement.id,), against=(statement.id,), text=HOSTILE)
    ledger = replace(
        scene.ledger, agenda=agenda, statements=(statement,), positions=(position,), tensions=(tension,), events=(),
        duplicates=(), relations=(),
    )  # fmt: skip
    made = brief_of(
        replace(scene, ledger=ledger, documents=(document,), gaps=(), changes=()),
        paragraphs=[Paragraph("moves", HOSTILE, HOSTILE)],
    )
    tree = check_page(render(made, [document]))
    shown = tree.xpath("//div[contains(@class, 'text')]")[0]
    assert text_of(shown) == clean(HOSTILE).replace("\r\n", "\n")
    assert not tree.xpath("//*[starts-with(@href, 'javascript')]")
    assert not tree.xpath("//div//svg[@onload]")


def test_two_runs_and_a_shuffled_one_give_the_same_bytes(
    scene: Any, brief: Brief, brief_of: Callable[..., Brief], page: str
) -> None:
    shuffled = replace(scene, documents=tuple(reversed(scene.documents)))
    again = brief_of(shuffled, paragraphs=brief.paragraphs)
    assert render(again, shuffled.documents) == page


def test_an_unsafe_address_is_no_link(scene: Any, brief: Brief) -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "http://a b", "file:///etc/passwd"):
        sources = (replace(brief.sources[0], url=url), *brief.sources[1:])
        page = render(replace(brief, sources=sources), scene.documents)
        assert "external" not in page


@pytest.mark.parametrize(("count", "kind"), [(1, None), (2, "wide"), (4, "wide crowd")])
def test_many_parties_change_the_form_of_the_matrix(
    count: int, kind: str | None, scene: Any, brief_of: Callable[..., Brief]
) -> None:
    agenda = scene.ledger.agenda
    more = tuple(replace(agenda.parties[0], id=f"p{i}", name=f"Party {i}") for i in range(count))
    wide = replace(scene, ledger=replace(scene.ledger, agenda=replace(agenda, parties=(*agenda.parties, *more))))
    tree = check_page(render(brief_of(wide), scene.documents))
    assert tree.xpath("//body")[0].get("class") == kind


@given(
    text=st.text(alphabet="ab <&\"'\r\n\té👩‍ם", min_size=1, max_size=40),
    spans=st.lists(st.tuples(st.integers(0, 39), st.integers(1, 20)), max_size=8),
)
def test_marks_keep_the_text_and_hold_their_quotes(brief: Brief, text: str, spans: list[tuple[int, int]]) -> None:
    kept = [(s, min(s + n, len(text))) for s, n in spans if s < len(text)]
    base = brief.citations[0]
    cites: list[Citation] = [
        replace(base, label=f"A{i:02}", start=s, end=e, quote=text[s:e]) for i, (s, e) in enumerate(kept)
    ]
    markup, cut = marked(text, cites, lambda c: Markup("<span class=note>note {}</span>").format(c.label))
    tree = lxml_html.document_fromstring(f"<body><div>{markup}</div></body>")
    for c in cites:
        pieces = tree.xpath(f"//mark[@id='{c.label}' or @class='x-{c.label}']")
        assert (len(pieces) > 1) == (c.label in cut)
        joined = "".join(text_of(piece) for piece in pieces)
        assert joined == _one_line_end(text, c.start, c.end)
    assert text_of(tree.xpath("//div")[0]) == _one_line_end(text, 0, len(text))


def test_isolated_text_closes_what_it_opens() -> None:
    assert isolated("\u2067abc").count("\u2069") == 2
    assert isolated("tab\x1b]0;title\x07") == "tab\ufffd]0;title\ufffd"


def _one_line_end(text: str, start: int, end: int) -> str:
    kept = (("\n" if c == "\r" else c) for i, c in enumerate(text) if start <= i < end and text[i : i + 2] != "\r\n")
    return "".join(kept)
