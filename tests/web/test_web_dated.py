"""What is worked out for a date of a large case: the same as of a small one, kept, bounded, and never waited for."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.case import Case
from comity.case.shelf import shelved, words_at
from comity.desk import dated, flow, judging, keeping, reviewing
from comity.desk.columns import Columns
from comity.desk.folding import fold_whole
from comity.desk.pictures import happenings
from comity.desk.pictures.network import Asked, network
from comity.desk.pictures.spread import Events, Spread, timeline_of
from comity.desk.pictures.spread_network import network_of, windows_of
from comity.desk.pictures.timeline import timeline
from comity.desk.register import Register
from comity.desk.web.apart import Apart
from comity.desk.web.turns import Turns
from comity.study import ONE_MODE, TWO_MODE, ActorBy, Aggregation, ConceptBy, Mode, windows
from comity.words import DecisionKind, InputError

DAYS = (None, date(2031, 3, 2), date(2031, 3, 8), date(2030, 1, 1))


@pytest.fixture(scope="module")
def folded(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with an edit and a judgement, folded as a large one is."""
    path = Path(shutil.copy(template, tmp_path_factory.mktemp("dated") / "strait.comity"))
    with Case.open(path) as case:
        material = flow.from_case(case, workers=1)
        made = flow.ledger_of(material)
        one, two = (i.statement.id for i in reviewing.queue(made)[:2])
        reviewing.decide(case, material, made, one, DecisionKind.ACCEPT, coder="ada")
        reviewing.correct(case, material, made, two, {"act": "reject"}, coder="bo")
        material = flow.from_case(case, workers=1)
        made = flow.ledger_of(material)
        judging.judge(case, material, made, next(judging.rows(made)).key, "explained", coder="ada")
    fold_whole(path, 1, flow.unseen)
    return path


