"""What came from elsewhere is unmodified and has its licence; what is served is what is listed."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from typing import Any

FOLDER = files("comity.desk.web").joinpath("assets")
LICENCES = {"0BSD", "MIT", "BSD-3-Clause", "ISC", "Apache-2.0"}


def sha256(name: str) -> str:
    return hashlib.sha256(FOLDER.joinpath(name).read_bytes()).hexdigest()


def test_every_vendored_file_is_listed_and_unmodified() -> None:
    manifest = json.loads(FOLDER.joinpath("manifest.json").read_text(encoding="utf-8"))
    for each in manifest:
        assert each["licence"] in LICENCES
        assert re.fullmatch(r"\d+\.\d+\.\d+", each["version"])
        assert sha256(each["file"]) == each["sha256"]
        assert sha256(each["licence_file"]) == each["licence_sha256"]
    listed = {each["file"] for each in manifest} | {each["licence_file"] for each in manifest}
    assert listed == {f"vendor/{f.name}" for f in FOLDER.joinpath("vendor").iterdir()}


def test_our_own_assets_load_nothing_from_elsewhere() -> None:
    for each in FOLDER.iterdir():
        if each.is_file() and each.name.endswith((".css", ".js")):
            text = each.read_text(encoding="utf-8")
            assert not re.search(r"https?://|@import|url\(|\beval\(|new Function|innerHTML", text), each.name


def test_assets_are_kept_by_the_browser_and_change_their_address(served: Any) -> None:
    page = served.client.get("/brief").text
    urls = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
    assert len(urls) >= 5
    for url in urls:
        answer = served.client.get(url)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        content = answer.content
        assert url.endswith(f"?v={hashlib.sha256(content).hexdigest()[:12]}")
    for url in ("/assets/none.js", "/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/vendor"):
        assert served.client.get(url).status_code == 404
