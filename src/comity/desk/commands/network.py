"""comity network"""

from __future__ import annotations

from datetime import date

import click

from comity.desk import options
from comity.words import Handling, InputError

_AGGREGATIONS = ("ignore", "congruence", "conflict", "subtract", "combine")
_NORMALISATIONS = (
    "no", "average", "jaccard", "cosine", "activity", "prominence", "plain_jaccard", "plain_cosine", "tf_idf",
)  # fmt: skip
_DUPLICATES = ("include", "document", "week", "month", "year", "acrossrange")
_FORMATS = ("table", "json", "csv", "graphml", "gexf")


@click.command()
@click.argument("source", metavar="CASE_OR_DNA", type=click.Path())
@click.option("--mode", type=click.Choice(("two-mode", "actors", "concepts")), default="two-mode", show_default=True,
              help="Actors by concepts, actors by actors, or concepts by concepts.")  # fmt: skip
@click.option("--aggregation", type=click.Choice(_AGGREGATIONS), help="What becomes of stances: by default ignore for "
              "two-mode, congruence for one-mode.")  # fmt: skip
@click.option("--normalisation", type=click.Choice(_NORMALISATIONS), default="no", show_default=True,
              help="What values are divided by; docs/desk/networks.md has the formulas.")  # fmt: skip
@click.option("--actors", metavar="WHO", help="party, holder or speaker; of a .dna file a variable.")
@click.option("--concepts", metavar="WHAT", help="option, issue or topic; of a .dna file a variable.")
@click.option("--qualifier", metavar="VARIABLE", help="Of a .dna file, the variable that says for or against.")
@click.option("--duplicates", type=click.Choice(_DUPLICATES), default="include", show_default=True,
              help="What of several equal uses counts.")  # fmt: skip
@click.option("--window", type=click.IntRange(1), metavar="DAYS", help="One network for each stretch of days.")
@click.option(
    "--step", type=click.IntRange(1), metavar="DAYS", help="Days between windows; by default as many as long."
)
@click.option("--as-of", type=options.Day(), metavar="DATE", help="Use what was published up to this day.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="By default from the name of the output.")
@options.handling
@options.output
@options.quiet
def command(
    source: str,
    mode: str,
    aggregation: str | None,
    normalisation: str,
    actors: str | None,
    concepts: str | None,
    qualifier: str | None,
    duplicates: str,
    window: int | None,
    step: int | None,
    as_of: date | None,
    format_: str | None,
    handling: Handling,
    output: str | None,
    quiet: bool,
) -> None:
    """Who aligns with whom: a network of actors and concepts, from a case or a Discourse Network Analyzer database.

    Of a case, a use is a statement of a party on an option of an issue, an utterance told twice counted once. A name
    such as average, jaccard or cosine means what Discourse Network Analyzer means by it; plain_jaccard, plain_cosine
    and tf_idf are what they are called in mathematics.

    \b
    Examples:
      comity network talks.comity
      comity network talks.comity --mode actors --aggregation subtract --concepts issue
      comity network talks.comity --mode actors --normalisation average -o alliances.graphml
      comity network talks.comity --concepts issue --window 14 --format json
      comity network study.dna --mode actors --normalisation average --format csv
    """
    from comity.desk import flow, networking
    from comity.desk.exports import SHOWN, content_id, keep
    from comity.desk.writing import write_whole

    chosen = networking.Choice(mode, aggregation, normalisation, actors, concepts, qualifier, duplicates, window, step)
    format_ = format_ or (networking.format_of(output) if output and output != "-" else "table")
    made = networking.from_source(source, chosen, as_of, handling, options.shows(quiet))
    if made.left_out:
        options.say(f"note: {made.left_out} statements name no such actor or concept, and are left out", quiet)
    if not made.networks or not any(n.network.uses for n in made.networks):
        raise InputError("no statement to make a network of", file=source, hint="try --concepts issue, or --handling")
    content: str | bytes = networking.written(made, format_)
    if output and output != "-":
        write_whole(output, content)
        id_ = content_id(list(made.networks))
        if made.holds:
            with flow.opened(source) as case:
                what = f"network {format_}"
                keep(case, content, id=id_, what=what, output=output, handling=handling, as_of=as_of, holds=made.holds)
        options.say(f"{output}: written; export {id_[:SHOWN]}", quiet)
    else:
        click.echo(content, nl=False)