@pytest.fixture
def copy(folded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(folded, tmp_path / "strait.comity"))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is worked out apart is worked out in this process."""
    monkeypatch.setattr(Apart, "run", lambda self, work, *args: work(*args))


def arrived(served: Any, url: str) -> str:
    """The page as soon as nothing on it is being worked out."""
    for _ in range(600):
        page = served.client.get(url)
        assert page.status_code == 200, page.text
        if "being worked out" not in page.text:
            return str(page.text)
        time.sleep(0.05)
    raise AssertionError("it never came")


def spread_of(path: Path, day: date | None) -> Spread:
    book, _ = dated.book_of(path)
    with Case.open(path) as case:
        columns = keeping.spread(case)
        assert columns is not None
        known = {d.id: d.source or d.id for d in case.documents()}
        newest = max(d.published for d in case.documents() if d.published)
    made = book.ledger(day)

    def words(places: Any) -> list[str]:
        with Case.open(path) as case:
            return words_at(case, places)

    again = columns.rows_of(book.retold(day))
    return Spread(columns, made, Events.of(happenings.events(made)), again, newest, words, known.__getitem__)


@pytest.mark.parametrize("day", DAYS)
def test_the_timeline_counted_in_columns_is_that_of_the_statements(folded: Path, day: date | None) -> None:
    with Case.open(folded) as case:
        material = flow.from_case(case, workers=1)
    made, spread = flow.ledger_of(material, day), spread_of(folded, day)
    for wanted in (
        {},
        {"issues": [made.agenda.issues[0].id], "since": date(2031, 3, 2)},
        {"parties": [made.agenda.parties[0].id, "others"], "until": date(2031, 3, 3)},
        {"most": 8},
    ):
        small, large = timeline(made, material.documents, **wanted), timeline_of(spread, **wanted)  # type: ignore[arg-type]
        assert large.table.records() == small.table.records()
        assert (large.description, large.notes, large.spec) == (small.description, small.notes, small.spec)


@pytest.mark.parametrize("day", DAYS[:2])
def test_the_network_counted_in_columns_is_that_of_the_statements(folded: Path, day: date | None) -> None:
    with Case.open(folded) as case:
        material = flow.from_case(case, workers=1)
    made, spread = flow.ledger_of(material, day), spread_of(folded, day)
    asked = [Asked(actors=a, concepts=c) for a in ActorBy for c in (None, *ConceptBy)]
    asked += [Asked(aggregation=Aggregation.IGNORE, normalisation=n) for n in TWO_MODE]
    asked += [Asked(mode=Mode.ACTORS, aggregation=Aggregation.CONGRUENCE, normalisation=n) for n in ONE_MODE]
    asked += [
        Asked(mode=Mode.CONCEPTS, aggregation=Aggregation.CONFLICT, since=date(2031, 3, 1), until=date(2031, 3, 3))
    ]
    for each in asked:
        small, large = network(made, material.documents, each), network_of(spread, each)
        assert (large.network, large.elements, large.picture) == (small.network, small.elements, small.picture)
    counts = [(w.first, w.last, len(w.uses)) for w in windows(network(made, material.documents).uses, 3, 2)]
    assert [(w.first, w.last, sum(u.times for u in w.uses)) for w in windows_of(spread, Asked(), 3, 2)] == counts


def test_columns_go_on_after_an_edit(copy: Path) -> None:
    with Case.open(copy) as case:
        before = keeping.spread(case)
        assert before is not None
        material = flow.from_case(case, workers=1)
        item = reviewing.queue(flow.ledger_of(material))[3].statement
        reviewing.correct(case, material, flow.ledger_of(material), item.id, {"act": "demand"}, coder="bo")
        reviewing.decide(
            case,
            material,
            flow.ledger_of(material),
            material.readings[0].statements[-1].id,
            DecisionKind.REJECT,
            coder="bo",
        )
        made = flow.ledger_of(flow.from_case(case, workers=1))
        register = Register(keeping.listed(case))
        ids = [d.id for d in case.documents()]
        agenda, key = material.agenda, case.agenda_hash
        parts = [keeping.part_in(case, id_, agenda, key, register) for id_ in ids[::-1]]
    after = Columns.unpacked(before.with_documents(parts).packed())
    assert sorted(after.id_of(n) for n in range(len(after))) == sorted(s.id for s in made.statements)
    (row,) = after.rows_of([item.id, "no such#1"])
    assert after.id_of(int(row)) == item.id
    statement = made.statement(item.id)
    assert (after["start"][row], after["end"][row]) == (statement.passage.start, statement.passage.end)
    assert [after.id_of(int(n)) for n in after.in_time] == [
        s.id
        for s in sorted(
            made.statements,
            key=lambda s: (
                s.said.latest or s.said.earliest or next(d.published for d in material.documents if d.id == s.document),
                s.document,
                s.passage.start,
            ),
        )
    ]


def listed(page: str) -> list[str]:
    return re.findall(r'<td data-head="[^"]*".*?</td>', page.partition("<tbody>")[2], re.S)


@pytest.mark.parametrize("query", ["show=all", "show=all&as_of=2031-03-08", "show=decided"])
def test_tensions_and_a_deal_are_those_of_a_small_case(
    copy: Path, serve: Callable[..., Any], here: None, query: str
) -> None:
    large, small = serve(copy, large=1), serve(copy)
    assert listed(arrived(large, f"/tensions?{query}")) == listed(arrived(small, f"/tensions?{query}"))
    day = query.partition("as_of")[2]
    for url in (f"/deal?as_of{day}", f"/accord?as_of{day}", f"/timeline?as_of{day}", f"/network?as_of{day}"):
        pages = [arrived(served, url) for served in (large, small)]
        main = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>|csrf.{80}", " ", p.partition("<main")[2])) for p in pages]
        answers = [re.sub(r"svg png.*?(?=  )|toml|The model as TOML, to edit", "", m) for m in main]
        words = [set(re.findall(r"\w{4,}", a)) for a in answers]
        assert words[0] - words[1] <= {"worked"}, url
        of_files = ("TOML", "edit", "json", "model", "gexf", "graphml")
        assert not {w for w in words[1] - words[0] if w not in of_files}, url


def test_the_newest_date_is_there_without_any_work(
    copy: Path, serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(self: Apart, work: Any, *args: Any) -> None:
        raise AssertionError(f"asked for {work}")

    monkeypatch.setattr(Apart, "run", never)
    large = serve(copy, large=1)
    for url in ("/tensions", "/timeline", "/deal", "/network", "/accord", "/brief"):
        page = large.client.get(url)
        assert page.status_code == 200, url
        assert "worked out" not in page.text.replace("/worked-out", ""), url


def test_no_page_waits_for_a_process_that_stands_still(
    copy: Path, serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    free, asked = threading.Event(), []

    def stands(self: Apart, work: Any, *args: Any) -> Any:
        asked.append((work, args))
        assert free.wait(60)
        return work(*args)

    monkeypatch.setattr(Apart, "run", stands)
    large = serve(copy, large=1)
    began = time.perf_counter()
    for url in ("tensions", "timeline", "deal", "accord"):
        page = large.client.get(f"/{url}?as_of=2031-03-08")
        assert page.status_code == 200
        assert "being worked out; this page renews itself" in page.text
        assert "8 March 2031" in page.text
        assert '<noscript><meta http-equiv="refresh"' in page.text
    assert large.client.get("/network?as_of=2031-03-08").status_code == 200
    assert large.client.get("/worked-out?as_of=2031-03-08").status_code == 204
    assert time.perf_counter() - began < 20
    assert len(asked) == 1  # one job for all of them
    free.set()
    arrived(large, "/tensions?as_of=2031-03-08")
    assert large.client.get("/worked-out?as_of=2031-03-08").headers["hx-refresh"] == "true"


def test_after_an_edit_the_last_known_is_shown_and_said_to_be_so(
    copy: Path, serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    free = threading.Event()

    def stands(self: Apart, work: Any, *args: Any) -> Any:
        assert free.wait(60)
        return work(*args)

    monkeypatch.setattr(Apart, "run", stands)
    large = serve(copy, large=1)
    before = listed(large.client.get("/tensions?show=all").text)
    id_ = large.client.get("/api/queue").json()["statements"][0]["id"]
    header = {"x-comity-csrf": large.csrf}
    assert (
        large.client.post("/api/decisions", json={"statement": id_, "kind": "accept"}, headers=header).status_code
        == 201
    )
    page = large.client.get("/tensions?show=all").text
    assert listed(page) == before
    assert "shown as last worked out, without the newest decision" in page
    free.set()
    arrived(large, "/tensions?show=all")


def test_a_judgement_in_a_large_case_is_kept_and_taken_back(copy: Path, serve: Callable[..., Any], here: None) -> None:
    large = serve(copy, large=1)
    page = arrived(large, "/tensions")
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    form = {name: fields[name] for name in ("key", "seen")}
    assert large.post("/tensions", **form, verdict="explained", note="two tolls").status_code == 303
    with Case.open(copy) as case:
        assert [d.target for d in case.decisions() if d.kind is DecisionKind.TENSION][-1] == form["key"]
    assert form["key"].replace(":", "%3A") in arrived(large, "/tensions?show=decided")
    assert large.post("/tensions/undo", key=form["key"]).status_code == 303
    assert form["key"] in arrived(large, "/tensions")


def test_what_is_kept_is_bounded_and_of_its_own_date(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dated, "MOST", 2)
    days = [date(2031, 3, n) for n in (1, 2, 3, 8)]
    for day in days:
        assert dated.work_out(copy, day)
    with Case.open(copy) as case:
        kept = [key for key in shelved(case, dated.NAME, dated.SOURCE, "") if "|" not in key]
        assert sorted(kept) == ["2031-03-03", "2031-03-08", "all"]
        assert dated.head(case, days[0]) is None
        known = dated.head(case, days[3])
        assert known is not None
        events = Events(dated.part(case, days[3], known, "events"))
        made = flow.ledger_of(flow.from_case(case, workers=1), days[3])
        assert {events[n] for n in range(len(events))} == set(happenings.events(made))
        assert events.nearest(range(len(events)), days[3], 1)[0] in range(len(events))
        assert dated.part(case, days[2], known, "events") is not None  # of the same revision, under its own date
        case.drop_projections()
        assert dated.head(case, None) is None


def test_turns_are_taken_one_by_one_and_what_nobody_wants_any_more_is_passed_over() -> None:
    free, done, turns = threading.Event(), list[str](), Turns(lately=0.2)
    turns.ask("first", lambda: (free.wait(20), done.append("first")))
    turns.ask("second", lambda: done.append("second"))
    turns.ask("third", lambda: done.append("third"))
    time.sleep(0.3)
    turns.ask("third", lambda: done.append("third"))
    free.set()
    while turns.waiting:
        time.sleep(0.01)
    assert done == ["first", "third"]

    def fails() -> None:
        raise InputError("no such thing")

    turns.ask("fails", fails)
    while turns.waiting:
        time.sleep(0.01)
    assert turns.ask("fails", fails) == "no such thing"
