"""comity accord"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from comity.desk import options
from comity.words import Clause, Handling, InputError

if TYPE_CHECKING:  # these take a second to import; `--help` should not
    from comity.accord.clauses import ClauseFile

_F = TypeVar("_F", bound=Callable[..., Any])

_format = click.option(
    "--format", "format_", type=click.Choice(("term", "html", "json")), help="By default from the name of the output."
)
_texts = click.option(
    "--text", "texts", multiple=True, metavar="NAME=FILE",
    help="A cited text that is kept elsewhere: a text file, or JSON lines with id and text.",
)  # fmt: skip
_clause = click.option("--clause", "only", multiple=True, metavar="ID", help="Only this clause; may be repeated.")


def _shared(command: _F) -> _F:
    for option in (options.quiet, options.output, _format, _clause, _texts, click.argument("file", type=click.Path())):
        command = option(command)
    return command


@click.group()
def command() -> None:
    """An agreement or a draft as clauses: shown, checked, compared, tried on scenarios.

    A clause file is plain text in which every clause quotes the words that it formalises.

    \b
    Examples:
      comity accord show truce.accord
      comity accord check truce.accord --text treaty=treaty.txt
      comity accord scenarios truce.accord --clause 3
      comity accord redline draft-1.accord draft-2.accord -o redline.html
    """


@command.command("show")
@click.option("--formulas", is_flag=True, help="Also the formulas of each clause.")
@_shared
def show(
    file: str,
    texts: tuple[str, ...],
    only: tuple[str, ...],
    format_: str | None,
    output: str | None,
    quiet: bool,
    formulas: bool,
) -> None:
    """Clauses with their quotations, in plain words; as a page also pictures, scenarios and formulas.

    \b
    Examples:
      comity accord show truce.accord
      comity accord show truce.accord -o truce.html
    """
    from comity.accord.clauses.telling import accord_json, accord_page, clause_lines

    opened = _opened(file, texts)
    clauses = _chosen(opened, only)
    chosen = _chosen_format(format_, output)
    if chosen == "json":
        content = json.dumps(accord_json(opened, clauses), ensure_ascii=False, indent=2) + "\n"
    elif chosen == "html":
        content = accord_page(opened, clauses)
    else:
        content = "\n\n".join("\n".join(clause_lines(opened, c, formulas=formulas)) for c in clauses) + "\n"
    _put(content, output, quiet)


@command.command("check")
@_texts
@click.argument("file", type=click.Path())
@click.pass_context
def check(ctx: click.Context, file: str, texts: tuple[str, ...]) -> int:
    """Whether a clause file is sound: names, quotations, deadlines, contradictions, and that each clause can be kept
    and broken.

    Exit code 3 if something is left to look at.

    \b
    Examples:
      comity accord check truce.accord
      comity accord check truce.accord --text treaty=treaty.txt
    """
    from comity.accord.clauses.looking import vague_words

    opened = _opened(file, texts)
    clauses = [c for c in opened.accord.clauses if c.modality.value != "definition"]
    monitored = sum(c.logic is not None for c in clauses)
    quotes = sum(cited.start is not None for c in opened.accord.clauses for cited in c.cited)
    doubts = opened.doubts()
    click.echo(
        f"{file}: {len(clauses)} clauses, {monitored} of them monitorable; {quotes} quotations found in the texts"
    )
    for clause in clauses:
        if clause.why_not:
            click.echo(f"not monitored: clause {clause.id}: {clause.why_not}")
    for clause_id, words in vague_words(opened.accord):
        click.echo(f"vague: clause {clause_id}: “{words}”")
    for doubt in doubts:
        click.echo(f"to look at: {doubt}")
    return 3 if doubts else 0


@command.command("scenarios")
@_shared
def scenarios(
    file: str, texts: tuple[str, ...], only: tuple[str, ...], format_: str | None, output: str | None, quiet: bool
) -> None:
    """Small histories that fulfil and breach each clause, confirmed by the monitor.

    \b
    Examples:
      comity accord scenarios truce.accord --clause 3
      comity accord scenarios truce.accord --format json
    """
    from comity.accord.clauses.telling import accord_json, accord_page, scenario_lines

    opened = _opened(file, texts)
    clauses = _chosen(opened, only)
    chosen = _chosen_format(format_, output)
    if chosen == "json":
        content = json.dumps(accord_json(opened, clauses)["scenarios"], ensure_ascii=False, indent=2) + "\n"
    elif chosen == "html":
        content = accord_page(opened, clauses)
    else:
        content = "\n\n".join("\n".join(scenario_lines(opened, c)) for c in clauses) + "\n"
    _put(content, output, quiet)


@command.command("roadmap")
@_texts
@click.argument("file", type=click.Path())
def roadmap(file: str, texts: tuple[str, ...]) -> None:
    """What must precede what, in stages; what no text states is marked as inferred.

    \b
    Examples:
      comity accord roadmap truce.accord
    """
    from comity.accord.clauses.telling import roadmap_lines

    click.echo("\n".join(roadmap_lines(_opened(file, texts))))


@command.command("deadline")
@_texts
@click.option("--clause", "clause_id", required=True, metavar="ID", help="The clause.")
@click.option("--at", "moment", required=True, metavar="TIME", help="When it was set off, as 2031-03-08T23:30+01:00.")
@click.option("--in", "zones", multiple=True, metavar="ZONE", help="Also show the moments in this time zone.")
@click.argument("file", type=click.Path())
def deadline(file: str, texts: tuple[str, ...], clause_id: str, moment: str, zones: tuple[str, ...]) -> None:
    """The days on which an act counts, and the moments at which they begin and end in any time zone.

    \b
    Examples:
      comity accord deadline truce.accord --clause 3 --at 2031-03-08T23:30+01:00 --in Asia/Tokyo
    """
    from datetime import datetime
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from comity.accord.clauses.days import span

    opened = _opened(file, texts)
    clause = _chosen(opened, (clause_id,))[0]
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        raise InputError(f"not a time: {moment!r}", field="--at", hint="write 2031-03-08T23:30+01:00") from None
    found = span(opened.accord, clause, when)
    lines = [
        f"clause {clause.id}, {clause.title}: days of {opened.accord.timezone}",
        f"set off on    {found.trigger.isoformat()}",
        f"counts from   {found.first.isoformat()}",
        f"last day      {found.last.isoformat()}",
    ]
    for zone in dict.fromkeys((opened.accord.timezone, "UTC", *zones)):
        try:
            info = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise InputError(f"unknown time zone {zone!r}", field="--in", hint="write a name as Asia/Tokyo") from None
        begin, end = (m.astimezone(info).isoformat(sep=" ", timespec="minutes") for m in (found.opens, found.closes))
        lines.append(f"{zone}: from {begin}, over at {end}")
    click.echo("\n".join(lines))


@command.command("redline")
@_texts
@options.quiet
@options.output
@click.option("--format", "format_", type=click.Choice(("term", "html")), help="By default from the output's name.")
@click.argument("before", type=click.Path())
@click.argument("after", type=click.Path())
def redline(
    before: str, after: str, format_: str | None, output: str | None, quiet: bool, texts: tuple[str, ...]
) -> None:
    """Two versions compared: clauses added, taken out and changed, word by word.

    \b
    Examples:
      comity accord redline draft-1.accord draft-2.accord
      comity accord redline draft-1.accord draft-2.accord -o redline.html
    """
    from comity.accord.clauses import redline as compare
    from comity.accord.clauses import redline_html, redline_lines
    from comity.accord.clauses.telling import page

    old, new = _opened(before, texts), _opened(after, texts)
    changes = compare(old.tree, new.tree)
    versions = " → ".join(v for v in (old.accord.version, new.accord.version) if v)
    title = f"{new.accord.title}{f' ({versions})' if versions else ''}"
    if _chosen_format(format_, output) == "html":
        content = page(title, redline_html(changes))
    else:
        content = "\n".join([title, *redline_lines(changes)]) + "\n"
    _put(content, output, quiet)


@command.command("draft")
@options.quiet
@options.output
@options.handling
@options.agenda
@options.paths
def draft(paths: tuple[str, ...], agenda_file: str | None, handling: Handling, output: str | None, quiet: bool) -> None:
    """A clause file drafted from the promises and demands that reports tell of, for you to edit.

    \b
    Examples:
      comity accord draft talks.comity -o talks.accord
      comity accord draft reports/ --agenda talks.toml -o talks.accord
    """
    from comity.accord.clauses import parse_accord
    from comity.accord.clauses.drafting import draft_accord, source_name
    from comity.desk import flow

    agenda = options.agenda_of(agenda_file)
    if any(flow.is_case(path) for path in paths):
        if len(paths) > 1:
            raise InputError("a case cannot be mixed with other inputs", file=paths[0], hint="add them to it first")
        with flow.opened(paths[0]) as case:
            material = flow.from_case(case, agenda, handling=handling, shows=options.shows(quiet))
    else:
        material = flow.from_paths(paths, agenda, handling=handling, shows=options.shows(quiet))
        options.tell_failures(material.failures)
    material = material.admitted(handling)
    text = draft_accord(flow.ledger_of(material))
    accord = parse_accord(text, output or "draft", {source_name(d.id): d.text for d in material.documents})
    if output and output != "-":
        _put(text, output, quiet=True)
        options.say(f"{output}: {len(accord.clauses)} proposed clauses", quiet)
    else:
        click.echo(text, nl=False)


def _opened(file: str, texts: tuple[str, ...]) -> ClauseFile:
    from comity.accord.clauses import open_clauses

    return open_clauses(file, dict(map(_text, texts)))


def _text(given: str) -> tuple[str, str]:
    """``NAME=FILE`` as name and text; of JSON lines, the one whose `id` is the name."""
    from comity.accord.clauses.loading import read_text

    name, equals, path = given.partition("=")
    if not equals or not name or not path:
        raise InputError(f"not NAME=FILE: {given!r}", field="--text")
    text = read_text(path)
    if Path(path).suffix != ".jsonl":
        return name, text
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            record = json.loads(line)
        except ValueError:
            raise InputError("not JSON", file=path, line=number) from None
        if isinstance(record, dict) and str(record.get("id")) == name:
            return name, str(record.get("text", ""))
    raise InputError(f"no text with the id {name!r}", file=path)


def _chosen(opened: ClauseFile, only: tuple[str, ...]) -> list[Clause]:
    known = opened.accord.clauses
    chosen = list[Clause]()
    for clause_id in only:
        found = [c for c in known if clause_id in (c.id, c.id.split("/")[0])]  # 13: every wording of clause 13
        if not found:
            hint = f"clauses: {', '.join(c.id for c in known)}"
            raise InputError(f"no clause {clause_id!r}", field="--clause", hint=hint)
        chosen += [c for c in found if c not in chosen]
    return chosen if only else list(known)


def _chosen_format(format_: str | None, output: str | None) -> str:
    by_name = {".html": "html", ".htm": "html", ".json": "json"}
    return format_ or by_name.get(Path(output or "").suffix.lower(), "term")


def _put(content: str, output: str | None, quiet: bool) -> None:
    from comity.desk.writing import write_whole

    if output and output != "-":
        write_whole(output, content)
        options.say(f"{output}: written", quiet)
    else:
        click.echo(content, nl=False)
