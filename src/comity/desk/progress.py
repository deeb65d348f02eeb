"""Progress bars on stderr: for long work, in front of a person, unless asked to be quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tick = Callable[[int, int], None]

_WORTH_A_BAR = 8
"""With fewer steps than this no bar is shown."""


@contextmanager
def bar(what: str, quiet: bool) -> Iterator[Tick | None]:
    """A function to call with (done, all), or None where no bar is wanted."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None, visible=False)

        def tick(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total, visible=total >= _WORTH_A_BAR)

        yield tick
