"""How a page is made: a `Page` with its routes, and `Ask`, what a route is asked and answers with.

A module in `comity.desk.web.pages` that has a `page` is found by itself; see docs/desk/web.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.case import Revision
from comity.desk.flow import Material
from comity.desk.part import Part
from comity.desk.parts.values import Brief
from comity.desk.register import Register
from comity.desk.web import render
from comity.desk.web.jobs import Jobs
from comity.desk.web.sessions import Session
from comity.desk.web.state import Desk, State
from comity.desk.web.views import View, Whole
from comity.words import Agenda, Handling, InputError, Ledger


@dataclass(frozen=True)
class Page:
    """One entry of the navigation. `place` orders it; routes that it adds to `router` are not part of the API."""

    name: str
    title: str
    place: int
    hint: str = ""
    router: APIRouter = field(default_factory=lambda: APIRouter(include_in_schema=False))

    @property
    def path(self) -> str:
        return f"/{self.name}"


class Ask:
    """One request: who asks (`coder`), of which date (`as_of`, `since`), and the desk to ask."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.desk: Desk = request.app.state.desk
        self.jobs: Jobs = request.app.state.jobs
        self.session: Session = request.scope["state"]["session"]
        self.as_of = _day(request, "as_of")
        self.since = _day(request, "since")
        self._state: State | None = None
        self._view: View | None = None

    @property
    def coder(self) -> str:
        """Who decides in this window."""
        return self.session.coder

    @property
    def partial(self) -> bool:
        """True if htmx asks for a part of a page and not for the whole."""
        return self.request.headers.get("hx-request") == "true" and "hx-boosted" not in self.request.headers

    def state(self) -> State:
        """The case as it is now: `.material`, `.revision`. After an edit it is asked for anew.

        Of a large case, without its texts and readings.
        """
        if self._state is None:
            self._state = self.desk.light() if self.desk.large else self.desk.state()
        return self._state

    @property
    def material(self) -> Material:
        return self.state().material

    def ledger(self) -> Ledger:
        """The ledger as of the date asked for."""
        return self.desk.ledger(self.as_of, self.state())

    def now(self) -> Ledger:
        """The ledger of all documents, whatever date is asked for."""
        return self.desk.ledger(None, self.state())

    def edited(self) -> None:
        """After an edit: what is asked for next is of the case with it."""
        self._state = self._view = None

    def view(self) -> View:
        """What this request sees of the case a document or a statement at a time: of a case of any size."""
        if self._view is None:
            self._view = self.desk.wide() if self.desk.large else Whole(self.desk, self.state())
        return self._view

    @property
    def revision(self) -> Revision:
        """How far the case had got when this request began to look at it."""
        return self.view().revision

    def register(self) -> Register:
        """All documents, without their texts."""
        return self.view().register()

    def agenda(self) -> Agenda:
        """The agenda in force."""
        return self.view().agenda()

    def part_on(self, document: str, as_of: date | None = None) -> Part:
        """One document with its statements as decided; with `as_of`, as a ledger of that date has them. Raises 404."""
        found = self.view().part(document, as_of)
        if found is None:
            raise HTTPException(404, f"no document is called {document!r}")
        return found

    def part_of(self, statement: str, as_of: date | None = None) -> Part:
        """The document of a statement, as `part_on` gives it. Raises 404 if there is none such."""
        document = self.view().document_of(statement)
        if document is None:
            raise HTTPException(404, f"no statement is called {statement!r}")
        return self.part_on(document, as_of)

    def brief(self, handling: Handling | None = None) -> Brief:
        """The brief as of the date asked for, with what changed since the other date asked for: of all that the case
        holds, or of what `handling` admits."""
        state = self.state()
        return self.desk.brief(self.as_of, self.since, handling or self.desk.strictest(state), state)

    def html(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A template with `values`, as the whole page."""
        return HTMLResponse(render.page(template, self, values), status_code=status)

    def part(self, template: str, block: str, status: int = 200, **values: Any) -> HTMLResponse:
        """One block of a template, for htmx to put into a page that is there."""
        return HTMLResponse(render.block(template, block, self, values), status_code=status)

    def link(self, path: str, /, **query: Any) -> str:
        """A path with a query; the dates asked for go along unless the query says otherwise."""
        return linked(path, {"as_of": self.as_of, "since": self.since} | query)

    @staticmethod
    def to(where: str) -> Response:
        """After an edit: the browser goes on with a GET, so that loading the page again edits nothing."""
        return RedirectResponse(where, status_code=303)


def linked(path: str, query: Mapping[str, Any]) -> str:
    """A path with the values of a query that are not empty.

    >>> linked("/brief", {"as_of": date(2031, 3, 4), "since": None})
    '/brief?as_of=2031-03-04'
    """
    kept = [(name, str(value)) for name, value in query.items() if value not in (None, "")]
    return f"{path}?{urlencode(kept)}" if kept else path


def _day(request: Request, name: str) -> date | None:
    text = request.query_params.get(name, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"not a date: {text!r}", field=name, hint="use YYYY-MM-DD") from None


async def _ask(request: Request) -> Ask:
    return Ask(request)


Asked = Annotated[Ask, Depends(_ask)]
"""The type of a route's parameter that is to be the `Ask`."""


async def _filled(request: Request) -> dict[str, str]:
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


Filled = Annotated[dict[str, str], Depends(_filled)]
"""The type of a route's parameter that is to be the form as filled in: names to texts."""
