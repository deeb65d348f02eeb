"""The command line. One module a command under `desk.commands`; this one gathers them and says how they end.

Exit codes: 0 done; 1 a fault of ours; 2 the input is at fault, nothing was done; 3 done, but some of the input could
not be used; 130 interrupted.
"""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import NoReturn

import click

from comity.words import ComityError

DONE, OUR_FAULT, INPUT_AT_FAULT, DONE_IN_PART, INTERRUPTED = 0, 1, 2, 3, 130

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    """Commands found in their folder and imported when asked for; every error ends as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        import comity.desk.commands as folder

        return sorted(m.name.removesuffix("_") for m in iter_modules(folder.__path__) if not m.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"comity.desk.commands.{cmd_name}").command
        return found


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Runs a command (`args`: by default those of the process) and ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8 shows "?"; it stops nothing
    sys.exit(_ended(args))


def _ended(args: Sequence[str] | None) -> int:
    try:
        code = comity.main(args, "comity", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except ComityError as error:
        return _say(str(error))
    except click.ClickException as error:
        error.show()
        return INPUT_AT_FAULT
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted; nothing is half-written")
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click's own way to say the same: who reads our output has seen enough
        return DONE
    except MemoryError:
        return _say("out of memory; give fewer or shorter documents at a time")
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        hint = "; free some space" if error.errno == errno.ENOSPC else ""
        return _say(f"{where}{error.strerror or error}{hint}")


def _say(message: str) -> int:
    click.echo(f"comity: {message}", err=True)
    return INPUT_AT_FAULT


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from comity import __version__

        click.echo(f"comity, version {__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings=_HELP)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version and exit."
)
def comity() -> None:
    """Read the published record of a negotiation; keep a cited ledger of who stands where.

    \b
    A folder of reports to a brief:   comity brief reports/ -o brief.html
    The same with your own agenda:    comity brief reports/ --agenda talks.toml -o brief.html
    A case that grows day by day:     comity new talks.comity && comity add talks.comity reports/

    Every command has examples under --help.
    """
