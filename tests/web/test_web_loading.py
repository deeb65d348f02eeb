"""Pages are loaded when they are asked for; what is light stays light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

import pytest

from comity.desk.web import pages
from comity.desk.web.pages import PAGES, loaded, name_in


@pytest.mark.parametrize("name", PAGES)
def test_every_address_of_a_page_leads_to_its_module(name: str) -> None:
    routes = loaded(name).router.routes
    assert routes
    assert {name_in(route.path) for route in routes} == {name}  # type: ignore[attr-defined]


def test_every_module_of_the_folder_is_a_page() -> None:
    modules = {m.name.rstrip("_").replace("_", "-") for m in iter_modules(pages.__path__)}
    assert modules == set(PAGES)


def imported(code: str) -> set[str]:
    """Names of the modules that a program of its own has loaded by its end."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(told.stdout.split())


HEAVY = {"numpy", "pydantic", "rich", "spacy", "altair", "lxml", "shapely", "comity.ledger", "comity.record"}


def test_help_loads_no_room() -> None:
    code = "from comity.desk.cli import comity\ntry: comity(['--help'])\nexcept SystemExit: pass"
    assert not HEAVY & imported(code)


def test_the_brief_of_a_large_case_loads_no_reader() -> None:
    known = imported("import comity.desk.web.app, comity.desk.web.pages.brief, comity.desk.web.brief_of_large")
    assert "comity.ledger" in known
    assert not {"comity.reading.door", "comity.record", "comity.accord", "altair", "rich"} & known


SERVED_UNTIL_AN_INTERRUPT = """
import multiprocessing, sys, time, uvicorn
from comity.desk.web.serving import serve

def run(self, sockets):
    multiprocessing.get_context("spawn").Process(target=time.sleep, args=(600,)).start()
    raise KeyboardInterrupt

uvicorn.Server.run = run
serve(sys.argv[1], 0, "ada", quiet=True)
print("ended")
"""


def test_an_interrupt_does_not_wait_for_what_helpers_work_out(path: Path) -> None:
    command = [sys.executable, "-c", SERVED_UNTIL_AN_INTERRUPT, str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert told.stdout.splitlines()[-1] == "ended"
