"""The workbench in the browser: server-rendered pages over one case, on this machine only. See docs/desk/web.md.

`make_app` gives the application of one case; `comity serve` runs it.
"""

from comity.desk.web.app import make_app

__all__ = ["make_app"]
