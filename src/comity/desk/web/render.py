"""Templates to text: everything is escaped and cleaned; what an asset is called; what every page knows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from comity import __version__
from comity.desk.parts import phrases
from comity.desk.report.clean import clean
from comity.desk.report.refs import quote

if TYPE_CHECKING:
    from comity.desk.web.page import Ask

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".LICENSE": "text/plain; charset=utf-8",
}


def page(template: str, ask: Ask, values: Mapping[str, Any]) -> str:
    """The whole page."""
    return _environment().get_template(template).render(_known(ask) | dict(values))


def block(template: str, name: str, ask: Ask, values: Mapping[str, Any]) -> str:
    """One block of a template by itself. Macros that it uses are imported in the block or come from another file."""
    found = _environment().get_template(template)
    context = found.new_context(_known(ask) | dict(values))
    return "".join(found.blocks[name](context))


def prepare(template: str) -> None:
    """Compiles a template, which takes a tenth of a second."""
    _environment().get_template(template)


def asset(name: str) -> tuple[bytes, str] | None:
    """The bytes of an asset and its type, or None. The style of the brief is the report's own file."""
    return _assets().get(name)


@cache
def _assets() -> dict[str, tuple[bytes, str]]:
    found = {"brief.css": files("comity.desk.report").joinpath("assets", "brief.css").read_bytes()}
    root = files("comity.desk.web").joinpath("assets")
    for folder in ("", "vendor"):
        for each in (root.joinpath(folder) if folder else root).iterdir():
            if each.is_file():
                found[f"{folder}/{each.name}" if folder else each.name] = each.read_bytes()
    types = {name: TYPES.get("." + name.rpartition(".")[2], "application/octet-stream") for name in found}
    return {name: (content, types[name]) for name, content in found.items()}


@cache
def asset_url(name: str) -> str:
    """The address of an asset, which changes with what it holds. Raises KeyError if there is none such."""
    return f"/assets/{name}?v={hashlib.sha256(_assets()[name][0]).hexdigest()[:12]}"


def _known(ask: Ask) -> dict[str, Any]:
    return {
        "ask": ask,
        "csrf": ask.session.csrf,
        "coder": ask.coder,
        "as_of": ask.as_of,
        "since": ask.since,
        "pages": ask.request.app.state.pages,
        "here": ask.request.url.path,
        "case_name": ask.desk.path.name,
        "phrases": phrases,
        "quote": quote,
        "asset": asset_url,
        "version": __version__,
        "behind": ask.desk.behind,
        "large": ask.desk.large,
        "nothing_yet": not ask.desk.look.register().rows,
    }


def _finalize(value: object) -> object:
    """Cleans every plain string that a template prints; markup was cleaned where it was made."""
    return clean(value) if type(value) is str else value


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("comity.desk.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["say"] = lambda text: Markup("<bdi>{}</bdi>").format(clean(str(text)))
    return made
