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
@click.option("--batch", is_flag=True, help="Read the whole log first and work by columns: faster, more memory.")
@click.option("--any-order", is_flag=True, help="Put a log whose times go back in order, instead of refusing it.")
def command(
    signature_file: str,
    formula_file: str,
    log_file: str | None,
    only_check: bool,
    verbose: bool,
    open_end: bool,
    batch: bool,
    any_order: bool,
) -> None:
    """Monitor a formula of metric first-order temporal logic over a log; formats and verdicts are MonPoly's.

    \b
    Examples:
      comity monitor --sig truce.sig --formula truce.mfotl --log truce.log
      comity monitor --sig truce.sig --formula truce.mfotl --check

    A formula that has no finite tables, or needs an unbounded future, is refused with the subformula and the reason.
    One that needs memory without a bound is told before the log is read.
    """
    from comity.accord import History, Monitor, parse_formula, parse_signature, read_log, unbounded
    from comity.accord.monpoly import shown

    signature = parse_signature(_text(signature_file), signature_file)
    formula = parse_formula(_text(formula_file), formula_file)
    monitor = Monitor(formula, signature)
    for note in unbounded(formula):
        click.echo(f"memory without a bound: {note}", err=True)
    if only_check:
        click.echo(f"monitorable: {monitor.formula}")
        return
    if log_file is None:
        raise InputError(
            "a log is needed", field="--log", hint="give --log FILE, or --check to look at the formula only"
        )
    if batch:
        history = History.read(_bytes(log_file), signature, log_file, strict=not any_order)
        verdicts = history.satisfied(formula, close=not open_end).verdicts()
    else:
        points = read_log(Path(log_file), signature, strict=not any_order)
        verdicts = monitor.run(points, close=not open_end)
    for verdict in verdicts:
        if verdict.rows or verbose:
            click.echo(shown(verdict, closed=not monitor.columns))


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(error.strerror or str(error), file=path) from None


def _text(path: str) -> str:
    try:
        return _bytes(path).decode("utf8")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 (byte {error.start})", file=path, hint="save the file as UTF-8") from None
