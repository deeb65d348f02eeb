"""Every command that the documentation shows runs, and every link leads somewhere.

In a page of ``docs/``, commands are the lines ``$ comity …`` of a block marked ``console`` and the lines ``comity …``
of a block marked ``sh``. Those of a page run one after another in a folder of their own, which holds a copy of
``examples/``, a few of its reports as ``reports/``, its agenda as ``talks.toml``, and two notes. In a ``console``
block, a line under a command must begin a line of what it printed. A command ends with exit code 0, or with the N of a
trailing ``# exit N``. ``>`` and ``<`` are understood. Commands of other programs are not run.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pytest

from comity.desk.pool import read_all
from comity.reading import read
from comity.words import Agenda, Document, Reading

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
BLOCK = re.compile(r"^```(?P<kind>console|sh)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]\n]+\]\((?P<target>[^)\s]+)\)")
EXIT = re.compile(r"\s+#\s*exit\s+(?P<code>\d+)\s*$")


@cache
def read_once(document: Document, agenda: Agenda | None = None) -> Reading:
    """A reading is a function of document and agenda alone: the pages need not wait for the same one twice."""
    return read(document, agenda)


@dataclass(frozen=True)
class Command:
    """A command line as shown, and the lines that are shown to follow from it."""

    line: str
    shown: tuple[str, ...]

    @property
    def code(self) -> int:
        match = EXIT.search(self.line)
        return int(match["code"]) if match else 0

    def parts(self) -> tuple[list[str], str | None, str | None]:
        """Arguments after ``comity``, the file that its output goes to and the one that its input comes from."""
        words = shlex.split(EXIT.sub("", self.line))
        files = {}
        for mark in (">", "<"):
            if mark in words:
                at = words.index(mark)
                files[mark] = words[at + 1]
                del words[at : at + 2]
        return words[1:], files.get(">"), files.get("<")


def commands(page: str) -> Iterator[Command]:
    """The commands of the marked blocks; a trailing backslash goes on in the next line."""
    for block in BLOCK.finditer(page):
        line, shown = "", []
        rows = block["body"].replace("\\\n", " ").splitlines()
        if block["kind"] == "sh":
            yield from (Command(row, ()) for row in rows if row.startswith("comity "))
            continue
        for row in rows:
            if row.startswith("$ "):
                if line:
                    yield Command(line, tuple(shown))
                line, shown = row[2:], []
            elif row.strip() not in ("", "…"):
                shown.append(row.rstrip(" …"))
        if line:
            yield Command(line, tuple(shown))


def run(command: Command, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Exit code and what was printed, on both streams."""
    from comity.desk.cli import main

    arguments, target, source = command.parts()
    printed, told = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(Path(source).read_text("utf-8") if source else ""))
    with redirect_stdout(printed), redirect_stderr(told), pytest.raises(SystemExit) as end:
        main(arguments)
    if target:
        Path(target).write_text(printed.getvalue(), encoding="utf-8")
    return int(end.value.code or 0), printed.getvalue() + told.getvalue()


@pytest.mark.parametrize("page", [p for p in PAGES if BLOCK.search(p.read_text("utf-8"))], ids=lambda page: page.stem)
def test_commands_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMITY_CODER", "reader of the docs")
    one_process = partial(read_all, workers=1, reader=read_once)  # loads the parser once
    monkeypatch.setattr("comity.desk.flow.read_all", one_process)
    for command in commands(page.read_text("utf-8")):
        if not command.line.startswith("comity "):
            continue
        code, output = run(command, monkeypatch)
        assert code == command.code, f"{command.line}\n{output}"
        for shown in command.shown:
            assert any(line.startswith(shown) for line in output.splitlines()), f"{command.line}: {shown}\n{output}"
    if page.stem == "tutorial":
        protected(tmp_path)


def lay_out(folder: Path) -> None:
    """What the pages may suppose to be there."""
    example = shutil.copytree(ROOT / "examples", folder / "examples") / "strait"
    (folder / "reports").mkdir()
    for number in ("003", "008"):
        (report,) = (example / "reports").glob(f"{number}*.txt")
        shutil.copy(report, folder / "reports")
    shutil.copy(example / "agenda.toml", folder / "talks.toml")
    (folder / "my-note.txt").write_text("Asquell’s people would take fifteen months. Not for passing on.\n", "utf-8")
    (folder / "notes.md").write_text("## Bottom line\n\nThe answer is awaited.\n", "utf-8")


def protected(folder: Path) -> None:
    """What the tutorial promises of its protected note: it is in the case and in nothing that is passed on."""
    assert b"fifteen months" in (folder / "strait.comity").read_bytes()
    for name in (
        "positions.csv",
        "statements.jsonl",
        "ledger.json",
        "for-colleagues.comity",
        "brief.html",
        "tuesday.md",
    ):
        assert b"fifteen months" not in (folder / name).read_bytes(), name


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for match in LINK.finditer(page.read_text("utf-8")):
        target = match["target"].partition("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name}: {match['target']}"


def test_the_contents_name_every_page() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    linked = {match["target"].partition("#")[0] for match in LINK.finditer(index)}
    missing = [page.name for page in PAGES if page.name not in linked | {"index.md"}]
    assert not missing, f"docs/index.md does not name {', '.join(missing)}"


def test_commands_are_taken_from_console_blocks_only() -> None:
    page = "```text\n$ comity a\n```\n```console\n$ comity b \\\n  c\nshown …\n…\n$ comity d > e  # exit 2\n```\n"
    first, second = commands(page)
    assert (first.parts(), first.shown, first.code) == ((["b", "c"], None, None), ("shown",), 0)
    assert (second.parts(), second.shown, second.code) == ((["d"], "e", None), (), 2)
