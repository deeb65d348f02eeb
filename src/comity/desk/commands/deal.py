"""comity deal"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from comity.desk import options
from comity.words import Handling, InputError, NegotiationModel, dumps, to_json

if TYPE_CHECKING:  # these take a second to import; `--help` should not
    from collections.abc import Iterable

    from comity.bargaining.show import Teller

_F = TypeVar("_F", bound=Callable[..., Any])
_FORMATS = ("term", "html", "json")


@dataclass(frozen=True)
class Source:
    """A model with the quotes of the statements that it cites, where a ledger is at hand."""

    model: NegotiationModel
    sentences: dict[str, str]

    def teller(self) -> Teller:
        from comity.bargaining.show import Teller

        return Teller(self.model, self.sentences)


def source_of(paths: tuple[str, ...], agenda_file: str | None, handling: Handling, quiet: bool) -> Source:
    """The model in a file, or one drafted from a case or from reports."""
    from comity.bargaining import load_model
    from comity.bargaining.draft import draft_model
    from comity.desk import flow

    suffixes = {Path(path).suffix.lower() for path in paths}
    if agenda_file is None and suffixes == {".xml"}:
        from comity.bargaining.formats import load_genius

        return Source(load_genius(paths), {})
    if agenda_file is None and len(paths) == 1 and suffixes == {".gmcr"}:
        from comity.bargaining.formats import load_gmcr

        return Source(load_gmcr(paths[0]), {})
    if agenda_file is None and len(paths) == 1 and suffixes <= {".toml", ".json"}:
        return Source(load_model(paths[0]), {})
    agenda = options.agenda_of(agenda_file)
    if any(flow.is_case(path) for path in paths):
        if len(paths) > 1:
            raise InputError("a case cannot be mixed with other inputs", file=paths[0], hint="add them to it first")
        with flow.opened(paths[0]) as case:
            material = flow.from_case(case, agenda, handling=handling, shows=options.shows(quiet))
    else:
        material = flow.from_paths(paths, agenda, handling=handling, shows=options.shows(quiet))
        options.tell_failures(material.failures)
    ledger = flow.ledger_of(material.admitted(handling))
    model, notes = draft_model(ledger)
    for note in notes:
        options.say(f"note: {note}", quiet)
    if not model.issues:
        raise InputError("no party states a position on any issue", file=paths[0], hint="see `comity brief`")
    return Source(model, {statement.id: statement.passage.quote for statement in ledger.statements})


def _shared(command: _F) -> _F:
    """Arguments and options of every question."""
    for option in (
        options.quiet,
        options.output,
        click.option(
            "--format", "format_", type=click.Choice(_FORMATS), help="By default from the name of the output."
        ),
        options.handling,
        options.agenda,
        options.paths,
    ):
        command = option(command)
    return command


_floors = click.option("--floors", is_flag=True, help="Parties also keep to their alternatives to a deal.")
_without_reporter = click.option(
    "--without-reporter", is_flag=True, help="Leave out what rests on a reporter's account only."
)
_time_limit = click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="Best found so far, then stop."
)
_limit = click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Results listed.")
_no_red_lines = click.option("--rules-only", is_flag=True, help="Also packages that cross a red line or a condition.")
_epsilon = click.option(
    "--epsilon", type=float, metavar="SHARE", help="Let every party be off by this share of its range."
)


def _told(
    result: Any,
    title: str,
    lines: Iterable[str],
    format_: str | None,
    output: str | None,
    quiet: bool,
    pictures: Iterable[str] = (),
) -> None:
    from comity.bargaining.show import page
    from comity.desk.report.clean import clean
    from comity.desk.writing import write_whole

    by_name = {".html": "html", ".htm": "html", ".json": "json"}.get(Path(output or "").suffix.lower(), "term")
    chosen = format_ or by_name
    if chosen == "json":
        content = dumps(to_json(result), indent=2) + "\n"
    else:
        cleaned = [clean(line) for line in lines]
        content = page(title, cleaned, pictures) if chosen == "html" else "\n".join(cleaned) + "\n"
    if output and output != "-":
        write_whole(output, content)
        options.say(f"{output}: written", quiet)
    else:
        click.echo(content, nl=False)


@click.group()
def command() -> None:
    """What deal is possible, what blocks it, and what would open it.

    Each takes a model file (TOML, JSON), a case, or reports with --agenda; from the latter two a model is drafted from
    the ledger. Parties that are silent on an issue are unknown there, not flexible.

    \b
    Examples:
      comity deal blockers talks.comity
      comity deal openings reports/ --agenda talks.toml
      comity deal frontier model.toml --format json
    """


@command.command("blockers")
@_shared
@_floors
@_without_reporter
@_time_limit
def _blockers(
    paths: tuple[str, ...],
    agenda_file: str | None,
    handling: Handling,
    format_: str | None,
    output: str | None,
    quiet: bool,
    floors: bool,
    without_reporter: bool,
    time_limit: float | None,
) -> None:
    """Smallest sets of stated positions that leave no package.

    \b
    Examples:
      comity deal blockers talks.comity
      comity deal blockers reports/ --agenda talks.toml --without-reporter
      comity deal blockers model.toml --format json
    """
    from comity.bargaining import blockers

    source = source_of(paths, agenda_file, handling, quiet)
    result = blockers(source.model, floors=floors, reporter=not without_reporter, time_limit=time_limit)
    _told(result, "Blockers", source.teller().blockers(result), format_, output, quiet)


@command.command("openings")
@_shared
@_floors
@_without_reporter
@_time_limit
@click.option("--count", type=click.IntRange(min=1), default=10, show_default=True, help="Openings listed.")
def _openings(
    paths: tuple[str, ...],
    agenda_file: str | None,
    handling: Handling,
    format_: str | None,
    output: str | None,
    quiet: bool,
    floors: bool,
    without_reporter: bool,
    time_limit: float | None,
    count: int,
) -> None:
    """Smallest sets of positions that would have to be given up for a deal.

    \b
    Examples:
      comity deal openings talks.comity
      comity deal openings model.toml --floors --count 20
    """
    from comity.bargaining import openings

    source = source_of(paths, agenda_file, handling, quiet)
    result = openings(source.model, floors=floors, reporter=not without_reporter, count=count, time_limit=time_limit)
    _told(result, "Openings", source.teller().openings(result), format_, output, quiet)


@command.command("frontier")
@_shared
@_no_red_lines
@_epsilon
@_time_limit
@_limit
def _frontier(
    paths: tuple[str, ...],
    agenda_file: str | None,
    handling: Handling,
    format_: str | None,
    output: str | None,
    quiet: bool,
    rules_only: bool,
    epsilon: float | None,
    time_limit: float | None,
    limit: int,
) -> None:
    """Packages that no other package betters for all (needs preferences).

    \b
    Examples:
      comity deal frontier model.toml
      comity deal frontier model.toml -o frontier.html --limit 500
    """
    from comity.bargaining import frontier
    from comity.bargaining.show import parallel, plane

    source = source_of(paths, agenda_file, handling, quiet)
    result = frontier(source.model, red_lines=not rules_only, epsilon=epsilon, time_limit=time_limit, limit=limit)
    count = len(result.parties)
    pictures = [] if count < 3 else [parallel(result, source.model)]
    pictures += [plane(result, source.model, a, b) for a in range(count) for b in range(a + 1, count)]
    _told(result, "Frontier", source.teller().frontier(result), format_, output, quiet, pictures)


@command.command("solutions")
@_shared
@_no_red_lines
@_epsilon
@_time_limit
@click.option("--weight", "weights", multiple=True, metavar="PARTY=W", help="Bargaining weight for Nash's product.")
def _solutions(
    paths: tuple[str, ...],
    agenda_file: str | None,
    handling: Handling,
    format_: str | None,
    output: str | None,
    quiet: bool,
    rules_only: bool,
    epsilon: float | None,
    time_limit: float | None,
    weights: tuple[str, ...],
) -> None:
    """What Nash, Kalai-Smorodinsky, egalitarian, utilitarian and leximin pick.

    \b
    Examples:
      comity deal solutions model.toml
      comity deal solutions model.toml --weight north=2
    """
    from comity.bargaining import solutions, surface

    powers = _weights(weights)
    source = source_of(paths, agenda_file, handling, quiet)
    found = surface(source.model, red_lines=not rules_only, epsilon=epsilon, time_limit=time_limit)
    result = solutions(source.model, found, weights=powers)
    lines = source.teller().solutions(result, found.problem.parties)
    _told(result, "Solutions", lines, format_, output, quiet)


def _weights(given: tuple[str, ...]) -> dict[str, float]:
    found = {}
    for text in given:
        party, equals, number = text.partition("=")
        try:
            found[party] = float(number)
        except ValueError:
            equals = ""
        if not equals:
            raise InputError(f"{text!r} is not PARTY=W", field="--weight", hint="for instance --weight north=2")
    return found


@command.command("compare")
@_shared
@_no_red_lines
@_time_limit
@click.option("--draft", metavar="NAME", help="Name of the draft in the model; by default the first.")
def _compare(
    paths: tuple[str, ...],
    agenda_file: str | None,
    handling: Handling,
    format_: str | None,
    output: str | None,
    quiet: bool,
    rules_only: bool,
    time_limit: float | None,
    draft: str | None,
) -> None:
    """A draft of the model beside the frontier, and trades that better it for all.

    \b
    Examples:
      comity deal compare model.toml
      comity deal compare model.toml --draft "the mediator's paper"
    """
    from comity.bargaining import compare, surface

    source = source_of(paths, agenda_file, handling, quiet)
    drafts = {package.name: package for package in source.model.drafts}
    if not drafts:
        raise InputError("the model holds no draft", field="draft", hint="add [[draft]] with options")
    if draft is not None and draft not in drafts:
        raise InputError(f"no draft {draft!r}", field="--draft", hint=f"drafts are {', '.join(drafts)}")
    chosen = source.model.drafts[0] if draft is None else drafts[draft]
    found = surface(source.model, red_lines=not rules_only, time_limit=time_limit)
    result = compare(source.model, found, chosen, time_limit=time_limit)
    _told(result, "Comparison", source.teller().compare(result), format_, output, quiet)


@command.command("stability")
@_shared
@_limit
@click.option("--coalitions", is_flag=True, help="Also which coalitions would hold each state.")
@click.option("--draws", type=click.IntRange(min=1), help="Draw preferences that are known in part so many times.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same draws.")
def _stability(
    paths: tuple[str, ...],
    agenda_file: str | None,
    handling: Handling,
    format_: str | None,
    output: str | None,
    quiet: bool,
    limit: int,
    coalitions: bool,
    draws: int | None,
    seed: int,
) -> None:
    """Which packages would hold once the parties can act (needs who controls what).

    \b
    Examples:
      comity deal stability model.toml
      comity deal stability model.toml --coalitions -o graph.html
      comity deal stability model.toml --draws 1000
    """
    from comity.bargaining import stability
    from comity.bargaining.show import graph
    from comity.bargaining.uncertain import holding

    source = source_of(paths, agenda_file, handling, quiet)
    if draws is not None:
        if coalitions:
            raise InputError("coalitions are not drawn for", field="--coalitions", hint="leave out --draws")
        often = holding(source.model, draws=draws, seed=seed)
        _told(often, "Stability", source.teller().holding(often), format_, output, quiet)
        return
    result = stability(source.model, coalitions=coalitions, limit=limit)
    pictures = [graph(result, source.model)]
    _told(result, "Stability", source.teller().stability(result), format_, output, quiet, pictures)


@command.command("doubt")
@_shared
@_no_red_lines
@click.option("--principle", default="nash", show_default=True, help="Which principle picks.")
@click.option("--draws", type=click.IntRange(min=1), default=1000, show_default=True, help="Preferences drawn.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same result.")
@click.option("--points", type=click.IntRange(min=1), default=100, show_default=True, help="Steps of each scale.")
def _doubt(
    paths: tuple[str, ...],
    agenda_file: str | None,
    handling: Handling,
    format_: str | None,
    output: str | None,
    quiet: bool,
    rules_only: bool,
    principle: str,
    draws: int,
    seed: int,
    points: int,
) -> None:
    """What comes out how often while preferences are known only in part.

    \b
    Examples:
      comity deal doubt model.toml
      comity deal doubt model.toml --draws 5000 --seed 7 --principle egalitarian
    """
    from comity.bargaining.uncertain import doubt

    source = source_of(paths, agenda_file, handling, quiet)
    result = doubt(source.model, principle=principle, draws=draws, seed=seed, points=points, red_lines=not rules_only)
    _told(result, "Doubt", source.teller().doubt(result), format_, output, quiet)


@command.command("actors")
@click.argument("table", type=click.Path())
@click.option("--draws", type=click.IntRange(min=1), default=2000, show_default=True, help="Bootstrap resamples.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same interval.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="By default from the name of the output.")
@options.output
@options.quiet
def _actors(table: str, draws: int, seed: int, format_: str | None, output: str | None, quiet: bool) -> None:
    """Salience-weighted mean and median of positions, and how they did before.

    TABLE is a CSV file with the columns issue, actor, position and salience (0 to 100), and capability and outcome
    where known.

    \b
    Examples:
      comity deal actors positions.csv
      comity deal actors positions.csv --format json
    """
    from comity.bargaining.actors import actors
    from comity.bargaining.formats import load_deu
    from comity.bargaining.show import actors_in_words

    result = actors(load_deu(table), draws=draws, seed=seed)
    _told(result, "Weight of actors", actors_in_words(result), format_, output, quiet)
