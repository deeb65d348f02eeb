"""Agreements that were signed, as clauses: every quotation stands in the published text."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.accord.clauses import load_accord, open_clauses
from comity.accord.clauses.days import day_of, span
from comity.accord.clauses.scenarios import Outcome
from comity.accord.incidents import load
from comity.desk.commands.accord import command
from comity.desk.watching import watch
from comity.words import Accord, Compliance, InputError, Modality

ROOT = Path(__file__).parents[2]
AGREEMENTS = ROOT.parent / "shared" / "data" / "agreements" / "ukraine_agreements.jsonl"
SEEDS = ROOT.parent / "shared" / "data" / "seeds"


def agreement(number: str) -> str:
    if not AGREEMENTS.exists():
        pytest.skip("the agreements of the shared data folder are not here")
    lines = AGREEMENTS.read_text(encoding="utf8").splitlines()
    return next(str(r["text"]) for r in map(json.loads, lines) if str(r["id"]) == number)


@pytest.mark.data
@pytest.mark.parametrize(("name", "number"), [("minsk", "1364"), ("july2020", "2440")])
def test_every_quotation_stands_in_the_text(name: str, number: str) -> None:
    text = agreement(number)
    accord = load_accord(ROOT / "docs" / "accord" / f"{name}.accord", {number: text})
    cited = [c for clause in accord.clauses for c in clause.cited]
    assert len(cited) >= 13
    for c in cited:
        assert c.start is not None
        assert text[c.start : c.start + len(c.quote)] == c.quote


@pytest.mark.data
def test_a_changed_word_is_refused() -> None:
    text = agreement("1364").replace("Disarmament of all illegal groups", "Disarmament of illegal groups")
    with pytest.raises(InputError, match=r"minsk.accord, line \d+, quote: these words do not occur in 1364"):
        load_accord(ROOT / "docs" / "accord" / "minsk.accord", {"1364": text})


@pytest.mark.data
def test_the_quotations_of_the_reported_promises_stand_in_the_reports() -> None:
    if not SEEDS.exists():
        pytest.skip("the reports of the shared data folder are not here")
    plan, visit = (next(SEEDS.glob(f"{n}_*.txt")).read_text(encoding="utf8") for n in ("000", "004"))
    accord = load_accord(ROOT / "docs" / "seeds.accord", {"plan": plan, "visit": visit})
    assert all(c.start is not None for clause in accord.clauses for c in clause.cited)


def points(accord: Accord) -> set[str]:
    return {c.id.split(".")[0] for c in accord.clauses if c.modality is not Modality.DEFINITION}


def test_all_thirteen_and_all_seven_points_are_there() -> None:
    minsk = load_accord(ROOT / "docs" / "accord" / "minsk.accord")
    july = load_accord(ROOT / "docs" / "accord" / "july2020.accord")
    assert points(minsk) == {str(n) for n in range(1, 14)}
    assert points(july) == {str(n) for n in range(8)}, "the orders themselves and seven measures"
    assert minsk.clause("4.1").due == date(2015, 3, 14)
    assert minsk.clause("2").window == (0, 15)
    assert all(c.why_not for c in (*minsk.clauses, *july.clauses) if c.logic is None)


def test_the_day_of_a_notification_is_the_day_where_the_accord_counts() -> None:
    accord = load_accord(ROOT / "docs" / "accord" / "snapback.accord")
    clause = accord.clause("3")
    late_in_vienna = datetime.fromisoformat("2031-02-10T03:30+01:00")
    early_in_tokyo = datetime.fromisoformat("2031-02-10T13:30+09:00")
    assert day_of(accord, late_in_vienna) == day_of(accord, early_in_tokyo).replace(day=9) == date(2031, 2, 9)
    found = span(accord, clause, late_in_vienna)
    assert (found.first, found.last) == (date(2031, 3, 12), date(2031, 3, 12))
    assert found.opens == datetime(2031, 3, 12, 4, tzinfo=UTC), "summer time began in New York on 9 March 2031"
    assert span(accord, clause, datetime.fromisoformat("2031-02-10T06:00+01:00")).trigger == date(2031, 2, 10)


PAGES = [*sorted((ROOT / "docs" / "accord").glob("real-*.md")), ROOT / "docs" / "accord" / "clauses.md"]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OURS = [page for page in PAGES if "$ comity accord" in page.read_text(encoding="utf8")]


@pytest.mark.data
@pytest.mark.parametrize("page", OURS, ids=[page.stem for page in OURS])
def test_commands_of_the_pages_print_what_is_shown(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for block in BLOCK.findall(page.read_text(encoding="utf8")):
        for shown in block.split("$ comity accord ")[1:]:
            line, *wanted = shown.splitlines()
            if "../shared" in line and not AGREEMENTS.exists():
                pytest.skip("the agreements of the shared data folder are not here")
            result = CliRunner().invoke(command, shlex.split(line), standalone_mode=False)
            assert result.exception is None, line
            printed = result.output.splitlines()
            for expected in filter(str.strip, wanted):
                assert any(one.startswith(expected) for one in printed), expected


def test_a_moment_without_a_time_zone_is_refused() -> None:
    accord = load_accord(ROOT / "docs" / "accord" / "snapback.accord")
    with pytest.raises(InputError, match="has no time zone"):
        day_of(accord, datetime(2031, 2, 10, 3, 30))


@pytest.mark.parametrize("file", ["memorandum2014", "paris2019", "bangsamoro", "ottawa", "dsu", "resolution2231"])
def test_every_monitored_clause_of_the_other_texts_can_be_kept_and_broken(file: str) -> None:
    opened = open_clauses(ROOT / "docs" / "accord" / f"{file}.accord")
    for clause in opened.accord.clauses:
        if clause.logic:
            outcomes = {s.outcome for s in opened.scenarios(clause)}
            assert {Outcome.FULFILS, Outcome.BREACHES} <= outcomes, clause.id
        else:
            assert clause.why_not


def test_months_are_calendar_months_of_a_date() -> None:
    paris = load_accord(ROOT / "docs" / "accord" / "paris2019.accord")
    assert paris.clause("3").due == date(2020, 4, 9)
    assert paris.clause("1.4").window == (0, 30)


def test_the_return_of_2025_falls_on_the_day_after_the_thirtieth() -> None:
    accord = load_accord(ROOT / "docs" / "accord" / "resolution2231.accord")
    found = span(accord, accord.clause("37"), datetime.fromisoformat("2025-08-28T14:00-04:00"))
    assert found.opens == datetime(2025, 9, 28, tzinfo=UTC)
    log = load([ROOT / "docs" / "accord" / "resolution2231.csv"], accord.timezone)
    assert not log.faults
    seen = watch(accord, log.incidents, since=date(2025, 8, 25), only=["37"])
    verdicts = [run.finding.verdict for line in seen.clauses[0].lines for cell in line.cells for run in cell]
    assert verdicts == [Compliance.COMPLIED]
    doubted = [replace(i, low=0) if i.kind == "apply_again" else i for i in log.incidents]
    again = watch(accord, doubted, since=date(2025, 8, 25), only=["37"])
    assert [r.finding.verdict for c in again.clauses[0].lines[0].cells for r in c] == [Compliance.DISPUTED]
