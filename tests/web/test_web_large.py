"""A large case is looked up and never in memory as a whole: its pages say what those of a small one say."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from comity.case import Case, Kept
from comity.case.paging import listed
from comity.desk import dated, flow, history, keeping, reviewing
from comity.desk.folding import anew, fold_in_process, fold_whole
from comity.desk.part import part_of_case
from comity.desk.register import Register, register
from comity.desk.web import apart
from comity.desk.web.apart import Apart
from comity.reading import READER
from comity.words import DecisionKind, Ledger


@pytest.fixture(scope="module")
def folded(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with some decisions, folded as a large one is."""
    path = Path(shutil.copy(template, tmp_path_factory.mktemp("large") / "strait.comity"))
    with Case.open(path) as case:
        material = flow.from_case(case, workers=1)
        made = flow.ledger_of(material)
        one, two, three = (i.statement.id for i in reviewing.queue(made)[:3])
        reviewing.decide(case, material, made, one, DecisionKind.ACCEPT, coder="ada")
        reviewing.decide(case, material, made, two, DecisionKind.REJECT, coder="ada")
        changes = {"act": "commit", "said": "2031-03-01"}
        for kept in reviewing.correct(case, material, made, three, changes, coder="bo"):
            last = kept
        case.undo(last.id, "bo")
    fold_whole(path, 1, flow.unseen)
    return path


@pytest.fixture(scope="module")
def whole(folded: Path) -> tuple[flow.Material, Ledger]:
    with Case.open(folded) as case:
        material = flow.from_case(case, workers=1)
    return material, flow.ledger_of(material)


