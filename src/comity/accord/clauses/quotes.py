"""Quotations: the words that a clause formalises occur in the cited text, or the file is refused."""

from __future__ import annotations

import re

from comity.words import Cited


def find_quote(quote: str, text: str, source: str) -> Cited | None:
    """Where `quote` stands in `text`; None if it does not occur.

    Line ends and runs of spaces count as one space, for texts broken into lines; what is cited are the text's own
    characters, so that ``text[start:start + len(quote)] == quote``.

    >>> find_quote("heavy weapons", "of heavy\\n weapons by", "a")
    Cited(source='a', quote='heavy\\n weapons', start=3)
    """
    at = text.find(quote)
    if at >= 0:
        return Cited(source, quote, at)
    match = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    return Cited(source, match[0], match.start()) if match else None


def nearest(quote: str, text: str) -> str:
    """The longest beginning of `quote` (in whole words) that does occur: tells where a quotation goes wrong.

    >>> nearest("heavy weapons by nobody", "of heavy weapons by both")
    'heavy weapons by'
    """
    words = quote.split()
    for length in range(len(words) - 1, 0, -1):
        if find_quote(" ".join(words[:length]), text, ""):
            return " ".join(words[:length])
    return ""
