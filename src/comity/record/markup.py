"""HTML to text without a browser: blocks become paragraphs, scripts and what is not shown are left out.

For pieces of HTML (a feed's entry, a mail's body). Whole pages with menus and teasers go through `formats.html`.
"""

from __future__ import annotations

import re
from typing import Any

import lxml.html  # type: ignore[import-untyped]
from lxml import etree

from comity.record.decode import clean

_SKIPPED_TEXT = """
script style noscript template head iframe object svg math select button form nav
"""
_SKIPPED = frozenset(_SKIPPED_TEXT.split())
_BLOCKS_TEXT = """
p div section article header footer main aside h1 h2 h3 h4 h5 h6 ul ol dl dd dt table tr blockquote pre figure
figcaption address hr body html center fieldset details summary
"""
_BLOCKS = frozenset(_BLOCKS_TEXT.split())


def parse(markup: str) -> Any:
    """The element tree of a page or piece of HTML; None if there is nothing in it."""
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", clean(markup))  # lxml refuses str with an encoding declaration
    if not markup.strip():
        return None
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return lxml.html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, ValueError):
        return None


def text_of(markup: str) -> str:
    """The text of a piece of HTML, paragraphs separated by a blank line.

    >>> text_of("<p>Talks <b>resumed</b>.</p><script>x()</script><p>A<br>B</p>")
    'Talks resumed.\\n\\nA\\nB'
    """
    tree = parse(markup)
    return "" if tree is None else element_text(tree)


def element_text(tree: Any) -> str:
    """The text below an element of an lxml tree."""
    pieces: list[str] = []
    # A stack and not recursion: pages nest as deep as they like.
    stack: list[tuple[Any, bool]] = [(tree, True)]
    while stack:
        element, opening = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if not opening:
            pieces.append(("\n\n" if tag in _BLOCKS else "\n" if tag == "li" else "") + _flat(element.tail))
            continue
        shown = bool(tag) and tag not in _SKIPPED and not _hidden(element)
        if shown:
            if tag in _BLOCKS:
                pieces.append("\n\n")
            elif tag in ("br", "li"):
                pieces.append("\n")
            elif tag in ("td", "th"):
                pieces.append("\t")
            pieces.append(element.text or "" if tag == "pre" else _flat(element.text))
        stack.append((element, False))
        if shown:
            stack.extend((child, True) for child in reversed(element))
    return tidy("".join(pieces))


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


def _flat(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text) if text else ""


def tidy(text: str) -> str:
    """Blanks at line ends removed, runs of them made one, at most one empty line between paragraphs."""
    lines = [re.sub(r"[ \t]*\t[ \t]*", "\t", re.sub(r" {2,}", " ", line)).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
