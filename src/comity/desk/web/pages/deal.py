"""Deal: what blocks one, what would open one, which packages no other betters, and a package of one's own."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from fastapi import HTTPException, Request, UploadFile
from fastapi.responses import Response
from markupsafe import Markup

from comity import bargaining
from comity.bargaining import Blockers, compare, draft_model, model_toml, parse_model, solutions
from comity.bargaining import show as showing
from comity.bargaining.blocks.stand import Stand, stands_of
from comity.bargaining.pareto import listed
from comity.bargaining.pareto.comparison import crossed
from comity.bargaining.show.markup import el, joined
from comity.bargaining.show.page import STYLE, method_part
from comity.desk.parts import phrases
from comity.desk.web import answers, downloads
from comity.desk.web.behind import Busy
from comity.desk.web.page import Ask, Asked, Filled
from comity.desk.web.pages import PAGES
from comity.desk.web.pages.worked_out import made_of, worked
from comity.desk.web.wide import Worked
from comity.words import Handling, InputError, NegotiationModel, Package, from_json

page = PAGES["deal"]

VIEWS = (
    ("blockers", "What blocks a deal"),
    ("openings", "What would open one"),
    ("frontier", "Which packages no other betters"),
    ("solutions", "What each principle picks"),
    ("compare", "Compare a package"),
)
TIME_LIMIT = 20.0
"""Seconds that one question may take in the browser; the command line has no limit of its own."""
MOST_BYTES = 2 * 1024 * 1024
MOST_BLOCKERS = 25
"""Blockers that are listed; all are counted."""
MOST_QUOTED = 8
"""Sentences shown of one stated position; the others are counted."""
_OPENINGS, _POINTS = 10, 500


@dataclass(frozen=True)
class Model:
    """The model that is asked about: drafted from the case, or one that a person loaded into this window."""

    model: NegotiationModel
    notes: tuple[str, ...]
    sentences: dict[str, str]
    name: str = ""


class LinkedParts(showing.Parts):
    """Parts of pages whose statements open their passage."""

    def __init__(self, ask: Ask, source: Model) -> None:
        super().__init__(source.model, source.sentences)
        self._ask = ask

    def stand(self, stand: Stand) -> Markup:
        """A stated position with its marks; each sentence it rests on is a link to its passage."""
        marks = [stand.kind, stand.firmness.value]
        marks += ["on a reporter’s account"] if stand.on_reporter else []
        tags = joined(el("span", mark, class_="tag") for mark in marks)
        return el("div", el("p", stand.text, tags), joined(self._quotes(stand)), class_="stated")

    def _quotes(self, stand: Stand) -> list[Markup]:
        found = []
        for cited in stand.statements[:MOST_QUOTED]:
            quote = self.sentences.get(cited) or (stand.quote if cited == stand.statements[0] else "")
            said = el("q", el("bdi", phrases.bare(quote) if quote else cited, dir="auto"))
            if cited in self.sentences:
                where = self._ask.link("/evidence", statement=cited)
                said = el("a", said, href=where, hx_get=where, hx_target="#drawer", class_="words")
            found.append(el("blockquote", said))
        left = len(stand.statements) - MOST_QUOTED
        if left > 0:
            found.append(el("p", f"and {phrases.counted(left, 'sentence')} more", class_="hint"))
        return found


@page.router.get("/deal")
def show(ask: Asked, view: str = "blockers", floors: bool = False, reporter: bool = True) -> Response:
    """One question about the model, answered."""
    if view not in dict(VIEWS):
        raise InputError(f"no question is called {view!r}", field="view", hint=f"ask {', '.join(dict(VIEWS))}")
    found = worked(ask)
    source = _source(ask, found)
    answer, fault, status, waits = None, "", 200, False
    try:
        if source.model.issues:
            answer = _answer(ask, source, view, floors, reporter, found)
    except InputError as error:
        fault, status = str(error), 422
    except Busy:
        if not ask.desk.large:
            raise
        waits = True
    return ask.html(
        "deal.html.j2",
        200 if view in ("frontier", "solutions") else status,
        view=view,
        views=VIEWS,
        floors=floors,
        reporter=reporter,
        source=source,
        answer=answer,
        method=method_part(answer.method) if answer else "",
        fault=fault,
        files=_files(ask, answer) if found is None else [],
        chosen=_chosen(ask, source.model),
        drafts=source.model.drafts,
        csrf_query=ask.session.csrf,
        has_floors=any(p.reservation is not None for p in source.model.preferences),
        protected=ask.register().strictest is not Handling.PUBLIC,
        worked=found,
        made_of=made_of(ask, found) if not source.name else None,
        waits=waits,
    )


@page.router.get("/deal/answer.{format_}")
def as_file(
    ask: Asked,
    format_: str,
    view: str = "frontier",
    floors: bool = False,
    reporter: bool = True,
    handling: str = Handling.PUBLIC.value,
) -> Response:
    """The picture or the tables of an answer: of public material, unless more is asked for."""
    label = downloads.handling_of(handling)
    if format_ not in answers.FORMATS or view not in dict(VIEWS):
        raise HTTPException(404, f"no answer is called {view}.{format_}")
    source = _loaded(ask)
    if source is None:
        model, notes = draft_model(downloads.ledger_of(ask.desk, ask.state(), ask.as_of, label))
        source = Model(model, notes, {})
    answer = _answer(ask, source, view, floors, reporter)
    if answer is None:
        raise InputError("nothing was asked", hint="choose a package first")
    name = f"{ask.desk.path.stem}-{view}.{format_}"
    content = answers.written(answer, format_)
    of_case = _loaded(ask) is None
    return downloads.kept(ask.desk, content, name, f"{view} {format_}", label, ask.as_of, of_case=of_case)


@page.router.get("/deal/style.css")
def style() -> Response:
    """The style sheet that the pages of the bargaining room share."""
    return Response(STYLE, media_type="text/css; charset=utf-8")


@page.router.get("/deal/model.toml")
def as_toml(ask: Asked, handling: str = Handling.PUBLIC.value) -> Response:
    """The model as a file to edit: of public material, unless more is asked for."""
    try:
        label = Handling(handling)
    except ValueError:
        raise InputError(f"{handling!r} is none of public, internal, protected", field="handling") from None
    found = _loaded(ask)
    model = found.model if found else draft_model(downloads.ledger_of(ask.desk, ask.state(), ask.as_of, label))[0]
    name = f"{ask.desk.path.stem}-model.toml"
    return downloads.kept(ask.desk, model_toml(model), name, "model", label, ask.as_of, of_case=found is None)


@page.router.post("/deal/model")
async def load(ask: Asked, request: Request) -> Response:
    """Takes a model file (TOML or JSON) for this window; nothing of it goes into the case."""
    async with request.form() as form:
        given = form.get("file")
        if not hasattr(given, "read"):
            raise InputError("no file was chosen", field="model")
        upload = cast(UploadFile, given)
        data = await upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"larger than {MOST_BYTES // 1024 // 1024} MB", file=upload.filename)
    name = upload.filename or "model"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", file=name, hint="save it as UTF-8") from None
    model = parse_model(text, file=name, as_json=name.lower().endswith(".json"))
    _models(ask)[ask.session.key] = Model(model, (), {}, name)
    return ask.to("/deal")


@page.router.post("/deal/forget")
def forget(ask: Asked, form: Filled) -> Response:
    """Goes back to the model that is drafted from the case."""
    _models(ask).pop(ask.session.key, None)
    return ask.to("/deal")


def _models(ask: Ask) -> dict[str, Model]:
    state = ask.request.app.state
    if not hasattr(state, "models"):
        state.models = {}
    return cast(dict[str, Model], state.models)


def _loaded(ask: Ask) -> Model | None:
    return _models(ask).get(ask.session.key)


def _source(ask: Ask, found: Worked | None) -> Model:
    loaded, desk, as_of = _loaded(ask), ask.desk, ask.as_of
    if found is not None:
        key = ("deal", as_of, found.head and found.head.stamp, loaded and loaded.model)
        return desk.wide().kept(key, lambda: _kept(found, loaded))
    sentences = desk.folded(
        ("sentences", as_of), lambda s: {x.id: x.passage.quote for x in desk.ledger(as_of, s).statements}, ask.state()
    )
    if loaded is not None:
        return Model(loaded.model, loaded.notes, sentences, loaded.name)
    model, notes = desk.folded(("model", as_of), lambda s: draft_model(desk.ledger(as_of, s)), ask.state())
    return Model(model, notes, sentences)


def _kept(found: Worked, loaded: Model | None) -> Model:
    """The model that is worked out for a date of a large case: without issues while it is not there."""
    told = found.part("deal")
    sentences = dict(told["sentences"]) if told else {}
    if loaded is not None:
        return Model(loaded.model, loaded.notes, sentences, loaded.name)
    if told is None:
        return Model(NegotiationModel(title="", issues=(), parties=()), (), {})
    return Model(from_json(NegotiationModel, told["model"]), tuple(told["notes"]), sentences)


def _asked(ask: Ask, key: Hashable, name: str, model: NegotiationModel, **how: Any) -> Any:
    """A question about a model, answered once for each state of the case. Raises Busy in a large case until it is."""
    if ask.desk.large:
        return ask.desk.wide().answer(key, name, model, **how)
    return ask.desk.folded(key, lambda _: getattr(bargaining, name)(model, **how))


def _answer(
    ask: Ask, source: Model, view: str, floors: bool, reporter: bool, found: Worked | None = None
) -> showing.Page | None:
    """The answer as a page of the bargaining room; None where there is nothing to compare yet."""
    parts, model = LinkedParts(ask, source), source.model
    key: tuple[Any, ...] = ("deal", view, model, floors, reporter)
    if view == "blockers":
        if found is not None and not source.name and reporter and not floors:  # what was worked out for the date
            wide = ask.desk.wide()
            told, stamp = wide.blockers(ask.as_of), found.head and found.head.stamp
            return wide.kept(
                ("blockers", ask.as_of, ask.since, stamp), lambda: _first_blockers(parts, from_json(Blockers, told))
            )
        made = _asked(ask, key, "blockers", model, floors=floors, reporter=reporter, time_limit=TIME_LIMIT)
        return _first_blockers(parts, made)
    if view == "openings":
        how: dict[str, Any] = {"floors": floors, "reporter": reporter, "count": _OPENINGS, "time_limit": TIME_LIMIT}
        return showing.openings_page(parts, _asked(ask, key, "openings", model, **how))
    if view == "frontier":
        made = _asked(ask, key, "frontier", model, time_limit=TIME_LIMIT, limit=_POINTS)
        return showing.frontier_page(parts, made)
    if view == "solutions":
        plane = _asked(ask, ("surface", model), "surface", model, time_limit=TIME_LIMIT)
        return showing.solutions_page(parts, solutions(model, plane), listed(model, plane, _POINTS))
    package = _package(ask, model)
    if package is None:
        return None
    if not model.preferences:
        return _crossings(parts, model, package)
    plane = _asked(ask, ("surface", model), "surface", model, time_limit=TIME_LIMIT)
    result = compare(model, plane, package, time_limit=TIME_LIMIT)
    page_ = showing.compare_page(parts, result, listed(model, plane, _POINTS))
    crossing = _crossing_part(parts, model, package)
    return showing.Page(page_.title, page_.question, page_.answer, (*page_.parts, *crossing), page_.method)


def _first_blockers(parts: LinkedParts, found: Blockers) -> showing.Page:
    """What blocks a deal: where there are very many blockers, the first of them."""
    count, first = len(found.blockers), found.blockers[:MOST_BLOCKERS]
    shown = showing.blockers_page(parts, replace(found, blockers=first))
    if count == len(first):
        return shown
    said = shown.answer.replace(f": {len(first)} blockers.", f": {count:,} blockers, of which {len(first)} are listed.")
    return replace(shown, answer=said)


def result(ask: Ask, question: str, floors: bool = False, reporter: bool = True) -> Any:
    """The answer to a question about the model of this window, as a value. Raises InputError if there is none."""
    found = worked(ask)
    source = _source(ask, found)
    if not source.model.issues:
        raise InputError("nothing to ask about", hint="no party states a position on an issue of substance yet")
    how: dict[str, Any] = {"time_limit": TIME_LIMIT}
    how |= {"limit": _POINTS} if question == "frontier" else {"floors": floors, "reporter": reporter}
    how |= {"count": _OPENINGS} if question == "openings" else {}
    return _asked(ask, ("deal value", question, source.model, floors, reporter), question, source.model, **how)


def _files(ask: Ask, answer: showing.Page | None) -> list[tuple[str, str]]:
    """Where the answer can be had as a file, by format."""
    if answer is None:
        return []
    has = {"svg": answers.pictures(answer), "png": answers.pictures(answer), "csv": answers.tables(answer)}
    query = [(k, v) for k, v in ask.request.query_params.multi_items() if v and k not in ("view", "handling")]
    view = ask.request.query_params.get("view", "blockers")
    return [(f, f"/deal/answer.{f}?{urlencode([('view', view), *query])}") for f in answers.FORMATS if has[f]]


def _chosen(ask: Ask, model: NegotiationModel) -> dict[str, str]:
    """The option chosen for each issue: by the form, by a draft of the model, or none."""
    query = ask.request.query_params
    draft = next((d for d in model.drafts if d.name == query.get("draft")), None)
    if draft is not None:
        return dict(zip((i.id for i in model.issues), draft.options, strict=True))
    return {i.id: query.get(f"o.{i.id}", "") for i in model.issues}


def _package(ask: Ask, model: NegotiationModel) -> Package | None:
    chosen = _chosen(ask, model)
    if not any(chosen.values()):
        return None
    for issue in model.issues:
        if chosen[issue.id] not in {o.id for o in issue.options}:
            raise InputError("a package settles every issue", field=issue.name, hint="choose an option for each")
    return Package(tuple(chosen[i.id] for i in model.issues), ask.request.query_params.get("draft", ""))


def _crossing_part(parts: LinkedParts, model: NegotiationModel, package: Package) -> Sequence[showing.Part]:
    """What parties have stated against a package, each position with its sentences."""
    options = tuple(
        [o.id for o in issue.options].index(chosen) for issue, chosen in zip(model.issues, package.options, strict=True)
    )
    ids = crossed(model, options)
    stands = {stand.id: stand for stand, _ in stands_of(model)}
    rules = {rule.id: rule.note or rule.id for rule in model.rules}
    items = [parts.stand(stands[i]) for i in ids if i in stands]
    items += [el("p", f"Breaks a rule: {rules[i]}") for i in ids if i in rules]
    body = joined(items) if items else el("p", "No stated position and no rule stands against it.")
    silent = [
        f"{party.name} on {', '.join(quiet)}"
        for party in model.parties
        if (quiet := [i.name for i in model.issues if not model.heard(party.id, i.id)])
    ]
    told = el("p", f"Not heard, and so unknown: {'; '.join(silent)}.", class_="possible") if silent else None
    return [showing.Part("crosses", "What stands against it", joined([body, told]))]


def _crossings(parts: LinkedParts, model: NegotiationModel, package: Package) -> showing.Page:
    """A package beside stated positions alone, where nobody's preferences are known."""
    from comity.bargaining.method import method

    crossing = _crossing_part(parts, model, package)
    stands = {stand.id for stand, _ in stands_of(model)}
    options = tuple(
        [o.id for o in issue.options].index(chosen) for issue, chosen in zip(model.issues, package.options, strict=True)
    )
    count = sum(1 for i in crossed(model, options) if i in stands)
    answer = f"It crosses {count} stated position{'s' * (count != 1)}." if count else "It crosses no stated position."
    card = showing.Part("package", "The package", parts.card(package.name or "Your package", package))
    return showing.Page(
        model.title, "How the package compares", answer, (card, *crossing), method("stated positions, one by one")
    )