@pytest.fixture
def both(folded: Path, tmp_path: Path, serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """The same case served as a large one and as a small one; what takes long is worked out in this process."""
    monkeypatch.setattr(Apart, "run", lambda self, work, *args: work(*args))
    path = Path(shutil.copy(folded, tmp_path / "strait.comity"))
    return serve(path, large=1), serve(path)


def test_the_part_of_a_case_is_that_of_its_ledger(folded: Path, whole: tuple[flow.Material, Ledger]) -> None:
    material, made = whole
    with Case.open(folded) as case:
        all_ = Register(listed(case))
        assert all_.rows == register(material.documents).rows
        for document in material.documents:
            part = part_of_case(case, document, material.agenda, case.agenda_hash, all_)
            own = [s for s in made.statements if s.document == document.id]
            assert [s.id for s in part.statements] == [s.id for s in own]
            assert [s.act for s in part.statements] == [s.act for s in own]
            assert part.reviews == {i: r for i, r in made.reviews if i.startswith(f"{document.id}#")}


def test_what_is_kept_is_the_queue_and_what_rests_on_what(folded: Path, whole: tuple[flow.Material, Ledger]) -> None:
    _, made = whole
    queue = reviewing.queue(made)
    with Case.open(folded) as case:
        head = keeping.head(case)
        assert head is not None
        assert [(w.id, w.bears_on) for w in keeping.queue(case)] == [(i.statement.id, i.bears_on) for i in queue]
        assert (head.waiting, head.statements) == (len(queue), len(made.statements))
        for item in queue[:5]:
            about = keeping.about(case, item.statement.document)
            rests = [(p.party, p.issue) for p in made.positions if item.statement.id in p.statements]
            assert about.rests.get(item.statement.id, []) == rests
        counts = {d: f.statements for d, f in keeping.figures(case).items()}
        assert sum(counts.values()) == len(made.statements)


def test_history_a_page_at_a_time_is_all_of_it(folded: Path) -> None:
    with Case.open(folded) as case:
        all_ = history.edits(case.decisions())
        pages = [history.some(case, offset=n, limit=2) for n in range(0, len(all_) + 2, 2)]
        assert tuple(e for page in pages for e in page.edits) == all_
        assert {page.total for page in pages} == {len(all_)}
        mine = history.some(case, coder="bo", kind="correct", limit=10)
        assert mine.edits == tuple(e for e in all_ if e.decision.coder == "bo")


def matrix_of(page: str) -> list[str]:
    table = re.search(r'<table class="matrix".*?</table>', page, re.S)
    assert table
    cells = re.findall(r"<td.*?</td>", table.group(), re.S)
    return [re.sub(r"\s+", " ", re.sub(r'<a class="all".*?</a>|<[^>]+>', " ", c)).strip() for c in cells]


@pytest.mark.parametrize("query", ["", "?as_of=2031-03-02", "?as_of=2031-03-08&since=2031-03-01"])
def test_the_matrix_is_the_same(both: tuple[Any, Any], query: str) -> None:
    large, small = (served.client.get(f"/brief{query}").text for served in both)
    assert matrix_of(large) == matrix_of(small)
    counts = r'<p class="stand-first">(.*?)</p>'
    assert re.findall(counts, large) == re.findall(counts, small)
    changed = r'<ul class="changes">.*?</ul>'
    plain = [re.sub(r' ?id="r\d+"| ?title="[^"]*"', "", "".join(re.findall(changed, p, re.S))) for p in (large, small)]
    assert plain[0] == plain[1]


def test_every_page_of_a_large_case_answers(both: tuple[Any, Any]) -> None:
    large, _ = both
    for url in ("/documents", "/review", "/search?q=boats", "/history", "/import", "/agenda"):
        pages = [served.client.get(url) for served in both]
        assert [page.status_code for page in pages] == [200, 200], url
        hidden = r'csrf.{0,80}|name="seen".{0,20}|/assets/[^"]+|token.{0,60}'
        texts = [re.sub(hidden, "", page.text) for page in pages]
        if url not in ("/review", "/agenda"):
            assert texts[0] == texts[1], url
    for url in ("/timeline", "/tensions", "/network", "/deal", "/accord", "/export", "/agenda/text"):
        assert large.client.get(url).status_code == 200, url
    for url in ("/export/brief", "/export/list?what=statements", "/api/statements"):
        refused = large.client.get(url)
        assert refused.status_code in (200, 422), url
        if refused.status_code == 422:
            assert "command line" in refused.text
    queue = [served.client.get("/api/queue?limit=7&offset=2").json() for served in both]
    ids = [[(row["id"], row["bears_on"], row["act"]) for row in each["statements"]] for each in queue]
    assert ids[0] == ids[1]
    assert queue[0]["total"] == queue[1]["total"]
    label = re.search(r"/evidence\?label=(\w+)", large.client.get("/brief").text)
    assert label
    shown = [s.client.get(f"/evidence?label={label[1]}", headers={"hx-request": "true"}).text for s in both]
    assert shown[0] == shown[1]
    stand = re.search(r'class="all" href="([^"]+)"', large.client.get("/brief").text)
    if stand:
        assert large.client.get(stand[1].replace("&amp;", "&")).status_code == 200


def test_an_edit_in_a_large_case_is_seen_at_once(both: tuple[Any, Any]) -> None:
    large, _ = both
    first = large.client.get("/api/queue").json()
    id_ = first["statements"][0]["id"]
    made = large.client.post(
        "/api/decisions", json={"statement": id_, "kind": "accept"}, headers={"x-comity-csrf": large.csrf}
    )
    assert made.status_code == 201
    after = large.client.get("/api/queue").json()
    assert after["total"] == first["total"] - 1
    assert id_ not in [row["id"] for row in after["statements"]]
    document = id_.rpartition("#")[0]
    rows = large.client.get(f"/api/documents/{quote(document)}").json()["statements"]
    assert next(row["review"] for row in rows if row["id"] == id_) == "accepted"
    assert large.post("/history/undo", id=made.json()["decision"]["id"]).status_code == 303
    again = large.client.get("/api/queue").json()
    assert (again["total"], again["statements"][0]["id"]) == (first["total"], id_)


def test_it_is_folded_in_a_process_of_its_own_that_can_be_stopped(folded: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(folded, tmp_path / "strait.comity"))
    with Case.open(path) as case:
        before = [each.id for each in keeping.queue(case)]
        case.drop_projections()
        assert keeping.head(case) is None
    stop = threading.Event()
    stop.set()
    fold_in_process(path, 1, flow.unseen, stop)  # ends at once, and nothing is half-written
    stages = []

    @contextmanager
    def shows(what: str) -> Iterator[Any]:
        stages.append(what)
        yield lambda done, all_: None

    fold_in_process(path, 1, shows)
    assert stages[-1] == "Folding"
    with Case.open(path) as case:
        assert [each.id for each in keeping.queue(case)] == before
    assert Apart().run(dated.both, path, None)[0].positions == dated.both(path, None)[0].positions


def test_a_helper_that_has_grown_ends_before_the_next_work(monkeypatch: pytest.MonkeyPatch) -> None:
    helper = Apart()
    one, same = helper.run(os.getpid), helper.run(os.getpid)
    assert one == same != os.getpid()
    monkeypatch.setattr(apart, "MOST_MEMORY", 1)
    assert helper.run(os.getpid) == one
    assert not Path(f"/proc/{one}").exists()
    assert helper.run(os.getpid) != one


def test_a_fold_of_another_reader_or_agenda_begins_anew_and_says_so(folded: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(folded, tmp_path / "strait.comity"))
    assert anew(path) == ""
    kept = Kept(path, READER)
    mark = json.loads(kept.get("mark") or b"")
    older = mark["fixed"].replace(READER, "rules/0")
    kept.put({"mark": json.dumps(mark | {"fixed": older, "folded_from": 91000}).encode()})  # begun, and broken off
    stages: list[str] = []

    @contextmanager
    def shows(what: str) -> Iterator[Any]:
        stages.append(what)
        yield None

    fold_whole(path, 1, shows)
    assert stages[-1] == f"Folding anew, as it was read by rules/0, and is now read by {READER}"
    assert anew(path) == ""
    assert json.loads(kept.get("mark") or b"") == mark
    kept.put({"mark": json.dumps(mark | {"made": "daybook 0 x"}).encode()})
    assert anew(path) == "the rules of the ledger are others now"
    with Case.open(path) as case:
        case.set_agenda((case.agenda() or "") + "\n# looked over\n", "ada")
    assert anew(path) == "its agenda is another now"
    kept.clear()
    assert anew(path) == ""  # nothing was folded
    kept.close()


def test_the_register_knows_what_a_date_sees(whole: tuple[flow.Material, Ledger]) -> None:
    made = register(whole[0].documents)
    for day in (None, date(2031, 3, 1), date(2031, 3, 4), date(2030, 1, 1)):
        seen = [d for d in whole[0].documents if day is None or (d.published and d.published <= day)]
        assert made.until(day) == len(seen)
    assert made.letter("none") is None
