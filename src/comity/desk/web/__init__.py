"""The workbench in the browser: server-rendered pages over one case, on this machine only. See docs/desk/web.md.

`make_app` gives the application of one case; `comity serve` runs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.desk.web.app import make_app

__all__ = ["make_app"]


def __getattr__(name: str) -> Any:
    if name == "make_app":  # it takes a second to load; what guards it does not
        from comity.desk.web.app import make_app

        return make_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
