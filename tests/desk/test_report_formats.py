"""Markdown, DOCX, PDF, JSON, iCalendar and the terminal: the same content, inert and in the same bytes."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import jsonschema
import pypdf
import pytest
from lxml import html as lxml_html

from comity.desk.parts.values import Brief
from comity.desk.report import written
from comity.desk.report.ics import render as render_ics
from comity.desk.report.json_ import schema
from comity.desk.report.outline import cited
from comity.words import InputError

FORMATS = ("term", "md", "json", "docx", "pdf", "html")


def plain(content: str | bytes, format_: str) -> str:
    """The words that a reader of the format sees."""
    if format_ == "html":
        return str(lxml_html.document_fromstring(content).text_content())
    if isinstance(content, str):
        return content
    if format_ == "docx":
        document = docx.Document(io.BytesIO(content))
        cells = (c.text for t in document.tables for row in t.rows for c in row.cells)
        return "\n".join([*(p.text for p in document.paragraphs), *cells])
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def letters(text: str) -> str:
    """Only what survives hyphenation, escapes and line breaks."""
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\W_]+", "", folded)


@pytest.fixture(scope="module")
def pages(brief: Brief, scene: Any) -> dict[str, str | bytes]:
    return {name: written(brief, scene.documents, name) for name in FORMATS}


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_says_the_same(format_: str, pages: dict[str, str | bytes], brief: Brief) -> None:
    said = letters(plain(pages[format_], format_))
    assert letters(brief.title) in said
    for line in (*brief.bottom_line, *brief.moves, *brief.weak_points):
        for words in line.words:
            assert letters(words.text) in said, line.text
    for row in brief.rows:
        assert letters(row.name) in said
    for citation in cited(brief):
        assert citation.label in said
        if citation.quote.isascii():
            assert letters(citation.quote) in said
    for source in brief.sources:
        assert letters(source.outlet or "") in said
    assert letters("Watch the sluice.") in said
    if format_ != "json":
        assert letters("The analyst’s own words").lower() in said.lower()


@pytest.mark.parametrize("format_", FORMATS)
def test_two_runs_and_any_order_give_the_same_bytes(
    format_: str, pages: dict[str, str | bytes], brief: Brief, scene: Any, brief_of: Callable[..., Brief]
) -> None:
    shuffled = replace(scene, documents=tuple(reversed(scene.documents)))
    again = brief_of(shuffled, paragraphs=brief.paragraphs)
    assert written(again, shuffled.documents, format_) == pages[format_]


@pytest.mark.parametrize("format_", FORMATS)
def test_unreviewed_is_marked_in_every_format(
    format_: str, scene: Any, brief_of: Callable[..., Brief], pages: dict[str, str | bytes]
) -> None:
    from comity.words import Review

    ledger = scene.ledger
    seen = replace(
        ledger,
        positions=tuple(replace(p, review=Review.ACCEPTED) for p in ledger.positions),
        statuses=tuple(replace(s, review=Review.ACCEPTED) for s in ledger.statuses),
        outlooks=(),
        events=(),
        reviews=tuple((s.id, Review.ACCEPTED) for s in ledger.statements),
    )
    reviewed = plain(written(brief_of(replace(scene, ledger=seen)), scene.documents, format_), format_)
    mark = {"json": "unreviewed", "html": "unreviewed,"}.get(format_, "☐")
    legend = {"json": 0, "html": 0}.get(format_, 1)
    assert plain(pages[format_], format_).count(mark) > 10
    assert reviewed.count(mark) == legend, "the legend alone has it"


@pytest.mark.parametrize("format_", ["term", "md", "docx", "pdf", "html"])
def test_many_parties_are_told_below_each_issue(format_: str, scene: Any, brief_of: Callable[..., Brief]) -> None:
    agenda = scene.ledger.agenda
    more = tuple(replace(agenda.parties[2], id=f"p{i}", name=f"Silent Party {i}") for i in range(6))
    crowd = replace(scene, ledger=replace(scene.ledger, agenda=replace(agenda, parties=(*agenda.parties, *more))))
    said = plain(written(brief_of(crowd), scene.documents, format_), format_)
    assert letters("We will not sign any text that gives away a single turbine") in letters(said)
    assert "Silent Party 5" in said
    if format_ == "md":
        assert "| Issue" not in said
        assert "### Tolls" in said


def test_an_unknown_format_is_refused(brief: Brief) -> None:
    with pytest.raises(InputError, match="no format is called 'odt'"):
        written(brief, (), "odt")


def test_json_fits_its_schema_and_holds_no_clock(pages: dict[str, str | bytes]) -> None:
    data = json.loads(pages["json"])
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(data, schema())
    broken = json.loads(pages["json"])
    broken["brief"]["rows"][0]["state"] = "unheard of"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema())


def test_markdown_notes_are_all_defined_and_used(pages: dict[str, str | bytes], brief: Brief) -> None:
    text = str(pages["md"])
    defined = re.findall(r"^\[\^(\w+)\]:", text, re.M)
    used = set(re.findall(r"\[\^(\w+)\](?!:)", text))
    assert sorted(defined) == sorted(used | {c.label for c in cited(brief)})
    assert len(defined) == len(set(defined))
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == len(brief.rows) + 2
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1, "every row has as many cells"


HOSTILE = "a | b ` * _ <script>x</script> [l](http://evil.example) # h \x1b[31m\x07 \u202ex \\ ~ $ ^ &amp; \nnew"


@pytest.fixture(scope="module")
def hostile(scene: Any, brief_of: Callable[..., Brief]) -> Brief:
    ledger = scene.ledger
    agenda = replace(
        ledger.agenda,
        title=HOSTILE,
        issues=tuple(replace(i, name=HOSTILE) for i in ledger.agenda.issues),
        parties=tuple(replace(p, name=HOSTILE) for p in ledger.agenda.parties),
    )
    positions = tuple(replace(p, summary=HOSTILE) for p in ledger.positions)
    documents = tuple(replace(d, title=HOSTILE, source=HOSTILE) for d in scene.documents)
    made = replace(scene, ledger=replace(ledger, agenda=agenda, positions=positions), documents=documents)
    return brief_of(made)


def test_hostile_words_are_inert_in_markdown(hostile: Brief) -> None:
    text = str(written(hostile, (), "md"))
    assert not re.search(r"(?<!\\)<(?!br>)", text), "no tag"
    assert not re.search(r"(?<!\\)\]\(", text), "no link"
    assert "\x1b" not in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1


def test_hostile_words_send_nothing_to_the_terminal(hostile: Brief) -> None:
    text = str(written(hostile, (), "term"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
    for line in text.splitlines():
        opened = len(re.findall("[\u2066-\u2068]", line))
        assert len(line) <= 80 or "\u2068" in line or " " not in line.strip()
        assert opened >= 0


def test_hostile_words_do_not_break_docx_or_pdf(hostile: Brief) -> None:
    assert "<script>x</script>" in plain(written(hostile, (), "docx"), "docx")
    assert letters("<script>x</script>") in letters(plain(written(hostile, (), "pdf"), "pdf"))


def test_plain_text_keeps_to_eighty_columns(pages: dict[str, str | bytes]) -> None:
    assert max(len(line) for line in str(pages["term"]).splitlines()) <= 80


def test_docx_labels_lead_to_their_passages_and_the_file_knows_no_clock(pages: dict[str, str | bytes]) -> None:
    data = pages["docx"]
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        body = archive.read("word/document.xml").decode()
    anchors = set(re.findall(r'w:anchor="([^"]+)"', body))
    marks = re.findall(r'w:name="(p_[^"]+)"', body)
    assert anchors
    assert anchors <= set(marks)
    assert len(marks) == len(set(marks))
    assert "w:tblHeader" in body


def test_pdf_embeds_its_fonts(pages: dict[str, str | bytes]) -> None:
    data = pages["pdf"]
    assert isinstance(data, bytes)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert 1 <= len(reader.pages) <= 4
    fonts = [f.get_object() for page in reader.pages for f in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        for child in font.get("/DescendantFonts", [font]):
            descriptor = child.get_object()["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in descriptor)


def test_pdf_without_typst_says_what_to_install(brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    from comity.desk.report import pdf
    from comity.words import MissingExtraError

    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "typst":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"comity\[pdf\]"):
        pdf.render(brief)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_the_calendar_follows_the_standard(brief: Brief) -> None:
    text = render_ics(brief)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2, "the undated visit has no place"
    assert "DTSTART;VALUE=DATE:20310314" in lines
    assert "DTEND;VALUE=DATE:20310315" in lines
    assert {line for line in lines if line.startswith("DTSTAMP")} == {"DTSTAMP:20310307T000000Z"}
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == 2
    description = next(line for line in lines if line.startswith("DESCRIPTION"))
    assert "“Delegations meet again on Friday in Port Amity”" in description
    assert "another report says Saturday\\n" in description


def test_an_event_keeps_its_uid_when_it_is_cancelled(brief: Brief) -> None:
    cancelled = replace(brief, ahead=tuple(replace(d, status="cancelled") for d in brief.ahead))
    before, after = unfolded(render_ics(brief)), unfolded(render_ics(cancelled))
    assert [x for x in before if x.startswith("UID")] == [x for x in after if x.startswith("UID")]
    assert "STATUS:CANCELLED" in after


def test_every_printed_page_says_how_it_may_be_handled_and_which_export_it_is(brief: Brief, scene: Any) -> None:
    labelled = replace(brief, made_by=(*brief.made_by, ("Export", "0123456789abcdef")))
    label = f"Handling: {brief.handling.value.upper()} · Export 0123456789abcdef"
    pdf = pypdf.PdfReader(io.BytesIO(written(labelled, scene.documents, "pdf")))  # type: ignore[arg-type]
    for number, page in enumerate(pdf.pages, start=1):
        text = page.extract_text()
        assert label in text
        assert f"{number} of {len(pdf.pages)}" in text
    section = docx.Document(io.BytesIO(written(labelled, scene.documents, "docx"))).sections[0]  # type: ignore[arg-type]
    assert section.header.paragraphs[0].text.endswith(f"\t{label}")
    fields = section.footer.paragraphs[0]._p.xpath(".//w:instrText/text()")
    assert [str(field).strip() for field in fields] == ["PAGE", "NUMPAGES"]
