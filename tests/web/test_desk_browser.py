"""The walk of a person through the workbench, in Debian's Chromium.

A request that leaves this machine, or one word on the browser's console, fails the test.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from comity.case import Case, effective
from comity.desk.adding import add
from comity.words import Handling

CALL = "import sys; from comity.desk.cli import main; main(sys.argv[1:])"
PLACES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("COMITY_CHROMIUM") or next((p for p in map(shutil.which, PLACES) if p), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: install Debian's package chromium to run this"),
]
EXAMPLE = Path(__file__).parents[2] / "examples" / "strait"


class Window:
    """A window of the browser that takes note of whatever should not be."""

    def __init__(self, chromium: Any, address: str, **more: Any) -> None:
        self.context = chromium.new_context(accept_downloads=True, **more)
        self.page = self.context.new_page()
        self.page.set_default_timeout(90_000)  # only a loaded machine needs so long
        self.faults: list[str] = []
        self.expected = ["status of 503"]  # busy: see `settle`
        self.home = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        self.context.on("request", self._asked)
        self.page.on("console", lambda message: self._said(message.type, message.text))
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.goto(address)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.faults.append(f"asked for {request.url}")

    def _said(self, kind: str, text: str) -> None:
        if not any(re.search(each, text) for each in self.expected):
            self.faults.append(f"{kind}: {text}")

    def go(self, path: str) -> None:
        self.page.goto(self.home + path)
        self.settle()

    def settle(self) -> None:
        """Waits while the desk says that it is busy folding (on a slow machine): the page then comes by itself."""
        self.page.wait_for_function("() => !document.querySelector('meta[http-equiv=refresh]')")

    def close(self) -> None:
        self.context.close()
        assert self.faults == []


class Server:
    """`comity serve` as a person starts it."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-c", CALL, "serve", str(path), "--coder", "ada", "--workers", "1", "-q"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Any]:
    """Serves cases; all of them end with the test."""
    running: list[Server] = []

    def serve(path: Path) -> Server:
        running.append(Server(path))
        return running[-1]

    yield serve
    for each in running:
        each.end()


