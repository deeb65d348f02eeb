"""Quotations: where they open and close, across sentences and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.words import Span

_PAIRS = {"“": "”", "«": "»", "„": "“"}
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*|(?<=[.!?:;”\"’'])[ \t]*\n\s*")
_LONGEST_SINGLE = 240
_OPENS = frozenset('“"«„')


@dataclass(frozen=True)
class Quote:
    """A quotation. `start` and `end` include its marks, `inner` does not; `continued` if the next paragraph goes on."""

    start: int
    end: int
    inner: Span
    continued: bool = False

    def covers(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


def find_quotes(text: str, start: int = 0, end: int | None = None) -> tuple[Quote, ...]:
    """The quotations of ``text[start:end]`` in order. A quotation left open ends with its paragraph.

    >>> [text[q.start:q.end] for text in ['He spoke of "hope" and said: “We go on.”'] for q in find_quotes(text)]
    ['"hope"', '“We go on.”']
    """
    end = len(text) if end is None else end
    found: list[Quote] = []
    at = start
    for border in [*(m for m in _PARAGRAPH.finditer(text, start, end)), None]:
        stop = border.start() if border else end
        found += _in_paragraph(text, at, stop)
        at = border.end() if border else end
    return tuple(_linked(found, text))


def _in_paragraph(text: str, start: int, end: int) -> list[Quote]:
    quotes: list[Quote] = []
    i = start
    while i < end:
        c = text[i]
        before = text[i - 1] if i > start else " "
        after = text[i + 1] if i + 1 < end else " "
        close = -1
        width = 1
        if c == "'" and after == "'" and not before.isalnum():
            close, width = text.find("''", i + 2, end), 2
        elif c in _PAIRS:
            close = _first(text, _PAIRS[c] + ('"' if c == "“" else ""), i + 1, end)
        elif c == '"' and not after.isspace() and not before.isalnum():
            close = _first(text, '"”', i + 1, end)
        elif c in "'‘" and not before.isalnum() and before not in '.,”"' and after.isalnum():
            close = _closing_single(text, i + 1, min(end, i + _LONGEST_SINGLE), "'’" if c == "'" else "’")
            if close < 0:
                i += 1
                continue
        else:
            i += 1
            continue
        stop = close + width if close >= 0 else len(text[:end].rstrip())
        if stop - i > 2:
            inner_end = close if close >= 0 else stop
            quotes.append(Quote(i, stop, (i + width, inner_end), continued=close < 0))
        i = max(stop, i + 1)
    return quotes


def _first(text: str, marks: str, start: int, end: int) -> int:
    for i in range(start, end):
        if text[i] in marks:
            return i
    return -1


def _closing_single(text: str, start: int, end: int, marks: str) -> int:
    for i in range(start, end):
        if text[i] in marks and not text[i - 1].isspace():
            after = text[i + 1] if i + 1 < len(text) else " "
            if not after.isalnum() and not (text[i - 1] == "s" and after == " " and _opens_plural(text, start, i)):
                return i
    return -1


def _opens_plural(text: str, start: int, at: int) -> bool:
    """True if a later mark of the same paragraph could close instead, so that this one is a plural possessive."""
    return bool(re.match(r"[' ’]\s?[a-z]+[^.!?\n]{0,80}[.,!?\w]['’](?!\w)", text[at:]))


def _linked(quotes: list[Quote], text: str) -> list[Quote]:
    """Keep `continued` only where the next paragraph really opens with a quotation."""
    out: list[Quote] = []
    for i, quote in enumerate(quotes):
        goes_on = False
        if quote.continued and i + 1 < len(quotes):
            goes_on = not text[quote.end : quotes[i + 1].start].strip()
        elif quote.continued:  # the next paragraph is looked through apart
            goes_on = text[quote.end :].lstrip()[:1] in _OPENS
        out.append(Quote(quote.start, quote.end, quote.inner, goes_on))
    return out
