"""A result as one self-contained HTML page: everything escaped, no script, nothing loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from comity.bargaining.method import Method
from comity.bargaining.show.markup import el, joined

STYLE = """
.figures { border-collapse: collapse; font-size: .93rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
.figures caption { text-align: left; font: .84rem/1.5 var(--sans); color: var(--soft); padding-bottom: .35rem; }
.figures th, .figures td { text-align: left; vertical-align: top; padding: .4rem 1.1rem .45rem 0;
  border-bottom: 1px solid var(--rule); }
.figures thead th { font: 600 .82rem/1.35 var(--sans); border-bottom: 2px solid var(--ink); vertical-align: bottom; }
.figures tbody th { font: 600 .88rem/1.5 var(--sans); }
.figures .number { text-align: right; padding: .4rem .2rem .45rem 1.1rem; white-space: nowrap; }
.scroll { margin-bottom: 1.2rem; }
figure { margin: 0 0 1.2rem; }
figure svg { display: block; max-width: 100%; height: auto; overflow: visible; font-family: var(--sans); }
figcaption { font: .84rem/1.5 var(--sans); color: var(--soft); margin-top: .3rem; max-width: 46rem; }
.pairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .6rem 1.6rem; }
svg text { fill: currentColor; } svg .halo { stroke: var(--paper); stroke-width: 4px; paint-order: stroke; }
svg .paper { fill: var(--paper); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1.2rem 1.6rem;
  margin-bottom: 1.2rem; }
.card { border: 1px solid var(--rule); border-top: 2px solid var(--ink); background: var(--panel);
  padding: .7rem 1rem .8rem; break-inside: avoid; }
.card h3 { margin-bottom: .3rem; } .card p { margin: 0 0 .5rem; font: .84rem/1.5 var(--sans); color: var(--soft); }
.card ul, .card ol { padding-left: 1.1rem; font-size: .97rem; line-height: 1.4; }
.card dl { margin: 0; font-size: .97rem; line-height: 1.4; }
.card dt { font: 500 .78rem/1.4 var(--sans); color: var(--soft); } .card dd { margin: 0 0 .4rem; }
.card .worth { font: 600 .88rem/1.5 var(--sans); color: var(--ink); font-variant-numeric: tabular-nums; }
.item { margin: 0 0 1.5rem; padding-top: .7rem; border-top: 1px solid var(--rule); break-inside: avoid; }
.stated { margin: 0 0 .9rem; } .stated > p { margin: 0 0 .2rem; }
.stated blockquote { margin: 0 0 .25rem 1.1rem; font-size: .97rem; } .stated .meta { display: inline; }
.stated .c { font: 500 .72rem/1 var(--sans); color: var(--soft); margin-left: .4em; overflow-wrap: anywhere; }
.tag { font: 500 .74rem/1 var(--sans); border: 1px solid var(--rule); border-radius: 3px; padding: .1em .4em;
  margin-left: .35em; white-space: nowrap; color: var(--soft); background: var(--panel); }
.possible { font: .88rem/1.5 var(--sans); border-left: 3px double var(--ink); padding-left: .7rem; margin: 0 0 .5rem; }
.method { font: .84rem/1.55 var(--sans); color: var(--soft); }
@media screen and (max-width: 52rem) { .scroll { overflow-x: auto; } }
@media print { .scroll { overflow: visible; } .figures { font-size: .85rem; } }
"""


@dataclass(frozen=True)
class Part:
    """A section of a page; `full` takes the whole width, without the heading in the margin."""

    id: str
    heading: str
    body: Markup
    full: bool = False


@dataclass(frozen=True)
class Page:
    """`question` is the page's heading, `answer` its first sentence, `title` names the model."""

    title: str
    question: str
    answer: str
    parts: tuple[Part, ...]
    method: Method


def render(page: Page, css: str = "") -> str:
    """The page as HTML text. `css` is the style sheet that it shares with other pages; its own rules follow it.

    >>> from comity.bargaining.method import method
    >>> "<script>" in render(Page("<script>", "What?", "So.", (), method("m")))
    False
    """
    style = css + STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    parts = [*page.parts, Part("method", "Method", method_part(page.method))]
    links = joined(el("li", el("a", part.heading, href=f"#{part.id}")) for part in parts)
    head = joined(
        [
            el("p", "Negotiation model", Markup(' <span class="sep">·</span> '), el("bdi", page.title), class_="kicker")
            if page.title
            else el("p", "Negotiation model", class_="kicker"),
            el("h1", page.question),
        ]
    )
    body = joined(_section(part) for part in parts)
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f'<meta name="generator" content="Comity {page.method.version}">\n'
        f"{el('title', f'{page.question} – {page.title}' if page.title else page.question)}\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#{parts[0].id}">Skip to the first section</a>\n<main>\n'
        f"{el('header', head, el('p', page.answer, class_='lede'), class_='mast')}\n"
        f"{el('nav', el('ul', links), aria_label='Sections')}\n{body}\n</main>\n</body>\n</html>\n"
    )


def _section(part: Part) -> Markup:
    return el(
        "section",
        el("h2", part.heading, id=part.id),
        el("div", part.body),
        aria_labelledby=part.id,
        class_="full" if part.full else None,
    )


def method_part(how: Method) -> Markup:
    """How a result was reached, as a paragraph."""
    told = "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in how.parameters)
    exact = "Exact." if how.exact else f"Not exact: {how.bound}."
    return el(
        "p", f"{how.name}" + (f" ({told}). " if told else ". ") + f"{exact} Comity {how.version}.", class_="method"
    )


def figure(picture: Markup, caption: str) -> Markup:
    return el("figure", picture, el("figcaption", caption))


def cards(made: Sequence[Markup]) -> Markup:
    return el("div", joined(made), class_="cards")
