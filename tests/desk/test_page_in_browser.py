"""The page in a real browser: its policy admits its script; keys and labels do what they say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from comity.desk.parts.values import Brief
from comity.desk.report.html import render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: install the package chromium to run this"),
]


def dumped(page: str, folder: Path, fragment: str = "", width: int = 1200) -> tuple[str, str]:
    """The page's DOM after its scripts ran, and what the browser logged."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--enable-logging=stderr", "--virtual-time-budget=4000", f"--window-size={width},900",
            f"--user-data-dir={folder / 'profile'}", "--dump-dom", f"{path.as_uri()}{fragment}",
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )  # fmt: skip
    return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)


def driven(page: str, script: str, folder: Path, fragment: str = "", width: int = 1200) -> Any:
    """What a script finds on the page. The page's policy would forbid it, so it goes into a copy without one."""
    open_page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", page)
    probe = (
        "<script>(async () => { const wait = (ms) => new Promise((r) => setTimeout(r, ms));"
        "const shown = (e) => !!e && getComputedStyle(e).display !== 'none';"
        f"let found; try {{ found = await (async () => {{ {script} }})(); }} catch (e) {{ found = String(e); }}"
        "const out = document.createElement('pre'); out.id = 'found'; out.textContent = JSON.stringify(found);"
        "document.body.append(out); })();</script></body>"
    )
    dom, _ = dumped(open_page.replace("</body>", probe), folder, fragment, width)
    found = re.search(r'<pre id="found">(.*?)</pre>', dom, re.S)
    assert found, dom[-500:]
    return json.loads(found.group(1).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))


@pytest.fixture(scope="module")
def page(brief: Brief, scene: Any) -> str:
    return render(brief, scene.documents)


def test_the_policy_lets_its_own_script_run_and_nothing_complains(page: str, tmp_path: Path) -> None:
    dom, log = dumped(page, tmp_path)
    assert re.search(r'<html[^>]*class="js"', dom)
    assert log == ""


def test_a_label_opens_its_passage_without_scripts(page: str, tmp_path: Path) -> None:
    still = re.sub(r"<script>.*?</script>", "", page, flags=re.S)
    found = driven(
        still,
        """
        await wait(300);
        const mark = document.getElementById('B03');
        const box = mark.getBoundingClientRect();
        const note = mark.nextElementSibling;
        return {
          document: shown(document.getElementById('doc-B')),
          others: shown(document.getElementById('doc-A')),
          note: shown(note) && note.textContent.includes('Tam Ruddock'),
          inView: box.top >= 0 && box.bottom <= innerHeight,
          covered: box.bottom > note.getBoundingClientRect().top,
        };
        """,
        tmp_path,
        "#B03",
    )
    assert found == {"document": True, "others": False, "note": True, "inView": True, "covered": False}


def test_keys_move_open_and_return(page: str, tmp_path: Path) -> None:
    found = driven(
        page,
        """
        const press = (key) => document.activeElement.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        const cells = [...document.querySelectorAll('.matrix tbody tr')].map((r) => [...r.querySelectorAll('td')]);
        const columns = () => cells.map((r) => r.indexOf(document.activeElement));
        const where = () => columns().map((c, i) => [i, c]).find((x) => x[1] >= 0);
        const steps = [];
        cells[0][0].focus(); steps.push(where());
        press('ArrowRight'); steps.push(where());
        press('ArrowDown'); steps.push(where());
        press('ArrowDown'); press('ArrowDown'); steps.push(where());
        const asked = document.activeElement;
        press('Enter'); await wait(200);
        const opened = [location.hash, shown(document.getElementById('doc-B'))];
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
        await wait(200);
        const closed = !shown(document.getElementById('doc-B'));
        return { steps, opened, closed, back: document.activeElement === asked };
        """,
        tmp_path,
    )
    assert found == {
        "steps": [[0, 0], [0, 1], [1, 1], [3, 1]],
        "opened": ["#B03", True],
        "closed": True,
        "back": True,
    }


def test_a_click_anywhere_in_a_cell_opens_it_and_close_leads_back(page: str, tmp_path: Path) -> None:
    found = driven(
        page,
        """
        const cell = document.querySelectorAll('.matrix tbody tr')[1].querySelector('td');
        cell.querySelector('.meta').click(); await wait(200);
        const opened = location.hash;
        document.querySelector('mark:target + .note .close').click(); await wait(200);
        return { opened, closed: !shown(document.getElementById('doc-A')), back: document.activeElement === cell };
        """,
        tmp_path,
    )
    assert found == {"opened": "#A02", "closed": True, "back": True}


def test_on_a_phone_the_matrix_is_cards_and_nothing_scrolls_sideways(page: str, tmp_path: Path) -> None:
    found = driven(
        page,
        """
        const cell = document.querySelector('.matrix td.cell');
        return {
          block: getComputedStyle(cell).display !== 'table-cell',
          party: getComputedStyle(cell, '::before').content.includes('Orsenne'),
          sideways: document.documentElement.scrollWidth > innerWidth + 1,
          roles: document.querySelectorAll('[role=rowheader]').length,
        };
        """,
        tmp_path,
        width=500,
    )
    assert found == {"block": True, "party": True, "sideways": False, "roles": 9}
