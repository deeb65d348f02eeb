"""Accord: the clauses of an agreed text over time, each verdict with its evidence; before that, terms as reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files as packaged
from pathlib import Path

from fastapi.responses import Response
from markupsafe import Markup

from comity.accord.clauses import load_accord
from comity.accord.incidents import ics, load
from comity.desk.brief import SLOTS
from comity.desk.report import watch as watched_page
from comity.desk.report import watch_plain
from comity.desk.watching import Watch, watch
from comity.desk.web import downloads
from comity.desk.web.page import Ask, Asked
from comity.desk.web.pages import PAGES
from comity.desk.web.pages.pictures import day_of
from comity.desk.web.pages.worked_out import worked
from comity.words import NOT_STATED, Handling, InputError, Term, from_json

page = PAGES["accord"]

PER_PAGE = 100
"""Terms on one page."""

ACCORDS = (".accord",)
INCIDENTS = (".csv", ".json", ".jsonl")
_FORMATS = ("html", "json", "ics")


@page.router.get("/accord")
def show(ask: Asked, accord: str = "", incidents: str = "", clause: str = "", n: int = 1) -> Response:
    """The accord of a file beside the case, watched over the incidents of another."""
    folder = ask.desk.path.resolve().parent
    accords, reports = _beside(folder, ACCORDS), _beside(folder, INCIDENTS)
    seen, body, fault = None, Markup(""), ""
    try:
        if accord:
            seen = watched(ask, accord, incidents, clause)
            body = _main(watched_page.render(seen))
    except InputError as error:
        fault = str(error).replace(f"{folder}/", "")
    found = worked(ask)
    issues = {i.id: i.name for i in ask.agenda().issues}
    told = ask.ledger().terms if found is None else (found.part("terms") or [])
    n = min(max(1, n), max(1, -(-len(told) // PER_PAGE)))
    terms = [
        (term, issues.get(term.issue or "", ""), [(s, v) for s in SLOTS if (v := str(getattr(term, s))) != NOT_STATED])
        for term in (from_json(Term, t) if isinstance(t, dict) else t for t in told[(n - 1) * PER_PAGE : n * PER_PAGE])
    ]
    query = ask.request.query_params
    return ask.html(
        "accord.html.j2",
        422 if fault else 200,
        accords=accords,
        reports=reports,
        accord=accord,
        incidents=incidents,
        clause=clause,
        clauses=[(c.id, f"{c.id} {c.title}") for c in seen.accord.clauses] if seen else [],
        first=query.get("first", ""),
        covered=query.get("covered", ""),
        seen=seen,
        body=body,
        fault=fault,
        terms=terms,
        total=len(told),
        n=n,
        per_page=PER_PAGE,
        worked=found,
        protected=any(i.handling is not Handling.PUBLIC for i in seen.incidents) if seen else False,
    )


@page.router.get("/accord/style.css")
def style() -> Response:
    """The style sheet of an accord watched, which its page as a file has too."""
    text = packaged("comity.desk.report").joinpath("assets", "watch.css").read_text(encoding="utf-8")
    return Response(text, media_type="text/css; charset=utf-8")


@page.router.get("/accord/as.{format_}")
def file(
    ask: Asked, format_: str, accord: str = "", incidents: str = "", clause: str = "", handling: str = "public"
) -> Response:
    """The accord watched as a file: over public reports, unless more is asked for."""
    if format_ not in _FORMATS:
        raise InputError(f"no format {format_!r}", field="format", hint="html, json or ics")
    if handling not in {h.value for h in Handling}:
        raise InputError(f"{handling!r} is none of public, internal, protected", field="handling")
    seen = watched(ask, accord, incidents, clause, Handling(handling))
    if format_ == "html":
        content = watched_page.render(seen)
    else:
        content = watch_plain.plain(seen) if format_ == "json" else ics.written(seen.accord, seen.ahead, seen.as_of)
    name = f"{Path(accord).stem or 'accord'}-watched.{format_}"
    label = Handling(handling)
    return downloads.kept(ask.desk, content, name, f"accord {format_}", label, ask.as_of, of_case=False)


def watched(ask: Ask, accord: str, incidents: str, clause: str, handling: Handling = Handling.PROTECTED) -> Watch:
    """The accord watched, worked out again when one of the two files has changed. Raises InputError."""
    folder = ask.desk.path.resolve().parent
    text = _file(folder, accord, ACCORDS, "accord")
    reports = _file(folder, incidents, INCIDENTS, "incidents") if incidents else None
    since, covered = day_of(ask.request, "first"), day_of(ask.request, "covered")
    stamps = tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in (text, reports) if p)
    key = ("accord", stamps, ask.as_of, since, covered, clause, handling)
    return ask.desk.folded(key, lambda _: _watch(text, reports, ask.as_of, since, covered, clause, handling))


def _watch(
    text: Path,
    reports: Path | None,
    as_of: date | None,
    since: date | None,
    covered: date | None,
    clause: str,
    handling: Handling,
) -> Watch:
    accord = load_accord(text)
    read = load([str(reports)], accord.timezone) if reports else None
    kept = [i for i in read.incidents if handling.admits(i.handling)] if read else []
    made = watch(
        accord,
        kept,
        as_of=as_of,
        since=since,
        covered_until=covered,
        only=[clause] if clause else [],
        faults=read.faults if read else (),
    )
    if reports is None:
        made = replace(made, notes=("No reports are chosen: what is told is what the text asks for.", *made.notes))
    return made


def _beside(folder: Path, suffixes: tuple[str, ...]) -> list[str]:
    """Names of the files of a kind in the folder of the case."""
    return sorted(p.name for p in folder.iterdir() if p.suffix.lower() in suffixes and p.is_file())


def _file(folder: Path, name: str, suffixes: tuple[str, ...], field: str) -> Path:
    """The file of this name beside the case: nothing outside that folder can be named. Raises InputError."""
    if name not in _beside(folder, suffixes):
        raise InputError(f"no file {name!r} lies beside the case", field=field, hint="put it there, or choose another")
    return folder / name


def _main(html: str) -> Markup:
    """What stands in the main part of a page that our own template made (there everything is escaped)."""
    return Markup(html.partition("<main>")[2].rpartition("</main>")[0])
