"""comity model"""

from __future__ import annotations

from pathlib import Path

import click

from comity.desk import options
from comity.words import Handling


@click.command()
@options.paths
@options.agenda
@options.handling
@options.output
@options.quiet
def command(
    paths: tuple[str, ...], agenda_file: str | None, handling: Handling, output: str | None, quiet: bool
) -> None:
    """A negotiation model drafted from a case or from reports, cited, for you to edit.

    What is missing is said on the screen and kept in the file. Given a model file, writes it in the form that the
    output's name tells (.toml or .json).

    \b
    Examples:
      comity model talks.comity -o model.toml
      comity model reports/ --agenda talks.toml -o model.json
      comity model model.toml -o model.json
    """
    from comity.bargaining import model_json, model_toml
    from comity.desk.commands.deal import source_of
    from comity.desk.writing import write_whole

    model = source_of(paths, agenda_file, handling, quiet).model
    as_json = Path(output or "").suffix.lower() == ".json"
    content = model_json(model) if as_json else model_toml(model)
    if output and output != "-":
        write_whole(output, content)
        options.say(f"{output}: {len(model.issues)} issues, {len(model.red_lines)} red lines", quiet)
    else:
        click.echo(content, nl=False)
