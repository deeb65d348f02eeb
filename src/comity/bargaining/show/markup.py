"""HTML and SVG elements from plain values: everything that is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

Child = str | Markup | None


def el(name: str, *children: Child, **attributes: str | float | None) -> Markup:
    """An element. A trailing underscore of an attribute's name is dropped, others become hyphens; None leaves out.

    >>> el("p", "a < b", Markup("<b>c</b>"), class_="note")
    Markup('<p class="note">a &lt; b<b>c</b></p>')
    """
    told = Markup("")
    for key, value in attributes.items():
        if value is not None:
            shown = f"{value:.6g}" if isinstance(value, float) else str(value)
            told += Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), shown)
    inner = joined(children)
    if not inner and name in ("line", "circle", "rect", "path", "polyline", "col"):
        return Markup("<{}{}/>").format(Markup(name), told)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), told, inner)


def joined(children: Iterable[Child], between: str = "") -> Markup:
    """Children in order, plain text escaped."""
    return escape(between).join(escape(child) for child in children if child is not None)


def table(head: Iterable[Child], rows: Iterable[Iterable[Child]], caption: str = "", numbers: int = 0) -> Markup:
    """A table whose first column heads its rows; the last `numbers` columns hold numbers."""
    heads = list(head)
    kinds = [None] * (len(heads) - numbers) + ["number"] * numbers
    top = joined(el("th", cell, scope="col", class_=kind) for cell, kind in zip(heads, kinds, strict=True))
    body = []
    for row in rows:
        first, *others = row
        cells = [el("th", first, scope="row")]
        cells += [el("td", cell, class_=kind) for cell, kind in zip(others, kinds[1:], strict=True)]
        body.append(el("tr", joined(cells)))
    told = el("caption", caption) if caption else None
    made = el("table", told, el("thead", el("tr", top)), el("tbody", joined(body)), class_="figures")
    return el("div", made, class_="scroll", tabindex="0", role="group", aria_label=caption or "Table")
