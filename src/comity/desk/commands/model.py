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

    What is missing is said on the screen and kept in the file. Given a model in another form (TOML, JSON, Genius XML
    with the domain and its profiles, GMCR option form), writes it in the form that the output's name tells: .toml,
    .json, .gmcr, or a folder for Genius XML.

    \b
    Examples:
      comity model talks.comity -o model.toml
      comity model reports/ --agenda talks.toml -o model.json
      comity model model.toml -o model.json
      comity model domain.xml buyer.xml seller.xml -o model.toml
      comity model conflict.toml -o conflict.gmcr
      comity model model.toml -o genius/
    """
    from comity.bargaining import model_json, model_toml
    from comity.bargaining.formats import genius_files, gmcr_json
    from comity.desk.dealing import source_of
    from comity.desk.writing import write_whole

    model = source_of(paths, agenda_file, handling, quiet).model
    suffix = Path(output or "").suffix.lower()
    if output and output.endswith("/"):
        files = genius_files(model)
        folder = Path(output)
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            write_whole(str(folder / name), text)
        options.say(f"{output}: {', '.join(files)}", quiet)
        return
    content = gmcr_json(model) if suffix == ".gmcr" else model_json(model) if suffix == ".json" else model_toml(model)
    if output and output != "-":
        write_whole(output, content)
        options.say(f"{output}: {len(model.issues)} issues, {len(model.red_lines)} red lines", quiet)
    else:
        click.echo(content, nl=False)
