"""comity incidents"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from comity.desk import options
from comity.words import Incident, InputError

_FORMATS = ("csv", "json", "jsonld", "geojson")


@click.group()
def command() -> None:
    """Incidents: proposed from observers' reports, and turned from one form into another.

    \b
    Examples:
      comity incidents propose reports/ --accord truce.accord --kind "ceasefire violations=fighting" -o incidents.csv
      comity incidents export ged.csv --mapping ged.toml -o incidents.geojson
    """


@command.command("propose")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--accord", "accord_file", type=click.Path(), metavar="FILE", help="Propose only events of this accord.")
@click.option("--kind", "kinds", multiple=True, metavar="WORDS=KIND", help="The event that words counted stand for.")
@click.option("--published", type=options.Day(), metavar="DATE", help="Date of publication of all files given.")
@click.option("--source", metavar="NAME", help="Source of all files given.")
@options.output
@options.quiet
def propose_(
    paths: tuple[str, ...], accord_file: str | None, kinds: tuple[str, ...], published: date | None, source: str | None,
    output: str | None, quiet: bool,
) -> int:  # fmt: skip
    """Figures of observers' reports as incidents with their passage, for a person to accept.

    Every row is marked unreviewed. A verdict that rests on it reads "reported breach" until somebody has looked.

    \b
    Examples:
      comity incidents propose report.txt --published 2031-04-20
      comity incidents propose reports/ --accord truce.accord --kind "ceasefire violations=fighting" -o incidents.csv
    """
    from comity.accord.clauses import load_accord
    from comity.accord.incidents import csv
    from comity.desk.proposing import propose
    from comity.desk.writing import write_whole
    from comity.record import Failure, Given, load

    words: dict[str, str] = {}
    for one in kinds:
        left, equals, right = one.partition("=")
        if not equals or not left.strip() or not right.strip():
            raise InputError(f"{one!r} is not WORDS=KIND", field="--kind", hint='write "ceasefire violations=fighting"')
        words[left.strip()] = right.strip()
    accord = load_accord(accord_file) if accord_file else None
    found, undated, failures = list[Incident](), 0, list[Failure]()
    for item in load(paths, given=Given(published=published, source=source)):
        if isinstance(item, Failure):
            failures.append(item)
            continue
        proposed = propose(item, words, accord)
        found += proposed.incidents
        undated += proposed.undated
    content = csv.written(found)
    if output and output != "-":
        write_whole(output, content)
    else:
        click.echo(content, nl=False)
    options.say(
        f"{len(found)} incidents proposed, none of them reviewed; {undated} figures without a date left out", quiet
    )
    return options.tell_failures(failures)


@command.command("export")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option("--mapping", type=click.Path(), metavar="FILE", help="Where the fields of a table stand (TOML).")
@click.option("--timezone", metavar="ZONE", help="Of moments that name none.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="By default from the name of the output.")
@options.output
@options.quiet
def export(
    files: tuple[str, ...],
    mapping: str | None,
    timezone: str | None,
    format_: str | None,
    output: str | None,
    quiet: bool,
) -> int:
    """Incident files of any known form as CSV, JSON, JSON-LD (PROV, Web Annotation) or GeoJSON.

    \b
    Examples:
      comity incidents export examples/strait/incidents.csv --format jsonld
      comity incidents export ged.csv --timezone Europe/Kyiv -o incidents.geojson
    """
    from comity.accord.incidents import csv, geojson, jsonld, load, load_mapping
    from comity.desk.writing import write_whole

    read = load(files, timezone, load_mapping(mapping) if mapping else None)
    form = format_ or (Path(output).suffix.lower().lstrip(".") if output else "csv")
    if form not in _FORMATS:
        raise InputError(f"no form is called {form!r}", hint=f"use {', '.join(_FORMATS)}")
    write = {"csv": csv.written, "json": jsonld.written, "jsonld": jsonld.linked, "geojson": geojson.written}[form]
    content = write(read.incidents)
    if output and output != "-":
        write_whole(output, content)
    else:
        click.echo(content, nl=False)
    for fault in read.faults[:20]:
        options.say(f"left out: {fault}", False)
    options.say(f"{len(read.incidents)} incidents, {len(read.faults)} rows left out", quiet)
    return 3 if read.faults else 0
