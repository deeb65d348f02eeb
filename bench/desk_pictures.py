"""The pictures of the workbench, made anew: every page of it on the example, light, dark, and as narrow as a phone.

usage: python -m bench.desk_pictures [PAGE …]      (needs Chromium and playwright; writes docs/images/desk/*.png)
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import uvicorn

from comity.case import Case
from comity.desk import flow, reviewing
from comity.desk.adding import add
from comity.desk.web.app import make_app
from comity.desk.web.serving import _listen, hosts_of
from comity.desk.web.sessions import Sessions
from comity.words import Act, DecisionKind

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "images" / "desk"
EXAMPLE = ROOT / "examples" / "strait"
WIDE, PHONE = (1280, 900), (390, 844)


def prepared(folder: Path) -> Path:
    """A case of the example in which two people have begun to review, with an agreed text beside it."""
    path = folder / "strait.comity"
    for name in ("arrangement.accord", "arrangement.txt", "incidents.csv"):
        shutil.copy(EXAMPLE / name, folder / name)
    with Case.create(path, (EXAMPLE / "agenda.toml").read_text(encoding="utf-8"), coder="ada") as case:
        add(case, [EXAMPLE / "reports"])
        material = flow.from_case(case)
        made = flow.ledger_of(material)
        for n, item in enumerate(reviewing.queue(made)[:12]):
            s = item.statement
            reviewing.decide(
                case, material, made, s.id, DecisionKind.REJECT if n == 5 else DecisionKind.ACCEPT, coder="ada"
            )
            if n == 2:
                act = Act.DEMAND if s.act is not Act.DEMAND else Act.REJECT
                reviewing.correct(case, material, made, s.id, {"act": act.value}, coder="bo", note="as worded")
            elif n < 9:
                reviewing.decide(case, material, made, s.id, DecisionKind.ACCEPT, coder="bo")
        case.undo(case.decisions()[-1].id, "bo", "he does not say it")
    return path


def pages(path: Path) -> dict[str, tuple[str, tuple[int, int], str, str]]:
    """Name of the picture: address, size, colour scheme, and what is done before it is taken."""
    with Case.open(path, write=False) as case:
        document = next(d.id for d in case.documents() if d.id.startswith("008"))
    return {
        "brief": ("/brief?since=2031-03-05", WIDE, "light", ""),
        "brief-dark": ("/brief", WIDE, "dark", ""),
        "brief-phone": ("/brief", PHONE, "light", ""),
        "evidence": ("/brief", WIDE, "light", EVIDENCE),
        "documents": ("/documents", WIDE, "light", ""),
        "document": (f"/documents/{document}", WIDE, "light", ""),
        "review": ("/review", WIDE, "light", ""),
        "review-correct": ("/review", WIDE, "light", "document.querySelector('[data-correct]').click()"),
        "review-phone": ("/review", PHONE, "dark", ""),
        "search": ("/search?q=%22patrol+boats%22", WIDE, "light", ""),
        "history": ("/history", WIDE, "light", ""),
        "import": ("/import", WIDE, "light", ""),
        "export": ("/export", WIDE, "light", ""),
        "coders": ("/coders", WIDE, "light", "document.querySelector('details:has(article)').open = true"),
        "blind": ("/coders/blind", WIDE, "light", ""),
        "accord": ("/accord?accord=arrangement.accord&incidents=incidents.csv", WIDE, "light", ""),
        **{name: (f"/{name}", WIDE, "light", "") for name in OTHERS},
    }


EVIDENCE = """
document.querySelector('.matrix').scrollIntoView();
const cell = [...document.querySelectorAll('.matrix td.cell:not(.silent)')][0];
cell.focus(); cell.querySelector('a.ref').click();
"""
OTHERS = ("timeline", "network", "deal", "agenda", "tensions")


def optimised(path: Path) -> None:
    """The picture in few colours where Pillow is at hand."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def main(wanted: list[str]) -> int:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("needs Chromium on the PATH")
        return 2
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _listen(0) as listening, sync_playwright() as playwright:
        path = prepared(Path(folder))
        port = listening.getsockname()[1]
        sessions = Sessions("ada")
        app = make_app(path, sessions=sessions, hosts=hosts_of(port))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        home = f"http://127.0.0.1:{port}"
        for name, (url, (width, height), scheme, done) in pages(path).items():
            if wanted and name not in wanted:
                continue
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            page.set_default_timeout(180_000)  # a busy machine
            page.goto(f"{home}/?token={sessions.token()}")
            if not taken(page, home + url, done, OUT / f"{name}.png"):
                print(f"{name}: no such page")
            context.close()
        browser.close()
        server.should_exit = True
        thread.join(5)
    return 0


def taken(page: Any, url: str, done: str, picture: Path) -> bool:
    """Takes the picture; False if there is no such page."""
    answer = page.goto(url)
    if answer is None or answer.status == 404:
        return False
    page.wait_for_load_state("networkidle")
    if done:
        page.evaluate(f"() => {{ {done} }}")
        if "a.ref" in done:
            page.wait_for_selector("#drawer mark")
        page.wait_for_load_state("networkidle")
    time.sleep(0.4)
    page.screenshot(path=picture)
    optimised(picture)
    print(f"docs/images/desk/{picture.name}  {picture.stat().st_size // 1024} kB")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
