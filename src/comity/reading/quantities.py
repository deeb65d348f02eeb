"""Numbers with their units."""

from __future__ import annotations

from typing import Any

from comity.words import Quantity, TimeMention

Doc = Any


def find_quantities(doc: Doc, times: tuple[TimeMention, ...]) -> tuple[Quantity, ...]:
    """The quantities of `doc`, in order of the text."""
    out = []
    dates = {t.start for t in times if t.type in ("DATE", "TIME")}
    for token in doc:
        if token.like_num and token.text.replace(",", "").replace(".", "", 1).isdigit() and token.idx not in dates:
            head = token.head
            if head.pos_ == "NOUN":
                value = float(token.text.replace(",", ""))
                out.append(Quantity(value, value, head.lemma_.lower(), (token.idx, head.idx + len(head))))
    return tuple(out)
