"""The example's reports and its gold, read once."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # bench/ stands beside the package and is not installed


@pytest.fixture(scope="session")
def example() -> Path:
    return ROOT / "examples" / "strait"


@pytest.fixture(scope="session")
def gold(example: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((example / "gold.json").read_text(encoding="utf-8"))
    return value


@pytest.fixture(scope="session")
def texts(example: Path) -> dict[str, str]:
    return {path.stem: path.read_bytes().decode("utf-8") for path in sorted((example / "reports").glob("*.txt"))}


@pytest.fixture(scope="session")
def statements(gold: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in gold["statements"]}
