"""The pages of the workbench: one line here and one module for each, which is imported when somebody asks for it."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword

from comity.desk.web.page import Page

PAGES = {
    page.name: page
    for page in (
        Page("brief", "Brief", 10, "who stands where"),
        Page("documents", "Documents", 20, "read, code"),
        Page("review", "Review", 30, "accept, correct, reject"),
        Page("search", "Search", 40, "words and phrases"),
        Page("timeline", "Timeline", 50, "what was said and done when, and what lies ahead"),
        Page("tensions", "Tensions", 52, "what does not fit, side by side"),
        Page("network", "Network", 54, "who shares positions with whom"),
        Page("deal", "Deal", 56, "what is possible, what blocks it"),
        Page("accord", "Accord", 58, "clauses over time"),
        Page("agenda", "Agenda", 60, "parties, actors, issues, options"),
        Page("import", "Import", 80, "add reports"),
        Page("coders", "Coders", 85, "blind coding, agreement, adjudication"),
        Page("history", "History", 90, "who decided what; undo"),
        Page("export", "Pass on", 95, "brief, lists, the whole case"),
        Page("coder", "Coder", 0),
        Page("evidence", "Evidence", 0),
        Page("pictures", "Pictures", 0),
        Page("stand", "Stand", 0),
        Page("worked-out", "Worked out", 0),
    )
}
"""By name, in the order of the navigation. The module of a page has its name and adds routes to its router, whose
addresses begin with it (``/review``, ``/review/…``, ``/review-undo``)."""


def name_in(path: str) -> str:
    """The page that an address belongs to, or an empty text.

    >>> name_in("/review-undo"), name_in("/documents/a/b"), name_in("/assets/x.css")
    ('review', 'documents', '')
    """
    first = path.split("/")[1] if path.startswith("/") else ""
    return next((name for name in (first, first.partition("-")[0]) if name in PAGES), "")


def loaded(name: str) -> Page:
    """The page with this name, with its routes."""
    module = name.replace("-", "_") + ("_" if iskeyword(name) else "")
    import_module(f"{__name__}.{module}")
    return PAGES[name]
