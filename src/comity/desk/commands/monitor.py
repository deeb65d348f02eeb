"""comity monitor"""

from __future__ import annotations

from pathlib import Path

import click

from comity.words import InputError


@click.command()
@click.option(
    "--sig", "signature_file", required=True, type=click.Path(), help="Signature: predicates and their types."
)
@click.option("--formula", "formula_file", required=True, type=click.Path(), help="Formula to monitor.")
@click.option("--log", "log_file", type=click.Path(), help="Log of time-points.")
@click.option("--check", "only_check", is_flag=True, help="Say whether the formula can be monitored, and stop.")
@click.option("--verbose", is_flag=True, help="Also the time-points without a satisfying row.")
@click.option("--open-end", is_flag=True, help="The log goes on: leave undecided what later events may decide.")
def command(
    signature_file: str, formula_file: str, log_file: str | None, only_check: bool, verbose: bool, open_end: bool
) -> None:
    """Monitor a formula of metric first-order temporal logic over a log; formats and verdicts are MonPoly's.

    \b
    Examples:
      comity monitor --sig truce.sig --formula truce.mfotl --log truce.log
      comity monitor --sig truce.sig --formula truce.mfotl --check

    A formula that has no finite tables, or needs an unbounded future, is refused with the subformula and the reason.
    """
    from comity.accord import Monitor, parse_formula, parse_log, parse_signature
    from comity.accord.monpoly import shown

    signature = parse_signature(_text(signature_file), signature_file)
    monitor = Monitor(parse_formula(_text(formula_file), formula_file), signature)
    if only_check:
        click.echo(f"monitorable: {monitor.formula}")
        return
    if log_file is None:
        raise InputError(
            "a log is needed", field="--log", hint="give --log FILE, or --check to look at the formula only"
        )
    for verdict in monitor.run(parse_log(_text(log_file), signature, log_file), close=not open_end):
        if verdict.rows or verbose:
            click.echo(shown(verdict, closed=not monitor.columns))


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf8")
    except OSError as error:
        raise InputError(error.strerror or str(error), file=path) from None
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 (byte {error.start})", file=path, hint="save the file as UTF-8") from None
