"""Writes the reference pages that are made from the code: docs/command-line.md and docs/brief.schema.json.

usage: python -m bench.reference [--check]

With --check nothing is written; ends with 1 and says which page is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from comity.desk.cli import comity
from comity.desk.report.json_ import schema
from comity.words import dumps

DOCS = Path(__file__).resolve().parents[1] / "docs"
WIDTH = 88

HEAD = """# Command line

Made from the commands by `make docs`; what `comity COMMAND --help` prints.

## Exit codes

| Code | Meaning |
| --- | --- |
| 0 | Done. |
| 1 | A fault of ours: please report what was printed. |
| 2 | The input or the command is at fault; nothing was done. One line says what, where, and what to do. |
| 3 | Done, but some of the input could not be used; one line each says what and why. |
| 130 | Interrupted. Nothing is half-written; the same command goes on. |

What is printed on standard output is the result; remarks, progress and errors go to standard error. `--quiet` leaves
only what failed. Lists come as `--format table`, `json`, `jsonl` or `csv`; in CSV a cell that a spreadsheet would take
for a formula begins with an apostrophe.

`COMITY_CODER` names who decides where a command takes `--coder`.
"""


def command_line() -> str:
    """The page of all commands."""
    parts = [HEAD]
    for path, command, context in _commands(
        comity, click.Context(comity, info_name="comity", **comity.context_settings), "comity"
    ):
        level = "##" if path.count(" ") < 2 else "###"
        parts.append(f"{level} {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


def _commands(
    command: click.Command, context: click.Context, path: str
) -> Iterator[tuple[str, click.Command, click.Context]]:
    context.terminal_width = context.max_content_width = WIDTH
    yield path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                inner = click.Context(child, info_name=name, parent=context)
                yield from _commands(child, inner, f"{path} {name}")


def pages() -> dict[Path, str]:
    """Each generated page and what should stand in it."""
    return {
        DOCS / "command-line.md": command_line(),
        DOCS / "brief.schema.json": dumps(schema(), indent=1) + "\n",
    }


def out_of_date() -> list[Path]:
    """The pages that are not what the code says."""
    return [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main() -> None:
    if "--check" in sys.argv:
        old = out_of_date()
        for path in old:
            print(f"{path.relative_to(DOCS.parent)} is out of date: run `make docs`")
        sys.exit(bool(old))
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(DOCS.parent))


if __name__ == "__main__":
    main()
