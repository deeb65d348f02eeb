"""comity check"""

from __future__ import annotations

import json
from pathlib import Path

import click

from comity.desk import options
from comity.words import InputError


@click.command()
@click.argument("certificates", metavar="CERTIFICATE…", nargs=-1, required=True, type=click.Path())
@click.option("--accord", "accord_file", required=True, type=click.Path(), metavar="FILE", help="The accord.")
@click.option(
    "--log", "logs", multiple=True, required=True, type=click.Path(), metavar="FILE", help="The log; may be repeated."
)
@click.option("--covered-until", type=options.Day(), metavar="DATE", help="As it was given to comity watch.")
@click.option("--mapping", type=click.Path(), metavar="FILE", help="Where the fields of a table stand (TOML).")
@options.quiet
def command(
    certificates: tuple[str, ...], accord_file: str, logs: tuple[str, ...], covered_until: object, mapping: str | None,
    quiet: bool,
) -> int:  # fmt: skip
    """Check certificates of verdicts against the accord and the log, with a separate small program.

    It verifies the digests, takes the slice from the log itself and decides the verdict anew. It certifies that the
    verdict follows from the reports; whether the reports are true, it cannot know. Ends with 2 if one is rejected.

    \b
    Examples:
      comity check certificates/3-corvane-2031-04-14.json --accord truce.accord --log incidents.csv
      comity check certificates/*.json --accord truce.accord --log incidents.csv -q
    """
    from datetime import date, datetime

    from comity.accord.clauses import load_accord
    from comity.accord.incidents import fitted, load, load_mapping
    from comity.check import check
    from comity.desk.watching import assured

    accord = load_accord(accord_file)
    read = load(logs, accord.timezone, load_mapping(mapping) if mapping else None)
    log, _ = fitted(accord, read.incidents)
    rejected = 0
    for path in certificates:
        try:
            certificate = json.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise InputError(error.strerror or str(error), file=path) from None
        except ValueError as error:
            raise InputError(f"not JSON: {error}", file=path) from None
        if not isinstance(certificate, dict):
            raise InputError("not a certificate: a JSON object is expected", file=path)
        whole = log
        if isinstance(covered_until, date):
            try:
                moment = datetime.fromisoformat(certificate["as_of"])
            except (KeyError, TypeError, ValueError):
                raise InputError("not a certificate: as_of is no moment", file=path, field="as_of") from None
            whole = [*log, assured(accord, covered_until, moment, log)]
        result = check(certificate, accord, whole)
        rejected += bool(result.problems)
        for problem in result.problems:
            click.echo(f"{path}: rejected: {problem}")
        for remark in result.remarks:
            click.echo(f"{path}: a step of the explanation {remark}")
        if not result.problems and not quiet:
            click.echo(f"{path}: accepted: {certificate['verdict']}")
    if not quiet:
        click.echo("What is certified: that the verdicts follow from the reports. Not that the reports are true.")
    return 2 if rejected else 0
