"""A result as one self-contained HTML page: words and pictures, everything escaped, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_STYLE = "body{font:16px/1.45 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap}"


def page(title: str, lines: Iterable[str], pictures: Iterable[str] = ()) -> str:
    """`lines` as they stand, after `pictures` (SVG that we made).

    >>> "<script>" in page("a", ["<script>"])
    False
    """
    drawn = "".join(f"<figure>{picture}</figure>" for picture in pictures if picture)
    body = escape("\n".join(lines))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>{drawn}<pre>{body}</pre></body></html>\n"
    )
