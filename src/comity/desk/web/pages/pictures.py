"""Pictures as files: the specification that the browser draws; SVG, PNG, JSON and CSV to pass on. No own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import HTTPException, Request
from fastapi.responses import Response

from comity.desk.pictures import export
from comity.desk.pictures.choosing import Wanted, asked_network, picture_of
from comity.desk.pictures.values import Picture
from comity.desk.web.downloads import kept, ledger_of
from comity.desk.web.page import Ask, Asked
from comity.desk.web.pages import PAGES
from comity.desk.web.state import Desk, State
from comity.words import Handling, InputError

page = PAGES["pictures"]

NAMES = ("timeline", "gap", "network", "matrix")
_NETWORK = ("mode", "aggregation", "normalisation", "actors", "concepts")


@page.router.get("/pictures/{name}.{format_}")
def file(ask: Asked, name: str, format_: str, handling: str = Handling.PUBLIC.value) -> Response:
    """A picture in a format: of public material, unless `handling` asks for more."""
    if name not in NAMES or format_ not in export.FORMATS:
        raise HTTPException(404, f"no picture is called {name}.{format_}")
    label = _one_of(Handling, handling, "handling")
    wanted, as_of, desk = wanted_of(ask.request, name), ask.as_of, ask.desk

    def fold(state: State) -> str | bytes:
        return export.written(_made(desk, state, wanted, as_of, label), format_)

    content = desk.folded(("picture file", wanted, as_of, label, format_), fold, ask.state())
    if "save" not in ask.request.query_params:  # for a page of the desk
        return Response(content, media_type=export.MEDIA[format_])
    picture = _made(desk, ask.state(), wanted, as_of, label)
    statements = None
    if "statement" in picture.table.columns:
        shown = {row["statement"] for row in picture.table.records()}
        statements = [s for s in ledger_of(desk, ask.state(), as_of, label).statements if s.id in shown]
    file_name = f"{desk.path.stem}-{name}.{format_}"
    return kept(desk, content, file_name, f"picture {name} {format_}", label, as_of, statements=statements)


def drawn(ask: Ask, wanted: Wanted, handling: Handling = Handling.PROTECTED) -> Picture:
    """The picture of what `handling` admits, made once for each state of the case."""
    return _made(ask.desk, ask.state(), wanted, ask.as_of, handling)


def _made(desk: Desk, state: State, wanted: Wanted, as_of: date | None, handling: Handling) -> Picture:
    def fold(s: State) -> Picture:
        documents = tuple(d for d in s.material.documents if handling.admits(d.handling))
        return picture_of(wanted, ledger_of(desk, s, as_of, handling), documents)

    return desk.folded(("picture", wanted, as_of, handling), fold, state)


def wanted_of(request: Request, name: str) -> Wanted:
    """The picture that a query asks for. Raises InputError for a value that does not fit."""
    query = request.query_params
    network = None
    if name == "network":
        try:
            network = asked_network(**{key: query.get(key) or None for key in _NETWORK})
        except ValueError as error:
            raise InputError(str(error), field="network", hint="choose one of those listed") from None
    return Wanted(
        name,
        issues=tuple(i for i in query.getlist("issue") if i),
        parties=tuple(p for p in query.getlist("party") if p),
        since=day_of(request, "first"),
        until=day_of(request, "last"),
        network=network,
    )


def day_of(request: Request, name: str) -> date | None:
    """A date of the query, or None. Raises InputError if it is none."""
    text = request.query_params.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"not a date: {text!r}", field=name, hint="use YYYY-MM-DD") from None


@dataclass(frozen=True)
class Shown:
    """What a template needs for a picture: the picture, where its specification and its still image are, and where
    its files are (format and address; of public material, unless the case holds other and it is asked for)."""

    picture: Picture
    spec: str
    still: str
    files: tuple[tuple[str, str], ...]
    protected: bool


def shown(ask: Ask, name: str, **query: object) -> Shown:
    """A picture for a page: everything that the case holds; its files are of public material only."""
    picture = drawn(ask, wanted_of(ask.request, name))
    given = [(k, v) for k, v in ask.request.query_params.multi_items() if v and k not in ("page", "n", "show")]
    here = _address(f"/pictures/{name}", given)
    all_ = [*given, ("handling", Handling.PROTECTED.value)]
    return Shown(
        picture,
        _address(f"/pictures/{name}.json", all_),
        _address(f"/pictures/{name}.svg", all_),
        tuple(
            (f, here.replace(f"/{name}", f"/{name}.{f}", 1) + ("&" if "?" in here else "?") + "save=1")
            for f in export.FORMATS
        ),
        any(d.handling is not Handling.PUBLIC for d in ask.material.documents),
    )


def _address(path: str, query: list[tuple[str, object]] | list[tuple[str, str]]) -> str:
    from urllib.parse import urlencode

    return f"{path}?{urlencode(query)}" if query else path


def _one_of(kind: type[Handling], text: str, field: str) -> Handling:
    try:
        return kind(text)
    except ValueError:
        known = ", ".join(h.value for h in kind)
        raise InputError(f"{text!r} is none of {known}", field=field) from None
