"""`comity history` does what the page does; the pages on the workbench show commands that there are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from comity.case import Case, effective
from comity.desk import history
from comity.desk.cli import comity, main
from comity.desk.paragraphs import paragraph_decision
from comity.words import Decision, DecisionKind, Handling

DOCS = Path(__file__).parents[2] / "docs" / "desk"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    def call(*args: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(args))
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out + printed.err

    return call


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """A case with three paragraphs and two versions of the agenda."""
    path = tmp_path / "talks.comity"
    with Case.create(path, "title = 'One'\n", coder="ada") as case:
        for n in range(3):
            case.decide(paragraph_decision("bottom-line", f"Words {n}.", "ada", Handling.PUBLIC))
        case.set_agenda("title = 'Two'\n", "bo")
    return path


def standing(path: Path) -> list[str]:
    with Case.open(path) as case:
        return [d.value for d in effective(case.decisions())]


def test_several_edits_are_undone_and_brought_back(noted: Path, run: Callable[..., tuple[int, str]]) -> None:
    with Case.open(noted) as case:
        first, _, third = (d.id for d in case.decisions())
    code, _ = run("history", str(noted), "--undo", first[:10], "--undo", third, "--coder", "bo", "--note", "no")
    assert (code, standing(noted)) == (0, ["Words 1."])
    with Case.open(noted) as case:
        undo = next(d for d in case.decisions() if d.kind is DecisionKind.RETRACT and d.target == third)
        edits = history.edits(case.decisions())
    assert [e.number for e in edits] == [5, 4, 3, 2, 1]
    assert run("history", str(noted), "--undo", undo.id, "--coder", "bo", "-q")[0] == 0
    assert standing(noted) == ["Words 1.", "Words 2."]
    code, listed = run("history", str(noted), "--format", "csv")
    assert code == 0
    assert listed.count("undone by bo") == 2
    assert run("history", str(noted), "--on", "nothing")[1] == "no edits\n"


def test_of_several_edits_all_are_undone_or_none(noted: Path, run: Callable[..., tuple[int, str]]) -> None:
    with Case.open(noted) as case:
        first = case.decisions()[0].id
    code, said = run("history", str(noted), "--undo", first, "--undo", "nonsense", "--coder", "bo")
    assert code == 2
    assert "nonsense" in said
    assert len(standing(noted)) == 3


def test_an_earlier_agenda_comes_back(noted: Path, run: Callable[..., tuple[int, str]]) -> None:
    assert run("history", str(noted), "--agenda", "1", "--coder", "bo")[0] == 0
    with Case.open(noted) as case:
        assert case.agenda() == "title = 'One'\n"
        assert len(case.agenda_versions()) == 3
    assert run("history", str(noted), "--agenda", "9", "--coder", "bo")[0] == 2


def test_a_retraction_of_a_retraction_tells_what_it_is_about() -> None:
    at = datetime(2031, 3, 1, tzinfo=UTC)
    first = Decision("1", "ada", at, DecisionKind.REJECT, "doc:3-9:Envoy")
    undo = Decision("2", "ada", at, DecisionKind.RETRACT, "1")
    redo = Decision("3", "bo", at, DecisionKind.RETRACT, "2")
    newest, middle, oldest = history.edits([first, undo, redo])
    assert (newest.of, middle.of, oldest.of) == (first, first, None)
    assert (newest.stands, middle.stands, oldest.stands) == (True, False, True)


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_every_command_of_the_pages_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    lines = re.findall(r"^(comity .+)$", text, re.M) + re.findall(r"`(comity [a-z]+)`", text)
    for line in lines:
        _, name, *args = shlex.split(line)
        found = comity.get_command(click.Context(comity), name)
        assert found is not None, line
        while isinstance(found, click.Group) and args and args[0] in found.commands:
            found = found.commands[args.pop(0)]
        known = {option for p in found.params for option in p.opts} | {"--help"}
        assert {a for a in args if a.startswith("-")} <= known, line
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target
