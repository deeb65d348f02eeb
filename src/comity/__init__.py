"""Comity reads the published record of a negotiation and keeps a cited ledger of who stands where.

`read` and `brief` work on files, `open` on a case file; `comity.words` has the values they give. The rooms' pure
functions are in `comity.record`, `comity.reading`, `comity.ledger` and their neighbours.

    import comity

    print(comity.brief("reports/", agenda="talks.toml", as_of="2031-03-06"))
    with comity.open("talks.comity") as talks:
        talks.ledger(as_of="2031-03-06").positions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the rooms take seconds to load: not before they are asked for
    from comity.desk.workspace import BriefPage, Workspace
    from comity.desk.workspace import brief_files as brief
    from comity.desk.workspace import open_case as open
    from comity.desk.workspace import read_files as read

    __version__: str

_AT_THE_DESK = {
    "open": "open_case",
    "read": "read_files",
    "brief": "brief_files",
    "BriefPage": "BriefPage",
    "Workspace": "Workspace",
}

__all__ = ["BriefPage", "Workspace", "__version__", "brief", "open", "read"]


def __getattr__(name: str) -> Any:
    if name in _AT_THE_DESK:
        from comity.desk import workspace

        return getattr(workspace, _AT_THE_DESK[name])
    if name == "__version__":
        globals()[name] = _version()
        return globals()[name]
    raise AttributeError(f"module 'comity' has no attribute {name!r}")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("comity")
    except PackageNotFoundError:  # a source tree that was never installed
        return "0+unknown"
