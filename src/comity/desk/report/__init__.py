"""How a brief looks: one module a format, each a function of the brief (and of the documents where it shows them)."""

from __future__ import annotations

from collections.abc import Sequence

from comity.desk.parts.values import Brief
from comity.words import Document, InputError


def written(brief: Brief, documents: Sequence[Document], format_: str) -> str | bytes:
    """The brief in a format: ``term``, ``html``, ``md``, ``json``, ``docx`` or ``pdf``.

    Raises InputError for any other, MissingExtraError if the format needs what is not installed.
    """
    # imported when asked for: some of these take a second to load
    if format_ == "html":
        from comity.desk.report import html

        return html.render(brief, documents)
    if format_ == "json":
        from comity.desk.report import json_

        return json_.render(brief)
    if format_ == "md":
        from comity.desk.report import markdown

        return markdown.render(brief)
    if format_ == "docx":
        from comity.desk.report import docx

        return docx.render(brief)
    if format_ == "pdf":
        from comity.desk.report import pdf

        return pdf.render(brief)
    if format_ == "term":
        from comity.desk.report import term

        return term.render(brief)
    raise InputError(f"no format is called {format_!r}", hint="use term, html, md, json, docx or pdf")
