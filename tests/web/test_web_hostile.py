"""Documents that would be more than text: they do nothing but show as text."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from comity.case import Case
from comity.desk.web.spans import Mark, segments
from comity.desk.web.spans import html as marked
from comity.reading import READER
from comity.words import (
    Act,
    Decision,
    DecisionKind,
    Document,
    Mode,
    Passage,
    Reading,
    Statement,
    target_of,
)

NASTY = (
    "<script>window.pwned = 1</script>",
    '<img src=x onerror="window.pwned = 2">',
    "<svg onload='window.pwned = 3'><style>*{display:none}</style></svg>",
    "<a href=\"javascript:window.pwned = 4\">click</a> <a href='data:text/html,<script>1</script>'>data</a>",
    "</div></main><form action='/coder' method=post><button autofocus>Go</button></form>",
    "{{ 7 * 7 }} {% raw %} ${7*7} <!-- --> ]]> &lt;b&gt; &#60;",
    "\u202egnp.exe\u2066 left open \u2067 \u061c",
    "control \x00\x1b[31m\x7f and half \ufffe",
    "line\r\nends\rof\u2028every\u2029kind\x0bhere",
)
TEXT = "An envoy said so. " + " ".join(NASTY) + " The end."
ALLOWED = {
    *("html", "head", "meta", "title", "link", "script", "body", "a", "header", "p", "nav", "ul", "li", "details"),
    *("summary", "form", "input", "label", "button", "main", "aside", "h1", "h2", "h3", "div", "span", "bdi", "q", "b"),
    *("svg", "symbol", "circle", "path", "rect", "use", "section", "table", "caption", "thead", "tbody", "tr", "th"),
    *("td", "small", "dl", "dt", "dd", "ol", "strong", "em", "i", "footer", "datalist", "option", "select", "textarea"),
    *("kbd", "article", "mark", "br", "code", "blockquote", "noscript"),
}


class Seen(HTMLParser):
    """What a browser would make of a page: every tag and attribute that is not ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in ALLOWED:
            self.foreign.append(tag)
        self.foreign += [f"{tag} {name}" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        for name in ("href", "src", "action", "hx-get", "hx-post"):
            if name in given and not re.match(r"[/#?](?!/)|$", given[name]):
                self.foreign.append(f"{tag} {name}={given[name]}")
        if tag == "script" and not given.get("src", "").startswith("/assets/"):
            self.foreign.append("script without a source of ours")

    def handle_comment(self, data: str) -> None:
        self.foreign.append(f"comment {data}")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Any]) -> Any:
    """A case in which every text that a page can show is nasty: title, outlet, url, speaker, note, agenda."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.comity"
    title, source = NASTY[0] + NASTY[6], NASTY[1]
    document = Document(
        "nasty-00000000", TEXT, source=source, title=title, url="javascript:alert(1)", name="<b>n</b>.txt"
    )
    toml = (
        "title = '''<script>1</script>'''\n[[party]]\nid = 'one'\nname = '''<img src=x onerror=1>'''\n"
        "[[issue]]\nid = 'so'\nname = '''<svg onload=1>'''\nkeywords = ['envoy']\n"
    )
    statements = []
    at = 0
    for n, words in enumerate(NASTY[:6], 1):
        at = TEXT.index(words, at)
        passage = Passage(document.id, at, at + len(words), words)
        who = "<img src=x onerror=1>" if n % 2 else NASTY[0]
        statements.append(
            Statement(f"{document.id}#{n}", passage, Mode.DIRECT, who, Act.DEMAND, holder=who, issue="so")
        )
    with Case.create(path, toml, coder="<b>ada</b>") as case:
        case.add([document])
        reading = Reading(document.id, None, READER, document.digest, tuple(statements))
        case.put_readings([(reading, case.agenda_hash)])
        s = statements[0]
        case.decide(
            Decision("", "<i>bo</i>", datetime(2031, 3, 1, tzinfo=UTC), DecisionKind.ACCEPT,
                     target_of(s.passage, s.speaker), note=NASTY[1], passage=s.passage)
        )  # fmt: skip
    return serve(path)


URLS = (
    "/brief", "/documents", "/documents/nasty-00000000", "/review", "/review/nasty-00000000%231", "/history", "/export",
    "/import", "/search?q=envoy", "/search?q=%3Cscript%3Ewindow%3C/script%3E", "/evidence?statement=nasty-00000000%231",
    "/documents?text=%3Cscript%3E1%3C/script%3E", "/history?coder=%3Cscript%3E1%3C/script%3E",
    "/nowhere/%3Cscript%3E1%3C/script%3E", "/review/%3Cimg%20src=x%3E",
)  # fmt: skip


@pytest.mark.parametrize("url", URLS)
def test_nothing_of_a_document_becomes_a_tag(hostile: Any, url: str) -> None:
    page = hostile.client.get(url).text
    seen = Seen()
    seen.feed(page)
    assert seen.foreign == []
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", page)


def test_the_text_is_shown_as_it_is(hostile: Any) -> None:
    page = hostile.client.get("/documents/nasty-00000000").text
    shown = re.search(r'<div id="text"[^>]*>(.*?)</div>\s*</div>', page, re.S)
    assert shown
    plain = html.unescape(re.sub(r"<[^>]+>", "", shown.group(1)))
    cleaned = re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe]", "\ufffd", TEXT.replace("\r\n", "\n").replace("\r", "\n")
    )
    assert plain == cleaned


def test_places_in_the_page_are_places_in_the_text() -> None:
    text = "ab\r\ncd\re\U0001f600f\r\n\r\ng"
    pieces = re.findall(r'<span data-at="(\d+)"[^>]*>([^<]*)</span>', str(marked(text, segments(0, len(text), []))))
    for at, shown in pieces:
        begin = html.unescape(shown).lstrip("\n")[:1]
        if begin and not shown.startswith("\n"):
            assert text[int(at)] == begin
    assert "".join(html.unescape(shown) for _, shown in pieces) == text.replace("\r\n", "\n").replace("\r", "\n")


def test_overlapping_marks_lie_in_lanes_of_their_own() -> None:
    cut = segments(0, 100, [Mark(0, 50, 1), Mark(10, 60, 2), Mark(20, 30, 3), Mark(55, 70, 4)])
    for segment in cut:
        lanes = [lane for _, lane in segment.marks]
        assert len(set(lanes)) == len(lanes)
    assert next(s for s in cut if s.start == 20).marks[2][1] == 2
    assert "".join(f"{s.start}-{s.end} " for s in cut).startswith("0-10 10-20 20-30")


def test_a_million_spans_are_no_more_than_text(serve: Callable[..., Any], tmp_path: Path) -> None:
    text = "<span>" * 1_000_000
    begun = time.perf_counter()
    page = marked(text, segments(0, 40_000, [Mark(n, n + 300, n + 1) for n in range(0, 40_000, 100)]))
    assert time.perf_counter() - begun < 5
    assert "<span><span>" not in page
    path = tmp_path / "big.comity"
    short = text[:300_000]
    toml = "title = 'Big'\n[[party]]\nid = 'one'\nname = 'One'\n[[issue]]\nid = 'so'\nname = 'So'\nkeywords = ['so']\n"
    with Case.create(path, toml) as case:
        case.add([Document("big-00000000", short)])
        reading = Reading("big-00000000", None, READER, Document("x", short).digest, ())
        case.put_readings([(reading, case.agenda_hash)])
    served = serve(path)
    answer = served.client.get("/documents/big-00000000")
    assert answer.status_code == 200
    assert "Part 1 of 8" in answer.text
    assert len(answer.text) < 1_000_000
    assert "<span><span>" not in answer.text
    assert served.client.get("/documents/big-00000000?n=9999999").status_code == 404