def no_serious_fault(page: Any) -> None:
    """axe-core finds nothing serious or critical on the page as it is now."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    script = Path(sys.modules[axe.__class__.__module__].__file__).parent / "axe.min.js"
    found = page.evaluate("() => window.axe ? 1 : 0")
    if not found:  # the page's policy forbids a script tag; the debugger's own door is open
        page.evaluate(script.read_text(encoding="utf-8"))
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (v["id"], [n["target"] for n in v["nodes"]][:3])
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == [], page.url


def wait_for(page: Any, words: str) -> None:
    page.get_by_text(words, exact=False).first.wait_for()


def dump(path: Path) -> list[str]:
    with Case.open(path) as case:
        return list(case.dump())


def test_the_walk(chromium: Any, server: Any, tmp_path: Path) -> None:
    path = tmp_path / "talks.comity"
    with Case.create(path, (EXAMPLE / "agenda.toml").read_text(encoding="utf-8"), coder="ada"):
        pass
    window = Window(chromium, server(path).address)
    page = window.page
    assert "token" not in page.url

    # import two reports
    window.go("/import")
    reports = [next((EXAMPLE / "reports").glob(f"{n}_*")) for n in ("002", "008")]
    page.set_input_files("input[type=file]", [str(r) for r in reports])
    page.get_by_role("button", name="Import").click()
    wait_for(page, "2 new documents")
    no_serious_fault(page)

    # review ten codings by keyboard
    page.get_by_role("link", name="Review").first.click()
    window.settle()
    page.wait_for_selector("#item article")
    no_serious_fault(page)
    waiting = int(re.search(r"(\d+) statements wait", page.inner_text("main")).group(1))
    for key in "aaxascaaxa":
        before = page.inner_text("#item article h2") + page.inner_text("#item .facts")
        if key == "c":
            page.keyboard.press("c")
            page.select_option(
                "select[name=act]", "demand" if page.input_value("select[name=act]") != "demand" else "offer"
            )
            page.get_by_role("button", name="Record the correction").focus()
            page.keyboard.press("Enter")
        else:
            page.keyboard.press(key)
        page.wait_for_function(
            "before => document.querySelector('#item article h2').innerText"
            " + document.querySelector('#item .facts').innerText !== before",
            arg=before,
        )
    with Case.open(path) as case:
        assert [d.kind.value for d in case.decisions()].count("accept") == 6
        assert len(case.decisions()) == 9
    assert f"{waiting - 10} statements wait" in page.inner_text("main")

    # undo
    page.keyboard.press("u")
    page.wait_for_function(f"() => document.querySelector('main').innerText.includes('{waiting - 9} statements wait')")
    with Case.open(path) as case:
        assert len(effective(case.decisions())) == 8
    window.go("/history")
    no_serious_fault(page)
    page.get_by_role("row").filter(has_text="reject").first.get_by_role("button", name="Undo").click()
    wait_for(page, "undone by")
    with Case.open(path) as case:
        assert len(effective(case.decisions())) == 7

    # compare two dates
    window.go("/brief")
    no_serious_fault(page)
    page.fill("input[name=since]", "2031-03-01")
    page.get_by_role("button", name="Show").click()
    page.wait_for_selector("#changes")
    assert "since=2031-03-01" in page.url
    assert all("since=2031-03-01" in a.get_attribute("href") for a in page.locator(".downloads a").all())
    page.focus("input[type=range]")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('.kicker, .fault').innerText.includes('1 March') "
                           "|| document.querySelector('[role=alert]')")  # fmt: skip
    window.expected.append("422")  # the earlier date is not before the other one now

    # open evidence from the matrix
    window.go("/brief")
    first = page.locator(".matrix td.cell:not(.silent)").first
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer mark")
    assert page.locator("#drawer .facts").is_visible()
    no_serious_fault(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer", state="hidden")

    # export, import into a fresh case, equal
    window.go("/export")
    no_serious_fault(page)
    page.locator("form[action='/export/case'] select[name=handling]").select_option("protected")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a copy").click()
    copy = tmp_path / "copy.comity"
    download.value.save_as(copy)
    assert dump(copy) == dump(path)
    form = page.locator("form[action='/export/case']")
    form.locator("select[name=format]").select_option("zip")
    form.locator("select[name=handling]").select_option("protected")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a copy").click()
    packed = tmp_path / "folder.zip"
    download.value.save_as(packed)
    window.close()
    fresh = tmp_path / "fresh.comity"
    Case.create(fresh).close()
    window = Window(chromium, server(fresh).address)
    window.go("/import")
    window.page.set_input_files("input[name=files]", str(packed))
    window.page.get_by_role("button", name="Import").click()
    wait_for(window.page, "the case holds all of it: 2 documents")
    no_serious_fault(window.page)
    window.close()
    assert dump(fresh) == dump(path)


def test_a_folder_comes_in_with_its_files_where_they_are(
    chromium: Any, server: Any, path: Path, tmp_path: Path
) -> None:
    from comity.desk.interchange import folder

    folder.write(dump(path), tmp_path / "whole", Handling.PROTECTED)
    fresh = tmp_path / "fresh.comity"
    Case.create(fresh).close()
    window = Window(chromium, server(fresh).address)
    window.go("/import")
    window.page.set_input_files("#folder", str(tmp_path / "whole"))
    window.page.get_by_role("button", name="Import").click()
    wait_for(window.page, "the case holds all of it")
    assert dump(fresh) == dump(path)
    window.expected.append("422")
    window.go("/import")
    window.page.get_by_role("button", name="Import").click()
    wait_for(window.page, "No files came")
    window.close()


def test_every_page_is_accessible_and_silent_and_none_scrolls_sideways(
    chromium: Any, server: Any, path: Path, tmp_path: Path
) -> None:
    started = server(path)
    window = Window(chromium, started.address, color_scheme="dark", viewport={"width": 390, "height": 800})
    page = window.page
    with Case.open(path) as case:
        document = case.documents()[0].id
    ours = ("/brief?since=2031-03-01", "/documents", f"/documents/{document}", "/review", "/search?q=patrol*",
            "/history", "/import", "/export", "/nowhere")  # fmt: skip
    window.expected.append("404")
    window.go("/brief")
    named = page.evaluate("() => [...document.querySelectorAll('header nav a')].map(a => a.getAttribute('href'))")
    others = [url for url in named if url not in {o.partition("?")[0] for o in ours}]
    for url in (*ours, *others, "/coders/blind"):
        for scheme, width in (("dark", 390), ("light", 1280)):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            if scheme == "dark":
                window.go(url)
            no_serious_fault(page)
            wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
            assert wide <= 1, (url, width)
    window.close()


def test_words_are_coded_with_keys_alone(chromium: Any, server: Any, path: Path) -> None:
    window = Window(chromium, server(path).address)
    page, keys = window.page, window.page.keyboard
    with Case.open(path) as case:
        document = case.documents()[0]
    window.go(f"/documents/{document.id}")
    keys.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    keys.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"
    keys.press("t")
    assert page.evaluate("() => document.activeElement.id") == "text"
    for _ in range(4):
        keys.press("Shift+ArrowRight")
    chosen = page.evaluate("() => String(getSelection())")
    page.wait_for_function("() => document.querySelector('#code').elements.start.value !== ''")
    start, end = (int(page.input_value(f"#code [name={name}]")) for name in ("start", "end"))
    assert document.text[start:end] == chosen
    assert len(re.findall(r"[^\W_]+(?:['’.,-][^\W_]+)*", chosen)) == 5
    words = document.text[200:].split(". ")[1][:40].strip()
    keys.press("e")
    keys.press("Shift+Tab")
    assert page.evaluate("() => document.activeElement.name") == "words"
    keys.press("Control+a")
    keys.type(words)
    keys.press("Tab")
    keys.type("Mara Test")
    for name in ("act", "issue"):
        keys.press("Tab")
        assert page.evaluate("() => document.activeElement.name") == name
        keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Tab")
    assert "Record" in page.evaluate("() => document.activeElement.textContent")
    with page.expect_navigation():
        keys.press("Enter")
    wait_for(page, "Mara Test")
    for key, kind in (("j", None), ("a", "accept")):
        if kind:
            with page.expect_navigation():
                keys.press(key)
        else:
            keys.press(key)
    with Case.open(path) as case:
        made = case.decisions()
    assert [d.kind.value for d in made] == ["code", "accept"]
    assert made[0].passage is not None
    assert made[0].passage.quote == words
    window.close()


def test_words_are_coded_with_the_pointer_and_with_keys(chromium: Any, server: Any, path: Path) -> None:
    window = Window(chromium, server(path).address)
    page = window.page
    with Case.open(path) as case:
        document = case.documents()[0]
    window.go(f"/documents/{document.id}")
    first = document.text.index(" ", 200) + 1
    words = document.text[first : document.text.index(" ", first + 30)]
    page.evaluate(
        """([start, end]) => {
          const find = (at) => {
            const pieces = [...document.querySelectorAll('#text [data-at]')].filter((p) => Number(p.dataset.at) <= at);
            const piece = pieces[pieces.length - 1];
            return [piece.firstChild, [...piece.textContent].slice(0, at - Number(piece.dataset.at)).join('').length];
          };
          const range = document.createRange();
          range.setStart(...find(start)); range.setEnd(...find(end));
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        [first, first + len(words)],
    )
    page.wait_for_function("() => document.querySelector('#code').elements.start.value !== ''")
    assert page.input_value("#code [name=start]") == str(first)
    assert page.input_value("#code [name=end]") == str(first + len(words))
    page.keyboard.press("e")
    page.keyboard.type("Mara Test")
    page.get_by_role("button", name="Record the statement").click()
    page.wait_for_url(f"**#s{first}-{first + len(words)}")
    wait_for(page, "Mara Test")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("x")
    with Case.open(path) as case:
        assert [d.kind.value for d in case.decisions()] == ["code", "reject"]
    window.close()


def test_a_hostile_document_runs_nothing(chromium: Any, server: Any, tmp_path: Path) -> None:
    path = tmp_path / "hostile.comity"
    report = tmp_path / "2031-03-01_<img src=x onerror=alert(1)>.txt"
    nasty = (
        "<script>window.pwned=1</script><img src=x onerror=window.pwned=2><svg onload=window.pwned=3>"
        "</textarea></title><iframe src=javascript:window.parent.pwned=4></iframe> \u202e\u2067 text"
    )
    report.write_text(f'TOWN, 1 March 2031 - "No {nasty}" said the envoy, Mara <b>Test</b>. {nasty}', encoding="utf-8")
    toml = (
        (EXAMPLE / "agenda.toml")
        .read_text(encoding="utf-8")
        .replace("Halder Strait talks", nasty.partition(" \u202e")[0])
    )
    with Case.create(path, toml) as case:
        (document,) = add(case, [report], workers=1).new
    window = Window(chromium, server(path).address)
    page = window.page
    for url in (f"/documents/{document}", "/brief", "/review", "/documents", "/search?q=text", "/history"):
        window.go(url)
        assert page.evaluate("() => window.pwned") is None
        assert page.locator("main iframe, main img, main script").count() == 0
    window.close()
