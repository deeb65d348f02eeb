"""Brief: the matrix as of a date, what changed since another, and the passage behind every cell."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote as in_path

from fastapi.responses import Response
from markupsafe import escape

from comity.desk.paragraphs import paragraph_decision
from comity.desk.parts.values import Brief, Source
from comity.desk.report.html import main_part
from comity.desk.web.dated import answer, place
from comity.desk.web.page import Ask, Asked, Filled
from comity.desk.web.pages import PAGES
from comity.desk.web.state import State

page = PAGES["brief"]


@page.router.get("/brief")
def show(ask: Asked) -> Response:
    """The brief as of a date; for htmx only what depends on the dates."""
    if ask.desk.large:
        from comity.desk.web import brief_of_large

        return brief_of_large.shown(ask, opener(ask), source_of(ask))
    state = ask.state()
    brief = ask.brief()
    days = ask.register().days
    body = ask.desk.folded(
        ("brief page", ask.as_of, ask.since), lambda s: main_part(_brief(ask, s), opener(ask), source_of(ask)), state
    )
    at = place(ask, days)
    for near in (*days[max(0, at) - 1 : max(0, at)], *days[at + 1 : at + 2]) if days else ():
        if ask.since is None or ask.since < near:
            ask.desk.brief_ahead(near, ask.since)
    return answer(ask, brief, body, days)


@page.router.get("/brief/rest")
def rest(ask: Asked) -> Response:
    """Of a large case: the whole brief once all of it is worked out; until then nothing, and the page asks again."""
    if not ask.desk.large:
        return ask.to(ask.link("/brief"))
    from comity.desk.web import brief_of_large

    return brief_of_large.when_whole(ask, opener(ask), source_of(ask))


@page.router.post("/brief/paragraph")
def write(ask: Asked, form: Filled) -> Response:
    """Writes a paragraph of the person's own into a section of the brief. Raises InputError for one without words."""
    from comity.desk.web import downloads  # not needed to show the brief

    label = downloads.handling_of(form.get("handling", ""))
    wanted = paragraph_decision(form.get("section", ""), form.get("text", ""), ask.coder, label)
    with ask.desk.writing() as case:
        done = case.decide(wanted)
    ask.edited()
    return ask.to(f"{ask.link('/brief')}#{done.field}")


def _brief(ask: Ask, state: State) -> Brief:
    return ask.desk.brief(ask.as_of, ask.since, ask.desk.strictest(state), state)


def opener(ask: Ask) -> Callable[[str], str]:
    """What makes a label a link to its evidence: with scripts into the drawer (`brief.js`), without them as a page."""
    before = f'href="{escape(ask.link("/evidence", label="A"))}'[:-1]
    return lambda label: f'{before}{label if label.isascii() and label.isalnum() else in_path(label)}"'


def source_of(ask: Ask) -> Callable[[Source], str]:
    """Where a document of the brief can be read in full."""
    return lambda source: ask.link(f"/documents/{in_path(source.document)}")
