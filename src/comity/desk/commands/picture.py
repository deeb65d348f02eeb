"""comity picture"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import Handling, InputError

NAMES = ("timeline", "gap", "network", "matrix")


@click.command()
@options.case
@click.argument("name", type=click.Choice(NAMES))
@click.option("--as-of", type=options.Day(), metavar="DATE", help="Use what was published up to this day.")
@options.known_at
@click.option("--issue", "issues", multiple=True, metavar="ID", help="Only this issue; can be given again.")
@click.option("--party", "parties", multiple=True, metavar="ID", help="Only this party; can be given again.")
@click.option("--from", "since", type=options.Day(), metavar="DATE", help="First day shown (timeline, network).")
@click.option("--to", "until", type=options.Day(), metavar="DATE", help="Last day shown (timeline, network).")
@click.option("--mode", type=click.Choice(["two-mode", "actors", "concepts"]), help="Network: of what.")
@click.option(
    "--aggregation",
    type=click.Choice(["ignore", "congruence", "conflict", "subtract", "combine"]),
    help="Network: what becomes of for and against.",
)
@click.option(
    "--normalisation",
    type=click.Choice(
        [
            *("no", "average", "jaccard", "cosine", "activity", "prominence"),
            *("plain_jaccard", "plain_cosine", "tf_idf"),
        ]
    ),
    help="Network: what values are divided by.",
)
@click.option("--actors", type=click.Choice(["party", "holder", "speaker"]), help="Network: who counts as an actor.")
@click.option("--concepts", type=click.Choice(["option", "issue", "topic"]), help="Network: what stands are taken on.")
@click.option("--format", "format_", type=click.Choice(["svg", "png", "json", "csv"]), help="By default from the name.")
@options.output
@options.handling
@options.quiet
def command(
    case: str,
    name: str,
    as_of: date | None,
    known_at: date | None,
    issues: tuple[str, ...],
    parties: tuple[str, ...],
    since: date | None,
    until: date | None,
    mode: str | None,
    aggregation: str | None,
    normalisation: str | None,
    actors: str | None,
    concepts: str | None,
    format_: str | None,
    output: str | None,
    handling: Handling,
    quiet: bool,
) -> None:
    """A picture of a case as SVG, PNG, JSON (with its specification) or CSV (its table).

    The timeline shows statements, events and what lies ahead; gap, the numbers of parties and the distance between
    them; network, who shares positions with whom; matrix, who stands where. Parties are told apart by shape, never by
    colour.

    \b
    Examples:
      comity picture talks.comity timeline -o timeline.svg
      comity picture talks.comity timeline --issue flow --from 2031-03-01 -o flow.png
      comity picture talks.comity gap -o gap.svg
      comity picture talks.comity matrix --as-of 2031-03-06 --format csv
      comity picture talks.comity network -o network.json
      comity picture talks.comity network --mode actors --normalisation average -o allies.svg
    """
    from comity.desk import flow
    from comity.desk.pictures import export
    from comity.desk.pictures.choosing import Wanted, asked_network, picture_of
    from comity.desk.writing import write_whole

    if format_ is None:
        if not output or output == "-":
            raise InputError("no format is given", field="--format", hint="give -o timeline.svg, or --format csv")
        format_ = export.format_of(output)
    if format_ == "png" and (not output or output == "-"):
        raise InputError("png cannot be shown on the screen", hint=f"give -o {name}.png")
    with flow.opened(case) as opened:
        moment = options.moment_of(known_at)
        material = flow.from_case(opened, handling=handling, known_at=moment, shows=options.shows(quiet))
    shown = material.admitted(handling)
    ledger = flow.ledger_of(shown, as_of)
    of_network = asked_network(mode, aggregation, normalisation, actors, concepts) if name == "network" else None
    wanted = Wanted(name, issues=issues, parties=parties, since=since, until=until, network=of_network)
    picture = picture_of(wanted, ledger, shown.documents)
    content = export.written(picture, format_)
    if output and output != "-":
        write_whole(output, content)
        for note in picture.notes:
            options.say(f"note: {note}", quiet)
        options.say(f"{output}: {picture.description}", quiet)
    else:
        click.echo(content, nl=False)
