"""The shipped recipe under several seeds: each one's dev figures, int8 and tuned, and their mean.

usage: python -m training.seeds MODEL [MODEL ...]

A MODEL is a folder that `training.export` wrote and `training.tune --write` tuned; figures are read from there. One
seed says little: two that differ in nothing else lie a point apart.

>>> rows = {"one": {"attribution": 79.2}, "two": {"attribution": 78.0}}
>>> print(table(rows))
            attribution
one                79.2
two                78.0
mean of 2          78.6
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

Figures = Mapping[str, float]


def figures(folder: Path) -> tuple[str, Figures]:
    """The seed of a model and its dev figures; SystemExit with a line where the folder holds no tuned model."""
    path = folder / "attribution.json"
    if not path.exists():
        raise SystemExit(f"{path} is not there: run training.export and training.tune --write on {folder} first")
    about = json.loads(path.read_text(encoding="utf-8"))
    if "dev" not in about:
        raise SystemExit(f"{path} has no figures: run training.tune --model {folder} --write")
    return f"seed {about['trained']['seed']}", about["dev"]


def table(rows: Mapping[str, Figures]) -> str:
    """A line each, and the mean of all, in columns."""
    names = list(next(iter(rows.values())))
    mean = {name: sum(row[name] for row in rows.values()) / len(rows) for name in names}
    lines = [" " * 10 + "".join(f"{name:>{len(name) + 2}}" for name in names)]
    for who, row in [*rows.items(), (f"mean of {len(rows)}", mean)]:
        lines.append(f"{who:10}" + "".join(f"{row[name]:{len(name) + 2}.1f}" for name in names))
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser(prog="python -m training.seeds", description=(__doc__ or "").split("\n")[0])
    ask.add_argument("models", type=Path, nargs="+", metavar="MODEL")
    print(table(dict(figures(folder) for folder in ask.parse_args().models)))


if __name__ == "__main__":
    main()
