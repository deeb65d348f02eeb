"""`comity watch` and `comity check` over the example's accord and incidents."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.accord.clauses import load_accord
from comity.accord.incidents import load
from comity.desk.cli import comity
from comity.desk.report import watch as page
from comity.desk.report import watch_plain
from comity.desk.watching import Watch, watch
from comity.words import InputError

STRAIT = Path(__file__).parents[2] / "examples" / "strait"
ACCORD, INCIDENTS = str(STRAIT / "arrangement.accord"), str(STRAIT / "incidents.csv")


@pytest.fixture(scope="module")
def watched() -> Watch:
    accord = load_accord(ACCORD)
    read = load([INCIDENTS], accord.timezone)
    return watch(accord, read.incidents, faults=read.faults)


def verdicts(seen: Watch, clause: str, **binding: str) -> list[str]:
    (one,) = [w for w in seen.clauses if w.clause.id == clause]
    lines = [li for li in one.lines if binding.items() <= dict(li.binding).items()]
    return [run.finding.verdict.value for li in lines for cell in li.cells for run in cell]


def test_nothing_of_the_example_is_left_out(watched: Watch):
    assert watched.faults == ()
    assert watched.until == date(2031, 5, 31)


def test_the_example_has_every_verdict_where_its_reports_say_so(watched: Watch):
    assert verdicts(watched, "2", party="corvane") == ["complied"]
    assert verdicts(watched, "2", party="ilmarra") == ["disputed"]  # completed between 31 March and 3 April
    assert verdicts(watched, "1", party="corvane").count("breached") == 1
    assert "breached" not in verdicts(watched, "1", party="ilmarra")  # the Post withdrew its report
    assert verdicts(watched, "3", party="ilmarra").count("breached") == 1  # the place lies in the median band
    assert verdicts(watched, "5", person="Tarn Ysolde") == ["pending"]
    assert "breached" in verdicts(watched, "6")  # eight days between two reports of the Mission
    assert {w.clause.id: w.remark for w in watched.clauses}["13/corvane"] == "bracketed (corvane): no verdict"


def test_before_the_correction_the_start_was_uncertain_and_the_withdrawn_report_counted():
    accord = load_accord(ACCORD)
    incidents = load([INCIDENTS], accord.timezone).incidents
    april = watch(accord, incidents, as_of=date(2031, 4, 25), covered_until=date(2031, 4, 25), only=["1"])
    assert verdicts(april, "1", party="ilmarra").count("breached") == 1
    assert "reports came after this date" in " ".join(april.notes)


def test_without_coverage_absence_proves_nothing():
    accord = load_accord(ACCORD)
    incidents = [i for i in load([INCIDENTS], accord.timezone).incidents if i.kind != "coverage"]
    seen = watch(accord, incidents, as_of=date(2031, 5, 31), only=["1"])
    assert set(verdicts(seen, "1")) == {"not_verifiable"}  # even the inspection: the Mission may have asked for it
    assert any("complete" in note for note in seen.notes)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids, self.targets, self.loads = set[str](), list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.ids.add(str(told["id"]))
        if tag == "a":
            self.targets.append(str(told.get("href")))
        self.loads += [str(told[name]) for name in ("src", "data") if told.get(name)]


def test_every_mark_opens_a_finding_and_every_label_an_incident(watched: Watch):
    html = page.render(watched)
    parsed = _Page()
    parsed.feed(html)
    assert [t for t in parsed.targets if t.removeprefix("#") not in parsed.ids] == []
    assert parsed.loads == []
    assert "default-src &#39;none&#39;" in html
    assert "✕" in html
    assert "reported breach" in html
    assert page.render(watched) == html


def test_a_name_in_a_report_cannot_bring_markup(watched: Watch):
    accord = load_accord(ACCORD)
    incidents = load([INCIDENTS], accord.timezone).incidents
    evil = [replace(i, quote="<script>alert(1)</script>") for i in incidents]
    assert "<script>alert" not in page.render(watch(accord, evil, only=["2"]))


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(comity, list(arguments), standalone_mode=False, catch_exceptions=False)
    return result.return_value or 0, result.output


def test_on_the_command_line_certificates_are_made_and_checked(tmp_path: Path):
    folder = tmp_path / "certificates"
    code, output = run("watch", ACCORD, INCIDENTS, "--clause", "3", "--certificates", str(folder))
    assert (code, "✕ 3 (Ilmarra) 2031-04-12: reported breach" in output) == (0, True)
    files = sorted(map(str, folder.glob("*.json")))
    assert len(files) > 5
    code, output = run("check", *files, "--accord", ACCORD, "--log", INCIDENTS)
    assert (code, output.count(": accepted: ")) == (0, len(files))
    assert "Not that the reports are true" in output

    forged = json.loads(Path(files[0]).read_text())
    forged["verdict"] = "breached"
    Path(files[0]).write_text(json.dumps(forged))
    code, output = run("check", files[0], "--accord", ACCORD, "--log", INCIDENTS)
    assert code == 2
    assert "rejected: the seal is broken" in output


@pytest.mark.parametrize("ending", ["html", "json", "ics"])
def test_every_form_is_written_by_the_name_of_the_output(tmp_path: Path, ending: str):
    target = tmp_path / f"watch.{ending}"
    code, _ = run("watch", ACCORD, INCIDENTS, "--clause", "5", "-o", str(target), "-q")
    text = target.read_text(encoding="utf-8")
    assert (code, "Tarn Ysolde" in text) == (0, True)


def test_rows_that_cannot_be_used_are_listed_and_the_command_ends_with_three(tmp_path: Path):
    path = tmp_path / "i.csv"
    path.write_text(
        "id,kind,date,party\na,inspected,2031-04-31,corvane\nb,inspected,2031-04-01,Nowhere\nc,storm,2031-04-01,\n"
    )
    code, output = run("watch", ACCORD, str(path), "--clause", "1", "--as-of", "2031-04-03")
    assert code == 3
    for said in ("line 2, earliest: not a date", "no party is called 'Nowhere'", "1 incidents of kind 'storm'"):
        assert said in output


def test_a_clause_that_is_not_there_is_refused():
    with pytest.raises(Exception, match="no clause is called '99'"):
        run("watch", ACCORD, INCIDENTS, "--clause", "99")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns = 3", r"\[columns\] is not a table of texts"),
        ("kind = 3", "kind is not a text"),
        ("[columns]\nid = 4", r"\[columns\] is not a table of texts"),
        ("[values]\nzone = 1", r"\[values.zone\] is not a table of texts"),
        ("values = 1", "values is not a table"),
        ("what = 1", "unknown key 'what'"),
    ],
)
def test_a_mapping_that_is_none_is_refused_in_one_line(tmp_path: Path, text: str, said: str):
    (tmp_path / "by.toml").write_text(text)
    with pytest.raises(InputError, match=said):
        run("watch", ACCORD, INCIDENTS, "--mapping", str(tmp_path / "by.toml"))


def test_an_empty_file_and_what_is_no_certificate_are_refused(tmp_path: Path):
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(InputError, match="empty: not even a line"):
        run("watch", ACCORD, str(tmp_path / "empty.csv"))
    given = ("--accord", ACCORD, "--log", INCIDENTS, "--covered-until", "2031-04-03")
    for content, said in (("[1]", "a JSON object is expected"), ("{}", "as_of is no moment"), ("{", "not JSON")):
        (tmp_path / "c.json").write_text(content)
        with pytest.raises(InputError, match=said):
            run("check", str(tmp_path / "c.json"), *given)


def test_compliance_in_a_row_is_told_once(watched: Watch):
    html = page.render(watched)
    line = next(w for w in watched.clauses if w.clause.id == "1").lines[1]
    assert len([c for c in line.cells if c]) == 11
    assert html.count("<h3><bdi>1 Free transit: Ilmarra</bdi>") == 1
    assert html.count("<h3><bdi>1 Free transit: Corvane</bdi>") == 3  # before the breach, its period, after it


def test_a_long_accord_is_shown_by_years_and_no_mark_is_lost():
    docs = STRAIT.parents[1] / "docs" / "accord"
    accord = load_accord(docs / "resolution2231.accord")
    seen = watch(accord, load([str(docs / "resolution2231.csv")], accord.timezone).incidents)
    assert [p.label for p in seen.periods] == [str(year) for year in range(2016, 2026)]
    (row,) = [line for line in watch_plain.term(seen, width=60).splitlines() if "37 Return" in line and "✓" in line]
    assert row.rstrip().endswith("✓")
