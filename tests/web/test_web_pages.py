"""The pages: what they show, what a form does, what a stale edit and a wrong value come back with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from comity.case import Case, effective
from comity.desk.cli import main
from comity.words import DecisionKind, Review

PAGES = ("/brief", "/documents", "/review", "/search", "/history", "/import", "/export")


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return found.group(1)


def first_in_queue(served: Any) -> str:
    return str(served.client.get("/api/queue").json()["statements"][0]["id"])


def of(id_: str) -> str:
    return f"/review/{quote(id_)}"


def decisions(path: Path) -> list[Any]:
    with Case.open(path) as case:
        return list(case.decisions())


@pytest.mark.parametrize("url", PAGES)
def test_each_page_is_whole(served: Any, url: str) -> None:
    answer = served.client.get(url)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    for needed in ('<html lang="en"', '<a class="skip"', "<main", "<nav", 'aria-current="page"', "</html>"):
        assert needed in answer.text
    assert not re.search(r"<(script|style)[^>]*>[^<]", answer.text)
    assert not re.search(r'\son\w+="|\sstyle="', answer.text)
    assert not re.search(r'(src|href)="(https?:)?//', answer.text)


def test_the_brief_speaks_of_the_date_asked_for(served: Any) -> None:
    then = served.client.get("/brief", params={"as_of": "2031-03-01"}).text
    assert "As of Saturday 1 March 2031" in then
    both = served.client.get("/brief", params={"as_of": "2031-03-04", "since": "2031-03-01"}).text
    assert "compared with Saturday 1 March 2031" in both
    assert 'id="changes"' in both
    assert served.client.get("/brief", params={"as_of": "Tuesday"}).status_code == 422
    assert served.client.get("/brief", params={"as_of": "2031-03-01", "since": "2031-03-04"}).status_code == 422
    part = served.client.get("/brief", headers={"hx-request": "true"}).text
    assert "<html" not in part
    assert 'class="matrix"' in part


def test_every_label_of_the_brief_opens_its_passage(served: Any) -> None:
    page = served.client.get("/brief").text
    links = sorted(set(re.findall(r'href="(/evidence\?[^"]+)"', page)))
    assert len(links) > 20
    for link in links:
        answer = served.client.get(link.replace("&amp;", "&"))
        assert answer.status_code == 200, link
        assert "<mark>" in answer.text


def test_an_empty_case_says_what_to_do(tmp_path: Path, serve: Any) -> None:
    with Case.create(tmp_path / "new.comity"):
        pass
    client = serve(tmp_path / "new.comity").client
    brief = client.get("/brief").text
    assert "holds no documents yet" in brief
    assert 'href="/import"' in brief
    assert "The case is empty" in client.get("/import").text
    for url in (
        *PAGES,
        "/timeline",
        "/tensions",
        "/network",
        "/deal",
        "/accord",
        "/agenda",
        "/coders",
        "/coders/blind",
    ):
        assert client.get(url).status_code == 200, url


def test_every_source_of_the_brief_opens_its_document(served: Any) -> None:
    listed = served.client.get("/brief?as_of=2031-03-04").text.split('<ol class="sources">')[1].split("</ol>")[0]
    links = re.findall(r'<a href="(/documents/[^"]+)"', listed)
    assert len(links) == listed.count("<li>") > 1
    for link in links:
        assert served.client.get(link.replace("&amp;", "&")).status_code == 200


def test_evidence_leads_to_the_sentence_in_its_document(served: Any) -> None:
    for link in re.findall(r'href="(/evidence\?[^"]+)"', served.client.get("/brief").text)[:12]:
        page = served.client.get(link.replace("&amp;", "&")).text
        place = re.search(r'href="(/documents/[^"?]+\?at=(\d+))#s(\d+)-(\d+)"', page)
        assert place
        assert place[2] == place[3]
        assert f'id="s{place[3]}-{place[4]}"' in served.client.get(place[1]).text or "An event" in page


def test_evidence_shows_the_exact_words(served: Any) -> None:
    statement = served.client.get("/api/statements").json()["statements"][0]
    answer = served.client.get("/evidence", params={"statement": statement["id"]}, headers={"hx-request": "true"})
    marked = re.search(r"<mark>(.*?)</mark>", answer.text, re.S)
    assert marked
    plain = marked.group(1).replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")
    assert plain == statement["quote"]
    assert served.client.get("/evidence", params={"statement": "none#1"}).status_code == 404


def test_review_accepts_rejects_corrects_skips_and_undoes(served: Any) -> None:
    queue = [row["id"] for row in served.client.get("/api/queue").json()["statements"]]
    page = served.client.get("/review").text
    assert served.post(of(queue[0]), action="accept", seen=seen(page)).status_code == 303
    assert served.post(of(queue[1]), action="reject", seen=seen(page)).status_code == 303
    acts = {row["id"]: row["act"] for row in served.client.get("/api/statements?limit=1000").json()["statements"]}
    act = "offer" if acts[queue[2]] == "demand" else "demand"
    corrected = served.post(of(queue[2]), action="correct", seen=seen(page), act=act, said="2031-02-20")
    assert corrected.status_code == 303
    assert served.post(of(queue[3]), action="skip").status_code == 303
    reviews = {row["id"]: row["review"] for row in served.client.get("/api/statements?limit=1000").json()["statements"]}
    assert reviews[queue[0]] == Review.ACCEPTED
    assert queue[1] not in reviews
    assert reviews[queue[2]] == Review.CORRECTED
    assert reviews[queue[3]] == Review.UNREVIEWED
    assert queue[3] not in served.client.get("/review").text
    kinds = [d.kind for d in decisions(served.path)]
    assert kinds[:2] == [DecisionKind.ACCEPT, DecisionKind.REJECT]
    back = served.post("/review-undo")  # both fields of the correction at once
    assert back.headers["location"] == of(queue[2])
    with Case.open(served.path) as case:
        assert [d.kind for d in effective(case.decisions())] == [DecisionKind.ACCEPT, DecisionKind.REJECT]
    served.post("/review-undo")
    served.post("/review-undo")
    assert served.post("/review-undo").status_code == 422
    served.post("/review-again")
    assert [row["id"] for row in served.client.get("/api/queue").json()["statements"]] == queue


def test_a_value_that_does_not_fit_is_refused_with_the_form_as_it_was(served: Any) -> None:
    id_, page = first_in_queue(served), served.client.get("/review").text
    answer = served.post(
        of(id_), action="correct", seen=seen(page), act="reject", said="yesterday", note="my <b>reason</b>"
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="yesterday"' in answer.text
    assert 'value="my &lt;b&gt;reason&lt;/b&gt;"' in answer.text
    assert '<option value="reject" selected>' in answer.text
    assert decisions(served.path) == []
    assert served.post(of(id_), action="correct", seen=seen(page)).status_code == 422  # nothing changed
    assert served.post(of(id_), action="burn", seen="0").status_code == 422
    assert served.post("/review/none%231", action="accept", seen="0").status_code == 404


def test_of_two_windows_on_one_statement_neither_loses_its_edit(served: Any) -> None:
    other = served.another("bo")
    id_ = first_in_queue(served)
    mine, theirs = served.client.get(of(id_)).text, other.client.get(of(id_)).text
    assert other.post(of(id_), action="reject", seen=seen(theirs), note="no view").status_code == 303
    stale = served.post(of(id_), action="correct", seen=seen(mine), act="commit", note="he said must")
    assert stale.status_code == 409
    assert "bo</bdi>: reject" in stale.text
    assert 'value="he said must"' in stale.text
    assert '<option value="commit" selected>' in stale.text
    assert len(decisions(served.path)) == 1
    again = {"action": "correct", "act": "commit", "note": "he said must", "anyway": "1", "seen": seen(stale.text)}
    assert served.post(of(id_), **again).status_code == 303
    history = served.client.get("/history").text
    assert "no view" in history
    assert "he said must" in history
    assert [(d.coder, d.kind.value) for d in decisions(served.path)] == [("bo", "reject"), ("ada", "correct")]


def test_an_edit_elsewhere_is_no_reason_to_refuse(served: Any) -> None:
    other = served.another("bo")
    one, two = (row["id"] for row in served.client.get("/api/queue").json()["statements"][:2])
    page = served.client.get(of(one)).text
    other.post(of(two), action="accept", seen=seen(page))
    assert served.post(of(one), action="accept", seen=seen(page)).status_code == 303


def test_an_edit_of_the_command_line_is_seen(served: Any) -> None:
    id_ = first_in_queue(served)
    page = served.client.get(of(id_)).text
    with pytest.raises(SystemExit):
        main(["review", str(served.path), "--reject", id_, "--coder", "cy", "-q"])
    assert served.post(of(id_), action="accept", seen=seen(page)).status_code == 409


def test_a_person_codes_words(served: Any) -> None:
    document = served.client.get("/api/documents").json()["documents"][0]["id"]
    text = served.client.get(f"/api/documents/{document}").json()["document"]["text"]
    words = text[200:260].strip()
    page = served.client.get(f"/documents/{document}").text
    start = text.index(words)
    answer = served.post(
        f"/documents/{document}", words=words, start=start, end=start + len(words), seen=seen(page),
        speaker="Mara Test", act="reject", mode="direct", certainty="asserted",
    )  # fmt: skip
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"#s{start}-{start + len(words)}")
    rows = served.client.get(f"/api/documents/{document}").json()["statements"]
    mine = next(row for row in rows if row["speaker"] == "Mara Test")
    assert (mine["quote"], mine["act"], mine["review"]) == (words, "reject", "written")
    assert "Mara Test" in served.client.get(f"/documents/{document}").text
    by_words = served.post(f"/documents/{document}", words=words, speaker="Another", act="assert", mode="direct",
                           certainty="asserted")  # fmt: skip
    assert by_words.status_code == 303
    wrong = served.post(f"/documents/{document}", words="words that do not stand there", speaker="X <i>", act="assert")
    assert wrong.status_code == 422
    assert "X &lt;i&gt;" in wrong.text
    assert served.post(f"/documents/{document}", words="the", act="assert").status_code == 422  # in several places
    stale = served.post(f"/documents/{document}", words=words, speaker="Mara Test", act="accept", mode="direct",
                        certainty="asserted", seen="0")  # fmt: skip
    assert stale.status_code == 409


def test_search_folds_and_marks(served: Any) -> None:
    page = served.client.get("/search", params={"q": '"patrol boats"'}).text
    assert "<mark>patrol boats</mark>" in page
    assert "<mark>" in served.client.get("/search", params={"q": "PÁTROL"}).text
    assert served.client.get("/search", params={"q": '"open'}).status_code in (200, 422)
    assert served.client.get("/search", params={"q": "x", "first": "never"}).status_code == 422
    link = re.search(r'href="(/documents/[^"]+\?at=\d+)"', page)
    assert link
    assert served.client.get(link.group(1)).status_code == 200


def test_history_undoes_any_edit_and_brings_it_back(served: Any) -> None:
    queue = [row["id"] for row in served.client.get("/api/queue").json()["statements"][:3]]
    page = served.client.get("/review").text
    for id_ in queue:
        served.post(of(id_), action="accept", seen=seen(page))
    made = decisions(served.path)
    served.post("/history/undo", id=[made[0].id, made[2].id], note="second thoughts")
    with Case.open(served.path) as case:
        assert [d.id for d in effective(case.decisions())] == [made[1].id]
    history = served.client.get("/history").text
    assert history.count("undone by") == 2
    assert "second thoughts" in history
    undo = next(d for d in decisions(served.path) if d.kind is DecisionKind.RETRACT and d.target == made[0].id)
    served.post("/history/undo", id=undo.id)
    with Case.open(served.path) as case:
        assert {d.id for d in effective(case.decisions())} == {made[0].id, made[1].id}
    assert served.post("/history/undo", id="none").status_code == 422
    assert served.post("/history/undo").status_code == 422
    assert 'action="/history/undo"' not in served.client.get("/history", params={"coder": "nobody"}).text


def test_history_goes_back_to_an_agenda(served: Any) -> None:
    toml = served.client.get("/api/agenda").json()["toml"]
    headers = {"x-comity-csrf": served.csrf}
    changed = served.client.put("/api/agenda", json={"toml": f"# again\n{toml}", "seen": 1}, headers=headers)
    assert changed.json() == {"changed": True, "version": 2}
    late = served.client.put("/api/agenda", json={"toml": f"# late\n{toml}", "seen": 1}, headers=headers)
    assert late.status_code == 409
    assert served.post("/history/agenda/1", seen="1").status_code == 422
    assert served.post("/history/agenda/1", seen="2").status_code == 303
    with Case.open(served.path) as case:
        assert [v.version for v in case.agenda_versions()] == [1, 2, 3]
        assert case.agenda_versions()[0].toml == case.agenda()


def test_import_tells_what_came_in_and_what_failed(served: Any) -> None:
    good = (
        "2031-03-09_harbour-wire.txt",
        b"HALDER, 9 March 2031 - Ilmarra rejects the offer, its envoy said on Sunday.",
    )
    bad = ("../../odd/\x00broken.pdf", b"%PDF-1.4 not a pdf")
    same_name = ("2031-03-09_harbour-wire.txt", b"Another text, published on Sunday under one name.")
    answer = served.client.post(
        f"/import?csrf={served.csrf}", files=[("files", good), ("files", bad), ("files", same_name)]
    )
    assert answer.status_code == 303
    number = int(answer.headers["location"].rpartition("/")[2])
    jobs = served.app.app.state.jobs
    assert jobs.find(number).ended.wait(60)
    told = served.client.get(f"/api/imports/{number}").json()
    assert told["over"]
    assert told["fault"] == ""
    assert len(told["new"]) == 2
    assert [f["name"].rpartition("/")[2] for f in told["failures"]] == ["%00broken.pdf"]
    page = served.client.get(f"/import/{number}").text
    assert "not usable" in page
    assert "%00broken.pdf" in page
    assert any("harbour-wire" in row["id"] for row in served.client.get("/api/documents").json()["documents"][-2:])
    assert served.client.get("/import/99").status_code == 404
    none = served.client.post(f"/import?csrf={served.csrf}", files=[("files", ("", b""))])
    assert none.status_code == 422


def test_what_is_passed_on_is_public_unless_asked(served: Any) -> None:
    note = {"section": "bottom-line", "text": "Between us.", "handling": "internal"}
    assert served.client.post("/api/notes", json=note, headers={"x-comity-csrf": served.csrf}).status_code == 201
    assert "Between us." in served.client.get("/brief").text
    assert "Between us." not in served.client.get("/export/brief?format=md").text
    assert "Between us." in served.client.get("/export/brief?format=md&handling=internal").text
    for format_ in ("html", "json", "docx"):
        answer = served.client.get("/export/brief", params={"format": format_})
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
    assert served.client.get("/export/list?what=positions&format=csv").text.startswith("party,issue")
    assert served.client.get("/export/brief?format=exe").status_code == 422
    assert served.client.get("/export/list?what=all").status_code == 422


def test_a_copy_opens_and_holds_the_same(served: Any, tmp_path: Path) -> None:
    copy = tmp_path / "copy.comity"
    copy.write_bytes(served.client.get("/export/case?handling=protected").content)
    with Case.open(copy) as one, Case.open(served.path) as other:
        assert list(one.dump()) == list(other.dump())


def test_every_page_of_an_empty_case_leads_to_importing(serve: Any, tmp_path: Path) -> None:
    Case.create(tmp_path / "empty.comity").close()
    client = serve(tmp_path / "empty.comity").client
    for url in (*PAGES, "/timeline", "/tensions", "/network", "/deal", "/accord", "/coders"):
        page = client.get(url).text
        assert "holds no documents yet" in page or "no documents yet" in page or url == "/import", url
        assert page.count('href="/import"') >= 2 or url == "/import", url


def test_what_is_not_there_is_told_in_one_line(served: Any) -> None:
    for url, said in (("/nowhere", "no page at this address"), ("/documents/none", "no document is called")):
        answer = served.client.get(url)
        assert answer.status_code == 404
        assert "<h1>Not found</h1>" in answer.text
        assert said in answer.text


def test_a_paragraph_is_written_on_the_page_of_the_brief(served: Any) -> None:
    words = {"section": "moves", "text": "Ask <b>first</b>.", "handling": "internal"}
    answer = served.post("/brief/paragraph?since=2031-03-01", **words)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/brief?since=2031-03-01#moves"
    page = served.client.get("/brief").text
    assert "Ask &lt;b&gt;first&lt;/b&gt;." in page
    assert 'id="moves"' in page
    assert "Ask" not in served.client.get("/export/brief?format=md").text.split("Bottom line")[1].split("\n## ")[0]
    assert served.post("/brief/paragraph", **words | {"text": " "}).status_code == 422
    assert served.post("/brief/paragraph", **words | {"section": "none"}).status_code == 422
