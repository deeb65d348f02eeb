"""The brief as a Word document: styles, a real table with a repeated head, labels that lead to the passages cited."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from comity.desk.parts.values import Brief, Line
from comity.desk.report.clean import clean
from comity.desk.report.outline import (
    Block,
    Heading,
    Items,
    Matrix,
    Para,
    Passages,
    Sides,
    Slots,
    outline,
    running_head,
)

_EPOCH = datetime(1980, 1, 1)
"""The date that members of the archive carry: the file knows no clock."""
_WIDE = 4


def render(brief: Brief, blocks: Sequence[Block] | None = None) -> bytes:
    """The bytes of the file, the same for the same brief. `blocks` are shown in place of the brief's own."""
    document = docx.Document()
    _set_up(document, brief)
    shown = tuple(outline(brief)) if blocks is None else tuple(blocks)
    known = {label for block in shown if isinstance(block, Passages) for label, _, _ in block.rows}
    for block in shown:
        _block(document, block, known)
    buffer = io.BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def _set_up(document: Any, brief: Brief) -> None:
    about = document.core_properties
    day = datetime.combine(brief.as_of, datetime.min.time()) if brief.as_of else _EPOCH
    about.title, about.author, about.last_modified_by = clean(brief.title)[:255], "Comity", "Comity"
    about.created, about.modified, about.revision, about.comments = day, day, 1, ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if len(brief.columns) > _WIDE:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2))
    _running(section, brief)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = "Georgia", None
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts = style.element.rPr.rFonts
            if fonts is not None and fonts.get(qn(f"w:{attribute}")) is not None:
                del fonts.attrib[qn(f"w:{attribute}")]


def _running(section: Any, brief: Brief) -> None:
    """Head and foot of every page: what it is and how it may be handled; the number of the page."""
    width = section.page_width - section.left_margin - section.right_margin
    what, label = running_head(brief)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(f"{clean(what)}\t{clean(label)}")
    foot.add_run("\t")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    for run in (*head.runs, *foot.runs):
        run.font.size = Pt(7.5)


def _field(paragraph: Any, code: str) -> None:
    """A figure that the program which shows the document fills in."""
    run = paragraph.add_run()
    for kind in ("begin", "separate", "end"):
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        if kind == "separate":
            what = OxmlElement("w:instrText")
            what.set(qn("xml:space"), "preserve")
            what.text = f" {code} "
            run._r.append(what)
        run._r.append(part)


def _block(document: Any, block: Block, known: set[str]) -> None:
    if isinstance(block, Heading):
        document.add_heading(clean(block.text), {1: 0, 2: 1, 3: 2}[block.level])
    elif isinstance(block, Para):
        _para(document, block, known)
    elif isinstance(block, Items):
        for one in block.lines:
            _fill(document.add_paragraph(style="List Bullet"), one, known)
    elif isinstance(block, Matrix):
        _matrix(document, block, known)
    elif isinstance(block, Sides):
        document.add_heading(clean(block.title), 2)
        for one in block.one:
            _fill(document.add_paragraph(style="List Bullet"), one, known)
        document.add_paragraph("against").runs[0].italic = True
        for one in block.other:
            _fill(document.add_paragraph(style="List Bullet"), one, known)
    elif isinstance(block, Slots):
        _fill(document.add_paragraph(), block.line, known)
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        unstated = [("not stated", ", ".join(block.unstated))] if block.unstated else []
        for name, value in (*block.slots, *unstated):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = name, clean(value)
        document.add_paragraph()
    else:
        _passages(document, block)


def _para(document: Any, block: Para, known: set[str]) -> None:
    if block.kind == "analyst":
        by = f" ({clean(block.by)})" if block.by else ""
        document.add_paragraph(f"The analyst’s own words{by}", style="Intense Quote")
        for part in clean(block.line.text).split("\n"):
            if part.strip():
                document.add_paragraph(part.strip(), style="Quote")
        return
    paragraph = document.add_paragraph()
    _fill(paragraph, block.line, known)
    if block.kind == "note":
        for run in paragraph.runs:
            run.italic = True


def _matrix(document: Any, block: Matrix, known: set[str]) -> None:
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, block.head, strict=True):
        run = cell.paragraphs[0].add_run(clean(name))
        run.bold, run.font.size = True, Pt(8.5)
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)
    for row in block.rows:
        made = table.add_row()
        whole = OxmlElement("w:cantSplit")
        whole.set(qn("w:val"), "true")
        made._tr.get_or_add_trPr().append(whole)
        made.cells[0].paragraphs[0].add_run(clean(row.issue)).bold = True
        for cell, lines in zip(made.cells[1:], (*row.cells, row.state), strict=True):
            for i, one in enumerate(lines):
                _fill(cell.add_paragraph() if i else cell.paragraphs[0], one, known)
            if not lines:
                cell.paragraphs[0].add_run("–")
        for cell in made.cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(8.5)
    document.add_paragraph()


def _passages(document: Any, block: Passages) -> None:
    for number, (label, quote, credit) in enumerate(block.rows):
        paragraph = document.add_paragraph()
        for tag in ("bookmarkStart", "bookmarkEnd"):
            mark = OxmlElement(f"w:{tag}")
            mark.set(qn("w:id"), str(number))
            if tag == "bookmarkStart":
                mark.set(qn("w:name"), f"p_{label}")
            paragraph._p.append(mark)
        paragraph.add_run(label).bold = True
        paragraph.add_run(f" “{clean(quote)}” – {clean(credit)}")
        for run in paragraph.runs:
            run.font.size = Pt(8.5)


def _fill(paragraph: Any, one: Line, known: set[str]) -> None:
    """The words of a line, then its labels, each a link to its passage."""
    for w in one.words:
        text = clean(w.text)
        paragraph.add_run(f"“{text}”" if w.quoted else text).bold = True if w.name else None
    for i, label in enumerate(one.cites):
        paragraph.add_run(" [" if not i else ", ")
        if label in known:
            _link(paragraph, label)
        else:
            paragraph.add_run(label)
    if one.cites:
        paragraph.add_run("]")


def _link(paragraph: Any, label: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"p_{label}")
    link.set(qn("w:history"), "1")
    link.append(paragraph.add_run(label)._r)
    paragraph._p.append(link)


def _timeless(data: bytes) -> bytes:
    """The same archive with its members in order of name and without the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(info, source.read(name))
    return out.getvalue()
