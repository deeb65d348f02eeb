"""The page of the brief of a large case: the matrix at once, the rest as soon as it is worked out."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.responses import Response
from markupsafe import Markup

from comity.desk.large_brief import MOST_CITED, Citations, Rest, at_once, counts_line
from comity.desk.parts import phrases
from comity.desk.parts.values import Brief, Source
from comity.desk.report.clean import markup
from comity.desk.report.html import main_part
from comity.desk.web.dated import answer
from comity.desk.web.page import Ask
from comity.desk.web.wide_view import WideView

Opens = Callable[[str], str]
Where = Callable[[Source], str]

SHOWN = {
    "ahead": ("dates", "date ahead", "dates ahead"),
    "recent": ("dates", "recent date"),
    "disagreements": ("disagreements", "disagreement"),
    "moves": ("moves", "line"),
    "contacts": ("channels", "channel"),
    "promises": ("terms", "promise"),
    "facts": ("facts", "fact"),
}
"""What a section of the brief holds, the section, and what an entry of it is called."""


def shown(ask: Ask, opens: Opens, source: Where) -> Response:
    """The brief as far as it is known."""
    view = _view(ask)
    return _page(ask, view, view.rest(ask.as_of), opens, source)


def when_whole(ask: Ask, opens: Opens, source: Where) -> Response:
    """All of the brief, or an empty answer while some of it is being worked out."""
    view = _view(ask)
    rest = view.rest(ask.as_of)
    return Response(status_code=204) if rest is None else _page(ask, view, rest, opens, source)


def _view(ask: Ask) -> WideView:
    view = ask.view()
    assert isinstance(view, WideView)
    return view


def _page(ask: Ask, view: WideView, rest: Rest | None, opens: Opens, source: Where) -> Response:
    register = view.register()
    brief, body = view.kept(
        ("brief page", ask.as_of, ask.since, rest is None), lambda: _body(ask, view, rest, opens, source)
    )
    return answer(ask, brief, body, register.days)


def _body(ask: Ask, view: WideView, rest: Rest | None, opens: Opens, source: Where) -> tuple[Brief, Markup]:
    register, found = view.register(), view.matrix(ask.as_of)
    brief = at_once(
        found,
        view.agenda(),
        register,
        view.sums(),
        since=ask.since,
        changes=view.difference(ask.since, ask.as_of) if ask.since else (),
        paragraphs=view.paragraphs(),
        rest=rest,
    )
    cited = {(p.party, p.issue): len(p.statements) for p in found.positions}

    def all_of(party: str, issue: str) -> Markup:
        count = found.supporting.get((party, issue), 0)
        if count <= cited.get((party, issue), 0) and count <= MOST_CITED:
            return Markup("")
        return markup('<a class="all" href="{}">all {}</a>', ask.link("/stand", party=party, issue=issue), f"{count:,}")

    body = main_part(
        brief,
        opens,
        source,
        citations=Citations(brief.citations),
        counts=counts_line(brief, register),
        more=_more(ask, brief, rest),
        wait=_wait(ask) if rest is None else "",
        all_of=all_of,
    )
    return brief, body


def _more(ask: Ask, brief: Brief, rest: Rest | None) -> dict[str, Markup]:
    documents = phrases.counted(brief.counts.documents, "document")
    which = "Listed are those quoted above. " if brief.sources else ""
    told = {"sources": markup('<p>{}<a href="/documents">All {}</a>.</p>', which, documents)}
    for name, (section, *entry) in SHOWN.items():
        left = rest.all[name] - len(getattr(brief, name)) if rest else 0
        if left > 0:
            more = markup('<p class="hint">and {} more</p>', phrases.counted(left, *entry))
            told[section] = told.get(section, Markup("")) + more
    return told


def _wait(ask: Ask) -> Markup:
    """What stands in place of what is being worked out; with scripts it asks until it is there."""
    again, whole = ask.link("/brief/rest"), ask.link("/brief")
    return markup(
        '<p role="status" class="hint" hx-get="{}" hx-trigger="every 3s" hx-target="#content">Dates, disagreements, '
        'what would have to move, channels, terms and facts are being worked out. <a href="{}">Load again</a></p>',
        again,
        whole,
    )
