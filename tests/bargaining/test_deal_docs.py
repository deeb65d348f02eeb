"""The pages of docs/bargaining: commands run, links lead somewhere, results are documented field by field."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from comity.desk.pool import read_all

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "bargaining"
PAGES = sorted(FOLDER.glob("*.md"))


def loaded(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    """The runner of commands in pages."""
    return loaded("_docs_runner", ROOT / "tests" / "docs" / "test_docs.py")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_run(page: Path, docs: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs.lay_out(tmp_path)
    shutil.copytree(FOLDER, tmp_path / "docs" / "bargaining")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("comity.desk.flow.read_all", partial(read_all, workers=1, reader=docs.read_once))
    for command in docs.commands(page.read_text("utf-8")):
        if not command.line.startswith("comity "):
            continue
        code, output = docs.run(command, monkeypatch)
        assert code == command.code, f"{command.line}\n{output}"
        for shown in command.shown:
            assert any(line.startswith(shown) for line in output.splitlines()), f"{command.line}: {shown}\n{output}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path, docs: ModuleType) -> None:
    for match in docs.LINK.finditer(page.read_text("utf-8")):
        target = match["target"].partition("#")[0]
        if target and "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {match['target']}"


def test_the_page_of_results_is_that_of_the_code() -> None:
    bench = loaded("_results_page", ROOT / "bench" / "bargaining_results.py")
    assert (FOLDER / "results.md").read_text("utf-8") == bench.page(), "run python -m bench.bargaining_results"


def test_the_contents_name_every_page() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    assert [page.name for page in PAGES if f"bargaining/{page.name}" not in index] == []
