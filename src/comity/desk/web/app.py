"""The application of one case: its pages and the API, each loaded when it is asked for; assets; errors as one line."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from threading import Lock, Thread
from time import sleep

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from comity import __version__
from comity.desk.web import render
from comity.desk.web.behind import Busy
from comity.desk.web.guard import Guard
from comity.desk.web.jobs import Jobs
from comity.desk.web.lookups import LARGE
from comity.desk.web.page import Ask
from comity.desk.web.pages import PAGES, loaded, name_in
from comity.desk.web.sessions import Sessions
from comity.desk.web.state import PATIENCE, Desk
from comity.words import ComityError

API = "api"
BREATH = 0.1
"""Seconds between two pages that are loaded before anybody asks for them."""


class Loading:
    """Takes pages and the API into an application when something at their addresses is asked for first.

    Some of them take a second to import. The rest is loaded after the first page, one by one, before anybody asks.
    """

    def __init__(self, app: ASGIApp, into: FastAPI, ahead: bool) -> None:
        self._app, self._into, self._ahead = app, into, ahead
        self._left = [*PAGES, API]
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        name = API if path.startswith("/api/") else name_in(path)
        if name in self._left:
            await run_in_threadpool(self.load, name)
        await self._app(scope, receive, send)
        if name and self._ahead:
            self._ahead = False
            Thread(target=self._rest, daemon=True).start()

    def load(self, name: str) -> None:
        """Takes in a page, or the API, unless it is there."""
        with self._lock:
            if name not in self._left:
                return
            if name == API:
                from comity.desk.web import api, api_study

                self._into.include_router(api.router)
                self._into.include_router(api_study.router)
            else:
                self._into.include_router(loaded(name).router)
            self._left.remove(name)

    def _rest(self) -> None:
        for name in list(self._left):
            self.load(name)
            sleep(BREATH)


def make_app(
    path: str | Path,
    *,
    sessions: Sessions,
    hosts: Collection[str],
    workers: int | None = None,
    patience: float = PATIENCE,
    large: int = LARGE,
    **limits: float,
) -> ASGIApp:
    """The application of the case at `path`, behind its guard.

    `hosts` are the values of the Host header that are answered; `patience` is that of `comity.desk.web.state.Desk`,
    `large` the number of documents from which a case is large, `limits` are those of `comity.desk.web.guard.Guard`.
    Raises CaseError if the case cannot be used.
    """
    return Guard(unguarded(path, workers, patience, large), sessions, hosts, **limits)  # type: ignore[arg-type]


def unguarded(
    path: str | Path,
    workers: int | None = None,
    patience: float = PATIENCE,
    large: int = LARGE,
    ahead: bool = False,
) -> ASGIApp:
    """The application of the case at `path`, to stand behind a guard. With `ahead`, all pages are loaded after the
    first one. Raises CaseError if the case cannot be used."""
    app = FastAPI(
        title="Comity",
        version=__version__,
        summary="Who stands where on the word of whom: one case.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # FastAPI's own pages load from elsewhere
        redoc_url=None,
    )
    app.state.desk = Desk(path, workers, patience, large)
    app.state.jobs = Jobs(app.state.desk)
    app.state.pages = tuple(PAGES.values())
    app.add_api_route("/", _home, include_in_schema=False)
    app.add_api_route("/assets/{name:path}", _asset, include_in_schema=False)
    app.add_exception_handler(ComityError, _told)
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(Busy, _busy)
    app.add_middleware(Loading, into=app, ahead=ahead)
    return app


def prepare() -> None:
    """Loads what the brief needs, before anybody asks for it."""
    from comity.desk.report import html

    loaded("brief")
    html.prepare()
    render.prepare("brief.html.j2")


def _home() -> Response:
    return RedirectResponse("/brief", status_code=303)


def _asset(name: str, request: Request) -> Response:
    found = render.asset(name)
    if found is None:
        raise HTTPException(404, f"no asset is called {name!r}")
    content, type_ = found
    keep = "max-age=31536000, immutable" if "v" in request.query_params else "no-cache"
    return Response(content, media_type=type_, headers={"cache-control": keep})


def _told(request: Request, error: Exception) -> Response:
    """What is wrong, in one line: as JSON under /api, as a page elsewhere."""
    status = error.status_code if isinstance(error, HTTPException) else 422
    said = str(error.detail if isinstance(error, HTTPException) else error)
    if status == 404 and said == "Not Found":
        said = "There is no page at this address."
    if request.url.path.startswith("/api"):
        return JSONResponse({"detail": said}, status_code=status)
    try:
        ask = Ask(request)
    except ComityError:  # the query itself is at fault
        scope = dict(request.scope) | {"query_string": b""}
        ask = Ask(Request(scope))
    return ask.html("error.html.j2", status, said=said, missing=status == 404)


def _busy(request: Request, error: Exception) -> Response:
    """How far it has got, on a page that asks again by itself."""
    assert isinstance(error, Busy)
    again = {"retry-after": "2"}
    if request.url.path.startswith("/api"):
        told = {"detail": f"{error.stage}: {error.done} of {error.all}", "stage": error.stage}
        return JSONResponse(told | {"done": error.done, "all": error.all}, 503, again)
    answer = Ask(request).html("busy.html.j2", 503, busy=error)
    answer.headers.update(again)
    return answer
