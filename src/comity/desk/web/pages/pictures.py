"""Pictures as files: the specification that the browser draws; SVG, PNG, JSON and CSV to pass on. No own page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fastapi import HTTPException, Request
from fastapi.responses import Response

from comity.desk.pictures import export
from comity.desk.pictures.choosing import Wanted, asked_network, checked, picture_of
from comity.desk.pictures.gap import gap
from comity.desk.pictures.matrix import matrix
from comity.desk.pictures.network import Asked as Network
from comity.desk.pictures.spread import Spread, timeline_of
from comity.desk.pictures.spread_network import network_of
from comity.desk.pictures.values import Picture, Table
from comity.desk.web.downloads import kept, ledger_of
from comity.desk.web.page import Ask, Asked
from comity.desk.web.pages import PAGES
from comity.desk.web.state import Desk, State, TooLarge
from comity.words import Gap, Handling, InputError, dumps, from_json

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
    if desk.large:
        return _file_of_large(ask, wanted, format_, label)

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


def _file_of_large(ask: Ask, wanted: Wanted, format_: str, handling: Handling) -> Response:
    """The same of a large case: for a page at once; a table of very many rows is refused."""
    if "save" in ask.request.query_params:
        raise TooLarge(len(ask.register().rows))
    picture = drawn(ask, wanted, handling)
    if format_ == "json":  # for a page, which has the table already
        told = {"name": picture.name, "title": picture.title, "description": picture.description, "spec": picture.spec}
        return Response(dumps(told), media_type=export.MEDIA[format_])
    if format_ == "csv":
        return Response(export.written(picture, format_), media_type=export.MEDIA[format_])
    content = ask.desk.wide().still({**picture.spec, "description": picture.description}, format_)
    return Response(content, media_type=export.MEDIA[format_])


def drawn(ask: Ask, wanted: Wanted, handling: Handling = Handling.PROTECTED) -> Picture:
    """The picture of what `handling` admits, made once for each state of the case."""
    if ask.desk.large:
        return _drawn_of_large(ask, wanted, handling)
    return _made(ask.desk, ask.state(), wanted, ask.as_of, handling)


def _made(desk: Desk, state: State, wanted: Wanted, as_of: date | None, handling: Handling) -> Picture:
    def fold(s: State) -> Picture:
        documents = tuple(d for d in s.material.documents if handling.admits(d.handling))
        return picture_of(wanted, ledger_of(desk, s, as_of, handling), documents)

    return desk.folded(("picture", wanted, as_of, handling), fold, state)


def _drawn_of_large(ask: Ask, wanted: Wanted, handling: Handling) -> Picture:
    """The picture of all statements, counted in columns; the matrix and numbers, of what is weighed."""
    view, as_of = ask.desk.wide(), ask.as_of
    if not handling.admits(view.strictest()):
        raise TooLarge(len(view.register().rows))
    checked(wanted, view.spread(as_of).standing)
    if wanted.name == "gap":
        whole = view.worked(as_of).part("gap")
        if whole is not None and not wanted.issues:
            table = Table(tuple(whole["table"]["columns"]), tuple(tuple(row) for row in whole["table"]["rows"]))
            notes = tuple(whole["notes"])
            return Picture(whole["name"], whole["title"], whole["description"], whole["spec"], table, notes)
        told = from_json(tuple[Gap, ...], view.worked(as_of).part("gaps") or [])
        return gap(view.spread(as_of).standing, told, issues=wanted.issues)
    return view.picture(as_of, wanted, lambda spread: _of_spread(spread, wanted))


def _of_spread(spread: Spread, wanted: Wanted) -> Picture:
    if wanted.name == "timeline":
        return timeline_of(spread, issues=wanted.issues, parties=wanted.parties, since=wanted.since, until=wanted.until)
    if wanted.name == "network":
        return network_of(spread, asked_for(wanted)).picture
    return matrix(spread.standing, issues=wanted.issues, parties=wanted.parties)


def asked_for(wanted: Wanted) -> Network:
    """The network that is wanted, with its days."""
    return replace(wanted.network or asked_network(), since=wanted.since, until=wanted.until)


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
        ()
        if ask.desk.large
        else tuple(
            (f, here.replace(f"/{name}", f"/{name}.{f}", 1) + ("&" if "?" in here else "?") + "save=1")
            for f in export.FORMATS
        ),
        ask.register().strictest is not Handling.PUBLIC,
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
