"""The pictures of the documentation, made anew: screenshots of the example's brief.

usage: python -m bench.pictures      (needs Chromium: chromium or chromium-browser on the PATH)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = {"brief.png": (1280, 1500), "brief-phone.png": (390, 1200)}


def screenshot(browser: str, page: Path, picture: Path, size: tuple[int, int]) -> None:
    """Renders `page` at `size` (pixels) into `picture`."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--hide-scrollbars", f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}",
                f"--screenshot={picture}", page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip


def main() -> int:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    page = ROOT / "out" / "brief.html"
    if browser is None or not page.exists():
        print("needs Chromium on the PATH and out/brief.html (make demo)")
        return 2
    for name, size in PICTURES.items():
        screenshot(browser, page, ROOT / "docs" / "images" / name, size)
        print(f"docs/images/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
