"""The documentation says what the code does."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def reference() -> Any:
    spec = importlib.util.spec_from_file_location("bench_reference", ROOT / "bench" / "reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_current() -> None:
    """Asked of a new process: what other tests did to this one is not on the pages."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reference", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, f"run `make docs`: {done.stdout}"


def test_every_command_and_option_is_documented(reference: Any) -> None:
    from comity.desk.cli import comity

    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    import click

    context = click.Context(comity)
    for name in comity.list_commands(context):
        command = comity.get_command(context, name)
        assert f"## comity {name}" in text
        for parameter in command.params if command else ():
            for option in parameter.opts if isinstance(parameter, click.Option) else ():
                assert option in text


def commands_in(page: str) -> list[str]:
    """The shell commands of a page: lines of its ``sh`` blocks that call comity."""
    blocks = re.findall(r"```sh\n(.*?)```", page, re.S)
    return [line for block in blocks for line in block.splitlines() if line.startswith("comity ")]


def test_the_commands_of_the_brief_page_run(folder: Path, comity: Callable[..., Any]) -> None:
    lines = commands_in((ROOT / "docs" / "brief.md").read_text(encoding="utf-8"))
    assert len(lines) > 5
    (folder / "notes.md").write_text("# Bottom line\nMine.\n", encoding="utf-8")
    for line in lines:
        ran = comity(*shlex.split(line.split(" # ")[0])[1:])
        assert ran.code == 0, f"{line}\n{ran.err}"
