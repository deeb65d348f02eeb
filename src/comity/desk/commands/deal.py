"""comity deal"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from comity.desk import options
from comity.desk.dealing import FORMATS, Wanted, source_of, tell
from comity.words import Handling, InputError

_F = TypeVar("_F", bound=Callable[..., Any])


def _shared(command: _F) -> _F:
    """Arguments and options of every question."""
    for option in (
        options.quiet,
        options.output,
        click.option("--format", "format_", type=click.Choice(FORMATS), help="By default from the name of the output."),
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
    from comity.bargaining.show import blockers_page

    source = source_of(paths, agenda_file, handling, quiet)
    result = blockers(source.model, floors=floors, reporter=not without_reporter, time_limit=time_limit)
    wanted = Wanted(format_, output, quiet)
    tell(result, lambda: source.teller().blockers(result), lambda: blockers_page(source.parts(), result), wanted)


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
    from comity.bargaining.show import openings_page

    source = source_of(paths, agenda_file, handling, quiet)
    result = openings(source.model, floors=floors, reporter=not without_reporter, count=count, time_limit=time_limit)
    wanted = Wanted(format_, output, quiet)
    tell(result, lambda: source.teller().openings(result), lambda: openings_page(source.parts(), result), wanted)


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
    from comity.bargaining.show import frontier_page

    source = source_of(paths, agenda_file, handling, quiet)
    result = frontier(source.model, red_lines=not rules_only, epsilon=epsilon, time_limit=time_limit, limit=limit)
    wanted = Wanted(format_, output, quiet)
    tell(result, lambda: source.teller().frontier(result), lambda: frontier_page(source.parts(), result), wanted)


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
    from comity.bargaining.pareto import listed
    from comity.bargaining.show import solutions_page

    powers = _weights(weights)
    source = source_of(paths, agenda_file, handling, quiet)
    found = surface(source.model, red_lines=not rules_only, epsilon=epsilon, time_limit=time_limit)
    result = solutions(source.model, found, weights=powers)
    parties = found.problem.parties
    tell(
        result,
        lambda: source.teller().solutions(result, parties),
        lambda: solutions_page(source.parts(), result, listed(source.model, found, counted=False)),
        Wanted(format_, output, quiet),
    )


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
    from comity.bargaining.pareto import listed
    from comity.bargaining.show import compare_page

    source = source_of(paths, agenda_file, handling, quiet)
    drafts = {package.name: package for package in source.model.drafts}
    if not drafts:
        raise InputError("the model holds no draft", field="draft", hint="add [[draft]] with options")
    if draft is not None and draft not in drafts:
        raise InputError(f"no draft {draft!r}", field="--draft", hint=f"drafts are {', '.join(drafts)}")
    chosen = source.model.drafts[0] if draft is None else drafts[draft]
    found = surface(source.model, red_lines=not rules_only, time_limit=time_limit)
    result = compare(source.model, found, chosen, time_limit=time_limit)
    tell(
        result,
        lambda: source.teller().compare(result),
        lambda: compare_page(source.parts(), result, listed(source.model, found, counted=False)),
        Wanted(format_, output, quiet),
    )


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
    from comity.bargaining.show import holding_page, stability_page
    from comity.bargaining.uncertain import holding

    wanted = Wanted(format_, output, quiet)
    source = source_of(paths, agenda_file, handling, quiet)
    if draws is not None:
        if coalitions:
            raise InputError("coalitions are not drawn for", field="--coalitions", hint="leave out --draws")
        often = holding(source.model, draws=draws, seed=seed)
        tell(often, lambda: source.teller().holding(often), lambda: holding_page(source.parts(), often), wanted)
        return
    result = stability(source.model, coalitions=coalitions, limit=limit)
    tell(result, lambda: source.teller().stability(result), lambda: stability_page(source.parts(), result), wanted)


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
    from comity.bargaining.show import doubt_page
    from comity.bargaining.uncertain import doubt

    source = source_of(paths, agenda_file, handling, quiet)
    result = doubt(source.model, principle=principle, draws=draws, seed=seed, points=points, red_lines=not rules_only)
    wanted = Wanted(format_, output, quiet)
    tell(result, lambda: source.teller().doubt(result), lambda: doubt_page(source.parts(), result), wanted)


@command.command("actors")
@click.argument("table", type=click.Path())
@click.option("--draws", type=click.IntRange(min=1), default=2000, show_default=True, help="Bootstrap resamples.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same interval.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="By default from the name of the output.")
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
    from comity.bargaining.show import actors_in_words, actors_page

    result = actors(load_deu(table), draws=draws, seed=seed)
    tell(result, lambda: actors_in_words(result), lambda: actors_page(result), Wanted(format_, output, quiet))
