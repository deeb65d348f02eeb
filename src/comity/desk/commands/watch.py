"""comity watch"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.desk import options
from comity.words import Compliance, InputError

if TYPE_CHECKING:  # these take seconds to import; `--help` should not
    from comity.desk.watching import Watch


@click.command()
@click.argument("accord_file", metavar="ACCORD", type=click.Path())
@click.argument("files", metavar="INCIDENTS…", nargs=-1, required=True, type=click.Path())
@click.option("--as-of", type=options.Day(), metavar="DATE", help="What was known at the end of this day.")
@click.option("--since", type=options.Day(), metavar="DATE", help="Show days from this one on.")
@click.option(
    "--covered-until", type=options.Day(), metavar="DATE", help="Your word that the log is complete up to this day."
)
@click.option("--clause", "only", multiple=True, metavar="ID", help="Only this clause; may be repeated.")
@click.option("--mapping", type=click.Path(), metavar="FILE", help="Where the fields of a table stand (TOML).")
@click.option("--timezone", metavar="ZONE", help="Of moments that name none; by default the accord's.")
@click.option("--strict", is_flag=True, help="A report known before the one above it is at fault.")
@click.option(
    "--format", "format_", type=click.Choice(("term", "html", "json", "ics")), help="By default from the name."
)
@click.option("--certificates", type=click.Path(), metavar="FOLDER", help="Also a certificate for every finding shown.")
@options.output
@options.quiet
def command(
    accord_file: str, files: tuple[str, ...], as_of: date | None, since: date | None, covered_until: date | None,
    only: tuple[str, ...], mapping: str | None, timezone: str | None, strict: bool, format_: str | None,
    certificates: str | None, output: str | None, quiet: bool,
) -> int:  # fmt: skip
    """Watch an accord over incidents: clauses down the side, time across, each verdict with its evidence.

    Incidents are CSV (Comity's own, or any with --mapping), UCDP GED, ACLED, PLOVER records or JSON. Rows that cannot
    be used are listed and the rest is read; the command then ends with 3.

    \b
    Examples:
      comity watch examples/strait/arrangement.accord examples/strait/incidents.csv
      comity watch truce.accord incidents.csv --as-of 2031-04-18 -o watch.html
      comity watch truce.accord incidents.csv --clause 3 --certificates certificates/
      comity watch truce.accord incidents.csv --format ics -o deadlines.ics
    """
    from comity.accord.clauses import load_accord
    from comity.accord.incidents import load, load_mapping
    from comity.desk.watching import watch
    from comity.desk.writing import write_whole

    accord = load_accord(accord_file)
    read = load(files, timezone or accord.timezone, load_mapping(mapping) if mapping else None, strict=strict)
    seen = watch(
        accord, read.incidents, as_of=as_of, covered_until=covered_until, only=only, since=since, faults=read.faults
    )
    suffix = Path(output).suffix.lower().lstrip(".") if output else ""
    content = _written(seen, format_ or (suffix if suffix in ("html", "json", "ics") else "term"))
    if output and output != "-":
        write_whole(output, content)
        options.say(f"{output}: {len(seen.clauses)} clauses, {len(seen.incidents)} incidents in force", quiet)
    else:
        click.echo(content, nl=False)
    if certificates:
        made, left = _certified(seen, Path(certificates))
        options.say(f"{certificates}: {made} certificates" + (f"; {left} not settled" if left else ""), quiet)
    for fault in seen.faults[:20]:
        options.say(f"left out: {fault}", False)
    if len(seen.faults) > 20:
        options.say(f"and {len(seen.faults) - 20} more rows left out", False)
    return 3 if seen.faults else 0


def _written(seen: Watch, format_: str) -> str:
    if format_ == "html":
        from comity.desk.report import watch as page

        return page.render(seen)
    if format_ == "ics":
        from comity.accord.incidents import ics

        return ics.written(seen.accord, seen.ahead, seen.as_of)
    from comity.desk.report import watch_plain

    return watch_plain.plain(seen) if format_ == "json" else watch_plain.term(seen)


def _certified(seen: Watch, folder: Path) -> tuple[int, int]:
    from comity.accord.certificate import certificate
    from comity.desk.writing import write_whole

    made = left = 0
    for w in seen.clauses:
        for line in w.lines:
            for cell in line.cells:
                for run in cell:
                    one = run.judgement
                    try:
                        content = certificate(seen.accord, w.clause, one.case, seen.as_of)
                    except InputError:
                        left += 1
                        continue
                    assert Compliance(content["verdict"])
                    who = "-".join(value for _, value in one.binding)
                    name = re.sub(r"[^\w.-]+", "_", "-".join(p for p in (w.clause.id, who, str(one.day)) if p))
                    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
                    write_whole(folder / f"{name}.json", text)
                    made += 1
    return made, left
